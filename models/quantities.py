"""Numbers, flags and days shared by every shape: bounded, and never read out of another type."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def refuse_other_types(value: object) -> object:
    """The number as it came; text and booleans, which pydantic would read as numbers, are refused.

    Raises:
        ValueError: the value is a string or a boolean.
    """
    if isinstance(value, bool | str | bytes):
        raise ValueError("should be a number")  # noqa: TRY004 - pydantic reports ValueError only
    return value


def refuse_timestamps(value: object) -> object:
    """A day as it came; timestamps, which pydantic would read as days, are refused.

    Raises:
        ValueError: the value is neither a date nor text of the form YYYY-MM-DD.
    """
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    if is_day or (isinstance(value, str) and DAY.fullmatch(value)):
        return value
    raise ValueError("should be a day of the form YYYY-MM-DD")


def false_when_null(value: bool | None) -> bool:
    """False where nothing is said."""
    return value is True


def one_when_null(value: int | None) -> int:
    """1 where nothing is said."""
    return 1 if value is None else value


_number = BeforeValidator(refuse_other_types)

Whole = Annotated[int, _number]
"""A whole number; the field says its bounds."""

Money = Annotated[int, Field(ge=0, le=10**15), _number]
"""CNY."""

Count = Annotated[int, Field(ge=0, le=100_000_000), _number]
"""How many."""

Capacity = Annotated[int, Field(ge=1, le=1000), _number]
"""How many investors, 1 or more."""

Level = Annotated[int, Field(ge=1, le=5), _number]
"""A technology level, 1 (mature) to 5 (leading edge)."""

Grade = Annotated[int, Field(ge=0, le=100), _number]
"""A mark from 0 to 100."""

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), _number]
"""A percentage, 0 to 100."""

Quantity = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), _number]
"""A physical quantity; its unit is in the name of the field."""

Flag = StrictBool
"""true or false, nothing that merely resembles one."""

FlagOrFalse = Annotated[StrictBool | None, AfterValidator(false_when_null)]
CapacityOrOne = Annotated[Capacity | None, AfterValidator(one_when_null)]

Day = Annotated[date, BeforeValidator(refuse_timestamps)]
"""A calendar day of China (UTC+8)."""
