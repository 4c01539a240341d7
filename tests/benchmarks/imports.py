"""How fast a file of gaps comes in: `python -m tests.benchmarks.imports [rows] [csv|xlsx]`.

Makes a file of which one row in a hundred is bad, imports it on a real PostgreSQL that keeps what
it acknowledged, and in the same run registers some rows one by one, as a caller without files has
to. Two clocks: the wall's, and the processor time of this process and of the database server, which
others on the machine disturb less.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from matching.vocabulary import GapKind
from models.gap import Gap, GapCreate
from models.import_task import RecordKind
from models.job import Job
from service import database, runtime, security
from service.exports.sheets import write_xlsx
from service.imports.arriving import packed, said_of
from service.jobs.kinds import JOBS
from service.jobs.worker import Worker
from service.repositories import jobs
from service.runtime import Runtime, Work
from service.scorer import Scorer, load_scorer
from service.usecases import gaps, imports
from tests.databases import PostgresCopies, postgres_server

HEADERS = ("external_id", "zone_id", "kind", "link_id", "products", "title_zh", "severity",
           "investment_min_cny", "investment_max_cny", "land_ha", "valid_until")  # fmt: skip
ONE_BY_ONE = 1000
MEGABYTE = 1024


def rows_of(count: int, scorer: Scorer) -> Iterator[list[Any]]:
    """Rows of a file, the same each time; every hundredth names no zone that is there."""
    choose = random.Random(7)  # noqa: S311 - figures of a benchmark
    zones, links = sorted(scorer.reference.zones), sorted(scorer.reference.links)
    for number in range(count):
        zone = "CNHTZ-NONE" if number % 100 == 99 else choose.choice(zones)
        link = choose.choice(links)
        least = choose.randrange(1, 900) * 1_000_000
        name = scorer.reference.links[link].name_zh
        yield [f"G-{number}", zone, choose.choice(("weak", "missing")), link,
               f"{name};{name}材料", f"引进{name}项目", choose.randrange(101), least,
               least * 3, choose.randrange(1, 90) / 2, "2030-12-31"]  # fmt: skip


def write_file(path: Path, rows: Iterator[list[Any]]) -> None:
    """The rows as CSV or as XLSX, by the ending of the name."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(chain([HEADERS], rows))
        return
    write_xlsx(str(path), chain([HEADERS], rows))


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the wall, and of processors."""

    wall: float
    work: float


def timed(parts: Runtime, act: Callable[[], Any]) -> Taken:
    """The seconds that it takes."""
    wall, work = time.perf_counter(), time.process_time() + server_seconds(parts)
    act()
    worked = time.process_time() + server_seconds(parts) - work
    return Taken(time.perf_counter() - wall, worked)


def server_seconds(parts: Runtime) -> float:
    """Processor time of the database server's processes so far, gone ones included (Linux)."""
    with parts.engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    server = status_of(backend)[1]
    ticks = 0
    for found in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = status_of(int(found.name))
            if server in {int(found.name), fields[1]}:
                ticks += fields[11] + fields[12]
                ticks += fields[13] + fields[14] if int(found.name) == server else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def status_of(process: int) -> list[int]:
    """The numbers of /proc/…/stat from the state on, which is none; the parent is the second."""
    words = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return [0, *map(int, words[1:15])]


def peak() -> int:
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def import_file(parts: Runtime, path: Path) -> Job:
    """The job of a file, worked to its end."""
    said = said_of({"kind": RecordKind.GAPS})
    with (
        path.open("rb") as file,
        packed(file, path.name, said) as found,
        database.transaction(parts.engine) as session,
    ):
        made = imports.start(Work(session, security.OPERATOR, parts), found, None)
    worker = Worker(parts, JOBS)
    while worker.tick():
        pass
    with Session(parts.engine) as session:
        job = jobs.find(session, made.id)
    assert job is not None
    return job


def register_one_by_one(parts: Runtime, rows: Iterator[list[Any]]) -> None:
    """Each row through the use case behind `POST /v1/gaps`, in a transaction of its own."""
    for row in rows:
        with database.transaction(parts.engine) as session:
            gaps.register(Work(session, security.OPERATOR, parts), body_of(row), None)


def add_one_by_one(parts: Runtime, rows: Iterator[list[Any]]) -> None:
    """Each row by `add_all` of the ORM in a transaction of its own: no event, nothing checked."""
    for number, row in enumerate(rows):
        with database.transaction(parts.engine) as session:
            session.add_all([gap_of(row, number)])


def add_at_once(parts: Runtime, rows: Iterator[list[Any]]) -> None:
    """All rows by one `add_all` of the ORM: no event, nothing checked."""
    with database.transaction(parts.engine) as session:
        session.add_all([gap_of(row, 10_000 + number) for number, row in enumerate(rows)])


def body_of(row: list[Any]) -> GapCreate:
    said = dict(zip(HEADERS, row, strict=True))
    products = said["products"].split(";")
    return GapCreate.model_validate({**said, "products": products, "external_id": None})


def gap_of(row: list[Any], number: int) -> Gap:
    said = dict(zip(HEADERS, row, strict=True))
    return Gap(
        number=10**9 + number,
        created_by="system",
        zone_id=said["zone_id"],
        kind=GapKind(said["kind"]),
        chain_id=said["link_id"].partition(".")[0],
        link_id=said["link_id"],
        products=said["products"].split(";"),
        title_zh=said["title_zh"],
        severity=said["severity"],
        investment_min_cny=said["investment_min_cny"],
        investment_max_cny=said["investment_max_cny"],
        land_ha=said["land_ha"],
    )


def run(count: int, ending: str) -> None:
    """Make, import, compare, print."""
    scorer = load_scorer()
    with tempfile.TemporaryDirectory() as folder, postgres_server(is_durable=True) as url:
        path = Path(folder) / f"gaps.{ending}"
        write_file(path, rows_of(count, scorer))
        with PostgresCopies(url, scorer).copy() as settings:
            parts = runtime.assemble(settings, scorer)
            before = peak()
            found: list[Job] = []
            took = timed(parts, lambda: found.append(import_file(parts, path)))
            job, most = found[0], peak()
            size = path.stat().st_size / 2**20
            told(f"{ending}: {count:,} rows, {size:.1f} MB: {job.status}, {job.counts}")
            told(f"import, validated, an event each: {speeds(count, took)}")
            told(f"peak memory: {most} MB, of which {before} MB before the import began")
            compare(parts, scorer, Taken(took.wall / count, took.work / count))
            parts.close()


def speeds(count: int, took: Taken) -> str:
    return f"{count / took.wall:,.0f} rows/s ({count / took.work:,.0f} a second of processors)"


def compare(parts: Runtime, scorer: Scorer, a_row: Taken) -> None:
    """The same rows without files, in the same run."""

    def some() -> Iterator[list[Any]]:
        return islice((row for row in rows_of(10**6, scorer) if row[1] != "CNHTZ-NONE"), ONE_BY_ONE)

    for name, act in (
        ("one by one through the use case, validated, an event each", register_one_by_one),
        ("one by one by ORM add_all, nothing checked, no event", add_one_by_one),
        ("all at once by ORM add_all, nothing checked, no event", add_at_once),
    ):
        took = timed(parts, lambda act=act: act(parts, some()))
        ratio = took.wall / ONE_BY_ONE / a_row.wall
        lighter = took.work / ONE_BY_ONE / a_row.work
        told(f"{name}: {speeds(ONE_BY_ONE, took)}")
        told(f"    the import is {ratio:.1f} x as fast ({lighter:.1f} x by processor time)")


def told(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2] if sys.argv[2:] else "csv")
