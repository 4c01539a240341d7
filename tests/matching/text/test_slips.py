import pytest

from matching.text.slips import Speller

VOCABULARY = ("photoresist", "wafer", "lithography", "anode", "compressor", "光", "sulfate")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("photoresit",), ("photoresist",)),
        (("deep", "litography"), ("deep", "lithography")),
        (("photoresist",), None),
        (("wafar",), None),
        (("xylophone",), None),
        (("photovoltaics",), None),
        (("sulfite",), None),
        (("光", "刻"), None),
        ((), None),
    ],
)
def test_only_unknown_words_close_to_a_known_one_are_put_right(
    words: tuple[str, ...], expected: tuple[str, ...] | None
) -> None:
    assert Speller(VOCABULARY).corrected(words) == expected
