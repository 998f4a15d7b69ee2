from typing import Literal

VectorizeByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

VECTORIZE_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[VectorizeByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_vectorize_by_url_request_response_format(value: str) -> VectorizeByUrlRequestResponseFormat:
    return value
