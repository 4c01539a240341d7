"""`/v1/criteria`, `/v1/policies`: how a score is made, and under which figures."""

from fastapi import APIRouter

from models.page import Page
from models.policy import CriterionPublic, PolicyDetail, PolicyPublic
from service.dependencies import AnyoneReads
from service.errors import PolicyNotFound
from service.problems import responses
from service.usecases import policies

router = APIRouter(prefix="/v1", tags=["reference"])


@router.get("/criteria", summary="评分指标 · List criteria")
def list_criteria(work: AnyoneReads) -> Page[CriterionPublic]:
    """Every part of the score: its pillar, weights, bands and source. There is one page."""
    return policies.list_criteria(work)


@router.get("/policies", summary="政策列表 · List policies")
def list_policies(work: AnyoneReads) -> Page[PolicyPublic]:
    """Every policy with the day it begins and its source. There is one page."""
    return policies.list_policies(work)


@router.get(
    "/policies/{policy_id}",
    summary="政策详情 · Read a policy",
    responses=responses(PolicyNotFound),
)
def read_policy(work: AnyoneReads, policy_id: str) -> PolicyDetail:
    """One policy with its weights, floors and regional table."""
    return policies.read_policy(work, policy_id)
