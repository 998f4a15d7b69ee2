"""Making, editing, upscaling and vectorizing images: `client.images`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..errors import InputError
from ..results import ImageResult, read_images

if TYPE_CHECKING:
    from uuid import UUID

    from recraft_api import options as opt
    from recraft_api.inputs import ImageInput


class Images(Namespace[K_co]):
    """Make, edit, upscale and vectorize images. Each call costs API units; `result.credits` says how many."""

    @operation
    @staticmethod
    @marks.create_image
    def generate(
        prompt: str, *, style_references: Sequence[ImageInput] | None = None, **options: Unpack[opt.CreateImageOptions]
    ) -> Call[ImageResult]:
        """Make 1 to 6 images from a prompt, raster or vector as the model decides.

        `prompt` describes the image, in up to 10,000 characters (1,000 for V2 and V3 models). `colors` and
        `background_color` take `"#ff8800"` or `(255, 136, 0)`, `size` takes `"16:9"`, `"1024x1024"` or `(1024, 1024)`
        in pixels.

        `style_references` are 1 to 10 images whose style the result takes, files or web addresses, instead of
        `style_id`. A style is made of them, which is charged too; its id is `result.style_id`.
        """
        return call("createImage", read_images, {"prompt": prompt, **options}, {"style_references": style_references})

    @operation
    @staticmethod
    @marks.create_raster_image
    def generate_raster(
        prompt: str,
        *,
        style_references: Sequence[ImageInput] | None = None,
        **options: Unpack[opt.CreateRasterImageOptions],
    ) -> Call[ImageResult]:
        """Make raster images (WebP, or PNG where `image_format` says so) from a prompt; see `generate`."""
        return call(
            "createRasterImage", read_images, {"prompt": prompt, **options}, {"style_references": style_references}
        )

    @operation
    @staticmethod
    @marks.create_vector_image
    def generate_vector(
        prompt: str,
        *,
        style_references: Sequence[ImageInput] | None = None,
        **options: Unpack[opt.CreateVectorImageOptions],
    ) -> Call[ImageResult]:
        """Make vector images (SVG) from a prompt; see `generate`."""
        return call(
            "createVectorImage", read_images, {"prompt": prompt, **options}, {"style_references": style_references}
        )

    @operation
    @staticmethod
    @marks.explore_images
    def explore(prompt: str, **options: Unpack[opt.ExploreImagesOptions]) -> Call[ImageResult]:
        """Make a wide range of different images from one prompt."""
        return call("exploreImages", read_images, {"prompt": prompt, **options})

    @operation
    @staticmethod
    @marks.explore_similar_images
    def explore_similar(
        image: ImageInput | None = None,
        *,
        source_image_id: UUID | str | None = None,
        similarity: int | None = None,
        **options: Unpack[opt.ExploreSimilarImagesOptions],
    ) -> Call[ImageResult]:
        """Make images that resemble one: an `image` of yours, or one that `explore` made by its `source_image_id` and
        a `similarity`.
        """
        if (image is None) == (source_image_id is None):
            raise InputError("explore_similar needs either an image, or source_image_id and similarity.")
        by_id = {"source_image_id": source_image_id, "similarity": similarity}
        return call("exploreSimilarImages", read_images, {**by_id, **options}, {"image": image})

    @operation
    @staticmethod
    @marks.image_to_image
    def image_to_image(image: ImageInput, prompt: str, **options: Unpack[opt.ImageToImageOptions]) -> Call[ImageResult]:
        """Make a variation of an image that keeps its composition.

        `strength` is from 0 (almost the same) to 1 (hardly alike).
        """
        return call("imageToImage", read_images, {"prompt": prompt, **options}, {"image": image})

    @operation
    @staticmethod
    @marks.inpaint_image
    def inpaint(
        image: ImageInput, mask: ImageInput, prompt: str, **options: Unpack[opt.InpaintImageOptions]
    ) -> Call[ImageResult]:
        """Replace the part of an image that is white in `mask`, a grey image of the same size.

        By the documentation of 2026-11 every pixel of the mask is 0 or 255, with nothing between: no JPEG.
        """
        return call("inpaintImage", read_images, {"prompt": prompt, **options}, {"image": image, "mask": mask})

    @operation
    @staticmethod
    @marks.outpaint_image
    def outpaint(
        image: ImageInput,
        prompt: str | None = None,
        *,
        top: int | None = None,
        bottom: int | None = None,
        left: int | None = None,
        right: int | None = None,
        **options: Unpack[opt.OutpaintImageOptions],
    ) -> Call[ImageResult]:
        """Extend an image beyond its edges by so many pixels at each, 0 or more."""
        edges = {"top": top, "bottom": bottom, "left": left, "right": right}
        for edge, pixels in edges.items():
            if pixels is not None and (not isinstance(pixels, int) or isinstance(pixels, bool) or pixels < 0):
                raise InputError(f"{edge} is {pixels!r}; expected a whole number of pixels, 0 or more.")
        sides = {f"outpaint_{edge}": pixels for edge, pixels in edges.items()}
        return call("outpaintImage", read_images, {"prompt": prompt, **sides, **options}, {"image": image})

    @operation
    @staticmethod
    @marks.replace_background
    def replace_background(
        image: ImageInput, prompt: str | None = None, **options: Unpack[opt.ReplaceBackgroundOptions]
    ) -> Call[ImageResult]:
        """Put another background behind the subject of an image."""
        return call("replaceBackground", read_images, {"prompt": prompt, **options}, {"image": image})

    @operation
    @staticmethod
    @marks.generate_background
    def generate_background(
        image: ImageInput, mask: ImageInput, prompt: str, **options: Unpack[opt.GenerateBackgroundOptions]
    ) -> Call[ImageResult]:
        """Fill the part of an image that is white in `mask`, a grey image of the same size, with a generated
        background; for the mask see `inpaint`.
        """
        return call("generateBackground", read_images, {"prompt": prompt, **options}, {"image": image, "mask": mask})

    @operation
    @staticmethod
    @marks.remove_background
    def remove_background(image: ImageInput, **options: Unpack[opt.RemoveBackgroundOptions]) -> Call[ImageResult]:
        """Make the background of an image transparent."""
        return call("removeBackground", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.erase_region
    def erase_region(
        image: ImageInput, mask: ImageInput, prompt: str | None = None, **options: Unpack[opt.EraseRegionOptions]
    ) -> Call[ImageResult]:
        """Remove what is white in `mask`, a grey image of the same size, from an image; for the mask see `inpaint`."""
        return call("eraseRegion", read_images, {"prompt": prompt, **options}, {"image": image, "mask": mask})

    @operation
    @staticmethod
    @marks.vectorize_image
    def vectorize(image: ImageInput, **options: Unpack[opt.VectorizeImageOptions]) -> Call[ImageResult]:
        """Turn a raster image into SVG."""
        return call("vectorizeImage", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.crisp_upscale
    def crisp_upscale(image: ImageInput, **options: Unpack[opt.CrispUpscaleOptions]) -> Call[ImageResult]:
        """Make an image larger, with sharp edges."""
        return call("crispUpscale", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.creative_upscale
    def creative_upscale(image: ImageInput, **options: Unpack[opt.CreativeUpscaleOptions]) -> Call[ImageResult]:
        """Make an image larger, adding detail to faces and objects."""
        return call("creativeUpscale", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.refine_details
    def refine_details(image: ImageInput, **options: Unpack[opt.RefineDetailsOptions]) -> Call[ImageResult]:
        """Make an image anew with more detail, as large as the V4.1 Pro models make it in its ratio.

        The image is PNG, JPEG or WebP, at most 10 MB and 16 megapixels, each side 256 to 4096 pixels; above 2048 it is
        scaled down (the vendor's page on the tool, 2026-11).
        """
        return call("refineDetails", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.clarity_upscale
    def clarity_upscale(image: ImageInput, **options: Unpack[opt.ClarityUpscaleOptions]) -> Call[ImageResult]:
        """Make an image larger. The service calls it deprecated: use `crisp_upscale`."""
        return call("clarityUpscale", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.generative_upscale
    def generative_upscale(image: ImageInput, **options: Unpack[opt.GenerativeUpscaleOptions]) -> Call[ImageResult]:
        """Make an image larger, with new detail. The service calls it deprecated: use `creative_upscale`."""
        return call("generativeUpscale", read_images, options, {"image": image})

    @operation
    @staticmethod
    @marks.variate_image
    def variate(image: ImageInput, **options: Unpack[opt.VariateImageOptions]) -> Call[ImageResult]:
        """Make a remix of an image that keeps its feel."""
        return call("variateImage", read_images, options, {"image": image})
