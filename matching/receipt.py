"""A receipt: what a score rests on, as one line that can be handed in again and replayed."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import asdict, dataclass
from typing import cast

from matching.profiles import Pair
from matching.ruleset import Ruleset

FORM = "r1."


@dataclass(frozen=True, slots=True)
class Receipt:
    """The ruleset (policy, reference, landscape, code) and the versions of the records that met."""

    ruleset: str
    policy: str
    policy_version: int
    investor: str
    investor_version: int
    gap: str
    gap_version: int
    zone: str
    zone_version: int
    zone_evidence: str = ""
    """The version of what the zone's firms and officers say; empty where they say nothing."""


def of_pair(held: Pair, rules: Ruleset) -> Receipt:
    """The receipt of a pair under a ruleset."""
    investor, gap = held.investor.facts, held.gap.facts
    return Receipt(
        ruleset=rules.digest,
        policy=rules.policy.id,
        policy_version=rules.policy.version,
        investor=investor.id,
        investor_version=investor.version,
        gap=gap.id,
        gap_version=gap.version,
        zone=gap.zone.id,
        zone_version=gap.zone.version,
        zone_evidence="" if gap.zone.evidence is None else gap.zone.evidence.version,
    )


def write(receipt: Receipt) -> str:
    """The receipt as an opaque line."""
    body = json.dumps(list(asdict(receipt).values()), separators=(",", ":"))
    return FORM + urlsafe_b64encode(body.encode()).decode().rstrip("=")


def read(line: str) -> Receipt:
    """The receipt of a line that `write` made.

    Raises:
        ValueError: the line is none.
    """
    body = line.removeprefix(FORM)
    try:
        values: object = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (Error, ValueError, RecursionError) as error:
        raise ValueError("is no receipt") from error
    kinds = [str, str, int, str, int, str, int, str, int, str]
    if not line.startswith(FORM) or not isinstance(values, list):
        raise ValueError("is no receipt")
    parts = cast("list[object]", values)
    parts += [""] * (len(parts) == len(kinds) - 1)  # written before firms counted
    if [type(part) for part in parts] != kinds:
        raise ValueError("is no receipt")
    return Receipt(*parts)  # pyright: ignore[reportArgumentType] — the types were just compared
