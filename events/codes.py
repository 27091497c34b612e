"""The code lists about incidents: one definition each, for models, record, filters and documents.

The order of members is part of the format: tiles and columns carry positions (`EventType.position`), so new
codes are added at the end.
"""

from __future__ import annotations

from conflict.kit.codes import Code


class EventType(Code):
    """What happened, first level."""

    BATTLE = "battle", "Battle", "Combat"
    REMOTE_VIOLENCE = "remote_violence", "Remote violence", "Violence à distance"
    VIOLENCE_AGAINST_CIVILIANS = (
        "violence_against_civilians",
        "Violence against civilians",
        "Violence contre des civils",
    )
    COERCION = "coercion", "Coercion", "Coercition"
    UNREST = "unrest", "Unrest", "Troubles"
    STRATEGIC = "strategic", "Strategic development", "Fait stratégique"


class EventSubtype(Code):
    """What happened, second level; `SUBTYPES` says under which type each stands."""

    CLASH = "clash", "Clash", "Affrontement"
    AMBUSH = "ambush", "Ambush", "Embuscade"
    OFFENSIVE = "offensive", "Offensive", "Offensive"
    BASE_ATTACK = "base_attack", "Attack on a base", "Attaque d'une base"
    TERRITORY_CAPTURED = "territory_captured", "Territory captured", "Territoire pris"
    TERRITORY_RECAPTURED = "territory_recaptured", "Territory recaptured", "Territoire repris"
    AIR_STRIKE = "air_strike", "Air strike", "Frappe aérienne"
    DRONE_STRIKE = "drone_strike", "Drone strike", "Frappe de drone"
    SHELLING = "shelling", "Shelling", "Bombardement"
    IED = "ied", "Improvised explosive device", "Engin explosif improvisé"
    SUICIDE_BOMBING = "suicide_bombing", "Suicide bombing", "Attentat-suicide"
    GRENADE = "grenade", "Grenade", "Grenade"
    ATTACK = "attack", "Attack on civilians", "Attaque contre des civils"
    MASSACRE = "massacre", "Massacre", "Massacre"
    ABDUCTION = "abduction", "Abduction", "Enlèvement"
    SEXUAL_VIOLENCE = "sexual_violence", "Sexual violence", "Violence sexuelle"
    SUMMARY_EXECUTION = "summary_execution", "Summary execution", "Exécution sommaire"
    BLOCKADE = "blockade", "Blockade", "Blocus"
    LOOTING = "looting", "Looting", "Pillage"
    PROPERTY_DESTRUCTION = "property_destruction", "Destruction of property", "Destruction de biens"
    ARRESTS = "arrests", "Arrests", "Arrestations"
    PROTEST = "protest", "Protest", "Manifestation"
    VIOLENT_DEMONSTRATION = "violent_demonstration", "Violent demonstration", "Manifestation violente"
    MOB_VIOLENCE = "mob_violence", "Mob violence", "Violence de foule"
    EXCESSIVE_FORCE = (
        "excessive_force",
        "Excessive force against protesters",
        "Force excessive contre des manifestants",
    )
    AGREEMENT = "agreement", "Agreement", "Accord"
    AGREEMENT_ENDED = "agreement_ended", "Agreement ended", "Fin d'un accord"
    STATEMENT = "statement", "Statement", "Déclaration"
    DEPLOYMENT = "deployment", "Deployment", "Déploiement"
    WITHDRAWAL = "withdrawal", "Withdrawal", "Retrait"
    BASE_ESTABLISHED = "base_established", "Base established", "Base établie"
    BASE_CLOSED = "base_closed", "Base closed", "Base fermée"
    TERRITORY_TRANSFERRED = "territory_transferred", "Territory transferred", "Territoire transféré"
    GROUP_CHANGE = "group_change", "Change in a group", "Changement dans un groupe"
    COUP = "coup", "Coup", "Coup d'État"
    OTHER = "other", "Other", "Autre"


S = EventSubtype
SUBTYPES: dict[EventType, tuple[EventSubtype, ...]] = {
    EventType.BATTLE: (
        S.CLASH,
        S.AMBUSH,
        S.OFFENSIVE,
        S.BASE_ATTACK,
        S.TERRITORY_CAPTURED,
        S.TERRITORY_RECAPTURED,
    ),
    EventType.REMOTE_VIOLENCE: (
        S.AIR_STRIKE,
        S.DRONE_STRIKE,
        S.SHELLING,
        S.IED,
        S.SUICIDE_BOMBING,
        S.GRENADE,
    ),
    EventType.VIOLENCE_AGAINST_CIVILIANS: (
        S.ATTACK,
        S.MASSACRE,
        S.ABDUCTION,
        S.SEXUAL_VIOLENCE,
        S.SUMMARY_EXECUTION,
    ),
    EventType.COERCION: (S.BLOCKADE, S.LOOTING, S.PROPERTY_DESTRUCTION, S.ARRESTS),
    EventType.UNREST: (S.PROTEST, S.VIOLENT_DEMONSTRATION, S.MOB_VIOLENCE, S.EXCESSIVE_FORCE),
    EventType.STRATEGIC: (
        S.AGREEMENT,
        S.AGREEMENT_ENDED,
        S.STATEMENT,
        S.DEPLOYMENT,
        S.WITHDRAWAL,
        S.BASE_ESTABLISHED,
        S.BASE_CLOSED,
        S.TERRITORY_TRANSFERRED,
        S.GROUP_CHANGE,
        S.COUP,
        S.OTHER,
    ),
}


class State(Code):
    """Where an incident or actor stands on the desk."""

    DRAFT = "draft", "Draft", "Brouillon"
    IN_REVIEW = "in_review", "In review", "En relecture"
    APPROVED = "approved", "Approved", "Approuvé"
    PUBLISHED = "published", "Published", "Publié"
    EMBARGOED = "embargoed", "Embargoed", "Sous embargo"
    RETRACTED = "retracted", "Retracted", "Retiré"
    MERGED = "merged", "Merged", "Fusionné"


class LocationPrecision(Code):
    """How precisely a place is known."""

    EXACT = "exact", "Exact place", "Lieu exact"
    NEAR = "near", "Within 25 km", "À moins de 25 km"
    ADMIN3 = "admin3", "Third-level unit", "Unité de niveau 3"
    ADMIN2 = "admin2", "Second-level unit", "Unité de niveau 2"
    ADMIN1 = "admin1", "First-level unit", "Unité de niveau 1"
    REGION = "region", "Wider region", "Région étendue"
    COUNTRY = "country", "Country only", "Pays seulement"


# The radius in kilometres that a map draws for a place known only roughly: 25 by UCDP's definition of "near";
# for units and regions a symbol size in the order of the median unit, not a measured extent.
RADIUS_KM = {
    LocationPrecision.EXACT: 0,
    LocationPrecision.NEAR: 25,
    LocationPrecision.ADMIN3: 25,
    LocationPrecision.ADMIN2: 50,
    LocationPrecision.ADMIN1: 150,
    LocationPrecision.REGION: 200,
    LocationPrecision.COUNTRY: 0,
}


class DatePrecision(Code):
    """How precisely a date is known."""

    DAY = "day", "Day", "Jour"
    DAYS = "days", "2 to 6 days", "2 à 6 jours"
    WEEK = "week", "Week", "Semaine"
    MONTH = "month", "Month", "Mois"
    LONGER = "longer", "Longer than a month", "Plus d'un mois"


class Role(Code):
    """What an actor was in an incident."""

    SIDE_A = "side_a", "Side A", "Camp A"
    SIDE_B = "side_b", "Side B", "Camp B"
    ALLY_A = "ally_a", "Ally of side A", "Allié du camp A"
    ALLY_B = "ally_b", "Ally of side B", "Allié du camp B"
    VICTIM = "victim", "Victim", "Victime"
    OBSERVER = "observer", "Observer", "Observateur"
    CLAIMED_RESPONSIBILITY = "claimed_responsibility", "Claimed responsibility", "A revendiqué"
    ALLEGED = "alleged", "Alleged", "Présumé"


class Confidence(Code):
    """How sure the resolution of a label to an actor is."""

    HIGH = "high", "High", "Élevée"
    MEDIUM = "medium", "Medium", "Moyenne"
    LOW = "low", "Low", "Faible"


class IncidentVerification(Code):
    """How far an incident as a whole is verified."""

    UNVERIFIED = "unverified", "Unverified", "Non vérifié"
    PARTIALLY_VERIFIED = "partially_verified", "Partially verified", "Partiellement vérifié"
    VERIFIED = "verified", "Verified", "Vérifié"
    DISPUTED = "disputed", "Disputed", "Contesté"
    REFUTED = "refuted", "Refuted", "Réfuté"


class Outcome(Code):
    """How a battle ended."""

    REPELLED = "repelled", "Repelled", "Repoussé"
    ATTACKER_PREVAILED = "attacker_prevailed", "Attacker prevailed", "L'attaquant l'a emporté"
    WITHDREW = "withdrew", "One side withdrew", "Un camp s'est retiré"
    CAPTURED = "captured", "Place captured", "Lieu pris"
    INCONCLUSIVE = "inconclusive", "Inconclusive", "Sans issue nette"
    UNKNOWN = "unknown", "Unknown", "Inconnue"


class Sensitivity(Code):
    """How coarse the public point is."""

    ORDINARY = "ordinary", "Ordinary (0.01° grid)", "Ordinaire (grille de 0,01°)"
    SENSITIVE = "sensitive", "Sensitive (0.1° grid)", "Sensible (grille de 0,1°)"
    UNIT = "unit", "Administrative unit only", "Unité administrative seulement"


# Side of the public grid cell in degrees, by sensitivity (security page: fixed cells, never jitter).
GRID_DEGREES = {Sensitivity.ORDINARY: 0.01, Sensitivity.SENSITIVE: 0.1}


class SourceKind(Code):
    """What a source is."""

    OUTLET = "outlet", "News outlet", "Média"
    AGENCY = "agency", "News agency", "Agence de presse"
    NGO = "ngo", "Non-governmental organisation", "Organisation non gouvernementale"
    OFFICIAL = "official", "Official body", "Organisme officiel"
    SOCIAL = "social", "Social media account", "Compte de réseau social"
    DATASET = "dataset", "Dataset", "Jeu de données"
    REFERENCE = "reference", "Reference work", "Ouvrage de référence"
    PERSON = "person", "Person", "Personne"


class PublicationKind(Code):
    """What a publication does."""

    PUBLISH = "publish", "Published", "Publié"
    CORRECT = "correct", "Corrected", "Corrigé"
    RETRACT = "retract", "Retracted", "Retiré"
    MERGE = "merge", "Merged", "Fusionné"
    REDACT = "redact", "Redacted", "Expurgé"
    IMPORT = "import", "Imported", "Importé"


class HandedInState(Code):
    """What a partner is told of a report that they handed in."""

    RECEIVED = "received", "The machine reads it", "La machine le lit"
    IN_REVIEW = "in_review", "Waits for an editor", "Attend la rédaction"
    REVIEWED = "reviewed", "An editor has dealt with it", "Traité par la rédaction"
    NOTHING_FOUND = "nothing_found", "No incident was found in it", "Aucun incident trouvé"
    SET_ASIDE = (
        "set_aside",
        "The machine cannot read it; an editor looks at it",
        "Mis de côté pour la rédaction",
    )


class KeyScope(Code):
    """What an API key is good for."""

    READ = "read", "Read the record, with the larger quota", "Lire les données, avec le quota élargi"
    REPORTS = "reports:write", "Hand in reports", "Transmettre des rapports"


class ReportState(Code):
    """What remains to be done with a report."""

    NEW = "new", "To be read", "À lire"
    READ = "read", "To be extracted", "À extraire"
    PROPOSED = "proposed", "Proposal waits for review", "Proposition en attente"
    REVIEWED = "reviewed", "Reviewed", "Relu"
    NOTHING = "nothing", "No incident found", "Aucun incident trouvé"
    COPY = "copy", "Says what an earlier report says", "Redit un article antérieur"
    SET_ASIDE = "set_aside", "Set aside with a problem", "Mis de côté avec un problème"
    WANTED = "wanted", "To be fetched", "À télécharger"


class Kinship(Code):
    """How a report hangs on its parent."""

    CAPTURE = "capture", "Later capture of the same address", "Capture ultérieure de la même adresse"
    COPY = "copy", "Copy of the same text", "Copie du même texte"


class Verdict(Code):
    """What an editor decided about a proposed value."""

    ACCEPTED = "accepted", "Accepted", "Accepté"
    CORRECTED = "corrected", "Corrected", "Corrigé"
    REJECTED = "rejected", "Rejected", "Rejeté"


class RejectedWhy(Code):
    """Why a proposed value was rejected."""

    NOT_SAID = "not_said", "The text does not say this", "Le texte ne dit pas cela"
    OTHER_EVENT = "other_event", "It is about another event", "Il s'agit d'un autre fait"
    BACKGROUND = "background", "It is background or a total", "C'est un rappel ou un bilan général"
    DOUBLED = "doubled", "It says the same as another value", "Redit une autre valeur"
    OTHER = "other", "Another reason, in the note", "Autre raison, en note"
