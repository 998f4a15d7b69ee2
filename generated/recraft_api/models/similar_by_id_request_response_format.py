from typing import Literal

SimilarByIdRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

SIMILAR_BY_ID_REQUEST_RESPONSE_FORMAT_VALUES: set[SimilarByIdRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_similar_by_id_request_response_format(value: str) -> SimilarByIdRequestResponseFormat:
    return value
