"""From a claim to what a person may do."""

from collections.abc import Mapping
from typing import Any, cast

from matching.vocabulary import Scope


def groups_of(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    """The groups that a claim names: a list, or words in a text; none where there is no such claim.

    >>> sorted(groups_of({"realm_access": {"roles": ["a", "b"]}}, "realm_access.roles"))
    ['a', 'b']
    >>> sorted(groups_of({"scope": "a b"}, "scope"))
    ['a', 'b']
    """
    found: object = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = cast("dict[str, object]", found).get(part) if isinstance(found, dict) else None
    if isinstance(found, str):
        return frozenset(found.split())
    if isinstance(found, list):
        named = cast("list[object]", found)
        return frozenset(one for one in named if isinstance(one, str))
    return frozenset()


def scope_of(groups: frozenset[str], admin: str | None, portal: str | None) -> Scope | None:
    """The widest scope that the groups give; None where they give none."""
    if admin in groups:
        return Scope.ADMIN
    return Scope.PORTAL if portal in groups else None
