from typing import Literal

RefineDetailsByUrlRequestRefinement = Literal["moderate", "subtle"] | str

REFINE_DETAILS_BY_URL_REQUEST_REFINEMENT_VALUES: set[RefineDetailsByUrlRequestRefinement] = {
    "moderate",
    "subtle",
}


def check_refine_details_by_url_request_refinement(value: str) -> RefineDetailsByUrlRequestRefinement:
    return value
