"""Errors as RFC 9457 problem documents."""

from sqlmodel import Field

from models.base import PublicShape


class ProblemError(PublicShape):
    """One thing that is wrong with a request."""

    loc: list[str | int] = Field(description="Where: body, query, path or header, then the field")
    msg: str = Field(description="What is wrong; it does not repeat the value")


class Problem(PublicShape):
    """An `application/problem+json` document."""

    type: str = Field(description="A stable name of the kind of problem, a URI reference")
    title: str = Field(description="The kind of problem in words")
    status: int = Field(description="The HTTP status", ge=400, le=599)
    detail: str = Field(description="What happened this time")
    instance: str = Field(description="The path of the request")
    errors: list[ProblemError] = Field(
        description="What is wrong with it, at most 100; empty but for 422"
    )
    request_id: str = Field(description="To quote when asking for help")
