from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.create_style_request_match import CreateStyleRequestMatch, check_create_style_request_match
from ..models.create_style_request_mix_policy import CreateStyleRequestMixPolicy, check_create_style_request_mix_policy
from ..types import UNSET, File, Unset

if TYPE_CHECKING:
    from ..models.style_palette import StylePalette


T = TypeVar("T", bound="CreateStyleRequest")


@_attrs_define
class CreateStyleRequest:
    """
    Attributes:
        file (list[File]):
        style (str | Unset): Base style group (e.g. `digital_illustration`).
        model (str | Unset): The model the style is for; `recraftv4_styles` when left out (source V).
        match (CreateStyleRequestMatch | Unset): How closely images follow the style: `precise` by default for V4,
            `regular` for V2 and V3.
        image_weights (list[float] | Unset): How much each reference image counts.
        palette (StylePalette | Unset): Colours of a style.
        private (bool | Unset): Keep the style to this account.
        prompt (str | Unset): What to look for in the reference images.
        source_styles (list[UUID] | Unset): Styles to mix (V2 and V3).
        source_style_weights (list[float] | Unset): How much each of the mixed styles counts.
        mix_policy (CreateStyleRequestMixPolicy | Unset): How palettes are mixed (V2 and V3).
    """

    file: list[File]
    style: str | Unset = UNSET
    model: str | Unset = UNSET
    match: CreateStyleRequestMatch | Unset = UNSET
    image_weights: list[float] | Unset = UNSET
    palette: StylePalette | Unset = UNSET
    private: bool | Unset = UNSET
    prompt: str | Unset = UNSET
    source_styles: list[UUID] | Unset = UNSET
    source_style_weights: list[float] | Unset = UNSET
    mix_policy: CreateStyleRequestMixPolicy | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        file = []
        for file_item_data in self.file:
            file_item = file_item_data.to_tuple()

            file.append(file_item)

        style = self.style

        model = self.model

        match: str | Unset = UNSET
        if not isinstance(self.match, Unset):
            match = self.match

        image_weights: list[float] | Unset = UNSET
        if not isinstance(self.image_weights, Unset):
            image_weights = self.image_weights

        palette: dict[str, Any] | Unset = UNSET
        if not isinstance(self.palette, Unset):
            palette = self.palette.to_dict()

        private = self.private

        prompt = self.prompt

        source_styles: list[str] | Unset = UNSET
        if not isinstance(self.source_styles, Unset):
            source_styles = []
            for source_styles_item_data in self.source_styles:
                source_styles_item = str(source_styles_item_data)
                source_styles.append(source_styles_item)

        source_style_weights: list[float] | Unset = UNSET
        if not isinstance(self.source_style_weights, Unset):
            source_style_weights = self.source_style_weights

        mix_policy: str | Unset = UNSET
        if not isinstance(self.mix_policy, Unset):
            mix_policy = self.mix_policy

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "file": file,
            }
        )
        if style is not UNSET:
            field_dict["style"] = style
        if model is not UNSET:
            field_dict["model"] = model
        if match is not UNSET:
            field_dict["match"] = match
        if image_weights is not UNSET:
            field_dict["image_weights"] = image_weights
        if palette is not UNSET:
            field_dict["palette"] = palette
        if private is not UNSET:
            field_dict["private"] = private
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if source_styles is not UNSET:
            field_dict["source_styles"] = source_styles
        if source_style_weights is not UNSET:
            field_dict["source_style_weights"] = source_style_weights
        if mix_policy is not UNSET:
            field_dict["mix_policy"] = mix_policy

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        for file_item_element in self.file:
            files.append(("file", file_item_element.to_tuple()))

        if not isinstance(self.style, Unset):
            files.append(("style", (None, str(self.style).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.match, Unset):
            files.append(("match", (None, str(self.match).encode(), "text/plain")))

        if not isinstance(self.image_weights, Unset):
            for image_weights_item_element in self.image_weights:
                files.append(("image_weights", (None, str(image_weights_item_element).encode(), "text/plain")))

        if not isinstance(self.palette, Unset):
            files.append(("palette", (None, json.dumps(self.palette.to_dict()).encode(), "application/json")))

        if not isinstance(self.private, Unset):
            files.append(("private", (None, str(self.private).lower().encode(), "text/plain")))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.source_styles, Unset):
            for source_styles_item_element in self.source_styles:
                files.append(("source_styles", (None, str(source_styles_item_element), "text/plain")))

        if not isinstance(self.source_style_weights, Unset):
            for source_style_weights_item_element in self.source_style_weights:
                files.append(
                    ("source_style_weights", (None, str(source_style_weights_item_element).encode(), "text/plain"))
                )

        if not isinstance(self.mix_policy, Unset):
            files.append(("mix_policy", (None, str(self.mix_policy).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_palette import StylePalette  # noqa: PLC0415

        absent_when_null = {
            "style",
            "model",
            "match",
            "image_weights",
            "palette",
            "private",
            "prompt",
            "source_styles",
            "source_style_weights",
            "mix_policy",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        file = []
        _file = d.pop("file")
        for file_item_data in _file:
            file_item = File(payload=BytesIO(file_item_data))

            file.append(file_item)

        style = d.pop("style", UNSET)

        model = d.pop("model", UNSET)

        _match = d.pop("match", UNSET)
        match: CreateStyleRequestMatch | Unset
        if isinstance(_match, Unset):
            match = UNSET
        else:
            match = check_create_style_request_match(_match)

        image_weights = cast(list[float], d.pop("image_weights", UNSET))

        _palette = d.pop("palette", UNSET)
        palette: StylePalette | Unset
        if isinstance(_palette, Unset):
            palette = UNSET
        else:
            palette = StylePalette.from_dict(_palette)

        private = d.pop("private", UNSET)

        prompt = d.pop("prompt", UNSET)

        _source_styles = d.pop("source_styles", UNSET)
        source_styles: list[UUID] | Unset = UNSET
        if _source_styles is not UNSET:
            source_styles = []
            for source_styles_item_data in _source_styles:
                source_styles_item = UUID(source_styles_item_data)

                source_styles.append(source_styles_item)

        source_style_weights = cast(list[float], d.pop("source_style_weights", UNSET))

        _mix_policy = d.pop("mix_policy", UNSET)
        mix_policy: CreateStyleRequestMixPolicy | Unset
        if isinstance(_mix_policy, Unset):
            mix_policy = UNSET
        else:
            mix_policy = check_create_style_request_mix_policy(_mix_policy)

        parsed_model = cls(
            file=file,
            style=style,
            model=model,
            match=match,
            image_weights=image_weights,
            palette=palette,
            private=private,
            prompt=prompt,
            source_styles=source_styles,
            source_style_weights=source_style_weights,
            mix_policy=mix_policy,
        )

        parsed_model.additional_properties = d
        return parsed_model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
