"""What a firm weighs at a link: its size and its honours."""

from collections.abc import Sequence
from types import MappingProxyType

from matching.diagnosis.placing import Placed, Standing
from matching.facts import EnterpriseFacts
from matching.vocabulary import EnterpriseSize, Honour

Size = EnterpriseSize

EMPLOYEES = ((Size.LARGE, 1000), (Size.MEDIUM, 300), (Size.SMALL, 20))
REVENUE_CNY = ((Size.LARGE, 400_000_000), (Size.MEDIUM, 20_000_000), (Size.SMALL, 3_000_000))
"""Least employees and yearly revenue (CNY) of a class in industry: 统计上大中小微型企业划分办法
(2017), National Bureau of Statistics 国统字〔2017〕213号. A firm must reach both."""

PRESENCE = MappingProxyType({Size.LARGE: 0.7, Size.MEDIUM: 0.4, Size.SMALL: 0.12, Size.MICRO: 0.05})
"""How far one such firm makes a link present (ours): two medium ones come near a large one, and it
takes a dozen small ones."""

USUAL = (
    (Honour.CHAIN_LEADER, Size.LARGE),
    (Honour.SINGLE_CHAMPION, Size.MEDIUM),
    (Honour.LISTED, Size.MEDIUM),
)
"""The size taken where neither figure is known: what the honour usually asks for; else small."""

LEADERSHIP = MappingProxyType(
    {
        Honour.CHAIN_LEADER: 1.0,
        Honour.SINGLE_CHAMPION: 0.8,
        Honour.LITTLE_GIANT: 0.6,
        Honour.LISTED: 0.5,
        Honour.HIGH_TECH: 0.3,
    }
)
"""How far a firm of that honour leads others (ours): 链主 leads by definition, a 单项冠军 is among
the first three of its market, a 小巨人 leads a niche, 高新技术企业 are many."""

LEVELS = MappingProxyType({Honour.SINGLE_CHAMPION: 5, Honour.LITTLE_GIANT: 4, Honour.HIGH_TECH: 3})
"""The technology level (1-5) an honour vouches for, derived from what is asked of its holders:
制造业单项冠军 the international front in its product; 专精特新“小巨人” R&D and inventions in a
key field; 高新技术企业 own core rights and steady R&D. 链主 and 上市 tell of size only."""


def size_of(facts: EnterpriseFacts, share: float = 1.0) -> tuple[EnterpriseSize, bool]:
    """(the firm's class by `share` of its figures, whether any figure is known)."""
    figures = (EMPLOYEES, facts.employees), (REVENUE_CNY, facts.revenue_cny)
    of_figures = [_class_of(n * share, floors) for floors, n in figures if n is not None]
    if of_figures:
        return max(of_figures, key=list(Size).index), True
    usual = (size for honour, size in USUAL if honour in facts.honours)
    return next(usual, Size.SMALL), False


def _class_of(figure: float, floors: Sequence[tuple[EnterpriseSize, int]]) -> EnterpriseSize:
    return next((size for size, least in floors if figure >= least), Size.MICRO)


def presence_of(firm: Placed, standing: Standing) -> float:
    """How far a firm makes a link present, in (0, 1)."""
    return PRESENCE[size_of(firm.facts, standing.share)[0]]


def leadership_of(facts: EnterpriseFacts) -> float:
    """How far a firm leads others, in [0, 1]; 0 where it states no honour."""
    return max((LEADERSHIP[honour] for honour in facts.honours), default=0.0)


def level_of(facts: EnterpriseFacts) -> int | None:
    """The technology level its honours vouch for, 1-5; None where they say nothing of it."""
    return max((LEVELS[honour] for honour in facts.honours if honour in LEVELS), default=None)


def figures_known(facts: EnterpriseFacts) -> float:
    """The share of its two figures that is known."""
    return (int(facts.employees is not None) + int(facts.revenue_cny is not None)) / 2


def measure(firms: Sequence[EnterpriseFacts]) -> str:
    """What firms can be compared by: employees, else revenue_cny where all state it, else firms."""
    for name in ("employees", "revenue_cny"):
        figures = [getattr(facts, name) for facts in firms]
        if any(figures) and None not in figures:
            return name
    return "firms"


def measured(facts: EnterpriseFacts, by: str) -> float:
    """A firm in what `measure` chose."""
    return 1.0 if by == "firms" else float(getattr(facts, by))
