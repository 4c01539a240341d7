"""Which company a lead means: found among all that leads name, joined where it is the same."""

from dataclasses import dataclass

from sqlmodel import Session

from models.company import Company, CompanyJoin
from models.investor import InvestorCreate
from service import clock
from service.company_register import CompanyRegister
from service.identities import IDENTIFIERS, Identity, Likeness, Relation
from service.repositories import companies, events
from service.repositories.events import Change
from service.security import SYSTEM


@dataclass(frozen=True, slots=True)
class Twin:
    """A company that another one is the same as."""

    company_id: str
    likeness: Likeness


def identity_from(investor: InvestorCreate) -> Identity:
    """What a profile says that tells its company from others."""
    local = [local.name for local in investor.names or ()]
    named = [investor.name, *local, *(investor.aliases or ())]
    names = dict.fromkeys(name for name in named if name is not None)
    return Identity(tuple(names), investor.uscc, investor.lei)


def find_twin(session: Session, register: CompanyRegister, identity: Identity) -> Twin | None:
    """The company that is the same: rather by an identifier than by name, then the earliest.

    A company whose group holds another credit code is not the same, however alike one name is.
    """
    found = register.like(session, identity)
    same = [(id_, like) for id_, like in found.items() if like.relation is Relation.SAME]
    for id_, likeness in sorted(same, key=lambda one: _is_by_name(one[1])):
        if not _contradicts(session, companies.root_of(session, id_), identity):
            return Twin(id_, likeness)
    return None


def _is_by_name(likeness: Likeness) -> bool:
    return IDENTIFIERS.isdisjoint(reason.key for reason in likeness.reasons)


def _contradicts(session: Session, root: str, identity: Identity) -> bool:
    group = companies.by_id(session, companies.group_under(session, root))
    codes = {row.uscc for row in group.values() if row.uscc is not None}
    return identity.uscc is not None and bool(codes) and identity.uscc not in codes


def register(session: Session, identity: Identity, number: int) -> Company:
    """Store a company under the number of its lead's event."""
    row = Company(number=number, names=list(identity.names), uscc=identity.uscc, lei=identity.lei)
    session.add(row)
    session.flush()
    return row


def join(session: Session, company_id: str, twin: Twin, actor: str = SYSTEM) -> None:
    """Take a company for another from now on, and tell of it."""
    number = events.reserve(session)
    reasons = [{"key": r.key, "zh": r.zh, "en": r.en} for r in twin.likeness.reasons]
    session.add(
        CompanyJoin(
            number=number,
            company_id=company_id,
            into_id=twin.company_id,
            reasons=reasons,
            actor=actor,
        )
    )
    session.flush()
    tell(session, actor, "joined", (company_id, twin.company_id), number)


def part(session: Session, row: CompanyJoin, actor: str) -> None:
    """Undo a join, and tell of it."""
    row.undone_by, row.undone_at = actor, clock.now()
    session.add(row)
    session.flush()
    tell(session, actor, "parted", (row.company_id, row.into_id), events.reserve(session))


def tell(session: Session, actor: str, verb: str, pair: tuple[str, str], number: int) -> None:
    """Leave an event of a company that was joined to another, or parted from it."""
    change = Change(
        actor=actor,
        action=f"company.{verb}",
        subject_type="company",
        subject_id=pair[0],
        subject_version=events.count_of(session, "company", pair[0]) + 1,
        after={"into": pair[1]},
    )
    events.append(session, change, number)
