from dataclasses import replace
from datetime import date
from importlib.resources import files

from matching.policy import built_in
from matching.ruleset import NOT_OF_THE_SCORE, code_digest, ruleset, sources_of_the_score
from tests.matching.making import REFERENCE, RULES


def test_the_digest_is_stable_and_named() -> None:
    assert RULES.digest.startswith("sha256:")
    assert ruleset(built_in()[0], REFERENCE).digest == RULES.digest
    assert len(code_digest()) == 64


def test_everything_that_moves_a_score_moves_the_digest() -> None:
    policy = built_in()[0]
    others = [
        ruleset(replace(policy, neutral=500), REFERENCE),
        ruleset(replace(policy, version=2), REFERENCE),
        ruleset(policy, replace(REFERENCE, digest="sha256:other")),
    ]
    digests = {RULES.digest, *(rules.digest for rules in others)}
    assert len(digests) == 1 + len(others)


def test_the_tables_are_the_policys_in_units() -> None:
    assert RULES.tables.neutral == 0.4
    assert RULES.tables.floor == 0.2
    assert RULES.tables.orientation[0][0] == 1.0


def test_when_a_policy_rules_is_not_in_its_digest() -> None:
    later = replace(built_in()[0], effective_from=date(2030, 1, 1))
    assert ruleset(later, REFERENCE).digest == RULES.digest


def test_the_folders_that_move_no_score_are_there_and_left_out() -> None:
    folder = files("matching")
    for name in NOT_OF_THE_SCORE:
        assert folder.joinpath(name).is_dir()
    held = [name for name, _ in sources_of_the_score()]
    assert "criteria/link_fit.py" in held
    assert not [name for name in held if name.startswith(NOT_OF_THE_SCORE)]
