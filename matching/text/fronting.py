"""English "A of B" as "B A", so that the head comes last as it does in a compound."""

import re

from matching.text.headwords import DOING_EN

_STOP = r"for|in|on|with|by|to|from|at|into|using|used|based|that|which"
_OF = re.compile(
    rf"(?P<head>(?:\b(?!(?:{_STOP}|of)\b)[a-z0-9.]+ ){{1,4}})of (?:(?:the|a|an|other) )?"
    rf"(?P<thing>(?:(?!(?:{_STOP}|of)\b)[a-z0-9.]+(?: |$|(?=[,;/]))){{1,8}})"
)
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_DOER = re.compile(rf"(?:^|(?P<traits>.*) )(?P<doer>{DOING_EN})$")


def front(text: str) -> str:
    """The normalised text with each "A of B" turned round; other text as it is.

    Traits of who makes a thing stay in front of it ("German supplier of heat pumps").

    >>> front("recycling of lithium batteries for cars"), front("supplier of photomasks,resists")
    ('lithium batteries recycling for cars', 'photomasks supplier,resists')
    """
    return _OF.sub(_turn, text) if " of " in text else text


def _turn(found: re.Match[str]) -> str:
    head = _ARTICLE.sub("", found["head"].rstrip())
    thing = found["thing"].rstrip()
    gap = " " if found["thing"].endswith(" ") else ""
    doer = _DOER.match(head)
    if doer:
        return f"{doer['traits'] or ''} {thing} {doer['doer']}{gap}".lstrip()
    return f"{thing} {head}{gap}"
