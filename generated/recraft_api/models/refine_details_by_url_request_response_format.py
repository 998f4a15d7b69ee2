from typing import Literal

RefineDetailsByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

REFINE_DETAILS_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[RefineDetailsByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_refine_details_by_url_request_response_format(value: str) -> RefineDetailsByUrlRequestResponseFormat:
    return value
