"""What we say of an investor beside its own words: where it belongs and what is not known of it."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from matching.codes import resolve
from matching.completeness import completeness
from matching.preparing import prepare_investor
from matching.reference.loader import Reference
from matching.text.placement import LinkAffinity
from models.identifiers import uscc_warning
from models.industry import IndustryCode
from models.investor import Investor
from models.placement import LinkPlacement
from models.sentences import SentencePublic, WarningPublic
from service import clock
from service.facts import investor_facts
from service.scorer import Scorer

MOST_KEPT: Final = 10_000
MOST_LINKS: Final = 10


NOT_PLACED: Final = WarningPublic(
    code="not_placed",
    field="products",
    zh="所填产品和行业代码未能对应到任何环节，暂时无法匹配；请补充更具体的产品名称",
    en="Neither products nor codes lead to a link, so nothing can match; "
    "name the products more exactly",
)
CODE_ALONE: Final = WarningPublic(
    code="code_alone",
    field="products",
    zh="仅有行业代码，无法区分同一行业的不同环节，排名会偏低；请补充产品名称",
    en="A code alone cannot tell the links of one industry apart and ranks low: add products",
)


@dataclass(frozen=True, slots=True)
class Description:
    """Derived from one version of an investor under one ruleset."""

    placement: list[LinkPlacement]
    completeness: int
    warnings: list[WarningPublic]


class Descriptions:
    """Descriptions by record version; the ones used last are kept."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._kept: OrderedDict[tuple[str, int, str], Description] = OrderedDict()
        self._lock = Lock()

    def of(self, investor: Investor) -> Description:
        """The description of an investor as it is now; about a millisecond the first time."""
        rules = self._scorer.rules_on(clock.china_day())
        name = (investor.id, investor.version, rules.digest if rules else "")
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        made = self._describe(investor)
        with self._lock:
            self._kept[name] = made
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def _describe(self, investor: Investor) -> Description:
        rules = self._scorer.rules_on(clock.china_day())
        scorer = self._scorer
        profile = prepare_investor(investor_facts(investor), scorer.reference, scorer.placer)
        return Description(
            placement=[link_placement(found) for found in profile.placement[:MOST_LINKS]],
            completeness=completeness(profile, rules) if rules else 0,
            warnings=_warnings(investor, scorer.reference, is_placed=bool(profile.placement)),
        )


def link_placement(found: LinkAffinity) -> LinkPlacement:
    """An affinity to a link as answered, in thousandths."""
    return LinkPlacement(
        chain_id=found.link_id.partition(".")[0],
        link_id=found.link_id,
        affinity=round(found.affinity * 1000),
        why=SentencePublic(zh=found.why_zh, en=found.why_en),
    )


def _warnings(investor: Investor, reference: Reference, *, is_placed: bool) -> list[WarningPublic]:
    found = [uscc_warning(investor.uscc)]
    found += [_code_warning(reference, code) for code in investor.industry_codes]
    if not is_placed:
        found.append(NOT_PLACED)
    elif not investor.products:
        found.append(CODE_ALONE)
    return [warning for warning in found if warning is not None]


def _code_warning(reference: Reference, code: IndustryCode) -> WarningPublic | None:
    """What to say of a code that is read as a wider one."""
    resolved = resolve(reference, code.scheme, code.code)
    if resolved.fallback_of is None:
        return None
    return WarningPublic(
        code="code_read_wider",
        field="industry_codes",
        zh=f"代码 {code.scheme} {code.code} 不在目录中，按上级代码 {resolved.code} 处理",
        en=f"The code {code.scheme} {code.code} is not in our list and is read as {resolved.code}",
    )
