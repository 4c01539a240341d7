"""What is said to people: always in Chinese and English."""

from sqlmodel import Field

from models.base import PublicShape


class SentencePublic(PublicShape):
    """One statement in both languages."""

    zh: str = Field(description="In Chinese")
    en: str = Field(description="In English")


class WarningPublic(SentencePublic):
    """Something to look at that did not stop the request."""

    code: str = Field(description="What kind of warning, for programs: lower_snake")
    field: str | None = Field(description="The field it is about; null = the whole record")
