"""The code lists about claims: one definition each, for models, rules, filters and documents."""

from __future__ import annotations

from conflict.kit.codes import Code


class Stance(Code):
    """What a claimant does with a figure."""

    ALLEGATION = "allegation", "Allegation", "Allégation"
    ADMISSION = "admission", "Admission of own loss", "Reconnaissance de pertes propres"
    DENIAL = "denial", "Denial", "Démenti"
    OBSERVATION = "observation", "Observation", "Observation"


class Measure(Code):
    """What is counted or stated."""

    KILLED = "killed", "Killed", "Tués"
    WOUNDED = "wounded", "Wounded", "Blessés"
    CAPTURED = "captured", "Captured", "Capturés"
    MISSING = "missing", "Missing", "Disparus"
    ABDUCTED = "abducted", "Abducted", "Enlevés"
    DISPLACED = "displaced", "Displaced", "Déplacés"
    SURRENDERED = "surrendered", "Surrendered", "Redditions"
    MATERIEL_CAPTURED = "materiel_captured", "Materiel captured", "Matériel saisi"
    MATERIEL_DESTROYED = "materiel_destroyed", "Materiel destroyed", "Matériel détruit"
    MATERIEL_DAMAGED = "materiel_damaged", "Materiel damaged", "Matériel endommagé"
    MATERIEL_LOST = "materiel_lost", "Materiel lost", "Matériel perdu"
    OUTCOME = "outcome", "Outcome", "Issue"
    TERRITORY_CONTROL = "territory_control", "Control of territory", "Contrôle du territoire"


# Statements without a number: nothing to estimate.
STATED = frozenset({Measure.OUTCOME, Measure.TERRITORY_CONTROL})
COUNTED = tuple(measure for measure in Measure if measure not in STATED)
MATERIEL = frozenset(measure for measure in Measure if measure.startswith("materiel_"))


class ItemClass(Code):
    """What kind of materiel a materiel claim counts."""

    TRUCK = "truck", "Trucks", "Camions"
    TANKER = "tanker", "Tankers", "Camions-citernes"
    MILITARY_VEHICLE = "military_vehicle", "Military vehicles", "Véhicules militaires"
    VEHICLE = "vehicle", "Vehicles", "Véhicules"
    MOTORCYCLE = "motorcycle", "Motorcycles", "Motos"
    WEAPON = "weapon", "Weapons", "Armes"
    AIRCRAFT = "aircraft", "Aircraft", "Aéronefs"
    DRONE = "drone", "Drones", "Drones"
    AMMUNITION = "ammunition", "Ammunition", "Munitions"
    SUPPLIES = "supplies", "Supplies", "Ravitaillement"
    OTHER = "other", "Other", "Autre"


class Quantifier(Code):
    """How a figure was put. THOUSANDS is ours: displaced people are counted so."""

    EXACT = "exact", "exactly", "exactement"
    AT_LEAST = "at_least", "at least", "au moins"
    AT_MOST = "at_most", "at most", "au plus"
    ABOUT = "about", "about", "environ"
    BETWEEN = "between", "between", "entre"
    SEVERAL = "several", "several", "plusieurs"
    DOZENS = "dozens", "dozens", "des dizaines"
    HUNDREDS = "hundreds", "hundreds", "des centaines"
    THOUSANDS = "thousands", "thousands", "des milliers"
    UNKNOWN = "unknown", "unknown number", "nombre inconnu"


class ClaimVerification(Code):
    """How far one claim is verified."""

    UNVERIFIED = "unverified", "Not independently verified", "Non vérifié de source indépendante"
    CORROBORATED = "corroborated", "Corroborated", "Corroboré"
    VERIFIED = "verified", "Verified", "Vérifié"
    DISPUTED = "disputed", "Disputed", "Contesté"
    REFUTED = "refuted", "Refuted", "Réfuté"


class ClaimStatus(Code):
    """What the desk decided about a claim; only accepted claims count."""

    PENDING = "pending", "Pending", "En attente"
    ACCEPTED = "accepted", "Accepted", "Accepté"
    SET_ASIDE = "set_aside", "Set aside", "Mis de côté"


class Scope(Code):
    """Whether a claim speaks of one incident or of the whole group (battle) it belongs to."""

    INCIDENT = "incident", "One incident", "Un incident"
    GROUP = "group", "The whole battle", "L'ensemble de la bataille"


class ClaimantKind(Code):
    """Where a claimant stands: a side of the conflict, an outsider, or a compiled dataset."""

    PARTY = "party", "Party to the conflict", "Partie au conflit"
    INDEPENDENT = "independent", "Independent source", "Source indépendante"
    DATASET = "dataset", "Dataset", "Jeu de données"


# Reliability of a source, best first, as on the desk's `Source.grade`.
GRADES = ("A", "B", "C", "D", "E", "F")
