from typing import Literal

GenerationRequestModel = (
    Literal[
        "recraftv2",
        "recraftv2_raster",
        "recraftv2_vector",
        "recraftv3",
        "recraftv3_raster",
        "recraftv3_vector",
        "recraftv4",
        "recraftv4_1",
        "recraftv4_1_pro",
        "recraftv4_1_pro_raster",
        "recraftv4_1_pro_vector",
        "recraftv4_1_raster",
        "recraftv4_1_utility",
        "recraftv4_1_utility_pro",
        "recraftv4_1_utility_pro_raster",
        "recraftv4_1_utility_pro_vector",
        "recraftv4_1_utility_raster",
        "recraftv4_1_utility_vector",
        "recraftv4_1_vector",
        "recraftv4_pro",
        "recraftv4_pro_raster",
        "recraftv4_pro_vector",
        "recraftv4_raster",
        "recraftv4_vector",
    ]
    | str
)

GENERATION_REQUEST_MODEL_VALUES: set[GenerationRequestModel] = {
    "recraftv2",
    "recraftv2_raster",
    "recraftv2_vector",
    "recraftv3",
    "recraftv3_raster",
    "recraftv3_vector",
    "recraftv4",
    "recraftv4_1",
    "recraftv4_1_pro",
    "recraftv4_1_pro_raster",
    "recraftv4_1_pro_vector",
    "recraftv4_1_raster",
    "recraftv4_1_utility",
    "recraftv4_1_utility_pro",
    "recraftv4_1_utility_pro_raster",
    "recraftv4_1_utility_pro_vector",
    "recraftv4_1_utility_raster",
    "recraftv4_1_utility_vector",
    "recraftv4_1_vector",
    "recraftv4_pro",
    "recraftv4_pro_raster",
    "recraftv4_pro_vector",
    "recraftv4_raster",
    "recraftv4_vector",
}


def check_generation_request_model(value: str) -> GenerationRequestModel:
    return value
