"""What we say of an investor beside its own words: where it belongs and what is not known of it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from matching.codes import resolve
from matching.completeness import completeness
from matching.points import thousandths
from matching.preparing import prepare_investor
from matching.reference.loader import Reference
from matching.ruleset import Ruleset
from matching.text.placement import LinkAffinity
from models.identifiers import uscc_warning
from models.industry import IndustryCode
from models.investor import Investor, derive_origin
from models.placement import LinkPlacement
from models.sentences import SentencePublic, WarningPublic
from service.facts import investor_facts
from service.scorer import Scorer

MOST_KEPT: Final = 10_000
MOST_LINKS: Final = 10


NOT_PLACED: Final = WarningPublic(
    code="not_placed",
    field="products",
    zh="所填产品和行业代码未能对应到任何环节，只有自行列明同样产品的需求才可能匹配；请补充更具体的产品名称",
    en="Neither products nor codes lead to a link, so only a gap that names the same products "
    "itself can match; name the products more exactly",
)
CODE_ALONE: Final = WarningPublic(
    code="code_alone",
    field="products",
    zh="仅有行业代码，无法区分同一行业的不同环节，排名会偏低；请补充产品名称",
    en="A code alone cannot tell the links of one industry apart and ranks low: add products",
)


BELOW_FLOOR: Final = WarningPublic(
    code="below_floor",
    field="products",
    zh="行业代码过宽，与任何环节的契合度都未达到匹配门槛，补充产品名称之前不会有任何匹配",
    en="The codes are too wide: the fit reaches the relevance floor at no link, and nothing will "
    "match before products are added",
)
WORDS_BELOW_FLOOR: Final = WarningPublic(
    code="below_floor",
    field="products",
    zh="与任何环节的契合度都未达到匹配门槛，只有自行列明同样产品的需求才可能匹配；请补充更具体的产品名称",
    en="The fit reaches the relevance floor at no link, so only a gap that names the same products "
    "itself can match; name the products more exactly",
)
ORIGIN_DIFFERS: Final = WarningPublic(
    code="origin_differs",
    field="origin",
    zh="投资来源与所填国家（地区）不符；负面清单是否适用取决于投资来源，请核对，已按所填内容登记",
    en="The origin is not the one that follows from the country; it decides whether the negative "
    "list applies: please compare; it was kept as given",
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

    def of(self, investor: Investor, rules: Ruleset | None) -> Description:
        """The description of an investor as it is now; about a millisecond the first time.

        Args:
            investor: the stored record.
            rules: those in force; None where there are none, and nothing is called complete.
        """
        name = (investor.id, investor.version, rules.digest if rules else "")
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        made = self.anew(investor, rules)
        with self._lock:
            self._kept[name] = made
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def anew(self, investor: Investor, rules: Ruleset | None) -> Description:
        """The description of a record that need not be kept, such as one that is not stored."""
        scorer = self._scorer
        profile = prepare_investor(investor_facts(investor), scorer.reference, scorer.placer)
        return Description(
            placement=[link_placement(found) for found in profile.placement[:MOST_LINKS]],
            completeness=completeness(profile, rules) if rules else 0,
            warnings=_warnings(investor, scorer.reference, profile.placement, rules),
        )


def link_placement(found: LinkAffinity) -> LinkPlacement:
    """An affinity to a link as answered, in thousandths."""
    return LinkPlacement(
        chain_id=found.link_id.partition(".")[0],
        link_id=found.link_id,
        affinity=round(found.affinity * 1000),
        why=SentencePublic(zh=found.why_zh, en=found.why_en),
    )


def _warnings(
    investor: Investor,
    reference: Reference,
    placement: Sequence[LinkAffinity],
    rules: Ruleset | None,
) -> list[WarningPublic]:
    found = [uscc_warning(investor.uscc)]
    found += [_code_warning(reference, code) for code in investor.industry_codes]
    found.append(_placement_warning(placement, rules, has_products=bool(investor.products)))
    if investor.origin is not derive_origin(investor.country):
        found.append(ORIGIN_DIFFERS)
    return [warning for warning in found if warning is not None]


def _placement_warning(
    placement: Sequence[LinkAffinity], rules: Ruleset | None, *, has_products: bool
) -> WarningPublic | None:
    """What to say of where it was placed, if that will not do; `placement` is best first."""
    if not placement:
        return NOT_PLACED
    floor = rules.policy.relevance_floor if rules else 0
    if thousandths(placement[0].affinity) < floor:
        return WORDS_BELOW_FLOOR if has_products else BELOW_FLOOR
    return None if has_products else CODE_ALONE


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
