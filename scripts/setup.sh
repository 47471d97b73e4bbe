#!/bin/sh
# Makes .venv with catnlp in it. Usage: sh scripts/setup.sh [extras], e.g. "dev".
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
[ -x .venv/bin/python ] || "$python" -m venv .venv
# torch first: a later one brings gigabytes of CUDA libraries that nothing here needs.
.venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
.venv/bin/pip install --quiet --disable-pip-version-check -e ".${1:+[$1]}"
