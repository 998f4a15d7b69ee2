from typing import Literal

VectorizeRequestShapeStacking = Literal["cut_out", "hierarchical"] | str

VECTORIZE_REQUEST_SHAPE_STACKING_VALUES: set[VectorizeRequestShapeStacking] = {
    "cut_out",
    "hierarchical",
}


def check_vectorize_request_shape_stacking(value: str) -> VectorizeRequestShapeStacking:
    return value
