"""Words around the names of places, English and French: what leads to a place, what kind it is, what it is not."""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed

# Prepositions and nouns before a place: at (there), near, toward (a route or border), origin.
BEFORE: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: kind for kind, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (
        (
            "en",
            {
                "at": "in, at, on, inside, within, of, hit, struck, rocked, attacked, attack on, stormed, raided, entered, seized, "
               "captured, besieged, targeted, shelled, bombed, bombing, shelling, blockaded, village of, town "
                "of, city of, locality of, commune of, in and around, "
                "villages of, towns of, hamlet of, camp of, base of, post of, outskirts of, district of, area of, into, overran, "
                "against, called, named, loses, retakes, lost, recaptured, controls, control of, market of, raid on, strike on",
                "near": "near, close to, outside, around, north of, south of, east of, west of, northeast of, northwest of, southeast of, "
                "southwest of, north-east of, north-west of, south-east of, south-west of, kilometres from, kilometers from, km from, "
                "miles from, not far from, vicinity of, beyond, north from, nearby, kilometres of, off",
                "route": "heading to, headed to, headed for, headed towards, on the way to, on its way to, on their way to, returning to, returning from, travelling from, travelling to, traveling from, traveling to, came from, coming from, left, leaving, road from, between the capital and, to, toward, towards, from, via, road to, way to, bound for, en route to, heading for, heading to, and",
                "between": "between, between the towns of, between the villages of, between the cities of",
                "border": "border with, bordering, borders with, borders, frontier with, neighbouring, neighboring",
            },
        ),
        (
            "fr",
            {
                "at": "a, au, aux, en, dans, sur, de, du, d', village de, ville de, localite de, commune de, hameau de, camp de, "
               "base de, poste de, secteur de, zone de, foret de, village du, villages de, attaque de, prise "
                "de, attaque, frappe, vise, site de, "
                "localites de, quartier de, contre, commune rurale de, chef-lieu, detachement de, bourgade de, axe, "
                "village d', ville d', commune d', localite d', camp d', base d', dit, denomme, nomme, appele, marche de",
                "near": "pres de, pres d', proche de, non loin de, non loin d', autour de, autour d', aux environs de, aux environs d', "
                "au nord de, au sud de, a l'est de, a l'ouest de, au nord-est de, au nord-ouest de, au sud-est de, au sud-ouest de, "
                "au nord d', au sud d', a l'est d', a l'ouest d', "
                "km de, kilometres de, kilometres d', km d', alentours de, aux abords de, abords de, peripherie de, "
                "a proximite de, a proximite d', dans les environs de, aux alentours de, vers, km au nord de, km au sud de, "
                "nord de, sud de, est de, ouest de, dans la zone de",
                "route": "se rendait a, se rendaient a, se rendant a, se rendre a, en route vers, en route pour, se dirigeait vers, se dirigeaient vers, en partance pour, a destination de, revenait de, revenaient de, revenant de, rentrait a, rentraient a, rejoindre, ralliait, rallier, quitte, quittait, parti d', partait de, en provenance d', de retour de, acheminer a, convoye vers, venant de, venant d', parti de, partis de, partie de, provenant de, en provenance de, vers, pour, depuis, route de, destination de, direction de, provenance de, en direction de, et, ralliant, reliant, quitte",
                "between": "entre, entre les localites de, entre les villes de, entre les villages de, entre la ville de, entre le village de",
                "border": "frontiere avec, frontalier avec, limitrophe, limitrophe de, frontaliere avec, voisin, voisine",
            },
        ),
    )
}
# Nouns after (English) or before (French) a name that say which level is meant.
LEVELS_AFTER: Phrases[int] = Phrases(
    {
        "region": 1, "regions": 1, "state": 1, "governorate": 1, "province": 2, "provinces": 2, "department": 2, "cercle": 2,
        "district": 2, "local government area": 2, "lga": 2, "commune": 3, "municipality": 3, "circle": 2, "area": 0,
    }
)  # fmt: skip
LEVELS_BEFORE: Phrases[int] = Phrases(
    {
        "region de": 1, "region du": 1, "region d'": 1, "region de la": 1, "region of": 1, "etat de": 1, "region des": 1, "etat du": 1,
        "province de": 2, "province du": 2, "province of": 2, "province de la": 2, "province d'": 2, "departement de": 2,
        "departement du": 2, "department of": 2, "department d'": 2, "cercle de": 2, "cercle d'": 2, "cercle du": 2, "region": 1,
        "province des": 2, "prefecture de": 2, "prefecture du": 2, "prefecture of": 2, "prefecture d'": 2, "la region de": 1, "district de": 2, "state of": 1, "district of": 2,
        "commune de": 0, "commune d'": 0, "commune of": 0, "commune rurale de": 0,
        "town of": 0, "village of": 0, "city of": 0, "ville de": 0, "village de": 0, "localite de": 0, "ville d'": 0, "village d'": 0,
    }
)  # fmt: skip
AREA_NOUNS_AFTER = frozenset(listed("area, sector, zone, axis, road, forest, airport, airbase, camp, base, barracks, market, village, town"))
# Verbs whose speaker stands in a place: "told AFP from Gao", "said by telephone from Djibo".
SPEECH = frozenset(
    listed(
        "said, told, says, reached, telephone, phone, contacted, joint, contacte, telephoniquement, reporting, correspondent, "
        "headquarters, briefing, joints, interroge, speaking, writing, editing"
    )
)
# Where the wounded were taken, or the dead buried, is not where it happened.
CARE = frozenset(
    listed(
       "transferred, evacuated, airlifted, hospitalised, hospitalized, referred, treated, rushed, admitted, "
        "transferes, transferees, evacues, evacuees, "
        "transported, transportes, transportees, hospitalises, admis, admises, achemines, soignes, evacue, transfere"
    )
)
# Places of the gazetteer that are above all other words: never taken without a word that leads to a place, or not at all.
COMMON = frozenset(
    listed(
       "nord, sud, est, ouest, centre, north, south, east, west, centre-nord, islam, mission, force, france, "
        "defense, police, paris, general, "
        "union, nation, presse, president, ministre, afrique, africa, sahel, mali, niger, burkina, nigeria, tchad, chad, "
       "more, most, none, both, some, such, other, another, more than, attack, army, base, camp, mine, mines, "
        "ville, village, marche, port, pont, gare, ecole, mosquee, maire, "
        "ali, moussa, amadou, oumar, ibrahim, ibrahima, mohamed, mohammed, mahamadou, abdoulaye, boubacar, hassan, hamza, "
        "assimi, goita, traore, keita, diallo, cisse, toure, coulibaly, diarra, ag, ould, sidi, cheikh, iyad, salif, "
        "adama, issa, yacouba, souleymane, saidou, seydou, idrissa, hama, hamadoun, barry, sankara, kafando, bah, ba, sow, dicko, "
        "koufa, ghali, ghaly, damiba, tiani, bazoum, barkhane, serval, takuba, wagner, corps, russian, russia, group, groupe, "
        "front, coordination, plateforme, azawad, macina, ansar, dine, katiba, liberation, mouvement, state, states, "
       "human, rights, watch, reuters, afp, rfi, bbc, une, deux, trois, dix, cent, mai, mars, juin, lundi, "
        "mardi, mercredi, jeudi, vendredi, "
        "samedi, dimanche, friday, monday, bureau, barrage, banque, croix, source, securite, justice, liberte, "
        "paix, unite, progres, bonne, belle, grand, petit, nouveau, terre, eau, fleuve, lac, ile, saint, dieu, tour, "
        "so, he, she, the, they, you, say, sa, da, do, la, le, ma, na, ta, at, an, as, is, it, in, on, no, man, men, "
        "doctor, director, court, post, media, star, city, town, land, house, hall, kong, long, toll, wounded, dead, "
        "operation, offensive, convoy, convoi, ambush, embuscade, zone, secteur, region, province, commune, cercle, "
        "one, two, three, ten, at least, local, central, capital, sources, residents, gunmen, troops, soldiers, rebels, "
        "tuareg, touareg, peul, peuls, fulani, dogon, songhai, bambara, arabes, arab, hausa, mossi, fama, vdp, fds, koglweogo, dozo, "
       "jnim, gsim, eigs, issp, cma, fla, mnla, gatia, onu, oua, cedeao, ecowas, aes, un, us, dan, dans, bara, "
        "bari, sana, tin, in, al, el, wal, ti, ka, ga, sana, gada, "
        "drone, drones, mort, morts, tues, blesses, civil, civils, soldat, soldats, general, colonel, commandant, capitaine, "
        "premier, ministere, gouvernement, communique, selon, apres, avant, lors, cette, ces, tous, plusieurs, notre, nos, "
       "independence, kremlin, moscow, moscou, algiers, alger, europe, britain, american, french, after, "
        "before, several, many, sources, karma, "
        "media, journal, agence, information, infos, actu, mayor, governor, journaliste, lieutenant, sergent, adjudant, mass, dogo, sali"
    )
)
# Names of a region that stand for something wider unless one of these words comes before them.
WIDE = {"sahel": frozenset(listed("burkina, northern, north, 's, province, gouverneur, governor, region, provinces, du, dans"))}
# Units that are written without a capital too.
SMALL = frozenset(listed("extreme nord, far north, lac tchad, lake chad"))
