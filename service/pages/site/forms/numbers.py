"""Numbers as people type them."""

import re
from decimal import Decimal
from typing import Final

NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,6})?")


def decimal_of(said: str) -> Decimal | None:
    """The number, which may have commas between thousands; None where it is none, or below zero.

    >>> decimal_of("3,000"), decimal_of("1.5"), decimal_of("-1"), decimal_of("１")
    (Decimal('3000'), Decimal('1.5'), None, None)
    """
    plain = said.replace(",", "").replace("，", "")
    return Decimal(plain) if plain.isascii() and NUMBER.fullmatch(plain) else None
