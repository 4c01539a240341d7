"""Every text stands in one table in both languages, and every one is used."""

import re
from string import Formatter

import pytest

from matching.gates import GATES
from matching.gates.relevance import RELEVANCE
from matching.preview.comparison import Turn
from matching.vocabulary import (
    EditionChange,
    EditionKind,
    EditionTable,
    LeadStatus,
    Region,
    Scope,
)
from models.cache import PurgeScope
from models.edition import EditionStatus
from models.import_task import ExportKind, FileFormat, RecordKind
from models.job import JobCounts, JobStatus
from models.partner import PartnerCreate
from models.policy import CaseWeights, PolicyStatus
from models.policy_draft import PolicyAct
from models.policy_preview import Direction
from service.errors import Refused
from service.lead_errors import LeadExists
from service.leads.machine import MOVES, Actor
from service.pages import house
from service.pages.admin.house import HOUSE
from service.pages.admin.sections import SECTIONS
from service.pages.admin.sections.cache import PROCESS, SHARED
from service.pages.texts import read_texts
from service.usecases.history import SUBJECTS

SHARED_SOURCES = [*house.SHARED.glob("*.py"), *house.SHARED.glob("site/*.py")]
SOURCES = [*HOUSE.folder.rglob("*.html"), *HOUSE.folder.rglob("*.py"), *SHARED_SOURCES]
ALL = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
NAMED = set(re.findall(r"""["']([a-z_]+\.[A-Za-z_]+)["']""", ALL))
BY_WORD = {
    "menu": [section.name for section in SECTIONS],
    "scope": list(Scope),
    "policy": list(PolicyStatus),
    "edition": list(EditionStatus),
    "table": [*EditionKind, *EditionTable],
    "change": list(EditionChange),
    "turn": list(Turn),
    "direction": list(Direction),
    "region": list(Region),
    "gate": [gate.key for gate in (*GATES, RELEVANCE)],
    "pending": list(PolicyAct),
    "case": list(CaseWeights.model_fields),
    "actor": list(Actor),
    "do": [*{to for moves in MOVES.values() for to in moves}, "report"],
    "move": [*{to for moves in MOVES.values() for to in moves}, "report"],
    "record": [*SUBJECTS.values(), "company", "enterprise", "installation", "job", "cache"],
    "job": [*JobStatus, *JobCounts.model_fields],
    "records": [*RecordKind, *ExportKind],
    "format": list(FileFormat),
    "purge": list(PurgeScope),
    "figure": [*PROCESS, *SHARED],
    "relation": ["same", "related", "joined"],
    "total": ["investors", "gaps", "zones", "partners"],
    "duplicates": ["leads", "investors", "leads_explained", "investors_explained"],
    "sign_in": ["KeyNotAccepted"],
}
"""Families of texts whose last word is a value of the service."""

FAMILIES = {"field", "verb", "wrong", "like", "done", "refused", "advice", *BY_WORD}
"""Those that are looked up by a word that may also be absent."""


@pytest.mark.parametrize("family", BY_WORD)
def test_every_value_has_its_text(family: str) -> None:
    assert [word for word in BY_WORD[family] if f"{family}.{word}" not in HOUSE.texts] == []


def test_a_table_says_each_thing_once_in_two_languages() -> None:
    assert read_texts(["key,zh,en", "a,甲,A"]) == {"a": ("甲", "A")}
    for rows in (["a,甲,A", "a,乙,B"], ["a,甲"], ["a,,A"], ["a,甲,A, and B"]):
        with pytest.raises(ValueError, match=r"texts\.csv: a "):
            read_texts(["key,zh,en", *rows])


def test_every_text_that_is_named_is_there() -> None:
    named = {
        name
        for name in NAMED
        if name.partition(".")[0] in {key.partition(".")[0] for key in HOUSE.texts}
    }
    files = {name for name in named if name.endswith((".html", ".csv"))}
    assert named - files - set(HOUSE.texts) - {"lead.moved"} == set()


def test_every_text_is_used() -> None:
    plain = {key for key in HOUSE.texts if key.partition(".")[0] not in FAMILIES}
    assert plain - NAMED == set()
    done = {key.partition(".")[2] for key in HOUSE.texts if key.startswith("done.")}
    assert {word for word in done if f'"{word}"' not in ALL} == set()


def test_both_languages_name_the_same_values() -> None:
    def values(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert [key for key, text in HOUSE.texts.items() if values(text.zh) != values(text.en)] == []


def test_templates_hold_no_words_of_their_own() -> None:
    for path in HOUSE.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
        assert re.findall(r"[^\W\d_]+", bare) == [], path.name


def all_below(kind: type[Refused]) -> set[type[Refused]]:
    return {kind, *(one for below in kind.__subclasses__() for one in all_below(below))}


def test_every_refusal_that_pages_meet_has_its_words() -> None:
    """Those of calls that no page makes are told in their own English words."""
    told = {key.partition(".")[2] for key in HOUSE.texts if key.startswith("refused.")}
    known = {kind.__name__ for kind in all_below(Refused)}
    words = {"nothing_changed", "overview", "quote"}
    assert told - known == words
    assert {f"advice.{name}" for name in told - words} <= set(HOUSE.texts)
    assert LeadExists.__name__ not in told
    for name in ("LastAdminKey", "PlaceHeld", "LeadAhead", "VersionPassed", "Fault", "GapFull"):
        assert name in told


def test_every_field_of_a_form_has_a_name() -> None:
    forms = re.findall(r'name="(\w+)"|parts\.(?:input|area|choice)\("(\w+)"', ALL)
    fields = {one or other for one, other in forms} | set(PartnerCreate.model_fields)
    technical = {
        "token",
        "once",
        "next",
        "key",
        "version",
        "back",
        "q",
        "subject_type",
        "subject_id",
    }
    assert {f"field.{name}" for name in fields - technical - {"viewport", "action"}} <= set(
        HOUSE.texts
    )


def test_messages_are_known_whole_or_by_their_words() -> None:
    words = HOUSE.words("zh")
    assert words.wrong("is needed") == "必填"
    assert words.wrong("repeats row 7") == "与前面的行重复（repeats row 7）"
    assert words.wrong("is strange") == "不符合要求（is strange）"
    assert HOUSE.words("en").wrong("repeats row 7") == "repeats row 7"


def test_what_is_missing_is_an_error_and_what_is_unknown_stays() -> None:
    words = HOUSE.words("en")
    with pytest.raises(KeyError):
        words("none")
    assert words.known("none", "as it is") == "as it is"
    assert words("keys.made", name="甲") == "Key: 甲"
    assert (words.pair("甲", None), words.pair("甲", "A"), HOUSE.words("zh").pair("甲", "A")) == (
        "甲",
        "A",
        "甲",
    )
    assert HOUSE.words("zh")("menu.leads") == "线索"
    assert set(LeadStatus) >= set(BY_WORD["do"]) - {"report"}
