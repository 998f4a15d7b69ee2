from typing import Literal

GenerationRequestCreativity = Literal["eccentric", "simple", "standard"] | str

GENERATION_REQUEST_CREATIVITY_VALUES: set[GenerationRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_generation_request_creativity(value: str) -> GenerationRequestCreativity:
    return value
