"""Criteria that carry weight but are not assessed yet: the neutral value, and they say so."""

from math import nan

from matching.criterion import Criterion, Evidence, Label
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar


def assess(_gap: Gap, _investor: Investor, _tables: Tables) -> float:
    """NaN: no evidence is read."""
    return nan


def evidence(_pair: Pair) -> Evidence:
    """Nothing met."""
    return Evidence("–", "–")


def _unassessed(key: str, pillar: Pillar, zh: str, en: str) -> Criterion:
    unknown = Label(
        f"本版尚未评估“{zh}”，按中性值计入",
        f"{en} is not assessed in this version; it counts at the neutral value",
    )
    title = Label(zh, en)
    return Criterion(key, pillar, title, "scoring policy", (), unknown, assess, evidence)


CLUSTER_DIVERSITY = _unassessed(
    "cluster_diversity", Pillar.SPACE, "多样集群", "Diversity of clusters"
)
STRATEGIC_EMERGING = _unassessed(
    "strategic_emerging", Pillar.STRATEGY, "战新产业", "Strategic emerging industries"
)
ENCOURAGED_CATALOGUE = _unassessed(
    "encouraged_catalogue", Pillar.STRATEGY, "鼓励目录", "Encouraged catalogue"
)
ECOLOGY = _unassessed("ecology", Pillar.STRATEGY, "生态化", "Ecology")
SCALE_FIT = _unassessed("scale_fit", Pillar.VALUE, "规模匹配", "Fit of scale")
SITE_FIT = _unassessed("site_fit", Pillar.VALUE, "要素匹配", "Fit of the site")
ZONE_READINESS = _unassessed(
    "zone_readiness", Pillar.VALUE, "三力与全链路", "Readiness of the zone"
)
INVESTOR_PREFERENCE = _unassessed(
    "investor_preference", Pillar.VALUE, "投资意愿", "Preference of the investor"
)
