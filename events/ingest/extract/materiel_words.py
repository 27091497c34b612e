"""Nouns for materiel with their ItemClass codes, and verbs that say what became of it."""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed, wordset

_ITEMS_EN = {
    "tanker": "tanker, tankers, fuel tanker, fuel tankers, tanker truck, tanker trucks, diesel tanker, diesel tankers, tank trucks, fuel trucks, fuel truck, petrol tanker, petrol tankers",
    "truck": "truck, trucks, lorry, lorries, military truck, military trucks, supply trucks, army trucks, cargo trucks, logistics trucks",
    "military_vehicle": "military vehicle, military vehicles, armoured vehicle, armoured vehicles, armored vehicle, armored vehicles, army vehicle, army vehicles, tank, tanks, "
    "armoured personnel carrier, armoured personnel carriers, armored personnel carrier, armored personnel carriers, gun trucks, gun truck, combat vehicles, combat vehicle, armoured cars",
    "vehicle": "vehicle, vehicles, pickup, pickups, pick-up, pick-ups, pickup trucks, pickup truck, pick-up trucks, pick-up truck, car, cars, bus, buses, 4x4, 4x4s, ambulance, ambulances",
    "motorcycle": "motorcycle, motorcycles, motorbike, motorbikes, bikes",
    "weapon": "weapon, weapons, rifle, rifles, gun, guns, machine gun, machine guns, assault rifle, assault rifles, ak-47, ak-47s, ak-47 rifle, ak-47 rifles, rocket launcher, rocket launchers, rpg, rpgs, "
    "firearms, firearm, weaponry, arms, machineguns, rpg launchers, heavy weapons, mortar tubes, military equipment, anti-aircraft guns",
    "aircraft": "helicopter, helicopters, aircraft, plane, planes, fighter jet, jet",
    "drone": "drone, drones, surveillance drone, military drone",
    "ammunition": "ammunition, rounds of ammunition, cartridges, ammunitions, magazines, munitions, rounds, explosives",
    "supplies": "supplies, food supplies, medicines, medicine, fuel, provisions",
}
_ITEMS_FR = {
    "tanker": "citerne, citernes, camion-citerne, camions-citernes, camions citernes, camion citerne, citernes de gasoil, citernes de carburant",
    "truck": "camion, camions, camion militaire, camions militaires, camions de ravitaillement, poids lourds",
    "military_vehicle": "véhicule militaire, véhicules militaires, blindé, blindés, véhicule blindé, véhicules blindés, véhicules de l'armée, char, chars, véhicule de l'armée, engin blindé, engins blindés",
    "vehicle": "véhicule, véhicules, pick-up, pickup, pickups, voiture, voitures, bus, 4x4, un car, cars, autocar, autocars, ambulance, ambulances",
    "motorcycle": "moto, motos, motocyclette, motocyclettes, engins à deux roues",
    "weapon": "arme, armes, fusil, fusils, kalachnikov, kalachnikovs, mitrailleuse, mitrailleuses, ak-47, pm ak-47, lance-roquettes, armement, armements, armes automatiques, pistolets-mitrailleurs, "
    "armes de guerre, armes légères, armes lourdes, lance-roquette, rpg, rpg-7, pistolet",
    "aircraft": "hélicoptère, hélicoptères, avion, avions, aéronef, avion de chasse",
    "drone": "drone, drones, drone de surveillance",
    "ammunition": "munitions, munition, cartouches, chargeurs, chargeur, minutions, explosifs, obus",
    "supplies": "vivres, médicaments, carburant, denrées",
}
ITEMS: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: kind for kind, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _ITEMS_EN), ("fr", _ITEMS_FR))
}
# Fate -> (words that take the items as object, participles that follow the items).
_FATES_EN = {
    "materiel_captured": "seized, recovered, captured, seizing, recovering, capturing, recovers, recover, seize, seizes, took, taken, taking, confiscated, "
    "carried off, carrying off, made off with, left with, fled with, rode off with, drove off with, escaped with, drove away with, leaving with, got away with, hauled away, looted, looting, plundered, impounded, making off with, stole, stolen, carried away, carted away, intercepted, retrieved",
    "materiel_destroyed": "went up in flames, reduced to ashes, put out of action, incinerated, destroyed, destroying, destroy, destroys, burned, burnt, torched, set ablaze, set on fire, set fire to, shot down, shooting down, downed, burning, ablaze, blown up, wrecked, charred, gutted",
    "materiel_damaged": "damaged, damaging, immobilised, immobilized",
    "materiel_lost": "lost, losing, abandoned, loss of",
}
_FATES_FR = {
    "materiel_captured": "récupéré, récupérés, récupérée, récupérées, récupérant, saisi, saisis, saisie, saisies, emporté, emportés, emportée, emportées, emportant, repartis avec, reparti avec, partis avec, enfuis avec, razzié, razziés, pillé, pillés, réquisitionné, réquisitionnés, interceptés, mis sous séquestre, pris, récupère, récupèrent, "
    "saisissant, capturé, capturés, volé, volés, mis la main sur, récupérer, dérobé, dérobés, confisqué, confisqués",
    "materiel_destroyed": "partis en fumée, parti en fumée, réduits en cendres, réduit en cendres, mis hors d'usage, mis hors service, anéantis, carbonisés, neutralisés, soufflés, consumés, détruit, détruits, détruite, détruites, détruisant, incendié, incendiés, incendiée, incendiées, brûlé, brûlés, brûlée, brûlées, calciné, calcinés, incendiant, détruisent, abattu, abattus, pulvérisé, en feu, partis en fumée, détruire",
    "materiel_damaged": "endommagé, endommagés, endommagée, endommagées, endommageant",
    "materiel_lost": "perdu, perdus, abandonné, abandonnés, perte de, perte d', pertes de",
}
FATES: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: fate for fate, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _FATES_EN), ("fr", _FATES_FR))
}
BE = {"en": wordset("was were been is are being"), "fr": wordset(
    "ete est sont etait etaient fut furent"
)}
HAVE = {"en": wordset("has have had having"), "fr": wordset("a ont avait avaient avoir ayant")}
LISTING = {
    "en": wordset(
        "and , including like such as the of a an two three other some several numerous many various "
        "also goods materiel equipment items loaded with their his : its well large"
    ),
    "fr": wordset(
        "et , dont comme des de du d' les la le l' un une autres plusieurs divers importante quantite "
        "lots lot nombreux materiel materiels equipements ainsi que : leurs ses chargees charges un "
        "important notamment"
    ),
}
