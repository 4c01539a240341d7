"""The life of an edition: what it rests on, what rests on it, and what is told of each step."""

from datetime import timedelta
from types import ModuleType

import pytest
from fastapi import FastAPI
from sqlmodel import col, select
from starlette.testclient import TestClient

from models.event import Event
from service import clock, database, rulebook, shelf
from service.usecases import edition_life
from tests.factories import a_keyword_edition
from tests.service.chain_editions import NEW_LINK, PATH, a_chain_edition, call, load, placed


def test_one_that_another_rests_on_is_rolled_back_after_it(embedded: TestClient) -> None:
    chain = load(embedded, a_chain_edition(NEW_LINK))
    row = {"link_id": "ic.glass", "keywords_zh": ["玻璃芯板"], "keywords_en": ["glass core"]}
    refused = embedded.post(PATH, json=a_keyword_edition(rows=[row]))
    assert refused.json()["errors"][0]["loc"] == ["body", "rows", 0, "link_id"]
    call(embedded, chain, "activate")
    words = load(embedded, a_keyword_edition(rows=[row]))
    call(embedded, words, "activate")
    assert placed(embedded, "玻璃芯板")[0] == "ic.glass"
    refused = embedded.post(f"{PATH}/{chain['id']}/rollback")
    assert refused.status_code == 409
    assert words["id"] in refused.json()["detail"]
    hiding = load(embedded, a_chain_edition(NEW_LINK, edition="2028"))
    assert call(embedded, hiding, "activate")["status"] == "active"
    assert embedded.get(f"{PATH}/{chain['id']}").json()["status"] == "retired"
    assert embedded.post(f"{PATH}/{chain['id']}/rollback").status_code == 409
    call(embedded, hiding, "rollback")
    call(embedded, words, "rollback")
    fault = embedded.get(f"{PATH}/{chain['id']}").json()
    assert (fault["status"], fault["fault"]) == ("active", None)
    call(embedded, chain, "rollback")
    assert embedded.get(PATH).json()["ruling"] == []


def test_a_draft_that_no_longer_fits_says_so(embedded: TestClient) -> None:
    gone = load(embedded, a_chain_edition(without="ic.eda"))
    words = load(embedded, a_keyword_edition())
    call(embedded, gone, "activate")
    told = embedded.get(f"{PATH}/{words['id']}").json()["fault"]
    assert told == "row 1 column link_id: ic.eda is not known"
    for answer in (
        embedded.post(f"{PATH}/{words['id']}/activate", json={}),
        embedded.post(f"{PATH}/{words['id']}/preview", json={}),
        embedded.get(f"{PATH}/{words['id']}/differences"),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:bulian:problem:edition-does-not-fit"


def test_a_draft_is_discarded_and_an_activated_one_is_not(embedded: TestClient) -> None:
    draft, other = (load(embedded, a_keyword_edition()) for _ in range(2))
    path = f"{PATH}/{draft['id']}"
    assert embedded.delete(path, headers={"If-Match": '"9"'}).status_code == 412
    assert embedded.post(f"{path}/rollback").status_code == 409
    assert embedded.delete(path).status_code == embedded.delete(path).status_code == 204
    assert embedded.get(path).json()["status"] == "discarded"
    assert embedded.post(f"{path}/activate", json={}).status_code == 409
    call(embedded, other, "activate")
    assert embedded.delete(f"{PATH}/{other['id']}").status_code == 409
    assert embedded.post(f"{PATH}/{other['id']}/activate", json={}).status_code == 409


def test_history_cannot_be_changed_and_a_replay_loads_no_second(embedded: TestClient) -> None:
    headers = {"Idempotency-Key": "edition"}
    body = a_keyword_edition()
    made = embedded.post(PATH, json=body, headers=headers).json()
    again = embedded.post(PATH, json=body, headers=headers)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (made, "true")
    yesterday = str(clock.china_day() - timedelta(days=1))
    past = embedded.post(f"{PATH}/{made['id']}/activate", json={"effective_from": yesterday})
    assert past.json()["errors"][0]["loc"] == ["body", "effective_from"]


def test_each_step_leaves_one_event_without_the_rows(
    embedded: TestClient, blank_app: FastAPI
) -> None:
    made, other = (load(embedded, a_keyword_edition()) for _ in range(2))
    call(embedded, made, "activate")
    call(embedded, made, "rollback")
    embedded.delete(f"{PATH}/{other['id']}")
    steps = select(Event).where(Event.subject_type == "edition").order_by(col(Event.number))
    with database.snapshot(blank_app.state.runtime.engine) as session:
        told = session.exec(steps).all()
    assert [(event.subject_id, event.action) for event in told] == [
        (made["id"], "edition.loaded"),
        (other["id"], "edition.loaded"),
        (made["id"], "edition.activated"),
        (made["id"], "edition.rolled_back"),
        (other["id"], "edition.discarded"),
    ]
    assert told[0].after is not None
    assert told[0].after["digest"] == made["digest"]
    assert not any("rows" in (event.after or {}) for event in told)


def test_each_part_of_a_stack_is_laid_and_checked_once(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight editions begin on eight days: they make eight stacks, each upon the one before."""
    drafts = [load(embedded, a_keyword_edition(edition=str(year))) for year in range(2030, 2038)]
    laid = counted(monkeypatch, shelf, "lay")
    checked = counted(monkeypatch, edition_life, "faults_of")
    *others, last = drafts
    for number, draft in enumerate(others):
        call(embedded, draft, "activate", effective_from=f"{2041 + number}-01-01")
    assert len(laid) == len(others)
    laid.clear()
    checked.clear()
    call(embedded, last, "activate", effective_from="2040-01-01")
    assert len(laid) == len(checked) == len(drafts)


def counted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[object]:
    """The first argument of each call of a function from now on."""
    seen: list[object] = []
    real = getattr(module, name)

    def noting(first: object, *others: object) -> object:
        seen.append(first)
        return real(first, *others)

    monkeypatch.setattr(module, name, noting)
    return seen


def test_a_list_reads_the_rows_of_each_edition_once(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [load(embedded, a_keyword_edition(edition=str(year))) for year in range(2030, 2033)]
    read = counted(monkeypatch, rulebook, "edition_of")
    monkeypatch.setattr(rulebook, "EDITIONS_READ", 2)
    pages = [embedded.get(PATH).json()["items"] for _ in range(2)]
    assert pages[0] == pages[1]
    assert [one["fault"] for one in pages[0]] == [None] * len(drafts)
    assert not read
    load(embedded, a_keyword_edition(edition="2033"))
    embedded.get(PATH)
    assert len(read) == 3  # the new one, and two that had made room for others
