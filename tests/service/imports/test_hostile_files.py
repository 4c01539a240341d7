"""Files that are meant to do harm, or are merely broken: a clear refusal, and nothing stored."""

import zipfile

import anyio
import pytest
from sqlalchemy import inspect, text
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from service.imports.reading import archive, limits
from tests.factories import ADMIN, PORTAL, bearer
from tests.service.imports.archives import (
    GOOD,
    archive_of,
    declaring,
    entries_of,
    flagged,
    lying,
    overlapping,
    sheet_with,
    workbook,
)
from tests.service.imports.sending import (
    counts,
    csv_of,
    engine_of,
    gap_rows,
    imported,
    runtime_of,
    send,
)

HEAD = b"zone_id,kind,link_id,products\n"
LINE = b"CNHTZ-3205,missing,ic.photoresist,x\n"
WIDE = ",".join(f"c{number}" for number in range(5000)).encode()
FILES: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("g.csv", b"", "is empty"),
    "blanks": ("g.csv", b" \n\n ", "is empty"),
    "headers only": ("g.csv", HEAD, "no row below its headers"),
    "no headers": ("g.csv", b"\n" + LINE, "no headers"),
    "a header twice": ("g.csv", b"zone_id,zone_id\nx,y\n", "two columns with the same header"),
    "a field twice": ("g.csv", "zone_id,高新区代码\nx,y\n".encode(), "two columns stand for"),
    "a header between that is empty": ("g.csv", b"zone_id,,kind\nx,y,z\n", "without a header"),
    "headers unheard of": ("g.csv", b"zone_id,hack\nx,y\n", "column 2"),
    "thousands of columns": ("g.csv", WIDE + b"\n" + LINE, "more than 200 columns"),
    "thousands of cells": ("g.csv", HEAD + b"," * 5000 + b"\n", "more than 200 cells"),
    "a huge cell": ("g.csv", HEAD + b"x" * 20_000 + b"\n", "more than 10000 characters"),
    "a huge quoted cell": ("g.csv", HEAD + b'"' + b"x\n" * 100_000 + b'"\n', "line 2"),
    "an endless line": ("g.csv", HEAD + b"x" * 600_000, "line 2 has more than"),
    "an endless first line": ("g.csv", b"x" * 3_000_000, "line 1 has more than"),
    "a quote left open": ("g.csv", HEAD + b'"x,y\n' + LINE, "quotes do not match"),
    "NUL": ("g.csv", HEAD + b"a\0b\n", "NUL"),
    "no encoding": ("g.csv", HEAD + b"\xff\xff\xff\n", "neither as UTF-8 nor as GB18030"),
    "UTF-16": ("g.csv", "zone_id,kind\n".encode("utf-16"), "UTF-16"),
    "called xlsx": ("g.xlsx", HEAD + LINE, "is called xlsx"),
    "called csv": ("g.csv", GOOD, "is called csv"),
    "called jsonl": ("g.jsonl", HEAD + LINE, "is called jsonl"),
    "a workbook with a password": ("g.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600,
                                   "encrypted or of an old Excel"),
    "half a workbook": ("g.xlsx", GOOD[: len(GOOD) // 2], "no complete XLSX"),
    "a workbook without its end": ("g.xlsx", GOOD[:-10], "no complete XLSX"),
    "a few bytes": ("g.xlsx", b"PK\x03\x04", "no complete XLSX"),
    "another archive": ("g.xlsx", archive_of({"readme.txt": b"x"}), "no XLSX workbook"),
    "an archive inside": ("g.xlsx", workbook(**{"xl/embeddings/a.zip": GOOD}), "other files"),
    "an archive inside by another name": ("g.xlsx", workbook(**{"xl/media/a.png": GOOD}),
                                          "other files"),
    "an encrypted entry": ("g.xlsx", flagged(0x1), "is encrypted"),
    "a bomb by its ratio": ("g.xlsx", workbook(**{"xl/media/a.bin": bytes(30_000_000)}), "packed"),
    "a bomb that lies": ("g.xlsx", lying(2000, bytes(range(32, 127)) * 40_000), "more than its"),
    "entries over one another": ("g.xlsx", overlapping(), "over one another"),
    "a thousand entries": ("g.xlsx", archive_of(
        entries_of() | {f"xl/{n}": b"" for n in range(1000)}), "too many entries"),
    "an unknown way of packing": ("g.xlsx", archive_of(entries_of(), zipfile.ZIP_BZIP2),
                                  "packed in a way"),
    "an entity of a file": ("g.xlsx", declaring(
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "document type"),
    "a billion laughs": ("g.xlsx", declaring(
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'), "document type"),
    "a declaration by the web": ("g.xlsx", declaring(b'<!doctype x SYSTEM "http://a/b.dtd">'),
                                 "document type"),
    "XML in UTF-16": ("g.xlsx", workbook(strings="<sst/>".encode("utf-16")), "UTF-8"),
    "a cell far away": ("g.xlsx", sheet_with(b'<row r="9"><c r="XFD9"><v>1</v></c></row>'),
                        "columns"),
    "a row far away": ("g.xlsx", sheet_with(b'<row r="1048576"><c r="A1048576"/></row>'), "rows"),
    "a cell far away, spelt oddly": ("g.xlsx", sheet_with(
        b"<row><c s='>' r = '&#88;FD9'><v>1</v></c></row>"), "entities"),
    "a tag without end": ("g.xlsx", sheet_with(b"<c " + b" " * 600_000 + b'r="XFD1"/>'), "tag"),
    "a broken sheet": ("g.xlsx", workbook(sheet=b"<worksheet><sheetData><row"), "XLSX"),
    "no sheet": ("g.xlsx", workbook(**{"xl/workbook.xml": b"<workbook><sheets/></workbook>"}),
                 "no sheet"),
    "JSON that is a list": ("g.jsonl", b"[1]\n", "is called jsonl"),
}  # fmt: skip


def stored(client: TestClient) -> dict[str, int]:
    """How many rows each table holds."""
    with engine_of(client).connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of our own tables
            for name in names
        }


def test_hostile_files_are_refused_and_leave_nothing(embedded: TestClient) -> None:
    before = stored(embedded)
    for label, (name, content, words) in FILES.items():
        answer = send(embedded, content, name)
        told = f"{label}: {answer.status_code} {answer.text[:300]}"
        assert answer.status_code == 422, told
        assert answer.headers["Content-Type"] == "application/problem+json", told
        (error,) = answer.json()["errors"]
        assert (error["loc"], words in error["msg"]) == (["body", "file"], True), told
        assert "passwd" not in answer.text
    assert stored(embedded) == before


def test_what_a_directory_claims_is_believed_where_it_is_too_much(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1000)
    assert "unpack to more" in send(embedded, GOOD, "g.xlsx").text
    monkeypatch.setattr(archive, "MOST_UNPACKED", 10**9)
    monkeypatch.setattr(limits, "MOST_ROWS", 1)
    assert "more than 1 rows" in send(embedded, GOOD, "g.xlsx").text


def test_formulas_are_values(embedded: TestClient) -> None:
    formula = b'<row r="4"><c r="A4" t="str"><f>CMD()</f><v>G-9</v></c><c r="B4" t="inlineStr">\
<is><t>CNHTZ-3205</t></is></c><c r="C4" t="inlineStr"><is><t>weak</t></is></c>\
<c r="D4" t="inlineStr"><is><t>ic.photoresist</t></is></c></row>'
    assert counts(imported(embedded, sheet_with(formula), "g.xlsx")) == (3, 0, 0, 0)
    rows = gap_rows(1, title_zh="=1+1", title_en='=HYPERLINK("http://a")', owner="'@x")
    assert counts(imported(embedded, csv_of(rows))) == (0, 1, 0, 0)
    gaps = {gap["external_id"]: gap for gap in embedded.get("/v1/gaps").json()["items"]}
    assert set(gaps) == {"G-0", "G-1", "G-9"}
    assert gaps["G-0"]["title_zh"] == "=1+1"
    assert gaps["G-0"]["owner"] == "@x"


def test_bad_characters_are_refused_row_by_row(embedded: TestClient) -> None:
    lines = b'{"title_zh":"a\\u0000b"}\n{"title_zh":"\\ud800"}\n{"\\ud800\\u202e":1}\n{"a":NaN}\n'
    deep = b"{" + b'"a":[' * 5000 + b"]" * 5000 + b"}\n"
    job = imported(embedded, lines + deep + b'{"severity":1' + b"0" * 5000 + b"}\n", "g.jsonl")
    assert counts(job) == (0, 0, 0, 6)
    assert embedded.get(f"/v1/admin/jobs/{job['id']}/refusals").status_code == 200


FORMS: dict[str, dict[str, str]] = {
    "no kind": {"kind": ""},
    "an unknown kind": {"kind": "leads"},
    "an unknown field": {"surprise": "1"},
    "a mapping that is no JSON": {"mapping": "{"},
    "a mapping that is a list": {"mapping": "[1]"},
    "a mapping to an unknown field": {"mapping": '{"zone_id":"created_by"}'},
    "a mapping of an unknown header": {"mapping": '{"nope":"kind"}'},
    "nothing left": {"mapping": '{"zone_id":null,"kind":null,"link_id":null,"products":null}'},
    "a dry run of another kind": {"dry_run": "perhaps"},
    "an unknown encoding": {"encoding": "utf-7"},
    "another encoding": {"encoding": "gb18030"},
}


@pytest.mark.parametrize("label", FORMS)
def test_hostile_forms_are_refused(embedded: TestClient, label: str) -> None:
    content = (
        HEAD + LINE + ("光" * 3 + "\n").encode() if label == "another encoding" else HEAD + LINE
    )
    fields = {"kind": "gaps", **FORMS[label]}
    answer = send(embedded, content, **fields)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["loc"][0] == "body"


def multipart(body: bytes) -> dict[str, str]:
    return {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"--b\r\n", 422),
        (b"nonsense", 400),
        (b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\ngaps\r\n--b--\r\n', 422),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\ngaps\r\n--b--\r\n", 400),
        (b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\n' + b"x" * 300_000
         + b"\r\n--b--\r\n", 400),
        (b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\ngaps\r\n' * 2
         + b"--b--\r\n", 422),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n', 422),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n' * 2
         + b"--b--\r\n", 400),
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused(embedded: TestClient, body: bytes, status: int) -> None:
    answer = embedded.post("/v1/admin/imports", content=body, headers=multipart(body))
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_other_kinds_of_bodies_are_refused(embedded: TestClient) -> None:
    assert embedded.post("/v1/admin/imports", json={"kind": "gaps"}).status_code == 415
    assert embedded.post("/v1/admin/imports").status_code == 415
    headers = {"Content-Type": "multipart/form-data"}
    assert embedded.post("/v1/admin/imports", content=b"x", headers=headers).status_code == 400


BEGINNING = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'


def send_without_end(client: TestClient, block: bytes) -> tuple[int, int]:
    """The status that a chunked body gets which does not end, and how many blocks were read."""
    sent: list[int] = []
    answered: list[int] = []
    scope: Scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/v1/admin/imports",
        "raw_path": b"/v1/admin/imports", "query_string": b"", "scheme": "http",
        "headers": [(b"content-type", b"multipart/form-data; boundary=b"),
                    (b"authorization", f"Bearer {ADMIN}".encode())],
    }  # fmt: skip

    async def receive() -> Message:
        sent.append(1)
        body = BEGINNING + block if len(sent) == 1 else block
        return {"type": "http.request", "body": body, "more_body": True}

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    anyio.run(client.app, scope, receive, answer)
    return answered[0], len(sent)


def test_too_much_is_refused_before_it_is_read_or_while_it_comes(embedded: TestClient) -> None:
    parts = runtime_of(embedded)
    object.__setattr__(parts, "import_bytes", 2**20)  # the setting's least
    for size, title in (
        (2**21, "The file is too large"),
        (10 * 2**30, "The body is too large"),
        (10**30, "The body is too large"),
    ):
        claimed = multipart(b"") | {"Content-Length": str(size)}
        answer = embedded.post("/v1/admin/imports", content=b"x", headers=claimed)
        assert (answer.status_code, answer.json()["title"]) == (413, title)
    status, blocks = send_without_end(embedded, b"x" * 65_536)
    assert (status, blocks) == (413, 16)
    elsewhere = embedded.post("/v1/gaps", content=b"x", headers={"Content-Length": "10000000"})
    assert elsewhere.status_code == 413


def test_nothing_is_read_of_what_strangers_send(embedded: TestClient) -> None:
    for headers, status in ((bearer("x" * 40), 401), (bearer(PORTAL), 403)):
        sent = headers | multipart(b"")
        assert embedded.post(
            "/v1/admin/imports", content=b"nonsense", headers=sent
        ).status_code == status  # fmt: skip
