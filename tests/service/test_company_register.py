"""The register of companies: level with the table, also after the table was put back."""

from sqlalchemy import Engine
from sqlmodel import Session, col, delete

from models.company import Company
from service.company_register import CompanyRegister
from service.identities import Identity
from tests.service.test_identities import a_company

SOUGHT = a_company("示例光刻胶")


def enter(engine: Engine, number: int, *names: str) -> str:
    with Session(engine) as session:
        row = Company(number=number, names=list(names))
        session.add(row)
        session.commit()
        session.refresh(row)
        return row.id


def found(engine: Engine, register: CompanyRegister, sought: Identity = SOUGHT) -> list[str]:
    with Session(engine) as session:
        return list(register.like(session, sought))


def test_what_is_added_is_found(engine: Engine) -> None:
    register = CompanyRegister()
    assert found(engine, register) == []
    first = enter(engine, 1, "示例光刻胶有限公司")
    enter(engine, 2, "别的公司")
    assert found(engine, register) == [first]
    third = enter(engine, 7, "Other", "示例光刻胶")
    assert found(engine, register) == [first, third]


def test_a_table_that_was_put_back_is_read_anew(engine: Engine) -> None:
    register = CompanyRegister()
    first = enter(engine, 1, "示例光刻胶有限公司")
    enter(engine, 2, "示例光刻胶")
    assert len(found(engine, register)) == 2
    with Session(engine) as session:
        session.exec(delete(Company).where(col(Company.number) == 2))
        session.commit()
    assert found(engine, register) == [first]
    other = enter(engine, 2, "示例光刻胶股份有限公司")
    assert found(engine, register) == [first, other]
