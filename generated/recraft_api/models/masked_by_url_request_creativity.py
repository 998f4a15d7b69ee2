from typing import Literal

MaskedByUrlRequestCreativity = Literal["eccentric", "simple", "standard"] | str

MASKED_BY_URL_REQUEST_CREATIVITY_VALUES: set[MaskedByUrlRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_masked_by_url_request_creativity(value: str) -> MaskedByUrlRequestCreativity:
    return value
