from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.create_style_request_match import CreateStyleRequestMatch, check_create_style_request_match
from ..models.create_style_request_mix_policy import CreateStyleRequestMixPolicy, check_create_style_request_mix_policy
from ..models.model_name import ModelName, check_model_name
from ..models.style_base import StyleBase, check_style_base
from ..types import UNSET, File, FileInput, Unset, file_tuple

if TYPE_CHECKING:
    from ..models.palette import Palette


T = TypeVar("T", bound="CreateStyleRequest")


@_attrs_define
class CreateStyleRequest:
    """
    Attributes:
        file (list[File]):
        style (str | StyleBase | Unset): What the style builds on: `any` or `vector_illustration` for V4,
            `realistic_image`, `digital_illustration` or `vector_illustration` for V3, also `icon` for V2.
        model (ModelName | str | Unset): Model identifier. New ones come every few weeks and are sent as they stand.
        match (CreateStyleRequestMatch | Unset): How closely a style is followed; `regular` for V2 and V3, `precise`
            (the default) and `flexible` for V4.
        image_weights (list[float] | Unset): How much each image counts, in their order.
        prompt (str | Unset): What the style is about.
        palette (Palette | Unset): The colours of a style.
        private (bool | Unset): Keep the style to this account.
        source_styles (list[UUID] | Unset): Styles to mix, instead of images or beside them. V2 and V3 models only; so
            are the two below.
        source_style_weights (list[float] | Unset): How much each of `source_styles` counts, in their order.
        mix_policy (CreateStyleRequestMixPolicy | Unset): How `source_styles` are mixed.
    """

    file: Sequence[FileInput]
    style: str | StyleBase | Unset = UNSET
    model: ModelName | str | Unset = UNSET
    match: CreateStyleRequestMatch | Unset = UNSET
    image_weights: list[float] | Unset = UNSET
    prompt: str | Unset = UNSET
    palette: Palette | Unset = UNSET
    private: bool | Unset = UNSET
    source_styles: list[UUID] | Unset = UNSET
    source_style_weights: list[float] | Unset = UNSET
    mix_policy: CreateStyleRequestMixPolicy | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        file = []
        for file_item_data in self.file:
            file_item = file_tuple(file_item_data)

            file.append(file_item)

        style: str | Unset
        if isinstance(self.style, Unset):
            style = UNSET
        elif isinstance(self.style, str):
            style = self.style
        else:
            style = self.style

        model: str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        elif isinstance(self.model, str):
            model = self.model
        else:
            model = self.model

        match: str | Unset = UNSET
        if not isinstance(self.match, Unset):
            match = self.match

        image_weights: list[float] | Unset = UNSET
        if not isinstance(self.image_weights, Unset):
            image_weights = self.image_weights

        prompt = self.prompt

        palette: dict[str, Any] | Unset = UNSET
        if not isinstance(self.palette, Unset):
            palette = self.palette.to_dict()

        private = self.private

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
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if palette is not UNSET:
            field_dict["palette"] = palette
        if private is not UNSET:
            field_dict["private"] = private
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
            files.append(("file", file_tuple(file_item_element)))

        if not isinstance(self.style, Unset):
            if isinstance(self.style, str):
                files += types.parts("style", self.style)
            else:
                files.append(("style", (None, str(self.style).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            if isinstance(self.model, str):
                files.append(("model", (None, str(self.model).encode(), "text/plain")))
            else:
                files += types.parts("model", self.model)

        if not isinstance(self.match, Unset):
            files.append(("match", (None, str(self.match).encode(), "text/plain")))

        if not isinstance(self.image_weights, Unset):
            for image_weights_item_element in self.image_weights:
                files.append(("image_weights", (None, str(image_weights_item_element).encode(), "text/plain")))

        if not isinstance(self.prompt, Unset):
            files += types.parts("prompt", self.prompt)

        if not isinstance(self.palette, Unset):
            files.append(("palette", (None, json.dumps(self.palette.to_dict()).encode(), "application/json")))

        if not isinstance(self.private, Unset):
            files.append(("private", (None, str(self.private).lower().encode(), "text/plain")))

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
            files += types.parts(prop_name, prop)

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.palette import Palette  # noqa: PLC0415

        absent_when_null = {
            "style",
            "model",
            "match",
            "image_weights",
            "prompt",
            "palette",
            "private",
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

        def _parse_style(data: object) -> str | StyleBase | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                style_type_1 = check_style_base(data)

                return style_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | StyleBase | Unset, data)

        style = _parse_style(d.pop("style", UNSET))

        def _parse_model(data: object) -> ModelName | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                model_type_0 = check_model_name(data)

                return model_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ModelName | str | Unset, data)

        model = _parse_model(d.pop("model", UNSET))

        _match = d.pop("match", UNSET)
        match: CreateStyleRequestMatch | Unset
        if isinstance(_match, Unset):
            match = UNSET
        else:
            match = check_create_style_request_match(_match)

        image_weights = cast(list[float], d.pop("image_weights", UNSET))

        prompt = d.pop("prompt", UNSET)

        _palette = d.pop("palette", UNSET)
        palette: Palette | Unset
        if isinstance(_palette, Unset):
            palette = UNSET
        else:
            palette = Palette.from_dict(_palette)

        private = d.pop("private", UNSET)

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
            prompt=prompt,
            palette=palette,
            private=private,
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
