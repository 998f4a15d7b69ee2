from typing import Literal

GenerateBackgroundBilling = Literal["api", "subscription"] | str

GENERATE_BACKGROUND_BILLING_VALUES: set[GenerateBackgroundBilling] = {
    "api",
    "subscription",
}


def check_generate_background_billing(value: str) -> GenerateBackgroundBilling:
    return value
