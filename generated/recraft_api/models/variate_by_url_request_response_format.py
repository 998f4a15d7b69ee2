from typing import Literal

VariateByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

VARIATE_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[VariateByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_variate_by_url_request_response_format(value: str) -> VariateByUrlRequestResponseFormat:
    return value
