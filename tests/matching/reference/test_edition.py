"""Editions by their names and digests."""

from dataclasses import replace

import pytest

from matching.reference.edition import Edition, digest_of
from matching.reference.records import TableNote
from tests.matching.reference.editions import (
    ITEMS,
    a_keywords_edition,
    a_links_edition,
    an_encouraged_edition,
)

EDITIONS = (a_links_edition(), a_keywords_edition(), an_encouraged_edition())


def test_an_edition_is_called_after_what_it_renews() -> None:
    assert [edition.name for edition in EDITIONS] == ["links.ic", "keywords", "encouraged"]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_the_digest_covers_rows_and_provenance(edition: Edition) -> None:
    assert digest_of(edition) == digest_of(replace(edition))
    assert digest_of(edition).startswith("sha256:")
    fewer = replace(edition, rows=edition.rows[:-1])
    other = replace(edition, note=TableNote("2028", "tests", "made up"))
    assert len({digest_of(edition), digest_of(fewer), digest_of(other)}) == 3


def test_rows_of_one_kind_never_pass_for_another() -> None:
    empty = [a_links_edition([]), an_encouraged_edition(()), replace(EDITIONS[1], rows=())]
    assert len({digest_of(edition) for edition in empty}) == 3
    assert digest_of(an_encouraged_edition(ITEMS[:1])) != digest_of(an_encouraged_edition())
