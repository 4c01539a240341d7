"""Text types shared by every shape: stripped, NFC, visible, free of what no store should hold."""

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

NAME_LENGTH = 500
"""Of real companies the longest names we know have some 300 characters."""

SHORT_LENGTH = 500
LONG_LENGTH = 5000
WORTH_CLEANING = 50_000
"""Longer input is refused by its length anyway, so no time is spent on normalising it."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CONTROL_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Overrides, embeddings and isolates: the rest is shown in another order than it is stored in."""

SURROGATE = re.compile(r"[\ud800-\udfff]")
EDGES = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def clean_line(value: object) -> object:
    r"""One line of text, stripped and in NFC; what is no string is left for pydantic to refuse.

    Raises:
        ValueError: blank, or with a control character or a lone surrogate in it, or with one that
            shows the rest backwards.

    >>> clean_line("  Cafe\u0301 ")
    'Café'
    """
    return _clean(value, CONTROL) if isinstance(value, str) else value


def clean_lines(value: object) -> object:
    """Like `clean_line`, for text that may hold line breaks (made newlines) and tabs."""
    if not isinstance(value, str):
        return value
    return _clean(value.replace("\r\n", "\n").replace("\r", "\n"), CONTROL_BUT_BREAKS)


def _clean(value: str, refused: re.Pattern[str]) -> str:
    if len(value) > WORTH_CLEANING or _is_clean(value):
        return value
    if SURROGATE.search(value):
        raise ValueError("holds half a surrogate pair, which is no character")
    text = unicodedata.normalize("NFC", EDGES.sub("", value))
    if refused.search(text):
        raise ValueError("holds a control character")
    if all(unicodedata.category(character) in UNSEEN for character in text):
        raise ValueError("is blank")
    if DIRECTION.search(text):
        raise ValueError("holds a character that turns the direction of writing")
    return text


def _is_clean(value: str) -> bool:
    """Whether nothing is to be done, as for most texts: quick to see, and no more than that."""
    is_visible = value.isprintable() and value != "" and value.strip() == value
    return is_visible and unicodedata.is_normalized("NFC", value)


Name = Annotated[
    str, StringConstraints(min_length=1, max_length=NAME_LENGTH), BeforeValidator(clean_line)
]
"""A name or title: one line, at most 500 characters."""

ShortText = Annotated[
    str, StringConstraints(min_length=1, max_length=SHORT_LENGTH), BeforeValidator(clean_line)
]
"""A phrase, product or note: one line, at most 500 characters."""

LongText = Annotated[
    str, StringConstraints(min_length=1, max_length=LONG_LENGTH), BeforeValidator(clean_lines)
]
"""A description: line breaks and tabs allowed, at most 5,000 characters."""

Key = Annotated[str, StringConstraints(min_length=1, max_length=100), BeforeValidator(clean_line)]
"""A key of another system: one line, at most 100 characters."""

ZoneCode = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
    BeforeValidator(clean_line),
]
"""The code of a zone, such as CNHTZ-3205."""

ChainId = Annotated[
    str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]+$"), BeforeValidator(clean_line)
]
"""A chain, such as ic."""

LinkId = Annotated[
    str,
    StringConstraints(max_length=80, pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$"),
    BeforeValidator(clean_line),
]
"""A link as `chain.link`, such as ic.photoresist."""

LanguageTag = Annotated[
    str,
    StringConstraints(max_length=20, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    BeforeValidator(clean_line),
]
"""A language: zh, en or another short BCP 47 tag, such as zh-Hant."""

ProvinceCode = Annotated[
    str, StringConstraints(max_length=2, pattern=r"^[0-9]{2}$"), BeforeValidator(clean_line)
]
"""A province by the first two digits of GB/T 2260, such as 32."""
