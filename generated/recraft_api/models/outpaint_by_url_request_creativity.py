from typing import Literal

OutpaintByUrlRequestCreativity = Literal["eccentric", "simple", "standard"] | str

OUTPAINT_BY_URL_REQUEST_CREATIVITY_VALUES: set[OutpaintByUrlRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_outpaint_by_url_request_creativity(value: str) -> OutpaintByUrlRequestCreativity:
    return value
