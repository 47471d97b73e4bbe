#!/bin/sh
# Sets up catnlp with its development tools and runs the tests.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh dev
.venv/bin/python -m pytest "$@"
