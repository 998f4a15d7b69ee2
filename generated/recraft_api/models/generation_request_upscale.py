from typing import Literal

GenerationRequestUpscale = Literal["upscale16mp", "upscale4mp"] | str

GENERATION_REQUEST_UPSCALE_VALUES: set[GenerationRequestUpscale] = {
    "upscale16mp",
    "upscale4mp",
}


def check_generation_request_upscale(value: str) -> GenerationRequestUpscale:
    return value
