"""From a code of any of the known classifications to the GB/T 4754 classes it means.

A GB/T 4754 code means itself. Any other code goes through ISIC Rev.4 and is a prior: it says
where the firm probably belongs, never where it does.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from matching.reference.loader import Reference
from matching.vocabulary import CodeScheme

MAX_CODE_LENGTH = 16
"""Longer than any code of any scheme with its punctuation; what is longer is not a code."""

RANK_FACTOR = 0.5
"""What a class keeps of its share when the crosswalk ranks it second or lower (ours)."""

HELD_IN_PART = frozenset({CodeScheme.KSIC10, CodeScheme.SSIC2020, CodeScheme.NIC2008})
"""Schemes of which the reference has only a part, so that an unknown code may well exist."""

ISIC_SECTIONED = frozenset(
    {
        CodeScheme.ISIC4,
        CodeScheme.NACE2,
        CodeScheme.UKSIC2007,
        CodeScheme.SSIC2020,
        CodeScheme.NIC2008,
    }
)
"""Schemes whose divisions stand under the same section letters as in ISIC Rev.4."""

UNLETTERED = frozenset({CodeScheme.NAICS2017, CodeScheme.NAICS2022})
"""Schemes without section letters."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LETTERED = re.compile(r"([A-Z])(\d.*)")
_NACE = re.compile(r"(\d\d)\.?(\d{0,2})")
_PUNCTUATED = re.compile(r"(\d\d)(?:\.(\d{1,2})(?:/(\d))?)?")
_DIGITS = re.compile(r"\d{2,6}")


class IndustryCode(NamedTuple):
    """A code as its owner states it, with the classification it is from."""

    scheme: CodeScheme
    code: str


class GbShare(NamedTuple):
    """A GB/T 4754 code and how much of the asked code it stands for, in (0, 1]."""

    code: str
    share: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a code means: `gb` best first, empty when not found or when GB has no counterpart.

    `code` is in the scheme's own writing; `fallback_of` is the code asked for when a shorter
    one had to stand in for it (then `exact` is False). Not found is never "allowed".
    """

    found: bool
    code: str
    gb: tuple[GbShare, ...]
    exact: bool
    fallback_of: str | None


def resolve(reference: Reference, scheme: CodeScheme, code: str) -> Resolution:
    """What `code` means in GB/T 4754; an unknown or malformed code is `found=False`, no error.

    A class GB/T 4754 does not know falls back to its group; so does, to its longest known
    prefix, an unknown code of a scheme that is held in part. A group or division of a foreign
    scheme means the union of what it covers.
    """
    letter, bare = _split(code)
    if scheme is CodeScheme.GB4754:
        found = _resolve_gb(reference, letter, bare)
    else:
        found = _resolve_foreign(reference, scheme, letter, bare)
    return found or Resolution(found=False, code=code, gb=(), exact=False, fallback_of=None)


def is_gb4754(reference: Reference, code: str) -> bool:
    """Whether the code is in GB/T 4754-2017; its section letter, if given, must be right.

    False also for a well-formed class of a known group, which `resolve` answers by that group.
    """
    resolution = resolve(reference, CodeScheme.GB4754, code)
    return resolution.found and resolution.exact


def _split(code: str) -> tuple[str, str]:
    """A section letter ("" when there is none) and the rest; ("", "") for what is no code."""
    if len(code) > MAX_CODE_LENGTH:
        return "", ""
    tidy = "".join(code.translate(_FULL_WIDTH).split()).upper()
    if not tidy.isascii():
        return "", ""
    lettered = _LETTERED.fullmatch(tidy)
    return (lettered[1], lettered[2]) if lettered else ("", tidy)


def _resolve_gb(reference: Reference, letter: str, code: str) -> Resolution | None:
    looks_like_class = len(code) == len("3985") and code.isdigit()
    for known in (code, code[:-1]) if looks_like_class else (code,):
        entry = reference.gb4754.get(known)
        if entry is not None and letter in {"", entry.section}:
            return _resolution(known, code, (GbShare(known, 1.0),))
    return None


def _resolve_foreign(
    reference: Reference, scheme: CodeScheme, letter: str, bare: str
) -> Resolution | None:
    code = _own_writing(scheme, bare)
    if not _fits_section(reference, scheme, letter, code):
        return None
    last = 2 if scheme in HELD_IN_PART else len(code)
    for length in range(len(code), last - 1, -1):
        isic = _isic_classes(reference, scheme, code[:length])
        if isic:
            return _resolution(code[:length], code, _prior(reference, isic))
    return None


def _resolution(known: str, asked: str, gb: tuple[GbShare, ...]) -> Resolution:
    exact = known == asked
    return Resolution(
        found=True, code=known, gb=gb, exact=exact, fallback_of=None if exact else asked
    )


def _own_writing(scheme: CodeScheme, bare: str) -> str:
    """The code as the scheme writes it and the reference keeps it; "" when it cannot be one."""
    if scheme in {CodeScheme.NACE2, CodeScheme.NACE21}:
        nace = _NACE.fullmatch(bare)
        return ".".join(filter(None, nace.groups())) if nace else ""
    if scheme is CodeScheme.UKSIC2007:
        punctuated = _PUNCTUATED.fullmatch(bare)
        bare = "".join(filter(None, punctuated.groups())) if punctuated else bare
    is_isic_section = scheme is CodeScheme.ISIC4 and len(bare) == 1 and bare.isalpha()
    return bare if is_isic_section or _DIGITS.fullmatch(bare) else ""


def _fits_section(reference: Reference, scheme: CodeScheme, letter: str, code: str) -> bool:
    """Whether the code may stand under the letter it was given with."""
    if not code or not letter:
        return bool(code)
    if scheme in ISIC_SECTIONED:
        division = reference.isic4.get(code[:2])
        return division is not None and division.section == letter
    return scheme not in UNLETTERED


def _isic_classes(reference: Reference, scheme: CodeScheme, code: str) -> Collection[str]:
    """The ISIC classes of a code, or of all the codes it covers; empty when it is unknown."""
    if scheme is CodeScheme.ISIC4:
        return [
            isic
            for isic, entry in reference.isic4.items()
            if entry.level == "class" and (isic.startswith(code) or entry.section == code)
        ]
    held = reference.foreign_to_isic[scheme]
    if code in held:
        return held[code]
    return {isic for known, classes in held.items() if known.startswith(code) for isic in classes}


def _prior(reference: Reference, isic_classes: Iterable[str]) -> tuple[GbShare, ...]:
    """The GB classes of some ISIC classes; the more there are, the less each is meant (1/√n)."""
    ranks: dict[str, int] = {}
    for isic in isic_classes:
        for gb, rank in reference.isic_to_gb.get(isic, ()):
            ranks[gb] = min(rank, ranks.get(gb, rank))
    if not ranks:
        return ()
    share = 1 / sqrt(len(ranks))
    shares = (
        GbShare(gb, share if rank == 1 else share * RANK_FACTOR) for gb, rank in ranks.items()
    )
    return tuple(sorted(shares, key=lambda found: (-found.share, found.code)))
