from typing import Literal

ClarityUpscaleBilling = Literal["api", "subscription"] | str

CLARITY_UPSCALE_BILLING_VALUES: set[ClarityUpscaleBilling] = {
    "api",
    "subscription",
}


def check_clarity_upscale_billing(value: str) -> ClarityUpscaleBilling:
    return value
