from typing import Literal

InpaintImageBilling = Literal["api", "subscription"] | str

INPAINT_IMAGE_BILLING_VALUES: set[InpaintImageBilling] = {
    "api",
    "subscription",
}


def check_inpaint_image_billing(value: str) -> InpaintImageBilling:
    return value
