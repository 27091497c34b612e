"""Words that say that people were killed, wounded, taken or lost, English and French, and how they take their victims.

Forms: `pp` participle ("were killed", "killed ten"), `verb` takes an object ("kills ten", "tuant dix"), `subject` takes
a subject ("ten died"), `number` follows a number ("ten dead"), `of` leads to whom ("the death of ten", "mort de dix"),
`lost` takes own people as object ("lost ten men"), `toll` leads to a number ("the death toll rose to ten").
"""

from __future__ import annotations

from typing import NamedTuple

from events.ingest.extract.words import Phrases, listed, wordset


class Harm(NamedTuple):
    """What a word says: a Measure code and how it takes its victims."""

    measure: str
    form: str


ENGLISH = {
    ("killed", "pp"): "killed, slain, massacred, executed, murdered, gunned down, shot dead, shot and killed, neutralised, neutralized, "
    "eliminated, lynched, beheaded, decapitated, hacked to death, burned alive, burnt alive, burned to death, assassinated, "
    "slaughtered, stabbed to death, summarily executed, stoned to death, put out of action, liquidated",
    ("killed", "verb"): "kill, kills, killing, murder, murders, murdering, massacring, executing, neutralise, neutralises, neutralising, "
    "neutralize, neutralizes, neutralizing, eliminate, eliminates, eliminating, claimed the lives of, claiming the lives of, "
    "claimed the life of, claiming the life of, took the lives of, takes the lives of, taking the lives of, slaughter, slaughters, "
    "slaughtering, slay, behead, beheads, beheading, gun down, gunning down, assassinate, assassinating, cost the lives of",
    ("killed", "subject"): "died, die, dies, perished, lost their lives, lost his life, lost her life, succumbed, were found dead, was found dead, "
    "lose their lives, met their deaths, passed away, fell in combat, have fallen",
    ("killed", "number"): "dead, deaths, fatalities, bodies, corpses, lifeless bodies, were dead, lives lost",
    ("killed", "of"): "death of, deaths of, killing of, killings of, murder of, murders of, execution of, executions of, loss of, bodies of, "
    "the dead included, the dead include, dead included, dead include, among the dead were, among the dead are, among those killed were, victims included, victims include, "
    "the victims were, those killed included, those killed were, "
    "lives of, massacre of, elimination of, neutralisation of, neutralization of, body of, corpses of, remains of, slaying of, loss of life of",
    ("killed", "lost"): "lost, losing, lose, loses",
    ("killed", "toll"): "death toll, toll, number of dead, number of deaths, number of people killed, number killed, number of victims",
    ("wounded", "pp"): "wounded, injured, hurt, maimed, seriously wounded, seriously injured, critically wounded, lightly wounded, "
    "slightly wounded, gravely wounded, critically injured",
    ("wounded", "verb"): "wounding, injuring, wound, injure, injures, wounds, hurting",
    ("wounded", "subject"): "sustained injuries, suffered injuries, sustained wounds, were hospitalised, were hospitalized",
    ("wounded", "of"): "wounding of",
    ("abducted", "pp"): "abducted, kidnapped, taken hostage, taken captive, seized by gunmen, snatched",
    ("abducted", "verb"): "abduct, abducts, abducting, kidnap, kidnaps, kidnapping",
    ("abducted", "of"): "abduction of, kidnapping of, abductions of, kidnappings of",
    ("captured", "pp"): "captured, taken prisoner, arrested, detained, taken prisoners, apprehended, taken into custody, held prisoner, held hostage, being held hostage, held captive, in the hands of, being held by",
    ("captured", "verb"): "capturing, captures, arrests, arresting, detaining, apprehending, taking prisoner, capture, arrest",
    ("captured", "number"): "prisoners, captives",
    ("captured", "of"): "capture of, arrest of, arrests of, detention of",
    ("missing", "pp"): "missing, reported missing, unaccounted for, listed as missing, declared missing",
    ("missing", "subject"): "went missing, disappeared, have disappeared, has disappeared",
    ("displaced", "pp"): "displaced, forced to flee, forced from their homes",
    ("displaced", "verb"): "displacing",
    ("displaced", "subject"): "fled, have fled, had fled",
    ("surrendered", "subject"): "surrendered, laid down their arms, have surrendered, surrender",
}
FRENCH = {
    ("killed", "pp"): "tué, tués, tuée, tuées, abattu, abattus, abattue, abattues, neutralisé, neutralisés, neutralisée, neutralisées, "
    "éliminé, éliminés, assassiné, assassinés, assassinée, assassinées, massacré, massacrés, massacrées, exécuté, exécutés, "
    "exécutées, égorgé, égorgés, égorgées, décapité, décapités, mis hors d'état de nuire, mis hors de combat, retrouvés morts, retrouvé mort, "
    "brûlés vifs, retrouvées mortes, fauchés, liquidés, sommairement exécutés, pulvérisés, lynché, lynchés, tombés au combat, tombés sous les balles, "
    "tombés au front, tombés au champ d'honneur, tombé, tombés, tombées",
    ("killed", "verb"): "tue, tuent, tuant, tuer, tuait, abat, abattent, abattant, abattre, neutralise, neutralisent, neutralisant, neutraliser, "
    "élimine, éliminent, éliminant, éliminer, assassine, assassinent, assassinant, massacrent, massacrant, exécutent, exécutant, "
    "coûté la vie, coûte la vie, coûtant la vie, ôté la vie, ôtant la vie, égorgeant",
    ("killed", "subject"): "sont morts, est mort, est morte, sont mortes, étaient morts, ont trouvé la mort, a trouvé la mort, trouvé la mort, trouvent la mort, "
    "ont perdu la vie, a perdu la vie, perdu la vie, perdent la vie, décédé, décédés, décédée, décédées, ont péri, a péri, péri, "
    "succombé, ont succombé, a succombé, mouraient, meurent, y ont laissé la vie",
    ("killed", "number"): "morts, mort, décès, corps, cadavres, corps sans vie, morts et, tués sur le coup, dépouilles",
    ("killed", "of"): "mort de, mort d', mort des, mort du, décès de, décès d', perte de, perte d', pertes de, assassinat de, assassinat d', assassinats de, meurtre de, "
    "meurtre d', exécution de, exécution d', neutralisation de, neutralisation d', élimination de, élimination d', massacre de, massacre d', corps de, corps d', "
    "parmi les morts figurent, parmi les victimes figurent, parmi les tués figurent, les victimes sont, les morts sont, corps sans vie de, corps sans vie d', mise hors d'état de nuire de, mise hors d'état de nuire d', exécutions de, dépouilles de",
    ("killed", "lost"): "perdu, perdent, perdant",
    ("killed", "toll"): "bilan, bilan humain, nombre de morts, nombre de victimes, nombre de tués",
    ("wounded", "pp"): "blessé, blessés, blessée, blessées, grièvement blessés, légèrement blessés, grièvement blessé, mutilés",
    ("wounded", "verb"): "blesse, blessent, blessant, blesser",
    ("abducted", "pp"): "enlevé, enlevés, enlevée, enlevées, kidnappé, kidnappés, kidnappée, kidnappées, pris en otage, pris en otages, prises en otage, prise en otage, emmenés",
    ("abducted", "verb"): "enlèvent, enlevant, kidnappent, kidnappant, enlèvement, enlever, kidnapper",
    ("abducted", "of"): "enlèvement de, enlèvement d', enlèvement des, enlèvements de, kidnapping de, rapt de, kidnapping d', enlèvement du",
    ("captured", "pp"): "capturé, capturés, capturée, capturées, faits prisonniers, fait prisonniers, fait prisonnier, interpellé, interpellés, arrêté, arrêtés, arrêtée, arrêtées, appréhendés, détenus, détenues, retenus en otage, retenus en otages",
    ("captured", "subject"): "sont entre les mains, est entre les mains, seraient entre les mains",
    ("captured", "verb"): "interpeller, arrêter, appréhender, capturant, capturent, capturer, interpellant, arrêtant, capture",
    ("captured", "number"): "prisonniers",
    ("captured", "of"): "capture de, capture d', arrestation de, arrestation d', interpellation de, interpellation d'",
    ("missing", "pp"): "porté disparu, portés disparus, portées disparues, disparus, disparu, disparue, disparues, manquants, manquant, sans nouvelles",
    ("displaced", "pp"): "déplacés, contraints de fuir, contraintes de fuir",
    ("displaced", "verb"): "déplaçant",
    ("displaced", "subject"): "ont fui, avaient fui",
    ("surrendered", "subject"): "se sont rendus, ont déposé les armes, se sont rendues, reddition",
}

def _inflected(phrase: str) -> list[str]:
    """A French participle with its feminine and plural: "interpellé" -> interpellé, interpellés, interpellée, interpellées."""
    stem = phrase.removesuffix("es").removesuffix("s").removesuffix("e") if phrase.endswith(("es", "s", "ee")) else phrase
    return [phrase, stem + "s", stem + "e", stem + "es"] if stem.endswith(("e", "u", "i")) else [phrase]


def _forms(lang: str, form: str, phrases: str) -> list[str]:
    found = listed(phrases)
    return [one for phrase in found for one in _inflected(phrase)] if (lang, form) == ("fr", "pp") else found


HARM: dict[str, Phrases[Harm]] = {
    lang: Phrases({phrase: Harm(*key) for key, phrases in table.items() for phrase in _forms(lang, key[1], phrases)})
    for lang, table in (("en", ENGLISH), ("fr", FRENCH))
}
# French participles that lose their difference to the present ("tué", "tue") when accents are folded away.
_ACCENTED = frozenset(
    listed("tué, neutralisé, éliminé, assassiné, massacré, exécuté, blessé, capturé, enlevé, kidnappé")
)
FINITE_WITHOUT_ACCENT = {
    "tue": "killed", "neutralise": "killed", "elimine": "killed", "assassine": "killed", "blesse": "wounded", "execute": "killed",
    "kidnappe": "abducted", "enleve": "abducted", "capture": "captured",
}  # fmt: skip

BE = {
    "en": wordset(
        "was were is are been being be got get wasn't weren't left remain remained reported feared "
        "confirmed believed"
    ),
    "fr": wordset("ete est sont etait etaient fut furent soient soit etre seraient serait"),
}
HAVE = {
    "en": wordset("has have had having hasn't haven't hadn't"),
    "fr": wordset("a ont avait avaient avoir ayant aurait auraient eu avons ai aient"),
}
# What makes a figure no statement of fact: intention, possibility, negation.
UNREAL = {
    "en": wordset(
        "could would might may will should threatened threatening vowed planned intend intended risk "
        "risks tried attempted attempt trying plan planning if to"
    ),
    "fr": wordset(
        "pourrait pourraient menace menacent risque risquent tente tenter tenté voulu voulaient "
        "promis si veut veulent visant"
    ),
}  # fmt: skip
NEGATION = {
    "en": wordset(
        "no not nobody none without never neither nor zero didn't wasn't weren't hasn't haven't "
        "denied denies denying"
    ),
    "fr": wordset("aucun aucune sans ni jamais pas dement dementi nie nient"),
}  # fmt: skip
INCLUDING = {
    "en": Phrases({"including": True, "among them": True, "among whom": True, "includes": True, "included": True, "of them": True, "of whom": True}),
    "fr": Phrases({"dont": True, "parmi lesquels": True, "parmi lesquelles": True, "y compris": True, "parmi eux": True, "notamment": True}),
}
AMONG = {
    "en": Phrases({"among": True, "in the ranks of": True, "from the ranks of": True, "on the side of": True, "within": True, "in its ranks": True, "on its side": True, "in their ranks": True, "in our ranks": True, "on our side": True, "on their side": True, "from among": True}),
    "fr": Phrases({"parmi": True, "dans les rangs": True, "dans ses rangs": True, "dans leurs rangs": True, "dans nos rangs": True, "du cote": True, "cote": True, "au sein": True, "chez": True, "de son cote": True, "dans les rangs de": True, "dans les rangs du": True, "dans les rangs des": True, "de notre cote": True}),
}
OWN = {
    "en": wordset("its their his her our own"),
    "fr": wordset("ses leurs leur son nos notre propres sien siens leurs"),
}
# Verbs whose subject suffers the number that follows: "the army suffered five dead", "l'armée déplore trois morts".
SUFFER = {
    "en": wordset(
        "suffered suffering suffers sustained recorded registered mourns lost losing mourned counted"
    ),
    "fr": wordset(
        "deplore deplorent deplorer deplorait enregistre enregistrent enregistrer perdu subi accuse "
        "essuye deplorant"
    ),
}
