from typing import Literal

GenerationFormRequestCreativity = Literal["eccentric", "simple", "standard"] | str

GENERATION_FORM_REQUEST_CREATIVITY_VALUES: set[GenerationFormRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_generation_form_request_creativity(value: str) -> GenerationFormRequestCreativity:
    return value
