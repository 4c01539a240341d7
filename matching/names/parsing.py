"""From a company name as written to its parts: `parse`."""

from functools import lru_cache

from matching.names.chinese import parse_han
from matching.names.folding import HAS_HAN, fold
from matching.names.latin import parse_latin
from matching.names.lexicon import load_words
from matching.names.parts import CompanyName


def parse(name: str) -> CompanyName:
    """A company name in parts: core, place, trade, form. Never fails; "" gives an empty one.

    >>> name = parse("苏州示例半导体科技有限公司")
    >>> name.core, name.places, name.trades, name.form.form_id
    ('示例', (frozenset({'苏州'}),), ('半导体',), 'cn_ltd')
    """
    return parse_folded(fold(name))


@lru_cache(maxsize=16_384)
def parse_folded(folded: str) -> CompanyName:
    """The parts of a name that is folded already."""
    return parse_han(folded) if HAS_HAN.search(folded) else parse_latin(folded)


def is_bare_form(name: str) -> bool:
    """Whether a name is nothing but a Chinese legal form, which names no company.

    In Latin letters the shortest names look like forms too (AS, SE), so none is called one.

    >>> is_bare_form("股份有限公司"), is_bare_form("示例"), is_bare_form("SE")
    (True, False, False)
    """
    return fold(name) in load_words().han_forms
