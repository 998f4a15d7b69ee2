from typing import Literal

GenerationRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

GENERATION_REQUEST_RESPONSE_FORMAT_VALUES: set[GenerationRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_generation_request_response_format(value: str) -> GenerationRequestResponseFormat:
    return value
