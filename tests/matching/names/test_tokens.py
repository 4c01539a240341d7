import pytest

from matching.names.tokens import stem, tokenise


@pytest.mark.parametrize(
    ("folded", "words"),
    [
        ("", ()),
        ("acme robotics", ("acme", "robotics")),
        ("d r horton", ("dr", "horton")),
        ("horton d r", ("horton", "dr")),
        ("novo nordisk a s", ("novo", "nordisk", "as")),
        ("b braun", ("b", "braun")),
        ("3 m x", ("3", "mx")),
    ],
)
def test_a_name_is_cut_into_words(folded: str, words: tuple[str, ...]) -> None:
    assert tokenise(folded) == words


@pytest.mark.parametrize(
    ("token", "root"),
    [
        ("intl", "international"),
        ("hldgs", "holding"),
        ("holdings", "holding"),
        ("technologies", "technology"),
        ("tech", "technology"),
        ("systems", "system"),
        ("glass", "glass"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("mining", "mining"),
        ("minera", "mining"),
        ("inds", "industry"),
    ],
)
def test_a_word_is_compared_by_its_full_singular(token: str, root: str) -> None:
    assert stem(token) == root
