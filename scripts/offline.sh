#!/bin/sh
# Runs the tests with the network cut: only a loopback of its own, in a network namespace.
# Linux; needs root or unprivileged user namespaces. Usage: sh scripts/offline.sh [pytest options]
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
exec unshare --map-root-user --net sh -ceu '
    ip link set lo up 2>/dev/null || python3 - <<"END"
import fcntl, socket, struct
with socket.socket() as s:  # where iproute2 is absent: SIOCSIFFLAGS, IFF_UP | IFF_RUNNING
    fcntl.ioctl(s, 0x8914, struct.pack("16sH14x", b"lo", 0x41))
END
    if "$0" -c "import socket; socket.create_connection((\"192.0.2.1\", 53), 2)" 2>/dev/null; then
        echo "the network is not cut" >&2
        exit 2
    fi
    exec "$0" -m pytest "$@"
' "$python" "$@"
