from typing import Literal

CreateStyleByUrlRequestMatch = Literal["flexible", "precise", "regular"] | str

CREATE_STYLE_BY_URL_REQUEST_MATCH_VALUES: set[CreateStyleByUrlRequestMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_create_style_by_url_request_match(value: str) -> CreateStyleByUrlRequestMatch:
    return value
