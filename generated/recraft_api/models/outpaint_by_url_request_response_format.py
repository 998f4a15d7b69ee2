from typing import Literal

OutpaintByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

OUTPAINT_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[OutpaintByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_outpaint_by_url_request_response_format(value: str) -> OutpaintByUrlRequestResponseFormat:
    return value
