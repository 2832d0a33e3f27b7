"""What was measured, as numbers and as a table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final


@dataclass(frozen=True)
class Load:
    """So many conversations at once: seconds per answer, over a time, at a cost.

    `pausing`: of people who read or listen before they go on, not back to back.
    """

    conversations: int
    pausing: bool
    seconds: float
    latencies: Sequence[float]
    cpu_seconds: Mapping[str, float]

    def as_json(self) -> dict[str, Any]:
        """Milliseconds, turns per second, and processor milliseconds per turn and process."""
        turns = len(self.latencies)
        cost = {name: 1000 * spent / turns for name, spent in self.cpu_seconds.items()}
        return {
            "conversations": self.conversations,
            "pausing": self.pausing,
            "turns": turns,
            "seconds": round(self.seconds, 2),
            "turns_per_second": round(turns / self.seconds, 1),
            "latency_ms": {
                f"p{rank}": milliseconds(percentile(self.latencies, rank)) for rank in (50, 95, 99)
            },
            "cpu_ms_per_turn": {name: round(value, 2) for name, value in cost.items()},
            "cpu_ms_per_turn_in_all": round(sum(cost.values()), 2),
        }


@dataclass(frozen=True)
class Growth:
    """The same question early and late in long conversations, in seconds."""

    conversations: int
    early: Sequence[float]
    late: Sequence[float]

    def as_json(self) -> dict[str, Any]:
        """Medians in milliseconds and how many times the early one the late one is."""
        return {
            "conversations": self.conversations,
            "turn_5_ms": milliseconds(median(self.early)),
            "turn_200_ms": milliseconds(median(self.late)),
            "ratio": round(median(self.late) / median(self.early), 3),
        }


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest value that `rank` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(rank / 100 * len(ordered)) - 1)]


def milliseconds(seconds: float) -> float:
    """Seconds as milliseconds, to a tenth."""
    return round(1000 * seconds, 1)


_PACES: Final = {True: "pause 2 to 4 s", False: "back to back"}


def _line(load: Mapping[str, Any]) -> str:
    latency = load["latency_ms"]
    return (
        f"{load['conversations']:13}  {load['turns_per_second']:8.1f}"
        f"  {latency['p50']:7.1f}  {latency['p95']:7.1f}  {latency['p99']:7.1f}"
        f"  {load['cpu_ms_per_turn_in_all']:12.1f}   {_PACES[load['pausing']]}"
    )


def table(report: Mapping[str, Any]) -> str:
    """The report for a terminal."""
    lines = [f"{name}: {value}" for name, value in report["machine"].items()]
    model = report["understanding"]
    lines += [
        "",
        f"training: {model['training_seconds']} s; hearing: {model['median_ms']} ms at the "
        f"median of {model['messages']}, {model['slowest_ms']} ms at most",
    ]
    verdicts = report["verdicts"]
    lines.append(
        f"verdicts on a contact a second, on one core, after {verdicts['history']} contacts: "
        f"{verdicts['mean']} (slowest country: {verdicts['slowest_country']})"
    )
    for name, loads in (("chats", report["loads"]), ("calls", report["calls"])):
        lines += ["", f"{name} at once   turns/s      p50      p95      p99   CPU ms/turn   people"]
        lines += [_line(load) for load in loads]
    lines += ["", "CPU ms per turn    " + "".join(f"{name:>12}" for name in report["memory_mib"])]
    for load in report["loads"]:
        costs = load["cpu_ms_per_turn"]
        lines.append(
            f"{load['conversations']:4} {_PACES[load['pausing']]:14}"
            + "".join(f"{costs[name]:12.1f}" for name in report["memory_mib"])
        )
    lines.append(
        "memory in MiB      " + "".join(f"{value:12.0f}" for value in report["memory_mib"].values())
    )
    growth = report["growth"]
    lines += [
        "",
        f"turn 5: {growth['turn_5_ms']} ms, turn 200: {growth['turn_200_ms']} ms"
        f" ({growth['ratio']} times; medians over {growth['conversations']} conversations)",
        f"messages: {report['messages']}, faults: {len(report['faults'])}",
        *(f"  {fault}" for fault in report["faults"][:20]),
    ]
    return "\n".join(lines)
