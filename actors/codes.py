"""The code lists about actors: one definition each, for models, records, filters and documents."""

from conflict.kit.codes import Code


class ActorKind(Code):
    """What an actor is."""

    STATE_FORCE = "state_force", "State force", "Force de l'État"
    GOVERNMENT = "government", "Government", "Gouvernement"
    REBEL = "rebel", "Rebel group", "Groupe rebelle"
    JIHADIST = "jihadist", "Jihadist group", "Groupe jihadiste"
    SELF_DEFENCE_MILITIA = "self_defence_militia", "Self-defence militia", "Milice d'autodéfense"
    COMMUNAL_MILITIA = "communal_militia", "Communal militia", "Milice communautaire"
    FOREIGN_STATE_FORCE = "foreign_state_force", "Foreign state force", "Force d'un État étranger"
    PRIVATE_MILITARY = "private_military", "Private military company", "Société militaire privée"
    MULTINATIONAL_FORCE = "multinational_force", "Multinational force", "Force multinationale"
    ALLIANCE = "alliance", "Alliance", "Alliance"
    CIVILIANS = "civilians", "Civilians", "Civils"
    UNIDENTIFIED = "unidentified", "Unidentified", "Non identifié"


class NameKind(Code):
    """What a name is to its actor."""

    OFFICIAL = "official", "Official name", "Nom officiel"
    ACRONYM = "acronym", "Acronym", "Sigle"
    FORMER = "former", "Former name", "Ancien nom"
    SPELLING = "spelling", "Spelling in sources", "Graphie des sources"


class RelationKind(Code):
    """A directed, dated relation between two actors."""

    COMPONENT_OF = "component_of", "component of", "composante de"
    MERGED_INTO = "merged_into", "merged into", "fusionné dans"
    SPLIT_FROM = "split_from", "split from", "issu d'une scission de"
    RENAMED_TO = "renamed_to", "renamed to", "renommé en"
    SUCCESSOR_OF = "successor_of", "successor of", "successeur de"
    SUBORDINATE_TO = "subordinate_to", "subordinate to", "subordonné à"
    ALLIED_WITH = "allied_with", "allied with", "allié à"
    OPPOSED_TO = "opposed_to", "opposed to", "opposé à"
    HOSTS = "hosts", "hosts", "accueille"
    SUPPORTS = "supports", "supports", "soutient"


LINEAGE = frozenset(
    {
        RelationKind.COMPONENT_OF,
        RelationKind.MERGED_INTO,
        RelationKind.SPLIT_FROM,
        RelationKind.RENAMED_TO,
        RelationKind.SUCCESSOR_OF,
    }
)


class DeploymentStatus(Code):
    """How far a deployment is."""

    ANNOUNCED = "announced", "Announced", "Annoncé"
    CONFIRMED = "confirmed", "Confirmed", "Confirmé"
    DRAWDOWN = "drawdown", "Drawing down", "En retrait"
    WITHDRAWN = "withdrawn", "Withdrawn", "Retiré"


class MilestoneKind(Code):
    """What a dated fact about an actor is."""

    FOUNDING = "founding", "Founding", "Fondation"
    ANNOUNCEMENT = "announcement", "Announcement", "Annonce"
    LEADER_CHANGE = "leader_change", "Change of leader", "Changement de chef"
    DESIGNATION = "designation", "Designation", "Désignation"
    AGREEMENT = "agreement", "Agreement", "Accord"
    MERGER = "merger", "Merger", "Fusion"
    SPLIT = "split", "Split", "Scission"
    COUP = "coup", "Coup", "Coup d'État"
    DISSOLUTION = "dissolution", "Dissolution", "Dissolution"
    OTHER = "other", "Other", "Autre"


class DatePart(Code):
    """How precisely a partial date is known."""

    DAY = "day", "Day", "Jour"
    MONTH = "month", "Month", "Mois"
    YEAR = "year", "Year", "Année"
