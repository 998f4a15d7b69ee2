from typing import Literal

OutpaintByUrlRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

OUTPAINT_BY_URL_REQUEST_STYLE_MATCH_VALUES: set[OutpaintByUrlRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_outpaint_by_url_request_style_match(value: str) -> OutpaintByUrlRequestStyleMatch:
    return value
