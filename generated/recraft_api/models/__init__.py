"""Contains all the data models used in inputs/outputs"""

from .api_error import ApiError
from .background_by_url_request import BackgroundByUrlRequest
from .background_by_url_request_creativity import BackgroundByUrlRequestCreativity
from .background_by_url_request_image_format import BackgroundByUrlRequestImageFormat
from .background_by_url_request_response_format import BackgroundByUrlRequestResponseFormat
from .background_request import BackgroundRequest
from .background_request_creativity import BackgroundRequestCreativity
from .background_request_image_format import BackgroundRequestImageFormat
from .background_request_response_format import BackgroundRequestResponseFormat
from .basic_style import BasicStyle
from .basic_style_list import BasicStyleList
from .brand_controls import BrandControls
from .color import Color
from .color_mapping import ColorMapping
from .create_style_by_url_request import CreateStyleByUrlRequest
from .create_style_request import CreateStyleRequest
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
from .file_only_request import FileOnlyRequest
from .file_only_request_response_format import FileOnlyRequestResponseFormat
from .generation_request import GenerationRequest
from .generation_request_creativity import GenerationRequestCreativity
from .generation_request_image_format import GenerationRequestImageFormat
from .generation_request_model import GenerationRequestModel
from .generation_request_response_format import GenerationRequestResponseFormat
from .image import Image
from .image_by_url_request import ImageByUrlRequest
from .image_by_url_request_response_format import ImageByUrlRequestResponseFormat
from .image_set import ImageSet
from .image_to_image_by_url_request import ImageToImageByUrlRequest
from .image_to_image_by_url_request_creativity import ImageToImageByUrlRequestCreativity
from .image_to_image_by_url_request_image_format import ImageToImageByUrlRequestImageFormat
from .image_to_image_by_url_request_response_format import ImageToImageByUrlRequestResponseFormat
from .image_to_image_request import ImageToImageRequest
from .image_to_image_request_creativity import ImageToImageRequestCreativity
from .image_to_image_request_image_format import ImageToImageRequestImageFormat
from .image_to_image_request_response_format import ImageToImageRequestResponseFormat
from .masked_by_url_request import MaskedByUrlRequest
from .masked_by_url_request_creativity import MaskedByUrlRequestCreativity
from .masked_by_url_request_image_format import MaskedByUrlRequestImageFormat
from .masked_by_url_request_response_format import MaskedByUrlRequestResponseFormat
from .masked_edit_request import MaskedEditRequest
from .model import Model
from .model_list import ModelList
from .optimize_colors_request import OptimizeColorsRequest
from .optimized_colors import OptimizedColors
from .outpaint_by_url_request import OutpaintByUrlRequest
from .outpaint_by_url_request_creativity import OutpaintByUrlRequestCreativity
from .outpaint_by_url_request_image_format import OutpaintByUrlRequestImageFormat
from .outpaint_request import OutpaintRequest
from .outpaint_request_creativity import OutpaintRequestCreativity
from .outpaint_request_image_format import OutpaintRequestImageFormat
from .similar_by_id_request import SimilarByIdRequest
from .style import Style
from .style_list import StyleList
from .text_layout_item import TextLayoutItem
from .user import User
from .variate_by_url_request import VariateByUrlRequest
from .variate_by_url_request_response_format import VariateByUrlRequestResponseFormat
from .variate_request import VariateRequest
from .vectorize_by_url_request import VectorizeByUrlRequest
from .vectorize_by_url_request_color_reduction import VectorizeByUrlRequestColorReduction
from .vectorize_by_url_request_limit_num_shapes import VectorizeByUrlRequestLimitNumShapes
from .vectorize_by_url_request_response_format import VectorizeByUrlRequestResponseFormat
from .vectorize_by_url_request_return_gradients import VectorizeByUrlRequestReturnGradients
from .vectorize_by_url_request_shape_stacking import VectorizeByUrlRequestShapeStacking
from .vectorize_by_url_request_small_shape_filter import VectorizeByUrlRequestSmallShapeFilter
from .vectorize_by_url_request_svg_compression import VectorizeByUrlRequestSvgCompression
from .vectorize_request import VectorizeRequest
from .vectorize_request_color_reduction import VectorizeRequestColorReduction
from .vectorize_request_limit_num_shapes import VectorizeRequestLimitNumShapes
from .vectorize_request_return_gradients import VectorizeRequestReturnGradients
from .vectorize_request_shape_stacking import VectorizeRequestShapeStacking
from .vectorize_request_small_shape_filter import VectorizeRequestSmallShapeFilter
from .vectorize_request_svg_compression import VectorizeRequestSvgCompression
from .weighted_hex_color import WeightedHexColor

__all__ = (
    "ApiError",
    "BackgroundByUrlRequest",
    "BackgroundByUrlRequestCreativity",
    "BackgroundByUrlRequestImageFormat",
    "BackgroundByUrlRequestResponseFormat",
    "BackgroundRequest",
    "BackgroundRequestCreativity",
    "BackgroundRequestImageFormat",
    "BackgroundRequestResponseFormat",
    "BasicStyle",
    "BasicStyleList",
    "BrandControls",
    "Color",
    "ColorMapping",
    "CreateStyleByUrlRequest",
    "CreateStyleRequest",
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
    "FileOnlyRequest",
    "FileOnlyRequestResponseFormat",
    "GenerationRequest",
    "GenerationRequestCreativity",
    "GenerationRequestImageFormat",
    "GenerationRequestModel",
    "GenerationRequestResponseFormat",
    "Image",
    "ImageByUrlRequest",
    "ImageByUrlRequestResponseFormat",
    "ImageSet",
    "ImageToImageByUrlRequest",
    "ImageToImageByUrlRequestCreativity",
    "ImageToImageByUrlRequestImageFormat",
    "ImageToImageByUrlRequestResponseFormat",
    "ImageToImageRequest",
    "ImageToImageRequestCreativity",
    "ImageToImageRequestImageFormat",
    "ImageToImageRequestResponseFormat",
    "MaskedByUrlRequest",
    "MaskedByUrlRequestCreativity",
    "MaskedByUrlRequestImageFormat",
    "MaskedByUrlRequestResponseFormat",
    "MaskedEditRequest",
    "Model",
    "ModelList",
    "OptimizeColorsRequest",
    "OptimizedColors",
    "OutpaintByUrlRequest",
    "OutpaintByUrlRequestCreativity",
    "OutpaintByUrlRequestImageFormat",
    "OutpaintRequest",
    "OutpaintRequestCreativity",
    "OutpaintRequestImageFormat",
    "SimilarByIdRequest",
    "Style",
    "StyleList",
    "TextLayoutItem",
    "User",
    "VariateByUrlRequest",
    "VariateByUrlRequestResponseFormat",
    "VariateRequest",
    "VectorizeByUrlRequest",
    "VectorizeByUrlRequestColorReduction",
    "VectorizeByUrlRequestLimitNumShapes",
    "VectorizeByUrlRequestResponseFormat",
    "VectorizeByUrlRequestReturnGradients",
    "VectorizeByUrlRequestShapeStacking",
    "VectorizeByUrlRequestSmallShapeFilter",
    "VectorizeByUrlRequestSvgCompression",
    "VectorizeRequest",
    "VectorizeRequestColorReduction",
    "VectorizeRequestLimitNumShapes",
    "VectorizeRequestReturnGradients",
    "VectorizeRequestShapeStacking",
    "VectorizeRequestSmallShapeFilter",
    "VectorizeRequestSvgCompression",
    "WeightedHexColor",
)
