"""Answers that may outlive a write: kept in this process by question, with what proves them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from service.cache_entries import CacheKey, Entry
from service.index import Changes
from service.process_store import ProcessStore
from service.repositories.feed import Mark

KEPT_BYTES: Final = 32 * 1024 * 1024

Holds = Callable[[Changes], bool]
"""Whether an answer stays as it is, to the byte, after these changes."""


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of an answer, and when they stay as they are."""

    body: bytes
    holds: Holds


@dataclass(frozen=True, slots=True)
class _Kept(Entry):
    """An answer that is right at a mark of the log."""

    mark: Mark
    holds: Holds


class Rechecking:
    """Answers by their question, whatever the state they were made in; safe between threads.

    Only what changed since is looked at, so that a write costs a kept answer some microseconds
    where it does not touch it, instead of the whole ranking.
    """

    def __init__(self, max_bytes: int = KEPT_BYTES) -> None:
        self._kept: ProcessStore[_Kept] = ProcessStore(max_bytes)

    def recall(
        self, question: CacheKey, mark: Mark, changes: Callable[[Mark, Mark], Changes | None]
    ) -> Entry | None:
        """The answer that was right before and still is at this mark.

        Args:
            question: all that the answer depends on but the records.
            mark: the state that is asked about.
            changes: what became of records between two marks; None where that is not known.
        """
        kept = self._kept.get(question)
        if kept is None or kept.mark == mark:
            return kept
        since = changes(kept.mark, mark)
        if since is None or not kept.holds(since):
            return None
        kept = replace(kept, mark=mark)
        self._kept.put(question, kept)
        return kept

    def keep(self, question: CacheKey, mark: Mark, entry: Entry, holds: Holds) -> None:
        """Keep an answer that was made in the state of a mark; the newest of a question stays."""
        kept = self._kept.get(question)
        if kept is None or kept.mark.number <= mark.number:
            self._kept.put(question, _Kept(entry.body, entry.etag, mark, holds))

    def forget(self) -> None:
        """Keep nothing any more."""
        self._kept.clear()
