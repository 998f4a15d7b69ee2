from typing import Literal

GenerationFormRequestUpscale = Literal["upscale16mp", "upscale4mp"] | str

GENERATION_FORM_REQUEST_UPSCALE_VALUES: set[GenerationFormRequestUpscale] = {
    "upscale16mp",
    "upscale4mp",
}


def check_generation_form_request_upscale(value: str) -> GenerationFormRequestUpscale:
    return value
