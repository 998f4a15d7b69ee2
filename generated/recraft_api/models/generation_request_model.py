from typing import Literal

GenerationRequestModel = (
    Literal[
        "recraftv2",
        "recraftv3",
        "recraftv4",
        "recraftv4_1",
        "recraftv4_1_pro",
        "recraftv4_1_utility",
        "recraftv4_1_utility_pro",
        "recraftv4_pro",
    ]
    | str
)

GENERATION_REQUEST_MODEL_VALUES: set[GenerationRequestModel] = {
    "recraftv2",
    "recraftv3",
    "recraftv4",
    "recraftv4_1",
    "recraftv4_1_pro",
    "recraftv4_1_utility",
    "recraftv4_1_utility_pro",
    "recraftv4_pro",
}


def check_generation_request_model(value: str) -> GenerationRequestModel:
    return value
