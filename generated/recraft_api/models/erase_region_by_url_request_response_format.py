from typing import Literal

EraseRegionByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

ERASE_REGION_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[EraseRegionByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_erase_region_by_url_request_response_format(value: str) -> EraseRegionByUrlRequestResponseFormat:
    return value
