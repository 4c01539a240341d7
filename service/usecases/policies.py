"""Policies and criteria as they stand."""

from dataclasses import asdict

from matching.criteria import CRITERIA
from matching.criterion import Criterion
from matching.points import thousandths
from matching.policy import CASES, Policy
from matching.rows import KINDS, REGIONS
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
from service.scorer import Scorer


def list_criteria(scorer: Scorer) -> Page[CriterionPublic]:
    """Every criterion in reading order, under the policy in force today."""
    rules = scorer.rules_on(clock.china_day()) or scorer.rulesets[0]
    items = [_criterion(n, criterion, rules.policy) for n, criterion in enumerate(CRITERIA)]
    return Page[CriterionPublic](items=items, next_cursor=None)


def list_policies(scorer: Scorer) -> Page[PolicyPublic]:
    """Every policy, newest first."""
    items = [PolicyPublic.model_validate(_head(scorer, rules)) for rules in scorer.rulesets]
    return Page[PolicyPublic](items=items, next_cursor=None)


def read_policy(scorer: Scorer, policy_id: str) -> PolicyDetail:
    """The newest version of a policy.

    Raises:
        PolicyNotFound: no such policy.
    """
    rules = next((r for r in scorer.rulesets if r.policy.id == policy_id), None)
    if rules is None:
        raise PolicyNotFound(f"There is no policy {policy_id}")
    policy = rules.policy
    orientation = {
        region: dict(zip(KINDS, row, strict=True))
        for region, row in zip(REGIONS, policy.orientation, strict=True)
    }
    weights = {c.key: _weights(n, policy) for n, c in enumerate(CRITERIA)}
    body = {**_head(scorer, rules), "weights": weights, "orientation": orientation}
    return PolicyDetail.model_validate(body)


def _head(scorer: Scorer, rules: Ruleset) -> dict[str, object]:
    today = clock.china_day()
    status = PolicyStatus.RETIRED
    if rules.policy.effective_from > today:
        status = PolicyStatus.COMING
    elif scorer.rules_on(today) is rules:
        status = PolicyStatus.ACTIVE
    return {**asdict(rules.policy), "status": status, "ruleset": rules.digest}


def _weights(number: int, policy: Policy) -> CaseWeights:
    row = {case: weights[number] for case, weights in zip(CASES, policy.weights, strict=True)}
    return CaseWeights.model_validate(row)


def _criterion(number: int, criterion: Criterion, policy: Policy) -> CriterionPublic:
    levels = [
        LevelPublic(
            band=level.key, from_value=thousandths(level.threshold), zh=level.zh, en=level.en
        )
        for level in criterion.levels
    ]
    return CriterionPublic(
        criterion=criterion.key,
        pillar=criterion.pillar,
        title_zh=criterion.title.zh,
        title_en=criterion.title.en,
        weights=_weights(number, policy),
        levels=levels,
        source=criterion.source,
    )
