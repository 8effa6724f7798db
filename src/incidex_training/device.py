"""Chooses where to train, and in which precision."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def chosen_device(wanted: str) -> str:
    """Return "cpu" or "cuda" for "cpu", "cuda" or "auto", which means a GPU where there is one."""
    import torch

    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted


def autocast(device: str) -> "torch.autocast":
    """
    Return the context in which the network runs: bfloat16 where the hardware multiplies it, else floating point as is.

    A CPU without bfloat16 units emulates them, at a third of the speed.
    """
    import torch

    native = device == "cuda" or bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return torch.autocast(device, dtype=torch.bfloat16, enabled=native)
