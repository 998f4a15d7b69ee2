from typing import Literal

ExploreSimilarImagesBilling = Literal["api", "subscription"] | str

EXPLORE_SIMILAR_IMAGES_BILLING_VALUES: set[ExploreSimilarImagesBilling] = {
    "api",
    "subscription",
}


def check_explore_similar_images_billing(value: str) -> ExploreSimilarImagesBilling:
    return value
