"""Whether an answer shows everything that was acknowledged before it was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.soak.ledger import Look, bounds, certainly

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A read, with what it is about.

    Attributes:
        path: with its query.
        subject: the record it is for.
        groups: whom it may show; all of them, while they are in.
        other: the second record, where it is about a pair.
    """

    path: str
    subject: str
    groups: tuple[str, ...] = ()
    other: str | None = None


def faults(question: Question, answer: Json, before: Look, after: Look) -> list[str]:
    """A sentence for everything in the answer that cannot be.

    Args:
        question: what was asked.
        answer: what came.
        before: the ledger before the question was sent.
        after: the ledger when the answer was there.
    """
    found = [*_wrong_versions(answer, before, after), *_strange(answer, before)]
    if question.other is not None:
        found += _wrong_pair(question.subject, question.other, answer, before, after)
        return found
    least, most = bounds(question.subject, question.groups, before, after)
    if not least <= answer["eligible"] <= most:
        found.append(f"counts {answer['eligible']}, not {least} to {most}")
    for shown in shown_by(answer):
        if certainly(shown["id"], before, after) is False:
            found.append(f"shows {shown['id']}, which was out")
    return found


def shown_by(answer: Json) -> Iterator[Json]:
    """The gaps and investors of the matches."""
    single = answer.get("match")
    for match in answer.get("matches", [single] if single else []):
        yield from (match[name] for name in ("gap", "investor") if name in match)


def _wrong_versions(answer: Json, before: Look, after: Look) -> Iterator[str]:
    for shown in (answer["subject"], *shown_by(answer)):
        id_, version = shown["id"], shown["version"]
        if id_ in before.known and version < before.known[id_].version:
            acknowledged = before.known[id_].version
            yield f"shows version {version} of {id_} when {acknowledged} was acknowledged"
        if id_ in after.known and version > after.known[id_].begun:
            yield f"shows version {version} of {id_}, which nobody had asked for"


def _strange(answer: Json, before: Look) -> Iterator[str]:
    for shown in shown_by(answer):
        if shown.get("severity") in before.strange:
            yield f"shows {shown['id']} as it is in another database"


def _wrong_pair(subject: str, other: str, answer: Json, before: Look, after: Look) -> Iterator[str]:
    standing = {certainly(subject, before, after), certainly(other, before, after)}
    is_match = answer["match"] is not None
    if is_match and False in standing:
        yield "shows a match of a record that was out"
    if not is_match and standing == {True}:
        yield "shows no match of two records that were in"
