from typing import Literal

VectorizeByUrlRequestSmallShapeFilter = Literal["off", "on"] | str

VECTORIZE_BY_URL_REQUEST_SMALL_SHAPE_FILTER_VALUES: set[VectorizeByUrlRequestSmallShapeFilter] = {
    "off",
    "on",
}


def check_vectorize_by_url_request_small_shape_filter(value: str) -> VectorizeByUrlRequestSmallShapeFilter:
    return value
