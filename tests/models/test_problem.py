import pytest

from models.problem import Problem, ProblemError
from tests.models.bodies import complaints

BODY = {
    "type": "urn:bulian:problem:not-valid",
    "title": "Not valid",
    "status": 422,
    "detail": "1 field is not valid",
    "instance": "/v1/investors",
    "errors": [{"loc": ["body", "products", 0], "msg": "is blank"}],
    "request_id": "req_1",
}


def test_a_problem_reads_as_rfc_9457_has_it() -> None:
    problem = Problem.model_validate(BODY)
    assert problem.errors == [ProblemError(loc=["body", "products", 0], msg="is blank")]
    assert problem.model_dump(mode="json") == BODY


@pytest.mark.parametrize("status", [200, 304, 399, 600])
def test_a_problem_is_an_error(status: int) -> None:
    assert [where for where, _ in complaints(Problem, {**BODY, "status": status})] == ["status"]


@pytest.mark.parametrize("member", sorted(BODY))
def test_every_member_is_there(member: str) -> None:
    body = {name: value for name, value in BODY.items() if name != member}
    assert complaints(Problem, body) == [(member, "Field required")]
