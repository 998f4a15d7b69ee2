from typing import Literal

VectorizeRequestColorReduction = Literal["off", "on"] | str

VECTORIZE_REQUEST_COLOR_REDUCTION_VALUES: set[VectorizeRequestColorReduction] = {
    "off",
    "on",
}


def check_vectorize_request_color_reduction(value: str) -> VectorizeRequestColorReduction:
    return value
