"""Which ruleset rules on which day: the built-in policies and those administrators activated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlmodel import Session

from matching.policy import Policy, read_policy
from matching.ruleset import Ruleset, ruleset
from models.policy_draft import StoredPolicy
from service.repositories import policies
from service.scorer import Scorer


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
    """Every ruleset that rules, will rule or has ruled; of two on one day the first here rules."""

    terms: tuple[Term, ...]

    def on(self, day: date, policy_id: str | None = None) -> Ruleset | None:
        """The ruleset in force on a day (of the named policy, if one is named), or None."""
        return next(
            (
                term.rules
                for term in self.terms
                if policy_id in {None, term.rules.policy.id} and term.covers(day)
            ),
            None,
        )

    def of_policy(self, policy_id: str) -> Ruleset | None:
        """The newest ruleset of a policy, in force or not."""
        found = (t.rules for t in self.terms if t.rules.policy.id == policy_id)
        return next(found, None)

    def of_digest(self, digest: str) -> Ruleset | None:
        """The ruleset of that digest, in force or not: what a receipt rests on."""
        return next((t.rules for t in self.terms if t.rules.digest == digest), None)


class Rulebook:
    """The rules as a session sees them; made anew only when a policy has changed."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._lock = Lock()
        self._name: tuple[tuple[str, datetime], ...] = ()
        self._rules = _in_order(map(Term, scorer.rulesets))

    def at(self, session: Session) -> Rules:
        """The rules in the session's snapshot."""
        name = policies.states_of_activated(session)
        with self._lock:
            if name == self._name:
                return self._rules
        rules = self._read(session)
        with self._lock:
            self._name, self._rules = name, rules
        return rules

    def ruleset_of(self, row: StoredPolicy) -> Ruleset:
        """The ruleset of a stored policy, drafts too."""
        return ruleset(policy_of(row), self._scorer.reference)

    def _read(self, session: Session) -> Rules:
        stored = [
            Term(self.ruleset_of(row), row.effective_until)
            for row in policies.all_activated(session)
        ]
        return _in_order([*reversed(stored), *map(Term, self._scorer.rulesets)])


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


def _in_order(terms: Iterable[Term]) -> Rules:
    """The later a policy begins the earlier it comes; of one day, the one activated last."""
    ordered = sorted(terms, key=lambda term: term.rules.policy.effective_from, reverse=True)
    return Rules(tuple(ordered))
