"""Where every zone stands: what it leads in and the gaps it has open, read in one snapshot."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from matching.criterion import Label
from matching.insight.convergence import LEAST_KNOWN, Stand, Standing, standing
from matching.points import UNIT
from matching.vocabulary import GapKind
from models.relatedness import ZoneNamed
from models.sentences import SentencePublic
from models.zone import Zone
from service import clock
from service.repositories import feed, gaps, zones
from service.runtime import Work
from service.usecases.diagnosis import lines_of
from service.zone_evidence import read_evidence

DERIVED: Final = Label(
    "各高新区具备的环节由其申报的主导产业链推导：链内除申报缺链外的环节均视为具备；另含诊断为强链的环节",
    "What a zone holds is derived from the chains it declares: every link of them but those it "
    "declares missing; with the links that its diagnosis finds strong",
)


@dataclass(frozen=True, slots=True)
class Found:
    """All zones at one place in the log."""

    mark: feed.Mark
    day: date
    zones: Mapping[str, Zone]
    standing: Standing


def read(work: Work) -> Found:
    """Where the zones stand in the request's snapshot."""
    strong = _strong(work)
    mark, day = feed.last_mark(work.session), clock.china_day()
    sought: defaultdict[str, dict[str, GapKind]] = defaultdict(dict)
    for zone_id, link_id, kind in gaps.links_sought(work.session, day):
        sought[zone_id][link_id] = kind  # missing comes before weak: what is weak is there
    found = {zone.id: zone for zone in zones.all_in_order(work.session)}
    stands = [
        Stand(
            zone.id,
            zone.province_code,
            tuple(zone.leading_chains),
            sought.get(zone.id, {}),
            strong.get(zone.id, frozenset()),
        )
        for zone in found.values()
    ]
    return Found(mark, day, found, standing(stands, work.reference))


def _strong(work: Work) -> Mapping[str, frozenset[str]]:
    """The links that firms and officers say are strong, by the code of their zone."""
    least = lines_of(work).diagnosis.strong_from / UNIT
    found = read_evidence(work.session, work.bench.scorer)
    return {
        zone_id: frozenset(
            link for link, value in dict(said.strengths + said.settled).items() if value >= least
        )
        for zone_id, said in found.items()
    }


def named(zone: Zone) -> ZoneNamed:
    """A zone by its names."""
    return ZoneNamed(id=zone.id, name_zh=zone.name_zh, name_en=zone.name_en)


def thin_notes(found: Standing) -> list[SentencePublic]:
    """What is derived, and which region groups are known too little."""
    known = found.known_by_group()
    notes = [SentencePublic(zh=DERIVED.zh, en=DERIVED.en)]
    for group, zones_there in sorted(found.zones_by_group().items()):
        if known[group] < LEAST_KNOWN:
            zh = f"{group}：{zones_there} 家高新区中仅 {known[group]} 家主导产业已知"
            en = f"{group}: the chains of only {known[group]} of {zones_there} zones are known"
            notes.append(
                SentencePublic(
                    zh=f"{zh}，少于 {LEAST_KNOWN} 家，不计算拥挤程度",
                    en=f"{en}, fewer than {LEAST_KNOWN}: crowding is not told",
                )
            )
    return notes
