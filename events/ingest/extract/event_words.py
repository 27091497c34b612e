"""Words that say what kind of event it was, English and French, with how strongly they say it."""

from __future__ import annotations

from typing import NamedTuple

from events.codes import SUBTYPES
from events.ingest.extract.words import Phrases, listed, one_of


class EventWord(NamedTuple):
    """A subtype and its weight: 3 for words that mean nothing else, 1 for words that need company."""

    subtype: str
    weight: float


ATTACK = "attack?"

_ENGLISH: dict[tuple[str, float], str] = {
    ("ambush", 3): "ambush, ambushed, ambushes, ambushing, fell into an ambush",
    ("ied", 3): "landmine, landmines, ied, ieds, improvised explosive device, improvised explosive devices, roadside bomb, roadside bombs, "
   "explosive device, explosive devices, hit a mine, struck a mine, mine explosion, bomb blast, drove over a "
    "mine, ran over a mine, mine blast, homemade bomb, "
    "landmine explosion, roadside bombing",
    ("suicide_bombing", 4): "suicide bombing, suicide attack, suicide bombings, suicide bomber, suicide bombers, car bomb, truck bomb, suicide attacks, vehicle bomb, "
    "explosives-laden, suicide car bomb, detonated his, blew himself up, blew herself up, blew themselves up",
    ("drone_strike", 3.5): "drone strike, drone strikes, drone attack, drone attacks, drone raid, armed drone, armed drones, drones struck, drone bombing",
    ("air_strike", 3): "airstrike, airstrikes, air strike, air strikes, air raid, air raids, aerial bombardment, aerial strikes, aerial strike, bombing raid, "
    "helicopter strike, helicopter fired, helicopters fired, helicopter gunships, helicopter gunship, bombed by, warplane, air bombardment, fighter jet, fighter jets, air force strike, air attack, airstrikes on, aerial attack, strike from the air, strikes, warplanes",
    ("shelling", 3): "shelling, shelled, rocket fire, mortar fire, bombardment, rocket attack, mortar attack, artillery fire, shells",
    ("shelling", 0.8): "rockets, mortar, mortars, artillery",
    ("grenade", 3): "grenade attack, grenade, hand grenade, grenades",
    ("base_attack", 3): "attack on a military base, attack on an army base, attack on a base, attacked a military base, attacked an army base, attacked a military camp, "
   "attacked an army camp, attacked a military post, attacked an army post, raid on army base, raid on an army "
    "base, raid on a military base, attack on the base, attack on the camp, "
   "attacked the camp, attacked the base, attack on a military camp, attack on an army camp, attack on a "
    "military post, attack on army base, attack on a military outpost, stormed a military base, "
   "stormed the base, stormed a base, overran a base, overran the base, overran a military base, overruns "
    "military camp, overran the camp, attacked the military base, attacked the army base, "
   "attack on the military base, attack on the army base, attack against a military base, attack on a security "
    "post, attacked a security post, attack on a barracks, attacked a barracks, "
   "attack on an army position, attack on army positions, attacked an army position, attacked army positions, "
    "attack on military positions, attacked a position, attacked the position, "
   "attack on a position, attack on a gendarmerie, attacked a gendarmerie post, attacked a police station, "
    "attack on a police station, attack on a gendarmerie post, attack on a military detachment, "
   "attacked a military detachment, attack on the military camp, attacked the military camp, attack on the "
    "garrison, attacked the garrison, attack on a garrison, attacked a checkpoint, attack on a checkpoint, "
    "attacked military positions, attacks on military, attack on a camp, attack on an outpost, attacked an outpost, raid on a base, raid on a camp, raid on the base, raid on the camp",
    ("air_strike", 2.5): "aircraft struck, aircraft bombed, fighter jets bombed, guided bomb, bombed from the air",
    ("offensive", 2): "offensive, military offensive, military operation, ground operation, sweep operation, clearance operation, counter-offensive, army operation, large-scale operation, raid on a hideout",
    ("offensive", 1): "operation, operations",
    ("clash", 2.5): "clash, clashes, clashed, clashing, fighting, battle, battles, firefight, gun battle, gunfight, exchange of fire, exchanged fire, confrontation, confrontations, combat, gunfire exchange, "
    "fierce fighting, skirmish, skirmishes, shootout, heavy fighting, engaged in combat",
    ("territory_captured", 3): "took control of, taken control of, seized control of, taken over the town, captured the town, captured the village, seized the town, seized the village, capture of the town, took over the town, "
    "fell to, occupied the town, entered the town, takes control of, seizes town, seize the town, capture the town",
    ("territory_recaptured", 3.5): "recaptured, recapture, retook, retaken, retake, regained control, retakes, recaptures, took back, regain control",
    ("massacre", 3): "massacre, massacred, massacres, mass killing, bloodbath, slaughter, slaughtered, mass grave, mass killings",
    ("abduction", 3): "kidnapped, kidnapping, abducted, abduction, kidnap, abduct, abducts, kidnaps, hostage-taking, taken hostage, kidnappings, abductions, held hostage, kidnappers, abducting",
    ("sexual_violence", 3.5): "rape, raped, rapes, sexual violence, gang rape, gang-raped, sexual assault",
    ("summary_execution", 3.2): "summary execution, summary executions, summarily executed, extrajudicial killing, extrajudicial killings, executed, extrajudicial execution, extrajudicially",
    ("blockade", 3): "blockade, blockaded, siege, besieged, under siege, blockading, blocked the road, blocking the road, blocked roads, fuel blockade, blocked supplies, embargo",
    ("looting", 2): "looted, looting, pillaged, plundered, stole livestock, stole cattle, cattle rustling, ransacked, rustled",
    ("property_destruction", 2): "burned down, burnt down, torched, set fire to, set ablaze, burned houses, destroyed homes, razed, burned homes, set on fire, sabotage, sabotaged, blew up a bridge, arson",
    ("arrests", 1.6): "arrested, arrests, arrest, detained, rounded up, apprehended",
    ("protest", 2.5): "protest, protests, demonstration, demonstrations, demonstrated, protested, rally, rallied, marched, protesters, demonstrators, sit-in",
    ("violent_demonstration", 3): "riot, riots, rioting, rioters, violent protests, violent demonstration",
    ("mob_violence", 3): "mob, lynched, lynching, mob violence",
    ("excessive_force", 3): "fired on protesters, opened fire on protesters, shot protesters, dispersed protesters, fired on demonstrators, opened fire on demonstrators",
    ("agreement_ended", 3): "ended the agreement, terminated the agreement, ended the peace agreement, end of the peace agreement, withdrew from the agreement, termination of the agreement, ended the accord, "
    "ends the peace agreement, immediate effect the agreement, terminates peace deal, ended the peace deal, no longer bound by",
    ("agreement", 2): "signed a peace agreement, signed an agreement, signed a ceasefire, ceasefire, peace deal, peace agreement, truce, signed a deal, accord signed, signed the agreement, signed a peace deal",
    ("withdrawal", 2): "is leaving, was leaving, said it is leaving, says it is leaving, withdrawal, withdrew from, pulled out of, announced its departure, withdrew its troops, left the country, pulled out, completed its withdrawal, departure from mali, handed over the base, withdrawing, pull out, leaves mali, leave mali",
    ("deployment", 2): "deployed troops, deployment of, arrival of, troops arrived, deploys",
    ("base_established", 2): "opened a base, new base, established a base, set up a base",
    ("base_closed", 2.5): "closed the base, closed its base, closure of the base, handed over its camp, handed over the camp, closes base, closed its camp",
    ("group_change", 2.5): "merger, merged, new alliance, formed a new, announced the creation, announced the formation, split from, creation of a new movement, dissolved itself, founding congress",
    ("coup", 3.5): "coup, overthrown, removed from power, coup d'etat, putsch, mutiny, mutinous, seized power, overthrew, ousted the president, toppled, coup attempt",
    ("statement", 1): "ultimatum, declared independence, declaration of independence, proclaimed the independence",
    (ATTACK, 1.5): "attack, attacks, attacked, attacking, raid, raids, raided, assault, assaulted, assaults, stormed, opened fire, struck, onslaught, gun attack, twin attacks, burst into, was targeted, were targeted, targeted by, came under attack, came under fire, killings, killing of, shot dead, gunned down, opened fire on, rampage, incursion, incursions, storm, storming, attackers entered, overran, overrun, overruns",
}
_FRENCH: dict[tuple[str, float], str] = {
    ("ambush", 3): "embuscade, embuscades, tombé dans une embuscade, tombés dans une embuscade, tombée dans une embuscade, guet-apens",
    ("ied", 3): "une mine, des mines, mines antipersonnel, sur une mine, engin explosif, engins explosifs, engin explosif improvisé, eei, ied, engin artisanal, bombe artisanale, explosion d'une mine, sauté sur une mine, mine artisanale, "
    "explosion d'un engin, explosion d'un engin artisanal, engins explosifs improvisés, sauté sur un engin, mine terrestre",
    ("suicide_bombing", 4): "attentat-suicide, attentat suicide, attentats-suicides, kamikaze, kamikazes, voiture piégée, véhicule piégé, véhicule-suicide, attaque-suicide, attaque suicide, véhicules piégés, voitures piégées, s'est fait exploser, se sont fait exploser",
    ("drone_strike", 3.5): "frappe de drone, frappes de drone, frappe de drones, frappes de drones, attaque de drone, attaques de drones, drone armé, drones armés, attaque de drones, attaques de drone, drone militaire, bombardement de drone, drone kamikaze, drones kamikazes",
    ("air_strike", 3): "frappe aérienne, frappes aériennes, raid aérien, raids aériens, bombardement aérien, bombardements aériens, frappes de l'aviation, vecteurs aériens, frappe, frappes, hélicoptères ont frappé, hélicoptères ont bombardé, hélicoptères ont tiré, hélicoptères de combat, frappes d'hélicoptères, hélicoptère a ouvert, hélicoptère a tiré, avion de chasse, avions de chasse, bombardés par l'aviation",
    ("shelling", 3): "obus, tirs de mortier, tirs d'obus, tirs d'artillerie, bombardement, bombardements, mortiers, tirs de roquettes, tir d'obus, pilonnage",
    ("grenade", 3): "attaque à la grenade, grenade, grenades",
    ("base_attack", 3): "attaque d'une base, attaque contre une base, attaque contre le camp, attaque du camp, attaque contre un camp, encerclé un poste, encerclé le camp, encerclé la base, encerclé un camp, attaqué un poste avancé, attaqué un camp, attaqué le camp, attaqué une base, attaqué la base, attaqué un poste, "
   "attaque d'un poste, attaque contre un poste, attaque contre le poste, attaque contre un détachement, "
   "attaque contre le détachement, attaque du détachement, attaqué le détachement, attaqué un détachement, "
    "attaque contre une position, "
   "attaqué une position, attaque d'une position, attaque contre la base, attaque de la base, attaque du poste, "
   "attaqué le poste, attaque contre une brigade, attaque d'une brigade, attaque de la brigade, attaqué la "
    "brigade, attaqué la position, "
   "assaut contre la base, pris d'assaut le camp, pris d'assaut la base, pris d'assaut une base, attaque d'un "
   "camp, attaque d'un détachement, attaque contre une caserne, attaqué une caserne, attaque contre un "
    "détachement militaire, attaqué les positions, "
   "attaque contre le détachement militaire, attaque contre une base militaire, attaqué une base militaire, "
   "attaqué un camp militaire, a visé le détachement, a visé un détachement, attaqué un poste militaire, "
    "attaque contre les positions, a visé le camp, a visé la base, attaques contre des positions, "
    "visé un poste, visé une position, visé une base, visé un camp, ciblé un poste, ciblé une base, ciblé le camp",
    ("air_strike", 2.5): "aéronef, aéronefs, avion militaire, avions militaires, bombe guidée",
    ("offensive", 2): "offensive, opération militaire, opération de ratissage, ratissage, contre-offensive, opération de sécurisation, opérations antijihadistes, opération d'envergure, offensives",
    ("offensive", 1): "opération, opérations",
    ("clash", 2.5): "affrontement, affrontements, combats, combat, accrochage, accrochages, échange de tirs, échanges de tirs, bataille, se sont affrontés, heurts, combats violents, violents combats",
    ("territory_captured", 3): "pris le contrôle, prise de contrôle, prise de la ville, prise du village, s'est emparé, se sont emparés, pris la ville, occupé la ville, tombée aux mains, prise de la localité, prendre le contrôle, pris le contrôle de, contrôlent désormais",
    ("territory_recaptured", 3.5): "repris, reprise, reprendre, reconquis, repris le contrôle, reprise de la ville, reprise du contrôle, reprendre le contrôle, reconquise",
    ("massacre", 3): "massacre, massacrés, massacres, tuerie, carnage, charnier, bain de sang, tueries, massacré",
    ("abduction", 3): "enlèvement, enlèvements, enlevé, enlevés, enlevée, enlevées, kidnappé, kidnappés, kidnapping, rapt, prise d'otages, pris en otage, otages, kidnappées, kidnappée",
    ("sexual_violence", 3.5): "viol, viols, violées, violences sexuelles, violée, agressions sexuelles",
    ("summary_execution", 3.2): "exécution sommaire, exécutions sommaires, exécutés, exécuté, exécutées, exécutions extrajudiciaires, sommairement exécutés, exécution extrajudiciaire",
    ("blockade", 3): "blocus, siège, assiégé, assiégée, assiègent, sous blocus, bloqué la route, embargo, bloquent la route, encerclement, assiégées",
    ("looting", 2): "pillé, pillés, pillage, pillages, emporté du bétail, vol de bétail, emporté le bétail, pillée, saccagé, saccagés, vols de bétail, bétail emporté, bétail volé",
    ("property_destruction", 2): "incendié, incendiés, incendie, incendiées, incendiée, brûlé, brûlés, brûlées, mis le feu, détruit des maisons, maisons brûlées, saboté, sabotage, détruit le pont, dynamité, saccage",
    ("arrests", 1.6): "arrestation, arrestations, arrêté, arrêtés, interpellé, interpellés, interpellation, interpellations",
    ("protest", 2.5): "manifestation, manifestations, manifesté, manifestants, marche de protestation, rassemblement, protestation, sit-in, manifester",
    ("violent_demonstration", 3): "émeute, émeutes, émeutiers, manifestation violente, manifestations violentes",
    ("mob_violence", 3): "lynchage, lynché, lynchés, foule en colère, vindicte populaire",
    ("excessive_force", 3): "tiré sur les manifestants, ouvert le feu sur des manifestants, dispersé les manifestants, tiré sur des manifestants, ouvert le feu sur les manifestants",
    ("agreement_ended", 3): "fin de l'accord, fin avec effet immédiat, dénoncé l'accord, mis fin à l'accord, caducité de l'accord, retrait de l'accord, fin à l'accord",
    ("agreement", 2): "signé un accord, accord de paix, cessez-le-feu, signature d'un accord, trêve, signé l'accord, accord signé, signature de l'accord",
    ("withdrawal", 2): "retrait, se retire, a quitté le mali, départ du mali, s'est retiré, s'est retirée, se sont retirés, annoncé son départ, rétrocédé le camp, rétrocession du camp",
    ("deployment", 2): "déploiement de, déployé des troupes, arrivée de, déployés à",
    ("base_established", 2): "nouvelle base, ouverture d'une base, installé une base, installation d'une base",
    ("base_closed", 2.5): "fermeture de la base, fermé sa base, fermeture du camp, fermé son camp, fermé la base",
    ("group_change", 2.5): "fusion, fusionné, nouvelle alliance, nouveau mouvement, création d'un, annoncé la création, scission, auto-dissolution, dissolution, annonce de la création",
    ("coup", 3.5): "coup d'état, putsch, mutinerie, putschistes, renversé, pris le pouvoir, prise de pouvoir, coup de force, tentative de coup d'état",
    ("statement", 1): "ultimatum, déclaration d'indépendance, proclamé l'indépendance, proclame l'indépendance",
    (ATTACK, 1.5): "attaque, attaques, attaqué, attaquent, assaut, assauts, raid, incursion, incursions, ouvert le feu, attentat, attentats, attaquée, attaqués, descente, pris d'assaut, fusillade, attaquées, tirs, s'en est pris, s'en sont pris, s'en est prise, s'en prennent, ont fait irruption, exactions, pris à partie, prise à partie, prises à partie, essuyé des tirs, a visé, ont visé, a été visé, a été visée, la cible, mitraillé, mitraillée, abattus par balles, irruption",
}

EVENTS: dict[str, Phrases[EventWord]] = {
    lang: Phrases({phrase: EventWord(*key) for key, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _ENGLISH), ("fr", _FRENCH))
}
TYPE_OF = {str(subtype.value): str(kind.value) for kind, subtypes in SUBTYPES.items() for subtype in subtypes}

# Who or what a bare "attack" was against.
MILITARY_TARGETS = {
    "en": frozenset(listed("base, camp, barracks, outpost, garrison, detachment, position, positions, checkpoint, post, patrol, convoy, headquarters, airbase, gendarmerie")),
    "fr": frozenset(listed("base, camp, caserne, poste, garnison, detachement, position, positions, patrouille, convoi, gendarmerie, brigade, aerienne, cantonnement")),
}
BASES = {
    "en": frozenset(listed("base, bases, camp, camps, barracks, airport, gendarmerie, battalion, posts, bases, outpost, garrison, detachment, position, positions, checkpoint, post, headquarters, airbase, outposts")),
    "fr": frozenset(listed("base, bases, camp, camps, caserne, poste, postes, garnison, position, positions, gendarmerie, cantonnement, aeroport")),
}
CIVILIAN_TARGETS = {
    "en": frozenset(listed("village, villages, market, mosque, church, school, bus, hamlet, camp for, farm, farms, mine, wedding, funeral, hospital, community, communities, town, villagers, worshippers, farmers, herders, residents, traders, civilians, civilian, population, passengers")),
    "fr": frozenset(listed("village, villages, marche, mosquee, eglise, ecole, bus, car, hameau, hameaux, champs, champ, mine, mariage, hopital, communaute, ville, villageois, populations, population, civile, civiles, commercants, eleveurs, agriculteurs, orpailleurs, fideles, habitants, civils, orpaillage, campement, campements")),
}
CONVOYS = frozenset(listed("convoy, convoi, convoys, convois, column, colonne"))
# Forces that are attacked on their way.
ON_PATROL = frozenset(listed("patrouille, patrouilles, patrol, patrols, ravitaillement, resupply, escorte, escorting"))
MILITARY = frozenset(
    listed(
        "military, army, armed, base, barracks, garrison, outpost, detachment, gendarmerie, soldiers, troops, peacekeepers, militaire, "
       "militaires, minusma, onu, barkhane, serval, fama, armee, caserne, garnison, detachement, soldats, fds, "
        "avance, casques, position, positions"
    )
)
SHELTERS = frozenset(listed("refugee, refugees, displaced, refugies, deplaces, mining, miners, orpailleurs, refugie"))
NO_EXPLOSIVE = frozenset({"d'", "or", "artisanale", "d", "gold", "site", "uranium"})
REPELLED = {
    "en": Phrases(dict.fromkeys(listed("repelled, repulsed, turned back, fought off, pushed back, beaten back, repel, repels, foiled, foils, foil, foiling, thwarted, repelling, driven back, put to flight, forced to retreat"), True)),
    "fr": Phrases(dict.fromkeys(listed("repoussé, repoussés, repoussée, repoussées, mis en déroute, mis en échec, déjoué, déjouée, mis en fuite, repousse, repoussent, déroute, tenu en échec, déjouent"), True)),
}
PREVAILED = {
    "en": Phrases(dict.fromkeys(listed("overran, overrun, captured the base, seized the camp, took control of the camp, seized the base, took the camp, captured the camp, briefly took control, overruns, ransacked the base, took control of the base"), True)),
    "fr": Phrases(dict.fromkeys(listed("pris le camp, pris la base, pris le contrôle du camp, pris le contrôle de la base, occupé le camp, se sont emparés du camp, s'est emparé du camp, prise du camp, se sont emparés de la base"), True)),
}

# Words for sums over time: figures beside them are no figures of this report's incidents.
_TOTALS_EN = """
a few days earlier, several days earlier, some days earlier, a few days before, several days before, a few weeks earlier, several weeks earlier, a few hours earlier
before this day, before that day, before then, since its, since their, since it, since they, since being, since taking, since he, since the coup, since independence, earlier attacks, earlier attack, previous raids
deadliest since, worst since, deadliest attack since, heaviest loss since, heaviest losses since, biggest loss since, highest toll since, in the last six months
brings the number, brought the number, total since, in all since, cumulative, to date, for the year, over the year, in recent memory
in recent years, over the past year, over the past decade, over the past few years, over the past two years, over the past months
over the past three years, over the past month, over the past few months, over the past weeks, over the past week, past decade
in the past year, in the past decade, in the past few years, in the past two years, in the past month, in the past week, last year
each year, every year, so far this year, in the last decade, over the years, years of, over a decade, decade of, the decade
since the beginning of, since the start of, since the outbreak, earlier this year, this year alone, similar attack, similar attacks
previous attack, previous attacks, a year ago, years ago, months ago, in recent months, in recent weeks, in previous, previous week
previous month, previous year, past few years, a similar incident, since then, ever since, deadliest attack since, conflict has killed
violence has killed, insurgency has killed, the conflict has claimed, comes after, came after, weeks after, months after, days after
a week after, a month after, comes weeks, comes days, comes days after, earlier in the month, earlier in the year, in the first half
in the first quarter, in the second quarter, in the third quarter, in the last quarter, on average, weeks earlier, months earlier, weeks before, months before, a month earlier, the same period, in total, earlier this
this year, since the insurgency, since the conflict, since it began, since it started, since the crisis, since the war
earlier this month, more than a decade, a string of attacks, string of attacks, series of attacks
wave of attacks, in 12 months, worst attack since, one of the deadliest, a week earlier, one week earlier, brings to
bringing to, bring to, in separate attacks last, during the same period, past six months, past three months, over six months
"""
_TOTALS_FR = """
quelques jours auparavant, plusieurs jours auparavant, quelques jours plus tôt, plusieurs jours plus tôt, quelques jours avant, quelques heures plus tôt, quelques semaines plus tôt
avant ce jour, avant cette date, depuis sa, depuis son, depuis leur, depuis leurs, depuis ses, depuis qu'elle, depuis qu'il, depuis que, depuis le coup d'état, depuis l'indépendance, depuis la création
attaques précédentes, attaque précédente, plus meurtrière depuis, plus meurtrier depuis, plus meurtrières depuis, la pire depuis, plus lourd bilan depuis, plus lourdes pertes depuis
précédemment enlevés, au total depuis, à ce jour, au cours des douze derniers mois, depuis janvier, depuis le 1er janvier, sur l'année, l'année écoulée
ces dernières années, depuis plusieurs années, l'an dernier, l'année dernière, chaque année, au cours des dernières années, par le passé
depuis le début de, depuis le début du, depuis le début des, attaque similaire, attaques similaires, précédente attaque
dernière attaque meurtrière, précédentes attaques, il y a un an, ces derniers mois, ces dernières semaines
semaine précédente, mois précédent, intervient après, intervient quelques jours après, semaines après, mois après, jours après
une semaine après, un mois après, survient après, ont déjà, a déjà fait, décennie, dans le même temps, en moyenne
semaines plus tôt, mois plus tôt, semaines auparavant, mois auparavant, depuis lors, au premier semestre, au cours de l'année
années de, les violences ont, la violence a fait, le conflit a fait, ont causé la mort, un an après, cette année, porte à, portant à
au premier trimestre, au deuxième trimestre, au troisième trimestre, au dernier trimestre, au second semestre
depuis le déclenchement, depuis l'apparition, depuis l'arrivée, une série d'attaques, série d'attaques, vague d'attaques
en l'espace de, ces dix dernières années, au cours des derniers mois, au cours des six derniers mois, ces violences, ce conflit
la semaine passée, durant la même période, sur la même période, en dix ans, en un an, en deux ans, en six mois
"""
# Words of general lore: events beside them are told for background; small figures may still be of the incident.
_LORE_EN = """
historically, regularly, frequently, frequent, long been, insurgency has, the violence has, the insurgency has, has plagued
has been battling, have been battling, has been fighting, has struggled, has faced, plunged into, in the grip of, in similar
have been fighting, has spread, have spread, decade-long, years-long, often, usually, repeatedly, notorious for, known for, wracked by
has been wracked, has been gripped, rocked by, suspicion fell, bears the hallmarks, bore the hallmarks, blamed for similar
struggling to, battling, plagued by, since gaining, rife, home to
"""
_LORE_FR = """
historiquement, en proie, régulièrement, fréquemment, fréquentes, est confronté, sont confrontés, est plongé, est secoué
confronté depuis, théâtre de, victime d'attaques, régulièrement la cible, est en proie, fait face à, font face à, est miné
confrontés à, confronté à, confrontée à, en butte, secoué par, habituellement, souvent, depuis des années, récurrentes
connue pour, connu pour, connus pour, est situé dans la zone, est située dans la zone, zone dite, porte la marque, portent la marque
minée par, miné par, s'est étendue, se sont étendues, se sont multipliées, multiplient
"""
TOTALS: dict[str, Phrases[bool]] = {
    "en": Phrases(dict.fromkeys(listed(_TOTALS_EN), True)),
    "fr": Phrases(dict.fromkeys(listed(_TOTALS_FR), True)),
}
LORE: dict[str, Phrases[bool]] = {
    "en": Phrases(dict.fromkeys(listed(_LORE_EN), True)),
    "fr": Phrases(dict.fromkeys(listed(_LORE_FR), True)),
}
SINCE = {"en": frozenset({"since"}), "fr": frozenset({"depuis"})}
# Said of an attack that nobody has claimed.
UNCLEAR = one_of(
    """not immediately clear who, not clear who, unclear who, did not say which, not immediately known who, no group has claimed
    no group had claimed, no group claimed, no one has claimed
    nobody has claimed, no immediate claim, no claim of responsibility, not been claimed
    not yet been identified, pas été revendiquée, pas encore été revendiquée, toujours pas été revendiquée, aucun groupe n'a
    aucune revendication, pas été revendiqué, pas encore été revendiqué, non revendiquée, pas encore identifié, pas encore été identifiés"""
)
