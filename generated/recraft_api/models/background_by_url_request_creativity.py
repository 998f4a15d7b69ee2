from typing import Literal

BackgroundByUrlRequestCreativity = Literal["eccentric", "simple", "standard"] | str

BACKGROUND_BY_URL_REQUEST_CREATIVITY_VALUES: set[BackgroundByUrlRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_background_by_url_request_creativity(value: str) -> BackgroundByUrlRequestCreativity:
    return value
