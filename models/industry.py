"""Industry codes as callers send them, with the classification they come from."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints
from sqlmodel import Field

from matching.vocabulary import CodeScheme
from models.base import InputShape
from models.text import clean_line

CodeText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    BeforeValidator(clean_line),
]


class IndustryCode(InputShape):
    """A code of one classification; whether it exists is looked up in the reference."""

    scheme: CodeScheme = Field(description="The classification the code belongs to")
    code: CodeText = Field(description="The code as the classification writes it, such as 3985")
