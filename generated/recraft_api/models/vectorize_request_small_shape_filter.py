from typing import Literal

VectorizeRequestSmallShapeFilter = Literal["off", "on"] | str

VECTORIZE_REQUEST_SMALL_SHAPE_FILTER_VALUES: set[VectorizeRequestSmallShapeFilter] = {
    "off",
    "on",
}


def check_vectorize_request_small_shape_filter(value: str) -> VectorizeRequestSmallShapeFilter:
    return value
