"""How moments and values are written on pages."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from service import clock


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


def money(cny: float | None) -> str:
    """An amount in ten thousands or hundred millions of yuan, as offices write it.

    >>> money(1_200_000_000), money(85_000_000), money(None)
    ('12 亿元', '8,500 万元', '—')
    """
    if cny is None:
        return "—"
    if cny >= HUNDRED_MILLION:
        return f"{cny / HUNDRED_MILLION:,.4g} 亿元"
    return f"{cny / TEN_THOUSAND:,.5g} 万元"


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "moment": moment,
    "told": told,
    "score": score,
    "money": money,
}
