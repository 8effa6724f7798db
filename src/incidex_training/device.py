"""Chooses where to train."""


def chosen_device(wanted: str) -> str:
    """Return "cpu" or "cuda" for "cpu", "cuda" or "auto", which means a GPU where there is one."""
    import torch

    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted
