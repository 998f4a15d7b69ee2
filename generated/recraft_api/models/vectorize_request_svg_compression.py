from typing import Literal

VectorizeRequestSvgCompression = Literal["off", "on"] | str

VECTORIZE_REQUEST_SVG_COMPRESSION_VALUES: set[VectorizeRequestSvgCompression] = {
    "off",
    "on",
}


def check_vectorize_request_svg_compression(value: str) -> VectorizeRequestSvgCompression:
    return value
