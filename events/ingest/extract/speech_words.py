"""Words with which a report says who says something, English and French."""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed, wordset


def _table(words: dict[str, str]) -> Phrases[str]:
    return Phrases({phrase: name for name, phrases in words.items() for phrase in listed(phrases)})


def _set(words: str) -> Phrases[bool]:
    return Phrases(dict.fromkeys(listed(words), True))


# Kinds of saying: say, admit, deny; add and admitting (participles that go on with the speaker before); claim (of
# responsibility: nothing is quoted, but whoever claims may be "it" in the next sentence).
_VERBS_EN = {
    "say": """put the dead at, puts the dead at, put the wounded at, went on, goes on, expresses, expressed, voiced, strongly condemns, strongly condemned, urged, urges, called on, calls on, accepts, revised, revises, revised the toll, posted on, briefed, testified, testifies, said he had, issued, signalled, volunteered, boasted, boasts, bragged, brags, trumpeted, condemned, condemns, recalled, recalls, reads, read, hailed, reiterated, tallied, tallies, listed, lists, lists, observed, contended, contends, maintain, wrote, writes, relayed, relays, charged, charges, recounts, deplores, spells out, put the toll, puts the toll, put the number of, puts the number of, put at, puts at, gives a toll of, gives a toll, speaks of, talked of, talks of, talk of, put its losses at, puts its losses at, put their losses at, tells of, told of, acknowledged having, relate, related, cites, cited, count, reckons, reckoned, believes, believe, concluded, concludes, found that, finds that, learned, learnt, learns, denounced, denounces, released a toll of, issued a toll of, published a toll of, registered, said, says, say, claimed, claims, claim, announced, announces, announce, reported, reports, stated, states
    told, tells, confirmed, confirms, confirm, declared, declares, indicated, indicates, asserted, asserts, insisted, insists
    alleged, alleges, estimated, estimates, noted, notes, explained, explains, mentioned, mentions, reveals, revealed
    disclosed, wrote, recounted, posted, maintains, maintained, specified, tweeted, described, affirmed, affirms, communicated
    informed, documented, accused, accuses, accuse, blamed, blames, counted, verified, warned, listed, emphasized, emphasizes
    emphasize, emphasised, emphasises, stressed, stresses, pointed out, argued, argues, highlighted, suggested, suggests
    put the toll at, put the death toll at, puts the toll at, puts the death toll at, put the number, put the losses at
    gave a toll of, given a toll of, gave a toll, given a toll, gave the toll as, spoke of, speaks of, spoken of, speak of
    put the figure at, puts the figure at, put it at, recorded""",
    "admit": """mourned, mourns, deplore, bemoaned, confessed, owned up to, acknowledged, acknowledges, acknowledge, admitted, admits, admit, conceded, concedes, recognised, recognized
    deplored, lamented, regretted""",
    "deny": "denied, denies, deny, rejected, rejects, refuted, refutes, dismissed, disputed, disputes",
    "add": """boasting, accusing, estimating, recalling, reporting, adding, saying, claiming, stating, noting, insisting, announcing, confirming, indicating, explaining, alleging
    specifying, asserting, declaring, added, adds, reporting, citing""",
    "admitting": "acknowledging, admitting, conceding, deploring, recognising, recognizing",
    "denying": "denying, rejecting, refuting",
    "claim": """claimed responsibility, claims responsibility, claim responsibility, has claimed responsibility, claimed the attack
    claimed both attacks, claimed the attacks, claimed the ambush, claimed the bombing, claiming responsibility, claims attack
    carried out the attack, claimed the raid, claimed the operation, claimed the assault, claims the attack""",
}
# Folding takes the accent: "indique" stands for "indique" and "a indiqué".
_VERBS_FR = {
    "say": """exprime, expriment, appelle à, appellent à, appelle les, exhorte, s'inquiète, s'inquiètent, s'alarme, s'alarment, se dit préoccupé, a revu, ont revu, révise, revoit, témoignait, a renseigné, clame, clament, clamait, se vante de, se vante d', se vantent de, se vantent d', se targue de, se targue d', se targuent de, se targuent d', s'enorgueillit de, s'enorgueillit d', se félicite de, se félicite d', revendique la responsabilité, martèle, martèlent, condamne, condamnent, fustige, fustigent, s'en tient à, s'en tiennent à, s'en tient, renseigne, renseignent, rappelle, rappellent, alerte, alertent, glisse, souffle, note, notent, relève, relèvent, ressort, fait remarquer, font remarquer, laisse entendre, laissent entendre, se dit, conclut, concluent, calcule, table sur, tablent sur, relaie, relaient, rend compte, rendent compte, crie, détaillent, mentionne, mentionnent, écrivait, prévient, avertit, accusait, dresse un bilan de, livre un bilan de, donne le bilan de, a livré un bilan, a dressé un bilan, recensait, disaient, diffuse, indique un bilan de, a communiqué, communique, a confié, s'est félicité, énumère, insistent, regrettent, croit savoir, croient savoir, s'est indigné, s'indigne, juge, jugent, allègue, allèguent, proclame, proclament, a fait part, nous apprend, informait, ajoutait, signalait, dit, disent, disait, indique, indiquent, indiquait, annonce, annoncent, annonçait, affirme, affirment, affirmait
    déclare, déclarent, déclarait, précise, précisent, rapporte, rapportent, rapportait, fait savoir, font savoir, assure, assurent
    confirme, confirment, explique, expliquent, raconte, racontent, soutient, soutiennent, soutenu, estime, estiment, fait état, fait également état, font également état, fait aussi état, fait par ailleurs état
    font état, faisait état, faisaient état, évoque, évoquent, évoquait, révèle, révèlent, signale, signalent, témoigne, témoignent
    publié, écrit, écrivent, accuse, accusent, dénonce, dénoncent, documenté, documente, recense, recensent, dénombre, dénombrent
    constate, constatent, informe, informent, prétend, prétendent, avance, avancent, parle de, parle d', parlent de, parlent d'
    parlé de, parlé d', parlait de, parlait d', fait part, font part, communiqué un bilan, relate, relatent, comptabilise
    revendique avoir, revendiquent avoir, revendique la mort, revendiquent la mort, revendique la prise, a appris, apprend, détaille
    avait donné, a donné, établit, établissait, donne un bilan, donnent un bilan, chiffre, rapportaient, annonçaient, affirmaient
    décrit, décrivent, insiste, souligne, soulignent, regrette, résume, lâche, confie, confient, commente""",
    "admit": "pleure, pleurent, avoue, avouent, confesse, consent, reconnaissant avoir, reconnaît, reconnaissent, reconnu, admet, admettent, admis, déplore, déplorent, concède, concèdent, reconnaissait",
    "deny": "rejeté, récusé, récuse, récusent, balayé, balaie, balaient, nié, niait, réfutait, démentait, dément, démentent, démenti, nie, nient, rejette, rejettent, réfute, réfutent, réfuté, contesté, conteste",
    "add": """se félicitant, condamnant, se vantant de, se vantant d', revendiquant, accusant, évaluant, chiffrant, rappelant, ajoutant, précisant, indiquant, affirmant, assurant, expliquant, disant, annonçant, déclarant, soulignant, faisant état
    ajoute, ajoutent, poursuit, poursuivi, poursuivent, soutenant, évoquant, racontant, estimant, confirmant, rapportant""",
    "admitting": "reconnaissant, admettant, déplorant, concédant",
    "denying": "démentant, niant, rejetant",
    "claim": """revendique, revendiquent, revendiqué, revendique l'attaque, revendiqué l'attaque, revendiqué cette attaque
    revendiquent l'attaque, revendiqué l'opération, revendique cette attaque, revendiquait""",
}
# Regular verbs by their base form, for which all finite forms and participles are written out.
_REGULAR_EN = {
    "say": """announce, report, state, confirm, declare, indicate, assert, insist, allege, estimate, note, explain, mention, reveal, disclose
    recount, maintain, specify, tweet, describe, affirm, communicate, inform, document, accuse, blame, count, verify, warn, emphasize, emphasise
    stress, argue, highlight, suggest, record, boast, brag, trumpet, condemn, recall, hail, reiterate, tally, observe, contend, relay, relate, cite
    reckon, believe, conclude, learn, denounce, register, express, voice, urge, testify, detail, outline, signal, lament, claim, concede, calculate
    assess, narrate, publicise, confide, proclaim, assure, certify, establish, list, contend, comment, underline, ascertain, report back""",
    "admit": "acknowledge, admit, concede, recognise, recognize, deplore, lament, regret, mourn, bemoan",
    "deny": "deny, reject, refute, dismiss, dispute, rebut, contest, contradict",
}
_REGULAR_FR = {
    "say": """annoncer, déclarer, indiquer, affirmer, préciser, rapporter, assurer, confirmer, expliquer, raconter, estimer, évoquer, révéler
    signaler, témoigner, accuser, dénoncer, documenter, recenser, dénombrer, constater, informer, avancer, relater, détailler, chiffrer, insister
    souligner, regretter, résumer, confier, commenter, clamer, marteler, fustiger, condamner, renseigner, alerter, noter, relever, mentionner
    communiquer, certifier, attester, imputer, lister, énumérer, divulguer, diffuser, relayer, calculer, évaluer, comptabiliser, proclamer
    narrer, notifier, rétorquer, jurer, alléguer""",
    "admit": "déplorer, avouer, confesser, concéder, pleurer",
    "deny": "nier, contester, réfuter, récuser, rejeter, balayer",
}


def _english_forms(base: str) -> list[str]:
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied"]
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    past = base + ("d" if base.endswith("e") else "ted" if base in ("admit", "regret") else "ged" if base == "brag" else "ed")
    return [past] if base in _NOUNS_TOO else [base, third, past]


# Nouns as often as verbs: their present forms say nothing ("Borno state", "records", "the toll count").
_NOUNS_TOO = wordset(
    "state report note record blame voice count signal outline detail claim stress tweet comment estimate document list boast charge relay urge express"
)


def _french_forms(base: str) -> list[str]:
    stem = base.removesuffix("er")
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return [f"{stem}e", f"{stem}ent", f"{soft}ait", f"{soft}aient", f"{soft}a", f"{stem}èrent", f"{stem}era", f"{stem}ées"]


def _regular(lang: str) -> dict[str, str]:
    table, forms = (_REGULAR_EN, _english_forms) if lang == "en" else (_REGULAR_FR, _french_forms)
    return {folded: kind for kind, bases in table.items() for base in _written(bases) for form in forms(base) for folded in listed(form)}


def _written(words: str) -> list[str]:
    """The entries of a word list as they are written, with their accents."""
    return [" ".join(entry.split()) for entry in words.replace("\n", ",").split(",") if entry.strip()]


def _verbs(lang: str, words: dict[str, str]) -> Phrases[str]:
    named = {phrase: kind for kind, phrases in words.items() for phrase in listed(phrases)}
    return Phrases({**_regular(lang), **named})


VERBS: dict[str, Phrases[str]] = {"en": _verbs("en", _VERBS_EN), "fr": _verbs("fr", _VERBS_FR)}
# Before these folded forms an article makes a noun of them: "l'annonce", "a statement of claims".
NOUN_BEFORE = {
    "en": wordset(
        "the a an its their his her these those such of more new no other any some rival conflicting "
        "false 's"
    ),
    "fr": wordset("l' la cette une un le des les aucune sa son leur cet d' de"),
}

# "according to X": the speaker follows.
ACCORDING: dict[str, Phrases[bool]] = {
    "en": _set(
        """according to, as per, by the account of, in the account of, by the count of, on the word of, a source at, reads a statement from, reads a statement by, reads a communique from, said a source at, on the authority of, a report by, a report from, figures from, data from, a note from, a note by, a bulletin from, a release from, a press release from, in the view of, citing, quoting, as reported by, as claimed by, as announced by, as stated by, as confirmed by
        confirmed by, reported by, as told by, in the words of, a statement from, a statement by, in a statement by, a communique from
        a tally by, announced by, claimed in a statement by, verified by, documented by, said in a statement by, a toll given by
        provided by, a count by, the announcement was made by"""
    ),
    "fr": _set(
        """selon, d'après, de l'aveu de, de l'aveu du, de l'aveu même de, de l'avis de, peut-on lire dans, lit-on dans, pouvait-on lire dans, a-t-on appris auprès de, a-t-on appris auprès du, a-t-on appris auprès d', apprend-on auprès de, apprend-on auprès du, apprend-on auprès d', a-t-on indiqué de, indique-t-on de, indique-t-on du côté de, indique-t-on auprès de, au décompte de, d'après le décompte de, un bilan donné par, un bilan fourni par, un bilan communiqué par, une note de, une note du, un rapport de, un rapport du, un bulletin de, un bulletin du, une déclaration de, une déclaration du, sur la foi de, de l'avis du, suivant, aux dires de, aux dires du, aux dires des, au dire de, de source, de sources, citant, à en croire
        un communiqué de, un communiqué du, un bilan de l', un bilan du, un décompte de, un décompte d', dans un communiqué de
        l'annonce a été faite par, annonce faite par, rapporté par, annoncé par, confirmé par, indiqué par, confirmée par, annoncée par, auprès de, auprès d', auprès du, auprès des
        apprend-on de, on apprend de, a-t-on appris de, donné par, établi par, fourni par, communiqué par, pour"""
    ),
}
# "pour" leads to a speaker only where a sentence begins with it.
ONLY_AT_START = frozenset({"pour"})

# Nouns for speakers that are no actors of the registry -> the name under which their claims are kept.
_SOURCES_EN = {
    "residents": """inhabitants of, fellow villagers, herder, farmer, trader, shopkeeper, local trader, local farmer, mother of one, son of one, cousin, brother of one, father of one, relative of one, residents, resident, locals, local residents, villagers, villager, inhabitants, inhabitant, local people
    local inhabitant, neighbours, neighbors, relatives, relative""",
    "witnesses": "witnesses, witness, eyewitnesses, eyewitness, survivors, survivor",
    "local officials": """head of the village, its chief, deputy governor, local councillors, councillor, municipal councillor, deputy prefect, lieutenant governor, lieutenant-governor, district governor, provincial governor, state governor, village leader, local imam, governor's office, district official, provincial official, provincial authorities, municipal authorities, the town hall, village elder, village elders, local officials, local official, local elected official, elected official, elected officials, local councillor
    elected representative, local authorities, local councilor, mayor, deputy mayor, governor, prefect, sub-prefect, local leader
    local administrator, local leaders, village chief, community leader, community leaders, traditional ruler, regional governor
    municipal official, regional official, district head, council chairman, local politician, local lawmaker, lawmaker
    local sources, local source, regional authorities, regional officials, village head, chairman of the local government, local chief""",
    "officials": """officials, official, administrative source, government source, senior official, administrative sources, diplomat
    diplomats, government official, government officials, prosecutor, prosecutors, public prosecutor, state prosecutor, union official
    justice officials, western official, western officials, judicial source""",
    "security sources": """police official, police officials, gendarmerie official, gendarmerie officials, police officer, police commander, army commander, local commander, security source, security sources, military source, military sources, security official, security officials
    army source, army sources, military official, military officials, police source, police sources, army officer, army officers
    military officer, military officers, senior military official, western security source, security officer, gendarmerie source
    senior officer, senior army officer, officer, soldier, soldiers, defence source, defence sources, intelligence source
    intelligence sources, source in the army, source within the army, security services source, militia source""",
    "medical sources": """hospital staff, staff at the hospital, hospital, the hospital, emergency services, clinic, medical staff, medical workers, health centre, medical source, medical sources, hospital source, hospital sources, hospital official, doctor, doctors
    health official, health source, hospital officials, health officials, nurse, health sources, health worker, hospital workers
    medical official, hospital director, medics, medic""",
    "humanitarian sources": """humanitarian source, humanitarian sources, aid worker, aid workers, ngo, ngos, aid groups, aid group
    humanitarian worker, humanitarian workers, relief workers""",
    "mission": "the mission",
    "civil society": """organisation, organization, rights groups, rights group, human rights groups, human rights group, civil society group, civil society groups
    civil society source, activists, activist, human rights defenders, community association""",
    "social media": "social media, social networks, posts on social media",
    "media": "local radio, local newspaper, press reports, state media outlets, local media, media reports, local press, local news reports, newspapers, local reports, state media, news reports",
    "statement": """statement, statements, communique, press release, the text, post, broadcast, state television, bulletin
    audio message, message, report, reports, announcement""",
    "sources": "sources, source, several sources, multiple sources, concordant sources, people familiar with the matter",
    "experts": "expert, experts, analyst, analysts, researcher, researchers, observers, conflict monitors, monitors",
}
_SOURCES_FR = {
    "residents": """inhabitants of, fellow villagers, herder, farmer, trader, shopkeeper, local trader, local farmer, mother of one, son of one, cousin, frère d'une victime, parent d'une victime, habitants, habitant, riverains, riverain, villageois, résidents, résident, populations locales, ressortissant
    ressortissants, parents de victimes""",
    "witnesses": "témoins, témoin, témoignages, survivants, survivant, rescapés, rescapé, témoins oculaires, rescapée, survivante",
    "local officials": """conseiller municipal, conseillère municipale, conseillers municipaux, élu municipal, première adjointe, premier adjoint, mairie, préfecture, haut-commissaire, secrétaire général du gouvernorat, responsable coutumier, chef coutumier, conseil régional, président du conseil régional, autorités provinciales, autorités municipales, autorités communales, élus municipaux, députée, élu communal, responsable municipal, président de la délégation spéciale, délégation spéciale, élu local, élus locaux, élu, élus, élue, maire, gouverneur, préfet, sous-préfet, autorités locales, responsable local
    responsables locaux, notable, notables, chef de village, source locale, sources locales, source administrative, adjoint au maire
    sources administratives, responsable administratif, conseiller, gouvernorat, autorités régionales, autorités administratives
    ancien élu, gouverneure, responsable de la commune, député local, chef du village, responsable du village, chef de canton
    élu de la région, élus de la région, responsable communautaire, responsables communautaires""",
    "officials": """responsable, responsables, officiels, source gouvernementale, sources gouvernementales, haut responsable, diplomate
    diplomates, sources diplomatiques, source diplomatique, source officielle, sources officielles, procureur, parquet, source judiciaire
    responsable gouvernemental, syndicaliste, source syndicale""",
    "security sources": """source sécuritaire, sources sécuritaires, source militaire, sources militaires, source de sécurité
    sources de sécurité, responsable militaire, responsables militaires, officier, gradé, source policière, source au sein de l'armée
    sources au sein de l'armée, officier supérieur, haut gradé, source de la gendarmerie, sources policières, responsable sécuritaire
    responsables sécuritaires, source de l'armée, responsable de la police, responsable policier, responsables policiers, responsable de la gendarmerie, commandant de la gendarmerie, source de la police
    source proche de l'armée, source de défense, responsable de la sécurité
    source proche des services de sécurité, source proche de la gendarmerie, militaire sous couvert d'anonymat, source interne à l'armée""",
    "medical sources": """centre hospitalier, centre de santé, urgentiste, personnel soignant, personnel médical, chirurgien, aide-soignant, agent hospitalier, source hospitalière, sources hospitalières, source médicale, sources médicales, médecin, médecins, hôpital
    source sanitaire, sources sanitaires, responsable sanitaire, agent de santé, infirmier, responsable hospitalier, infirmière""",
    "humanitarian sources": "source humanitaire, sources humanitaires, humanitaire, humanitaires, ong, travailleur humanitaire",
    "mission": "la mission",
    "civil society": """organisation, organisations de défense des droits, organisation de défense des droits de l'homme, société civile, associations
    défenseurs des droits, association, collectif, militants des droits de l'homme""",
    "social media": "réseaux sociaux, internautes",
    "media": "médias locaux, presse locale, presse, médias, média local, médias d'état, télévision nationale, radio nationale",
    "statement": """communiqué, communiqués, texte, note, message, communiqué officiel, document, déclaration, bilan
    communiqué de presse, publication, rapport, informations, annonce""",
    "sources": "sources, source, plusieurs sources, sources concordantes, source proche, sources proches du dossier",
    "experts": "expert, experts, analyste, analystes, chercheur, chercheurs, observateurs",
}
SOURCES: dict[str, Phrases[str]] = {"en": _table(_SOURCES_EN), "fr": _table(_SOURCES_FR)}
# Those that carry nothing of their own: the speaker is whoever issued them.
CARRIERS = frozenset({"statement"})
# Roles of persons who speak for an actor; the second word says for whom where nothing else does.
_ROLES_EN = {
    "organisation": """coordinator, humanitarian coordinator, resident coordinator, special representative, representative, secretary general
    secretary-general, head of mission, director, executive director, regional director, country director, researcher, chairman, chairperson, chairwoman
    high commissioner, envoy, special envoy, bishop, archbishop""",
    "actor": "spokesman, spokesperson, spokeswoman, spokesmen, commander, leader, head, chief",
    "army": "chief of staff, general, colonel, major general, brigadier general, lieutenant colonel, army chief, major, captain, lieutenant",
    "government": "minister, defence minister, defense minister, interior minister, president, prime minister, communications minister",
}
_ROLES_FR = {
    "organisation": """coordonnateur, coordonnatrice, coordinateur, coordinatrice, coordonnateur humanitaire, coordinateur humanitaire
    représentant spécial, représentante spéciale, représentant, représentante, secrétaire général, secrétaire générale, directeur, directrice
    directeur exécutif, directrice exécutive, chercheur, chercheuse, haut-commissaire, envoyé spécial, évêque, archevêque, délégué""",
    "actor": "porte-parole, dirigeant, responsable de la communication, chargé de communication, chef, commandant",
    "army": "chef d'état-major, général, colonel, colonel-major, lieutenant-colonel, commandant en chef, capitaine, lieutenant",
    "government": "ministre, ministre de la défense, président, premier ministre, chef de l'état, ministre de l'intérieur, président de la transition",
}
ROLES: dict[str, Phrases[str]] = {"en": _table(_ROLES_EN), "fr": _table(_ROLES_FR)}
# Organisations and outlets, written with capitals -> the name under which their claims are kept.
_ORGANISATIONS = {
    "United Nations": """un, u.n., united nations, onu, nations unies, ohchr, ocha, unicef, hcdh, un human rights office, un office
    un human rights, united nations children's fund, un human rights chief, office for the coordination of humanitarian affairs, bureau de la coordination des affaires humanitaires
    un experts, un investigators, haut-commissariat aux droits de l'homme, fonds des nations unies pour l'enfance, un humanitarian office, un secretary-general, un chief, security council, conseil de sécurité""",
    "Human Rights Watch": "human rights watch, hrw",
    "Amnesty International": "amnesty international, amnesty",
    "UNHCR": "unhcr, hcr, un refugee agency, u.n. refugee agency, united nations refugee agency, united nations high commissioner for refugees, haut-commissariat des nations unies pour les réfugiés, haut commissariat des nations unies pour les réfugiés, agence des nations unies pour les réfugiés, agence de l'onu pour les réfugiés",
    "IOM": "iom, oim, international organization for migration, organisation internationale pour les migrations",
    "WFP": "wfp, pam, world food programme, programme alimentaire mondial",
    "ACLED": "acled, armed conflict location and event data project",
    "UCDP": "ucdp",
    "AFP": "afp, agence france-presse",
    "Reuters": "reuters",
    "Associated Press": "associated press, ap",
    "RFI": "rfi, radio france internationale",
    "BBC": "bbc",
    "France 24": "france 24",
    "Jeune Afrique": "jeune afrique",
    "Le Monde": "le monde",
    "Al Jazeera": "al jazeera",
    "AIB": "aib, agence d'information du burkina",
    "ANP": "anp, agence nigérienne de presse",
    "Menastream": "menastream",
    "SITE": "site, site intelligence group",
    "Red Cross": "red cross, croix-rouge, icrc, cicr",
    "MSF": "msf, médecins sans frontières, doctors without borders",
    "Zagazola": "zagazola, zagazola makama",
    "Kal Akal": "kal akal",
    "CISC": "cisc",
    "Observatoire Kisal": "observatoire kisal, kisal",
    "Wamaps": "wamaps",
    "Save the Children": "save the children",
    "African Union": "african union, union africaine",
    "ECOWAS": "ecowas, cedeao",
    "Xinhua": "xinhua",
    "Anadolu": "anadolu, anadolu agency, agence anadolu",
    "ActuNiger": "actuniger",
    "Sahara Media": "sahara media",
    "ORTM": "ortm",
    "RTB": "rtb",
    "Studio Tamani": "studio tamani",
    "Djeliba24": "djeliba24",
    "European Union": "european union, union européenne",
    "Emergency Lawyers": "emergency lawyers, emergency lawyers group",
    "Sudan Doctors Network": "sudan doctors network",
}
ORGANISATIONS: Phrases[str] = _table(_ORGANISATIONS)
# Nouns before, or at the head of, the name of an organisation that speaks.
ORGANISATION_NOUNS = {
    "en": _set(
        """charity, aid group, aid agency, aid organisation, aid organization, ngo, association, organisation, organization, union, trade union
        party, opposition party, collective, coalition, rights group, human rights group, civil society group, network, federation, league
        observatory, committee, council, think tank, research group, monitoring group, conflict monitor, newspaper, news agency, news site
        radio, radio station, broadcaster, television channel, daily, weekly, website, institute, foundation, agency, diocese, church, forum
        platform, initiative, consortium, watchdog, advocacy group, syndicate, cooperative, monitor"""
    ),
    "fr": _set(
        """ong, association, organisation, organisation non gouvernementale, collectif, union, syndicat, parti, réseau, fédération, ligue
        observatoire, comité, conseil, coalition, plateforme, fondation, institut, agence, agence de presse, journal, quotidien, hebdomadaire
        radio, chaîne, chaîne de télévision, site, site d'information, média, diocèse, église, forum, consortium, initiative, coopérative
        groupement, convergence, rassemblement, mouvement citoyen, confédération, centrale syndicale, conférence épiscopale, alliance citoyenne
        centre, haut-commissariat, croix, bureau"""
    ),
}
# Between a subject and its verb of saying.
AUXILIARY = {
    "en": wordset("has have had also later earlier since then already further separately meanwhile both"),
    "fr": wordset(
        "de son cote leur quant a ont avait avaient ayant aussi egalement ensuite avoir par ailleurs seulement notamment "
        "deja pour sa part nous lui leur en m y on"
    ),
}
PRONOUNS = {
    "en": wordset("he she they it"),
    "fr": wordset("il elle ils elles"),
}
# "selon lui", "according to him", "selon lequel": whoever spoke before.
BACK = wordset("lui elle eux elles lequel laquelle lesquels lesquelles him her them it whom which")
# Words that begin a clause of its own within a sentence.
CLAUSES = {
    "en": _set("while, whereas, but, although, however, even though, though, whilst, ;"),
    "fr": _set(
        """tandis que, tandis qu', alors que, alors qu', mais, cependant, toutefois, pendant que, bien que, en revanche, ;
        quand, tandis"""
    ),
}
HEARSAY = {
    "en": _set(
        """reportedly, allegedly, unconfirmed, rumoured, rumored, reported to have, believed to have, feared, appear to have
        said to have, unverified, not verified"""
    ),
    "fr": _set(
        """aurait, auraient, serait, seraient, non confirmé, non confirmés, rumeurs, présumément, non vérifiées, non vérifié"""
    ),
}
SUPERSEDED = {
    "en": _set(
        """until then, knew of, knew only of, still spoke of, spoke only of, were still speaking of, had only reported, had so far, so far only reported, had until, had first, at first, first reported, first said, first put, first announced, first spoke, an initial, initial figure, earlier figure, previous figure, preliminary figure, preliminary count
        an earlier estimate, instead of the, rather than the, compared with, up from the, revised up from, revised upwards from, had originally, originally, earlier put, earlier reported, earlier announced, previous estimate, previous tally, earlier tally, initial tally, initial count, initial death toll, previous toll, earlier toll, a previous toll, initial toll, first toll, earlier count, previous count, previously
        earlier reports, up from, initially, an earlier report, provisional toll, revised from, earlier said, had earlier
        previous report, earlier death toll, had put, earlier estimate, preliminary toll, had initially, had said, had reported
        had given, had spoken, had announced"""
    ),
    "fr": _set(
        """bilan provisoire comptait, bilan provisoire était, bilan provisoire s'élevait, bilan provisoire indiquait, parlait encore que, parlaient encore que, n'y parlait, ne comptait encore, faisait encore état, faisaient encore état, ne faisait état, ne parlait que, ne parlait encore, ne parlaient que, n'évoquait que, n'évoquait encore, n'en était qu'à, jusque-là, jusqu'alors, tout d'abord, d'abord, au départ, dans un premier bilan, dans un bilan précédent, précédent chiffre, premier chiffre, contre un bilan de, n'avait parlé, n'avaient parlé, n'avait évoqué, n'avait annoncé, n'avait fait état, avaient d'abord, avait initialement, avaient initialement, avait donné, avaient donné, avait avancé, avançait, avançaient, au lieu de, plus tôt dans la journée, avait recensé, premières estimations, première estimation, estimation précédente, chiffre précédent, auparavant fait état, avait évoqué, avaient évoqué, évoquait, évoquaient, précédent bilan, bilan précédent, premier bilan, un premier bilan, bilan initial, bilan antérieur, initialement
        auparavant, dans un premier temps, avait fait état, précédemment, avait indiqué, avait annoncé, avaient fait état
        revu à la hausse, avait d'abord, faisait état, avait parlé, avaient annoncé, avait évoqué, avaient parlé"""
    ),
}
# Whose mayor, governor or resident somebody is: the place after it is no scene.
OFFICES = {
    "en": wordset("mayor governor prefect prosecutor resident residents chief emir bishop member"),
    "fr": wordset(
        "maire gouverneur prefet procureur habitant habitants eveque gouvernorat ressortissant "
        "parquet elu elus"
    ),
}

# Titles of documents that speak with their issuer's voice.
DOCUMENTS = {
    "en": _set(
        """communique, press release, press statement, note to correspondents, media release, official statement, statement, situation report
        news release, flash update, press briefing, security bulletin, public statement, joint statement"""
    ),
    "fr": _set(
        """communiqué, communiqué de presse, communiqué officiel, note d'information, point de presse, déclaration, note aux correspondants
        bulletin d'information, message, note de presse, rapport de situation, point de situation, communiqué conjoint"""
    ),
}
TODAY = frozenset({"today", "aujourd'hui"})
