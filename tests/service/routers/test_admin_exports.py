"""Exports: out and in again, formulas disarmed, persons left out; templates; refused rows."""

import csv
import io
import json
import tracemalloc
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from models.import_task import ExportKind, FileFormat, RecordKind
from service.exports import writing
from service.imports import packing
from service.repositories import exports
from tests.factories import (
    PARTNER,
    PORTAL,
    a_gap,
    a_lead,
    a_person,
    a_zone,
    an_enterprise,
    an_investor,
    bearer,
    register,
)
from tests.service.imports.sending import (
    OF_EDITION,
    counts,
    csv_of,
    engine_of,
    gap_rows,
    imported,
    send,
    work,
)

FORMATS = ["csv", "xlsx", "jsonl"]


def fill(admin: TestClient) -> None:
    """Records of an administrator and of a portal, with all that is hard to write down."""
    portal = TestClient(admin.app, headers=bearer(PORTAL))
    register(portal, "gaps", a_gap(external_id="P-1", title_zh="=1+1", description="一\n二"))
    register(
        portal, "gaps", {k: v for k, v in a_gap(products=["光刻胶"]).items() if k != "link_id"}
    )
    register(
        admin, "gaps", a_gap(products=["a;b", "[c", "-d"], land_ha=2.5, valid_until="2030-12-31")
    )
    closed = register(admin, "gaps", a_gap(title_zh="关闭"))
    admin.delete(f"/v1/gaps/{closed['id']}")
    register(
        portal,
        "investors",
        an_investor(
            name="'@甲", names=[{"lang": "en", "name": "A: B; C"}], opt_out=True, circular=False,
            industry_codes=[{"scheme": "gb4754", "code": "3985"}], activities=["r_and_d"],
        ),
    )  # fmt: skip
    readiness = {"strategy_planning": {"overall_development_efficiency": 70}}
    register(admin, "zones", a_zone(readiness=readiness, promotion_path={"plan": True}))
    items = [an_enterprise(honours=["listed"], revenue_cny=5), an_enterprise()]
    assert admin.put("/v1/zones/CNHTZ-3205/enterprises", json=items).status_code == 200


def export(client: TestClient, kind: str, form: str) -> bytes:
    answer = client.get(f"/v1/admin/exports?kind={kind}&format={form}")
    assert answer.status_code == 200
    assert f'filename="{kind}.{form}"' in answer.headers["Content-Disposition"]
    return answer.content


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheet_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("form", FORMATS)
def test_what_goes_out_comes_in_again_as_the_same(
    embedded: TestClient, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_A_TIME", 2)
    fill(embedded)
    for kind, count in (("gaps", 3), ("investors", 1), ("zones", 180), ("enterprises", 2)):
        job = imported(embedded, export(embedded, kind, form), f"{kind}.{form}", kind)
        assert (kind, counts(job)) == (kind, (0, 0, count, 0)), job["errors"]


def test_changes_made_in_a_sheet_come_in_to_the_records_of_their_owners(
    embedded: TestClient,
) -> None:
    fill(embedded)
    rows = rows_of(export(embedded, "gaps", "csv"))
    for row in rows:
        row["severity"] = "55"
    rows.append({**rows[0], "id": "gap_none"})
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    job = imported(embedded, csv_of(table))
    assert counts(job) == (0, 3, 0, 1)
    gaps = embedded.get("/v1/gaps?status=open").json()["items"]
    assert {gap["severity"] for gap in gaps} == {55}
    assert len(gaps) == 3


def test_formulas_are_disarmed_and_numbers_stay_numbers(embedded: TestClient) -> None:
    fill(embedded)
    titles = {row["title_zh"]: row for row in rows_of(export(embedded, "gaps", "csv"))}
    assert "'=1+1" in titles
    head, *rows = sheet_of(export(embedded, "gaps", "xlsx"))
    lands = {row[head.index("land_ha")] for row in rows}
    assert lands == {"", 2.5}
    for line in export(embedded, "gaps", "csv").decode("utf-8-sig").splitlines():
        assert line[0] not in "=+-@\t"


def test_leads_go_out_without_persons_and_notes(embedded: TestClient) -> None:
    partner = TestClient(embedded.app, headers=bearer(PARTNER))
    lead = register(partner, "leads", a_lead(note="问李四", **a_person(phone="13900000000")))
    for form in FORMATS:
        content = export(embedded, "leads", form)
        assert b"13900000000" not in content
        assert "王小明".encode() not in content
        assert "李四".encode() not in content
    (line,) = export(embedded, "leads", "jsonl").splitlines()
    told = json.loads(line)
    assert (told["id"], told["status"]) == (lead["id"], "submitted")
    assert told["investor_name"] == lead["investor"]["name"]


def test_an_empty_pool_is_a_file_with_headers(embedded: TestClient) -> None:
    assert export(embedded, "gaps", "jsonl") == b""
    assert rows_of(export(embedded, "gaps", "csv")) == []
    assert len(sheet_of(export(embedded, "investors", "xlsx"))) == 1
    assert embedded.get("/v1/admin/exports?kind=contacts").status_code == 422
    assert embedded.get("/v1/admin/exports").status_code == 422


def test_memory_does_not_grow_with_what_goes_out(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_A_TIME", 100)
    imported(embedded, csv_of(gap_rows(2000, description="长" * 1000)))
    for form in FileFormat:
        tracemalloc.start()
        blocks = writing.export(engine_of(embedded), ExportKind.GAPS, form)
        size = sum(len(block) for block in blocks)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > (100_000 if form is FileFormat.XLSX else 6_000_000)
        assert most < 3_000_000, form


@pytest.mark.parametrize("kind", list(RecordKind))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_can_be_sent_as_it_is(embedded: TestClient, kind: str, lang: str) -> None:
    path = f"/v1/admin/imports/templates/{kind}?lang={lang}"
    for form in ("csv", "xlsx"):
        answer = embedded.get(f"{path}&format={form}")
        assert answer.status_code == 200
        said = {"dry_run": "true", **OF_EDITION.get(kind, {})}
        job = imported(embedded, answer.content, f"x.{form}", kind, **said)
        assert counts(job) == (1, 0, 0, 0), job["errors"]


def test_there_are_no_other_templates(embedded: TestClient) -> None:
    assert embedded.get("/v1/admin/imports/templates/leads").status_code == 404


def test_refused_rows_come_back_and_in_again_once_corrected(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PORTION_ROWS", 7)
    rows = gap_rows(20, title_zh="=坏")
    for line in (2, 9, 21):
        rows[line - 1][1] = "CNHTZ-NONE"
    job = imported(embedded, csv_of(rows))
    path = f"/v1/admin/jobs/{job['id']}/errors"
    told = rows_of(embedded.get(path).content)
    assert [row["行号 line"] for row in told] == ["2", "9", "21"]
    assert told[0]["原因 reasons"] == "zone_id: is no registered zone"
    assert told[0]["title_zh"] == "'=坏"
    assert sheet_of(embedded.get(f"{path}?format=xlsx").content)[3][-2] == 21
    for row in told:
        row["zone_id"] = "CNHTZ-3205"
    corrected = csv_of([list(told[0]), *(list(row.values()) for row in told)])
    assert counts(imported(embedded, corrected)) == (3, 0, 0, 0)
    assert len(embedded.get("/v1/gaps?limit=100").json()["items"]) == 20


def test_refused_lines_of_json_come_back_as_they_were(embedded: TestClient) -> None:
    answer = send(embedded, b'{"zone_id":"x"}\nnonsense\n', "g.jsonl")
    work(embedded)
    told = rows_of(embedded.get(f"/v1/admin/jobs/{answer.json()['id']}/errors").content)
    assert [row["JSON"] for row in told] == ['{"zone_id": "x"}', "nonsense"]
    assert embedded.get("/v1/admin/jobs/job_none/errors").status_code == 404
