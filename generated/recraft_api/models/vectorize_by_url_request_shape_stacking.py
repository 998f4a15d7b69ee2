from typing import Literal

VectorizeByUrlRequestShapeStacking = Literal["cut_out", "hierarchical"] | str

VECTORIZE_BY_URL_REQUEST_SHAPE_STACKING_VALUES: set[VectorizeByUrlRequestShapeStacking] = {
    "cut_out",
    "hierarchical",
}


def check_vectorize_by_url_request_shape_stacking(value: str) -> VectorizeByUrlRequestShapeStacking:
    return value
