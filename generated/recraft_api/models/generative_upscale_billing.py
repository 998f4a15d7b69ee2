from typing import Literal

GenerativeUpscaleBilling = Literal["api", "subscription"] | str

GENERATIVE_UPSCALE_BILLING_VALUES: set[GenerativeUpscaleBilling] = {
    "api",
    "subscription",
}


def check_generative_upscale_billing(value: str) -> GenerativeUpscaleBilling:
    return value
