"""Contains all the data models used in inputs/outputs"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api_error import ApiError
    from .background_by_url_request import BackgroundByUrlRequest
    from .background_by_url_request_creativity import BackgroundByUrlRequestCreativity
    from .background_by_url_request_image_format import BackgroundByUrlRequestImageFormat
    from .background_by_url_request_response_format import BackgroundByUrlRequestResponseFormat
    from .background_by_url_request_style_match import BackgroundByUrlRequestStyleMatch
    from .background_request import BackgroundRequest
    from .background_request_creativity import BackgroundRequestCreativity
    from .background_request_image_format import BackgroundRequestImageFormat
    from .background_request_response_format import BackgroundRequestResponseFormat
    from .background_request_style_match import BackgroundRequestStyleMatch
    from .basic_style import BasicStyle
    from .basic_style_list import BasicStyleList
    from .billing_type import BillingType
    from .brand_controls import BrandControls
    from .color import Color
    from .color_mapping import ColorMapping
    from .create_style_by_url_request import CreateStyleByUrlRequest
    from .create_style_by_url_request_match import CreateStyleByUrlRequestMatch
    from .create_style_by_url_request_mix_policy import CreateStyleByUrlRequestMixPolicy
    from .create_style_request import CreateStyleRequest
    from .create_style_request_match import CreateStyleRequestMatch
    from .create_style_request_mix_policy import CreateStyleRequestMixPolicy
    from .enhance_prompt_request import EnhancePromptRequest
    from .enhanced_prompt import EnhancedPrompt
    from .erase_region_by_url_request import EraseRegionByUrlRequest
    from .erase_region_by_url_request_creativity import EraseRegionByUrlRequestCreativity
    from .erase_region_by_url_request_image_format import EraseRegionByUrlRequestImageFormat
    from .erase_region_by_url_request_response_format import EraseRegionByUrlRequestResponseFormat
    from .erase_region_request import EraseRegionRequest
    from .erase_region_request_creativity import EraseRegionRequestCreativity
    from .erase_region_request_image_format import EraseRegionRequestImageFormat
    from .erase_region_request_response_format import EraseRegionRequestResponseFormat
    from .explore_request import ExploreRequest
    from .explore_request_creativity import ExploreRequestCreativity
    from .explore_request_image_format import ExploreRequestImageFormat
    from .explore_request_model import ExploreRequestModel
    from .explore_request_response_format import ExploreRequestResponseFormat
    from .file_only_request import FileOnlyRequest
    from .file_only_request_image_format import FileOnlyRequestImageFormat
    from .file_only_request_response_format import FileOnlyRequestResponseFormat
    from .file_only_request_upscale import FileOnlyRequestUpscale
    from .generation_form_request import GenerationFormRequest
    from .generation_form_request_creativity import GenerationFormRequestCreativity
    from .generation_form_request_image_format import GenerationFormRequestImageFormat
    from .generation_form_request_model import GenerationFormRequestModel
    from .generation_form_request_response_format import GenerationFormRequestResponseFormat
    from .generation_form_request_style_match import GenerationFormRequestStyleMatch
    from .generation_form_request_upscale import GenerationFormRequestUpscale
    from .generation_request import GenerationRequest
    from .generation_request_creativity import GenerationRequestCreativity
    from .generation_request_image_format import GenerationRequestImageFormat
    from .generation_request_model import GenerationRequestModel
    from .generation_request_response_format import GenerationRequestResponseFormat
    from .generation_request_style_match import GenerationRequestStyleMatch
    from .generation_request_upscale import GenerationRequestUpscale
    from .image import Image
    from .image_by_url_request import ImageByUrlRequest
    from .image_by_url_request_image_format import ImageByUrlRequestImageFormat
    from .image_by_url_request_response_format import ImageByUrlRequestResponseFormat
    from .image_by_url_request_upscale import ImageByUrlRequestUpscale
    from .image_features import ImageFeatures
    from .image_set import ImageSet
    from .image_to_image_by_url_request import ImageToImageByUrlRequest
    from .image_to_image_by_url_request_creativity import ImageToImageByUrlRequestCreativity
    from .image_to_image_by_url_request_image_format import ImageToImageByUrlRequestImageFormat
    from .image_to_image_by_url_request_response_format import ImageToImageByUrlRequestResponseFormat
    from .image_to_image_by_url_request_style_match import ImageToImageByUrlRequestStyleMatch
    from .image_to_image_request import ImageToImageRequest
    from .image_to_image_request_creativity import ImageToImageRequestCreativity
    from .image_to_image_request_image_format import ImageToImageRequestImageFormat
    from .image_to_image_request_response_format import ImageToImageRequestResponseFormat
    from .image_to_image_request_style_match import ImageToImageRequestStyleMatch
    from .masked_by_url_request import MaskedByUrlRequest
    from .masked_by_url_request_creativity import MaskedByUrlRequestCreativity
    from .masked_by_url_request_image_format import MaskedByUrlRequestImageFormat
    from .masked_by_url_request_response_format import MaskedByUrlRequestResponseFormat
    from .masked_by_url_request_style_match import MaskedByUrlRequestStyleMatch
    from .masked_edit_request import MaskedEditRequest
    from .model import Model
    from .model_list import ModelList
    from .model_name import ModelName
    from .model_pricing import ModelPricing
    from .optimize_colors_request import OptimizeColorsRequest
    from .optimized_colors import OptimizedColors
    from .outpaint_by_url_request import OutpaintByUrlRequest
    from .outpaint_by_url_request_creativity import OutpaintByUrlRequestCreativity
    from .outpaint_by_url_request_image_format import OutpaintByUrlRequestImageFormat
    from .outpaint_by_url_request_response_format import OutpaintByUrlRequestResponseFormat
    from .outpaint_by_url_request_style_match import OutpaintByUrlRequestStyleMatch
    from .outpaint_request import OutpaintRequest
    from .outpaint_request_creativity import OutpaintRequestCreativity
    from .outpaint_request_image_format import OutpaintRequestImageFormat
    from .outpaint_request_response_format import OutpaintRequestResponseFormat
    from .outpaint_request_style_match import OutpaintRequestStyleMatch
    from .palette import Palette
    from .refine_details_by_url_request import RefineDetailsByUrlRequest
    from .refine_details_by_url_request_image_format import RefineDetailsByUrlRequestImageFormat
    from .refine_details_by_url_request_refinement import RefineDetailsByUrlRequestRefinement
    from .refine_details_by_url_request_response_format import RefineDetailsByUrlRequestResponseFormat
    from .refine_details_request import RefineDetailsRequest
    from .refine_details_request_image_format import RefineDetailsRequestImageFormat
    from .refine_details_request_refinement import RefineDetailsRequestRefinement
    from .refine_details_request_response_format import RefineDetailsRequestResponseFormat
    from .service_status import ServiceStatus
    from .similar_by_id_request import SimilarByIdRequest
    from .similar_by_id_request_image_format import SimilarByIdRequestImageFormat
    from .similar_by_id_request_response_format import SimilarByIdRequestResponseFormat
    from .similar_request import SimilarRequest
    from .similar_request_response_format import SimilarRequestResponseFormat
    from .style import Style
    from .style_base import StyleBase
    from .style_list import StyleList
    from .style_name import StyleName
    from .substyle_name import SubstyleName
    from .text_layout_item import TextLayoutItem
    from .user import User
    from .variate_by_url_request import VariateByUrlRequest
    from .variate_by_url_request_image_format import VariateByUrlRequestImageFormat
    from .variate_by_url_request_response_format import VariateByUrlRequestResponseFormat
    from .variate_request import VariateRequest
    from .variate_request_image_format import VariateRequestImageFormat
    from .vectorize_by_url_request import VectorizeByUrlRequest
    from .vectorize_by_url_request_color_reduction import VectorizeByUrlRequestColorReduction
    from .vectorize_by_url_request_image_format import VectorizeByUrlRequestImageFormat
    from .vectorize_by_url_request_limit_num_shapes import VectorizeByUrlRequestLimitNumShapes
    from .vectorize_by_url_request_response_format import VectorizeByUrlRequestResponseFormat
    from .vectorize_by_url_request_return_gradients import VectorizeByUrlRequestReturnGradients
    from .vectorize_by_url_request_shape_stacking import VectorizeByUrlRequestShapeStacking
    from .vectorize_by_url_request_small_shape_filter import VectorizeByUrlRequestSmallShapeFilter
    from .vectorize_by_url_request_svg_compression import VectorizeByUrlRequestSvgCompression
    from .vectorize_by_url_request_upscale import VectorizeByUrlRequestUpscale
    from .vectorize_request import VectorizeRequest
    from .vectorize_request_color_reduction import VectorizeRequestColorReduction
    from .vectorize_request_limit_num_shapes import VectorizeRequestLimitNumShapes
    from .vectorize_request_return_gradients import VectorizeRequestReturnGradients
    from .vectorize_request_shape_stacking import VectorizeRequestShapeStacking
    from .vectorize_request_small_shape_filter import VectorizeRequestSmallShapeFilter
    from .vectorize_request_svg_compression import VectorizeRequestSvgCompression
    from .weighted_hex_color import WeightedHexColor

_MODULES = {
    "ApiError": ".api_error",
    "BackgroundByUrlRequest": ".background_by_url_request",
    "BackgroundByUrlRequestCreativity": ".background_by_url_request_creativity",
    "BackgroundByUrlRequestImageFormat": ".background_by_url_request_image_format",
    "BackgroundByUrlRequestResponseFormat": ".background_by_url_request_response_format",
    "BackgroundByUrlRequestStyleMatch": ".background_by_url_request_style_match",
    "BackgroundRequest": ".background_request",
    "BackgroundRequestCreativity": ".background_request_creativity",
    "BackgroundRequestImageFormat": ".background_request_image_format",
    "BackgroundRequestResponseFormat": ".background_request_response_format",
    "BackgroundRequestStyleMatch": ".background_request_style_match",
    "BasicStyle": ".basic_style",
    "BasicStyleList": ".basic_style_list",
    "BillingType": ".billing_type",
    "BrandControls": ".brand_controls",
    "Color": ".color",
    "ColorMapping": ".color_mapping",
    "CreateStyleByUrlRequest": ".create_style_by_url_request",
    "CreateStyleByUrlRequestMatch": ".create_style_by_url_request_match",
    "CreateStyleByUrlRequestMixPolicy": ".create_style_by_url_request_mix_policy",
    "CreateStyleRequest": ".create_style_request",
    "CreateStyleRequestMatch": ".create_style_request_match",
    "CreateStyleRequestMixPolicy": ".create_style_request_mix_policy",
    "EnhancePromptRequest": ".enhance_prompt_request",
    "EnhancedPrompt": ".enhanced_prompt",
    "EraseRegionByUrlRequest": ".erase_region_by_url_request",
    "EraseRegionByUrlRequestCreativity": ".erase_region_by_url_request_creativity",
    "EraseRegionByUrlRequestImageFormat": ".erase_region_by_url_request_image_format",
    "EraseRegionByUrlRequestResponseFormat": ".erase_region_by_url_request_response_format",
    "EraseRegionRequest": ".erase_region_request",
    "EraseRegionRequestCreativity": ".erase_region_request_creativity",
    "EraseRegionRequestImageFormat": ".erase_region_request_image_format",
    "EraseRegionRequestResponseFormat": ".erase_region_request_response_format",
    "ExploreRequest": ".explore_request",
    "ExploreRequestCreativity": ".explore_request_creativity",
    "ExploreRequestImageFormat": ".explore_request_image_format",
    "ExploreRequestModel": ".explore_request_model",
    "ExploreRequestResponseFormat": ".explore_request_response_format",
    "FileOnlyRequest": ".file_only_request",
    "FileOnlyRequestImageFormat": ".file_only_request_image_format",
    "FileOnlyRequestResponseFormat": ".file_only_request_response_format",
    "FileOnlyRequestUpscale": ".file_only_request_upscale",
    "GenerationFormRequest": ".generation_form_request",
    "GenerationFormRequestCreativity": ".generation_form_request_creativity",
    "GenerationFormRequestImageFormat": ".generation_form_request_image_format",
    "GenerationFormRequestModel": ".generation_form_request_model",
    "GenerationFormRequestResponseFormat": ".generation_form_request_response_format",
    "GenerationFormRequestStyleMatch": ".generation_form_request_style_match",
    "GenerationFormRequestUpscale": ".generation_form_request_upscale",
    "GenerationRequest": ".generation_request",
    "GenerationRequestCreativity": ".generation_request_creativity",
    "GenerationRequestImageFormat": ".generation_request_image_format",
    "GenerationRequestModel": ".generation_request_model",
    "GenerationRequestResponseFormat": ".generation_request_response_format",
    "GenerationRequestStyleMatch": ".generation_request_style_match",
    "GenerationRequestUpscale": ".generation_request_upscale",
    "Image": ".image",
    "ImageByUrlRequest": ".image_by_url_request",
    "ImageByUrlRequestImageFormat": ".image_by_url_request_image_format",
    "ImageByUrlRequestResponseFormat": ".image_by_url_request_response_format",
    "ImageByUrlRequestUpscale": ".image_by_url_request_upscale",
    "ImageFeatures": ".image_features",
    "ImageSet": ".image_set",
    "ImageToImageByUrlRequest": ".image_to_image_by_url_request",
    "ImageToImageByUrlRequestCreativity": ".image_to_image_by_url_request_creativity",
    "ImageToImageByUrlRequestImageFormat": ".image_to_image_by_url_request_image_format",
    "ImageToImageByUrlRequestResponseFormat": ".image_to_image_by_url_request_response_format",
    "ImageToImageByUrlRequestStyleMatch": ".image_to_image_by_url_request_style_match",
    "ImageToImageRequest": ".image_to_image_request",
    "ImageToImageRequestCreativity": ".image_to_image_request_creativity",
    "ImageToImageRequestImageFormat": ".image_to_image_request_image_format",
    "ImageToImageRequestResponseFormat": ".image_to_image_request_response_format",
    "ImageToImageRequestStyleMatch": ".image_to_image_request_style_match",
    "MaskedByUrlRequest": ".masked_by_url_request",
    "MaskedByUrlRequestCreativity": ".masked_by_url_request_creativity",
    "MaskedByUrlRequestImageFormat": ".masked_by_url_request_image_format",
    "MaskedByUrlRequestResponseFormat": ".masked_by_url_request_response_format",
    "MaskedByUrlRequestStyleMatch": ".masked_by_url_request_style_match",
    "MaskedEditRequest": ".masked_edit_request",
    "Model": ".model",
    "ModelList": ".model_list",
    "ModelName": ".model_name",
    "ModelPricing": ".model_pricing",
    "OptimizeColorsRequest": ".optimize_colors_request",
    "OptimizedColors": ".optimized_colors",
    "OutpaintByUrlRequest": ".outpaint_by_url_request",
    "OutpaintByUrlRequestCreativity": ".outpaint_by_url_request_creativity",
    "OutpaintByUrlRequestImageFormat": ".outpaint_by_url_request_image_format",
    "OutpaintByUrlRequestResponseFormat": ".outpaint_by_url_request_response_format",
    "OutpaintByUrlRequestStyleMatch": ".outpaint_by_url_request_style_match",
    "OutpaintRequest": ".outpaint_request",
    "OutpaintRequestCreativity": ".outpaint_request_creativity",
    "OutpaintRequestImageFormat": ".outpaint_request_image_format",
    "OutpaintRequestResponseFormat": ".outpaint_request_response_format",
    "OutpaintRequestStyleMatch": ".outpaint_request_style_match",
    "Palette": ".palette",
    "RefineDetailsByUrlRequest": ".refine_details_by_url_request",
    "RefineDetailsByUrlRequestImageFormat": ".refine_details_by_url_request_image_format",
    "RefineDetailsByUrlRequestRefinement": ".refine_details_by_url_request_refinement",
    "RefineDetailsByUrlRequestResponseFormat": ".refine_details_by_url_request_response_format",
    "RefineDetailsRequest": ".refine_details_request",
    "RefineDetailsRequestImageFormat": ".refine_details_request_image_format",
    "RefineDetailsRequestRefinement": ".refine_details_request_refinement",
    "RefineDetailsRequestResponseFormat": ".refine_details_request_response_format",
    "ServiceStatus": ".service_status",
    "SimilarByIdRequest": ".similar_by_id_request",
    "SimilarByIdRequestImageFormat": ".similar_by_id_request_image_format",
    "SimilarByIdRequestResponseFormat": ".similar_by_id_request_response_format",
    "SimilarRequest": ".similar_request",
    "SimilarRequestResponseFormat": ".similar_request_response_format",
    "Style": ".style",
    "StyleBase": ".style_base",
    "StyleList": ".style_list",
    "StyleName": ".style_name",
    "SubstyleName": ".substyle_name",
    "TextLayoutItem": ".text_layout_item",
    "User": ".user",
    "VariateByUrlRequest": ".variate_by_url_request",
    "VariateByUrlRequestImageFormat": ".variate_by_url_request_image_format",
    "VariateByUrlRequestResponseFormat": ".variate_by_url_request_response_format",
    "VariateRequest": ".variate_request",
    "VariateRequestImageFormat": ".variate_request_image_format",
    "VectorizeByUrlRequest": ".vectorize_by_url_request",
    "VectorizeByUrlRequestColorReduction": ".vectorize_by_url_request_color_reduction",
    "VectorizeByUrlRequestImageFormat": ".vectorize_by_url_request_image_format",
    "VectorizeByUrlRequestLimitNumShapes": ".vectorize_by_url_request_limit_num_shapes",
    "VectorizeByUrlRequestResponseFormat": ".vectorize_by_url_request_response_format",
    "VectorizeByUrlRequestReturnGradients": ".vectorize_by_url_request_return_gradients",
    "VectorizeByUrlRequestShapeStacking": ".vectorize_by_url_request_shape_stacking",
    "VectorizeByUrlRequestSmallShapeFilter": ".vectorize_by_url_request_small_shape_filter",
    "VectorizeByUrlRequestSvgCompression": ".vectorize_by_url_request_svg_compression",
    "VectorizeByUrlRequestUpscale": ".vectorize_by_url_request_upscale",
    "VectorizeRequest": ".vectorize_request",
    "VectorizeRequestColorReduction": ".vectorize_request_color_reduction",
    "VectorizeRequestLimitNumShapes": ".vectorize_request_limit_num_shapes",
    "VectorizeRequestReturnGradients": ".vectorize_request_return_gradients",
    "VectorizeRequestShapeStacking": ".vectorize_request_shape_stacking",
    "VectorizeRequestSmallShapeFilter": ".vectorize_request_small_shape_filter",
    "VectorizeRequestSvgCompression": ".vectorize_request_svg_compression",
    "WeightedHexColor": ".weighted_hex_color",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_MODULES[name], __name__), name)
    globals()[name] = value  # found at once the next time
    return value


def __dir__() -> list[str]:
    return [*globals(), *_MODULES]


__all__ = (
    "ApiError",
    "BackgroundByUrlRequest",
    "BackgroundByUrlRequestCreativity",
    "BackgroundByUrlRequestImageFormat",
    "BackgroundByUrlRequestResponseFormat",
    "BackgroundByUrlRequestStyleMatch",
    "BackgroundRequest",
    "BackgroundRequestCreativity",
    "BackgroundRequestImageFormat",
    "BackgroundRequestResponseFormat",
    "BackgroundRequestStyleMatch",
    "BasicStyle",
    "BasicStyleList",
    "BillingType",
    "BrandControls",
    "Color",
    "ColorMapping",
    "CreateStyleByUrlRequest",
    "CreateStyleByUrlRequestMatch",
    "CreateStyleByUrlRequestMixPolicy",
    "CreateStyleRequest",
    "CreateStyleRequestMatch",
    "CreateStyleRequestMixPolicy",
    "EnhancedPrompt",
    "EnhancePromptRequest",
    "EraseRegionByUrlRequest",
    "EraseRegionByUrlRequestCreativity",
    "EraseRegionByUrlRequestImageFormat",
    "EraseRegionByUrlRequestResponseFormat",
    "EraseRegionRequest",
    "EraseRegionRequestCreativity",
    "EraseRegionRequestImageFormat",
    "EraseRegionRequestResponseFormat",
    "ExploreRequest",
    "ExploreRequestCreativity",
    "ExploreRequestImageFormat",
    "ExploreRequestModel",
    "ExploreRequestResponseFormat",
    "FileOnlyRequest",
    "FileOnlyRequestImageFormat",
    "FileOnlyRequestResponseFormat",
    "FileOnlyRequestUpscale",
    "GenerationFormRequest",
    "GenerationFormRequestCreativity",
    "GenerationFormRequestImageFormat",
    "GenerationFormRequestModel",
    "GenerationFormRequestResponseFormat",
    "GenerationFormRequestStyleMatch",
    "GenerationFormRequestUpscale",
    "GenerationRequest",
    "GenerationRequestCreativity",
    "GenerationRequestImageFormat",
    "GenerationRequestModel",
    "GenerationRequestResponseFormat",
    "GenerationRequestStyleMatch",
    "GenerationRequestUpscale",
    "Image",
    "ImageByUrlRequest",
    "ImageByUrlRequestImageFormat",
    "ImageByUrlRequestResponseFormat",
    "ImageByUrlRequestUpscale",
    "ImageFeatures",
    "ImageSet",
    "ImageToImageByUrlRequest",
    "ImageToImageByUrlRequestCreativity",
    "ImageToImageByUrlRequestImageFormat",
    "ImageToImageByUrlRequestResponseFormat",
    "ImageToImageByUrlRequestStyleMatch",
    "ImageToImageRequest",
    "ImageToImageRequestCreativity",
    "ImageToImageRequestImageFormat",
    "ImageToImageRequestResponseFormat",
    "ImageToImageRequestStyleMatch",
    "MaskedByUrlRequest",
    "MaskedByUrlRequestCreativity",
    "MaskedByUrlRequestImageFormat",
    "MaskedByUrlRequestResponseFormat",
    "MaskedByUrlRequestStyleMatch",
    "MaskedEditRequest",
    "Model",
    "ModelList",
    "ModelName",
    "ModelPricing",
    "OptimizeColorsRequest",
    "OptimizedColors",
    "OutpaintByUrlRequest",
    "OutpaintByUrlRequestCreativity",
    "OutpaintByUrlRequestImageFormat",
    "OutpaintByUrlRequestResponseFormat",
    "OutpaintByUrlRequestStyleMatch",
    "OutpaintRequest",
    "OutpaintRequestCreativity",
    "OutpaintRequestImageFormat",
    "OutpaintRequestResponseFormat",
    "OutpaintRequestStyleMatch",
    "Palette",
    "RefineDetailsByUrlRequest",
    "RefineDetailsByUrlRequestImageFormat",
    "RefineDetailsByUrlRequestRefinement",
    "RefineDetailsByUrlRequestResponseFormat",
    "RefineDetailsRequest",
    "RefineDetailsRequestImageFormat",
    "RefineDetailsRequestRefinement",
    "RefineDetailsRequestResponseFormat",
    "ServiceStatus",
    "SimilarByIdRequest",
    "SimilarByIdRequestImageFormat",
    "SimilarByIdRequestResponseFormat",
    "SimilarRequest",
    "SimilarRequestResponseFormat",
    "Style",
    "StyleBase",
    "StyleList",
    "StyleName",
    "SubstyleName",
    "TextLayoutItem",
    "User",
    "VariateByUrlRequest",
    "VariateByUrlRequestImageFormat",
    "VariateByUrlRequestResponseFormat",
    "VariateRequest",
    "VariateRequestImageFormat",
    "VectorizeByUrlRequest",
    "VectorizeByUrlRequestColorReduction",
    "VectorizeByUrlRequestImageFormat",
    "VectorizeByUrlRequestLimitNumShapes",
    "VectorizeByUrlRequestResponseFormat",
    "VectorizeByUrlRequestReturnGradients",
    "VectorizeByUrlRequestShapeStacking",
    "VectorizeByUrlRequestSmallShapeFilter",
    "VectorizeByUrlRequestSvgCompression",
    "VectorizeByUrlRequestUpscale",
    "VectorizeRequest",
    "VectorizeRequestColorReduction",
    "VectorizeRequestLimitNumShapes",
    "VectorizeRequestReturnGradients",
    "VectorizeRequestShapeStacking",
    "VectorizeRequestSmallShapeFilter",
    "VectorizeRequestSvgCompression",
    "WeightedHexColor",
)
