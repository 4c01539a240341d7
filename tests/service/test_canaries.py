"""Persons and secrets go through the whole service: found where they belong, nowhere else."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from service import logs, runtime
from service.scorer import Scorer
from service.usecases import ranking
from service.webhooks.courier import Courier
from tests.databases import SqliteCopies
from tests.factories import ADMIN, OTHER_PARTNER, OTHER_PORTAL, a_gap, a_key, bearer, register
from tests.service import canaries
from tests.service.canaries import ASKED, COMPANY, NOTE, PERSON, PERSONAL, SAID, TRIED_KEY, found_in
from tests.service.imports.sending import csv_of, imported
from tests.service.pages.visitor import a_visitor
from tests.service.telemetry.tracing import kept_spans
from tests.service.usecases.test_transitions import move
from tests.service.valkeys import running_valkey
from tests.service.webhooks.receiver import OPEN_GATE, Receiver
from tests.service.webhooks.station import work_off

TOKEN = "heckenbraunelle-scrapes"


@pytest.fixture
def real_log() -> Iterator[None]:
    """The log as the service writes it, and as it was afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers, root.level
    logs.configure()
    structlog.configure(cache_logger_on_first_use=False)  # others will want theirs
    yield
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@dataclass
class Story:
    """Everybody who calls, and what was answered to whom."""

    app: FastAPI
    receiver: Receiver
    folder: Path
    redis_port: int
    secrets: list[str] = field(default_factory=lambda: [ADMIN, TOKEN])
    to_others: list[Response] = field(default_factory=list[Response])
    refusals: list[Response] = field(default_factory=list[Response])

    def client(self, secret: str) -> TestClient:
        return TestClient(self.app, headers=bearer(secret))

    @property
    def admin(self) -> TestClient:
        return self.client(ADMIN)

    def key(self, **fields: str) -> TestClient:
        """A caller with a new key, which is a secret from now on."""
        made = self.admin.post("/v1/admin/keys", json=a_key(**fields)).json()
        self.secrets.append(made["secret"])
        return self.client(made["secret"])

    def refused(self, *answers: Response) -> None:
        assert all(400 <= answer.status_code <= 500 for answer in answers)
        self.refusals += answers

    def hook(self, client: TestClient) -> None:
        made = register(client, "webhooks", {"url": self.receiver.url})
        self.secrets.append(made["secret"])


@pytest.fixture
def story(
    blank_app: FastAPI, sqlite_copies: SqliteCopies, scorer: Scorer, receiver: Receiver,
    tmp_path: Path,
) -> Iterator[Story]:  # fmt: skip
    with sqlite_copies.copy() as settings, running_valkey(tmp_path) as valkey:
        more = {"redis_url": f"redis://127.0.0.1:{valkey.port}/0", "metrics_token": TOKEN}
        parts = runtime.assemble(settings.model_validate(settings.model_dump() | more), scorer)
        blank_app.state.runtime = replace(parts, gate=OPEN_GATE)
        yield Story(blank_app, receiver, settings.data_dir, valkey.port)
        parts.close()


def hand_in(story: Story, partner: TestClient, gap: str) -> dict[str, str]:
    """A lead goes its way; everything about it that can be wrong is tried as well."""
    lead = register(partner, "leads", canaries.the_lead(gap_id=gap))
    path = f"/v1/leads/{lead['id']}"
    wrong = canaries.the_lead(gap_id=gap)
    wrong["contacts"] = [PERSON | {"email": f"{PERSON['email']} no address", "nick": "x"}]
    story.refused(
        partner.post("/v1/leads", json=canaries.the_lead(gap_id=gap)),
        partner.post("/v1/leads", json=wrong),
        partner.post("/v1/leads", content=f'{{"contacts": "{PERSON["name"]}'.encode()),
        partner.post("/v1/leads", json=canaries.the_lead(gap_id=ASKED)),
        partner.get(f"/v1/leads/{ASKED}"),
        partner.get("/v1/leads", params={"email": PERSON["email"], ASKED: "1"}),
        move(partner, lead["id"], "accepted", reason=NOTE),
        story.client(TRIED_KEY).get(path),
    )
    for to in ("returned", "under_review", "accepted", "negotiating"):
        assert move(story.admin, lead["id"], to).status_code == 200
    held = partner.get(f"{path}/contacts")
    assert found_in(held.text, PERSONAL) == list(PERSONAL)
    key = partner.headers["Authorization"].removeprefix("Bearer ")
    return {"lead": path, "key": key, "investor": f"/v1/investors/{lead['investor_id']}"}


def look_around(story: Story, portal: TestClient, gap: str, made: dict[str, str]) -> None:
    """Others read all they may, and try what they may not."""
    pair = f"{made['investor']}/matches/{gap}"
    paths = [made["investor"], f"{made['investor']}/matches", pair, f"/v1/gaps/{gap}/matches"]
    for _ in range(2):  # made, then found
        story.to_others += canaries.read_by(portal, paths)
    assert COMPANY in story.to_others[-1].text
    question = {"queries": {"q": {"investor_id": made["investor"].rpartition("/")[2]}}}
    story.to_others.append(portal.post("/v1/match", json=question))
    assert {answer.status_code for answer in story.to_others} == {200}
    alien = [made["lead"], f"{made['lead']}/contacts", f"{made['lead']}/events", "/v1/admin/events"]
    for secret in (OTHER_PARTNER, OTHER_PORTAL):
        stranger = story.client(secret)
        story.refused(*canaries.read_by(stranger, alien))
        story.to_others += canaries.read_by(stranger, ["/v1/leads", f"/v1/gaps/{gap}", "/v1/gaps"])


def administer(story: Story, made: dict[str, str]) -> None:
    """Files in and out, and the pages of administrators and partners."""
    rows = [["name", "country", "products"], [f"{COMPANY} 2", "DE", "光刻胶"], [NOTE, ASKED, ""]]
    job = imported(story.admin, csv_of(rows), "firms.csv", "investors")
    assert (job["counts"]["created"], job["counts"]["refused"]) == (1, 1)
    for kind in ("investors", "leads"):
        exported = story.admin.get(f"/v1/admin/exports?kind={kind}&format=jsonl")
        assert exported.status_code == 200
        story.to_others.append(exported)
    lead = made["lead"].removeprefix("/v1")
    visitor, partner = a_visitor(story.app), a_visitor(story.app)
    story.refused(visitor.sign_in(TRIED_KEY))
    for one, key in ((visitor, ADMIN), (partner, made["key"])):
        assert one.sign_in(key).status_code == 303
        story.secrets.append(one.token)
    for page in ("/leads", lead):
        assert partner.client.get(page).status_code == 200, page
    for page in ("/", "/leads", lead, "/events", "/keys", "/imports", "/partners"):
        assert visitor.get(page).status_code == 200, page


def break_down(story: Story, portal: TestClient, patch: pytest.MonkeyPatch, path: str) -> None:
    """A fault of ours whose message repeats what was sent."""

    def fail(*_: object, **__: object) -> None:
        raise LookupError(" ".join([*PERSONAL, *SAID, *story.secrets]))

    with patch.context() as broken:
        broken.setattr(ranking, "gaps_for", fail)
        answer = portal.get(f"{path}/matches?limit=3")
    assert answer.status_code == 500
    story.refused(answer)


@dataclass(frozen=True)
class Seen:
    """What was to be found in the end, by place, but for the log."""

    metrics: str
    traces: str
    redis: str
    process: str


def go_through(story: Story, patch: pytest.MonkeyPatch) -> Seen:
    """Everything that persons and secrets can go through, told to three webhooks."""
    parts = story.app.state.runtime
    portal, partner = story.key(scope="portal"), story.key(scope="partner", partner_id="ptn_tests")
    for one in (portal, story.key(scope="portal"), partner):
        story.hook(one)
    gap = register(portal, "gaps", a_gap())["id"]
    with kept_spans(portal) as spans:
        made = hand_in(story, partner, gap)
        look_around(story, portal, gap, made)
        administer(story, made)
        break_down(story, portal, patch, made["investor"])
        courier = Courier(parts.engine, OPEN_GATE, story.receiver.tls())
        work_off(courier)
        courier.close()
        return Seen(
            story.client(TOKEN).get("/metrics").text,
            "\n".join(one.to_json() for one in spans.get_finished_spans()),
            canaries.redis_text(story.redis_port),
            canaries.process_text(parts),
        )


SPANS = ("POST /v1/leads", "webhook delivery", "job import", "rank gaps", "redis", "INSERT")


def check_what_operators_see(story: Story, seen: Seen, log: str) -> None:
    """Something is seen, and no word of what was said."""
    lines = canaries.log_lines(log)
    assert len(lines) > 50
    assert {"request", "fault"} <= {line["event"] for line in lines}
    assert all(line["trace_id"] for line in lines if line["event"] == "fault")
    assert seen.metrics.count("\nbulian_http_requests_total{") > 10
    assert [name for name in SPANS if f'"name": "{name}' not in seen.traces] == []
    for text in (log, seen.metrics, seen.traces):
        assert found_in(text, [*PERSONAL, *story.secrets, *SAID]) == []


def check_what_others_see(story: Story, seen: Seen) -> None:
    """Firms are seen where they are ranked, persons and secrets nowhere."""
    came = story.receiver.received
    messages = "\n".join(f"{one.headers} {one.body.decode()}" for one in came)
    assert messages.count("'traceparent'") == len(came) > 5
    places = {
        "Redis": seen.redis,
        "process": seen.process,
        "events": canaries.events_text(story.app.state.runtime),
        "messages": messages,
        "answers to others": canaries.text_of(story.to_others),
        "refusals": canaries.text_of(story.refusals),
    }
    assert ":ranking:" in seen.redis
    assert all(COMPANY in places[name] for name in ("Redis", "process", "answers to others"))
    secret = [*PERSONAL, *story.secrets, TRIED_KEY]
    assert {name: found for name, text in places.items() if (found := found_in(text, secret))} == {}


def test_canaries_are_found_where_they_belong_and_nowhere_else(
    story: Story, real_log: None, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    seen = go_through(story, monkeypatch)
    printed, log = capfd.readouterr()
    assert printed == ""
    check_what_operators_see(story, seen, log)
    check_what_others_see(story, seen)
    assert len(story.secrets) == len(set(story.secrets)) == 10
    stored = canaries.file_text(story.folder)
    assert found_in(stored, [PERSON["email"], COMPANY]) == [PERSON["email"], COMPANY]
    assert found_in(stored, [*story.secrets, TRIED_KEY]) == []
