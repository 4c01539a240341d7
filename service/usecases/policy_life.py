"""A policy's life: drafted, changed, activated from a day, rolled back."""

from functools import partial
from typing import cast

from matching.drafting import amended, figures_of
from matching.policy import Policy
from models.page import Page
from models.policy import PolicyStatus
from models.policy_draft import (
    Figures,
    PolicyAct,
    PolicyActivation,
    PolicyCreate,
    PolicyFigures,
    PolicyForAdmin,
    PolicyUpdate,
    StoredPolicy,
)
from service import clock
from service.conditional import Preconditions
from service.errors import PolicyNotDraft, PolicyNotFound, PolicyNotRuling, invalid
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, policies
from service.rulebook import policy_of
from service.runtime import Work
from service.usecases import approvals, history, replays
from service.usecases.policies import status_of
from service.usecases.replays import Made, Ticket

TEXTS = ("name_zh", "name_en", "source")


def draft(work: Work, body: PolicyCreate, ticket: Ticket | None) -> Made:
    """Make a draft, or find the one this ticket made before.

    Raises:
        NotValid: the policy it is to be based on is unknown, or a figure is wrong.
    """
    return replays.once(work, ticket, "policy", partial(_create, work, body))


def _create(work: Work, body: PolicyCreate) -> str:
    base = _base(work, body.based_on)
    owner = work.caller.key_id
    figures = _amended(base, body)
    number = events.reserve(work.session)
    row = StoredPolicy.model_validate(
        {
            **{name: getattr(body, name) for name in TEXTS},
            "number": number,
            "created_by": owner,
            "based_on": base.id,
            "figures": figures,
        }
    )
    history.created(work.session, owner, row, number)
    return row.id


def read(work: Work, policy_id: str) -> PolicyForAdmin:
    """An administrator's policy, drafts too.

    Raises:
        PolicyNotFound: no such policy; the built-in ones are read at `/v1/policies`.
    """
    row = policies.find(work.session, policy_id)
    if row is None:
        raise PolicyNotFound(f"There is no policy {policy_id} of an administrator's")
    return _shown(work, row)


def list_page(work: Work, page: PageParams) -> Page[PolicyForAdmin]:
    """Administrators' policies, the newest draft first."""
    mark = fingerprint("policies", None)
    before = read_cursor(mark, page.cursor, int)
    rows = policies.list_before(work.session, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    return Page[PolicyForAdmin](items=[_shown(work, row) for row in kept], next_cursor=following)


def change(
    work: Work, policy_id: str, body: PolicyUpdate, conditions: Preconditions
) -> PolicyForAdmin:
    """Lay what was sent over a draft.

    Raises:
        PolicyNotFound: no such policy.
        PolicyNotDraft: it has been activated; draft another one based on it.
        VersionPassed: it has changed since the caller read it.
        PolicyPending: it awaits a second administrator.
        NotValid: a figure is wrong.
    """
    row = _draft(work, policy_id)
    approvals.check_settled(row)
    conditions.check_version(row.version)
    before = history.snapshot_of(row)
    for name in TEXTS:
        if name in body.sent:
            setattr(row, name, _required(name, getattr(body, name)))
    row.figures = _amended(policy_of(row), body)
    if history.snapshot_of(row) != before:
        row.revision += 1
    history.changed(work.session, work.caller.key_id, "updated", row, before)
    return _shown(work, row)


def close(work: Work, policy_id: str, conditions: Preconditions) -> None:
    """Give a draft up; it stays readable. Closing it again changes nothing.

    Raises:
        PolicyNotFound: no such policy.
        PolicyNotDraft: it has been activated; what has ruled is rolled back.
        PolicyPending: it awaits a second administrator.
        VersionPassed: it has changed since the caller read it.
    """
    row = _find(work, policy_id)
    if row.closed_at is not None:
        return
    _check_draft(row)
    approvals.check_settled(row)
    conditions.check_version(row.version)
    before = history.snapshot_of(row)
    row.closed_at = clock.now()
    history.changed(work.session, work.caller.key_id, "closed", row, before)


def activate(work: Work, policy_id: str, body: PolicyActivation) -> PolicyForAdmin:
    """Let a draft rule from a day on, for good or until it is rolled back.

    Where two administrators are needed, the first call asks and another one's same call confirms.

    Raises:
        PolicyNotFound: no such policy.
        PolicyNotDraft: it has been activated before.
        OwnRequest: the caller asked for it; somebody else must confirm.
        NotValid: the day has passed; what ruled on a day stays what ruled.
    """
    row = _draft(work, policy_id)
    today = clock.china_day()
    first = body.effective_from or approvals.day_asked_for(row) or today
    if first < today:
        raise invalid(f"must not lie before today, {today}", "body", "effective_from")
    before = history.snapshot_of(row)
    verb = "activation_asked"
    if approvals.is_granted(work, row, PolicyAct.ACTIVATION, first):
        row.effective_from, row.activated_at = first, clock.now()
        verb = "activated"
    history.changed(work.session, work.caller.key_id, verb, row, before)
    return _shown(work, row)


def roll_back(work: Work, policy_id: str) -> PolicyForAdmin:
    """Let a policy rule no more from today on: the one before it rules again.

    Where two administrators are needed, the first call asks and another one's same call confirms.

    Raises:
        PolicyNotFound: no such policy.
        PolicyNotRuling: it neither rules nor will.
        OwnRequest: the caller asked for it; somebody else must confirm.
    """
    row = _find(work, policy_id)
    if _status(work, row) not in {PolicyStatus.ACTIVE, PolicyStatus.COMING}:
        raise PolicyNotRuling
    before = history.snapshot_of(row)
    verb = "rollback_asked"
    if approvals.is_granted(work, row, PolicyAct.ROLLBACK):
        first = row.effective_from or clock.china_day()
        row.effective_until = max(first, clock.china_day())
        verb = "rolled_back"
    history.changed(work.session, work.caller.key_id, verb, row, before)
    return _shown(work, row)


def list_pending(work: Work, most: int) -> list[PolicyForAdmin]:
    """Policies that await a second administrator, the first drafted first."""
    return [_shown(work, row) for row in policies.list_pending(work.session, most)]


def withdraw(work: Work, policy_id: str) -> None:
    """Forget what awaits a second administrator; nothing when nothing does.

    Raises:
        PolicyNotFound: no such policy.
    """
    row = _find(work, policy_id)
    before = history.snapshot_of(row)
    row.pending = None
    history.changed(work.session, work.caller.key_id, "request_withdrawn", row, before)


def _base(work: Work, policy_id: str | None) -> Policy:
    known = work.runtime.rulebook.at(work.session)
    rules = known.on(clock.china_day()) if policy_id is None else known.of_policy(policy_id)
    if rules is not None:
        return rules.policy
    row = policies.find(work.session, policy_id or "")
    if row is None:
        raise invalid(f"There is no policy {policy_id}", "body", "based_on")
    return policy_of(row)


def _amended(policy: Policy, body: PolicyFigures) -> Figures:
    sent = {name: getattr(body, name) for name in PolicyFigures.model_fields}
    try:
        changed = amended(policy, {name: sent[name] for name in sent if sent[name] is not None})
    except ValueError as error:
        raise invalid(str(error), "body") from error
    return cast("Figures", figures_of(changed))


def _required(name: str, value: str | None) -> str:
    if value is None:
        raise invalid("cannot be cleared", "body", name)
    return value


def _find(work: Work, policy_id: str) -> StoredPolicy:
    row = policies.find_for_change(work.session, policy_id)
    if row is None:
        raise PolicyNotFound(f"There is no policy {policy_id} of an administrator's")
    return row


def _draft(work: Work, policy_id: str) -> StoredPolicy:
    row = _find(work, policy_id)
    _check_draft(row)
    return row


def _check_draft(row: StoredPolicy) -> None:
    if row.activated_at is not None or row.closed_at is not None:
        raise PolicyNotDraft


def _status(work: Work, row: StoredPolicy) -> PolicyStatus:
    if row.closed_at is not None:
        return PolicyStatus.CLOSED
    known = work.runtime.rulebook.at(work.session)
    rules = known.of_policy(row.id)
    return PolicyStatus.DRAFT if rules is None else status_of(known, rules)


def _shown(work: Work, row: StoredPolicy) -> PolicyForAdmin:
    rules = work.rules.over(work.runtime.rulebook.ruleset_of(row), clock.china_day())
    derived = {"status": _status(work, row), "ruleset": rules.digest}
    return PolicyForAdmin.model_validate({**row.model_dump(), **row.figures, **derived})
