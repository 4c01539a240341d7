import json
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cache_entries import Entry, cache_key

texts = st.text(st.characters(codec=None), max_size=8)
parts = st.lists(texts, max_size=4) | st.dictionaries(texts, texts, max_size=4)


@given(parts)
def test_a_key_is_a_digest_and_always_the_same(asked: Sequence[str] | Mapping[str, str]) -> None:
    assert re.fullmatch("[0-9a-f]{64}", cache_key(asked))
    assert cache_key(asked) == cache_key(json.loads(json.dumps(asked)))


@given(parts, parts)
def test_different_questions_have_different_keys(
    one: Sequence[str] | Mapping[str, str], other: Sequence[str] | Mapping[str, str]
) -> None:
    assert (cache_key(one) == cache_key(other)) is (one == other)


@given(st.dictionaries(texts, texts, min_size=2, max_size=4))
def test_the_order_of_named_parts_does_not_matter(named: dict[str, str]) -> None:
    assert cache_key(named) == cache_key(dict(reversed(named.items())))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        (["a", "b"], ["b", "a"]),
        (["a"], ["a", ""]),
        ({"a": "b"}, ["a", "b"]),
        ({"a": "1", "b": ""}, {"a": "1"}),
        (["缺链"], ["弱链"]),
        (["\ud800"], ["\ufffd"]),
    ],
)
def test_parts_stay_apart(
    one: Sequence[str] | Mapping[str, str], other: Sequence[str] | Mapping[str, str]
) -> None:
    assert cache_key(one) != cache_key(other)


def test_a_key_is_the_same_in_every_process_and_version() -> None:
    expected = "0473ef2dc0d324ab659d3580c1134e9d812035905c4781fdd6d529b0c6860e13"
    assert cache_key(["a", "b"]) == expected


def test_one_string_is_not_taken_for_its_letters() -> None:
    with pytest.raises(TypeError, match="several parts"):
        cache_key("abc")


@given(st.binary(max_size=64), st.binary(max_size=64))
def test_etags_follow_the_bytes(one: bytes, other: bytes) -> None:
    assert Entry.of(one).body == one
    assert (Entry.of(one).etag == Entry.of(other).etag) is (one == other)


def test_an_etag_is_strong_and_quoted() -> None:
    assert re.fullmatch('"[0-9a-f]{32}"', Entry.of("补链".encode()).etag)
