from pathlib import Path

import pytest

from tests.evaluation.intervals import (
    Interval,
    interval,
    landing_intervals,
    place_of,
    render_intervals,
)
from tests.evaluation.landings import Row


@pytest.mark.parametrize(
    ("ranking", "place"), [(["a", "b"], 1), (["b", "a"], 2), ([], 5.5), (["b", "c"], 6.5)]
)
def test_a_host_that_is_not_ranked_is_in_the_middle_of_the_rest(
    ranking: list[str], place: float
) -> None:
    assert place_of(ranking, "a", 10) == place


def test_an_interval_holds_its_mean_and_is_the_same_every_time() -> None:
    values = [1.0, 0.5, 0.1, 0.02] * 8
    first = interval("mrr", values)
    assert first.low < first.mean < first.high
    assert first.mean == pytest.approx(0.405)
    assert interval("mrr", values) == first
    assert interval("mrr", values * 4).high - interval("mrr", values * 4).low < (
        first.high - first.low
    )


def test_equal_cases_leave_no_doubt() -> None:
    assert interval("mrr", [0.5] * 9) == Interval("mrr", 9, 0.5, 0.5, 0.5)


def test_the_ranker_is_not_shown_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "match").mkdir()
    assert landing_intervals(tmp_path / "absent", lambda _: lambda _: []) == []
    (tmp_path / "match" / "zones.csv").write_text("zone_id,name\na,A\nb,B\n", encoding="utf-8")
    (tmp_path / "match" / "cases.csv").write_text(
        "case_id,project_zh,zone_id,province\n1,x,a,P\n2,y,b,P\n", encoding="utf-8"
    )
    seen: list[Row] = []

    def rank(case: Row) -> list[str]:
        seen.append(case)
        return ["a", "b"]

    mrr, auc = landing_intervals(tmp_path, lambda _: rank)
    assert (mrr.metric, mrr.mean, auc.metric, auc.mean) == ("mrr", 0.75, "mean_auc", 0.5)
    assert seen == [{"case_id": "1", "project_zh": "x"}, {"case_id": "2", "project_zh": "y"}]
    assert "2 cases: 0.500 to 1.000" in render_intervals([mrr])
