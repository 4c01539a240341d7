import pytest

from matching.codes import IndustryCode
from matching.criteria.strategic_emerging import CRITERION, assess
from matching.reference.records import Coverage
from matching.vocabulary import CodeScheme
from tests.matching.making import (
    REFERENCE,
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
)


@pytest.mark.parametrize(
    ("link", "own", "value", "key"),
    [
        (1.0, 0.0, 1.0, "strategic"),
        (1.0, 0.5, 1.0, "strategic"),
        (0.5, 0.0, 0.5, "related"),
        (0.0, 0.5, 0.5, "related"),
        (0.0, 0.0, 0.0, "other"),
    ],
)
def test_value_is_the_better_of_link_and_investor(
    link: float, own: float, value: float, key: str
) -> None:
    found = assess(gap_row(emerging=link), investor_row(emerging=own), TABLES)
    assert (found, CRITERION.level(found).key) == (value, key)


def test_evidence_names_the_fields_with_their_provenance() -> None:
    met = CRITERION.evidence(a_pair())
    assert met.words["field"].zh != "–"
    assert met.facts[0].source == "sei_by_link (expert_draft)"
    assert met.gap_value.startswith("ic.photoresist: ")


def test_the_investors_own_fields_are_shown() -> None:
    plain = next(
        link for link in REFERENCE.links.values() if link.link_id not in REFERENCE.sei_by_link
    )
    maker = investor_facts(industry_codes=(IndustryCode(CodeScheme.GB4754, "3973"),))
    met = CRITERION.evidence(a_pair(maker, gap_facts(link_id=plain.link_id)))
    assert met.investor_value != "–"
    assert met.facts == ()
    assert met.words["field"].en.startswith("fields ")


def test_nothing_to_name_is_a_dash() -> None:
    plain = next(
        link for link in REFERENCE.links.values() if link.link_id not in REFERENCE.sei_by_link
    )
    met = CRITERION.evidence(a_pair(gap=gap_facts(link_id=plain.link_id)))
    assert met.words["field"].zh == "–"


def test_the_sentence_names_only_what_the_link_is_of() -> None:
    link_id, relations = next(
        (link_id, relations)
        for link_id, relations in REFERENCE.sei_by_link.items()
        if {r.coverage for r in relations} == set(Coverage)
    )
    full = [r.sei_code for r in relations if r.coverage is Coverage.FULL]
    maker = investor_facts(industry_codes=(IndustryCode(CodeScheme.GB4754, "3985"),))
    met = CRITERION.evidence(a_pair(maker, gap_facts(link_id=link_id)))
    assert met.words["field"].en == f"fields {', '.join(full)} of the classification"


def test_a_link_that_is_only_related_names_what_it_is_related_to() -> None:
    link_id, relations = next(
        (link_id, relations)
        for link_id, relations in REFERENCE.sei_by_link.items()
        if {r.coverage for r in relations} == {Coverage.PARTIAL}
    )
    met = CRITERION.evidence(a_pair(gap=gap_facts(link_id=link_id)))
    assert relations[0].sei_code in met.words["field"].en
