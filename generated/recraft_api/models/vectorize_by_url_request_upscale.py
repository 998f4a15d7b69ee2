from typing import Literal

VectorizeByUrlRequestUpscale = Literal["upscale16mp", "upscale4mp"] | str

VECTORIZE_BY_URL_REQUEST_UPSCALE_VALUES: set[VectorizeByUrlRequestUpscale] = {
    "upscale16mp",
    "upscale4mp",
}


def check_vectorize_by_url_request_upscale(value: str) -> VectorizeByUrlRequestUpscale:
    return value
