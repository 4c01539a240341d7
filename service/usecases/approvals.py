"""Acts on policies that two administrators must want: one asks, another one confirms."""

from datetime import date
from typing import Final

from sqlmodel import Session

from models.policy_draft import PendingAct, PolicyAct, StoredPolicy
from service import clock
from service.errors import OwnRequest, PolicyPending
from service.people.person import PREFIX
from service.repositories import events
from service.runtime import Work

KEY_MADE: Final = ("key.created", "key.rotated")


def is_granted(work: Work, row: StoredPolicy, act: PolicyAct, day: date | None = None) -> bool:
    """Whether an act may take effect now; else the row says that it awaits a second administrator.

    It may when one administrator is enough, or when another one has asked for the very same. What
    was asked for before and is not the same is forgotten.

    Raises:
        OwnRequest: the caller asked for it, or a person did with another key of theirs.
    """
    asked = row.pending
    is_same = asked is not None and (asked.action, asked.effective_from) == (act, day)
    if work.runtime.two_administrators and not is_same:
        row.pending = PendingAct(
            action=act, effective_from=day, asked_by=work.caller.key_id, asked_at=clock.now()
        )
        return False
    if work.runtime.two_administrators and asked and is_caller(work, asked.asked_by):
        raise OwnRequest
    row.pending = None
    return True


def day_asked_for(row: StoredPolicy) -> date | None:
    """The first day of an activation that awaits a second administrator and has not passed."""
    asked = row.pending
    if asked is None or asked.effective_from is None or asked.effective_from < clock.china_day():
        return None
    return asked.effective_from


def check_settled(row: StoredPolicy) -> None:
    """Nothing when no act awaits a second administrator: what is to be confirmed must not change.

    Raises:
        PolicyPending: one does.
    """
    if row.pending is not None:
        raise PolicyPending


def is_caller(work: Work, actor: str) -> bool:
    """Whether it was the caller who acted, as far as can be known."""
    session = work.session
    return _owner(session, actor) == _owner(session, work.caller.key_id)


def _owner(session: Session, actor: str) -> str:
    """The person who made a key, or changed its secret last, where a person did; else the actor."""
    maker = events.last_actor(session, actor, KEY_MADE) or actor
    return maker if maker.startswith(PREFIX) else actor
