from typing import Literal

CreateVectorImageBilling = Literal["api", "subscription"] | str

CREATE_VECTOR_IMAGE_BILLING_VALUES: set[CreateVectorImageBilling] = {
    "api",
    "subscription",
}


def check_create_vector_image_billing(value: str) -> CreateVectorImageBilling:
    return value
