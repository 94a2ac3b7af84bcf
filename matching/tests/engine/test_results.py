import json

import pytest

from matching.engine.results import Direction, GroupFit, PairExplanation

EXPLANATION = PairExplanation(
    score=0.6,
    a_to_b=Direction(
        score=0.75,
        preference=0.75,
        acceptance=1.0,
        groups=(GroupFit("age", True, 3, {"min": 1990, "max": 1995}, 1991, 1.0, 0.75),),
    ),
    b_to_a=Direction(0.5, 0.5, 1.0, (GroupFit("district", False, 2, ["서울 강남구"], None, None, 0.5),)),
)


def test_an_explanation_survives_the_database() -> None:
    stored = json.loads(json.dumps(EXPLANATION.as_json()))

    assert PairExplanation.from_json(stored) == EXPLANATION


@pytest.mark.parametrize("stored", [{}, None, [], {"score": 1, "a_to_b": {}, "b_to_a": {}}, {"score": 1, "a_to_b": 3}])
def test_what_is_no_explanation_is_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="not the explanation"):
        PairExplanation.from_json(stored)  # type: ignore[arg-type]
