from typing import Literal

FileOnlyRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

FILE_ONLY_REQUEST_RESPONSE_FORMAT_VALUES: set[FileOnlyRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_file_only_request_response_format(value: str) -> FileOnlyRequestResponseFormat:
    return value
