"""ISO 3166-1 codes of the countries of Africa: two letters (p-codes, GeoNames), three (ours)."""

from __future__ import annotations

_TEXT = """
DZ DZA AO AGO BJ BEN BW BWA BF BFA BI BDI CV CPV CM CMR CF CAF TD TCD KM COM CG COG CD COD CI CIV DJ DJI EG
EGY GQ GNQ ER ERI SZ SWZ ET ETH GA GAB GM GMB GH GHA GN GIN GW GNB KE KEN LS LSO LR LBR LY LBY MG MDG MW MWI
ML MLI MR MRT MU MUS MA MAR MZ MOZ NA NAM NE NER NG NGA RW RWA ST STP SN SEN SC SYC SL SLE SO SOM ZA ZAF SS
SSD SD SDN TZ TZA TG TGO TN TUN UG UGA EH ESH ZM ZMB ZW ZWE
"""
_PAIRS = _TEXT.split()

ALPHA3: dict[str, str] = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
ALPHA2: dict[str, str] = {three: two for two, three in ALPHA3.items()}
