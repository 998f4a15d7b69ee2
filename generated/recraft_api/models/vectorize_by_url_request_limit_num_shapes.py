from typing import Literal

VectorizeByUrlRequestLimitNumShapes = Literal["off", "on"] | str

VECTORIZE_BY_URL_REQUEST_LIMIT_NUM_SHAPES_VALUES: set[VectorizeByUrlRequestLimitNumShapes] = {
    "off",
    "on",
}


def check_vectorize_by_url_request_limit_num_shapes(value: str) -> VectorizeByUrlRequestLimitNumShapes:
    return value
