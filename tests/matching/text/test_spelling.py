import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.spelling import canonical, root, singular


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wafer", "wafers"),
        ("battery", "batteries"),
        ("gas", "gases"),
        ("lens", "lenses"),
        ("switch", "switches"),
        ("box", "boxes"),
        ("process", "processes"),
        ("case", "cases"),
        ("mcu", "mcus"),
        ("pcb", "pcbs"),
        ("aluminium", "aluminum"),
        ("fibre", "fiber"),
        ("fibres", "fibers"),
        ("centre", "center"),
        ("metre", "meter"),
        ("colour", "color"),
        ("coloured", "colored"),
        ("tyre", "tire"),
        ("tyres", "tires"),
        ("sulphate", "sulfate"),
        ("moulding", "molding"),
        ("polariser", "polarizer"),
        ("polarisers", "polarizers"),
        ("sterilisation", "sterilization"),
        ("organisation", "organization"),
        ("electrolyser", "electrolyzer"),
        ("analyser", "analyzer"),
        ("labelling", "labeling"),
        ("anaesthesia", "anesthesia"),
        ("orthopaedic", "orthopedic"),
        ("catalogue", "catalog"),
        ("programme", "program"),
        ("defence", "defense"),
        ("ageing", "aging"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anode", "cathode"),
        ("silicon", "silicone"),
        ("sulfate", "sulfide"),
        ("glass", "gas"),
        ("process", "procedure"),
        ("fiber", "fibre5"),
        ("laser", "lasers2"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("word", ["4680", "硅", "5g", "ガラス", "gas", "bus", "glass", "analysis"])
def test_what_is_no_plural_stays(word: str) -> None:
    assert singular(word) == word
    assert canonical(word) == word


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("cutter", "cutting", True),
        ("sensor", "sensing", True),
        ("photovoltaic", "solar", True),
        ("automotive", "vehicle", True),
        ("cement", "cemented", False),
        ("power", "powder", False),
        ("laser", "lase", False),
    ],
)
def test_roots_of_relatives_meet(one: str, other: str, meet: bool) -> None:
    assert (root(one) == root(other)) is meet


@given(st.from_regex("[a-z]{1,14}", fullmatch=True))
def test_a_form_is_never_empty_and_a_root_is_no_longer_than_it(word: str) -> None:
    assert canonical(word)
    assert root(word)
