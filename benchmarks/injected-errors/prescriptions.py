"""Prescriptions that are entered by hand or exported as a table, with an error of transfer in them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

from frame import Class, Pair, Question


@dataclass(frozen=True)
class Phase:
    name: str
    fractions: int
    #: Of one fraction.
    dose: Decimal

    @property
    def total(self) -> Decimal:
        return self.fractions * self.dose


def phases(*given: tuple[str, int, str]) -> tuple[Phase, ...]:
    return tuple(Phase(name, fractions, Decimal(dose)) for name, fractions, dose in given)


#: Courses as they are prescribed: those of the trial and common ones. Nobody's.
COURSES = (
    phases(("pelvis", 25, "1.8"), ("boost", 3, "1.8")),
    phases(("pelvis", 25, "1.8"), ("boost", 8, "1.8")),
    phases(("pelvis", 25, "1.8")),
    phases(("pelvis", 5, "5")),
    phases(("chest", 30, "2")),
    phases(("breast", 15, "2.67")),
    phases(("breast", 25, "2"), ("bed", 5, "2")),
    phases(("prostate", 20, "3")),
    phases(("neck", 35, "2")),
    phases(("pelvis", 23, "2"), ("bladder", 9, "2")),
    phases(("brain", 30, "2")),
    phases(("spine", 10, "3")),
)


def number(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def typed(course: tuple[Phase, ...], named: bool = True) -> str:
    return "+".join(f"{f'{one.name}=' if named else ''}{number(one.total)}Gy/{one.fractions}" for one in course)


def table(course: tuple[Phase, ...], totals: dict[int, Decimal] | None = None, unit: str = "gy") -> bytes:
    """All three numbers, so that they can contradict one another."""
    scale = 100 if unit == "cgy" else 1
    lines = [f"course,phase,fractions,dose_per_fraction_{unit},total_{unit}"]
    for at, one in enumerate(course):
        total = (totals or {}).get(at, one.total)
        lines.append(f"1,{one.name},{one.fractions},{number(one.dose * scale)},{number(total * scale)}")
    return ("\n".join(lines) + "\n").encode()


def asked(chance: random.Random, right: tuple[Phase, ...], wrong: tuple[Phase, ...]) -> Pair:
    """Typed or from a table, by chance."""
    if chance.random() < 0.5:
        questions = [Question(("check", "--prescribed", typed(right), "--planned", typed(one))) for one in (right, wrong)]
    else:
        questions = [
            Question(("check", "--prescribed", typed(right), "export.csv"), (("export.csv", table(one)),))
            for one in (right, wrong)
        ]
    return Pair(*questions)


def pick(chance: random.Random, least: int = 1) -> tuple[Phase, ...]:
    return chance.choice([course for course in COURSES if len(course) >= least])


def changed(course: tuple[Phase, ...], at: int, **change: object) -> tuple[Phase, ...]:
    return (*course[:at], replace(course[at], **change), *course[at + 1 :])


def other_digit(chance: random.Random, text: str) -> str:
    """The same number with one digit changed, never to zero."""
    while True:
        at = chance.choice([at for at, sign in enumerate(text) if sign.isdigit()])
        digit = chance.choice([digit for digit in "0123456789" if digit != text[at]])
        made = text[:at] + digit + text[at + 1 :]
        if Decimal(made) != 0:
            return made


def fractions(chance: random.Random) -> Pair:
    right = pick(chance)
    at = chance.randrange(len(right))
    return asked(chance, right, changed(right, at, fractions=int(other_digit(chance, str(right[at].fractions)))))


def dose_per_fraction(chance: random.Random) -> Pair:
    right = pick(chance)
    at = chance.randrange(len(right))
    return asked(chance, right, changed(right, at, dose=Decimal(other_digit(chance, number(right[at].dose)))))


def total_alone(chance: random.Random) -> Pair:
    """The total no longer is fractions times dose, by more than the tolerance of 0.1 %."""
    while True:
        right = pick(chance)
        at = chance.randrange(len(right))
        total = Decimal(other_digit(chance, number(right[at].total)))
        if abs(total - right[at].total) > right[at].total / 500:
            break
    ask = lambda content: Question(("check", "--prescribed", typed(right), "export.csv"), (("export.csv", content),))  # noqa: E731
    return Pair(ask(table(right)), ask(table(right, {at: total})))


def exchanged(chance: random.Random) -> Pair:
    """Numbers of fractions of two phases exchanged."""
    right = pick(chance, 2)
    first, second = right
    return asked(chance, right, (replace(first, fractions=second.fractions), replace(second, fractions=first.fractions)))


def left_out(chance: random.Random) -> Pair:
    right = pick(chance, 2)
    at = chance.randrange(len(right))
    return asked(chance, right, (*right[:at], *right[at + 1 :]))


def twice(chance: random.Random) -> Pair:
    right = pick(chance)
    at = chance.randrange(len(right))
    return asked(chance, right, (*right, right[at]))


def total_as_fraction(chance: random.Random) -> Pair:
    right = pick(chance)
    at = chance.randrange(len(right))
    return asked(chance, right, changed(right, at, dose=right[at].total))


def centigray(chance: random.Random) -> Pair:
    """The numbers of centigray under the head of gray, or the reverse."""
    right = pick(chance)
    scale = Decimal(chance.choice(["100", "0.01"]))
    return asked(chance, right, tuple(replace(one, dose=one.dose * scale) for one in right))


def same_total(chance: random.Random) -> Pair:
    """Another fractionation of the same total."""
    right = pick(chance)
    at = chance.randrange(len(right))
    one = right[at]
    for other in chance.sample(range(1, 61), 60):
        dose = one.total / other
        if other != one.fractions and dose == dose.quantize(Decimal("0.01")):
            return asked(chance, right, changed(right, at, fractions=other, dose=dose))
    raise AssertionError("every total can be divided in another way")


def decimal_point(chance: random.Random) -> Pair:
    right = pick(chance)
    at = chance.randrange(len(right))
    return asked(chance, right, changed(right, at, dose=right[at].dose * Decimal(chance.choice(["10", "0.1"]))))


def added(chance: random.Random) -> Pair:
    """A phase that nobody prescribed."""
    right = pick(chance)
    return asked(chance, right, (*right, Phase("other", chance.randint(1, 10), Decimal(chance.choice(["1.8", "2", "3"])))))


def transposed(chance: random.Random) -> Pair:
    """Two digits of a total in the other order: 50.4 as 54.0."""
    while True:
        right = pick(chance)
        at = chance.randrange(len(right))
        digits = list(format(right[at].total, ".1f"))
        places = [place for place, sign in enumerate(digits) if sign.isdigit()]
        place = chance.randrange(len(places) - 1)
        here, there = places[place], places[place + 1]
        digits[here], digits[there] = digits[there], digits[here]
        total = Decimal("".join(digits))
        if total not in (0, right[at].total):
            break
    ask = lambda content: Question(("check", "--prescribed", typed(right), "export.csv"), (("export.csv", content),))  # noqa: E731
    return Pair(ask(table(right)), ask(table(right, {at: total})))


ARMS = {
    "NCT06949098/radiotherapy_alone": COURSES[2],
    "NCT06949098/adjuvant_chemoradiotherapy": COURSES[0],
    "NCT06949098/dose_escalated_chemoradiotherapy": COURSES[1],
}


def other_arm(chance: random.Random) -> Pair:
    """The course of another arm of the trial."""
    arm, other = chance.sample(sorted(ARMS), 2)
    ask = lambda course: Question(("check", "--protocol", arm, "--planned", typed(course, False), "--fractions-per-week", "5"))  # noqa: E731
    return Pair(ask(ARMS[arm]), ask(ARMS[other]))


def other_volume(chance: random.Random) -> Pair:
    """The doses of two volumes of a simultaneous boost exchanged."""
    low, high = chance.choice([("50.4", "58.8"), ("45", "50"), ("54", "60")])
    n = chance.choice([25, 28, 30])
    ask = lambda one, two: Question(  # noqa: E731
        ("check", "--prescribed", f"x@low={low}Gy/{n}", "--prescribed", f"x@high={high}Gy/{n}",
         "--planned", f"x@low={one}Gy/{n}", "--planned", f"x@high={two}Gy/{n}"))
    return Pair(ask(low, high), ask(high, low))


DOSES = ("rx.fractions", "rx.dose_per_fraction", "rx.total", "rx.phases")
RX = "MPPG 11.a: prescription in the plan is that of the record"
CLASSES = [
    Class("P01", "prescription", "a digit of the number of fractions", "H50", RX, DOSES, fractions),
    Class("P02", "prescription", "a digit of the dose per fraction", "H50", RX, DOSES, dose_per_fraction),
    Class("P03", "prescription", "a digit of the total alone", "H50", RX, DOSES, total_alone),
    Class("P04", "prescription", "numbers of fractions of two phases exchanged", "H50", RX, DOSES, exchanged),
    Class("P05", "prescription", "a phase left out", "H51", RX, DOSES, left_out),
    Class("P06", "prescription", "a phase twice", "H07", RX, DOSES, twice),
    Class("P07", "prescription", "a total as the dose per fraction", "H02", RX, DOSES, total_as_fraction),
    Class("P08", "prescription", "gray and centigray", "H01", RX, DOSES, centigray),
    Class("P09", "prescription", "the same total in other fractions", "H40", RX, DOSES, same_total),
    Class("P10", "prescription", "the decimal point moved", "H50", RX, DOSES, decimal_point),
    Class("P11", "prescription", "a phase that nobody prescribed", "H44", "MPPG 11.a: plan sum", DOSES, added),
    Class("P12", "prescription", "two digits of a total in the other order", "H50", RX, DOSES, transposed),
    Class("P13", "prescription", "the course of another arm", "H23", RX, DOSES, other_arm),
    Class("P14", "prescription", "doses of two volumes exchanged", "H50", RX, DOSES, other_volume),
]
