from typing import Literal

BackgroundRequestCreativity = Literal["eccentric", "simple", "standard"] | str

BACKGROUND_REQUEST_CREATIVITY_VALUES: set[BackgroundRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_background_request_creativity(value: str) -> BackgroundRequestCreativity:
    return value
