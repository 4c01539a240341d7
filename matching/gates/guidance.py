"""产业结构调整指导目录: restricted or eliminated items that the products plainly name, any origin.

Only where the catalogue's text is loaded. The items carry no codes, so words alone speak: the pair
is never blocked, a person is asked to look.
"""

from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.reference.guidance import guidance_items
from matching.reference.texts import GuidanceCategory
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict

KEY = "guidance_catalogue"
CATEGORIES = {
    GuidanceCategory.RESTRICTED: ("限制类", "restricted"),
    GuidanceCategory.ELIMINATED: ("淘汰类", "eliminated"),
}


def _never(_gap: Gap, _investor: Investor, _tables: Tables) -> bool:
    return False


def _findings(pair: Pair) -> list[Finding]:
    texts = pair.reference.texts
    if texts is None:
        return []
    edition = texts.guidance_edition
    found: list[Finding] = []
    for item in guidance_items(texts, pair.investor.facts.products):
        zh, en = CATEGORIES[item.category]
        where = f"{item.section_zh}第{item.item_no}项"
        found.append(
            Finding(
                KEY,
                Verdict.CHECK,
                f"可能属于指导目录（{edition}年本）{zh}：{where}，需人工核实",
                f"May be {en} by the guidance catalogue ({edition}), {where}: a person must look",
                f"guidance catalogue {edition}, {where}",
            )
        )
    return found


GUIDANCE = Gate(KEY, _never, _findings)
