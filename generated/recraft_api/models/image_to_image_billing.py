from typing import Literal

ImageToImageBilling = Literal["api", "subscription"] | str

IMAGE_TO_IMAGE_BILLING_VALUES: set[ImageToImageBilling] = {
    "api",
    "subscription",
}


def check_image_to_image_billing(value: str) -> ImageToImageBilling:
    return value
