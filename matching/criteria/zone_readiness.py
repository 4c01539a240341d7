"""三力与全链路: how ready the zone is to carry a project through.

Value = .6 the mean of the nine dimensions of the three forces + .4 the share of the five steps
规划—园区—政策—资金—招商 that are done (the article names both; the shares are ours). A dimension or
step that is unknown takes the neutral value. The weight is small: readiness must not decide a
match.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Label, Level, assumed_parts, shown
from matching.points import known
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

FORCES, PATH = 0.6, 0.4

LEVELS = (
    Level(0.7, "ready", "高新区承接准备充分", "The zone is well prepared to carry the project"),
    Level(0.4, "partly_ready", "高新区承接准备较好", "The zone is prepared in part"),
    Level(0.0, "not_ready", "高新区承接准备不足", "The zone is not well prepared"),
)


def assess(gap: Gap, _investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when neither forces nor path are known."""
    if isnan(gap.forces) and isnan(gap.path):
        return nan
    forces = known(gap.forces, 0.0) + gap.forces_unknown * tables.neutral
    path = known(gap.path, 0.0) + gap.path_unknown * tables.neutral
    return FORCES * forces + PATH * path


def evidence(pair: Pair) -> Evidence:
    """The two figures of the zone, [0, 1]."""
    row = pair.gap.row
    return Evidence(
        investor_value=shown(None),
        gap_value=f"readiness {shown(round(row.forces, 3))}; "
        f"promotion_path {shown(round(row.path, 3))}",
        assumed=assumed_parts(
            (row.forces, "三力九维", "the nine dimensions"),
            (row.path, "全链路五环节", "the five steps"),
        ),
    )


CRITERION = Criterion(
    key="zone_readiness",
    pillar=Pillar.VALUE,
    title=Label("三力与全链路", "Readiness of the zone"),
    source="三力模型、规划—园区—政策—资金—招商全链路 (the article); shares: ours",
    levels=LEVELS,
    unknown=Label("该区未填报三力与全链路", "The zone has not reported its readiness"),
    assess=assess,
    evidence=evidence,
)
