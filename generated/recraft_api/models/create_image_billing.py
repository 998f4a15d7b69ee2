from typing import Literal

CreateImageBilling = Literal["api", "subscription"] | str

CREATE_IMAGE_BILLING_VALUES: set[CreateImageBilling] = {
    "api",
    "subscription",
}


def check_create_image_billing(value: str) -> CreateImageBilling:
    return value
