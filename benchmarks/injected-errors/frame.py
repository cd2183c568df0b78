"""What a class of errors is, how an answer is judged, and what is counted."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import chemorad

#: From the gravest: what a person must see.
SEVERITY = {"pass": 0, "not_applicable": 0, "warn": 1, "cannot_tell": 2, "fail": 3}


@dataclass(frozen=True)
class Question:
    """A command as it is typed, with the files it reads."""

    words: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...] = ()

    def answer(self) -> Counter[tuple[str, str]]:
        """Every finding as (outcome, code); a refusal is a failure with the code "refused"."""
        try:
            result = chemorad.run(*self.words, files=dict(self.files))
        except chemorad.ChemoradError:
            return Counter({("fail", "refused"): 1})
        return Counter((finding.outcome, finding.code) for finding in result.findings)


@dataclass(frozen=True)
class Pair:
    """A right question and the same one with an error in it."""

    right: Question
    wrong: Question

    def change(self) -> tuple[str, str]:
        """The file that was changed and what is new in it, or else the words that were typed instead."""
        for (_, right), (name, wrong) in zip(self.right.files, self.wrong.files):
            # a DICOM file has no lines to show
            if wrong != right and b"\0" in wrong:
                return name, f"{len(right)} bytes, {len(wrong)} with the error"
            before = right.splitlines()
            lines = [line.decode(errors="replace").strip() for line in wrong.splitlines() if line not in before]
            if lines:
                return name, " ".join(lines)
        return "", " ".join(word for word in self.wrong.words if word not in self.right.words)


@dataclass(frozen=True)
class Class:
    """A kind of error: what happens, to which hazard and item of guidance it belongs, what should say so."""

    id: str
    group: str
    what: str
    hazard: str
    item: str
    #: Codes of which one must be new; a refusal is always right.
    expected: tuple[str, ...]
    make: Callable[[random.Random], Pair]
    #: Errors that chemorad does not claim to see are run and reported too.
    in_scope: bool = True


@dataclass
class Tally:
    runs: int = 0
    detected: int = 0
    attention: int = 0
    silent: int = 0
    right_place: int = 0
    baseline_runs: int = 0
    baseline: int = 0
    #: What was changed, and in which file, with the seeds that made it.
    silent_examples: dict[tuple[str, str], list[int]] = field(default_factory=dict)


_answers: dict[Question, Counter[tuple[str, str]]] = {}


def answered(question: Question) -> Counter[tuple[str, str]]:
    if question not in _answers:
        if len(_answers) > 4000:
            _answers.clear()
        _answers[question] = question.answer()
    return _answers[question]


def new_findings(pair: Pair) -> Counter[tuple[str, str]]:
    """What is said of the wrong one and not of the right one, passes left out."""
    more = answered(pair.wrong) - answered(pair.right)
    return Counter({key: count for key, count in more.items() if SEVERITY[key[0]] > 0})


def generator(name: str, seed: int, list_of_seeds: str) -> random.Random:
    return random.Random(f"{list_of_seeds}/{name}/{seed}")


def judge(one: Class, seeds: int, list_of_seeds: str, naive: Callable[[Question], bool | None]) -> Tally:
    """What chemorad says, and a naive check beside it in the same run."""
    tally = Tally()
    for seed in range(seeds):
        pair = one.make(generator(one.id, seed, list_of_seeds))
        if pair.wrong == pair.right:
            raise AssertionError(f"{one.id}, seed {seed}: nothing was changed")
        accused = {key for key in answered(pair.right) if SEVERITY[key[0]] > 1}
        if accused:
            raise AssertionError(f"{one.id}, seed {seed}: the right one is accused: {accused}: {pair.right.words}")
        found = new_findings(pair)
        worst = max((SEVERITY[outcome] for outcome, _ in found), default=0)
        tally.runs += 1
        if worst >= 2:
            tally.detected += 1
        elif worst == 1:
            tally.attention += 1
        else:
            tally.silent += 1
            tally.silent_examples.setdefault(pair.change(), []).append(seed)
        if any(code == "refused" or code in one.expected for _, code in found):
            tally.right_place += 1
        if (seen := naive(pair.wrong)) is not None:
            tally.baseline_runs += 1
            # one that accuses the right one too has not seen the error
            tally.baseline += seen and not naive(pair.right)
    return tally


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, J Am Stat Assoc 22:209-12), in percent."""
    if runs == 0:
        return 0.0, 100.0
    z = 1.959963984540054
    share = hits / runs
    middle = share + z * z / (2 * runs)
    half = z * math.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    scale = 1 + z * z / runs
    return max(0.0, 100 * (middle - half) / scale), min(100.0, 100 * (middle + half) / scale)
