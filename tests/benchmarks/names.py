"""A name against a register of names: what a search takes beside those who read them all."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median, quantiles
from time import perf_counter

from psycopg import Connection, connect
from rapidfuzz import fuzz, process

from matching.names.parsing import parse_folded
from matching.names.register import Register
from tests.benchmarks import tables
from tests.benchmarks.bench import Bench, say
from tests.benchmarks.figures import Bar, Measured, Row, WrongAnswerError
from tests.matching.names.measure import SEED, share_equal, timed
from tests.matching.names.synthetic import NameMaker

EQUAL = 0.99
"""The share of searches whose best match must be as good as a comparison with every name's."""
DATABASE = """CREATE DATABASE names TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin
BUILTIN_LOCALE 'C.UTF-8'"""
"""Letters of every script are letters to it; in the locale C Chinese has no trigrams."""

Find = Callable[[str], str | None]
Work = Callable[[], object]


def measure(bench: Bench) -> Measured:
    """Check what is found, then time searches in turn with those of the peers."""
    count, searches, asked = bench.either((1_000_000, 400, 5), (3_000, 20, 2))
    checked, scanned = bench.either((100, 4_000), (5, 300))
    maker = NameMaker(SEED)
    names = [maker.make() for _ in range(count)]
    held = names[:scanned]
    equal = share_equal(held, [maker.misspell(held[at * 7919 % scanned]) for at in range(checked)])
    if equal < EQUAL:
        raise WrongAnswerError(f"the best match is as good in {equal:.1%} of searches only")
    register = Register(names)
    meant = [names[at * 7919 % count] for at in range(searches)]
    sought = [maker.misspell(name) for name in meant]
    searches_of = [partial(register.search, name, 1) for name in sought]
    ours, times = (_cold(searches_of, clock) for clock in (_wall, timed))
    right = f"{_right(_of(register, names), meant, sought):.0%} find the name that was meant"
    good = f"the best match is as good as a comparison with all of {scanned:,} in {equal:.1%}"
    values, notes = (
        {"p95": quantiles(times, n=20)[-1]},
        {"p95": f"of this thread alone; {median(times):.2f} ms usually; {right}"},
    )
    for name, find in _peers(bench, names).items():
        values[name] = median(_wall(partial(find, one)) for one in sought[:asked]) / median(ours)
        notes[name] = f"{_right(find, meant[:asked], sought[:asked]):.0%} of {asked} find the name"
    why = "half of a search is some forty calls of numpy, which take microseconds each"
    notes["rapidfuzz"] = f"{good}; {notes['rapidfuzz']}; {why}"
    return Measured(values, notes)


def _cold(searches: Sequence[Work], clock: Callable[[Work], float]) -> list[float]:
    """What each takes by a clock, of names that were not read before."""
    parse_folded.cache_clear()
    return [clock(search) for search in searches]


def _wall(work: Work) -> float:
    """Milliseconds on the wall: a server's work is not this thread's."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def _of(register: Register, names: Sequence[str]) -> Find:
    def find(name: str) -> str | None:
        found = register.search(name, 1)
        return names[found[0].position] if found else None

    return find


def _right(find: Find, meant: Sequence[str], sought: Sequence[str]) -> float:
    """The share of names that are found again."""
    right = [find(one) == name for name, one in zip(meant, sought, strict=True)]
    return sum(right) / len(right)


def _peers(bench: Bench, names: Sequence[str]) -> dict[str, Find]:
    say("names: building the indexes of the peers ...")
    rapid = partial(_rapidfuzz, names)
    return {"rapidfuzz": rapid, "fts5": _fts5(bench, names), "pg_trgm": _pg_trgm(bench, names)}


def _rapidfuzz(names: Sequence[str], name: str) -> str | None:
    return names[int(process.cdist([name], names, scorer=fuzz.ratio)[0].argmax())]


def _fts5(bench: Bench, names: Sequence[str]) -> Find:
    base = sqlite3.connect(":memory:")
    bench.callback(base.close)
    base.execute("CREATE VIRTUAL TABLE names USING fts5 (name, tokenize = 'trigram')")
    base.executemany("INSERT INTO names VALUES (?)", ((name,) for name in names))

    def find(name: str) -> str | None:
        grams = {name[at : at + 3].replace('"', '""') for at in range(len(name) - 2)}
        query = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        statement = "SELECT name FROM names WHERE names MATCH ? ORDER BY rank LIMIT 1"
        row = base.execute(statement, (query,)).fetchone()
        return row[0] if row else None

    return find


def _pg_trgm(bench: Bench, names: Sequence[str]) -> Find:
    tables.run(bench.connection, DATABASE)
    bench.callback(tables.run, bench.connection, "DROP DATABASE names WITH (FORCE)")
    url = bench.postgres.replace("/postgres?", "/names?")
    server: Connection[tuple[object, ...]] = bench.enter_context(connect(url, autocommit=True))
    tables.run(server, "CREATE EXTENSION pg_trgm")
    tables.run(server, "CREATE TABLE names (name text)")
    with server.cursor().copy("COPY names FROM STDIN") as copy:
        for name in names:
            copy.write_row((name,))
    tables.run(server, "CREATE INDEX ON names USING gin (name gin_trgm_ops)")
    tables.run(server, "VACUUM ANALYZE names")

    def find(name: str) -> str | None:
        statement = "SELECT name FROM names WHERE name % %s ORDER BY similarity(name, %s) DESC"
        row = server.execute(
            statement.replace("% ", "%% ", 1) + " LIMIT 1", (name, name)
        ).fetchone()
        return str(row[0]) if row else None

    return find


ROW = Row(
    key="names",
    what="a name against 1,000,000 names",
    peers=("rapidfuzz", "SQLite FTS5", "pg_trgm"),
    bars=(
        Bar("rapidfuzz", "against rapidfuzz.process.cdist", "×", least=300),
        Bar("p95", "the slowest of twenty searches", "ms", most=5),
        Bar("fts5", "against SQLite FTS5 by trigrams", "×"),
        Bar("pg_trgm", "against pg_trgm with an index", "×"),
    ),
    measure=measure,
)
