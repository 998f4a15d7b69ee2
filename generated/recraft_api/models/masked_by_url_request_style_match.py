from typing import Literal

MaskedByUrlRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

MASKED_BY_URL_REQUEST_STYLE_MATCH_VALUES: set[MaskedByUrlRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_masked_by_url_request_style_match(value: str) -> MaskedByUrlRequestStyleMatch:
    return value
