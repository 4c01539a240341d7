"""The short form of an investor, read into the body of the call that registers one."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from models.investor import InvestorCreate
from models.problem import ProblemError
from service.errors import NotValid
from service.pages.asked import Asked, shaped
from service.pages.site.forms.numbers import decimal_of
from service.pages.writing import TEN_THOUSAND

BETWEEN_CODES: Final = re.compile(r"[\s,，、;；]+")
LANGUAGES: Final = ("zh", "en")

TICKED: Final = ("activities", "smart_manufacturing", "preferred_regions")
WHOLE: Final = ("jobs", "technology_level")
DECIMAL: Final = ("land_ha", "rd_intensity_pct")
MONEY: Final = ("planned_investment_min_cny", "planned_investment_max_cny")
"""Filled in as offices write amounts: in ten thousands of yuan."""

YES_OR_NO: Final = ("rd_centre_committed", "is_chain_leader", "circular")
NEEDED: Final = ("names", "country", "products")
"""What registering needs; industry codes do instead of products."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in, by the fields of the body; what was left empty is absent."""

    fields: Mapping[str, object]
    errors: tuple[ProblemError, ...]
    """Of what could not be read."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still needed to register."""
        has_codes = "industry_codes" in self.fields
        given = {*self.fields, *(("products",) if has_codes else ())}
        return tuple(name for name in NEEDED if name not in given)

    def without(self, names: Collection[str]) -> "Filled":
        """The same less some fields, and less what could not be read."""
        kept = {name: self.fields[name] for name in self.fields if name not in names}
        return Filled(kept, ())

    def body(self, stand_ins: Mapping[str, object] | None = None) -> InvestorCreate:
        """The body of the call.

        Args:
            stand_ins: by field, for what is still needed.

        Raises:
            NotValid: something is missing, or not valid; all of it is told.
        """
        spare = stand_ins or {}
        needed = {name: spare[name] for name in self.missing if name in spare}
        try:
            body = shaped(InvestorCreate, {**self.fields, **needed})
        except NotValid as refusal:
            raise NotValid([*self.errors, *refusal.errors]) from refusal
        if self.errors:
            raise NotValid(self.errors)
        return body


def read(asked: Asked) -> Filled:
    """What a form says."""
    fields: dict[str, object] = {
        "names": [
            {"lang": language, "name": said}
            for language in LANGUAGES
            if (said := asked.said(f"name_{language}")) is not None
        ],
        "country": asked.said("country"),
        "products": [line for line in (asked.said("products") or "").splitlines() if line.strip()],
        "industry_codes": _codes(asked),
        **{name: asked.all_said(name) for name in TICKED},
        **{name: {"yes": True, "no": False}.get(asked.said(name) or "") for name in YES_OR_NO},
    }
    errors: list[ProblemError] = []
    for names, kind in ((WHOLE, _whole), (DECIMAL, _decimal), (MONEY, _money)):
        for name in names:
            _read_number(asked, name, kind, fields, errors)
    said = {name: fields[name] for name in fields if fields[name] not in (None, [])}
    return Filled(said, tuple(errors))


def wrong_of(refusal: NotValid) -> dict[str, str]:
    """The first message for each field of the form."""
    found: dict[str, str] = {}
    for error in refusal.errors:
        name = str(error.loc[1]) if len(error.loc) > 1 else ""
        found.setdefault("names" if name == "name" else name, error.msg)
    return found


def _codes(asked: Asked) -> list[dict[str, str]]:
    scheme = asked.said("scheme") or "gb4754"
    codes = BETWEEN_CODES.split(asked.said("industry_codes") or "")
    return [{"scheme": scheme, "code": code} for code in codes if code]


def _read_number(
    asked: Asked,
    name: str,
    kind: Callable[[Decimal], int | float | None],
    fields: dict[str, object],
    errors: list[ProblemError],
) -> None:
    said = asked.said(name)
    if said is None:
        return
    number = decimal_of(said)
    value = None if number is None else kind(number)
    if value is None:
        wrong = "is no whole number" if name in WHOLE else "should be a number"
        errors.append(ProblemError(loc=["body", name], msg=wrong))
    else:
        fields[name] = value


def _whole(value: Decimal) -> int | None:
    return int(value) if value == int(value) else None


def _decimal(value: Decimal) -> float:
    return float(value)


def _money(value: Decimal) -> int:
    """Yuan; a fraction of one is left out."""
    return int(value * TEN_THOUSAND)
