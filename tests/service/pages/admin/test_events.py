"""The page of the event log."""

import re

from starlette.testclient import TestClient

from tests.factories import a_lead, a_person, an_investor, register
from tests.service.pages.visitor import Visitor


def numbers_in(office: Visitor, query: str) -> list[int]:
    """The numbers of the events on a page."""
    text = office.get(f"/events?{query}").text
    return [int(number) for number in re.findall(r'<td data-label="序号">(\d+)</td>', text)]


def test_events_come_newest_first_with_names(office: Visitor, embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor(name="日志里的公司"))
    page = office.text("/events")
    assert f"日志里的公司 {made['id']}" in page
    assert "投资者 · 新建 investor.created" in page
    assert "系统" in page
    found = numbers_in(office, "")
    assert found == sorted(found, reverse=True)
    assert len(found) == found[0]


def test_what_changed_is_told(office: Visitor, embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor(jobs=10))
    embedded.patch(f"/v1/investors/{made['id']}", json={"jobs": 20})
    page = office.text(f"/events?subject_id={made['id']}&action=investor.updated")
    assert "jobs 10 → 20" in page


def test_events_are_filtered(
    office: Visitor, embedded: TestClient, partner_api: TestClient
) -> None:
    lead = register(partner_api, "leads", a_lead())
    register(embedded, "investors", an_investor())
    (number,) = numbers_in(office, f"subject_id={lead['id']}")
    assert numbers_in(office, "subject_type=lead") == [number]
    assert numbers_in(office, "action=lead.submitted") == [number]
    assert numbers_in(office, "actor=system&subject_type=lead") == []
    assert "没有符合条件的记录" in office.text("/events?actor=none")


def test_events_are_turned_page_by_page(office: Visitor, embedded: TestClient) -> None:
    for _ in range(25):
        register(embedded, "investors", an_investor())
    first = office.get("/events?subject_type=investor")
    following = re.search(r'id="next" href="\?([^"]+)"', first.text)
    assert following is not None
    query = following[1].replace("&amp;", "&")
    both = numbers_in(office, "subject_type=investor") + numbers_in(office, query)
    assert len(both) == len(set(both)) == 25
    assert both == sorted(both, reverse=True)


def test_no_secret_and_no_person_is_in_it(office: Visitor, partner_api: TestClient) -> None:
    register(partner_api, "leads", a_lead(note="备注在此", **a_person()))
    answer = office.send("/keys", name="甲", scope="portal")
    secret = re.search(r'value="(bul_[^"]+)"', answer.text)
    assert secret is not None
    text = office.get("/events").text
    assert secret[1] not in text
    assert "digest" not in text
    assert "王小明" not in text
    assert "备注在此" not in text


def test_filters_that_cannot_be_are_told(office: Visitor) -> None:
    for query in ["actor=%00", "cursor=x", f"action={'x' * 101}"]:
        assert office.get(f"/events?{query}").status_code == 422
