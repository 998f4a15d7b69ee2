from typing import Literal

VectorizeRequestLimitNumShapes = Literal["off", "on"] | str

VECTORIZE_REQUEST_LIMIT_NUM_SHAPES_VALUES: set[VectorizeRequestLimitNumShapes] = {
    "off",
    "on",
}


def check_vectorize_request_limit_num_shapes(value: str) -> VectorizeRequestLimitNumShapes:
    return value
