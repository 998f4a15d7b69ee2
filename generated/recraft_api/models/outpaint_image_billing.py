from typing import Literal

OutpaintImageBilling = Literal["api", "subscription"] | str

OUTPAINT_IMAGE_BILLING_VALUES: set[OutpaintImageBilling] = {
    "api",
    "subscription",
}


def check_outpaint_image_billing(value: str) -> OutpaintImageBilling:
    return value
