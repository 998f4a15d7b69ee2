from typing import Literal

EraseRegionRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

ERASE_REGION_REQUEST_RESPONSE_FORMAT_VALUES: set[EraseRegionRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_erase_region_request_response_format(value: str) -> EraseRegionRequestResponseFormat:
    return value
