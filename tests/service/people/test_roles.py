from typing import Any

import pytest

from matching.vocabulary import Scope
from service.people.roles import groups_of, scope_of

CLAIMS: list[tuple[dict[str, Any], str, set[str]]] = [
    ({"groups": ["a", "b"]}, "groups", {"a", "b"}),
    ({"groups": "a"}, "groups", {"a"}),
    ({"https://x.example/groups": ["a"]}, "https://x.example/groups", {"a"}),
    ({"resource_access": {"bulian": {"roles": ["a"]}}}, "resource_access.bulian.roles", {"a"}),
    ({"resource_access": ["bulian"]}, "resource_access.bulian", set()),
    ({"groups": {"a": 1}}, "groups", set()),
    ({"groups": [["a"], 1]}, "groups", set()),
    ({}, "groups", set()),
]


@pytest.mark.parametrize(("claims", "name", "groups"), CLAIMS)
def test_groups_come_from_lists_words_and_objects(
    claims: dict[str, Any], name: str, groups: set[str]
) -> None:
    assert groups_of(claims, name) == groups


def test_the_widest_scope_counts_and_what_is_not_set_gives_none() -> None:
    assert scope_of(frozenset({"a", "p"}), "a", "p") is Scope.ADMIN
    assert scope_of(frozenset({"p"}), "a", "p") is Scope.PORTAL
    assert scope_of(frozenset({"x"}), "a", "p") is None
    assert scope_of(frozenset({"a"}), None, None) is None
