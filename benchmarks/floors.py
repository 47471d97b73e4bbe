"""Pinned floors: the figures of a benchmark beside the worst that they may be."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

LOWER_IS_BETTER = {"false_alarm_rate"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """--gate, --pin and --lower."""
    parser.add_argument("--gate", action="store_true", help="fail when a figure falls")
    parser.add_argument("--pin", action="store_true", help="write new floors")
    parser.add_argument("--lower", action="store_true", help="let --pin lower a floor")


def falls(
    now: dict[str, float], pins: dict[str, float], noise: float | Callable[[str], float]
) -> list[str]:
    """Figures that are worse than their pin by more than the noise (of each, by its name)."""
    worse = []
    for name, pin in pins.items():
        if name in now:
            change = (pin - now[name]) if name not in LOWER_IS_BETTER else (now[name] - pin)
            if change > (noise if isinstance(noise, float) else noise(name)):
                worse.append(f"{name}: {now[name]:.3f}, pinned at {pin:.3f}")
    return worse


def settle(
    now: dict[str, float],
    pins: Path,
    options: argparse.Namespace,
    *,
    noise: float | Callable[[str], float] = 1e-4,
) -> int:
    """Compares with the floors, or writes them; the exit code of the benchmark."""
    pinned = json.loads(pins.read_text(encoding="utf-8")) if pins.exists() else {}
    worse = falls(now, pinned, noise if options.gate else 1e-4)
    for line in worse:
        print(f"fell: {line}")
    if options.pin:
        if worse and not options.lower:
            print("not pinned: a floor would be lowered; say --lower if that is meant")
            return 1
        text = json.dumps({name: round(value, 4) for name, value in now.items()}, indent=2)
        pins.write_text(text + "\n", encoding="utf-8")
    return 1 if options.gate and worse else 0
