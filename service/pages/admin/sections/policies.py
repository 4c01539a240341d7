"""Policies: what rules, what is drafted, and how the two differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from models.policy import CaseWeights, CriterionPublic, PolicyDetail
from models.policy_draft import PolicyActivation, PolicyCreate, PolicyForAdmin, PolicyUpdate
from service import clock
from service.errors import PolicyNotFound, invalid
from service.pages.admin.asked import Asked, shaped
from service.pages.admin.desk import Answer, Desk, Gone
from service.pages.admin.section import Section, reads, writes
from service.pages.admin.sections.keys import ticket_of
from service.pages.admin.sections.partners import seen
from service.usecases import naming, policies, policy_life

CASES: Final = tuple(CaseWeights.model_fields)
NUMBERS: Final = ("neutral", "relevance_floor", "labour_cap_east")
TEXTS: Final = ("name_zh", "name_en", "source")

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
        ids = [policy.based_on, policy.created_by] if isinstance(policy, PolicyForAdmin) else []
        return self.show(
            "policy",
            policy=policy,
            is_own=is_own,
            rows=list(_rows(policies.list_criteria(desk).items, policy, base)),
            numbers={n: Cell(getattr(policy, n), getattr(base, n)) for n in NUMBERS},
            cases=CASES,
            today=clock.china_day(),
            names=naming.called(desk, ids),
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
        policy_life.activate(desk, desk.id, shaped(PolicyActivation, first))
        return Gone(f"/policies/{desk.id}", "activated")

    @writes("/{id}/rollback")
    def roll_back(self, desk: Desk) -> Answer:
        """Let the policy before rule again."""
        policy_life.roll_back(desk, desk.id)
        return Gone(f"/policies/{desk.id}", "rolled_back")


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


def _number(asked: Asked, name: str) -> int | None:
    said = asked.said(name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= len("10000")):
        raise invalid("is no whole number from 0 to 10,000", "body", name.rpartition(".")[2])
    return int(said)
