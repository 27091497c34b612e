"""Words with which a report says who says something, English and French."""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed

# Verbs of saying: say (and announce, claim), admit, deny, add (participles whose subject is the speaker before).
_VERBS_EN = {
    "say": "said, says, say, claimed, claims, claim, announced, announces, announce, reported, reports, stated, states, told, confirmed, confirms, "
    "confirm, declared, declares, indicated, asserted, asserts, insisted, insists, alleged, alleges, estimated, estimates, noted, "
    "explained, mentioned, reveals, revealed, disclosed, wrote, recounted, reporting, posted, maintains, maintained, has claimed, "
    "emphasized, emphasizes, emphasize, emphasised, emphasises, stressed, stresses, pointed out, argued, argues, highlighted, "
    "specified, tweeted, described, affirmed, communicated, informed, put the toll at, put the death toll at, puts the toll at, documented, "
    "accused, accuses, blamed, put the number, counted, verified, warned, listed",
    "admit": "acknowledged, acknowledges, admitted, admits, conceded, concedes, recognised, recognized, deplored, lamented, regretted",
    "deny": "denied, denies, rejected, rejects, refuted, dismissed, disputed",
    "add": "adding, saying, claiming, stating, noting, insisting, adding that, announcing, confirming, indicating, explaining, alleging, specifying, "
    "asserting, declaring, added, adds",
    "admitting": "acknowledging, admitting, conceding, deploring, recognising, recognizing",
    "denying": "denying, rejecting, refuting",
}
_VERBS_FR = {
    "say": "a dit, ont dit, dit, disent, a indiqué, ont indiqué, indique, indiquent, a annoncé, ont annoncé, annonce, annoncent, a affirmé, ont affirmé, affirme, "
    "affirment, a déclaré, ont déclaré, déclare, déclarent, a précisé, ont précisé, précise, précisent, a rapporté, ont rapporté, rapporte, rapportent, "
    "a fait savoir, ont fait savoir, fait savoir, a assuré, ont assuré, assure, assurent, a confirmé, ont confirmé, confirme, confirment, a expliqué, ont expliqué, explique, "
    "a raconté, ont raconté, raconte, racontent, a soutenu, soutient, soutiennent, a revendiqué avoir, revendique avoir, revendiquent avoir, ont revendiqué avoir, a estimé, estime, "
    "avait indiqué, avait annoncé, avait affirmé, avait déclaré, avait fait état, fait état, font état, ont fait état, a fait état, évoque, évoquent, a évoqué, "
    "a révélé, révèle, dit avoir, disent avoir, affirme avoir, affirment avoir, a signalé, signale, signalent, ont signalé, témoigne, a témoigné, a-t-il déclaré, "
    "a-t-il indiqué, a-t-il affirmé, a-t-il précisé, a-t-elle indiqué, a-t-elle précisé, a publié, a écrit, écrit, accuse, accusent, a accusé, a dénoncé, dénonce, dénoncent, a documenté, "
    "a recensé, recense, dénombre, a dénombré, a constaté, informe, a informé, prétend, prétendent, a prétendu, avance, avancent, parle de, parlent de, a fait part, fait part, "
    "ayant indiqué, avaient indiqué, rapportait, indiquait, indiquaient, avaient annoncé, a communiqué, relate, a relaté, a reporté",
    "admit": "a reconnu, ont reconnu, reconnaît, reconnaissent, a admis, ont admis, admet, admettent, déplore, déplorent, a déploré, ont déploré, concède, regrette",
    "deny": "a démenti, ont démenti, dément, démentent, a nié, ont nié, nie, nient, a rejeté, rejette, a réfuté, réfute",
    "add": "ajoutant, précisant, indiquant, affirmant, assurant, expliquant, disant, annonçant, déclarant, soulignant, faisant état, a ajouté, ont ajouté, ajoute, "
    "ajoutent, a souligné, souligne, a-t-il ajouté, a-t-elle ajouté, a poursuivi, poursuit, a-t-il poursuivi, soutenant, évoquant",
    "admitting": "reconnaissant, admettant, déplorant, concédant",
    "denying": "démentant, niant, rejetant",
}
VERBS: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: kind for kind, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _VERBS_EN), ("fr", _VERBS_FR))
}
# "according to X": the speaker follows.
ACCORDING: dict[str, Phrases[bool]] = {
    "en": Phrases(
        dict.fromkeys(
            listed(
                "according to, as per, citing, quoting, as reported by, as claimed by, as announced by, as stated by, as confirmed by, confirmed by, reported by, "
                "as told by, in the words of, a statement from, a statement by, in a statement by, a communique from, a tally by, "
                "announced by, claimed in a statement by, verified by, documented by, said in a statement by"
            ),
            True,
        )
    ),
    "fr": Phrases(
        dict.fromkeys(
            listed(
                "selon, d'après, aux dires de, aux dires du, aux dires des, au dire de, de source, de sources, citant, à en croire, un communiqué de, un communiqué du, "
                "un bilan de, un décompte de, un décompte d', dans un communiqué de, rapporté par, annoncé par, confirmé par, indiqué par, confirmée par, annoncée par, "
                "auprès de, auprès d', auprès du, auprès des, a-t-on appris de, a-t-on appris auprès de, apprend-on de, on apprend de"
            ),
            True,
        )
    ),
}
# Nouns for speakers that are no actors of the registry, with the name under which their claims are kept and what they
# are: witness, official, medical, security, statement, expert, organisation, outlet, spokesperson.
_SOURCES_EN = {
    "residents": "residents, resident, locals, local residents, a local, villagers, villager, inhabitants, inhabitant, local people, local inhabitant, neighbours, neighbors",
    "witnesses": "witnesses, witness, eyewitnesses, eyewitness, survivors, survivor",
    "local officials": "local officials, local official, local elected official, elected official, elected officials, elected representative, local authorities, local councillor, "
    "local councilor, mayor, deputy mayor, governor, prefect, sub-prefect, local administrator, local leader, local leaders, village chief, community leader, community leaders, "
    "traditional ruler, regional governor, municipal official, regional official, district head, council chairman, local politician, local lawmaker, a local chief, lawmaker, local sources, local source",
    "officials": "officials, official, administrative source, government source, senior official, administrative sources, a diplomat, diplomats",
    "security sources": "security source, security sources, military source, military sources, security official, security officials, army source, army sources, "
    "military official, military officials, police source, police sources, army officer, army officers, military officer, military officers, senior military official, "
    "western security source, a security officer, gendarmerie source, senior officer, an officer, senior army officer",
    "medical sources": "medical source, medical sources, hospital source, hospital sources, hospital official, doctor, doctors, health official, health source, hospital, hospital officials, health officials, nurse, health sources, health worker, hospital workers",
    "humanitarian sources": "humanitarian source, humanitarian sources, aid worker, aid workers, ngo, ngos, aid groups, rights groups, rights group, human rights groups, civil society group, civil society groups, civil society source",
    "media": "local media, media reports, local press, media, local news reports, newspapers, local reports, reports",
    "statement": "statement, statements, communique, press release, the text, video, post, broadcast, state television, bulletin, audio message, message",
    "sources": "sources, source, several sources, multiple sources, concordant sources",
    "experts": "expert, experts, analyst, analysts, researcher, researchers, observers",
}
_SOURCES_FR = {
    "residents": "habitants, habitant, riverains, riverain, villageois, résidents, résident, populations locales, un habitant, des habitants, ressortissants de la localité, ressortissant",
    "witnesses": "témoins, témoin, témoignages, survivants, survivant, rescapés, rescapé, témoins oculaires",
    "local officials": "élu local, élus locaux, élu, élus, maire, gouverneur, préfet, sous-préfet, autorités locales, responsable local, responsables locaux, notable, notables, "
    "chef de village, source locale, sources locales, source administrative, sources administratives, responsable administratif, conseiller, gouvernorat, autorités régionales, autorités administratives, ancien élu",
    "officials": "responsable, responsables, officiels, source gouvernementale, sources gouvernementales, haut responsable, diplomate, diplomates, sources diplomatiques, source diplomatique, source officielle, sources officielles",
    "security sources": "source sécuritaire, sources sécuritaires, source militaire, sources militaires, source de sécurité, sources de sécurité, responsable militaire, "
    "responsables militaires, officier, gradé, source policière, source au sein de l'armée, sources au sein de l'armée, officier supérieur, haut gradé, source de la gendarmerie, sources policières, responsable sécuritaire",
    "medical sources": "source hospitalière, sources hospitalières, source médicale, sources médicales, médecin, médecins, hôpital, source sanitaire, sources sanitaires, responsable sanitaire, agent de santé, infirmier",
    "humanitarian sources": "source humanitaire, sources humanitaires, humanitaire, humanitaires, ong, organisations de défense des droits, organisation de défense des droits de l'homme, société civile, associations, défenseurs des droits",
    "media": "médias locaux, presse locale, presse, médias, média local",
    "statement": "communiqué, communiqués, texte, note, message, vidéo, communiqué officiel, document, déclaration, communiqué de presse, publication",
    "sources": "sources, source, plusieurs sources, sources concordantes, source proche, sources proches du dossier",
    "experts": "expert, experts, analyste, analystes, chercheur, chercheurs, observateurs",
}
SOURCES: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: name for name, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _SOURCES_EN), ("fr", _SOURCES_FR))
}
# Those that carry nothing of their own: the speaker is whoever issued them.
CARRIERS = frozenset({"statement"})
SPOKESPERSON: dict[str, Phrases[bool]] = {
    "en": Phrases(dict.fromkeys(listed("spokesman, spokesperson, spokeswoman, spokesmen, spokesman-general, commander, chief of staff, leader, minister, defence minister, defense minister, president, prime minister, general, colonel"), True)),
    "fr": Phrases(dict.fromkeys(listed("porte-parole, chef d'état-major, ministre, ministre de la défense, président, premier ministre, général, colonel, commandant, dirigeant, responsable de la communication, chargé de communication"), True)),
}
# Organisations and outlets, written with capitals, and the name under which their claims are kept.
ORGANISATIONS: Phrases[str] = Phrases(
    {
        **{name: "United Nations" for name in listed("un, u.n., united nations, onu, nations unies, ohchr, ocha, unicef, hcdh, un human rights office, un office")},
        "human rights watch": "Human Rights Watch", "hrw": "Human Rights Watch", "amnesty international": "Amnesty International", "amnesty": "Amnesty International",
        "acled": "ACLED", "ucdp": "UCDP", "afp": "AFP", "agence france-presse": "AFP", "reuters": "Reuters", "associated press": "Associated Press", "ap": "Associated Press",
        "rfi": "RFI", "bbc": "BBC", "france 24": "France 24", "jeune afrique": "Jeune Afrique", "le monde": "Le Monde", "al jazeera": "Al Jazeera", "aib": "AIB",
        "anp": "ANP", "menastream": "Menastream", "site intelligence group": "SITE", "site": "SITE", "red cross": "Red Cross", "croix-rouge": "Croix-Rouge",
        "msf": "MSF", "medecins sans frontieres": "MSF", "doctors without borders": "MSF", "zagazola": "Zagazola", "kal akal": "Kal Akal",
        "cisc": "CISC", "observatoire kisal": "Observatoire Kisal", "kisal": "Observatoire Kisal", "wamaps": "Wamaps", "save the children": "Save the Children",
        "african union": "African Union", "union africaine": "African Union", "ecowas": "ECOWAS", "cedeao": "ECOWAS", "xinhua": "Xinhua", "anadolu": "Anadolu",
        "actuniger": "ActuNiger", "sahara media": "Sahara Media", "ortm": "ORTM", "rtb": "RTB", "studio tamani": "Studio Tamani", "djeliba24": "Djeliba24",
    }
)  # fmt: skip
PRONOUNS = {
    "en": frozenset("he she they it who".split()),
    "fr": frozenset("il elle ils elles on qui".split()),
}
# Words that begin a clause of its own within a sentence.
CLAUSES = {
    "en": Phrases(dict.fromkeys(listed("while, whereas, but, although, however, even though, though, whilst, ;"), True)),
    "fr": Phrases(dict.fromkeys(listed("tandis que, tandis qu', alors que, alors qu', mais, cependant, toutefois, pendant que, bien que, en revanche, ;"), True)),
}
HEARSAY = {
    "en": Phrases(dict.fromkeys(listed("reportedly, allegedly, unconfirmed, rumoured, rumored, reported to have, believed to have, feared, appear to have, said to have, according to unconfirmed"), True)),
    "fr": Phrases(dict.fromkeys(listed("aurait, auraient, serait, seraient, non confirmé, non confirmés, rumeurs, présumément, selon des informations non confirmées"), True)),
}
SUPERSEDED = {
    "en": Phrases(dict.fromkeys(listed("previous toll, earlier toll, a previous toll, initial toll, first toll, earlier count, previous count, previously, earlier reports, up from, initially, "
                                       "an earlier report, provisional toll, revised from, earlier said, had earlier, previous report, earlier death toll, had put, earlier estimate, preliminary toll, had initially, had said, had reported"), True)),
    "fr": Phrases(dict.fromkeys(listed("précédent bilan, bilan précédent, premier bilan, un premier bilan, bilan initial, bilan antérieur, contre, initialement, auparavant, bilan provisoire, dans un premier temps, avait fait état, "
                                       "précédemment, avait indiqué, avait annoncé, avaient fait état, revu à la hausse, avait d'abord"), True)),
}  # fmt: skip
