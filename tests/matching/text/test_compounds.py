import pytest

from matching.text.compounds import Compounds
from matching.text.reading import read

VOCABULARY = ("micro-inverter", "photoresist", "waste water", "InP", "光刻胶", "in-line tester")


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("microinverter", ("micro", "inverter")),
        ("micro inverters", ("micro", "inverter")),
        ("photo resist", ("photoresist",)),
        ("photo-resist for chips", ("photoresist", "for", "chip")),
        ("wastewater", ("waste", "water")),
        ("in p", ("in", "p")),
        ("photo, resist", ("photo", "resist")),
        ("光刻胶", ("光", "刻", "胶")),
        ("unknown word", ("unknown", "word")),
        ("", ()),
    ],
)
def test_compounds_are_written_one_way(phrase: str, words: tuple[str, ...]) -> None:
    compounds = Compounds(read(word) for word in VOCABULARY)
    assert compounds.unify(read(phrase)).words == words


def test_places_still_point_into_the_text() -> None:
    compounds = Compounds([read("micro-inverter")])
    unified = compounds.unify(read("a microinverter"))
    assert [unified.text[s:e] for s, e in zip(unified.starts, unified.ends, strict=True)] == [
        "a",
        "microinverter",
        "microinverter",
    ]
