from typing import Literal

BackgroundByUrlRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

BACKGROUND_BY_URL_REQUEST_STYLE_MATCH_VALUES: set[BackgroundByUrlRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_background_by_url_request_style_match(value: str) -> BackgroundByUrlRequestStyleMatch:
    return value
