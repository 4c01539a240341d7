"""Policies and criteria as they stand, for everyone; drafts are not among them."""

from dataclasses import asdict

from matching.criteria import CRITERIA
from matching.criterion import Criterion
from matching.drafting import figures_of
from matching.points import thousandths
from matching.policy import CASES, Policy
from matching.ruleset import Ruleset
from models.page import Page
from models.policy import (
    CaseWeights,
    CriterionPublic,
    LevelPublic,
    PolicyDetail,
    PolicyPublic,
    PolicyStatus,
)
from service import clock
from service.errors import PolicyNotFound
from service.rulebook import Rules
from service.runtime import Work


def list_criteria(work: Work) -> Page[CriterionPublic]:
    """Every criterion in reading order, under the policy in force today."""
    rules = _rules(work)
    ruling = rules.on(clock.china_day()) or rules.terms[0].rules
    items = [_criterion(n, criterion, ruling.policy) for n, criterion in enumerate(CRITERIA)]
    return Page[CriterionPublic](items=items, next_cursor=None)


def list_policies(work: Work) -> Page[PolicyPublic]:
    """Every policy that rules, will rule or has ruled, newest first."""
    known = _rules(work)
    items = [PolicyPublic.model_validate(_head(known, term.rules)) for term in known.terms]
    return Page[PolicyPublic](items=items, next_cursor=None)


def read_policy(work: Work, policy_id: str) -> PolicyDetail:
    """A policy that rules, will rule or has ruled.

    Raises:
        PolicyNotFound: no such policy.
    """
    known = _rules(work)
    rules = known.of_policy(policy_id)
    if rules is None:
        raise PolicyNotFound(f"There is no policy {policy_id}")
    return PolicyDetail.model_validate({**_head(known, rules), **figures_of(rules.policy)})


def status_of(known: Rules, rules: Ruleset) -> PolicyStatus:
    """Whether a ruleset rules today, will rule, or does no more."""
    today = clock.china_day()
    until = next(term.until for term in known.terms if term.rules.policy is rules.policy)
    begins = rules.policy.effective_from
    if begins > today and until is None:
        return PolicyStatus.COMING
    ruling = known.on(today)
    is_ruling = ruling is not None and ruling.policy is rules.policy
    return PolicyStatus.ACTIVE if is_ruling else PolicyStatus.RETIRED


def _rules(work: Work) -> Rules:
    return work.rules


def _head(known: Rules, rules: Ruleset) -> dict[str, object]:
    return {
        **asdict(rules.policy),
        "status": status_of(known, rules),
        "ruleset": known.over(rules, clock.china_day()).digest,
    }


def _criterion(number: int, criterion: Criterion, policy: Policy) -> CriterionPublic:
    levels = [
        LevelPublic(
            band=level.key, from_value=thousandths(level.threshold), zh=level.zh, en=level.en
        )
        for level in criterion.levels
    ]
    row = {case: weights[number] for case, weights in zip(CASES, policy.weights, strict=True)}
    return CriterionPublic(
        criterion=criterion.key,
        pillar=criterion.pillar,
        title_zh=criterion.title.zh,
        title_en=criterion.title.en,
        weights=CaseWeights.model_validate(row),
        levels=levels,
        source=criterion.source,
    )
