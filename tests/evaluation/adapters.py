"""The project's own functions under the names and shapes that the evaluation asks for."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from matching.codes import is_gb4754
from matching.describing.classes import ClassPlacer, IndustryClass
from matching.names.comparing import likeness_of
from matching.names.lexicon import load_words
from matching.names.parsing import is_bare_form, parse
from matching.names.register import Register
from matching.reference.loader import load_reference
from matching.reference.places import province_of
from models.identifiers import clean_lei, clean_uscc, uscc_warning
from models.text import NAME_LENGTH, clean_line
from tests.evaluation.landings import Landings, Row

load_words()  # as a service does before it answers, so that no first name waits for the tables

_DEFAULT_IGNORABLE = re.compile(
    "[\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]"
)
_WRITTEN = frozenset("LN")
"""Letters and numbers: a name without any is none."""


def name_similarity(a: str, b: str) -> float:
    """How alike two company names are, 0-100."""
    return 100 * likeness_of(parse(a), parse(b)).likeness


def register(names: list[str]) -> Callable[[str, int], list[tuple[int, float]]]:
    """A search over names: (position, likeness in 0-1000) best first, then by position."""
    made = Register(names)
    return lambda query, k: [(found.position, found.score) for found in made.search(query, k)]


def placer(candidates: Sequence[Mapping[str, str]]) -> Callable[[str], list[str]]:
    """A description → the codes of the classes it touches, best first."""
    classes = [
        IndustryClass(one["code"], one["name"], tuple(re.split(r"\s*/\s*", one["path"].strip())))
        for one in candidates
    ]
    made = ClassPlacer(classes, load_reference())
    return lambda text: [placed.code for placed in made.place(text)]


def zone_ranker(zones: Sequence[Row]) -> Callable[[Row], list[str]]:
    """A project → the zones' ids, best first, by the engine under the built-in policy."""
    return Landings(zones, load_reference()).rank


def uscc(s: str) -> str | None:
    """The credit code in its standard form; None when its form or check digit is wrong."""
    code = clean_uscc(s)
    return code if isinstance(code, str) and uscc_warning(code) is None else None


def lei(s: str) -> str | None:
    """The LEI in its standard form.

    Raises:
        ValueError: it is none.
    """
    code = clean_lei(s)
    return code if isinstance(code, str) else None


def gbt(s: str) -> bool:
    """Whether the code is in GB/T 4754-2017."""
    return is_gb4754(load_reference(), s)


def region(s: str) -> str | None:
    """The statistical region of a province, city or division code; None when it is not known."""
    province = province_of(load_reference(), s)
    return None if province is None else str(province.region)


def company_name(s: str) -> str:
    """The name on one line, in NFC.

    Raises:
        ValueError: blank, invisible, without a letter or number, too long, nothing but a legal
            form, or with a control character or half a surrogate pair in it.
    """
    name = clean_line(s)
    if not isinstance(name, str) or len(name) > NAME_LENGTH:
        raise ValueError(f"is no name of at most {NAME_LENGTH} characters")
    seen = _DEFAULT_IGNORABLE.sub("", name)
    if not any(unicodedata.category(character)[0] in _WRITTEN for character in seen):
        raise ValueError("has no letter or number in it")
    if is_bare_form(name):
        raise ValueError("is a legal form, not a name")
    return name
