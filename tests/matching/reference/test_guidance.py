"""Guidance items named by a phrase; the items' wording is invented."""

import pytest

from matching.reference.guidance import MOST_ITEMS, guidance_items
from matching.reference.texts import GuidanceCategory, GuidanceItem, Texts

RESTRICTED, ELIMINATED = GuidanceCategory.RESTRICTED, GuidanceCategory.ELIMINATED


def texts_of(*wordings: str, category: GuidanceCategory = RESTRICTED) -> Texts:
    items = (GuidanceItem(category, str(n), "甲", text, False) for n, text in enumerate(wordings))
    return Texts(None, "sha256:0", {}, {}, frozenset(), tuple(items))


NAMED = [
    ("蓝晶纸板", "蓝晶纸板"),
    ("蓝晶纸板", "5 万吨/年（不含）以下的蓝晶纸板生产线（高原地区除外）"),
    ("蓝晶纸板生产线", "5万吨/年以下蓝晶纸板生产线"),
    ("蓝晶纸板", "新建、扩建蓝晶纸板项目"),
    ("蓝晶纸板", "采用土法的蓝晶纸板和木浆纸板生产装置"),
    ("蓝晶纸板", "木浆纸板、蓝晶纸板，草浆纸板"),
    ("蓝晶纸板", "草浆制品（木浆纸板、蓝晶纸板）"),
    ("蓝晶纸板", "草浆纸板（其中〔深加工〕除外）；蓝晶纸板的生产"),
    ("藍晶紙板", "蓝晶纸板制造项目"),
    (" 蓝晶纸板 ", "蓝晶 纸板等"),
    ("蓝晶(纸)板", "蓝晶/纸/板"),
]
LEFT_ALONE = [
    ("晶纸板", "晶纸板"),
    ("ABCDEFG", "ABCDEFG项目"),
    ("", "蓝晶纸板"),
    ("蓝晶纸板", "非蓝晶纸板制造项目"),
    ("蓝晶纸板", "蓝晶纸板箱生产线"),
    ("蓝晶纸板", "蓝晶纸板设备"),
    ("蓝晶纸板", "草浆纸板（蓝晶纸板除外）"),
    ("蓝晶纸板", "草浆纸板（木浆纸板、蓝晶纸板除外），竹浆纸板"),
    ("蓝晶纸板", "草浆纸板（除蓝晶纸板外）"),
    ("蓝晶纸板", "草浆纸板，不包括蓝晶纸板"),
    ("蓝晶纸板", "草浆纸板（含木浆〔如蓝晶纸板〕的除外）"),
    ("蓝晶纸板", "没有木浆及蓝晶纸板工艺的草浆生产线"),
    ("蓝晶、纸板", "蓝晶，纸板"),
    ("生产工艺", "蓝晶纸板的生产工艺"),
    ("新建项目", "不达标的新建项目"),
]


@pytest.mark.parametrize(("phrase", "text"), NAMED)
def test_a_phrase_names_an_item_that_holds_it_as_a_thing_of_its_own(phrase: str, text: str) -> None:
    texts = texts_of("木船", text)
    assert guidance_items(texts, [phrase]) == (texts.guidance[1],)


@pytest.mark.parametrize(("phrase", "text"), LEFT_ALONE)
def test_a_phrase_leaves_what_only_looks_like_it(phrase: str, text: str) -> None:
    assert guidance_items(texts_of(text), [phrase]) == ()


def test_encouraged_items_restrict_nobody() -> None:
    texts = texts_of("蓝晶纸板", category=GuidanceCategory.ENCOURAGED)
    assert guidance_items(texts, ["蓝晶纸板"]) == ()
    assert guidance_items(texts_of("蓝晶纸板", category=ELIMINATED), ["蓝晶纸板"])


def test_without_texts_nothing_is_said() -> None:
    assert guidance_items(None, ["蓝晶纸板"]) == ()


def test_items_come_once_and_in_the_catalogues_order_whatever_the_phrases_order() -> None:
    texts = texts_of("蓝晶纸板、红晶纸板", "红晶纸板")
    phrases = ["红晶纸板", "蓝晶纸板", "红晶纸板"]
    assert guidance_items(texts, phrases) == texts.guidance
    assert guidance_items(texts, phrases[::-1]) == texts.guidance


def test_a_phrase_that_names_very_many_items_tells_nothing() -> None:
    assert len(guidance_items(texts_of(*["蓝晶纸板"] * MOST_ITEMS), ["蓝晶纸板"])) == MOST_ITEMS
    assert guidance_items(texts_of(*["蓝晶纸板"] * (MOST_ITEMS + 1)), ["蓝晶纸板"]) == ()
