"""Which classes of a list are divisions of GB/T 4754, whatever their codes look like."""

import re
from collections.abc import Sequence

from matching.describing.grams import grams
from matching.reference.loader import Reference

_CODED = re.compile(r"[A-Z]?(\d\d)")


def find_divisions(classes: Sequence[tuple[str, str]], reference: Reference) -> dict[int, str]:
    """The place of a class (code, name) in the list → its division in GB/T 4754, two digits.

    By the same name; by the code (29, C29) only where the names have something in common, since
    other lists use the same digits for other things.
    """
    known = {
        code: grams(entry.name_zh) | grams(entry.name_en or "")
        for code, entry in reference.gb4754.items()
        if entry.level == "division"
    }
    by_name = {
        grams(entry.name_zh): code
        for code, entry in reference.gb4754.items()
        if entry.level == "division"
    }
    found: dict[int, str] = {}
    for place, (code, name) in enumerate(classes):
        own, coded = grams(name), _CODED.fullmatch(code)
        like = coded is not None and bool(own & known.get(coded[1], frozenset()))
        division = coded[1] if coded and like else by_name.get(own)
        if division is not None:
            found[place] = division
    return found
