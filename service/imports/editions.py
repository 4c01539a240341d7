"""A file of reference rows becomes one draft edition: all of its rows, or none."""

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from models.edition import EditionCreate, EditionHead, EditionRow
from models.job import Job, JobCounts, JobPortion, RowRefusal
from models.problem import ProblemError
from service.errors import NotValid
from service.imports.checking import Reader, RowNotTaken
from service.imports.packing import unpack
from service.imports.reading.limits import Row
from service.jobs.turns import Outcome
from service.jobs.worker import Store
from service.problems import field_problems
from service.runtime import Work
from service.usecases import edition_life, jobs

ROWS: Final = ("body", "rows")


def prepare(job: Job, portion: JobPortion, head: EditionHead) -> Store:
    """The rows of an edition, read; what is called then loads it where every row is good."""
    reader, content = Reader(job.import_task), unpack(portion)
    rows, refusals = _read(reader, content)

    def store(work: Work) -> Outcome:
        if refusals:
            return Outcome(JobCounts(refused=len(refusals)), refusals)
        body = EditionCreate.model_validate({**head.model_dump(), "rows": rows})
        try:
            if job.import_task.dry_run:
                edition_life.check(work, body)
            else:
                edition_life.load(work, body, None, jobs.edition_of(job.id))
        except NotValid as error:
            found = _refusals(reader, [line for line, _ in content], error)
            return Outcome(JobCounts(refused=len(found)), found)
        return Outcome(JobCounts(created=len(rows)), [])

    return store


def _read(reader: Reader, content: Sequence[Row]) -> tuple[list[EditionRow], list[RowRefusal]]:
    rows: list[EditionRow] = []
    refusals: list[RowRefusal] = []
    for line, cells in content:
        try:
            rows.append(EditionRow.model_validate(reader.values(cells)))
        except RowNotTaken as refusal:
            refusals.append(reader.refusal(line, refusal.errors))
        except ValidationError as error:
            found = [problem for one in error.errors() for problem in field_problems(one)]
            refusals.append(reader.refusal(line, found))
    return rows, refusals


def _refusals(reader: Reader, lines: Sequence[int], error: NotValid) -> list[RowRefusal]:
    """What is wrong with an edition, line by line."""
    found: dict[int, list[ProblemError]] = {}
    for one in error.errors:
        place = int(one.loc[len(ROWS)])
        told = ProblemError(loc=one.loc[len(ROWS) + 1 :], msg=one.msg)
        found.setdefault(lines[place], []).append(told)
    return [reader.refusal(line, found[line]) for line in sorted(found)]
