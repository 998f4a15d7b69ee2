from typing import Literal

ExploreRequestCreativity = Literal["eccentric", "simple", "standard"] | str

EXPLORE_REQUEST_CREATIVITY_VALUES: set[ExploreRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_explore_request_creativity(value: str) -> ExploreRequestCreativity:
    return value
