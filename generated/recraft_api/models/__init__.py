"""Contains all the data models used in inputs/outputs"""

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
from .brand_controls import BrandControls
from .clarity_upscale_billing import ClarityUpscaleBilling
from .color import Color
from .color_mapping import ColorMapping
from .create_image_billing import CreateImageBilling
from .create_raster_image_billing import CreateRasterImageBilling
from .create_style_billing import CreateStyleBilling
from .create_style_by_url_request import CreateStyleByUrlRequest
from .create_style_by_url_request_match import CreateStyleByUrlRequestMatch
from .create_style_by_url_request_mix_policy import CreateStyleByUrlRequestMixPolicy
from .create_style_request import CreateStyleRequest
from .create_style_request_match import CreateStyleRequestMatch
from .create_style_request_mix_policy import CreateStyleRequestMixPolicy
from .create_vector_image_billing import CreateVectorImageBilling
from .creative_upscale_billing import CreativeUpscaleBilling
from .crisp_upscale_billing import CrispUpscaleBilling
from .enhance_prompt_billing import EnhancePromptBilling
from .enhance_prompt_request import EnhancePromptRequest
from .enhanced_prompt import EnhancedPrompt
from .erase_region_billing import EraseRegionBilling
from .erase_region_by_url_request import EraseRegionByUrlRequest
from .erase_region_by_url_request_creativity import EraseRegionByUrlRequestCreativity
from .erase_region_by_url_request_image_format import EraseRegionByUrlRequestImageFormat
from .erase_region_by_url_request_response_format import EraseRegionByUrlRequestResponseFormat
from .erase_region_request import EraseRegionRequest
from .erase_region_request_creativity import EraseRegionRequestCreativity
from .erase_region_request_image_format import EraseRegionRequestImageFormat
from .erase_region_request_response_format import EraseRegionRequestResponseFormat
from .explore_images_billing import ExploreImagesBilling
from .explore_similar_images_billing import ExploreSimilarImagesBilling
from .file_only_request import FileOnlyRequest
from .file_only_request_image_format import FileOnlyRequestImageFormat
from .file_only_request_response_format import FileOnlyRequestResponseFormat
from .file_only_request_upscale import FileOnlyRequestUpscale
from .generate_background_billing import GenerateBackgroundBilling
from .generation_request import GenerationRequest
from .generation_request_creativity import GenerationRequestCreativity
from .generation_request_image_format import GenerationRequestImageFormat
from .generation_request_model import GenerationRequestModel
from .generation_request_response_format import GenerationRequestResponseFormat
from .generation_request_style_match import GenerationRequestStyleMatch
from .generation_request_upscale import GenerationRequestUpscale
from .generation_with_references_request import GenerationWithReferencesRequest
from .generative_upscale_billing import GenerativeUpscaleBilling
from .image import Image
from .image_by_url_request import ImageByUrlRequest
from .image_by_url_request_image_format import ImageByUrlRequestImageFormat
from .image_by_url_request_response_format import ImageByUrlRequestResponseFormat
from .image_by_url_request_upscale import ImageByUrlRequestUpscale
from .image_features import ImageFeatures
from .image_set import ImageSet
from .image_to_image_billing import ImageToImageBilling
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
from .inpaint_image_billing import InpaintImageBilling
from .masked_by_url_request import MaskedByUrlRequest
from .masked_by_url_request_creativity import MaskedByUrlRequestCreativity
from .masked_by_url_request_image_format import MaskedByUrlRequestImageFormat
from .masked_by_url_request_response_format import MaskedByUrlRequestResponseFormat
from .masked_by_url_request_style_match import MaskedByUrlRequestStyleMatch
from .masked_edit_request import MaskedEditRequest
from .model import Model
from .model_list import ModelList
from .model_pricing import ModelPricing
from .optimize_colors_billing import OptimizeColorsBilling
from .optimize_colors_request import OptimizeColorsRequest
from .optimized_colors import OptimizedColors
from .outpaint_by_url_request import OutpaintByUrlRequest
from .outpaint_by_url_request_creativity import OutpaintByUrlRequestCreativity
from .outpaint_by_url_request_image_format import OutpaintByUrlRequestImageFormat
from .outpaint_by_url_request_response_format import OutpaintByUrlRequestResponseFormat
from .outpaint_by_url_request_style_match import OutpaintByUrlRequestStyleMatch
from .outpaint_image_billing import OutpaintImageBilling
from .outpaint_request import OutpaintRequest
from .outpaint_request_creativity import OutpaintRequestCreativity
from .outpaint_request_image_format import OutpaintRequestImageFormat
from .outpaint_request_response_format import OutpaintRequestResponseFormat
from .outpaint_request_style_match import OutpaintRequestStyleMatch
from .refine_details_billing import RefineDetailsBilling
from .refine_details_by_url_request import RefineDetailsByUrlRequest
from .refine_details_by_url_request_refinement import RefineDetailsByUrlRequestRefinement
from .refine_details_request import RefineDetailsRequest
from .refine_details_request_refinement import RefineDetailsRequestRefinement
from .remove_background_billing import RemoveBackgroundBilling
from .replace_background_billing import ReplaceBackgroundBilling
from .similar_by_id_request import SimilarByIdRequest
from .similar_by_id_request_image_format import SimilarByIdRequestImageFormat
from .similar_by_id_request_response_format import SimilarByIdRequestResponseFormat
from .style import Style
from .style_list import StyleList
from .style_palette import StylePalette
from .text_layout_item import TextLayoutItem
from .user import User
from .variate_by_url_request import VariateByUrlRequest
from .variate_by_url_request_image_format import VariateByUrlRequestImageFormat
from .variate_by_url_request_response_format import VariateByUrlRequestResponseFormat
from .variate_image_billing import VariateImageBilling
from .variate_request import VariateRequest
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
from .vectorize_image_billing import VectorizeImageBilling
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
    "BackgroundByUrlRequestStyleMatch",
    "BackgroundRequest",
    "BackgroundRequestCreativity",
    "BackgroundRequestImageFormat",
    "BackgroundRequestResponseFormat",
    "BackgroundRequestStyleMatch",
    "BasicStyle",
    "BasicStyleList",
    "BrandControls",
    "ClarityUpscaleBilling",
    "Color",
    "ColorMapping",
    "CreateImageBilling",
    "CreateRasterImageBilling",
    "CreateStyleBilling",
    "CreateStyleByUrlRequest",
    "CreateStyleByUrlRequestMatch",
    "CreateStyleByUrlRequestMixPolicy",
    "CreateStyleRequest",
    "CreateStyleRequestMatch",
    "CreateStyleRequestMixPolicy",
    "CreateVectorImageBilling",
    "CreativeUpscaleBilling",
    "CrispUpscaleBilling",
    "EnhancedPrompt",
    "EnhancePromptBilling",
    "EnhancePromptRequest",
    "EraseRegionBilling",
    "EraseRegionByUrlRequest",
    "EraseRegionByUrlRequestCreativity",
    "EraseRegionByUrlRequestImageFormat",
    "EraseRegionByUrlRequestResponseFormat",
    "EraseRegionRequest",
    "EraseRegionRequestCreativity",
    "EraseRegionRequestImageFormat",
    "EraseRegionRequestResponseFormat",
    "ExploreImagesBilling",
    "ExploreSimilarImagesBilling",
    "FileOnlyRequest",
    "FileOnlyRequestImageFormat",
    "FileOnlyRequestResponseFormat",
    "FileOnlyRequestUpscale",
    "GenerateBackgroundBilling",
    "GenerationRequest",
    "GenerationRequestCreativity",
    "GenerationRequestImageFormat",
    "GenerationRequestModel",
    "GenerationRequestResponseFormat",
    "GenerationRequestStyleMatch",
    "GenerationRequestUpscale",
    "GenerationWithReferencesRequest",
    "GenerativeUpscaleBilling",
    "Image",
    "ImageByUrlRequest",
    "ImageByUrlRequestImageFormat",
    "ImageByUrlRequestResponseFormat",
    "ImageByUrlRequestUpscale",
    "ImageFeatures",
    "ImageSet",
    "ImageToImageBilling",
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
    "InpaintImageBilling",
    "MaskedByUrlRequest",
    "MaskedByUrlRequestCreativity",
    "MaskedByUrlRequestImageFormat",
    "MaskedByUrlRequestResponseFormat",
    "MaskedByUrlRequestStyleMatch",
    "MaskedEditRequest",
    "Model",
    "ModelList",
    "ModelPricing",
    "OptimizeColorsBilling",
    "OptimizeColorsRequest",
    "OptimizedColors",
    "OutpaintByUrlRequest",
    "OutpaintByUrlRequestCreativity",
    "OutpaintByUrlRequestImageFormat",
    "OutpaintByUrlRequestResponseFormat",
    "OutpaintByUrlRequestStyleMatch",
    "OutpaintImageBilling",
    "OutpaintRequest",
    "OutpaintRequestCreativity",
    "OutpaintRequestImageFormat",
    "OutpaintRequestResponseFormat",
    "OutpaintRequestStyleMatch",
    "RefineDetailsBilling",
    "RefineDetailsByUrlRequest",
    "RefineDetailsByUrlRequestRefinement",
    "RefineDetailsRequest",
    "RefineDetailsRequestRefinement",
    "RemoveBackgroundBilling",
    "ReplaceBackgroundBilling",
    "SimilarByIdRequest",
    "SimilarByIdRequestImageFormat",
    "SimilarByIdRequestResponseFormat",
    "Style",
    "StyleList",
    "StylePalette",
    "TextLayoutItem",
    "User",
    "VariateByUrlRequest",
    "VariateByUrlRequestImageFormat",
    "VariateByUrlRequestResponseFormat",
    "VariateImageBilling",
    "VariateRequest",
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
    "VectorizeImageBilling",
    "VectorizeRequest",
    "VectorizeRequestColorReduction",
    "VectorizeRequestLimitNumShapes",
    "VectorizeRequestReturnGradients",
    "VectorizeRequestShapeStacking",
    "VectorizeRequestSmallShapeFilter",
    "VectorizeRequestSvgCompression",
    "WeightedHexColor",
)
