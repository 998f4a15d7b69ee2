from typing import Literal

OutpaintRequestCreativity = Literal["eccentric", "simple", "standard"] | str

OUTPAINT_REQUEST_CREATIVITY_VALUES: set[OutpaintRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_outpaint_request_creativity(value: str) -> OutpaintRequestCreativity:
    return value
