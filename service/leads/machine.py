"""The status machine of a lead: which move is open to whom, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from matching.vocabulary import LeadStatus


class Actor(StrEnum):
    """管理员、合伙人、系统: who moves a lead; the system does so when a clock has run out."""

    ADMINISTRATOR = "administrator"
    PARTNER = "partner"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a lead: the status after it, when (a moment with its time zone) and by whom.

    The first move is the registration (`submitted`); a move to the status the lead already has
    is a report.
    """

    status: LeadStatus
    at: datetime
    actor: Actor


class MoveNotAllowed(ValueError):  # noqa: N818 - the name is the sentence, house style
    """Choose one of `allowed`, the moves open to this actor from the lead's status."""

    def __init__(self, now: LeadStatus, to: LeadStatus, actor: Actor) -> None:
        self.allowed = moves_of(now, actor)
        names = [f"{move} (a report)" if move == now else str(move) for move in self.allowed]
        super().__init__(
            f"From {now} a lead cannot be moved to {to} by the {actor}; "
            f"allowed: {', '.join(names) or 'none'}"
        )


REPORT: Final = "report"
"""Word for a move that keeps the status: 进展报告."""

PROGRESS: Final = "progress"
"""Word for 实际进展: the lead enters negotiating or signed, or an administrator records a report
and so confirms it. A partner's own report alone is no progress."""

WORDS: Final = (*(str(status) for status in LeadStatus), REPORT, PROGRESS)
"""The words by which a clock names the moves that start, end and extend it."""

_OFFICE: Final = frozenset({Actor.ADMINISTRATOR})
_PARTNER: Final = _OFFICE | {Actor.PARTNER}
_CLOCKS: Final = _OFFICE | {Actor.SYSTEM}

_S: Final = LeadStatus
_AT_THE_OFFICE: Final = {
    _S.ACCEPTED: _OFFICE,
    _S.REJECTED: _OFFICE,
    _S.RETURNED: _OFFICE,
    _S.WITHDRAWN: _PARTNER,
    _S.EXPIRED: _CLOCKS,
}
_HELD: Final = {
    _S.NEGOTIATING: _PARTNER,
    _S.SIGNED: _OFFICE,
    _S.RELEASED: _CLOCKS,
    _S.EXPIRED: _CLOCKS,
    _S.WITHDRAWN: _PARTNER,
}

MOVES: Final[Mapping[LeadStatus, Mapping[LeadStatus, frozenset[Actor]]]] = MappingProxyType(
    {
        _S.SUBMITTED: {_S.UNDER_REVIEW: _OFFICE, **_AT_THE_OFFICE},
        _S.UNDER_REVIEW: _AT_THE_OFFICE,
        _S.RETURNED: {
            _S.SUBMITTED: _PARTNER,
            _S.UNDER_REVIEW: _OFFICE,
            _S.WITHDRAWN: _PARTNER,
            _S.EXPIRED: _CLOCKS,
        },
        _S.ACCEPTED: {_S.ACCEPTED: _PARTNER, **_HELD},
        _S.NEGOTIATING: _HELD,
        _S.SIGNED: {_S.LANDED: _OFFICE, _S.RELEASED: _OFFICE},
        _S.LANDED: {},
        _S.REJECTED: {},
        _S.EXPIRED: {},
        _S.RELEASED: {},
        _S.WITHDRAWN: {},
    }
)
"""From a status to a status: the actors who may. An administrator may also do what a partner may,
so that the office can record what the partner said."""

FINAL: Final = frozenset(status for status, moves in MOVES.items() if not moves)
"""Statuses that a lead never leaves."""

BY_CLOCKS: Final = (LeadStatus.EXPIRED, LeadStatus.RELEASED)
"""What clocks can make of a lead; both are final, so that one such move is the last."""


def moves_of(status: LeadStatus, actor: Actor | None = None) -> tuple[LeadStatus, ...]:
    """The statuses a lead may be moved to from `status`; of one actor, or of any."""
    return tuple(to for to, actors in MOVES[status].items() if actor is None or actor in actors)


def check_move(now: LeadStatus, to: LeadStatus, actor: Actor) -> None:
    """Refuse a move that is not open to this actor.

    Raises:
        MoveNotAllowed: naming the moves that are.
    """
    if actor not in MOVES[now].get(to, frozenset()):
        raise MoveNotAllowed(now, to, actor)


def words_of(before: LeadStatus | None, to: LeadStatus, actor: Actor) -> frozenset[str]:
    """The words (`WORDS`) that fit a move; `before` is None for the registration."""
    if before is not to:
        advances = to in {LeadStatus.NEGOTIATING, LeadStatus.SIGNED}
        return frozenset({str(to), PROGRESS} if advances else {str(to)})
    if actor is Actor.ADMINISTRATOR:
        return frozenset({REPORT, PROGRESS})
    return frozenset({REPORT})
