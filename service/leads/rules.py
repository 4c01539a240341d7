"""What a set of rules says of a lead: its clocks and its protection."""

from dataclasses import dataclass

from matching.vocabulary import LeadStatus, Provenance
from service.leads.machine import Actor
from service.leads.periods import Period

PROTECTION = "protection"
"""The step of the clock that is the protection window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One duty and how long it may take."""

    step: str
    title_zh: str
    title_en: str
    duty: Actor
    """Whose duty it is, who is reminded."""
    starts_on: tuple[str, ...]
    """Words (`machine.WORDS`) of the moves that start the clock, unless it runs already."""
    ends_on: tuple[str, ...]
    """Words of the moves by which the duty is done; a move that also starts it starts it anew."""
    period: Period
    extended_by: tuple[str, ...] = ()
    """Words of the moves from which the period is counted again, while it has not run out."""
    longest: Period | None = None
    """What extensions cannot exceed, counted from the start."""
    remind_before: int | None = None
    """Working days before the last day on which a reminder is due; None for no reminder."""
    on_overdue: LeadStatus | None = None
    """What the lead becomes when the time is over; None: only told."""
    source: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRules:
    """One set of rules for leads."""

    id: str
    name_zh: str
    name_en: str
    source: str
    introducer_filed_before_signing: bool
    clocks: tuple[ClockRule, ...]

    @property
    def protection(self) -> ClockRule:
        """The protection window, which starts with acceptance."""
        return next(clock for clock in self.clocks if clock.step == PROTECTION)

    def needs_introducer(self, to: LeadStatus) -> bool:
        """Whether the introducer must have been filed before a lead may be moved there."""
        return self.introducer_filed_before_signing and to is LeadStatus.SIGNED


@dataclass(frozen=True, slots=True)
class SharedRule:
    """A rule that holds whichever template is chosen, and where it comes from."""

    key: str
    zh: str
    en: str
    source: str
    provenance: Provenance
