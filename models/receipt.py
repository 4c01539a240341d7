"""Receipts handed in again."""

from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Field

from models.base import InputShape, PublicShape
from models.ranking import PairMatch

ReceiptLine = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class ReceiptRequest(InputShape):
    """The body of `POST /v1/receipts/replay`."""

    receipt: ReceiptLine = Field(description="The `receipt` of a match")

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {"examples": [{"receipt": "r1.…"}]}
    }


class Replayed(PublicShape):
    """The answer: the match as it was."""

    match: PairMatch = Field(description="The match, computed anew")
