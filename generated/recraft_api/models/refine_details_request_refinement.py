from typing import Literal

RefineDetailsRequestRefinement = Literal["moderate", "subtle"] | str

REFINE_DETAILS_REQUEST_REFINEMENT_VALUES: set[RefineDetailsRequestRefinement] = {
    "moderate",
    "subtle",
}


def check_refine_details_request_refinement(value: str) -> RefineDetailsRequestRefinement:
    return value
