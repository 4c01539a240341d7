"""Why somebody is left out of an allocation, in Chinese and English."""

from matching.criterion import Label
from matching.vocabulary import Reason

OF_INVESTOR = {
    Reason.STANDING: Label(
        "投资者记录已关闭或已选择不参与匹配", "The investor is closed or asked not to be matched"
    ),
    Reason.NOTHING_NEAR: Label(
        "所选需求中没有达到相关度下限的", "None of the gaps reaches the relevance floor"
    ),
    Reason.BLOCKED: Label(
        "相关的需求都被准入规则拦下", "A gate stops it at every gap that would suit"
    ),
    Reason.CAP: Label(
        "适合的需求所在组别已达上限", "Gaps that would suit are in groups that are at their cap"
    ),
    Reason.OUTRANKED: Label(
        "适合的需求都已由排名更高的投资者占满",
        "Every gap that would suit is full with investors that it ranks higher",
    ),
    Reason.TOTAL: Label(
        "适合的需求给别的投资者，总分更高", "The total is greater with others at the gaps that suit"
    ),
}

OF_GAP = {
    Reason.STANDING: Label(
        "该需求已关闭、已满足或不在有效期内", "The gap is closed, filled or outside its period"
    ),
    Reason.NOTHING_NEAR: Label(
        "所选投资者中没有达到相关度下限的", "None of the investors reaches the relevance floor"
    ),
    Reason.BLOCKED: Label(
        "相关的投资者都被准入规则拦下", "A gate stops every investor that would suit"
    ),
    Reason.CAP: Label("所在组别已达上限", "Its group is at its cap"),
    Reason.OUTRANKED: Label(
        "适合的投资者都选了对其价值更高的需求",
        "Every investor that would suit has gaps that are of more value to it",
    ),
    Reason.TOTAL: Label(
        "适合的投资者在别处，总分更高",
        "The total is greater with the investors that suit elsewhere",
    ),
}
