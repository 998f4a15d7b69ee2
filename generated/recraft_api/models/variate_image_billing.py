from typing import Literal

VariateImageBilling = Literal["api", "subscription"] | str

VARIATE_IMAGE_BILLING_VALUES: set[VariateImageBilling] = {
    "api",
    "subscription",
}


def check_variate_image_billing(value: str) -> VariateImageBilling:
    return value
