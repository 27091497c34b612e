"""Words that say that people were killed, wounded, taken or lost, English and French, and how they take their victims.

Forms: `pp` participle ("were killed", "killed ten"), `verb` takes an object ("kills ten", "tuant dix"), `subject` takes
a subject ("ten died"), `number` follows a number ("ten dead"), `of` leads to whom ("the death of ten", "mort de dix"),
`lost` takes own people as object ("lost ten men"), `toll` leads to a number ("the death toll rose to ten").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from events.ingest.extract.words import Phrases, listed, one_of, wordset


class Harm(NamedTuple):
    """What a word says: a Measure code and how it takes its victims."""

    measure: str
    form: str


ENGLISH = {
    ("killed", "pp"): "fatally shot, fatally wounded, mortally wounded, fatally stabbed, killed in action, blown up, riddled with bullets, left for dead, cut to pieces, killed, slain, massacred, executed, murdered, gunned down, shot dead, shot and killed, neutralised, neutralized, "
    "eliminated, lynched, beheaded, decapitated, hacked to death, burned alive, burnt alive, burned to death, assassinated, "
    "slaughtered, stabbed to death, summarily executed, stoned to death, put out of action, liquidated",
    ("killed", "verb"): "kill, kills, killing, murder, murders, murdering, massacring, executing, neutralise, neutralises, neutralising, "
    "neutralize, neutralizes, neutralizing, eliminate, eliminates, eliminating, claimed the lives of, claiming the lives of, "
    "claimed the life of, claiming the life of, took the lives of, takes the lives of, taking the lives of, slaughter, slaughters, "
    "slaughtering, slay, behead, beheads, beheading, gun down, gunning down, assassinate, assassinating, cost the lives of",
    ("killed", "subject"): "fell, met their death, met his death, met her death, met their end, laid down their lives, paid with their lives, paid with his life, fell to the bullets, fell under the bullets, fell in battle, fell in action, fell on the battlefield, fell under fire, bled to death, were buried, was buried, have been buried, had been buried, being buried, were laid to rest, were found lifeless, have died, has died, had died, have perished, had perished, lose his life, were lost, died, die, dies, perished, lost their lives, lost his life, lost her life, succumbed, were found dead, was found dead, "
    "lose their lives, met their deaths, passed away, fell in combat, have fallen",
    ("killed", "number"): "deceased, lives, deadly casualties, dead, deaths, fatalities, bodies, corpses, lifeless bodies, were dead, lives lost",
    ("killed", "of"): "demise of, the dead were, burial of, burials of, funeral of, funerals of, burying, buried, throats of, throat of, the fallen were, dead were, dead are, death of, deaths of, killing of, killings of, murder of, murders of, execution of, executions of, loss of, bodies of, "
    "the dead included, the dead include, dead included, dead include, among the dead were, among the dead are, among those killed were, victims included, victims include, "
    "the victims were, those killed included, those killed were, "
    "lives of, massacre of, elimination of, neutralisation of, neutralization of, body of, corpses of, remains of, slaying of, loss of life of",
    ("killed", "lost"): "lost, losing, lose, loses",
    ("wounded", "toll"): "number of wounded, number of injured, number of people wounded, number of people injured, the wounded at, the injured at",
    ("killed", "toll"): "the dead at, its dead at, their dead at, number of fatalities, number of lives lost, body count, death toll, toll, number of dead, number of deaths, number of people killed, number killed, number of victims",
    ("wounded", "pp"): "wounded, injured, hurt, maimed, seriously wounded, seriously injured, critically wounded, lightly wounded, "
    "slightly wounded, gravely wounded, critically injured",
    ("wounded", "verb"): "wounding, injuring, wound, injure, injures, wounds, hurting",
    ("wounded", "subject"): "received injuries, suffered wounds, suffered gunshot wounds, sustained gunshot wounds, were taken to hospital, were admitted to hospital, received gunshot wounds, were treated for gunshot wounds, were evacuated with injuries, sustained injuries, suffered injuries, sustained wounds, were hospitalised, were hospitalized",
    ("wounded", "of"): "wounding of",
    ("abducted", "pp"): "taken away by gunmen, marched off, driven off by gunmen, seized by their captors, abducted, kidnapped, taken hostage, taken captive, seized by gunmen, snatched",
    ("abducted", "verb"): "abduct, abducts, abducting, kidnap, kidnaps, kidnapping",
    ("abducted", "of"): "abduction of, kidnapping of, abductions of, kidnappings of",
    ("captured", "pp"): "taken alive, captured alive, seized alive, captured, taken prisoner, arrested, detained, taken prisoners, apprehended, taken into custody, held prisoner, held hostage, being held hostage, held captive, in the hands of, being held by",
    ("captured", "verb"): "capturing, captures, arrests, arresting, detaining, apprehending, taking prisoner, capture, arrest",
    ("captured", "number"): "prisoners, captives",
    ("captured", "of"): "capture of, arrest of, arrests of, detention of",
    ("missing", "of"): "fate of, no news of, no trace of, without news of",
    ("missing", "pp"): "missing, reported missing, unaccounted for, listed as missing, declared missing",
    ("missing", "subject"): "are nowhere to be found, were nowhere to be found, did not answer the roll call, went missing, disappeared, have disappeared, has disappeared",
    ("displaced", "pp"): "forced to leave, forced out of, driven from, driven out of, chased from, made homeless, forced to abandon, displaced, forced to flee, forced from their homes",
    ("displaced", "verb"): "displacing",
    ("displaced", "subject"): "took refuge, have taken refuge, had taken refuge, taken refuge, sought refuge, sought shelter, have sought refuge, left their homes, left their villages, abandoned their homes, abandoned their villages, took flight, had to leave, had to flee, have had to leave, have had to flee, has fled, fled, have fled, had fled",
    ("surrendered", "subject"): "surrendered, laid down their arms, have surrendered, surrender",
}
FRENCH = {
    ("killed", "pp"): "passés par les armes, criblés de balles, mis à mort, mortellement touchés, mortellement blessés, retrouvés sans vie, abattus à bout portant, inhumés, enterrés, ensevelis, portés en terre, tués par balles, brûlés, anéantis, tué, tués, tuée, tuées, abattu, abattus, abattue, abattues, neutralisé, neutralisés, neutralisée, neutralisées, "
    "éliminé, éliminés, assassiné, assassinés, assassinée, assassinées, massacré, massacrés, massacrées, exécuté, exécutés, "
    "exécutées, égorgé, égorgés, égorgées, décapité, décapités, mis hors d'état de nuire, mis hors de combat, retrouvés morts, retrouvé mort, "
    "brûlés vifs, retrouvées mortes, fauchés, liquidés, sommairement exécutés, pulvérisés, lynché, lynchés, tombés au combat, tombés sous les balles, "
    "tombés au front, tombés au champ d'honneur, tombé, tombés, tombées",
    ("killed", "verb"): "abattait, abattaient, abattra, emportant la vie, coûter la vie, arrachant la vie, arraché la vie, fauché la vie, enterré, inhumé, anéantissent, tue, tuent, tuant, tuer, tuait, abat, abattent, abattant, abattre, neutralise, neutralisent, neutralisant, neutraliser, "
    "élimine, éliminent, éliminant, éliminer, assassine, assassinent, assassinant, massacrent, massacrant, exécutent, exécutant, "
    "coûté la vie, coûte la vie, coûtant la vie, ôté la vie, ôtant la vie, égorgeant",
    ("killed", "subject"): "ont laissé la vie, a laissé la vie, laissé leur vie, laissé la vie, laissé sa vie, payé de leur vie, payé de sa vie, rendu l'âme, passés de vie à trépas, tombés les armes à la main, perdu leur vie, sont décédés, sont décédées, ont trépassé, trouvaient la mort, perdaient la vie, périssent, périssaient, sont morts, est mort, est morte, sont mortes, étaient morts, ont trouvé la mort, a trouvé la mort, trouvé la mort, trouvent la mort, "
    "ont perdu la vie, a perdu la vie, perdu la vie, perdent la vie, décédé, décédés, décédée, décédées, ont péri, a péri, péri, "
    "succombé, ont succombé, a succombé, mouraient, meurent, y ont laissé la vie",
    ("killed", "number"): "victimes mortelles, dépouilles mortelles, morts dans, personnes décédées, morts, mort, décès, corps, cadavres, corps sans vie, morts et, tués sur le coup, dépouilles",
    ("killed", "of"): "décès des, perte des, mort d'au, assassinat des, meurtre des, inhumation de, inhumation des, enterrement de, enterrement des, obsèques de, obsèques des, tués sont, égorgement de, l'assassinat de, parmi les morts se trouvent, parmi les victimes se trouvent, parmi les morts on compte, parmi les victimes on compte, parmi les morts, parmi les tués, dépouilles de, dépouilles d', mort de, mort d', mort des, mort du, décès de, décès d', perte de, perte d', pertes de, assassinat de, assassinat d', assassinats de, meurtre de, "
    "meurtre d', exécution de, exécution d', neutralisation de, neutralisation d', élimination de, élimination d', massacre de, massacre d', corps de, corps d', "
    "parmi les morts figurent, parmi les victimes figurent, parmi les tués figurent, les victimes sont, les morts sont, corps sans vie de, corps sans vie d', mise hors d'état de nuire de, mise hors d'état de nuire d', exécutions de, dépouilles de",
    ("killed", "lost"): "perdu, perdent, perdant",
    ("wounded", "toll"): "nombre de blessés, nombre des blessés",
    ("killed", "toll"): "nombre des morts, nombre des victimes, nombre de décès, nombre de personnes tuées, bilan, bilan humain, nombre de morts, nombre de victimes, nombre de tués",
    ("wounded", "pp"): "touchés par balles, touchés par balle, atteints par balles, atteints par balle, brûlés grièvement, hospitalisés, blessé, blessés, blessée, blessées, grièvement blessés, légèrement blessés, grièvement blessé, mutilés",
    ("wounded", "verb"): "blesse, blessent, blessant, blesser",
    ("abducted", "pp"): "conduits de force, emmenés de force, enlevé, enlevés, enlevée, enlevées, kidnappé, kidnappés, kidnappée, kidnappées, pris en otage, pris en otages, prises en otage, prise en otage, emmenés",
    ("abducted", "verb"): "enlèvent, enlevant, kidnappent, kidnappant, enlèvement, enlever, kidnapper",
    ("abducted", "of"): "enlèvement de, enlèvement d', enlèvement des, enlèvements de, kidnapping de, rapt de, kidnapping d', enlèvement du",
    ("captured", "pp"): "pris vivants, capturés vivants, mis aux arrêts, placés en détention, mis aux fers, capturé, capturés, capturée, capturées, faits prisonniers, fait prisonniers, fait prisonnier, interpellé, interpellés, arrêté, arrêtés, arrêtée, arrêtées, appréhendés, détenus, détenues, retenus en otage, retenus en otages",
    ("captured", "subject"): "sont entre les mains, est entre les mains, seraient entre les mains",
    ("abducted", "subject"): "sont aux mains des ravisseurs, sont aux mains de leurs ravisseurs, restent aux mains, sont entre les mains de leurs ravisseurs",
    ("captured", "verb"): "interpeller, arrêter, appréhender, capturant, capturent, capturer, interpellant, arrêtant, capture",
    ("captured", "number"): "prisonniers",
    ("captured", "of"): "capture de, capture d', arrestation de, arrestation d', interpellation de, interpellation d'",
    ("missing", "of"): "sans nouvelles de, sans nouvelle de, sans nouvelles d', le sort de, disparition de, disparition d', disparition des",
    ("missing", "subject"): "manquent à l'appel, manque à l'appel, manquaient à l'appel, sont introuvables, restent introuvables, restent portés disparus, ont disparu, avaient disparu",
    ("missing", "pp"): "porté disparu, portés disparus, portées disparues, disparus, disparu, disparue, disparues, manquants, manquant, sans nouvelles, encore recherchés, encore recherchées, toujours recherchés, toujours recherchées, activement recherchés, activement recherchées",
    ("displaced", "pp"): "contraints de quitter, contraints à fuir, contraints à quitter, forcés de fuir, forcés de quitter, poussés à fuir, poussés sur les routes, chassés de, chassés de leur, obligés de fuir, obligés de quitter, jetés sur les routes, déplacés, contraints de fuir, contraintes de fuir",
    ("displaced", "verb"): "déplaçant",
    ("displaced", "subject"): "se sont réfugiés, se sont réfugiées, se seraient réfugiés, ont trouvé refuge, avaient trouvé refuge, ont quitté leur, ont quitté leurs, ont quitté la zone, ont abandonné leur, ont abandonné leurs, ont dû fuir, ont dû quitter, auraient fui, fuient, ont été déplacés, ont fui, avaient fui",
    ("surrendered", "subject"): "se sont rendus, ont déposé les armes, se sont rendues, reddition",
}

# Verbs given by their base form; `_english` and `_french` write their forms out.
_VERBS_EN = {
    "killed": "kill, murder, massacre, execute, slaughter, assassinate, behead, decapitate, lynch, butcher, neutralise, neutralize, eliminate, "
    "liquidate, exterminate, wipe out, gun down, mow down, cut down, strike down, burn alive, hack to death, stab to death, beat to death, stone to death, "
    "burn to death, club to death, shoot dead, shoot to death, put out of action, put to death, slay, summarily execute, take out",
    "wounded": "wound, injure, maim, hurt, seriously injure, seriously wound",
    "abducted": "abduct, kidnap, take hostage, carry off, take captive, snatch, lead away, seize",
    "captured": "capture, arrest, detain, apprehend, take prisoner, take into custody, round up",
    "displaced": "displace, uproot",
}
_IRREGULAR_EN = {
    "shoot": "shot shot shooting", "slay": "slew slain slaying", "mow": "mowed mown mowing", "cut": "cut cut cutting", "strike": "struck struck striking",
    "burn": "burnt burned burning", "beat": "beat beaten beating", "put": "put put putting", "take": "took taken taking", "hurt": "hurt hurt hurting",
    "gun": "gunned gunned gunning", "stab": "stabbed stabbed stabbing", "club": "clubbed clubbed clubbing", "kidnap": "kidnapped kidnapped kidnapping",
    "carry": "carried carried carrying", "lead": "led led leading", "summarily": "", "seriously": "",
}  # fmt: skip
_VERBS_FR = {
    "killed": "tuer, neutraliser, éliminer, assassiner, massacrer, exécuter, égorger, décapiter, lyncher, liquider, faucher, fusiller, pulvériser, "
    "anéantir, trucider, lapider, éventrer, carboniser, exterminer, calciner",
    "wounded": "blesser, mutiler",
    "abducted": "enlever, kidnapper, séquestrer, emmener",
    "captured": "capturer, interpeller, arrêter, appréhender, détenir",
    "displaced": "déplacer, déraciner",
}


def _english(base: str) -> tuple[list[str], list[str]]:
    """(participles and past, present and -ing) of an English verb or a verb with its particle."""
    word, blank, rest = base.partition(" ")
    if _IRREGULAR_EN.get(word) == "":
        pasts, presents = _english(rest)
        return [f"{word} {form}" for form in pasts], [f"{word} {form}" for form in presents]
    stem = word.removesuffix("e")
    past, participle, going = _IRREGULAR_EN.get(word, f"{stem}ed {stem}ed {stem}ing").split()
    third = word[:-1] + "ies" if word.endswith("ry") else word + ("es" if word.endswith(("ch", "sh")) else "s")
    return [f"{one}{blank}{rest}" for one in {past, participle}], [f"{one}{blank}{rest}" for one in (word, third, going)]


def _french(base: str) -> tuple[list[str], list[str]]:
    """(participles, finite forms) of a regular French verb in -er or -ir."""
    stem = base[:-2]
    if base.endswith("ir"):
        return [], []
    soft = stem + "e" if stem.endswith("g") else stem
    finite = [stem + "e", stem + "ent", soft + "ant", base, soft + "ait", soft + "aient", soft + "a", stem + "erent"]
    return [stem + "é" + end for end in ("", "s", "e", "es")], finite


def _agreeing(phrase: str) -> list[str]:
    """A French phrase with its participle in all four forms: "mis à mort", "mise à mort", "mis à mort", "mises à mort"."""
    first, blank, rest = phrase.partition(" ")
    pris = re.fullmatch(r"(.*is)(?:e|es)?", first)
    stem, ends = (pris[1], ("", "e", "es")) if pris else (re.sub(r"(?<=[éiut])e?s?$", "", first), ("", "s", "e", "es"))
    return [f"{stem}{end}{blank}{rest}" for end in ends]


def _forms(lang: str, form: str, phrases: str) -> list[str]:
    if (lang, form) != ("fr", "pp"):
        return listed(phrases)
    # Agreement is told by the accents, which folding takes away.
    written = [" ".join(phrase.split()) for phrase in phrases.split(",") if phrase.strip()]
    return listed(",".join({**dict.fromkeys(written), **{one: None for phrase in written for one in _agreeing(phrase)}}))


def _verbs(lang: str) -> dict[str, Harm]:
    """Every form of the verbs; where a participle is also a past tense, the participle is kept and its voice decides."""
    found: dict[str, Harm] = {}
    for measure, bases in (_VERBS_EN if lang == "en" else _VERBS_FR).items():
        for base in bases.split(", "):
            participles, finite = _english(base) if lang == "en" else _french(base)
            found.update({listed(one)[0]: Harm(measure, "verb") for one in finite})
            found.update({listed(one)[0]: Harm(measure, "pp") for one in participles})
    return found


HARM: dict[str, Phrases[Harm]] = {
    lang: Phrases({**_verbs(lang), **{phrase: Harm(*key) for key, phrases in table.items() for phrase in _forms(lang, key[1], phrases)}})
    for lang, table in (("en", ENGLISH), ("fr", FRENCH))
}
# French participles that lose their difference to the present ("tué", "tue") when accents are folded away.
FINITE_WITHOUT_ACCENT = {
    listed(base[:-1])[0]: measure for measure, bases in _VERBS_FR.items() for base in bases.split(", ") if base.endswith("er")
}
# What stands on both sides of its victims: "cost ten soldiers their lives", "put ten people to death".
AROUND: dict[str, list[tuple[frozenset[str], tuple[str, ...], str]]] = {
    "en": [
        (wordset("cost costs costing"), ("their", "lives"), "killed"),
        (wordset("cost costs costing"), ("his", "life"), "killed"),
        (wordset("put puts putting"), ("to", "death"), "killed"),
        (wordset("shot shoot shoots shooting"), ("dead",), "killed"),
        (wordset("burned burnt burning"), ("alive",), "killed"),
        (wordset("took take takes taking taken"), ("hostage",), "abducted"),
        (wordset("took take takes taking taken"), ("captive",), "abducted"),
        (wordset("took take takes taking taken"), ("prisoner",), "captured"),
    ],
    "fr": [
        (wordset("pris prend prennent prenant"), ("en", "otage"), "abducted"),
        (wordset("pris prend prennent prenant"), ("en", "otages"), "abducted"),
        (wordset("fait font faisant fera"), ("prisonniers",), "captured"),
        (wordset("fait font faisant fera"), ("prisonnier",), "captured"),
        (wordset("mis met mettent mettant"), ("hors", "de", "combat"), "killed"),
        (wordset("mis met mettent mettant"), ("hors", "d'", "etat", "de", "nuire"), "killed"),
    ],
}

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
    "en": Phrases({"among": True, "in the ranks of": True, "from the ranks of": True, "on the side of": True, "within": True, "in its ranks": True, "on its side": True, "in their ranks": True, "in our ranks": True, "on our side": True, "on their side": True, "from among": True, "within the": True, "in the ranks": True}),
    "fr": Phrases({"parmi": True, "dans les rangs": True, "dans ses rangs": True, "dans leurs rangs": True, "dans nos rangs": True, "du cote": True, "cote": True, "cotes": True, "au sein": True, "chez": True, "de son cote": True, "dans les rangs de": True, "dans les rangs du": True, "dans les rangs des": True, "de notre cote": True}),
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

# What leads to the people an attack was against, and what befalls a patrol or convoy whose people the figures are.
TARGETED = {
    "en": one_of("attack on, attacks on, attack against, ambush on, ambush of, assault on, raid on, attack targeting, attacks against"),
    "fr": one_of("attaque contre, attaques contre, embuscade contre, assaut contre, embuscade tendue à, attaque visant, attentat contre"),
}
HIT = {
    "en": one_of(
        "hit a, hit an, struck a, struck an, drove over, ran over, detonated a, was ambushed, were ambushed, came under, fell into, was attacked, were attacked, "
        "was hit by, was struck by, was targeted, was caught in"
    ),
    "fr": one_of(
        "a sauté sur, ont sauté sur, a heurté, est tombée dans, est tombé dans, sont tombés dans, a été attaquée, a été attaqué, a été prise, a été pris, "
        "a été la cible, a été visée, a essuyé, a été touchée, a roulé sur, saute sur, tombe dans"
    ),
}
# A new sum told beside what was added to it.
SUMS = {
    "en": one_of(
        "taking the toll, taking the death toll, bringing the toll, bringing the death toll, taking the provisional toll, bringing the number, bringing to, "
        "brings the toll, brings the death toll, raising the toll, raising the death toll, raising to, taking to, brought the toll, pushing the toll, lifting the toll, brings to, bringing the total, taking the total"
    ),
    "fr": one_of(
        "portant le bilan, portant à, ce qui porte, porte le bilan, porte à, faisant passer, faisant grimper, alourdissant le bilan, portant le nombre, portant le total, porte le total, portant ainsi"
    ),
}
