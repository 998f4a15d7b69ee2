from typing import Literal

RemoveBackgroundBilling = Literal["api", "subscription"] | str

REMOVE_BACKGROUND_BILLING_VALUES: set[RemoveBackgroundBilling] = {
    "api",
    "subscription",
}


def check_remove_background_billing(value: str) -> RemoveBackgroundBilling:
    return value
