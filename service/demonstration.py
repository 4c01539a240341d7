"""The demonstration: made-up firms, needs and investors of a first start, each marked as such."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from pydantic import BaseModel

from models.base import InputShape
from models.enterprise import EnterpriseCreate, EnterpriseList
from models.gap import GapCreate
from models.investor import InvestorCreate
from models.readiness import PromotionPath, Readiness
from models.text import ZoneCode
from service.runtime import Work
from service.shipped import shipped
from service.usecases import enterprises, gaps, investors

MARK: Final = "【演示】"
NOTE: Final = f"{MARK}三力与全链路为虚构 / [Demo] readiness and promotion path are made up"

Body = TypeVar("Body", bound=BaseModel)


class DemoZone(InputShape):
    """What a real zone is given for the demonstration."""

    zone_id: ZoneCode
    readiness: Readiness
    promotion_path: PromotionPath


class DemoEnterprise(EnterpriseCreate):
    """A made-up firm of a real zone."""

    zone_id: ZoneCode


def zones(*, demo: bool) -> Mapping[str, DemoZone]:
    """What zones are given, by their codes, and the pages say is made up; without demo nothing."""
    if not demo:
        return {}
    return {zone.zone_id: zone for zone in _read("zones.jsonl", DemoZone)}


def load(work: Work) -> None:
    """Register everything else of the demonstration, checked like what callers send."""
    for investor in _read("investors.jsonl", InvestorCreate):
        investors.register(work, investor, None)
    for gap in _read("gaps.jsonl", GapCreate):
        gaps.register(work, gap, None)
    lists: dict[str, list[EnterpriseCreate]] = {}
    for firm in _read("enterprises.jsonl", DemoEnterprise):
        item = EnterpriseCreate.model_validate(firm.model_dump(exclude={"zone_id"}))
        lists.setdefault(firm.zone_id, []).append(item)
    for zone_id, items in lists.items():
        enterprises.replace(work, zone_id, EnterpriseList(items=items))


def _read(name: str, shape: type[Body]) -> Iterator[Body]:
    """The bodies of one file, checked like any other."""
    with shipped(f"deploy/demo/{name}").open(encoding="utf-8") as lines:
        for line in lines:
            yield shape.model_validate_json(line)
