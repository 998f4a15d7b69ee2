from typing import Literal

BackgroundRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

BACKGROUND_REQUEST_STYLE_MATCH_VALUES: set[BackgroundRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_background_request_style_match(value: str) -> BackgroundRequestStyleMatch:
    return value
