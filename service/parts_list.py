"""What an installation is made of, as CycloneDX 1.6: its packages, their licences, who needs whom.

Read from what is installed, so that it is true of the very image that prints it.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

Node = dict[str, Any]
Wanted = tuple[str, frozenset[str]]
"""A package, and the extras of it that are wanted."""

ROOT: Final = "bulian"
REQUIREMENT: Final = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?")
EXTRA: Final = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")
LICENCE: Final = "License :: OSI Approved :: "
LONGEST_LICENCE: Final = 100
"""What is longer is a licence's text, not its name."""


def parts_list() -> Node:
    """The parts of this installation; the same parts give the same document, to the byte."""
    found = walk()
    root, *others = (found[name] for name in sorted(found, key=lambda name: (name != ROOT, name)))
    components = [component(one, "library") for one in others]
    whole = "".join(reference(one) for one in (root, *others))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid5(NAMESPACE_URL, whole).urn,
        "version": 1,
        "metadata": {"component": component(root, "application")},
        "components": components,
        "dependencies": [dependencies(one, found) for one in (root, *others)],
    }


def walk() -> dict[str, Distribution]:
    """Every installed package that ours leads to, itself too, by its usual name."""
    found: dict[str, Distribution] = {}
    seen: set[Wanted] = set()
    queue = [(ROOT, frozenset(distribution(ROOT).metadata.get_all("Provides-Extra") or ()))]
    while queue:
        wanted = queue.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            found[wanted[0]] = distribution(wanted[0])
        except PackageNotFoundError:  # of another system, or an extra that is not there
            continue
        queue += needs(found[wanted[0]], wanted[1])
    return found


def needs(package: Distribution, extras: frozenset[str] = frozenset()) -> Iterator[Wanted]:
    """What a package asks for, with some of its extras."""
    for text in package.requires or ():
        asked, marked = REQUIREMENT.match(text), EXTRA.search(text)
        if asked and (marked is None or marked[1] in extras):
            inner = frozenset(part.strip() for part in (asked[2] or "").split(",") if part.strip())
            yield usual(asked[1]), inner


def usual(name: str) -> str:
    """A package's name as indices compare it.

    >>> usual("Typing_Extensions")
    'typing-extensions'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def reference(package: Distribution) -> str:
    """A package's address in such documents."""
    return f"pkg:pypi/{usual(package.name)}@{package.version}"


def component(package: Distribution, kind: str) -> Node:
    """A package as a part."""
    told: Node = {
        "type": kind,
        "bom-ref": reference(package),
        "name": usual(package.name),
        "version": package.version,
        "purl": reference(package),
    }
    licences = licences_of(package)
    return told | ({"licenses": licences} if licences else {})


def licences_of(package: Distribution) -> list[Node]:
    """How a package says under which licence it is; nothing where it does not."""
    told = package.metadata
    expressions = told.get_all("License-Expression") or ()
    if expressions:
        return [{"expression": expressions[0]}]
    classes = told.get_all("Classifier") or ()
    named = [line.removeprefix(LICENCE) for line in classes if line.startswith(LICENCE)]
    texts = [text for text in told.get_all("License") or () if len(text) <= LONGEST_LICENCE]
    return [{"license": {"name": name}} for name in named or texts]


def dependencies(package: Distribution, found: dict[str, Distribution]) -> Node:
    """Which other parts a package rests on."""
    extras = frozenset(package.metadata.get_all("Provides-Extra") or ())
    names = {name for name, _ in needs(package, extras)} & found.keys()
    return {
        "ref": reference(package),
        "dependsOn": sorted(reference(found[name]) for name in names - {usual(package.name)}),
    }
