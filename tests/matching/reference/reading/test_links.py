from pathlib import Path

import pytest

from matching.reference.reading.links import group_neighbours, read_chains, read_edges, read_links
from matching.reference.records import Chain, Link
from matching.vocabulary import Provenance, Segment
from tests.matching.reference.folders import replace_file

HEADER = (
    "link_id,chain_id,name_zh,name_en,segment,keywords_zh,keywords_en,gb4754_codes,tech_barrier,"
    "is_core,confusable_with,encouraged_items,provenance\n"
)
LINKS = (
    HEADER + "b.last,b,末,Last,downstream,末端,end,3985;39,1,false,b.first,,expert_draft\n"
    "b.first,b,首,First,upstream,首端;起点,start,,3,true,b.last,401;402,expert_draft\n"
    "a.only,a,独,Only,midstream,独一,only,3985,2,false,,,expert_draft\n"
)


def links_in(tmp_path: Path, table: str = LINKS) -> dict[str, Link]:
    folder = replace_file(tmp_path, "links.csv", table)
    return read_links(folder, {"a", "b"}, {"3985", "39"})


def edges_in(tmp_path: Path, *pairs: str) -> tuple[tuple[str, str], ...]:
    rows = "".join(f"{pair},expert_draft\n" for pair in pairs)
    folder = replace_file(tmp_path, "edges.csv", f"from_link,to_link,provenance\n{rows}")
    return read_edges(folder, links_in(tmp_path))


def test_chains_by_id(tmp_path: Path) -> None:
    table = "chain_id,name_zh,name_en,provenance\nb,乙,Second,expert_draft\n"
    chains = read_chains(replace_file(tmp_path, "chains.csv", table))
    assert chains == {"b": Chain("b", "乙", "Second", Provenance.EXPERT_DRAFT)}


def test_a_link_is_read_whole_and_numbered_by_its_place(tmp_path: Path) -> None:
    links = links_in(tmp_path)
    assert list(links) == ["b.last", "b.first", "a.only"]
    assert links["b.first"] == Link(
        link_id="b.first",
        chain_id="b",
        name_zh="首",
        name_en="First",
        segment=Segment.UPSTREAM,
        keywords_zh=("首端", "起点"),
        keywords_en=("start",),
        gb4754_codes=(),
        tech_barrier=3,
        is_core=True,
        confusable_with=("b.last",),
        encouraged_items=("401", "402"),
        number=1,
        provenance=Provenance.EXPERT_DRAFT,
    )


@pytest.mark.parametrize(
    ("confusable_of_first", "confusable_of_last", "message"),
    [
        ("b.last", "", "'b.last' is itself, elsewhere or not mutual"),
        ("b.first", "", "'b.first' is itself, elsewhere or not mutual"),
        ("a.only", "", "'a.only' is itself, elsewhere or not mutual"),
        ("b.none", "", "'b.none' is itself, elsewhere or not mutual"),
        ("", "b.first", "'b.first' is itself, elsewhere or not mutual"),
    ],
)
def test_confusable_links_name_each_other(
    tmp_path: Path, confusable_of_first: str, confusable_of_last: str, message: str
) -> None:
    table = LINKS.replace("true,b.last", f"true,{confusable_of_first}")
    table = table.replace("false,b.first", f"false,{confusable_of_last}")
    with pytest.raises(ValueError, match=message):
        links_in(tmp_path, table)


def test_edges_keep_file_order_and_may_form_a_cycle(tmp_path: Path) -> None:
    assert edges_in(tmp_path, "b.last,b.first", "b.first,b.last") == (
        ("b.last", "b.first"),
        ("b.first", "b.last"),
    )


@pytest.mark.parametrize("pair", ["b.first,b.first", "b.first,a.only", "b.first,b.none"])
def test_an_edge_joins_two_links_of_one_chain(tmp_path: Path, pair: str) -> None:
    with pytest.raises(ValueError, match=r"edges\.csv row 2 column to_link"):
        edges_in(tmp_path, pair)


def test_neighbours_are_sorted_by_link_number_and_every_link_has_an_entry(tmp_path: Path) -> None:
    links = links_in(tmp_path)
    pairs = [("a.only", "a.only"), ("a.only", "b.first"), ("a.only", "b.last")]
    assert group_neighbours(pairs, links) == {
        "b.last": (),
        "b.first": (),
        "a.only": ("b.last", "b.first", "a.only"),
    }
