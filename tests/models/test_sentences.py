import pytest

from models.sentences import SentencePublic, WarningPublic
from tests.models.bodies import complaints


@pytest.mark.parametrize("body", [{"zh": "甲"}, {"en": "a"}, {"zh": "甲", "en": None}])
def test_a_sentence_stands_in_both_languages(body: dict[str, object]) -> None:
    assert len(complaints(SentencePublic, body)) == 1


def test_a_warning_may_be_about_the_whole_record() -> None:
    warning = WarningPublic(code="unplaced", field=None, zh="未能定位", en="It was not placed")
    assert warning.model_dump() == {
        "zh": "未能定位",
        "en": "It was not placed",
        "code": "unplaced",
        "field": None,
    }
