from typing import Literal

CreativeUpscaleBilling = Literal["api", "subscription"] | str

CREATIVE_UPSCALE_BILLING_VALUES: set[CreativeUpscaleBilling] = {
    "api",
    "subscription",
}


def check_creative_upscale_billing(value: str) -> CreativeUpscaleBilling:
    return value
