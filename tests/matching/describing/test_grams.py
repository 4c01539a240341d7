import pytest

from matching.describing.grams import grams, rarity


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("", frozenset[str]()),
        ("铝", frozenset({"铝"})),
        ("铝合金", frozenset({"铝合", "合金"})),
        ("铝、铜", frozenset({"铝", "铜"})),
        ("LED照明", frozenset({"led", "照明"})),
        ("Manufacture of Batteries", frozenset({"manufacture", "battery"})),
        ("其他", frozenset[str]()),
    ],
)
def test_features_of_a_name(text: str, features: frozenset[str]) -> None:
    assert grams(text) == features


def test_the_rarer_a_feature_the_more_it_says() -> None:
    said = rarity([frozenset("ab"), frozenset("a"), frozenset("a")])
    assert said["b"] > said["a"] > 0
    assert rarity([]) == {}
