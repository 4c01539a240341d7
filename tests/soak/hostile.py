"""The hostile corpus at every place of every operation, over both kinds of database."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from models.api_key import MOST_A_MINUTE
from service import logs, runtime
from service.app import contract
from service.rate_limits import RateLimits
from service.scorer import Scorer, load_scorer
from service.settings import Settings
from tests.databases import PostgresCopies, SqliteCopies
from tests.hardening.sweep import LONGEST_SECONDS, Call, Tally, all_calls, shortened, sweep
from tests.soak.promises import Promise, at_most, none_of
from tests.soak.site import Site

FULL_CALLS: Final = 30_000
EVERY: Final = 23
"""Of the calls of a full run, a small one makes one in so many."""

TOLD: Final = 20
UNLIMITED: Final = RateLimits(
    admin=MOST_A_MINUTE, portal=MOST_A_MINUTE, partner=MOST_A_MINUTE, failed=MOST_A_MINUTE
)


def run(site: Site) -> Iterator[Promise]:
    """All calls on SQLite, then on PostgreSQL."""
    logs.configure(logging.CRITICAL)
    scorer = load_scorer()
    copies = {
        "sqlite": SqliteCopies(site.folder, scorer),
        "postgresql": PostgresCopies(site.postgres_url, scorer),
    }
    for kind, made in copies.items():
        yield from measured(kind, made.copy(), scorer, is_small=site.is_small)


def measured(
    kind: str, copy: AbstractContextManager[Settings], scorer: Scorer, *, is_small: bool
) -> Iterator[Promise]:
    """What was answered over one kind of database."""
    calls = list(all_calls())[:: EVERY if is_small else 1]
    tally = swept(copy, scorer, calls)
    least = FULL_CALLS // EVERY if is_small else FULL_CALLS
    faults = [shortened(fault) for fault in tally.faults]
    told = "; ".join(list(dict.fromkeys(faults))[:TOLD])
    yield none_of(f"hostile calls that do harm, {kind}", least, len(faults), tally.calls, told)
    yield at_most(f"the slowest answer, {kind}", LONGEST_SECONDS, tally.slowest, "s")
    refused = sum(count for status, count in tally.statuses.items() if 400 <= status < 500)
    share = f"{refused / max(tally.calls, 1):.0%} refused"
    yield Promise(f"most are refused, {kind}", "≥ 50 %", share, 2 * refused >= tally.calls)


def swept(copy: AbstractContextManager[Settings], scorer: Scorer, calls: list[Call]) -> Tally:
    """The calls made on an application of their own."""
    app = contract()
    with copy as settings, start_blocking_portal() as portal:
        TestClient.portal = portal  # one event loop for all calls
        free = settings.model_copy(update={"rate_limits": UNLIMITED})
        app.state.runtime = runtime.assemble(free, scorer)
        try:
            return sweep(app, iter(calls))
        finally:
            app.state.runtime.close()
            TestClient.portal = None
