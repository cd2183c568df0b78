"""Runs every class of errors and prints the tables of docs/injected-errors.md.

    python benchmarks/injected-errors/run.py [--seeds 300] [--harmless 2000] [--class P] [--silent] [--page docs/injected-errors.md] [--check]

It needs the wheel of chemorad and pydicom. Two runs with the same list of seeds print the same. `--check` ends with 1
where a floor is missed: 99 % of the errors in scope not silent, at most 0.5 % of harmless changes accused.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

import orders
import plans
import prescriptions
import structures
import words
from baseline import accuses
from frame import SEVERITY, Class, Tally, generator, judge, new_findings, wilson
from harmless import HARMLESS

CLASSES: list[Class] = [*prescriptions.CLASSES, *plans.CLASSES, *structures.CLASSES, *orders.CLASSES, *words.CLASSES]


lines: list[str] = []


def say(line: str = "") -> None:
    lines.append(line)
    print(line, flush=True)


def percent(hits: int, runs: int) -> str:
    """Cut and not rounded: 99.99 % is not all."""
    hundredths = hits * 10_000 // runs
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def row(one: Class, tally: Tally) -> str:
    said = tally.runs - tally.silent
    low, high = wilson(said, tally.runs)
    baseline = "" if tally.baseline_runs == 0 else percent(tally.baseline, tally.baseline_runs)
    return (
        f"| {one.id} | {one.what} | {one.hazard} | {one.item} | {tally.runs} | {percent(tally.detected, tally.runs)} "
        f"| {percent(tally.attention, tally.runs)} | {percent(said, tally.runs)} [{low:.1f}, {high:.1f}] "
        f"| {percent(tally.right_place, tally.runs)} | {baseline} |"
    )


def errors(given: argparse.Namespace) -> bool:
    """The table of errors; whether the floor is kept."""
    say(f"{given.seeds} errors of each class, {given.list}.")
    say()
    say("| class | error | hazard | guidance | runs | detected % | attention % | not silent % [95 %] | right place % | naive check % |")
    say("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    tallies: list[Tally] = []
    misses: list[str] = []
    runs = silent = 0
    naive_runs = naive_seen = 0
    for one in CLASSES:
        if given.only and not one.id.startswith(given.only):
            continue
        tally = judge(one, given.seeds, given.list, accuses)
        say(row(one, tally))
        if one.in_scope:
            tallies.append(tally)
            runs, silent = runs + tally.runs, silent + tally.silent
            naive_runs, naive_seen = naive_runs + tally.baseline_runs, naive_seen + tally.baseline
            misses += [
                f"| {one.id} | {', '.join(map(str, seeds))} | {file} | `{change.replace('|', ' ')}` |"
                for (file, change), seeds in sorted(tally.silent_examples.items())
            ]
    if not runs:
        return True
    low, high = wilson(runs - silent, runs)
    least = max(tallies, key=lambda one: one.silent / one.runs)
    say()
    say(
        f"In scope: {len(tallies)} classes, {runs} errors, {silent} silent, {percent(runs - silent, runs)} % not silent "
        f"[{low:.2f}, {high:.2f}]; the least of a class {percent(least.runs - least.silent, least.runs)} %."
    )
    if naive_runs:
        low, high = wilson(naive_seen, naive_runs)
        say()
        say(f"The naive check on the {naive_runs} of them that have numbers it looks at: {percent(naive_seen, naive_runs)} % seen [{low:.2f}, {high:.2f}].")
    if misses:
        say()
        say("Each error in scope that was silent:")
        say()
        say("| class | seeds | file | became |")
        say("| --- | --- | --- | --- |")
        for miss in misses:
            say(miss)
    return silent * 100 <= runs


def right_ones(given: argparse.Namespace) -> bool:
    """The table of harmless changes; whether the floor is kept."""
    say()
    say("| harmless change | runs | accused | by the naive check |")
    say("| --- | --- | --- | --- |")
    runs = accused = 0
    each = -(-given.harmless // len(HARMLESS))
    for name, make in HARMLESS.items():
        said, naive = [], []
        for seed in range(each):
            pair = make(generator(name, seed, given.list))
            found = [key for key in new_findings(pair) if SEVERITY[key[0]] > 1]
            naive.append(accuses(pair.wrong))
            if found:
                said.append(f"{' '.join(pair.wrong.words)}: {found}")
        looked_at = [one for one in naive if one is not None]
        say(f"| {name} | {each} | {len(said)} | {sum(looked_at) if looked_at else ''} |")
        runs, accused = runs + each, accused + len(said)
        if given.silent:
            for line in said:
                print(f"    {line}")
    low, high = wilson(accused, runs)
    say()
    say(f"Harmless: {runs} changes, {accused} accused [{low:.2f}, {high:.2f}] %.")
    return accused * 200 <= runs


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=300, help="runs of each class")
    parser.add_argument("--harmless", type=int, default=2000, help="harmless changes in all")
    parser.add_argument("--list", default="injected-errors/1", help="name of the list of seeds")
    parser.add_argument("--class", dest="only", help="only the classes that begin so")
    parser.add_argument("--silent", action="store_true", help="list the harmless changes that were accused")
    parser.add_argument("--page", type=pathlib.Path, help="the page whose table is replaced")
    parser.add_argument("--check", action="store_true", help="end with 1 where a floor is missed")
    given = parser.parse_args()
    kept = [errors(given)]
    if not given.only:
        kept.append(right_ones(given))
    if given.page:
        page = given.page.read_text()
        before, after = page.split("<!-- table -->")[0], page.split("<!-- end of the table -->")[1]
        given.page.write_text("\n".join([f"{before}<!-- table -->", *lines, f"<!-- end of the table -->{after}"]))
    return int(given.check and not all(kept))


if __name__ == "__main__":
    sys.exit(main())
