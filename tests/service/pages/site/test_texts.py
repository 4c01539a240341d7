"""Every word of the site stands in its tables in both languages, and every one is used."""

import re

from matching.vocabulary import LeadStatus
from service.leads.machine import Actor, moves_of
from service.pages.house import SHARED
from service.pages.site.house import HOUSE
from service.pages.texts import read_tables

SOURCES = [*HOUSE.folder.rglob("*.html"), *HOUSE.folder.rglob("*.py"), *HOUSE.folder.rglob("*.js")]
ALL = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
NAMED = set(re.findall(r"""["']([a-z_]+\.[A-Za-z_0-9]+)["']""", ALL))
FAMILIES = set(re.findall(r"""["']([a-z_]+)\.["'] ~""", ALL)) | set(
    re.findall(r"""f["']([a-z_]+)\.\{""", ALL)
)
"""Families of words that are looked up by a value of the service."""

OWN = read_tables(
    sorted(set(HOUSE.folder.glob("texts/*.csv")) - {HOUSE.folder / "texts/words.csv"})
)
"""But for the words of the field, which parts share."""


def test_every_word_that_is_named_is_there() -> None:
    families = {key.partition(".")[0] for key in HOUSE.texts}
    named = {name for name in NAMED if name.partition(".")[0] in families}
    files = {name for name in named if name.endswith((".html", ".csv", ".js", ".py"))}
    assert named - files - set(HOUSE.texts) == set()


def test_every_word_is_used() -> None:
    unused = {key for key in OWN if key not in NAMED and key.partition(".")[0] not in FAMILIES}
    assert unused == set()


def test_shared_words_are_not_said_twice() -> None:
    assert not set(OWN) & set(read_tables([SHARED / "texts.csv"]))


def test_every_move_that_a_partner_may_make_has_its_word() -> None:
    moves = {to for status in LeadStatus for to in moves_of(status, Actor.PARTNER) if to != status}
    assert {f"do_lead.{to}" for to in moves} <= set(OWN)
