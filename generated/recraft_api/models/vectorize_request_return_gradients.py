from typing import Literal

VectorizeRequestReturnGradients = Literal["off", "on"] | str

VECTORIZE_REQUEST_RETURN_GRADIENTS_VALUES: set[VectorizeRequestReturnGradients] = {
    "off",
    "on",
}


def check_vectorize_request_return_gradients(value: str) -> VectorizeRequestReturnGradients:
    return value
