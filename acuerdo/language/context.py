"""What must be known besides the words: whose today it is, and what has just been asked."""

from dataclasses import dataclass
from datetime import date, datetime

_ZONES = {
    "AR": "America/Buenos_Aires",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo America/Manaus America/Bahia America/Belem America/Fortaleza "
    "America/Recife America/Cuiaba America/Campo_Grande America/Porto_Velho America/Rio_Branco",
    "CL": "America/Santiago America/Punta_Arenas America/Coyhaique Pacific/Easter",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil Pacific/Galapagos",
    "GT": "America/Guatemala",
    "HN": "America/Tegucigalpa",
    "MX": "America/Mexico_City America/Cancun America/Merida America/Monterrey "
    "America/Matamoros America/Chihuahua America/Ciudad_Juarez America/Ojinaga "
    "America/Mazatlan America/Bahia_Banderas America/Hermosillo America/Tijuana",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PR": "America/Puerto_Rico",
    "PY": "America/Asuncion",
    "SV": "America/El_Salvador",
    "UY": "America/Montevideo",
    "VE": "America/Caracas",
}
_COUNTRY_OF_ZONE = {zone: country for country, zones in _ZONES.items() for zone in zones.split()}


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Where and when something was said.

    `today` is the speaker's local date and `tz` an IANA zone; `now`, when given, is aware or
    already local, and is needed for what is relative to the hour ("en 20 minutos").
    `expecting` is what the dialogue has just asked for: amount, date, datetime, digits,
    installments or nothing; it decides what a bare number is.
    """

    today: date
    tz: str
    country: str
    now: datetime | None = None
    expecting: str | None = None


def country_of_timezone(tz: str) -> str:
    """The ISO country of a Latin-American IANA zone; empty for a zone of anywhere else."""
    if tz.startswith("America/Argentina/"):
        return "AR"
    return _COUNTRY_OF_ZONE.get(tz, "")
