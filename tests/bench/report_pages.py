"""Pages of about 500 words for the benchmark of ingestion, put together from the labelled reports of the tests.

`article` is one labelled report with reactions and surroundings, as an agency writes; `round_up` is paragraphs of
several labelled reports, five incidents on average: the hardest text of that length that we have.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from typing import Any

from tests.ingest.scoring import load

WORDS = 500
PAGE = """<!doctype html><html lang="{lang}"><head><title>{title}</title>
<meta property="article:published_time" content="{day}T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/mali">Mali</a></li><li><a href="/niger">Niger</a></li></ul></nav>
<article><h1>{title}</h1>{body}</article><aside><a href="/more">Read more of our news</a></aside>
<footer><p>All rights reserved.</p></footer></body></html>"""
TOWNS = [
    "Gao",
    "Ansongo",
    "Mopti",
    "Sevare",
    "Douentza",
    "Hombori",
    "Gossi",
    "Menaka",
    "Kidal",
    "Bourem",
    "Niono",
    "Segou",
    "Koro",
    "Bankass",
    "Djibo",
    "Dori",
    "Gorom",
    "Arbinda",
    "Titao",
    "Kaya",
    "Fada",
    "Diapaga",
    "Tera",
    "Ayorou",
    "Tillaberi",
    "Ouallam",
    "Abala",
    "Filingue",
    "Tahoua",
    "Diffa",
    "Bosso",
    "Nguigmi",
]
# Surroundings with {towns} and {numbers} that change from page to page, so that no page is a copy of another.
AROUND = {
    "en": [
        "Traders in {t} and {t} said that the road to {t} had been closed to lorries for {n} hours and that the price of "
        "fuel had gone up by {n} francs. A teacher who asked not to be named said that {n} schools in the villages "
        "around {t} had stayed shut. Buses from {t} waited in {t} for an escort.",
        "The governor of the region met {n} chiefs of villages near {t} and asked them to stay calm. He said that patrols "
        "would go on as far as {t} and that those who had fled could come back to their fields within {n} days. The "
        "chiefs asked for water, food and a telephone mast that works.",
        "The region of the three borders between Mali, Burkina Faso and Niger has been the scene of fighting for {n} "
        "years. Groups linked to al-Qaeda and to the Islamic State are active between {t} and {t}, and so are "
        "self-defence militias. Farmers and herders dispute land and wells, and the state is far away.",
        "Neither the ministry of defence nor the general staff answered questions about {t} on the day. A spokesman for "
        "the regional bloc ECOWAS in Abuja called on all sides to spare those who have no part in the fighting, and to "
        "let the {n} lorries of aid organisations pass by {t}.",
        "Aid workers in {t} said that they were preparing {n} tents and {n} blankets, and that the clinic in {t} had too "
        "few beds. The United Nations said in Geneva that it followed the situation with concern. Families walked "
        "{n} kilometres through the night to reach {t}, a nurse said by telephone.",
        "Observers in Dakar said that the armies of the region were better equipped than {n} years ago, with drones "
        "bought abroad, yet that they held {t} and {t} and seldom the land between them. The jihadists move on "
        "motorcycles, know the bush and are gone before help arrives from {t}, one of them said.",
        "On the market of {t} a sack of millet cost {n} francs more than in the month before. The harvest around {t} had "
        "been poor, {n} wells had run dry and the river could not be crossed, the office for agriculture said. A merchant "
        "from {t} said that he would wait for the rains before he took his cattle south again.",
        "The road from {t} to {t} was mended {n} years ago with money from abroad and has not been kept since. Drivers "
        "need {n} hours for it when it rains, and pay at {n} barriers. The bridge near {t} was blown up twice, and a ferry "
        "that was to take its place lies on the bank at {t} without an engine, a driver said.",
    ],
    "fr": [
        "Des commerçants de {t} et de {t} ont indiqué que la route de {t} était fermée aux camions depuis {n} heures et "
        "que le prix du carburant avait augmenté de {n} francs. Un enseignant qui a requis l'anonymat a précisé que {n} "
        "écoles des villages autour de {t} étaient restées closes. Les cars de {t} attendaient une escorte à {t}.",
        "Le gouverneur de la région a rencontré {n} chefs de village près de {t} et leur a demandé de garder leur calme. "
        "Il a assuré que les patrouilles continueraient jusqu'à {t} et que ceux qui avaient fui pourraient retrouver "
        "leurs champs dans {n} jours. Les chefs ont demandé de l'eau, des vivres et une antenne de téléphone qui marche.",
        "La zone dite des trois frontières, entre le Mali, le Burkina Faso et le Niger, est depuis {n} ans le théâtre de "
        "violences. Des groupes liés à Al-Qaïda et à l'État islamique sont actifs entre {t} et {t}, de même que des "
        "milices d'autodéfense. Agriculteurs et éleveurs s'y disputent terres et puits, et l'État est loin.",
        "Ni le ministère de la Défense ni l'état-major n'ont répondu aux questions sur {t} dans la journée. Un "
        "porte-parole de la Cédéao à Abuja a appelé toutes les parties à épargner ceux qui ne prennent pas part aux "
        "combats et à laisser passer par {t} les {n} camions des organisations humanitaires.",
        "Des humanitaires à {t} ont dit préparer {n} tentes et {n} couvertures, et ont signalé que le centre de santé de "
        "{t} manquait de lits. Les Nations unies ont fait savoir à Genève qu'elles suivaient la situation avec "
        "inquiétude. Des familles ont marché {n} kilomètres pour gagner {t}, selon une infirmière.",
        "Des observateurs à Dakar notent que les armées de la région sont mieux équipées qu'il y a {n} ans, avec des "
        "drones achetés à l'étranger, mais qu'elles tiennent {t} et {t} et rarement la campagne. Les jihadistes se "
        "déplacent à moto, connaissent la brousse et repartent avant l'arrivée des secours de {t}.",
        "Sur le marché de {t}, le sac de mil coûtait {n} francs de plus que le mois précédent. La récolte avait été "
        "maigre autour de {t}, {n} puits étaient à sec et le fleuve ne pouvait être traversé, selon le service de "
        "l'agriculture. Un marchand de {t} a dit attendre les pluies avant de reprendre avec son bétail la route du sud.",
        "La route de {t} à {t} a été refaite il y a {n} ans avec de l'argent de l'étranger et n'a plus été entretenue. Les "
        "chauffeurs y passent {n} heures quand il pleut, et payent à {n} barrières. Le pont de {t} a sauté à deux reprises, "
        "et le bac qui devait le remplacer attend sans moteur sur la rive à {t}, a raconté un chauffeur.",
    ],
}


def articles(number: int, seed: int = 4) -> Iterator[bytes]:
    """`number` pages with one labelled report each, English and French by turns, no two alike."""
    chance = random.Random(seed)
    known = labelled()
    for count in range(number):
        lang = ("en", "fr")[count % 2]
        entry = chance.choice(known[lang])
        title, paragraphs = parts(entry)
        more = [told(around, chance) for around in chance.sample(AROUND[lang], len(AROUND[lang]))]
        yield page(entry, f"{title} ({count})", filled(paragraphs, more))


def round_ups(number: int, seed: int = 4) -> Iterator[bytes]:
    """`number` pages with paragraphs of several labelled reports each, English and French by turns, no two alike."""
    chance = random.Random(seed)
    known = labelled()
    for count in range(number):
        entries = chance.sample(known[("en", "fr")[count % 2]], 20)
        paragraphs = [part for entry in entries for part in parts(entry)[1]]
        yield page(entries[0], f"{parts(entries[0])[0]} ({count})", filled([], paragraphs))


def told(around: str, chance: random.Random) -> str:
    """A paragraph of surroundings with its towns and numbers."""
    while "{" in around:
        around = around.replace("{t}", chance.choice(TOWNS), 1).replace(
            "{n}", str(chance.randrange(2, 900)), 1
        )
    return around


def labelled() -> dict[str, list[dict[str, Any]]]:
    """The labelled reports by language."""
    entries = [entry for part in ("develop", "formerly_held_out_2") for entry in load(part)]
    return {lang: [entry for entry in entries if entry["lang"] == lang] for lang in ("en", "fr")}


def parts(entry: dict[str, Any]) -> tuple[str, list[str]]:
    """Title and paragraphs."""
    title, *paragraphs = [part.strip() for part in entry["text"].split("\n\n") if part.strip()]
    return title, paragraphs or [title]


def filled(paragraphs: list[str], more: list[str]) -> list[str]:
    """Paragraphs, with more of them until there are words enough."""
    found = list(paragraphs)
    for paragraph in more:
        if sum(len(one.split()) for one in found) >= WORDS:
            break
        found.append(paragraph)
    return found


def page(entry: dict[str, Any], title: str, paragraphs: list[str]) -> bytes:
    """One page of HTML."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return PAGE.format(lang=entry["lang"], title=escape(title), day=entry["published"], body=body).encode()
