"""Colours as Google keeps them: each part one of 256 steps in a 32-bit float, and each colour also as a style."""

from __future__ import annotations

import struct

from pdn.emulator.errors import Json

_STEPS = 255
_FLOAT32_DIGITS = 9


def quantised(color: Json) -> Json:
    """A Color on the 256 steps, without the parts that are zero."""
    parts: Json = {}
    for name, value in color.items():
        step = _step(float(value))
        if step:
            parts[name] = step
    return parts


def _step(value: float) -> float | int:
    # The tiny summand undoes what n/255 lost on its way as a float32.
    exact = int(value * _STEPS + 1e-4) / _STEPS
    narrow = struct.pack("<f", exact)
    for digits in range(6, _FLOAT32_DIGITS + 1):
        short = float(f"{exact:.{digits}g}")
        if struct.pack("<f", short) == narrow:
            return int(short) if short.is_integer() else short
    return exact


def with_colors(message: Json) -> Json:
    """A message whose colours are quantised and stand both as `xColor` and as `xColorStyle`; the style decides."""
    result: Json = {}
    for name, value in message.items():
        if isinstance(value, dict):
            is_color = name == "color" or name.endswith("Color")
            result[name] = quantised(value) if is_color else with_colors(value)
        elif isinstance(value, list):
            result[name] = [with_colors(item) if isinstance(item, dict) else item for item in value]
        else:
            result[name] = value
    for name in [name for name in result if name == "color" or name.endswith("Color")]:
        if name != "rgbColor" and f"{name}Style" not in result:
            result[f"{name}Style"] = {"rgbColor": dict(result[name])}
    for name in [name for name in result if name == "colorStyle" or name.endswith("ColorStyle")]:
        if "rgbColor" in result[name]:
            result[name.removesuffix("Style")] = dict(result[name]["rgbColor"])
    return result
