from typing import Literal

VectorizeByUrlRequestSvgCompression = Literal["off", "on"] | str

VECTORIZE_BY_URL_REQUEST_SVG_COMPRESSION_VALUES: set[VectorizeByUrlRequestSvgCompression] = {
    "off",
    "on",
}


def check_vectorize_by_url_request_svg_compression(value: str) -> VectorizeByUrlRequestSvgCompression:
    return value
