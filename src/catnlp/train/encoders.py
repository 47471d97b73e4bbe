"""Base encoders as training begins with them."""

from pathlib import Path
from typing import Any

from transformers import PreTrainedModel

from catnlp.errors import UsageError
from catnlp.tag.tagger import AS_TRAINED


def read_encoder(kind: type[PreTrainedModel], folder: Path) -> Any:
    """The encoder of a folder, of safetensors alone: a pickle can run what it likes."""
    if not any(folder.glob("*.safetensors")):
        raise UsageError(
            f"{folder}: no weights as safetensors, and others are not loaded; "
            "get the model with model.safetensors"
        )
    return kind.from_pretrained(folder, add_pooling_layer=False, use_safetensors=True, **AS_TRAINED)
