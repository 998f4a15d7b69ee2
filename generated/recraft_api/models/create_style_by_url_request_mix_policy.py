from typing import Literal

CreateStyleByUrlRequestMixPolicy = Literal["MaxWeight", "PaletteMatch"] | str

CREATE_STYLE_BY_URL_REQUEST_MIX_POLICY_VALUES: set[CreateStyleByUrlRequestMixPolicy] = {
    "MaxWeight",
    "PaletteMatch",
}


def check_create_style_by_url_request_mix_policy(value: str) -> CreateStyleByUrlRequestMixPolicy:
    return value
