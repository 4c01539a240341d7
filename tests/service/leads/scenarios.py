"""Lives of leads under each template: over holidays, month ends and leap days.

A scenario is people's moves and what must come of them: what was told, at the moment it fell due,
and the last move. The server looks at 00:00 and 09:00 every day.
"""

from dataclasses import dataclass

from service.leads.templates import lead_rules
from tests.service.leads.moments import at
from tests.service.leads.travel import Life, day_by_day, live, script


@dataclass(frozen=True)
class Scenario:
    name: str
    template: str
    moves: str
    until: str
    told: str
    end: str
    steps: tuple[str, ...] = ()
    """Steps whose notices are compared; empty for all."""

    def lived(self) -> Life:
        moves = script(self.moves)
        return live(
            lead_rules()[self.template], moves, day_by_day(moves[0].at, at(f"{self.until} 12:00"))
        )


SCENARIOS = [
    Scenario(
        name="jiangmen: an ordinary week, everything late",
        template="jiangmen-2024",
        moves="""
            2026-03-02 10:00 submitted partner
            2026-03-05 10:00 under_review office
        """,
        until="2026-03-20",
        told="""
            2026-03-03 09:00 answer.reminder
            2026-03-04 00:00 answer.overdue
            2026-03-06 09:00 assess.reminder
            2026-03-10 00:00 assess.overdue
            2026-03-11 09:00 feedback.reminder
            2026-03-13 00:00 feedback.overdue
        """,
        end="2026-03-05 10:00 under_review office",
    ),
    Scenario(
        name="jiangmen: the Saturday worked before Spring Festival, nobody there until the 24th",
        template="jiangmen-2024",
        moves="2026-02-14 16:30 submitted partner",
        until="2026-03-01",
        told="""
            2026-02-24 09:00 answer.reminder
            2026-02-25 00:00 answer.overdue
        """,
        end="2026-02-14 16:30 submitted partner",
    ),
    Scenario(
        name="jiangmen: assessed right after Spring Festival, reports every two weeks",
        template="jiangmen-2024",
        moves="""
            2026-02-13 10:00 submitted partner
            2026-02-14 11:00 under_review office
            2026-02-24 17:00 accepted office
            2026-03-10 23:30 accepted partner
            2026-03-26 10:00 negotiating partner
            2026-04-20 10:00 signed office
        """,
        until="2026-05-30",
        told="""
            2026-02-14 09:00 answer.reminder
            2026-02-24 09:00 assess.reminder
            2026-02-24 09:00 feedback.reminder
            2026-03-06 09:00 report.reminder
            2026-03-20 09:00 report.reminder
            2026-03-25 00:00 report.overdue
            2026-04-07 09:00 report.reminder
            2026-04-10 00:00 report.overdue
        """,
        end="2026-04-20 10:00 signed office",
    ),
    Scenario(
        name="jiangmen: a window that would end in the National Day holiday ends after it",
        template="jiangmen-2024",
        moves="""
            2025-07-09 10:00 submitted partner
            2025-07-10 10:00 accepted office
        """,
        until="2025-12-01",
        told="""
            2025-09-18 09:00 protection.reminder
        """,
        end="2025-10-10 00:00 released system",
        steps=("protection",),
    ),
    Scenario(
        name="jiangmen: a returned lead that is not completed in thirty days",
        template="jiangmen-2024",
        moves="""
            2026-01-05 10:00 submitted partner
            2026-01-05 16:00 returned office
        """,
        until="2026-03-01",
        told="2026-01-28 09:00 complete.reminder",
        end="2026-02-05 00:00 expired system",
    ),
    Scenario(
        name="jiangmen: completed in the last minute",
        template="jiangmen-2024",
        moves="""
            2026-01-05 10:00 submitted partner
            2026-01-05 16:00 returned office
            2026-02-04 23:59 submitted partner
            2026-02-05 15:00 rejected office
        """,
        until="2026-03-01",
        told="""
            2026-01-28 09:00 complete.reminder
            2026-02-05 09:00 answer.reminder
        """,
        end="2026-02-05 15:00 rejected office",
    ),
    Scenario(
        name="jiangmen: sent in a minute too late",
        template="jiangmen-2024",
        moves="""
            2026-01-05 10:00 submitted partner
            2026-01-05 16:00 returned office
            2026-02-05 00:00 submitted partner
        """,
        until="2026-03-01",
        told="2026-01-28 09:00 complete.reminder",
        end="2026-02-05 00:00 expired system",
    ),
    Scenario(
        name="guangzhou: a month from 31 January ends on the worked Saturday 28 February",
        template="guangzhou-2004",
        moves="""
            2026-01-30 10:00 submitted partner
            2026-01-31 10:00 accepted office
        """,
        until="2026-04-01",
        told="""
            2026-02-13 09:00 report.reminder
            2026-02-14 09:00 protection.reminder
            2026-02-25 00:00 report.overdue
        """,
        end="2026-03-01 00:00 released system",
    ),
    Scenario(
        name="guangzhou: a leap year's February, holidays not known",
        template="guangzhou-2004",
        moves="""
            2028-01-31 10:00 submitted partner
            2028-01-31 11:00 accepted office
        """,
        until="2028-04-01",
        told="2028-02-22 09:00 protection.reminder",
        end="2028-03-01 00:00 released system",
        steps=("protection",),
    ),
    Scenario(
        name="guangzhou: a partner's reports alone do not hold a lead",
        template="guangzhou-2004",
        moves="""
            2026-03-02 10:00 submitted partner
            2026-03-03 10:00 accepted office
            2026-03-17 10:00 accepted partner
            2026-04-01 10:00 accepted partner
        """,
        until="2026-06-01",
        told="""
            2026-03-16 09:00 report.reminder
            2026-03-27 09:00 protection.reminder
            2026-03-30 09:00 report.reminder
        """,
        end="2026-04-04 00:00 released system",
    ),
    Scenario(
        name="guangzhou: progress every month does",
        template="guangzhou-2004",
        moves="""
            2025-09-08 10:00 submitted partner
            2025-09-09 10:00 accepted office
            2025-10-09 10:00 negotiating partner
            2025-11-07 10:00 negotiating office
            2025-12-08 10:00 signed office
            2026-06-01 10:00 landed office
        """,
        until="2026-07-01",
        told="""
            2025-09-25 09:00 protection.reminder
            2025-11-03 09:00 protection.reminder
            2025-12-01 09:00 protection.reminder
        """,
        end="2026-06-01 10:00 landed office",
        steps=("protection",),
    ),
    Scenario(
        name="guangzhou: half a month over the National Day holiday",
        template="guangzhou-2004",
        moves="""
            2025-09-18 10:00 submitted partner
            2025-09-19 10:00 accepted office
            2025-10-10 10:00 withdrawn partner
        """,
        until="2025-11-01",
        told="""
            2025-09-29 09:00 report.reminder
            2025-10-10 00:00 report.overdue
        """,
        end="2025-10-10 10:00 withdrawn partner",
        steps=("report",),
    ),
    Scenario(
        name="xiangtan: ten working days over the National Day holiday and its two shifted days",
        template="xiangtan-2023",
        moves="""
            2025-09-23 10:00 submitted partner
            2025-09-24 10:00 under_review office
        """,
        until="2025-11-01",
        told="""
            2025-10-11 09:00 assess.reminder
            2025-10-15 00:00 assess.overdue
        """,
        end="2025-09-24 10:00 under_review office",
    ),
    Scenario(
        name="xiangtan: six months from the end of August",
        template="xiangtan-2023",
        moves="""
            2025-08-29 10:00 submitted partner
            2025-08-31 10:00 accepted office
        """,
        until="2026-04-01",
        told="2026-02-09 09:00 protection.reminder",
        end="2026-03-01 00:00 released system",
        steps=("protection",),
    ),
    Scenario(
        name="channel: three working days from a Friday before the shifted Sunday",
        template="deal-registration",
        moves="2025-09-26 23:59 submitted partner",
        until="2025-10-20",
        told="""
            2025-09-29 09:00 answer.reminder
            2025-10-01 00:00 answer.overdue
        """,
        end="2025-09-26 23:59 submitted partner",
    ),
    Scenario(
        name="channel: a minute later it is Saturday in China, the same three days",
        template="deal-registration",
        moves="2025-09-27 00:00 submitted partner",
        until="2025-10-20",
        told="""
            2025-09-29 09:00 answer.reminder
            2025-10-01 00:00 answer.overdue
        """,
        end="2025-09-27 00:00 submitted partner",
    ),
    Scenario(
        name="channel: from the Sunday that is worked, the third day is after the holiday",
        template="deal-registration",
        moves="2025-09-28 00:00 submitted partner",
        until="2025-10-20",
        told="""
            2025-09-30 09:00 answer.reminder
            2025-10-10 00:00 answer.overdue
        """,
        end="2025-09-28 00:00 submitted partner",
    ),
    Scenario(
        name="channel: ninety days, extended once by progress, then released",
        template="deal-registration",
        moves="""
            2026-03-02 10:00 submitted partner
            2026-03-03 10:00 accepted office
            2026-05-06 10:00 negotiating partner
        """,
        until="2026-12-01",
        told="2026-07-21 09:00 protection.reminder",
        end="2026-08-05 00:00 released system",
    ),
]
