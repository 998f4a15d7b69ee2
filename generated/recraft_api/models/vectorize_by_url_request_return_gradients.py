from typing import Literal

VectorizeByUrlRequestReturnGradients = Literal["off", "on"] | str

VECTORIZE_BY_URL_REQUEST_RETURN_GRADIENTS_VALUES: set[VectorizeByUrlRequestReturnGradients] = {
    "off",
    "on",
}


def check_vectorize_by_url_request_return_gradients(value: str) -> VectorizeByUrlRequestReturnGradients:
    return value
