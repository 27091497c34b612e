"""Countries of the region and of the forces in it: names, demonyms and where "the north" is.

Codes are ISO 3166-1 alpha-3. Demonyms are folded stems: the endings of English and French inflection are added.
"""

from __future__ import annotations

from collections import Counter

from events.ingest.extract.words import Phrases, Text, fold_in_place, listed, wordset

NAMES = {
    "MLI": "Mali",
    "BFA": "Burkina Faso, Burkina",
    "NER": "Niger",
    "NGA": "Nigeria",
    "TCD": "Chad, Tchad",
    "MRT": "Mauritania, Mauritanie",
    "SEN": "Senegal",
    "CIV": "Ivory Coast, Cote d'Ivoire",
    "GHA": "Ghana",
    "TGO": "Togo",
    "BEN": "Benin",
    "CMR": "Cameroon, Cameroun",
    "SDN": "Sudan, Soudan",
    "LBY": "Libya, Libye",
    "DZA": "Algeria, Algerie",
    "GIN": "Guinea, Guinee",
    "CAF": "Central African Republic, Republique centrafricaine, Centrafrique",
    "FRA": "France",
    "RUS": "Russia, Russie, Kremlin, Moscow, Moscou",
    "USA": "United States, Etats-Unis, Washington",
    "UKR": "Ukraine",
    "TUR": "Turkey, Turquie, Turkiye",
}
DEMONYMS = {
    "MLI": "Malian, Malians, malien, malienne, maliens, maliennes",
    "BFA": "Burkinabe, Burkinabes, Burkinabé, Burkinan, burkinabè, burkinabés",
    "NER": "Nigerien, Nigeriens, nigérienne, nigériennes, nigérien, nigériens",
    "NGA": "Nigerian, Nigerians, nigérian, nigériane, nigérians, nigérianes",
    "TCD": "Chadian, Chadians, tchadien, tchadienne, tchadiens, tchadiennes",
    "MRT": "Mauritanian, Mauritanians, mauritanien, mauritanienne, mauritaniens, mauritaniennes",
    "SEN": "Senegalese, sénégalais, sénégalaise, sénégalaises",
    "CIV": "Ivorian, Ivorians, ivoirien, ivoirienne, ivoiriens, ivoiriennes",
    "GHA": "Ghanaian, Ghanaians, ghanéen, ghanéenne, ghanéens, ghanéennes",
    "TGO": "Togolese, togolais, togolaise, togolaises",
    "BEN": "Beninese, Beninois, béninois, béninoise, béninoises",
    "CMR": "Cameroonian, Cameroonians, camerounais, camerounaise, camerounaises",
    "SDN": "Sudanese, soudanais, soudanaise, soudanaises",
    "LBY": "Libyan, Libyans, libyen, libyenne, libyens, libyennes",
    "DZA": "Algerian, Algerians, algérien, algérienne, algériens, algériennes",
    "GIN": "Guinean, Guineans, guinéen, guinéenne, guinéens, guinéennes",
    "FRA": "French, français, française, françaises",
    "RUS": "Russian, Russians, russe, russes",
    "USA": "American, Americans, américain, américaine, américains, américaines",
    "UKR": "Ukrainian, Ukrainians, ukrainien, ukrainienne, ukrainiens, ukrainiennes",
    "TUR": "Turkish, turc, turque, turcs, turques",
}
# Countries in which an incident of this record can lie; the others only send forces or speak.
REGION = wordset("MLI BFA NER NGA TCD MRT SEN CIV GHA TGO BEN CMR SDN LBY DZA GIN CAF")
CAPITALS = {"Bamako": "MLI", "Ouagadougou": "BFA", "Niamey": "NER", "Abuja": "NGA", "N'Djamena": "TCD"}
CAPITALS |= {
    "Nouakchott": "MRT",
    "Dakar": "SEN",
    "Abidjan": "CIV",
    "Accra": "GHA",
    "Lome": "TGO",
    "Cotonou": "BEN",
}
# Where governments and general staffs sit: "Paris says", "l'état-major à Paris".
SEATS: dict[str, str] = {fold_in_place(name): code for name, code in CAPITALS.items()} | {
    "paris": "FRA",
    "moscow": "RUS",
    "moscou": "RUS",
    "washington": "USA",
    "kremlin": "RUS",
    "ankara": "TUR",
    "algiers": "DZA",
    "alger": "DZA",
}
# "the southern African nation" and "the Niger River" are no countries.
_NOT_AFTER = {"niger": ("delta", "river", "state"), "guinea": ("bissau",)}
_NOT_BEFORE = {
    "niger": ("river", "fleuve", "delta", "bend", "boucle"),
    "chad": ("lake",),
    "tchad": ("lac",),
    "sudan": ("south",),
    "soudan": ("western",),
}

COUNTRY_NAMES: Phrases[str] = Phrases({name: code for code, names in NAMES.items() for name in listed(names)})
DEMONYM: dict[str, str] = {word: code for code, words in DEMONYMS.items() for word in listed(words)}


def countries_named(text: Text) -> list[tuple[int, int, str]]:
    """(first word, word after, code) of each country named in the text; the names must have capitals."""
    return [
        (first, after, code)
        for first, after, code in COUNTRY_NAMES.find(text.words, 0, len(text.words))
        if text.raw[text.starts[first]].isupper() and _is_country(text.words, first, after)
    ]


def _is_country(words: list[str], first: int, after: int) -> bool:
    name = words[first]
    follows = words[after] if after < len(words) else ""
    before = words[max(0, first - 2) : first]
    return follows not in _NOT_AFTER.get(name, ()) and not set(before) & set(_NOT_BEFORE.get(name, ()))


_BORDER = wordset(
    "border borders bordering frontier neighbouring neighboring frontiere frontalier "
    "frontaliere voisin voisine limitrophe pres near proche proches frontaliers"
)


def _is_border(words: list[str], first: int) -> bool:
    """ "near the border with Mali", "à la frontière du Niger": the country is next door."""
    return bool(_BORDER & set(words[max(0, first - 4) : first + 2]))


_IN = wordset("in au en across dans throughout inside")
_DIRECTIONS = wordset(
    "the le la l' du de northern southern eastern western central north south east west northeastern northwestern southeastern "
    "southwestern far nord sud est ouest centre north-east north-west of"
)


def _is_in(words: list[str], first: int) -> bool:
    """ "in northern Mali", "dans le nord du Niger": something happened there."""
    here = first - 1
    while here >= 0 and words[here] in _DIRECTIONS:
        here -= 1
    return here >= 0 and words[here] in _IN


def main_country(text: Text, named: list[tuple[int, int, str]], placed: Counter[str] | None = None) -> str:
    """The country of the region that the report is about: most often named, early mentions counting more.

    `placed` are votes by the places named, whose country is known without the report's.
    """
    votes: Counter[str] = Counter(placed or {})
    for first, _, code in named:
        weight = 4 if first < 60 else 2
        votes[code] += 0 if _is_border(text.words, first) else weight + 2 * _is_in(text.words, first)
    for place, word in enumerate(text.words):
        code = DEMONYM.get(word, "")
        if code and not _is_border(text.words, place):
            votes[code] += 3 if place < 60 else 2
    ranked = [code for code, _ in votes.most_common() if code in REGION]
    return ranked[0] if ranked else ""
