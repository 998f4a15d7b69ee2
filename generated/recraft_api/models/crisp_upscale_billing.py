from typing import Literal

CrispUpscaleBilling = Literal["api", "subscription"] | str

CRISP_UPSCALE_BILLING_VALUES: set[CrispUpscaleBilling] = {
    "api",
    "subscription",
}


def check_crisp_upscale_billing(value: str) -> CrispUpscaleBilling:
    return value
