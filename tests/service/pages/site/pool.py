"""A small pool to look at: one gap, an investor that fits, one in doubt, one kept out."""

import re
from typing import NamedTuple

from starlette.testclient import TestClient

from service.pages.site.sections import PAGES
from tests.factories import a_gap, an_investor, register
from tests.service.pages.visitor import Visitor, words_of

LATER = ("/zones", "/chains")
"""Paths of pages that are another part's."""


class Pool(NamedTuple):
    """The ids."""

    gap: str
    fits: str
    doubtful: str
    stopped: str


def fill(api: TestClient) -> Pool:
    """A gap with a cap on energy: one investor keeps below, one says nothing, one is above."""
    gap = register(
        api,
        "gaps",
        a_gap(
            title_zh="引进光刻胶项目",
            title_en="Photoresist wanted",
            severity=72,
            energy_cap_tce=1000.0,
            investment_min_cny=200_000_000,
            investment_max_cny=800_000_000,
        ),
    )
    plan = {
        "planned_investment_min_cny": 300_000_000,
        "planned_investment_max_cny": 500_000_000,
        "activities": ["manufacturing", "r_and_d"],
        "industry_codes": [{"scheme": "gb4754", "code": "3985"}],
        "preferred_provinces": ["32"],
    }
    made = [
        register(api, "investors", an_investor(**fields))
        for fields in (
            {"name": "合适的公司", "energy_tce": 500.0, "technology_level": 4, **plan},
            {"name": "未说明的公司"},
            {"name": "超限的公司", "energy_tce": 26_000.0, "country": "CN"},
        )
    ]
    return Pool(gap["id"], *(one["id"] for one in made))


def told(visitor: Visitor, path: str, status: int = 200) -> str:
    """The words of a page."""
    answer = visitor.client.get(path)
    assert answer.status_code == status, answer.text
    return words_of(answer)


def follow_all(visitor: Visitor, path: str) -> list[str]:
    """Open whatever a page links to that is there, and which links these were."""
    page = visitor.client.get(path)
    links = sorted(set(re.findall(r'href="(/[^"#]*)"', page.text)))
    known = [re.sub(r"\{\w+\}", r"[^/?]+", one.path) for one in PAGES]
    ours = [
        link.replace("&amp;", "&")
        for link in links
        if any(re.fullmatch(pattern, link.partition("?")[0]) for pattern in known)
    ]
    for link in links:
        other = ("/static/", "/docs", "/sign-in", "/admin", *LATER)
        assert link.replace("&amp;", "&") in ours or link.startswith(other), link
    for link in ours:
        assert visitor.client.get(link).status_code == 200, link
    return ours
