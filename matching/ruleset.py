"""A ruleset: everything that can change a score, under one digest."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from matching import listed
from matching.points import UNIT
from matching.policy import Policy
from matching.reference.loader import Reference
from matching.rows import Tables

PACKAGE = "matching"
NOT_OF_THE_SCORE = ("allocation/", "describing/", "insight/", "names/", "preview/")
"""Folders whose code moves no score: allocations, naming industries, reports, telling companies
apart, previews."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A policy ready to score with."""

    policy: Policy
    reference: Reference
    tables: Tables
    digest: str
    """"sha256:…" over the policy, the reference data and the code of the score."""


def ruleset(policy: Policy, reference: Reference) -> Ruleset:
    """Join a policy with the reference it is applied to."""
    tables = Tables(
        neutral=policy.neutral / UNIT,
        floor=policy.relevance_floor / UNIT,
        orientation=tuple(tuple(v / UNIT for v in row) for row in policy.orientation),
        labour_cap_east=policy.labour_cap_east / UNIT,
        prohibited=listed.prohibited(reference),
    )
    said = asdict(policy)
    del said["effective_from"]  # when it rules is not what it says: a preview has the same digest
    written = json.dumps(said, sort_keys=True, ensure_ascii=False)
    parts = (written, reference.digest, code_digest())
    digest = sha256("\n".join(parts).encode()).hexdigest()
    return Ruleset(policy, reference, tables, f"sha256:{digest}")


@cache
def code_digest() -> str:
    """A digest of every source file of the score: an edited formula is another ruleset."""
    digest = sha256()
    for name, source in sources_of_the_score():
        digest.update(f"{name}\0".encode() + source + b"\0")
    return digest.hexdigest()


def sources_of_the_score() -> list[tuple[str, bytes]]:
    """The files the digest covers, by path below the package."""
    return sorted(_sources(files(PACKAGE), ""))


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and f"{prefix}{entry.name}/" not in NOT_OF_THE_SCORE:
            found += _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
