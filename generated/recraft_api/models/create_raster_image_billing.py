from typing import Literal

CreateRasterImageBilling = Literal["api", "subscription"] | str

CREATE_RASTER_IMAGE_BILLING_VALUES: set[CreateRasterImageBilling] = {
    "api",
    "subscription",
}


def check_create_raster_image_billing(value: str) -> CreateRasterImageBilling:
    return value
