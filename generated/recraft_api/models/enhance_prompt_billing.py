from typing import Literal

EnhancePromptBilling = Literal["api", "subscription"] | str

ENHANCE_PROMPT_BILLING_VALUES: set[EnhancePromptBilling] = {
    "api",
    "subscription",
}


def check_enhance_prompt_billing(value: str) -> EnhancePromptBilling:
    return value
