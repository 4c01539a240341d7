"""The score's own documentation over HTTP."""

from starlette.testclient import TestClient

from matching.criteria import CRITERIA


def test_criteria_are_those_of_the_score_with_weights_that_add_up(embedded: TestClient) -> None:
    items = embedded.get("/v1/criteria").json()["items"]
    assert [item["criterion"] for item in items] == [criterion.key for criterion in CRITERIA]
    for case in ("weak_foreign", "weak_domestic", "missing_foreign", "missing_domestic"):
        assert sum(item["weights"][case] for item in items) == 10_000
    for item in items:
        starts = [level["from_value"] for level in item["levels"]]
        assert starts == sorted(starts, reverse=True)
        assert starts[-1] == 0
        assert item["title_zh"] != item["title_en"]


def test_policies_are_listed_with_their_standing(embedded: TestClient) -> None:
    listed = embedded.get("/v1/policies").json()["items"]
    assert [(p["id"], p["status"]) for p in listed] == [("national-2026", "active")]
    one = embedded.get("/v1/policies/national-2026").json()
    assert one["ruleset"] == listed[0]["ruleset"]
    assert one["orientation"]["east"]["labour_intensive"] == 300
    assert one["weights"]["link_fit"]["weak_foreign"] == 2400
    assert one["source"]


def test_an_unknown_policy_is_a_404(embedded: TestClient) -> None:
    answer = embedded.get("/v1/policies/nope")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_partners_may_read_them(partner: TestClient) -> None:
    assert partner.get("/v1/criteria").status_code == 200
    assert partner.get("/v1/policies").status_code == 200
