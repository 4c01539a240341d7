"""Every page on both kinds of database: what SQL they lead to is the same."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.pages.admin.sections import SECTIONS
from tests.factories import (
    a_gap,
    a_keyword_edition,
    a_lead,
    a_person,
    a_policy,
    an_investor,
    register,
)
from tests.service.pages.visitor import a_visitor

FILTERS = (
    "/keys?state=in_force",
    "/keys?state=ended",
    "/partners?state=open&q=人",
    "/events?action=x",
)


def test_every_page_answers(
    app: FastAPI, admin: TestClient, partner: TestClient, other_partner: TestClient
) -> None:
    register(admin, "gaps", a_gap(title_zh="缺口"))
    register(admin, "investors", an_investor())
    draft = register(admin, "admin/policies", a_policy())
    one = register(
        partner, "leads", a_lead(investor=an_investor(name="示例株式会社"), **a_person())
    )
    two = register(other_partner, "leads", a_lead(investor=an_investor(name="Muster AG")))
    visitor = a_visitor(app)
    visitor.sign_in()
    edition = register(admin, "admin/reference", a_keyword_edition())
    own = [f"/policies/{draft['id']}", f"/reference/{edition['id']}"]
    tried = [f"{path}/preview" for path in own]
    details = [f"/leads/{one['id']}", "/partners/ptn_tests", *own, *tried]
    for path in (*(section.path for section in SECTIONS), *details, *FILTERS):
        assert visitor.text(path)
    visitor.done(f"/leads/{one['id']}/merge", into=two["id"])
    visitor.done(f"/leads/{one['id']}/unmerge")
    visitor.done(f"/leads/{one['id']}/move", to="accepted", reason="甲")
    visitor.done(f"/policies/{draft['id']}/change", neutral="300", version="1")
    assert visitor.send("/keys", name="甲", scope="portal", once="1").status_code == 200
    visitor.done(f"/policies/{draft['id']}/close", version="2")
    visitor.done(f"/reference/{edition['id']}/activate")
    visitor.done(f"/reference/{edition['id']}/rollback")
    visitor.done("/partners", name="乙", once="2")
    visitor.sign_out()
    assert visitor.get("/").status_code == 303
