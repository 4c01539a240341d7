"""Records of which is known beforehand which question shows which, and the questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import httpx2

from tests.factories import ADMIN, a_gap, an_investor, bearer
from tests.soak.ledger import UNTOUCHED, Ledger
from tests.soak.oracle import Question, faults

PRODUCTS = {
    "ic.photoresist": "光刻胶",
    "robot.reducer": "谐波减速器",
    "nev.bms": "电池管理系统",
    "display.pol": "偏光片",
    "ai.optmod": "光模块",
}
"""Links of chains of their own, so that nobody is shown to another link's questions."""

KINDS = ("weak", "missing")
GAPS, INVESTORS, PAIRS = 6, 4, 8
"""Of a link: gaps of a kind, investors, and pairs that are asked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that the same questions show: gaps of a link and kind, or investors of a link."""

    link: str
    kind: str | None

    @property
    def name(self) -> str:
        """As the ledger names it."""
        return f"{self.link}/{self.kind or 'investors'}"

    @property
    def path(self) -> str:
        """Where they are registered."""
        return "/v1/gaps" if self.kind else "/v1/investors"

    def body(self) -> dict[str, Any]:
        """What registers one more."""
        if self.kind:
            return a_gap(link_id=self.link, kind=self.kind, severity=UNTOUCHED)
        words = PRODUCTS[self.link]
        return an_investor(name=f"{an_investor()['name']}{words}", products=[words])


def groups_of(links: int) -> list[Group]:
    """The groups of the first links."""
    return [Group(link, kind) for link, kind in product([*PRODUCTS][:links], (*KINDS, None))]


def client_of(url: str) -> httpx2.Client:
    """A caller who may do everything."""
    return httpx2.Client(base_url=url, headers=bearer(ADMIN), timeout=30)


def register(client: httpx2.Client, group: Group, ledger: Ledger) -> str:
    """One more record of a group; its id."""
    ledger.begin_new(group.name)
    answer = client.post(group.path, json=group.body())
    assert answer.status_code == 201, answer.text
    made = answer.json()["id"]
    ledger.add(made, group.name)
    return made


def populate(client: httpx2.Client, ledger: Ledger, links: int = len(PRODUCTS)) -> list[Question]:
    """Register the records of so many links; the questions about them, each checked once.

    Raises:
        RuntimeError: an answer is not as reckoned although nothing else happens.
    """
    made = {
        group: [register(client, group, ledger) for _ in range(GAPS if group.kind else INVESTORS)]
        for group in groups_of(links)
    }
    used = {group.link: None for group in made}
    questions = [question for link in used for question in _questions(link, made)]
    look = ledger.look()
    for question in questions:
        wrong = faults(question, client.get(question.path).json(), look, look)
        if wrong:
            raise RuntimeError(f"{question.path} {wrong[0]}")
    return questions


def _questions(link: str, made: dict[Group, list[str]]) -> Iterator[Question]:
    everybody = [group for group in made if group.link == link]
    gaps = [id_ for group in everybody if group.kind for id_ in made[group]]
    (home,) = (group for group in everybody if group.kind is None)
    of_kind = {
        "": tuple(group.name for group in everybody if group.kind),
        **{f"&kind={group.kind}": (group.name,) for group in everybody if group.kind},
    }
    for investor in made[home]:
        path = f"/v1/investors/{investor}/matches"
        for limit, (kind, groups) in product((3, 20), of_kind.items()):
            yield Question(f"{path}?limit={limit}{kind}", investor, groups)
        yield Question(f"{path}?limit=3&diversify=zone", investor, of_kind[""])
    for gap, limit in product(gaps, (2, 5)):
        yield Question(f"/v1/gaps/{gap}/matches?limit={limit}", gap, (home.name,))
    for turn in range(PAIRS):
        investor, gap = made[home][turn % INVESTORS], gaps[turn]
        yield Question(f"/v1/investors/{investor}/matches/{gap}", investor, other=gap)
