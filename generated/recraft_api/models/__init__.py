"""Contains all the data models used in inputs/outputs"""

from .api_error import ApiError
from .background_request import BackgroundRequest
from .background_request_response_format import BackgroundRequestResponseFormat
from .brand_controls import BrandControls
from .color import Color
from .create_style_request import CreateStyleRequest
from .enhance_prompt_request import EnhancePromptRequest
from .enhanced_prompt import EnhancedPrompt
from .file_only_request import FileOnlyRequest
from .file_only_request_response_format import FileOnlyRequestResponseFormat
from .generation_request import GenerationRequest
from .generation_request_model import GenerationRequestModel
from .generation_request_response_format import GenerationRequestResponseFormat
from .image import Image
from .image_set import ImageSet
from .image_to_image_request import ImageToImageRequest
from .image_to_image_request_response_format import ImageToImageRequestResponseFormat
from .masked_edit_request import MaskedEditRequest
from .outpaint_request import OutpaintRequest
from .style import Style
from .text_layout_item import TextLayoutItem
from .user import User

__all__ = (
    "ApiError",
    "BackgroundRequest",
    "BackgroundRequestResponseFormat",
    "BrandControls",
    "Color",
    "CreateStyleRequest",
    "EnhancedPrompt",
    "EnhancePromptRequest",
    "FileOnlyRequest",
    "FileOnlyRequestResponseFormat",
    "GenerationRequest",
    "GenerationRequestModel",
    "GenerationRequestResponseFormat",
    "Image",
    "ImageSet",
    "ImageToImageRequest",
    "ImageToImageRequestResponseFormat",
    "MaskedEditRequest",
    "OutpaintRequest",
    "Style",
    "TextLayoutItem",
    "User",
)
