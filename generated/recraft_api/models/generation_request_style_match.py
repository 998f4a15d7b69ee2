from typing import Literal

GenerationRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

GENERATION_REQUEST_STYLE_MATCH_VALUES: set[GenerationRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_generation_request_style_match(value: str) -> GenerationRequestStyleMatch:
    return value
