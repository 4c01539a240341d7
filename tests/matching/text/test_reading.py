import pytest

from matching.text.reading import read, read_phrase


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recycling of lithium batteries", "Lithium-Battery Recycling"),
        ("光刻膠", "光刻胶"),
        ("Point-of-use abatement", "point of use abatement"),
    ],
)
def test_two_writings_read_alike(one: str, other: str) -> None:
    assert read(one).key == read(other).key


def test_what_a_phrase_denies_is_not_read() -> None:
    assert [tokens.key for tokens in read_phrase("不做正极，只做硅片")] == ["只 做 硅 片"]
    assert [tokens.words for tokens in read_phrase("不做正极")] == [()]


def test_a_phrase_in_traditional_script_has_two_readings() -> None:
    assert [tokens.key for tokens in read_phrase("矽膠軟體")] == ["矽 胶 软 体", "硅 胶 软 件"]
    assert read_phrase("光刻胶") == [read("光刻胶")]
