from typing import Literal

VectorizeImageBilling = Literal["api", "subscription"] | str

VECTORIZE_IMAGE_BILLING_VALUES: set[VectorizeImageBilling] = {
    "api",
    "subscription",
}


def check_vectorize_image_billing(value: str) -> VectorizeImageBilling:
    return value
