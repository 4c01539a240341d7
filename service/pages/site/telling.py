"""What a record says of itself in the reader's words, and what it does not say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from matching.reference.loader import Reference
from service.pages.desk import Desk
from service.pages.texts import Wording
from service.pages.writing import money, money_range

Write = Callable[[Any, Wording, Reference], str]


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a record.

    Attributes:
        known: the key of each fact's name, and its value in words.
        unknown: the names of what is not known, in words; never shown as zero.
    """

    known: Sequence[tuple[str, str]]
    unknown: Sequence[str]


def told(desk: Desk, record: BaseModel, facts: Mapping[str, Write]) -> Told:
    """The facts of a record, in the order of a table of them."""
    t, reference = desk.t, desk.reference
    values = {name: _value(record, name) for name in facts}
    known = [
        (f"fact.{name}", facts[name](value, t, reference))
        for name, value in values.items()
        if value is not None
    ]
    return Told(known, [t(f"fact.{name}") for name, value in values.items() if value is None])


def _value(record: BaseModel, name: str) -> Any:
    """A field, or the two ends of a range; None where nothing is said."""
    if name not in type(record).model_fields:
        ends = tuple(getattr(record, f"{name}_{end}_cny") for end in ("min", "max"))
        return None if ends == (None, None) else ends
    value = getattr(record, name)
    return None if value == [] else value


def _number(value: float, _t: Wording, _reference: Reference) -> str:
    return f"{value:,.10g}"


def _plain(value: object, _t: Wording, _reference: Reference) -> str:
    return str(value)


def _level(value: int, t: Wording, _reference: Reference) -> str:
    return t("fact.level_of", level=value)


def _flag(value: bool, t: Wording, _reference: Reference) -> str:
    return t("said.yes" if value else "said.no")


def _money(value: int, t: Wording, _reference: Reference) -> str:
    return money(value, t.language)


def _range(ends: tuple[int | None, int | None], t: Wording, _reference: Reference) -> str:
    return money_range(*ends, t.language)


def _list(value: Sequence[str], t: Wording, _reference: Reference) -> str:
    return t("list.comma").join(value)


def _words(value: Sequence[str], t: Wording, _reference: Reference) -> str:
    return t("list.comma").join(t(f"said.{one}") for one in value)


def _codes(value: Sequence[Any], t: Wording, _reference: Reference) -> str:
    return t("list.comma").join(f"{t(f'scheme.{one.scheme}')} {one.code}" for one in value)


def _provinces(value: Sequence[str], t: Wording, reference: Reference) -> str:
    places = (reference.provinces[code] for code in value)
    return t("list.comma").join(t.pair(place.name_zh, place.name_en) for place in places)


INVESTOR: Final[Mapping[str, Write]] = {
    "products": _list,
    "industry_codes": _codes,
    "activities": _words,
    "planned_investment": _range,
    "technology_level": _level,
    "rd_intensity_pct": _number,
    "rd_centre_committed": _flag,
    "patents": _number,
    "smart_manufacturing": _words,
    "is_chain_leader": _flag,
    "local_sourcing_pct": _number,
    "joint_venture": _flag,
    "jobs": _number,
    "land_ha": _number,
    "planned_output_cny": _money,
    "energy_tce": _number,
    "emissions_tco2e": _number,
    "circular": _flag,
    "preferred_regions": _words,
    "preferred_provinces": _provinces,
    "start_by": _plain,
    "revenue_cny": _money,
    "employees": _number,
    "aliases": _list,
    "uscc": _plain,
    "lei": _plain,
    "website": _plain,
}
"""What an investor's page tells, in this order."""

GAP: Final[Mapping[str, Write]] = {
    "products": _list,
    "investment": _range,
    "investment_floor_cny": _money,
    "technology_level_wanted": _level,
    "technology_level_floor": _level,
    "land_ha": _number,
    "jobs": _number,
    "energy_cap_tce": _number,
    "emissions_cap_tco2e": _number,
    "valid_from": _plain,
    "valid_until": _plain,
    "evidence": _plain,
    "owner": _plain,
}
"""What a gap's page tells, in this order."""
