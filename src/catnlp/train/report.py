"""An evaluation as text for a terminal."""

from collections.abc import Mapping
from typing import Any


def evaluation_text(report: Mapping[str, Any]) -> str:
    """Figures with 95 % intervals, then one line a category and a source."""
    intervals = report.get("intervals", {})
    lines = [f"{report['sentences']} sentences, {report['mentions']} gold mentions", ""]
    for name, value in report["figures"].items():
        low, high = intervals.get(name, (value, value))
        lines.append(f"{name:24} {value:6.3f}   [{low:.3f}, {high:.3f}]")
    lines += ["", f"{'category':32} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}"]
    for name, row in report["by_category"].items():
        lines.append(
            f"{name:32} {row['precision']:6.2f} {row['recall']:6.2f} {row['f1']:6.2f} "
            f"{row['gold']:6}"
        )
    for part in ("source", "region"):
        lines += ["", f"{part:32} {'F1':>6} {'flags':>6} {'alarms':>6} {'n':>6}"]
        for name, row in report[f"by_{part}"].items():
            lines.append(
                f"{name:32} {row['category_f1']:6.2f} {row['flag_f1']:6.2f} "
                f"{row['false_alarm_rate']:6.2f} {row['sentences']:6}"
            )
    return "\n".join(lines)


def traps_text(tally: Mapping[str, tuple[int, int]]) -> str:
    """One line a class: share of sentences with exactly the right mentions."""
    lines = [f"{'class':28} {'right':>6} {'of':>5} {'share':>6}"]
    for name, (right, total) in tally.items():
        lines.append(f"{name:28} {right:6} {total:5} {right / total:6.2f}")
    return "\n".join(lines)
