import pytest

from matching.text.fronting import front


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recycling of lithium batteries", "lithium batteries recycling"),
        ("recycling of lithium batteries for cars", "lithium batteries recycling for cars"),
        ("the design of integrated circuits", "integrated circuits design"),
        ("manufacture of insulin", "insulin manufacture"),
        ("german supplier of heat pumps", "german heat pumps supplier"),
        ("supplier of photomasks,resists", "photomasks supplier,resists"),
        ("regional headquarters of a multinational", "multinational regional headquarters"),
        ("testing of cars,recycling of tires", "cars testing,tires recycling"),
        ("silicon wafers", "silicon wafers"),
        ("光刻胶", "光刻胶"),
        ("of", "of"),
        ("", ""),
    ],
)
def test_the_head_comes_last(text: str, expected: str) -> None:
    assert front(text) == expected


def test_no_word_is_lost() -> None:
    text = "production of wafers,sale of cars in china and recycling of old steel"
    assert sorted(front(text).replace(",", " ").split()) == sorted(
        word for word in text.replace(",", " ").split() if word != "of"
    )
