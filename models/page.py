"""Lists, a page at a time."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """One page of a list in a total order."""

    items: list[Item] = Field(description="The items of this page, in order")
    next_cursor: str | None = Field(description="What to send as `cursor`; null = the last page")
