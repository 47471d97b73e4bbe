#!/bin/sh
# Runs the tests with the network cut: only a loopback of its own, in a network namespace.
# Linux; needs root or unprivileged user namespaces. Usage: sh scripts/offline.sh [pytest options]
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
# Root stays itself, as servers are started as another user; others are root only to bring up
# the loopback, as servers refuse to run as root.
again="" cut="unshare --net"
if [ "$(id -u)" != 0 ]; then
    again="unshare --map-user=$(id -u) --map-group=$(id -g)" cut="$cut --map-root-user"
fi
exec $cut sh -ceu '
    again=$1 python=$2
    shift 2
    ip link set lo up 2>/dev/null || python3 - <<"END"
import fcntl, socket, struct
with socket.socket() as s:  # where iproute2 is absent: SIOCSIFFLAGS, IFF_UP | IFF_RUNNING
    fcntl.ioctl(s, 0x8914, struct.pack("16sH14x", b"lo", 0x41))
END
    if "$python" -c "import socket; socket.create_connection((\"192.0.2.1\", 53), 2)" 2>/dev/null
    then
        echo "the network is not cut" >&2
        exit 2
    fi
    exec $again "$python" -m pytest "$@"
' sh "$again" "$python" "$@"
