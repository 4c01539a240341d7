import re

import pytest

from matching.vocabulary import LeadStatus
from service.leads.wording import STATUS_TEXTS

OTHERS = re.compile(
    r"其他|他人|别人|竞争|合伙人|重复|已有|在先|占用|持有|"
    r"\b(?:other|another|else|compet\w+|partner\w*|duplicate\w*|already|earlier|hold\w*|held)\b",
    re.IGNORECASE,
)


def test_every_status_is_worded_in_order() -> None:
    assert list(STATUS_TEXTS) == list(LeadStatus)


@pytest.mark.parametrize("status", LeadStatus)
def test_texts_are_chinese_and_english_and_name_nobody_else(status: LeadStatus) -> None:
    text = STATUS_TEXTS[status]
    for zh in (text.title_zh, text.sentence_zh):
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not OTHERS.search(zh), zh
    for en in (text.title_en, text.sentence_en):
        assert en.isascii()
        assert not OTHERS.search(en), en


def test_titles_tell_statuses_apart() -> None:
    assert len({text.title_zh for text in STATUS_TEXTS.values()}) == len(LeadStatus)
    assert len({text.title_en for text in STATUS_TEXTS.values()}) == len(LeadStatus)


def test_ends_that_may_concern_somebody_else_share_one_sentence() -> None:
    ends = ("rejected", "expired", "released")
    sentences = {
        (STATUS_TEXTS[LeadStatus(end)].sentence_zh, STATUS_TEXTS[LeadStatus(end)].sentence_en)
        for end in ends
    }
    assert sentences == {
        (
            "该线索不再继续办理。欢迎继续提交新的线索。",
            "This lead is not taken further. You are welcome to submit new leads.",
        )
    }


def test_only_what_was_returned_shows_the_administrators_text() -> None:
    assert [status for status, text in STATUS_TEXTS.items() if text.shows_reason] == ["returned"]


@pytest.mark.parametrize(
    "text", ["其他合伙人已提交", "Another partner was first", "a duplicate", "已有持有人"]
)
def test_search_for_others_finds_what_it_is_for(text: str) -> None:
    assert OTHERS.search(text)
