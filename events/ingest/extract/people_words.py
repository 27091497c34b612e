"""Nouns for people and forces, English and French, each with the class of who is meant.

Classes: army (the body), soldier, police, government, rebel, jihadist, gunman (armed, unknown), militia, volunteer
(auxiliaries of an army), mercenary, peacekeeper, civilian, people (anybody), fighter (somebody's armed person,
whose is open), body (a group or force, whose is open).
"""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed, wordset

ENGLISH = {
    "army": "general staff, army command, military command, high command, army headquarters, defence staff, defense staff, army staff, armed forces general staff, military authorities, military high command, air force, army, military, armed forces, security forces, defence forces, defense forces, defence and security "
    "forces, defense and security forces, government forces, military forces, national army, air force, "
    "security services, special forces, state forces, security and defence forces, joint force, joint forces, "
    "army unit, army patrol, military patrol, military detachment, army detachment, battalion, special battalion, navy",
    "soldier": "soldier, soldiers, guards, troop, troops, serviceman, servicemen, army officer, army officers, officer, officers, "
    "commandos, paratroopers, paratrooper, military personnel, security personnel, guardsmen, guardsman, "
    "national guards, national guardsmen, government soldiers, government troops, servicewomen, army personnel, "
    "security agents, security guards, members of the security forces, members of the defence and security forces, "
    "members of the armed forces, lieutenant, colonel, recruits, forest guards, rangers, park rangers, "
    "member of the security forces, security force members, security officers, uniformed men",
    "gendarme": "gendarme, gendarmes, gendarmerie",
    "police": "police, policeman, policemen, police officer, police officers, "
    "customs officer, customs officers, police force, paramilitary police",
    "government": "government, junta, authorities, ruling junta, military government, military junta, transitional "
    "government, state, military rulers, transitional authorities, ministry, defence ministry, defense ministry, interior ministry, "
    "presidency, pentagon, elysee, ministries, security ministry, interim government, military regime, ministry of defence, ministry of defense, ministry of interior",
    "rebel": "separatist, separatists, rebel, rebels, secessionist, secessionists, independence fighters, "
    "rebellion, separatist coalition, separatist movement, tuareg fighters, rebel alliance",
    "jihadist": "jihadist, jihadists, jihadi, jihadis, terrorist, terrorists, islamist, islamists, militant, militants, "
    "insurgent, insurgents, extremist, extremists, islamic extremists, insurgency, radicals, jihadist fighters",
    "gunman": "gunman, gunmen, assailant, assailants, attacker, attackers, armed men, armed individuals, bandit, bandits, "
    "kidnappers, raiders, armed group, armed groups, unidentified men, unknown assailants, "
    "unidentified armed men, armed bandits, armed attackers, men on motorcycles, men on motorbikes, hitmen, killers, "
    "suicide bomber, suicide bombers, perpetrators, enemy, enemies, aggressors, outlaws, criminals, armed gang, armed gangs",
    "militia": "militia, militias, militiaman, militiamen, vigilante, vigilantes, hunters, hunter, traditional hunters, "
    "self-defence group, self-defence groups, self-defense group, self-defense groups, self-defence militia, "
    "self-defense militia, self-defence forces, self-defense forces, militia members, militia fighters, "
    "self-defence militiamen, local militia, ethnic militia, community militia, local hunters",
    "volunteer": "army auxiliaries, auxiliaries, auxiliary, civilian auxiliaries, volunteer, volunteers, civilian volunteers, "
    "volunteer fighters, volunteer forces, civilian volunteer, army supplementaries, army-backed volunteers",
    "mercenary": "mercenary, mercenaries, paramilitary, paramilitaries, paramilitary group, mercenary group, "
    "mercenary force, military contractors, private military contractors, mercenary organization, paramilitary force, "
    "kremlin-affiliated military force, kremlin-affiliated force, kremlin-controlled military force, kremlin-backed force",
    "peacekeeper": "un mission, united nations mission, u.n. mission, peacekeeper, peacekeepers, blue helmets, un peacekeepers, un peacekeeper, un soldiers, un troops, "
    "peacekeeping troops, peacekeeping soldiers, un peacekeeping troops, un peacekeeping soldiers, united nations peacekeeping troops, u.n. peacekeepers, united nations peacekeepers, un peacekeeping force, un mission, un blue helmets",
    "civilian": "civilian, civilians, villager, villagers, resident, residents, inhabitant, inhabitants, herder, herders, "
    "farmer, farmers, worshipper, worshippers, worshiper, worshipers, faithful, child, children, woman, women, girl, "
    "girls, boy, boys, student, students, pupil, pupils, schoolchildren, schoolgirls, trader, traders, merchant, "
    "merchants, passenger, passengers, pilgrim, pilgrims, teacher, teachers, miner, miners, gold miner, gold miners, "
    "artisanal miners, displaced people, displaced persons, refugee, refugees, aid worker, aid workers, humanitarian "
    "workers, doctor, doctors, nurse, nurses, health workers, driver, drivers, truck drivers, priest, priests, pastor, "
    "pastors, imam, imams, cleric, clerics, village chief, village head, traditional chief, traditional leader, elder, elders, "
    "fisherman, fishermen, shepherd, shepherds, christians, christian, muslims, travellers, travelers, shoppers, "
    "workers, worker, labourers, laborers, journalist, journalists, lieutenant-governor, bodyguard, bodyguards, mayor, baby, babies, infant, infants, tourists, "
    "tourist, locals, bystanders, guests, nationals, citizens, hostage, hostages, community leader, "
    "community leaders, youths, youth, young people, unarmed civilians, local people, mourners, demonstrators, "
    "protesters, protester, wedding guests, officials, civil servants, civil servant, administrators, deputy mayor, magistrate, magistrates, commuters, employees, employee, staff, engineers, engineer, "
    "foreigners, foreigner, westerners, expatriates, minors, minor, toddlers, families, breeders, "
    "relatives, catechist, missionary, missionaries, nun, nuns, councillor, councilor, lawmaker, judge, "
    "men and women, women and children, loggers, woodcutters, butchers, mechanics, traveller, "
    "kidnap victims, abductees, captives",
    "people": "people, persons, person, individuals, individual, victim, victims, human beings, souls",
    "fighter": "fighter, fighters, combatant, combatants, man, men, member, members, element, elements, comrades, commander, "
    "commanders, leader, leaders, chief, emir, lieutenants, foot soldiers, kingpin, kingpins, suspects, suspect, "
    "operatives, personnel, supporters, accomplices, figure, warlord, bomber, bombers, brothers",
    "body": "group, groups, movement, movements, coalition, forces, force, alliance, faction, factions, "
    "cell, unit, units, column, patrol, contingent, gang, gangs, army base, allies, ally",
}

FRENCH = {
    "army": "etat-major general, etat-major general des armees, haut commandement, commandement militaire, hierarchie militaire, commandement des forces armees, autorites militaires, armee, forces armees, forces de securite, forces de defense, forces de defense et de securite, "
    "forces de defense et securite, fds, forces gouvernementales, armee nationale, armee reguliere, armee de l'air, forces armees et de securite, "
    "forces speciales, troupes gouvernementales, forces regulieres, militaires et forces de securite, force conjointe, "
    "patrouille de l'armee, patrouille militaire, detachement militaire, detachement, bataillon, brigade, "
    "bataillon d'intervention rapide, forces combattantes, forces de l'ordre, unite militaire, etat-major, aviation militaire",
    "soldier": "soldat, soldats, militaire, militaires, troupes, troupe, officier, officiers, sous-officier, sous-officiers, "
    "garde national, gardes nationaux, gardes, garde, elements des fds, element des fds, elements de l'armee, para-commandos, "
    "membres des forces de l'ordre, membres des forces de securite, membres des forces de defense et de securite, elements des forces "
    "de defense et de securite, elements des forces de securite, recrues, parachutistes, hommes de troupe, agents des eaux et forets, "
    "membres des forces armees, hommes en uniforme, forestiers, agents forestiers, agents de securite, lieutenant, colonel, "
    "membre des forces de l'ordre, element des forces de defense et de securite",
    "gendarme": "gendarme, gendarmes, gendarmerie, brigade de gendarmerie",
    "police": "policier, policiers, police, douanier, douaniers, "
    "commissaire de police, agents de police",
    "government": "gouvernement, junte, autorites, regime militaire, pouvoir, autorites de transition, transition, junte au pouvoir, "
    "junte militaire, regime, gouvernement de transition, ministere, ministere de la defense, ministere de l'interieur, ministeres, presidence, "
    "ministere de la securite, elysee, ministere des armees",
    "rebel": "separatiste, separatistes, rebelle, rebelles, independantiste, independantistes, rebellion, ex-rebelles, "
    "rebellion touareg, rebellion touaregue, coalition rebelle, combattants touaregs, mouvements rebelles",
    "jihadist": "jihadiste, jihadistes, djihadiste, djihadistes, terroriste, terroristes, islamiste, islamistes, "
    "insurge, insurges, extremiste, extremistes, groupes armes terroristes, gat, groupe arme terroriste, "
    "groupes terroristes, groupe terroriste, hani, combattants jihadistes",
    "gunman": "homme arme, hommes armes, individus armes, individu arme, assaillant, assaillants, bandit, bandits, "
    "hommes armes non identifies, individus armes non identifies, groupe arme, groupes armes, inconnus armes, "
    "attaquants, agresseurs, ravisseurs, malfrats, kamikaze, kamikazes, ennemi, ennemis, des inconnus, malfaiteurs, criminels, "
    "tueurs, hommes lourdement armes, personnes armees, coupeurs de route, bandes armees",
    "militia": "milice, milices, milicien, miliciens, chasseurs, chasseur, chasseurs traditionnels, groupe d'autodefense, "
    "groupes d'autodefense, milice d'autodefense, milices d'autodefense, miliciens civils d'autodefense, comite d'autodefense",
    "volunteer": "volontaire, volontaires, suppletif, suppletifs, suppletifs civils, suppletifs de l'armee, suppletifs civils de "
    "l'armee, volontaires civils, auxiliaires civils de l'armee, auxiliaires, civils supletifs, auxiliaires de l'armee, "
    "auxiliaires civils, volontaires engages, volontaire pour la defense de la patrie, volontaires pour la defense de la patrie",
    "mercenary": "mercenaire, mercenaires, paramilitaire, paramilitaires, groupe paramilitaire, supletifs russes, "
    "societe militaire privee, instructeurs russes, groupe de mercenaires, force affiliee au kremlin, force militaire affiliee au kremlin",
    "peacekeeper": "casque bleu, casques bleus, soldats de l'onu, soldats de la paix, mission de l'onu, soldat de l'onu",
    "civilian": "civil, civils, civile, civiles, villageois, villageoise, habitant, habitants, riverains, eleveur, eleveurs, "
    "berger, bergers, cultivateur, cultivateurs, agriculteur, agriculteurs, paysan, paysans, fidele, fideles, enfant, enfants, "
    "femme, femmes, fillette, fillettes, fille, filles, garcon, garcons, eleve, eleves, etudiant, etudiants, lyceens, collegiens, "
    "commercant, commercants, commercante, passager, passagers, passagere, pelerin, pelerins, enseignant, enseignants, orpailleur, orpailleurs, "
    "deplaces, deplaces internes, refugie, refugies, humanitaire, humanitaires, travailleurs humanitaires, medecin, medecins, infirmier, "
    "infirmiers, agents de sante, chauffeur, chauffeurs, camionneurs, conducteur, conducteurs, routiers, pretre, pretres, pasteur, pasteurs, "
    "imam, imams, marabout, marabouts, chef de village, chef du village, notable, notables, pecheur, pecheurs, chretiens, "
    "garde du corps, gardes du corps, musulmans, voyageurs, voyageur, ouvriers, ouvrier, travailleurs, journaliste, journalistes, maire, bebe, bebes, nourrisson, touristes, "
    "touriste, ressortissants, ressortissant, citoyens, otage, otages, jeunes, jeune, non-combattants, populations, population, "
    "populations civiles, manifestants, manifestant, employes, employe, ingenieurs, ingenieur, elu, elus, "
    "conseiller municipal, vieillards, personnes agees, usagers, transporteurs, forains, menages, familles, expatries, "
    "etrangers, etranger, mineurs, mineur, adolescents, adolescent, proches, catechiste, religieux, religieuse, "
    "exploitants, chefs coutumiers, chef coutumier, chef traditionnel, prefet, fonctionnaires, fonctionnaire, administrateurs, magistrat, magistrats, vendeurs, femmes et enfants, bucherons, apprentis",
    "people": "personne, personnes, gens, victime, victimes, individu, individus, ames, hommes et femmes",
    "fighter": "combattant, combattants, homme, hommes, membre, membres, element, elements, camarades, chef, chefs, commandant, "
    "commandants, leader, leaders, emir, emirs, militants, militant, suspects, suspect, partisans, lieutenants, cadres, "
    "cadre, complices, responsables, figure, logisticien, logisticiens, suspect terroriste",
    "body": "groupe, groupes, mouvement, mouvements, coalition, forces, force, alliance, front, katiba, faction, "
    "factions, unite, unites, colonne, patrouille, contingent, bande, bandes, combattantes, allies, allie",
}

# A word that tells whose side an open noun is on: "Islamist fighters", "combattants séparatistes".
ENGLISH_SIDES = {
    "jihadist": "islamist, jihadist, jihadi, terrorist, militant, insurgent, extremist, islamic, radical",
    "rebel": "separatist, rebel, secessionist, tuareg, azawad, azawadi, pro-independence, independence",
    "mercenary": "mercenary, paramilitary, kremlin-affiliated, kremlin-controlled, kremlin-backed",
    "army": "government, army, military, regular, loyalist, pro-government",
    "gunman": "armed, unidentified, unknown, bandit",
    "militia": "self-defence, self-defense, vigilante, militia, dogon, fulani, dozo, donso, hunter",
    "peacekeeper": "un, u.n., united nations",
}
FRENCH_SIDES = {
    "jihadist": "islamiste, islamistes, jihadiste, jihadistes, djihadiste, djihadistes, terroriste, terroristes, extremiste, "
    "extremistes, radical, radicaux",
    "rebel": "separatiste, separatistes, rebelle, rebelles, independantiste, independantistes, touareg, touaregs, touaregue, "
    "touaregues, azawadien, azawadiens",
    "mercenary": "mercenaire, mercenaires, paramilitaire, paramilitaires",
    "army": "gouvernementale, gouvernementales, loyaliste, loyalistes, militaire, militaires, reguliere, regulieres",
    "gunman": "arme, armes, armee, inconnus, non identifies",
    "militia": "d'autodefense, dozo, dozos, donso, donsos",
}

PEOPLE: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: kind for kind, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", ENGLISH), ("fr", FRENCH))
}
SIDES: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: kind for kind, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", ENGLISH_SIDES), ("fr", FRENCH_SIDES))
}
# Words that stand between a noun and its nationality or group without changing whom it means.
FILLERS = {
    "en": frozenset(
        listed(
            "armed, suspected, alleged, presumed, young, other, local, regular, linked, affiliated, backed, allied, al, "
            "qaeda, qaida, islamic, state, unidentified, unknown, elite, senior, so, called, former, heavily, pro, anti, "
            "ethnic, two, three, top, fellow, more, unarmed, innocent, off, duty, northern, central, southern, eastern, western"
        )
    ),
    "fr": frozenset(
        listed(
            "armes, arme, presumes, presume, presumee, presumees, jeunes, autres, locaux, lies, affilies, non, identifies, "
            "identifie, lourdement, suspects, supposes, des, de, du, d', innocents, desarmes, etat, islamique, al, qaida, qaeda"
        )
    ),
}
# Collective or open nouns are people only with a side ("Malian forces", "separatist group").
OPEN = frozenset({"fighter", "body"})
PERSONS = wordset(
    "soldier police gendarme rebel jihadist gunman militia volunteer mercenary peacekeeper civilian people "
    "fighter army body"
)
