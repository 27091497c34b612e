"""Persons who speak: names, roles, and for whom they speak."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM, NAMES, REGION
from events.ingest.extract.found import Claimant, PersonFound
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import ROLES, VERBS
from events.ingest.extract.words import fold_in_place, wordset

_PARTICLES = wordset("ag ould el al ben bin de la du wa")
_NO_NAMES = wordset(
    "original source several recent current human rights minister president general colonel spokesman "
    "the in on at le la les dans un une il elle this selon au en des after a according islamic state "
    "security forces army armed defence defense interior prime foreign communications monday tuesday "
    "wednesday thursday friday saturday sunday north south east west central northern southern "
    "eastern western ministere defense ministre premier gouverneur colonel-major major captain "
    "lieutenant governor mayor prosecutor chief official officials police military government region "
    "province village town city"
    " media operations public relations director operation staff headquarters command "
    "joint task deputy newly spokesperson brig gen maj lt col capt mr mrs ms dr"
    " etat republique nation national nationale nationaux guard guards garde republic "
    "union movement mouvement movement council conseil party parti camp base"
)
_SPEAKING = wordset(
    "army government name rebel police gendarme jihadist peacekeeper militia volunteer mercenary body soldier"
)
_OFFICES = frozenset(
    {
        "local officials",
        "officials",
        "security sources",
        "medical sources",
        "residents",
        "witnesses",
        "humanitarian sources",
    }
)
_FORCES = wordset("army government name police gendarme militia volunteer")
_BESIDE = wordset("of de du des d' by par against contre with avec from on sur in dans to a au aux for pour")
_FOR = wordset("for of du de des d' la l' le the pour au a")


@dataclass(slots=True)
class Persons:
    """The persons of one report: those with a role are known again by their name or last name."""

    resolver: Resolver
    found: dict[str, PersonFound] = field(default_factory=dict)
    known: dict[str, Claimant] = field(default_factory=dict)
    # Who was last named by role alone ("the defence minister said"): a name that follows is theirs.
    nameless: Claimant | None = None

    def speaker(
        self,
        sentence: Sentence,
        first: int,
        after: int,
        span: tuple[int, int],
        last: Claimant | None,
        office: str = "",
    ) -> Claimant | None:
        """The person told of in words [first, after): name and role, and the actor they speak for.

        A bare name after "the mayor said" (`last`) is the mayor's.
        """
        name, at = _name_in(sentence, first, after)
        role = _role_in(sentence, first, after)
        if not name and role is None:
            return None
        if not name and role is not None:
            known = self._by_role(sentence.text.quote(role[0], role[1]))
            if known:
                return known
            claimant = self._of_role(sentence, role, "", span)
            if not claimant.slug and office in _OFFICES:
                return Claimant("source", "", office, sentence.text.quote(role[0], role[1]), *span)
            self.nameless = claimant
            return claimant
        role = role or _role_far_left(sentence, first)
        if role is not None and role[2] in ("army", "actor") and office in _OFFICES:
            # A colonel who is governor speaks as governor.
            return self._in_office(sentence, name, office, at, span)
        if role is not None and role[2] == "army" and self._is_governor(sentence, role, last):
            return self._in_office(sentence, name, "local officials", at, span)
        if role is not None:
            claimant = self._of_role(sentence, role, name, span)
            if not claimant.slug and office in _OFFICES:
                return self._in_office(sentence, name, office, at, span)
            return self._keep(claimant, sentence, at)
        if office in _OFFICES:
            return self._in_office(sentence, name, office, at, span)
        force = self._force_beside(sentence, first, after)
        if force:
            return self._keep(Claimant("person", force, name, "", *span), sentence, at)
        known = self.known.get(name) or self.known.get(name.split()[-1])
        if known:
            return known
        if self.nameless and not self.nameless.name:
            claimant = Claimant("person", self.nameless.slug, name, self.nameless.role, *span)
            self.nameless = None
            return self._keep(claimant, sentence, at)
        if last and last.kind == "source" and last.name in _OFFICES and not last.role:
            return self._in_office(sentence, name, last.name, at, span)
        return self._keep(Claimant("person", "", name, "", *span), sentence, at)

    def _is_governor(self, sentence: Sentence, role: tuple[int, int, str], last: Claimant | None) -> bool:
        """A rank alone, told after "the governor said", names the governor."""
        beside = sentence.words[role[1] : role[1] + 8]
        official = last is not None and last.name == "local officials" and not last.role
        return official and not any(sentence.people.get(role[1] + n) for n in range(len(beside)))

    def _in_office(
        self, sentence: Sentence, name: str, office: str, at: int, span: tuple[int, int]
    ) -> Claimant:
        """A mayor, prosecutor or doctor by name: the claim is kept under the office, the person is noted."""
        self._keep(Claimant("person", "", name, office, *span), sentence, at)
        claimant = Claimant("source", "", office, name, *span)
        self.known[name] = self.known[name.split()[-1]] = claimant
        return claimant

    def _force_beside(self, sentence: Sentence, first: int, after: int) -> str:
        """ "Director, Army Public Relations, Onyema Nwachukwu": the force named in the person's title."""
        for place in range(first, after):
            who = sentence.people.get(place)
            if who is not None and who.kind in _FORCES:
                meant = self.resolver.meant(who)
                if meant.slugs:
                    return meant.slugs[0]
        return ""

    def _by_role(self, role: str) -> Claimant | None:
        """ "the minister" of whom the name was told before."""
        folded = fold_in_place(role).split()[0]
        return next(
            (
                c
                for c in self.known.values()
                if c.kind == "person" and fold_in_place(c.role).split()[:1] == [folded]
            ),
            None,
        )

    def surname(self, sentence: Sentence, place: int) -> Claimant | None:
        """Somebody met before, by the last name alone."""
        written = sentence.text.quote(place, place + 1)
        return self.known.get(written) if written[:1].isupper() else None

    def _of_role(
        self, sentence: Sentence, role: tuple[int, int, str], name: str, span: tuple[int, int]
    ) -> Claimant:
        first, after, kind = role
        slug = self._affiliation(sentence, first, after, kind)
        if not slug and kind == "organisation":
            slug = self._heads(sentence, after)
        words = sentence.text.quote(first, after)
        if name or not slug:
            if not slug and kind == "government" and not name:
                return Claimant(
                    "source",
                    name=government_label(self._country(sentence, first)),
                    role=words,
                    start=span[0],
                    end=span[1],
                )
            government = "" if slug else self._government_of(sentence, first, after, kind)
            if government:
                return Claimant("source", "", government, name, *span)
            return Claimant("person", slug, name, words, *span)
        return Claimant("actor", slug, "", words, *span)

    def _heads(self, sentence: Sentence, after: int) -> str:
        """ "special representative for Mali and head of MINUSMA": the actor that a second role is of."""
        for _, end, kind in ROLES[sentence.lang].find(sentence.words, after, min(after + 14, sentence.after)):
            slug = self._affiliation(sentence, end - 1, end, kind) if kind == "actor" else ""
            if slug:
                return slug
        return ""

    def _government_of(self, sentence: Sentence, first: int, after: int, kind: str) -> str:
        """The government that a minister or its spokesperson speaks for, where it is no actor of the registry."""
        beside = [
            who
            for who in sentence.mentions
            if who.kind == "government" and (0 <= who.first - after <= 3 or 0 <= first - who.after <= 1)
        ]
        country = next((who.country for who in beside if who.country), "") or self._country(sentence, first)
        speaks = bool(beside) or sentence.word(first - 1) == "presidential"
        return government_label(country) if country and speaks and kind == "actor" else ""

    def _affiliation(self, sentence: Sentence, first: int, after: int, kind: str) -> str:
        """ "army spokesman", "a spokesman for the Azawad separatists", "porte-parole du FLA"; else what the role is of."""
        for who in sentence.mentions:
            left = 0 <= first - who.after <= 1 or who.first < first < who.after
            between = sentence.words[after : who.first]
            right = 0 <= who.first - after <= 4 and all(word in _FOR for word in between)
            # "Armed Forces Minister" is of the government, whatever the ministry is called.
            if left and kind == "government" and who.kind in ("army", "soldier"):
                continue
            leads = bool(who.names) and who.first <= first < who.after
            if leads or (who.kind in _SPEAKING and (left or (right and between))):
                meant = self.resolver.meant(who)
                if meant.slugs:
                    return meant.slugs[0]
        if sentence.word(first - 1) in ("their", "its", "leur", "son"):
            return self._of_those_before(sentence, first)
        country = self._country(sentence, first)
        if kind == "government" or sentence.word(first - 1) in ("presidential", "government"):
            return self.resolver.tables.governments.get(country, "")
        if kind == "army":
            return self.resolver.tables.state_forces.get(country, "")
        return ""

    def _of_those_before(self, sentence: Sentence, place: int) -> str:
        """ "their spokesman": of the last party named before."""
        before = [
            who
            for who in sentence.people.values()
            if who.after <= place and who.kind in _SPEAKING | {"fighter"}
        ]
        # "its" is the subject's before it is anybody's.
        one = sentence.word(place - 1) in ("its", "son", "sa")
        subject = [who for who in before if one and sentence.word(who.first - 1) not in _BESIDE]
        for who in [*sorted(subject, key=lambda who: who.first), *sorted(before, key=lambda who: -who.first)]:
            meant = self.resolver.meant(who)
            if meant.slugs:
                return meant.slugs[0]
        return ""

    def _country(self, sentence: Sentence, place: int) -> str:
        near = sentence.words[max(sentence.first, place - 2) : place + 4]
        for word in (*near, *sentence.words[sentence.first : sentence.after]):
            code = DEMONYM.get(word, "")
            if code and (word in near or code not in REGION):
                return code
        return self.resolver.country

    def _keep(self, claimant: Claimant, sentence: Sentence, at: int) -> Claimant:
        if claimant.name not in self.found:
            start = sentence.text.starts[at]
            self.found[claimant.name] = PersonFound(
                claimant.name,
                claimant.role,
                claimant.slug,
                start,
                start + len(claimant.name),
                "person quoted",
                0.8,
            )
            self.known[claimant.name] = self.known[claimant.name.split()[-1]] = claimant
        return claimant


def government_label(country: str) -> str:
    """The name under which claims of a government are kept that is no actor of the registry."""
    return f"government of {NAMES[country].split(',')[0]}" if country in NAMES else "government"


def country_of_government(label: str) -> str:
    """The country of a government by its label; empty for any other claimant."""
    return _BY_LABEL.get(label, "")


_BY_LABEL = {government_label(code): code for code in NAMES}


def _name_in(sentence: Sentence, first: int, after: int) -> tuple[str, int]:
    place = first
    while place < after:
        size = person_at(sentence, place)
        if size:
            return sentence.text.quote(place, place + size), place
        place += 1
    return "", first


def _role_far_left(sentence: Sentence, first: int) -> tuple[int, int, str] | None:
    """ "the spokesman for the movement, its name in full, Mohamed R.": a role before a long apposition."""
    begin = max(sentence.first, first - 30)
    if any(VERBS[sentence.lang].at(sentence.words, place) for place in range(begin, first)):
        return None
    roles = [role for role in ROLES[sentence.lang].find(sentence.words, begin, first) if role[2] == "actor"]
    return roles[-1] if roles and sentence.word(first - 1) == "," else None


def _role_in(sentence: Sentence, first: int, after: int) -> tuple[int, int, str] | None:
    """The role; of a coordinator or director who is a general the rank, which says for whom he speaks."""
    roles = list(ROLES[sentence.lang].find(sentence.words, first, after))
    rank = next((role for role in roles if role[2] == "army"), None)
    return rank if rank and roles[0][2] == "organisation" else next(iter(roles), None)


def person_at(sentence: Sentence, place: int) -> int:
    """Number of words of a person's name that begins here: two to five words with capitals that are nothing else."""
    if not _may_begin(sentence, place):
        return 0
    size = 0
    while place + size < sentence.after and size < 5 and _is_name_word(sentence, place + size):
        size += 1
    while size and sentence.words[place + size - 1] in _PARTICLES:
        size -= 1
    return size if size >= 2 else 0


def _may_begin(sentence: Sentence, place: int) -> bool:
    text = sentence.text
    if place >= sentence.after or text.words[place] in _NO_NAMES or not _is_name_word(sentence, place):
        return False
    return (
        place == sentence.first
        or not _is_name_word(sentence, place - 1)
        or text.words[place - 1] in _NO_NAMES
    )


def _is_name_word(sentence: Sentence, place: int) -> bool:
    text = sentence.text
    word = text.words[place]
    if place in sentence.people or not word.isalpha() or place in sentence.dated or place in sentence.placed:
        return False
    if word in _PARTICLES:
        return (
            place > sentence.first
            and text.raw[text.starts[place - 1]].isupper()
            and word not in ("la", "du", "de")
        )
    written = text.raw[text.starts[place] : text.ends[place]]
    known = word in _NO_NAMES or word in DEMONYM or COUNTRY_NAMES.at(text.words, place) is not None
    return written[0].isupper() and not written.isupper() and not known
