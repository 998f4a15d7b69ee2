from typing import Literal

RefineDetailsBilling = Literal["api", "subscription"] | str

REFINE_DETAILS_BILLING_VALUES: set[RefineDetailsBilling] = {
    "api",
    "subscription",
}


def check_refine_details_billing(value: str) -> RefineDetailsBilling:
    return value
