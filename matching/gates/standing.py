"""状态与退出: gaps that no longer look for investors, investors that do not want to be matched."""

from matching.criterion import Label
from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict

UNLISTED = Label(
    "该需求所属环节不在所用版本的产业链目录中，暂不参与匹配；请改报现有环节",
    "The gap's link is not in the edition of the chains in use, so nothing is matched with it; "
    "move it to a link that is there",
)


def _is_closed(gap: Gap, investor: Investor, _tables: Tables) -> bool:
    return not gap.is_open or investor.is_closed


def _closed(pair: Pair) -> list[Finding]:
    return [*of_gap(pair.gap.row), *_of_closed(pair.row)]


def _has_opted_out(_gap: Gap, investor: Investor, _tables: Tables) -> bool:
    return investor.opt_out


def _opted_out(pair: Pair) -> list[Finding]:
    return _of_opted_out(pair.row)


def of_gap(gap: Gap) -> list[Finding]:
    """What keeps a gap from every investor."""
    if gap.is_open:
        return []
    if gap.link < 0:
        return [Finding("status", Verdict.BLOCKED, UNLISTED.zh, UNLISTED.en, "gap")]
    zh = "该需求已关闭、已满足或不在有效期内"
    en = "The gap is closed, filled or outside its period"
    return [Finding("status", Verdict.BLOCKED, zh, en, "gap")]


def of_investor(investor: Investor) -> list[Finding]:
    """What keeps an investor from every gap."""
    return [*_of_closed(investor), *_of_opted_out(investor)]


def _of_closed(investor: Investor) -> list[Finding]:
    if not investor.is_closed:
        return []
    zh, en = "该投资者记录已关闭", "The investor's record is closed"
    return [Finding("status", Verdict.BLOCKED, zh, en, "investor")]


def _of_opted_out(investor: Investor) -> list[Finding]:
    if not investor.opt_out:
        return []
    zh, en = "投资者已选择不参与匹配", "The investor has asked not to be matched"
    return [Finding("opt_out", Verdict.BLOCKED, zh, en, "investor")]


STATUS = Gate("status", _is_closed, _closed)
OPT_OUT = Gate("opt_out", _has_opted_out, _opted_out)
