from typing import Literal

EraseRegionByUrlRequestCreativity = Literal["eccentric", "simple", "standard"] | str

ERASE_REGION_BY_URL_REQUEST_CREATIVITY_VALUES: set[EraseRegionByUrlRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_erase_region_by_url_request_creativity(value: str) -> EraseRegionByUrlRequestCreativity:
    return value
