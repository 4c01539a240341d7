"""The cache for administrators: its figures, and having everybody forget."""

from dataclasses import asdict
from typing import Final

from models.cache import CacheFigures, ProcessCache, PurgeScope, SharedCache
from service.cache import Cache
from service.repositories import events
from service.repositories.events import Change
from service.runtime import Work

SUBJECT: Final = "cache"


def figures(cache: Cache) -> CacheFigures:
    """What is known of the cache now."""
    known = cache.statistics()
    process = ProcessCache.model_validate(
        {
            **asdict(known.process),
            "hits": known.process_hits + known.ready_hits,
            "misses": known.store_hits + known.computed + known.shared,
            "computed": known.computed,
        }
    )
    if cache.store is None or known.store is None:
        return CacheFigures(process=process, shared=None)
    size = cache.store.measure()
    entries, length = (None, None) if size is None else (size.entries, size.bytes)
    shared = {**asdict(known.store), "entries": entries, "bytes": length}
    return CacheFigures(process=process, shared=SharedCache.model_validate(shared))


def purge(work: Work, scope: PurgeScope) -> None:
    """Have all processes forget, from this transaction on.

    An answer is kept under the name of the last event, so the event that tells of the purge already
    puts what was kept out of everybody's reach; records are read anew by who reads of it.
    """
    version = events.count_of(work.session, SUBJECT, scope) + 1
    change = Change(
        actor=work.caller.key_id,
        action="cache.purged",
        subject_type=SUBJECT,
        subject_id=scope.value,
        subject_version=version,
        after={"scope": scope.value},
    )
    events.append(work.session, change, events.reserve(work.session))
    work.runtime.cache.forget()
    work.runtime.rechecking.forget()
    work.runtime.ready.forget()
