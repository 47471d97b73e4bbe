#!/bin/sh
# Looks up every package of requirements.lock in the list of known holes (PyPI).
# Exit code 0: all were looked up, none has a known hole; 1: some have; 3: the list could not be
# asked, or lacks a package, so nothing is known of it. Needs: pip install pip-audit
set -u
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# PyPI knows no local versions: the holes of torch 2.13.0+cpu are those of torch 2.13.0.
sed 's/^\([A-Za-z0-9._-]*==[^ +]*\)+[A-Za-z0-9.]*/\1/' requirements.lock >"$work/requirements.txt"
pip-audit --requirement "$work/requirements.txt" --require-hashes --disable-pip \
    --progress-spinner off "$@" >"$work/said" 2>&1
code=$?
cat "$work/said"
if grep -Eq '^Found [0-9]+ known vulnerabilit' "$work/said"; then
    exit 1
fi
asked=$(grep -c '^[A-Za-z0-9].*==' requirements.lock)
unknown=$(grep -c 'could not be audited' "$work/said")
if [ "$unknown" -gt 0 ] || [ "$code" != 0 ] || grep -q 'Skip Reason' "$work/said"; then
    [ "$unknown" -gt 0 ] || unknown="some or all"
    echo "NOT CHECKED: $unknown of $asked packages could not be looked up, so this says nothing" \
        "about their holes. Run it where PyPI's list can be reached."
    exit 3
fi
exit 0
