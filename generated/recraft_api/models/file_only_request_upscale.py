from typing import Literal

FileOnlyRequestUpscale = Literal["upscale16mp", "upscale4mp"] | str

FILE_ONLY_REQUEST_UPSCALE_VALUES: set[FileOnlyRequestUpscale] = {
    "upscale16mp",
    "upscale4mp",
}


def check_file_only_request_upscale(value: str) -> FileOnlyRequestUpscale:
    return value
