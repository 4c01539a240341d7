"""Imports: a file that has come becomes a job."""

from functools import partial
from hashlib import sha256

from models.job import Job, JobKind
from service.imports.arriving import Packed
from service.jobs import turns
from service.repositories import jobs
from service.runtime import Visit
from service.usecases import replays
from service.usecases.replays import Made, Ticket


def start(visit: Visit, packed: Packed, ticket: Ticket | None) -> Made:
    """Store a file as a job, or find the one this ticket made before."""
    return replays.once(visit, ticket, "job", partial(_store, visit, packed))


def ticket_for(key: str | None, path: str, packed: Packed) -> Ticket | None:
    """The ticket of an upload: the digest of its file and of what was said of it stands for it."""
    if key is None:
        return None
    digest = sha256(packed.task.model_dump_json().encode()).hexdigest()
    return Ticket(key, "POST", path, digest)


def _store(visit: Visit, packed: Packed) -> str:
    job = Job(
        kind=JobKind.IMPORT,
        created_by=visit.caller.key_id,
        task=packed.task,
        rows=packed.rows,
        portions=len(packed.places),
    )
    jobs.add(visit.session, job, packed.portions(job.id))
    turns.tell(visit.session, visit.caller.key_id, "created", job)
    return job.id
