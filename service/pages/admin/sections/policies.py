"""Policies: what rules, what is drafted, and how the two differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from matching.vocabulary import Region
from models.policy import CaseWeights, CriterionPublic, PolicyDetail
from models.policy_draft import PolicyActivation, PolicyCreate, PolicyForAdmin, PolicyUpdate
from models.policy_preview import ComparedTop, PolicyPreview, PreviewMove, PreviewRequest
from service import clock
from service.errors import PolicyNotFound
from service.pages.admin.section import Section, reads, writes
from service.pages.admin.sections.partners import seen
from service.pages.asked import Asked, shaped, whole
from service.pages.desk import Answer, Desk, Gone
from service.pages.tickets import ticket_of
from service.usecases import approvals, naming, policies, policy_life, previews

CASES: Final = tuple(CaseWeights.model_fields)
NUMBERS: Final = ("neutral", "relevance_floor", "labour_cap_east")
TEXTS: Final = ("name_zh", "name_en", "source")
TRIED: Final = ("direction", "against", "region", "chain_id")
TRIED_MOST: Final = ("top", "sample")

AnyPolicy = PolicyForAdmin | PolicyDetail


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and the one of the policy that this one is based on."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """How much more it is now."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Row:
    """The weights of one criterion by case."""

    criterion: CriterionPublic
    cells: Mapping[str, Cell]

    @property
    def is_changed(self) -> bool:
        """Whether a weight differs."""
        return any(cell.difference for cell in self.cells.values())


class Policies(Section):
    """政策."""

    name = "policies"
    path = "/policies"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """What rules and what is drafted, and the form that begins a draft."""
        drafted = policy_life.list_page(desk, desk.page)
        names = naming.called(desk, [row.based_on for row in drafted.items])
        return self.show(
            "policies",
            ruling=policies.list_policies(desk).items,
            rows=drafted.items,
            following=desk.next_page(drafted.next_cursor),
            names=names,
        )

    @writes()
    def draft(self, desk: Desk) -> Answer:
        """Begin a draft."""
        asked = desk.asked
        body = shaped(PolicyCreate, {name: asked.said(name) for name in (*TEXTS, "based_on")})
        made = policy_life.draft(desk, body, ticket_of(asked))
        return Gone(f"/policies/{made.id}", "drafted")

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One policy, and where it differs from the one it is based on."""
        policy = _find(desk, desk.id)
        is_own = isinstance(policy, PolicyForAdmin)
        base = _find(desk, policy.based_on) if isinstance(policy, PolicyForAdmin) else policy
        pending = policy.pending if isinstance(policy, PolicyForAdmin) else None
        asked_by = pending.asked_by if pending else None
        ids = [policy.based_on, policy.created_by] if isinstance(policy, PolicyForAdmin) else []
        return self.show(
            "policy",
            policy=policy,
            is_own=is_own,
            pending=pending,
            needs_two=desk.runtime.two_administrators,
            is_own_request=asked_by is not None and approvals.is_caller(desk, asked_by),
            wanted=PreviewRequest(),
            rows=list(_rows(policies.list_criteria(desk).items, policy, base)),
            numbers={n: Cell(getattr(policy, n), getattr(base, n)) for n in NUMBERS},
            cases=CASES,
            today=clock.china_day(),
            names=naming.called(desk, [*ids, asked_by]),
            **_choices(desk),
        )

    @reads("/{id}/preview")
    def preview(self, desk: Desk) -> Answer:
        """What a policy would change if it ruled."""
        wanted = _tried(desk.asked)
        answer = previews.preview(desk, desk.id, wanted)
        found = PolicyPreview.model_validate_json(answer)
        ids = [*_moving(found.moves), *_ranked(found.rankings)]
        return self.show(
            "policy_preview",
            policy=found.policy,
            found=found,
            wanted=wanted,
            names=naming.called(desk, [found.against.id, *ids]),
            **_choices(desk),
        )

    @writes("/{id}/change")
    def change(self, desk: Desk) -> Answer:
        """Lay what was filled in over a draft; what was left empty stays as it is."""
        asked = desk.asked
        texts = {name: asked.said(name) for name in TEXTS}
        numbers = {name: _number(asked, name) for name in NUMBERS}
        weights = {
            name.removeprefix("weight."): _number(asked, name)
            for name in asked.form
            if name.startswith("weight.")
        }
        named = {name: weights[name] for name in weights if weights[name] is not None}
        fields = {**texts, **numbers, "weights": named or None}
        given = {name: fields[name] for name in fields if fields[name] is not None}
        policy_life.change(desk, desk.id, shaped(PolicyUpdate, given), seen(asked))
        return Gone(f"/policies/{desk.id}", "changed")

    @writes("/{id}/activate")
    def activate(self, desk: Desk) -> Answer:
        """Let a draft rule from a day on."""
        first = {"effective_from": desk.asked.said("effective_from")}
        policy = policy_life.activate(desk, desk.id, shaped(PolicyActivation, first))
        return Gone(f"/policies/{desk.id}", "asked_for" if policy.pending else "activated")

    @writes("/{id}/rollback")
    def roll_back(self, desk: Desk) -> Answer:
        """Let the policy before rule again."""
        policy = policy_life.roll_back(desk, desk.id)
        return Gone(f"/policies/{desk.id}", "asked_for" if policy.pending else "rolled_back")

    @writes("/{id}/withdraw")
    def withdraw(self, desk: Desk) -> Answer:
        """Forget what awaits a second administrator."""
        policy_life.withdraw(desk, desk.id)
        return Gone(f"/policies/{desk.id}", "withdrawn")

    @writes("/{id}/close")
    def give_up(self, desk: Desk) -> Answer:
        """Give a draft up."""
        policy_life.close(desk, desk.id, seen(desk.asked))
        return Gone("/policies", "given_up")


def _find(desk: Desk, policy_id: str) -> AnyPolicy:
    """An administrator's policy, or one that came with the service."""
    try:
        return policy_life.read(desk, policy_id)
    except PolicyNotFound:
        return policies.read_policy(desk, policy_id)


def _rows(criteria: list[CriterionPublic], policy: AnyPolicy, base: AnyPolicy) -> Iterator[Row]:
    for criterion in criteria:
        now, before = (one.weights[criterion.criterion].model_dump() for one in (policy, base))
        yield Row(criterion, {case: Cell(now[case], before[case]) for case in CASES})


def _moving(moves: list[PreviewMove]) -> Iterator[str]:
    """The ids of what the moves are about, and of the links of the gaps."""
    for move in moves:
        yield from (move.gap.id, move.gap.link_id, move.investor.id)


def _ranked(tops: list[ComparedTop]) -> Iterator[str]:
    return (place.id for top in tops for place in (*top.before, *top.after))


def _number(asked: Asked, name: str) -> int | None:
    wrong = "is no whole number from 0 to 10,000"
    return whole(asked.said(name), wrong, "body", name.rpartition(".")[2])


def _tried(asked: Asked) -> PreviewRequest:
    """What a preview was asked for, as far as the address says."""
    said = {name: asked.query.get(name) for name in TRIED}
    figures = {n: whole(asked.query.get(n), "is no whole number", "query", n) for n in TRIED_MOST}
    return shaped(PreviewRequest, {**said, **figures})


def _choices(desk: Desk) -> dict[str, object]:
    """What the form of a preview lets one choose from."""
    ruling = policies.list_policies(desk).items
    return {"ruling": ruling, "chains": desk.reference.chains, "regions": tuple(Region)}
