from typing import Literal

ExploreImagesBilling = Literal["api", "subscription"] | str

EXPLORE_IMAGES_BILLING_VALUES: set[ExploreImagesBilling] = {
    "api",
    "subscription",
}


def check_explore_images_billing(value: str) -> ExploreImagesBilling:
    return value
