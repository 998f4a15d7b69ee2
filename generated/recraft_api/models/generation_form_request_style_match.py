from typing import Literal

GenerationFormRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

GENERATION_FORM_REQUEST_STYLE_MATCH_VALUES: set[GenerationFormRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_generation_form_request_style_match(value: str) -> GenerationFormRequestStyleMatch:
    return value
