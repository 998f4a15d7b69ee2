from typing import Literal

OutpaintRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

OUTPAINT_REQUEST_STYLE_MATCH_VALUES: set[OutpaintRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_outpaint_request_style_match(value: str) -> OutpaintRequestStyleMatch:
    return value
