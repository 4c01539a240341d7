"""What a phrase says by the words it contains: the longest ones count, by where they stand."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.text.grammar import Role, role_of
from matching.text.lexicon import LONGEST_WORD, Entry, Span
from matching.text.tokens import Tokens

CONTAINED = 0.9
"""A phrase whose head is the word (docs/criteria.md)."""

VALUES: Mapping[Role, float] = {
    Role.HEAD: CONTAINED,
    Role.KIND: 0.7,
    Role.FRONT: 0.5,
    Role.TURNED: 0.35,
    Role.PURPOSE: 0.35,
}
"""What a contained word is worth where it stands (ours; the head's is docs/criteria.md's)."""

SHARED_HEAD = 0.5
"""A word that is the head of a longer known one of another chain (线束 in 航空线束)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry that a phrase contains, its role and its value there."""

    entry: Entry
    span: Span
    role: Role
    value: float


def mentions(tokens: Tokens, spans: Sequence[Span], groups: Sequence[int]) -> Iterator[Mention]:
    """The mentions of a phrase; `groups` is each owner's chain: within one the longest word wins.

    `spans` are sorted by their starts. Of two that overlap without one holding the other the
    longer wins if it is the phrase's head (电源管理芯片设计); else both stand, and the later is it
    (solid-state battery separators).
    """
    roles = [role_of(tokens.text, *_place(tokens, span)) for span in spans]
    heads = [span for span, role in zip(spans, roles, strict=True) if role is Role.HEAD]
    for number, span in enumerate(spans):
        if _is_number(tokens, span):
            continue
        longer = [
            spans[other]
            for other in _near(spans, number)
            if spans[other].beats(span)
            and (spans[other].end >= span.end or roles[other] is Role.HEAD)
        ]
        if longer:
            yield from _shared_heads(span, longer, groups)
        elif roles[number] is Role.FRONT and _is_followed(tokens, span, heads):
            yield from _whole(span, Role.TURNED)
        else:
            yield from _whole(span, roles[number])


def _near(spans: Sequence[Span], number: int) -> range:
    """The places of the spans that may lie over some of the same tokens."""
    first = bisect_left(spans, spans[number].start - LONGEST_WORD, key=_start)
    return range(first, bisect_left(spans, spans[number].end, key=_start))


def _start(span: Span) -> int:
    return span.start


def _whole(span: Span, role: Role) -> Iterator[Mention]:
    for entry in span.entries:
        yield Mention(entry, span, role, VALUES[role])


def _shared_heads(span: Span, longer: Iterable[Span], groups: Sequence[int]) -> Iterator[Mention]:
    """A word under longer ones counts only at their end, and only for another chain's owners."""
    if any(other.end > span.end for other in longer):
        return
    taken = {groups[entry.owner] for other in longer for entry in other.entries}
    for entry in span.entries:
        if groups[entry.owner] not in taken:
            yield Mention(entry, span, Role.KIND, SHARED_HEAD)


def _is_followed(tokens: Tokens, span: Span, heads: Sequence[Span]) -> bool:
    """Whether a word that is a head ends after the span in the same clause."""
    later = _from(heads, span.start + 1)
    head = next((head for head in later if head.end > span.end), None)
    return head is not None and not tokens.is_cut(span.start, head.end)


def _from(spans: Sequence[Span], start: int) -> Sequence[Span]:
    """The next few spans that start there or later; more cannot lie in one word."""
    first = bisect_left(spans, start, key=_start)
    return spans[first : first + LONGEST_WORD]


def _place(tokens: Tokens, span: Span) -> tuple[int, int]:
    return tokens.starts[span.start], tokens.ends[span.end - 1]


def _is_number(tokens: Tokens, span: Span) -> bool:
    """Bare numbers (210, 4680) mean something only as a whole phrase."""
    return all(word.isdigit() for word in tokens.words[span.start : span.end])
