"""How far two phrases are one with a slip in it: a ratio of letters, guarded word by word."""

from collections.abc import Container, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from matching.text import contrast
from matching.text.script import has_chinese
from matching.text.tokens import Tokens

LEAST_RATIO = 80.0
"""Below it likeness is no evidence (docs/criteria.md, link_fit)."""

LEAST_CHARACTERS = 4
HEAD = 2
"""Last tokens that must agree, being what the thing is (处置 is not 装置)."""

_LONG_WORD = 8


def likeness(a: Tokens, b: Tokens, known: Container[str] = ()) -> float:
    """The ratio in [.8, 1], or 0 when the phrases are too short, unlike, or known to differ.

    The heads must agree: what comes last says what the thing is. A Chinese character may not
    stand for another one, except in a name's variants (器 for 机): with characters that carry
    meaning, one that differs is another thing (碳化硅, 碳化钨). Two words of `known` are two words,
    however alike (water, wafer). A phrase that only lacks what narrows the other is no slip but a
    wider word (medical devices, home medical devices).
    """
    if min(len(a.text), len(b.text)) < LEAST_CHARACTERS:
        return 0.0
    ratio = fuzz.ratio(a.text, b.text, score_cutoff=LEAST_RATIO)
    if not ratio or _is_wider(a, b) or not _are_heads_alike(a.words, b.words, known):
        return 0.0
    steps = Levenshtein.opcodes(a.words, b.words)
    alike = all(
        _allows(s.tag, a.words[s.src_start : s.src_end], b.words[s.dest_start : s.dest_end], known)
        for s in steps
    )
    return ratio / 100 if alike else 0.0


def alike(text: str, others: Sequence[str]) -> list[int]:
    """The places of the texts whose letters are as like as `likeness` asks for, in their order."""
    found = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=LEAST_RATIO, limit=None)
    return sorted(place for _, _, place in found)


def is_slip(a: str, b: str, known: Container[str] = ()) -> bool:
    """Whether two tokens are one with a slip of the pen: the same start, an edit or two apart."""
    if a == b or frozenset((a, b)) in contrast.EQUIVALENTS:
        return True
    if has_chinese(a + b) or min(len(a), len(b)) < LEAST_CHARACTERS or a[0] != b[0]:
        return False
    if (a in known and b in known) or contrast.differ_in_kind(a, b):
        return False
    allowed = 1 if max(len(a), len(b)) < _LONG_WORD else 2
    return Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def _is_wider(a: Tokens, b: Tokens) -> bool:
    return a.words != b.words and (a.key.endswith(f" {b.key}") or b.key.endswith(f" {a.key}"))


def _are_heads_alike(a: Sequence[str], b: Sequence[str], known: Container[str]) -> bool:
    return all(is_slip(x, y, known) for x, y in zip(a[-HEAD:], b[-HEAD:], strict=False))


def _allows(tag: str, gone: Sequence[str], come: Sequence[str], known: Container[str]) -> bool:
    """Whether one step from phrase to phrase leaves its meaning."""
    if tag == "equal":
        return True
    if tag == "replace":
        return all(is_slip(x, y, known) for x, y in zip(gone, come, strict=True))
    changed = (*gone, *come)
    return contrast.NEGATIONS.isdisjoint(changed) and not any(w.isdigit() for w in changed)
