from typing import Literal

RefineDetailsRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

REFINE_DETAILS_REQUEST_RESPONSE_FORMAT_VALUES: set[RefineDetailsRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_refine_details_request_response_format(value: str) -> RefineDetailsRequestResponseFormat:
    return value
