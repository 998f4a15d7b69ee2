from typing import Literal

SimilarRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

SIMILAR_REQUEST_RESPONSE_FORMAT_VALUES: set[SimilarRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_similar_request_response_format(value: str) -> SimilarRequestResponseFormat:
    return value
