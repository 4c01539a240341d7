"""How moments and values are written on pages."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from service import clock
from service.pages.texts import Language


def moment(at: datetime | date | None) -> str:
    """A moment in China's time, whose name stands beside it or over the column; a day as it is.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 30, 18, 20, tzinfo=UTC)), moment(date(2026, 12, 1)), moment(None)
    ('2026-12-01 02:20', '2026-12-01', '—')
    """
    if at is None:
        return "—"
    if isinstance(at, datetime):
        return at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    return at.isoformat()


def told(value: object) -> str:
    """A value of a record as the log tells it.

    >>> told(None), told("甲"), told(True), told(["32"])
    ('—', '甲', 'true', '["32"]')
    """
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def score(basis_points: int | None) -> str:
    """Basis points of the full score as points of a hundred; none where it is not known.

    >>> score(7412), score(0), score(None)
    ('74.1', '0.0', '—')
    """
    return "—" if basis_points is None else f"{basis_points / 100:.1f}"


HUNDRED_MILLION: Final = 100_000_000
TEN_THOUSAND: Final = 10_000
MILLION: Final = 1_000_000
BILLION: Final = 1_000_000_000


def money(cny: float | None, language: Language = "zh") -> str:
    """An amount of yuan, as offices write it in either language.

    >>> money(1_200_000_000), money(85_000_000), money(None)
    ('12 亿元', '8,500 万元', '—')
    >>> money(1_200_000_000, "en"), money(85_000_000, "en")
    ('CNY 1.2 bn', 'CNY 85 m')
    """
    if cny is None:
        return "—"
    if language == "en":
        return f"CNY {cny / BILLION:,.4g} bn" if cny >= BILLION else f"CNY {cny / MILLION:,.5g} m"
    if cny >= HUNDRED_MILLION:
        return f"{cny / HUNDRED_MILLION:,.4g} 亿元"
    return f"{cny / TEN_THOUSAND:,.5g} 万元"


def money_range(least: float | None, most: float | None, language: Language = "zh") -> str:
    """A range of amounts; one end alone says which end it is.

    >>> money_range(5e7, 2e8), money_range(None, 2e8), money_range(None, None)
    ('5,000 万元 – 2 亿元', '≤ 2 亿元', '—')
    >>> money_range(5e7, None, "en"), money_range(5e7, 5e7, "en")
    ('≥ CNY 50 m', 'CNY 50 m')
    """
    if least is None or most is None or least == most:
        sign = "" if least == most else "≥ " if most is None else "≤ "
        return sign + money(most if least is None else least, language)
    return f"{money(least, language)} – {money(most, language)}"


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "moment": moment,
    "told": told,
    "score": score,
    "money": money,
    "money_range": money_range,
}
