from typing import Literal

OutpaintRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

OUTPAINT_REQUEST_RESPONSE_FORMAT_VALUES: set[OutpaintRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_outpaint_request_response_format(value: str) -> OutpaintRequestResponseFormat:
    return value
