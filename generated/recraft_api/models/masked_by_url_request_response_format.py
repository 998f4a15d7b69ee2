from typing import Literal

MaskedByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

MASKED_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[MaskedByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_masked_by_url_request_response_format(value: str) -> MaskedByUrlRequestResponseFormat:
    return value
