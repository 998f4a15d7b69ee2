from typing import Literal

CreateStyleBilling = Literal["api", "subscription"] | str

CREATE_STYLE_BILLING_VALUES: set[CreateStyleBilling] = {
    "api",
    "subscription",
}


def check_create_style_billing(value: str) -> CreateStyleBilling:
    return value
