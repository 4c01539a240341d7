"""ETag, If-None-Match, If-Match: what need not be sent again, and what must not be overwritten."""

import pytest
from starlette.testclient import TestClient

from service.conditional import Preconditions, etag_of
from service.errors import VersionPassed
from tests.factories import a_gap, a_zone, an_investor, register

BODIES = {"investors": an_investor, "gaps": a_gap, "zones": a_zone}


@pytest.mark.parametrize("kind", BODIES)
def test_a_held_answer_is_not_sent_again(portal: TestClient, kind: str) -> None:
    made = portal.post(f"/v1/{kind}", json=BODIES[kind]())
    path, etag = made.headers["Location"], made.headers["ETag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = portal.get(path, headers={"If-None-Match": held})
        assert answer.status_code == 304, held
        assert answer.content == b""
        assert answer.headers["ETag"] == etag
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert portal.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("kind", BODIES)
def test_a_change_is_refused_when_the_record_has_moved_on(portal: TestClient, kind: str) -> None:
    field = {"investors": "jobs", "gaps": "jobs", "zones": "land_available_ha"}[kind]
    made = portal.post(f"/v1/{kind}", json=BODIES[kind]())
    path, first = made.headers["Location"], made.headers["ETag"]
    weak = portal.patch(path, json={field: 1}, headers={"If-Match": f"W/{first}"})
    assert weak.status_code == 412
    changed = portal.patch(path, json={field: 1}, headers={"If-Match": first})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first
    late = portal.patch(path, json={field: 2}, headers={"If-Match": first})
    assert late.status_code == 412
    assert late.json()["type"] == "urn:bulian:problem:version-passed"
    assert portal.get(path).json()[field] == 1
    assert portal.patch(path, json={field: 3}, headers={"If-Match": "*"}).status_code == 200
    if kind != "zones":
        assert portal.delete(path, headers={"If-Match": first}).status_code == 412
        current = portal.get(path).headers["ETag"]
        assert portal.delete(path, headers={"If-Match": current}).status_code == 204


def test_what_others_do_changes_the_answer_but_not_the_right_to_change(
    portal: TestClient,
) -> None:
    body = an_investor()
    first = portal.post("/v1/investors", json=body)
    path, etag = first.headers["Location"], first.headers["ETag"]
    register(portal, "investors", body)
    seen = portal.get(path, headers={"If-None-Match": etag})
    assert seen.status_code == 200
    assert len(seen.json()["possible_duplicates"]) == 1
    assert portal.patch(path, json={"jobs": 1}, headers={"If-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("if_match", "version", "passes"),
    [
        (None, 3, True),
        ("*", 3, True),
        ('"3-abc"', 3, True),
        ('"2-abc", "3-abc"', 3, True),
        ('"2-abc"', 3, False),
        ('"33-abc"', 3, False),
        ("3-abc", 3, False),
        ('W/"3-abc"', 3, False),
        ('w/"3-abc"', 3, False),
        ('W/"3-abc", "2-abc"', 3, False),
        ('W/"3-abc", "3-abc"', 3, True),
        ('W/"2-abc","3-abc"', 3, True),
        ("", 3, False),
    ],
)
def test_versions_that_a_tag_speaks_of(if_match: str | None, version: int, passes: bool) -> None:
    conditions = Preconditions(if_match, None)
    if passes:
        conditions.check_version(version)
    else:
        with pytest.raises(VersionPassed):
            conditions.check_version(version)


def test_tag_depends_on_version_and_bytes() -> None:
    tags = {etag_of(1, b"a"), etag_of(2, b"a"), etag_of(1, b"b")}
    assert len(tags) == 3
    assert etag_of(1, b"a") in tags


def test_several_lines_of_a_header_count_as_one_list(embedded: TestClient) -> None:
    made = embedded.post("/v1/investors", json=an_investor())
    held = [("If-None-Match", '"other"'), ("If-None-Match", made.headers["ETag"])]
    assert embedded.get(made.headers["Location"], headers=held).status_code == 304
