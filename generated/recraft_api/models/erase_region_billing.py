from typing import Literal

EraseRegionBilling = Literal["api", "subscription"] | str

ERASE_REGION_BILLING_VALUES: set[EraseRegionBilling] = {
    "api",
    "subscription",
}


def check_erase_region_billing(value: str) -> EraseRegionBilling:
    return value
