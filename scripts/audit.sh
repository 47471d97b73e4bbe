#!/bin/sh
# Looks up the packages of requirements.lock in the list of known holes (PyPI).
# Exit code 0: none known; 1: some are; 3: the list could not be asked, so nothing is known.
# Needs: pip install pip-audit
set -u
cd "$(dirname "$0")/.."
found=$(pip-audit --requirement requirements.lock --require-hashes --disable-pip \
    --progress-spinner off "$@" 2>&1)
code=$?
echo "$found"
asked=$(grep -c '^[A-Za-z0-9].*==' requirements.lock)
unknown=$(echo "$found" | grep -c 'could not be audited')
case $found in
*ConnectionError* | *ConnectTimeout* | *"Max retries"* | *ServiceError* | *"Could not connect"*)
    unknown=$asked ;;
esac
if [ $((unknown * 2)) -gt "$asked" ]; then
    echo "NOT CHECKED: $unknown of $asked packages could not be looked up, so this says nothing" \
        "about holes. Run it where PyPI's list can be reached."
    exit 3
fi
exit $code
