"""A run of all pairs from its start, or from where it stopped, to its end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlmodel import Session

from models.ranking_query import PolicyQuery
from service import database
from service.nightly import workers
from service.nightly.blocks import AllPairs, all_pairs
from service.nightly.keeping import Basis, Run, open_run, tidy
from service.nightly.workers import StateMoved
from service.runtime import Runtime, Work, assemble
from service.security import OPERATOR
from service.settings import Settings
from service.usecases import ranking

LISTS: Final = "lists"
"""The folder of all runs, in the data folder."""

Progress = Callable[[int, int], None]
"""Is told how many blocks are done, of how many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a run.

    Attributes:
        most: investors a list holds.
        block: gaps a block holds.
        policy_id: the policy; None: the one in force.
        threads: of this process; None: one for each processor.
        is_on_ray: whether the workers of a Ray cluster do it.
    """

    most: int = 50
    block: int = 100
    policy_id: str | None = None
    threads: int | None = None
    is_on_ray: bool = False


def make(runtime: Runtime, root: Path, asked: Asked, progress: Progress) -> Run:
    """The lists of all open gaps as they are now; what was done of the same run is kept.

    Raises:
        NotValid: the policy is not known.
        NoRay: Ray is asked for and not installed.
        StateMoved: records changed while workers of a cluster were starting.
    """
    with database.snapshot(runtime.engine) as session:
        pairs, basis = _pairs(runtime, session, asked)
    run = open_run(root, basis)
    missing, count = run.missing(), len(basis.ranges())
    progress(count - len(missing), count)
    if asked.is_on_ray:
        made = workers.on_ray(prepared, basis, missing) if missing else iter(())
    else:
        made = workers.local(pairs, missing, asked.threads)
    for (g0, g1), block in made:
        run.keep(g0, g1, block)
        progress(len(run.manifest.blocks), count)
    tidy(root)
    return run


def prepared(basis: Basis) -> AllPairs:
    """The pairs of a run, made by the settings of this process's own environment.

    Raises:
        StateMoved: this process sees other records, rules or another day than the run rests on.
    """
    settings = Settings()
    runtime = assemble(settings)
    asked = Asked(basis.most, basis.block, basis.policy_id)
    try:
        with database.snapshot(runtime.engine) as session:
            pairs, mine = _pairs(runtime, session, asked)
    finally:
        runtime.close()
    if mine != basis:
        raise StateMoved(f"event {mine.log_number} is there, {basis.log_number} was asked for")
    return pairs


def _pairs(runtime: Runtime, session: Session, asked: Asked) -> tuple[AllPairs, Basis]:
    work = Work(session, OPERATOR, runtime)
    found = ranking.basis_of(work, PolicyQuery(policy_id=asked.policy_id), "command")
    state, rules = found.state, found.rules
    pairs = all_pairs(state, rules, found.compiled, asked.most)
    basis = Basis(
        ruleset=rules.digest,
        policy_id=rules.policy.id,
        day=state.day.isoformat(),
        log_number=state.mark.number,
        log_id=state.mark.id,
        gaps=len(pairs.gaps),
        investors=len(pairs.ids),
        most=asked.most,
        block=asked.block,
    )
    return pairs, basis
