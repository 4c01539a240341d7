"""The rules before the score, in the order they are asked."""

from matching.gates import floors, guidance, negative_list, red_line, relevance, standing

POOL_GATES = (standing.STATUS, standing.OPT_OUT, relevance.RELEVANCE)
"""What these stop is not in the pool: it is neither eligible nor listed as blocked."""

GATES = (
    negative_list.NEGATIVE_LIST,
    guidance.GUIDANCE,
    floors.INVESTMENT_FLOOR,
    floors.TECHNOLOGY_LEVEL_FLOOR,
    red_line.RED_LINE,
)
"""What these stop is listed as blocked, with the reason."""
