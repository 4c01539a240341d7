"""Rows as bodies: read cell by cell, checked by the same shapes as a call, with a key of their own.

A row that names no `external_id` is known by what it says: the digest of its values stands for one.
So the same row, in the same file or in another, is the same record and never a second one.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

from pydantic import JsonValue, ValidationError
from sqlmodel import SQLModel

from matching.reference.loader import Reference
from models.base import FieldsDisagree
from models.import_task import ImportTask
from models.job import RowFault, RowRefusal
from models.problem import ProblemError
from service.errors import NotValid, invalid
from service.imports.cells import Cell, is_blank, reader_of
from service.imports.columns import by_field
from service.imports.reading.limits import Row
from service.problems import field_problems, printable
from service.usecases.reference_checks import check_codes

KEY: Final = "external_id"
ID: Final = "id"
MOST_FAULTS: Final = 20
DIGEST_LENGTH: Final = 32
Body = TypeVar("Body", bound=SQLModel)


@dataclasses.dataclass(frozen=True, slots=True)
class Checked(Generic[Body]):
    """A row that is a valid body."""

    line: int
    own_id: str | None
    """The id of the record that the row names, where it names one."""
    key: str
    """That id; else its `external_id`, given or derived, with the zone of an enterprise; of a zone
    its code."""
    body: Body
    sent: frozenset[str]
    """The fields that the file speaks of: those that a known record is brought to."""
    beside: Mapping[str, str]
    """What the row says that is no part of the body, such as the zone of an enterprise."""


class RowNotTaken(Exception):  # noqa: N818 - house style: the name is the sentence
    """What is wrong with a row, place by place."""

    def __init__(self, errors: Sequence[ProblemError]) -> None:
        super().__init__()
        self.errors = errors


class Reader:
    """Turns rows of one file into values, and what is wrong with them into refusals."""

    def __init__(self, task: ImportTask) -> None:
        self._task = task
        known = by_field(task.kind)
        self._columns = [
            (place, field, reader_of(known[field].form, field))
            for place, field in enumerate(task.fields)
            if field is not None
        ]
        self._headers = {
            field: header
            for field, header in zip(task.fields, task.headers, strict=True)
            if field is not None
        }

    def values(self, content: list[Cell] | dict[str, JsonValue] | str) -> dict[str, JsonValue]:
        """The fields that a row fills.

        Raises:
            RowNotTaken: it has more cells than headers, or is no object.
        """
        if isinstance(content, dict):
            return content
        if isinstance(content, str):
            raise RowNotTaken([ProblemError(loc=[], msg="is no JSON object")])
        if not all(map(is_blank, content[len(self._task.fields) :])):
            raise RowNotTaken([ProblemError(loc=[], msg="has more cells than there are headers")])
        found: dict[str, JsonValue] = {}
        for place, field, read in self._columns:
            cell = content[place] if place < len(content) else None
            value = None if is_blank(cell) else read(cell)
            if "." in field:
                _put(found, field, value)
            else:
                found[field] = value
        return found

    def refusal(self, line: int, errors: Sequence[ProblemError]) -> RowRefusal:
        """What is told of a row that is not taken."""
        return RowRefusal(line=line, faults=[self._fault(error) for error in errors[:MOST_FAULTS]])

    def _fault(self, error: ProblemError) -> RowFault:
        """The fault with the longest name of a field that is a column."""
        parts = [str(part) for part in error.loc if part != "body"]
        names = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        field = next((name for name in names if name in self._headers), ".".join(parts))
        shown = str(printable(field))
        return RowFault(column=self._headers.get(field, ""), field=shown, msg=error.msg)


def _put(values: dict[str, Any], field: str, value: JsonValue) -> None:
    """Set a field; a dotted one inside its object, which is there only where it holds something."""
    if "." not in field:
        values[field] = value
        return
    outer, _, inner = field.partition(".")
    values.setdefault(outer, None)
    if value is not None:
        if values[outer] is None:
            values[outer] = {}
        _put(values[outer], inner, value)


@dataclasses.dataclass(frozen=True, slots=True)
class Rule(Generic[Body]):
    """How the rows of one kind are checked."""

    shape: type[Body]
    key: str = KEY
    beside: tuple[str, ...] = ()
    """Fields of a row that are no part of the body."""
    has_id: bool = False
    """Whether a row may name a record by its id, whoever registered it."""


def check(
    rule: Rule[Body], reference: Reference, line: int, values: dict[str, JsonValue]
) -> Checked[Body]:
    """A row as a valid body.

    Raises:
        RowNotTaken: with everything that is wrong with it.
    """
    said = dict(values)
    own_id = said.pop(ID, None) if rule.has_id else None
    if own_id is not None and not isinstance(own_id, str):
        raise RowNotTaken([ProblemError(loc=[ID], msg="should be text")])
    beside = {name: said.pop(name, None) for name in rule.beside}
    missing = [name for name, value in beside.items() if not isinstance(value, str)]
    if missing:
        raise RowNotTaken([ProblemError(loc=[name], msg="is needed") for name in missing])
    # As `model_validate` of SQLModel does it, without its wrapping, which takes as long again.
    sent, body = frozenset(said), rule.shape.__new__(rule.shape)
    if rule.key == KEY and said.get(KEY) is None and own_id is None:
        said[KEY] = derived_key(values)
    try:
        rule.shape.__pydantic_validator__.validate_python(said, self_instance=body)
        check_codes(reference, vars(body), ())
    except ValidationError as error:
        found = [problem for one in error.errors() for problem in field_problems(one)]
        raise RowNotTaken(found) from None
    except NotValid as refusal:
        raise RowNotTaken(refusal.errors) from None
    key = own_id or "\n".join([*map(str, beside.values()), str(getattr(body, rule.key))])
    return Checked(
        line, own_id, key, body, sent, {name: str(value) for name, value in beside.items()}
    )


def check_is_new(row: Checked[Any]) -> None:
    """Nothing when a row names no record that is not there.

    Raises:
        NotValid: it does.
    """
    if row.own_id is not None:
        raise invalid("is the id of no record that is open", ID)


def derived_key(values: Mapping[str, JsonValue]) -> str:
    """The `external_id` of a row that names none: the digest of what it says."""
    said = {name: value for name, value in values.items() if value not in (None, [])}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return f"row-{sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]}"


def faults_of(error: NotValid | FieldsDisagree) -> list[ProblemError]:
    """What a refusal of the service says, place by place."""
    if isinstance(error, NotValid):
        return list(error.errors)
    return [ProblemError(loc=[name], msg=str(error)) for name in error.fields]


def check_rows(
    rule: Rule[Body], reference: Reference, reader: Reader, rows: Sequence[Row]
) -> Iterator[Checked[Body] | RowRefusal]:
    """Each row as a valid body, or what is wrong with it."""
    for line, content in rows:
        try:
            yield check(rule, reference, line, reader.values(content))
        except RowNotTaken as refusal:
            yield reader.refusal(line, refusal.errors)
