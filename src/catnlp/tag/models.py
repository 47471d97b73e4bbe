"""Where the model is: in the wheel, or in `models/` of a checkout."""

import os
from pathlib import Path

import catnlp
from catnlp.errors import ModelError

NAME = "catnlp-en"


def find_model() -> Path:
    """Folder of the weights: $CATNLP_MODEL, the installed package, or the checkout around it."""
    chosen = os.environ.get("CATNLP_MODEL")
    if chosen:
        return Path(chosen)
    package = Path(catnlp.__file__).parent
    places = [package / "models" / NAME, package.parents[1] / "models" / NAME]
    for place in places:
        if (place / "config.json").exists():
            return place
    looked = " and ".join(str(place) for place in places)
    raise ModelError(f"no model found in {looked}; reinstall catnlp or set CATNLP_MODEL")
