from typing import Literal

CreateStyleRequestMixPolicy = Literal["MaxWeight", "PaletteMatch"] | str

CREATE_STYLE_REQUEST_MIX_POLICY_VALUES: set[CreateStyleRequestMixPolicy] = {
    "MaxWeight",
    "PaletteMatch",
}


def check_create_style_request_mix_policy(value: str) -> CreateStyleRequestMixPolicy:
    return value
