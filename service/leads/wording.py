"""What people read of a lead's status: a title, and the one sentence a partner may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from matching.vocabulary import LeadStatus


@dataclass(frozen=True, slots=True)
class StatusText:
    """Title and sentence of one status, Chinese and English."""

    title_zh: str
    title_en: str
    sentence_zh: str
    sentence_en: str
    shows_reason: bool = False
    """Whether the partner is also shown the administrator's own text."""


_NOT_TAKEN_FURTHER: Final = (
    "该线索不再继续办理。欢迎继续提交新的线索。",
    "This lead is not taken further. You are welcome to submit new leads.",
)
"""The same words for every end that may or may not have to do with somebody else: a reader learns
from them neither whether there was another lead nor which rule decided."""

_S: Final = LeadStatus

STATUS_TEXTS: Final[Mapping[LeadStatus, StatusText]] = MappingProxyType(
    {
        _S.SUBMITTED: StatusText(
            "已提交",
            "Submitted",
            "线索已收到，等待受理。",
            "The lead has arrived and awaits review.",
        ),
        _S.UNDER_REVIEW: StatusText(
            "审核中", "Under review", "线索正在研判。", "The lead is being assessed."
        ),
        _S.ACCEPTED: StatusText(
            "已受理",
            "Accepted",
            "线索已受理，在保护期内由您跟进；请按期报告进展。",
            "The lead is accepted and yours while protected; report its progress in time.",
        ),
        _S.NEGOTIATING: StatusText(
            "洽谈中",
            "Negotiating",
            "项目正在洽谈；请按期报告进展。",
            "The project is in talks; report its progress in time.",
        ),
        _S.SIGNED: StatusText(
            "已签约", "Signed", "项目已签约，等待落地。", "The project is signed and is to land."
        ),
        _S.LANDED: StatusText("已落地", "Landed", "项目已落地。", "The project has landed."),
        _S.REJECTED: StatusText("未采纳", "Not taken up", *_NOT_TAKEN_FURTHER),
        _S.RETURNED: StatusText(
            "退回补充",
            "Returned",
            "请按说明补充后重新提交。",
            "Complete the lead as explained and send it in again.",
            shows_reason=True,
        ),
        _S.EXPIRED: StatusText("已过期", "Expired", *_NOT_TAKEN_FURTHER),
        _S.RELEASED: StatusText("已释放", "Released", *_NOT_TAKEN_FURTHER),
        _S.WITHDRAWN: StatusText("已撤回", "Withdrawn", "线索已撤回。", "The lead was withdrawn."),
    }
)
"""By status; complete, in the order of the vocabulary."""
