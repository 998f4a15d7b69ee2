from typing import Literal

ReplaceBackgroundBilling = Literal["api", "subscription"] | str

REPLACE_BACKGROUND_BILLING_VALUES: set[ReplaceBackgroundBilling] = {
    "api",
    "subscription",
}


def check_replace_background_billing(value: str) -> ReplaceBackgroundBilling:
    return value
