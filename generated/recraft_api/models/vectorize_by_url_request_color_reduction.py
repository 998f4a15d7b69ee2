from typing import Literal

VectorizeByUrlRequestColorReduction = Literal["off", "on"] | str

VECTORIZE_BY_URL_REQUEST_COLOR_REDUCTION_VALUES: set[VectorizeByUrlRequestColorReduction] = {
    "off",
    "on",
}


def check_vectorize_by_url_request_color_reduction(value: str) -> VectorizeByUrlRequestColorReduction:
    return value
