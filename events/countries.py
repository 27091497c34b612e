"""The countries of the record: ISO 3166-1 alpha-3, names, and Gleditsch-Ward numbers as UCDP uses them."""

from __future__ import annotations

from typing import NamedTuple


class Country(NamedTuple):
    """A country with its English and French name and its Gleditsch-Ward number."""

    en: str
    fr: str
    gw: int


# The Sahel and its neighbours; an incident elsewhere is out of scope and importers say so.
COUNTRIES: dict[str, Country] = {
    "MLI": Country("Mali", "Mali", 432),
    "BFA": Country("Burkina Faso", "Burkina Faso", 439),
    "NER": Country("Niger", "Niger", 436),
    "TCD": Country("Chad", "Tchad", 483),
    "MRT": Country("Mauritania", "Mauritanie", 435),
    "SEN": Country("Senegal", "Sénégal", 433),
    "GMB": Country("Gambia", "Gambie", 420),
    "NGA": Country("Nigeria", "Nigéria", 475),
    "CMR": Country("Cameroon", "Cameroun", 471),
    "SDN": Country("Sudan", "Soudan", 625),
    "BEN": Country("Benin", "Bénin", 434),
    "TGO": Country("Togo", "Togo", 461),
    "GHA": Country("Ghana", "Ghana", 452),
    "CIV": Country("Ivory Coast", "Côte d'Ivoire", 437),
    "GIN": Country("Guinea", "Guinée", 438),
    "DZA": Country("Algeria", "Algérie", 615),
    "LBY": Country("Libya", "Libye", 620),
    "CAF": Country("Central African Republic", "République centrafricaine", 482),
}
# West, south, east, north of all of them, in degrees, rounded outwards to whole ones.
AREA = (-18, 1, 39, 38)


def country_name(code: str, lang: str) -> str:
    """The country's name in `lang`, or the code itself for one we have no name for (a force's home country)."""
    country = COUNTRIES.get(code)
    if country is None:
        return code
    return country.fr if lang == "fr" else country.en
