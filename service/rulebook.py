"""Which ruleset rules on which day: policies and editions, built-in or activated later."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Final

from sqlmodel import Session

from matching.policy import Policy, read_policy
from matching.reference.edition import Edition
from matching.reference.loader import Reference
from matching.ruleset import Ruleset, ruleset
from models.edition import StoredEdition
from models.policy_draft import StoredPolicy
from service.edition_rows import edition_of
from service.repositories import editions, policies, rules_in_force
from service.scorer import Scorer
from service.shelf import Layers, Loaded, Shelf, Stack

EDITIONS_READ: Final = 128
"""A list shows a hundred, each with what keeps it from being laid."""


@dataclass(frozen=True, slots=True)
class Term:
    """A ruleset and the days it rules: from the first on, until the day `until` comes."""

    rules: Ruleset
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        begun = self.rules.policy.effective_from <= day
        return begun and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every policy that rules, will rule or has ruled, and the editions that lie on the reference.

    Of two policies on one day the first here rules. The rulesets of the terms are those over the
    built-in reference; what `on` and `over` give is joined with the reference of the day.
    """

    terms: tuple[Term, ...]
    shelf: Shelf
    _joined: dict[tuple[str, str], Ruleset] = field(
        default_factory=dict[tuple[str, str], Ruleset], compare=False, repr=False
    )
    _ever: dict[str, tuple[Ruleset, Stack]] = field(
        default_factory=dict[str, tuple[Ruleset, Stack]], compare=False, repr=False
    )

    def on(self, day: date, policy_id: str | None = None) -> Ruleset | None:
        """The ruleset in force on a day (of the named policy, if one is named), or None."""
        found = (
            term.rules
            for term in self.terms
            if policy_id in {None, term.rules.policy.id} and term.covers(day)
        )
        rules = next(found, None)
        return None if rules is None else self.over(rules, day)

    def over(self, rules: Ruleset, day: date) -> Ruleset:
        """The same policy over the reference that rules on a day."""
        return self._join(rules, self.shelf.reference(day))

    def of_policy(self, policy_id: str) -> Ruleset | None:
        """The newest ruleset of a policy over the built-in reference, in force or not."""
        found = (t.rules for t in self.terms if t.rules.policy.id == policy_id)
        return next(found, None)

    def of_digest(self, digest: str) -> Ruleset | None:
        """The ruleset of that digest, in force or not: what a receipt rests on."""
        if not self._ever:
            self._ever.update(dict(self._all_joined()))  # at once: others read it too
        found = self._ever.get(digest)
        return None if found is None else self._join(found[0], self.shelf.layers.over(found[1]))

    def _all_joined(self) -> Iterator[tuple[str, tuple[Ruleset, Stack]]]:
        """Every policy over every reference that it can ever have been joined with, by digest."""
        for stack in self.shelf.ever():
            reference = self.shelf.layers.over(stack)
            for term in self.terms:
                yield ruleset(term.rules.policy, reference).digest, (term.rules, stack)

    def _join(self, rules: Ruleset, reference: Reference) -> Ruleset:
        if reference is rules.reference:
            return rules
        key = rules.digest, reference.digest
        if key not in self._joined:
            self._joined[key] = ruleset(rules.policy, reference)
        return self._joined[key]


class Rulebook:
    """The rules as a session sees them; made anew only when a policy or an edition has changed."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._lock = Lock()
        self._name: tuple[tuple[str, datetime], ...] = ()
        self._loaded: dict[tuple[str, datetime], Loaded] = {}
        self._editions: OrderedDict[str, Edition] = OrderedDict()
        self.layers = Layers(scorer.reference)
        """The references that editions make, drafts too."""
        self._rules = Rules(_in_order(map(Term, scorer.rulesets)), Shelf(self.layers))

    def at(self, session: Session) -> Rules:
        """The rules in the session's snapshot."""
        name = rules_in_force.states(session)
        with self._lock:
            if name == self._name:
                return self._rules
        rules = self._read(session)
        with self._lock:
            self._name, self._rules = name, rules
        return rules

    def edition_of(self, row: StoredEdition) -> Edition:
        """What a stored edition says; those read last are kept by the digest of all they say."""
        edition = self._editions.get(row.digest)
        if edition is None:
            edition = edition_of(row)
            with self._lock:
                self._editions[row.digest] = edition
                while len(self._editions) > EDITIONS_READ:
                    self._editions.popitem(last=False)
        return edition

    def ruleset_of(self, row: StoredPolicy) -> Ruleset:
        """The ruleset of a stored policy over the built-in reference, drafts too."""
        return ruleset(policy_of(row), self._scorer.reference)

    def _read(self, session: Session) -> Rules:
        stored = [
            Term(self.ruleset_of(row), row.effective_until)
            for row in policies.all_activated(session)
        ]
        terms = _in_order([*reversed(stored), *map(Term, self._scorer.rulesets)])
        rows = editions.all_activated(session)
        self._loaded = {  # what has not changed stays the same object, and what rests on it laid
            state: self._loaded.get(state) or loaded_of(row, self.edition_of(row))
            for row in rows
            for state in [(row.id, row.updated_at)]
        }
        return Rules(terms, Shelf(self.layers, tuple(self._loaded.values())))


def policy_of(row: StoredPolicy) -> Policy:
    """The policy that a row holds; a draft is dated as if it had begun when it was made."""
    head = {
        "id": row.id,
        "version": row.revision,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "source": row.source,
        "effective_from": row.effective_from or row.created_at.date(),
    }
    return read_policy({**row.figures, **head})


def loaded_of(row: StoredEdition, edition: Edition) -> Loaded:
    """An edition with the days it rules; a draft as if it were activated when it was loaded."""
    return Loaded(
        id=row.id,
        edition=edition,
        first=row.effective_from or row.created_at.date(),
        activated_at=row.activated_at or row.created_at,
        until=row.effective_until,
        rolled_back_at=row.rolled_back_at,
    )


def _in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The later a policy begins the earlier it comes; of one day, the one activated last."""
    ordered = sorted(terms, key=lambda term: term.rules.policy.effective_from, reverse=True)
    return tuple(ordered)
