"""Travelling in time: a lead that lives through moves and looks, as the server would have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from matching.vocabulary import LeadStatus
from service.leads.clocks import Notice, clocks_of, due
from service.leads.machine import Actor, Move, moves_of
from service.leads.rules import LeadRules
from tests.service.leads.moments import at, told

WHO = {"partner": Actor.PARTNER, "office": Actor.ADMINISTRATOR}


@dataclass
class Life:
    """What became of a lead: its moves, and the notices in the order they were told."""

    moves: list[Move] = field(default_factory=list[Move])
    told: dict[str, Notice] = field(default_factory=dict[str, Notice])

    def look(self, rules: LeadRules, now: datetime) -> None:
        """Do what the clocks ask for at a moment, as a server's round does."""
        asked = due(clocks_of(rules, self.moves), now)
        if asked.move is not None:
            self.moves.append(asked.move)
        for notice in asked.notices:
            self.told.setdefault(notice.name, notice)

    def wish(self, rules: LeadRules, move: Move) -> None:
        """Make a person's move, after what fell due before it; refused if it is not allowed."""
        self.look(rules, move.at)
        now = self.moves[-1].status if self.moves else None
        first = now is None and move.status is LeadStatus.SUBMITTED
        if first or (now is not None and move.status in moves_of(now, move.actor)):
            self.moves.append(move)

    def telling(self) -> list[str]:
        """What was told, such as `2026-02-14 09:00 answer.reminder`."""
        return [f"{told(notice.at)} {notice.step}.{notice.kind}" for notice in self.told.values()]

    def end(self) -> str:
        """The last move, such as `2026-02-14 09:00 accepted office`."""
        who = {actor: name for name, actor in WHO.items()}
        last = self.moves[-1]
        return f"{told(last.at)} {last.status} {who.get(last.actor, last.actor)}"


def live(rules: LeadRules, wishes: Iterable[Move], looks: Iterable[datetime]) -> Life:
    """The life of a lead under people's wishes, when the server looks at these moments."""
    life = Life()
    turns: list[tuple[datetime, int, Move | None]] = [(look, 1, None) for look in looks]
    turns += [(move.at, 0, move) for move in wishes]
    for now, _, move in sorted(turns, key=lambda turn: turn[:2]):
        if move is None:
            life.look(rules, now)
        else:
            life.wish(rules, move)
    return life


def day_by_day(first: datetime, last: datetime) -> Sequence[datetime]:
    """Every 00:00 and 09:00 in China from one moment to another, and the last."""
    midnight = at(told(first)[:10])
    hours = (timedelta(), timedelta(hours=9))
    days = range((last - midnight).days + 1)
    looks = [midnight + timedelta(day) + hour for day in days for hour in hours]
    return [look for look in looks if first <= look < last] + [last]


def script(text: str) -> list[Move]:
    """Moves, one a line: `2026-02-13 10:00 submitted partner`."""
    moves: list[Move] = []
    for line in text.strip().splitlines():
        day, time, status, who = line.split()
        moves.append(Move(LeadStatus(status), at(f"{day} {time}"), WHO[who]))
    return moves
