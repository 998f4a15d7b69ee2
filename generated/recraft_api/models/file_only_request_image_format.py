from typing import Literal

FileOnlyRequestImageFormat = Literal["png", "webp"] | str

FILE_ONLY_REQUEST_IMAGE_FORMAT_VALUES: set[FileOnlyRequestImageFormat] = {
    "png",
    "webp",
}


def check_file_only_request_image_format(value: str) -> FileOnlyRequestImageFormat:
    return value
