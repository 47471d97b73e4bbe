#!/bin/sh
# Writes requirements.lock (every package of every extra but dev, with version and hashes, for Linux
# on x86-64, without CUDA) and sbom.json (CycloneDX, of the lock, with its hashes; it has no licences,
# as a lock names none). Needs the network and: pip install uv cyclonedx-bom
#
#   sh scripts/lock.sh
#   pip install --require-hashes --find-links https://download.pytorch.org/whl/cpu/torch/ \
#       -r requirements.lock && pip install --no-deps .
#
# TORCH: where the builds of torch without CUDA are, a page or a folder.
set -eu
cd "$(dirname "$0")/.."
torch=${TORCH:-https://download.pytorch.org/whl/cpu/torch/}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "torch==2.13.0+cpu" >"$work/constraints.txt"
uv pip compile pyproject.toml --extra review --extra train --extra parquet --extra docx \
    --extra postgres --extra remote --extra ray \
    --constraint "$work/constraints.txt" --find-links "$torch" \
    --generate-hashes --no-annotate --quiet \
    --python-version 3.11 --python-platform x86_64-unknown-linux-gnu \
    --custom-compile-command "sh scripts/lock.sh" --output-file requirements.lock
PYTHONWARNINGS=ignore cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
    --output-reproducible --output-format JSON --output-file sbom.json
