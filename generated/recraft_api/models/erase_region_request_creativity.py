from typing import Literal

EraseRegionRequestCreativity = Literal["eccentric", "simple", "standard"] | str

ERASE_REGION_REQUEST_CREATIVITY_VALUES: set[EraseRegionRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_erase_region_request_creativity(value: str) -> EraseRegionRequestCreativity:
    return value
