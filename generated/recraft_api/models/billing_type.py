from typing import Literal

BillingType = Literal["api", "subscription"] | str

BILLING_TYPE_VALUES: set[BillingType] = {
    "api",
    "subscription",
}


def check_billing_type(value: str) -> BillingType:
    return value
