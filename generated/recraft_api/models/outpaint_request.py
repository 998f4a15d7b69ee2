from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="OutpaintRequest")


@_attrs_define
class OutpaintRequest:
    """
    Attributes:
        image (File):
        prompt (str | Unset):
        outpaint_top (int | Unset):
        outpaint_bottom (int | Unset):
        outpaint_left (int | Unset):
        outpaint_right (int | Unset):
        model (str | Unset):
        style (str | Unset):
    """

    image: File
    prompt: str | Unset = UNSET
    outpaint_top: int | Unset = UNSET
    outpaint_bottom: int | Unset = UNSET
    outpaint_left: int | Unset = UNSET
    outpaint_right: int | Unset = UNSET
    model: str | Unset = UNSET
    style: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = self.image.to_tuple()

        prompt = self.prompt

        outpaint_top = self.outpaint_top

        outpaint_bottom = self.outpaint_bottom

        outpaint_left = self.outpaint_left

        outpaint_right = self.outpaint_right

        model = self.model

        style = self.style

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image": image,
            }
        )
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if outpaint_top is not UNSET:
            field_dict["outpaint_top"] = outpaint_top
        if outpaint_bottom is not UNSET:
            field_dict["outpaint_bottom"] = outpaint_bottom
        if outpaint_left is not UNSET:
            field_dict["outpaint_left"] = outpaint_left
        if outpaint_right is not UNSET:
            field_dict["outpaint_right"] = outpaint_right
        if model is not UNSET:
            field_dict["model"] = model
        if style is not UNSET:
            field_dict["style"] = style

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", self.image.to_tuple()))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.outpaint_top, Unset):
            files.append(("outpaint_top", (None, str(self.outpaint_top).encode(), "text/plain")))

        if not isinstance(self.outpaint_bottom, Unset):
            files.append(("outpaint_bottom", (None, str(self.outpaint_bottom).encode(), "text/plain")))

        if not isinstance(self.outpaint_left, Unset):
            files.append(("outpaint_left", (None, str(self.outpaint_left).encode(), "text/plain")))

        if not isinstance(self.outpaint_right, Unset):
            files.append(("outpaint_right", (None, str(self.outpaint_right).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.style, Unset):
            files.append(("style", (None, str(self.style).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "prompt",
            "outpaint_top",
            "outpaint_bottom",
            "outpaint_left",
            "outpaint_right",
            "model",
            "style",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image = File(payload=BytesIO(d.pop("image")))

        prompt = d.pop("prompt", UNSET)

        outpaint_top = d.pop("outpaint_top", UNSET)

        outpaint_bottom = d.pop("outpaint_bottom", UNSET)

        outpaint_left = d.pop("outpaint_left", UNSET)

        outpaint_right = d.pop("outpaint_right", UNSET)

        model = d.pop("model", UNSET)

        style = d.pop("style", UNSET)

        parsed_model = cls(
            image=image,
            prompt=prompt,
            outpaint_top=outpaint_top,
            outpaint_bottom=outpaint_bottom,
            outpaint_left=outpaint_left,
            outpaint_right=outpaint_right,
            model=model,
            style=style,
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
