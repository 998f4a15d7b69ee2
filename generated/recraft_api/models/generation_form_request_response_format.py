from typing import Literal

GenerationFormRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

GENERATION_FORM_REQUEST_RESPONSE_FORMAT_VALUES: set[GenerationFormRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_generation_form_request_response_format(value: str) -> GenerationFormRequestResponseFormat:
    return value
