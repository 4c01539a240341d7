"""A folded name in Latin letters, taken apart."""

import re
from collections.abc import Sequence

from matching.names.lexicon import load_words
from matching.names.parts import CompanyName, Part, Script
from matching.names.tokens import stem, tokenise
from matching.names.words import Form, Role, Tokens

_LONGEST_FORM = 7
_LONGEST_PLACE = 4
_LONGEST_BRAND = 5
_FIRST_FORMS = frozenset(
    {"ru_ao", "ru_ooo", "ua_tov", "kz_too", "id_pt", "jp_kk", "jp_gk", "company"}
)
"""Forms that may stand before the name."""
_SHARE_CODE = re.compile(
    r"(?:dl|eo|yn|ls|sf|hd|dk|sk|nk|cd|ad|rd|sd|zy|yc|ir|ba|rp|wn|kc|mn|nd)\d*"
)
"""The currency of a share's par value, as German exchanges write it."""
_RECEIPT = re.compile(r"(?:sp)?(?:adr|ads|gdr)s?\d*")
"""A depositary receipt: from it on nothing belongs to the name."""


def parse_latin(folded: str) -> CompanyName:
    """The parts of a folded name without Chinese characters."""
    plain = folded.replace("(", " ").replace(")", " ")
    words = _without_share(tokenise(plain))
    form, is_branch, words = _take_form(words)
    parts = tuple(_parts(words))
    places = tuple(part.places for part in parts if part.places)
    brand = _brand(tuple(part.text for part in parts))
    core = next((part.text for part in parts if part.role is Role.CORE), "")
    return CompanyName(folded, Script.LATIN, parts, places, form, brand, is_branch, core)


def _without_share(words: Tokens) -> Tokens:
    """The words before what an exchange says of the share (SP.ADR, DL-,01, O.N.)."""
    marks = load_words().marks
    cut = next((at for at in range(1, len(words)) if _RECEIPT.fullmatch(words[at])), len(words))
    while 1 < cut < len(words) and words[cut - 1] in marks["receipt"]:
        cut -= 1
    words = words[:cut]
    for at in range(len(words) - 1, 0, -1):
        if _is_share_mark(words[at], "".join(words[at + 1 : at + 2])):
            cut = at
        elif not (words[at] in marks["share_small"] or words[at].isdigit() or len(words[at]) == 1):
            break
    return words[:cut]


def _is_share_mark(word: str, following: str) -> bool:
    """Whether a word is surely of a share: a kind, a class with its letter, a par value."""
    marks = load_words().marks
    if word in marks["share_class"]:
        return len(following) == 1
    is_code = _SHARE_CODE.fullmatch(word) and (word[-1].isdigit() or following.isdigit())
    return word in marks["share"] or bool(is_code)


def _take_form(words: Tokens) -> tuple[Form | None, bool, Tokens]:
    """The form that says most of those found, whether a branch is named, and what is left."""
    found: list[Form] = []
    while len(words) > 1 and words[-1] in load_words().marks["stop"]:
        words = words[:-1]
    while (cut := _last_form(words)) is not None:
        form, words = cut
        found.append(form)
    words = _without_first_form(words, found)
    words = _without_inner_form(words, found)
    is_branch = any(form.kind == "branch" for form in found)
    telling = [form for form in found if form.kind not in ("any", "branch")]
    return (telling or found or [None])[0], is_branch, words


def _last_form(words: Tokens) -> tuple[Form, Tokens] | None:
    forms = load_words().latin_forms
    for start in range(max(1, len(words) - _LONGEST_FORM), len(words)):
        form = forms.get(words[start:])
        if form is not None:
            return form, words[:start]
    return None


def _without_first_form(words: Tokens, found: list[Form]) -> Tokens:
    forms = load_words().latin_forms
    for end in range(min(5, len(words) - 1), 0, -1):
        form = forms.get(words[:end])
        if form is not None and form.form_id in _FIRST_FORMS:
            found.append(form)
            return words[end:]
    return words


def _without_inner_form(words: Tokens, found: list[Form]) -> Tokens:
    for place in range(1, len(words)):
        if words[place] in load_words().marks["inner_form"]:
            found.append(load_words().latin_forms[words[place : place + 1]])
            return words[:place] + words[place + 1 :]
    return words


def _parts(words: Tokens) -> Sequence[Part]:
    parts: list[Part] = []
    at = 0
    while at < len(words):
        part, length = _part(words, at)
        at += length
        if part is not None:
            parts.append(part)
    return parts or [Part(word, stem(word), Role.CORE) for word in words]


def _part(words: Tokens, at: int) -> tuple[Part | None, int]:
    vocabulary = load_words()
    for length in range(min(_LONGEST_PLACE, len(words) - at), 0, -1):
        places = vocabulary.latin_places.get(words[at : at + length])
        if places:
            text = " ".join(words[at : at + length])
            return Part(text, text, Role.PLACE, places), length
    word = words[at]
    if word in vocabulary.marks["stop"]:
        return None, 1
    root = stem(word)
    return Part(word, root, vocabulary.latin_roles.get(root, Role.CORE)), 1


def _brand(words: Tokens) -> str | None:
    brands = load_words().latin_brands
    for length in range(min(_LONGEST_BRAND, len(words)), 0, -1):
        brand = brands.get(words[:length])
        if brand is not None:
            return brand
    return None
