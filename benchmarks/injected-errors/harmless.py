"""Changes that change nothing: other orders, units and ways of writing. Whoever is accused here is accused wrongly."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import orders
import plans
import prescriptions
import words
from frame import Pair, Question
from prescriptions import number, pick, table, typed


def as_products(chance: random.Random) -> Pair:
    course = pick(chance)
    products = [f"{one.name}={one.fractions} x {number(one.dose)}Gy" for one in course]
    ask = lambda text: Question(("check", "--prescribed", typed(course), "--planned", text))  # noqa: E731
    return Pair(ask(typed(course)), ask("+".join(products)))


def in_centigray(chance: random.Random) -> Pair:
    course = pick(chance)
    ask = lambda content: Question(("check", "--prescribed", typed(course), "export.csv"), (("export.csv", content),))  # noqa: E731
    return Pair(ask(table(course)), ask(table(course, unit="cgy")))


def other_columns(chance: random.Random) -> Pair:
    """Columns in another order, fractions as 25.0, lines of Windows, a mark of order of bytes."""
    course = pick(chance)
    plain = table(course)
    rows = [line.split(",") for line in plain.decode().splitlines()]
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    at = rows[0].index("fractions")
    for row in rows[1:]:
        row[at] += ".0"
    made = "\ufeff" + "\r\n".join(",".join(row[place] for place in order) for row in rows) + "\r\n"
    ask = lambda content: Question(("check", "--prescribed", typed(course), "export.csv"), (("export.csv", content),))  # noqa: E731
    return Pair(ask(plain), ask(made.encode()))


def of_plans(change: Callable[[random.Random, list], list | None]) -> Callable[[random.Random], Pair]:
    def make(chance: random.Random) -> Pair:
        arm, made = plans.plans(chance)
        right = plans.question(arm, made)
        return Pair(right, plans.question(arm, change(chance, made) or made))

    return make


def other_shares(chance: random.Random, made: list) -> None:
    """The dose of a fraction among its beams in another way."""
    beams = list(chance.choice(made).FractionGroupSequence[0].ReferencedBeamSequence)
    if len(beams) > 1:
        moved = Decimal("0.1")
        beams[0].BeamDose = number(Decimal(str(beams[0].BeamDose)) + moved)
        beams[1].BeamDose = number(Decimal(str(beams[1].BeamDose)) - moved)
    else:
        beams[0].BeamMeterset = "187.3"


def other_digits(chance: random.Random, made: list) -> None:
    """Numbers as exports write them: 45.000, 9.0e-001, 1.8000001."""
    for one in made:
        target = one.DoseReferenceSequence[0]
        target.TargetPrescriptionDose = f"{Decimal(str(target.TargetPrescriptionDose)):.3f}"
        for beam in one.FractionGroupSequence[0].ReferencedBeamSequence:
            dose = Decimal(str(beam.BeamDose))
            beam.BeamDose = chance.choice([f"{dose:.6e}", f"{dose + Decimal('0.0000001')}", f"{dose:.5f}"])


def private(chance: random.Random, made: list) -> None:
    one = chance.choice(made)
    block = one.private_block(0x300B, "SYNTHETIC", create=True)
    block.add_new(0x01, "LO", "a note of the planning system")


def relabelled(chance: random.Random, made: list) -> None:
    one = chance.choice(made)
    one.RTPlanLabel, one.RTPlanName = f"PLAN{chance.randint(1, 99)}", "named anew"
    one.Manufacturer, one.StationName = "SYNTHETIC", "PLANNING1"


def other_order(chance: random.Random, made: list) -> list:
    return made[::-1]


def of_order(change: Callable[[orders.Order], orders.Order]) -> Callable[[random.Random], Pair]:
    def make(chance: random.Random) -> Pair:
        right = orders.order(chance)
        return Pair(right.question(), change(right).question())

    return make


def metres(right: orders.Order) -> orders.Order:
    return replace(right, height=f"{int(right.height[:-2]) / 100:.2f}m")


def grams(right: orders.Order) -> orders.Order:
    return replace(right, weight=f"{Decimal(right.weight[:-2]):.2f} kg", creatinine=right.creatinine.replace("umol", "µmol"))


def notation(right: orders.Order) -> orders.Order:
    return replace(right, regimen=("--intensity=825mg/m2", "--per=administration", "--times-per-day=2"))


def of_words(change: Callable[[random.Random, str], str]) -> Callable[[random.Random], Pair]:
    def make(chance: random.Random) -> Pair:
        name = chance.choice(sorted(words.FILES))
        return Pair(words.lint(name, words.FILES[name]), words.lint(name, change(chance, words.FILES[name])))

    return make


def comments(chance: random.Random, text: str) -> str:
    lines = text.splitlines()
    lines.insert(chance.choice([at for at, line in enumerate(lines) if line.startswith("[")]), "# 50 Gy in 20 is not here")
    return "\n".join(lines) + "\n"


def windows(chance: random.Random, text: str) -> str:
    return text.replace("\n", "\r\n")


HARMLESS: dict[str, Callable[[random.Random], Pair]] = {
    "doses as products": as_products,
    "a table in centigray that says so": in_centigray,
    "columns, ends of lines and numbers in another form": other_columns,
    "the dose of a fraction among beams in another way": of_plans(other_shares),
    "numbers of a plan in another form": of_plans(other_digits),
    "private elements": of_plans(private),
    "other labels, other machine": of_plans(relabelled),
    "plans in another order": of_plans(other_order),
    "the height in metres": of_order(metres),
    "spaces, zeros and the sign for micro": of_order(grams),
    "the regimen in three arguments": of_order(notation),
    "a comment in a protocol": of_words(comments),
    "ends of lines in a protocol": of_words(windows),
}
