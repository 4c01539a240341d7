"""Why something was placed where it was, in one sentence a person understands, zh and en."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from matching.reference.records import GbCode
from matching.text.code_index import CodeEvidence
from matching.text.matches import TextMatch
from matching.text.mentioned import Mentioned
from matching.vocabulary import CodeScheme

LONGEST_QUOTE = 40
"""Characters of a phrase that are quoted; a description is not repeated whole."""

SCHEMES: Mapping[CodeScheme, str] = {
    CodeScheme.GB4754: "GB/T 4754",
    CodeScheme.ISIC4: "ISIC Rev.4",
    CodeScheme.NACE2: "NACE Rev.2",
    CodeScheme.NACE21: "NACE Rev.2.1",
    CodeScheme.NAICS2017: "NAICS 2017",
    CodeScheme.NAICS2022: "NAICS 2022",
    CodeScheme.UKSIC2007: "UK SIC 2007",
    CodeScheme.KSIC10: "KSIC 10",
    CodeScheme.JSIC13: "JSIC 13",
    CodeScheme.SSIC2020: "SSIC 2020",
    CodeScheme.NIC2008: "NIC 2008",
}

_WORDS: Mapping[TextMatch, tuple[str, str]] = {
    TextMatch.EXACT: ("{p}即{of}的{w}", "{p} is {of}'s {w}"),
    TextMatch.CONTAINED: ("{p}含有{of}的{w}", "{p} contains {of}'s {w}"),
    TextMatch.SIMILAR: ("{p}与{of}的{w}相近", "{p} is close to {of}'s {w}"),
    TextMatch.OVERLAP: ("{p}与{of}的{w}部分相同", "{p} has words in common with {of}'s {w}"),
}
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]+")


class Why(NamedTuple):
    """A reason in both languages; empty where there is none."""

    zh: str
    en: str


NO_REASON = Why("", "")
THIS_LINK = Why("该环节", "this link")
PRODUCT = Why("产品", "product")
DESCRIPTION = Why("描述", "description")


def why_words(said: Mentioned, of: Why = THIS_LINK) -> Why:
    """The reason of a phrase that met a word of `of` (this link, this industry).

    A product too long to be quoted whole is called a description, which it is.
    """
    if said.match is TextMatch.NONE:
        return NO_REASON
    zh, en = _WORDS[said.match]
    shown = quote(said.phrase)
    what = DESCRIPTION if said.is_description or len(shown) > LONGEST_QUOTE else PRODUCT
    return Why(
        zh.format(p=f"{what.zh}“{shown}”", of=of.zh, w=f"“{said.word}”"),
        en.format(p=f'The {what.en} "{shown}"', of=of.en, w=f'"{said.word}"'),
    )


def why_code(evidence: CodeEvidence, gb4754: Mapping[str, GbCode]) -> Why:
    """The reason of a code that touches a link, naming the code and what it means."""
    scheme, code = SCHEMES[evidence.stated.scheme], quote(evidence.stated.code)
    gb = gb4754[evidence.gb_code]
    name = f"{gb.code} {gb.name_zh}"
    named = f"{SCHEMES[CodeScheme.GB4754]} {gb.level} {gb.code} ({gb.name_en or gb.name_zh})"
    if evidence.stated.scheme is CodeScheme.GB4754:
        fits = ("属于", "belongs to") if evidence.is_exact_class else ("接近", "is near")
        return Why(
            f"行业代码{scheme} {name}{fits[0]}该环节的行业",
            f"The industry code {named} {fits[1]} this link's industries",
        )
    return Why(
        f"行业代码{scheme} {code}对应{SCHEMES[CodeScheme.GB4754]} {name}，与该环节的行业相关",
        f"The industry code {scheme} {code} corresponds to {named}, which "
        "is related to this link's industries",
    )


def join(*reasons: Why) -> Why:
    """Several reasons as one sentence; those that are empty are left out."""
    given = [reason for reason in reasons if reason.zh]
    en = "; ".join(reason.en[:1].lower() + reason.en[1:] for reason in given)
    return Why("；".join(reason.zh for reason in given), en[:1].upper() + en[1:])


def quote(phrase: str) -> str:
    """A phrase as it can be shown: on one line, without invisible characters, cut when long."""
    shown = _UNSEEN.sub(" ", phrase[: 4 * LONGEST_QUOTE]).strip()
    return shown if len(shown) <= LONGEST_QUOTE else f"{shown[:LONGEST_QUOTE]}…"
