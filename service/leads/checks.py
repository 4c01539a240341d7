"""Whether rules of leads can work on the status machine, found before a lead lives by them."""

from collections.abc import Iterator

from matching.vocabulary import LeadStatus
from service.leads.machine import FINAL, MOVES, Actor, moves_of, words_of
from service.leads.rules import PROTECTION, ClockRule, LeadRules


def check_rules(rules: LeadRules) -> None:
    """Refuse rules with a clock that could not work.

    Raises:
        ValueError: naming the clock: it starts on a lead's end; it could come to move a lead from
            where the machine lets no clock move it; the one whose duty it is can do nothing about
            it; its reminder or its extension does not fit its length; or there is no protection
            that starts on acceptance and ends on signing.
    """
    for clock in rules.clocks:
        _check_start(clock)
        _check_length(clock)
        running = running_in(clock)
        _check_overdue(clock, running)
        _check_duty(clock, running)
    _check_protection(rules)


def running_in(clock: ClockRule) -> frozenset[LeadStatus]:
    """The statuses in which a lead may be while the clock runs."""
    running = {
        to for before, to, actor in _moves() if _fits(clock.starts_on, before, to, actor)
    } - FINAL
    found = list(running)
    while found:
        now = found.pop()
        for to, actors in MOVES[now].items():
            ended = all(_fits(clock.ends_on, now, to, actor) for actor in actors)
            if not ended and to not in running | FINAL:
                running.add(to)
                found.append(to)
    return frozenset(running)


def _moves() -> Iterator[tuple[LeadStatus | None, LeadStatus, Actor]]:
    yield None, LeadStatus.SUBMITTED, Actor.PARTNER
    for now, moves in MOVES.items():
        for to, actors in moves.items():
            for actor in actors:
                yield now, to, actor


def _fits(words: tuple[str, ...], before: LeadStatus | None, to: LeadStatus, actor: Actor) -> bool:
    return not words_of(before, to, actor).isdisjoint(words)


def _check_start(clock: ClockRule) -> None:
    ends = [word for word in clock.starts_on if word in FINAL]
    if ends:
        msg = f"clocks.{clock.step} starts on {ends[0]}, after which a lead never moves"
        raise ValueError(msg)


def _check_length(clock: ClockRule) -> None:
    place = f"clocks.{clock.step}"
    if (clock.remind_before or 0) >= clock.period.working_days:
        msg = f"{place}: a reminder comes within the period, not before it"
        raise ValueError(msg)
    if clock.longest is None:
        return
    if not clock.extended_by:
        msg = f"{place}.longest limits extensions, yet nothing extends the clock"
        raise ValueError(msg)
    if clock.longest.working_days < clock.period.working_days:
        msg = f"{place}.longest is shorter than the period itself"
        raise ValueError(msg)


def _check_overdue(clock: ClockRule, running: frozenset[LeadStatus]) -> None:
    for status in sorted(running):
        allowed = moves_of(status, Actor.SYSTEM)
        if clock.on_overdue is not None and clock.on_overdue not in allowed:
            msg = (
                f"clocks.{clock.step} may run while a lead is {status}, "
                f"from where no clock can make it {clock.on_overdue}"
            )
            raise ValueError(msg)


def _check_duty(clock: ClockRule, running: frozenset[LeadStatus]) -> None:
    helps = clock.ends_on + clock.extended_by
    if not any(
        _fits(helps, now, to, clock.duty) for now in running for to in moves_of(now, clock.duty)
    ):
        msg = f"clocks.{clock.step} is the {clock.duty}'s duty, whose moves do not end or extend it"
        raise ValueError(msg)


def _check_protection(rules: LeadRules) -> None:
    for clock in rules.clocks:
        starts, ends = clock.starts_on == (LeadStatus.ACCEPTED,), LeadStatus.SIGNED in clock.ends_on
        if clock.step == PROTECTION and starts and ends:
            return
    msg = f"clocks.{PROTECTION} must be there, start on accepted and end on signed"
    raise ValueError(msg)
