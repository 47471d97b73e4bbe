#!/bin/sh
# Sets up catnlp and runs it on the sample documents in corpora/samples/documents.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
.venv/bin/catnlp run corpora/samples/documents --out out
