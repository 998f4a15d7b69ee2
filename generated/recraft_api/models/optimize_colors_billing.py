from typing import Literal

OptimizeColorsBilling = Literal["api", "subscription"] | str

OPTIMIZE_COLORS_BILLING_VALUES: set[OptimizeColorsBilling] = {
    "api",
    "subscription",
}


def check_optimize_colors_billing(value: str) -> OptimizeColorsBilling:
    return value
