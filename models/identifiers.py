"""Identifiers checked against their own standards: credit codes, LEI, countries, web addresses."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, StringConstraints
from stdnum.cn import uscc as credit_code
from stdnum.iso7064 import mod_97_10

from models.countries import COUNTRIES
from models.sentences import WarningPublic
from models.text import SHORT_LENGTH, clean_line

LONGEST = 200
"""Longer input is no identifier, however many spaces it holds."""

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
HOST = re.compile(r"[^.]+(\.[^.]+)+\.?")
NOT_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}]")
BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff-]+")

CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
"""GB 32100-2015: authority and kind, six digits of the place, body and check; no I, O, S, V, Z."""

ENTITY_IDENTIFIER = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
"""ISO 17442-1."""


def compact(value: str) -> str:
    """Half width, upper case, without spaces, hyphens and invisible characters.

    >>> compact("９１３２ 0594-ma1text010")
    '91320594MA1TEXT010'
    """
    code = BETWEEN.sub("", value.translate(HALF_WIDTH)) if len(value) <= LONGEST else value
    return code.upper() if code.isascii() else code


def clean_uscc(value: object) -> object:
    """A unified social credit code in its standard form; the check digit is not looked at.

    Raises:
        ValueError: no such form; the message does not repeat the value.
    """
    if not isinstance(value, str):
        return value
    code = compact(value)
    if not CREDIT_CODE.fullmatch(code):
        raise ValueError("is no unified social credit code (GB 32100: 18 characters)")
    return code


def uscc_warning(value: str | None) -> WarningPublic | None:
    """A warning when the check digit is wrong; real registers hold some, so it is no refusal.

    Args:
        value: a code in its standard form, or nothing.
    """
    if value is None or credit_code.calc_check_digit(value[:-1]) == value[-1]:
        return None
    return WarningPublic(
        code="uscc_check_digit",
        field="uscc",
        zh="统一社会信用代码的校验位不符，请核对；已按所填内容登记",
        en="The check digit of the credit code is wrong: please compare; it was kept as given",
    )


def clean_lei(value: object) -> object:
    """A legal entity identifier in its standard form.

    Raises:
        ValueError: wrong form or wrong check digits.
    """
    if not isinstance(value, str):
        return value
    code = compact(value)
    if not ENTITY_IDENTIFIER.fullmatch(code):
        raise ValueError("is no LEI (ISO 17442: 20 characters, the last two digits)")
    if mod_97_10.checksum(code) != 1:
        raise ValueError("is no LEI: its check digits do not agree")
    return code


def clean_country(value: object) -> object:
    """A country of ISO 3166-1 in its two letters, upper case.

    Raises:
        ValueError: not in the standard.
    """
    if not isinstance(value, str):
        return value
    code = compact(value)
    if code not in COUNTRIES:
        raise ValueError("is no country of ISO 3166-1 alpha-2, such as CN, DE or JP")
    return code


def clean_website(value: object) -> object:
    """An address of the web as it was given.

    Raises:
        ValueError: not http or https, no host, spaces in it, or a password in front of the host.
    """
    text = clean_line(value)
    if not isinstance(text, str) or len(text) > SHORT_LENGTH:
        return text
    parts = urlsplit(text)
    is_web = parts.scheme in {"http", "https"} and HOST.fullmatch(parts.hostname or "")
    if not is_web or "@" in parts.netloc or NOT_IN_ADDRESSES.search(text):
        raise ValueError("is no address of the form https://host/…")
    return text


Uscc = Annotated[
    str,
    StringConstraints(max_length=18),
    Field(examples=["91320594MA1TEXT010"]),
    BeforeValidator(clean_uscc),
]
"""Once validated: 18 characters, upper case."""

Lei = Annotated[
    str,
    StringConstraints(max_length=20),
    Field(examples=["EXAMPLE00000BULIAN91"]),
    BeforeValidator(clean_lei),
]
"""Once validated: 20 characters, upper case."""

Country = Annotated[
    str, StringConstraints(max_length=2), Field(examples=["JP"]), BeforeValidator(clean_country)
]
"""Once validated: two capital letters of ISO 3166-1."""

Website = Annotated[
    str,
    StringConstraints(max_length=SHORT_LENGTH),
    Field(examples=["https://example.com/"]),
    BeforeValidator(clean_website),
]
"""An http or https address."""
