from collections.abc import Mapping

import pytest

from matching.codes import IndustryCode
from matching.reference.loader import Reference, load_reference
from matching.text.admission import admitted, is_placed
from matching.text.code_index import CodeEvidence
from matching.text.matches import TextMatch
from matching.text.mentioned import Mentioned
from matching.text.placement import CODE_FLOOR, Placer
from matching.vocabulary import CodeScheme

LINKS = tuple(load_reference().links.values())
NUMBERS = {link.link_id: link.number for link in LINKS}
STATED = CodeEvidence(1.0, IndustryCode(CodeScheme.GB4754, "3985"), "3985", is_exact_class=True)


def said(**links: tuple[float, TextMatch]) -> dict[int, Mentioned]:
    """By link id with "__" for its dot; a value of .9 and more names the link."""
    return {
        NUMBERS[link.replace("__", ".")]: Mentioned(value, match, "w", "p", is_named=value >= 0.9)
        for link, (value, match) in links.items()
    }


EXACT, CONTAINED, OVERLAP = TextMatch.EXACT, TextMatch.CONTAINED, TextMatch.OVERLAP


@pytest.mark.parametrize(
    ("words", "code_at", "counts"),
    [
        ({}, "battery.anode", True),
        (said(battery__cathode=(1.0, EXACT)), "battery.cathode", True),
        (said(battery__cathode=(1.0, EXACT)), "battery.anode", False),
        (said(battery__cathode=(1.0, EXACT)), "battery.foil", True),
        (said(battery__cathode=(0.7, CONTAINED)), "battery.anode", True),
        (
            said(battery__cathode=(1.0, EXACT), battery__anode=(0.9, CONTAINED)),
            "battery.anode",
            True,
        ),
        (said(ic__photoresist=(1.0, EXACT)), "nev.magnet", False),
        (
            said(ic__photoresist=(1.0, EXACT), nev__magnet=(0.2, OVERLAP)),
            "nev.magnet",
            True,
        ),
        (said(ic__photoresist=(0.4, CONTAINED)), "nev.magnet", True),
        (
            said(ic__photoresist=(1.0, EXACT), newmat__echem=(0.6, OVERLAP)),
            "newmat.magn",
            False,
        ),
        (said(newmat__echem=(0.6, OVERLAP)), "newmat.magn", True),
    ],
)
def test_a_code_counts_where_words_do_not_speak_against_it(
    words: Mapping[int, Mentioned], code_at: str, counts: bool
) -> None:
    assert (code_at in admitted({code_at: STATED}, words, LINKS)) is counts


def test_evidence_is_passed_on_as_it_is(reference: Reference) -> None:
    coded = dict.fromkeys(reference.links, STATED)
    assert admitted(coded, {}, LINKS) == coded


def test_words_place_from_half_on() -> None:
    assert not is_placed({})
    assert not is_placed(said(ic__photoresist=(0.49, CONTAINED)))
    assert is_placed(said(ic__photoresist=(0.5, OVERLAP)))


@pytest.mark.parametrize(
    ("phrase", "code", "there", "absent"),
    [
        ("正极材料", "3985", "battery.cathode", "battery.anode"),
        ("高镍三元正极材料", "3091", "battery.cathode", "battery.anode"),
        ("光刻胶", "3985", "ic.wafer_si", "nev.magnet"),
        ("photoresist", "3985", "ic.wafer_si", "newmat.magn"),
        ("光刻胶", "3985", "ic.wafer_si", "battery.separator"),
    ],
)
def test_words_decide_the_link_and_codes_the_chain(
    placer: Placer, phrase: str, code: str, there: str, absent: str
) -> None:
    placed = placer.links([phrase], [IndustryCode(CodeScheme.GB4754, code)])
    found = {p.link_id: p.affinity for p in placed}
    assert found.get(absent, 0.0) < CODE_FLOOR
    assert found.get(absent, 0.0) < found[there]


def test_naming_both_of_two_confusable_links_keeps_both(placer: Placer) -> None:
    placed = placer.links(["正极材料", "负极材料"], [STATED.stated])
    found = {p.link_id: p.affinity for p in placed}
    assert min(found["battery.cathode"], found["battery.anode"]) >= 0.95
