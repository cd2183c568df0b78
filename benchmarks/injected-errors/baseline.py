"""A naive check beside chemorad: the numbers that are typed, held against the prescription, as a list on paper does it.

Of each phase its number of fractions and its total, the total within 1 %, by its name where both have the same names; of an order the number of fractions, the
intensity, and the written dose within 10 % of Mosteller's area times the intensity. It knows no patient, no unit that is
not typed, no calendar, no drug rules, and it looks at nothing but these numbers.
"""

from __future__ import annotations

import csv
import io
import math
import re
from decimal import Decimal

import pydicom

from frame import Question
from prescriptions import ARMS

#: Name, fractions, and the total in gray.
Typed = tuple[str, int, Decimal]
TOTAL = re.compile(r"(?:(?P<name>.*)=)?(?P<total>[\d.]+) ?(?P<unit>c?Gy)/(?P<fractions>\d+)")
PRODUCT = re.compile(r"(?:(?P<name>.*)=)?(?P<fractions>\d+) ?x ?(?P<dose>[\d.]+) ?(?P<unit>c?Gy)")
SCALE = {"Gy": Decimal(1), "cGy": Decimal("0.01")}
FRACTIONS, INTENSITY, TIMES = 28, Decimal(825), 2


def phases(text: str) -> list[Typed]:
    """Of `pelvis=45Gy/25+5.4Gy/3`, or of products."""
    made = []
    for part in text.split("+"):
        found = TOTAL.fullmatch(part) or PRODUCT.fullmatch(part)
        if found is None:
            raise ValueError(part)
        given = found.groupdict()
        fractions = int(given["fractions"])
        total = Decimal(given["total"]) if "total" in given else fractions * Decimal(given["dose"])
        made.append((given["name"] or "", fractions, total * SCALE[given["unit"]]))
    return made


def after(question: Question, flag: str) -> list[str]:
    """What follows a flag, each time that it is given."""
    words = question.words
    apart = [words[at + 1] for at, word in enumerate(words[:-1]) if word == flag]
    return apart + [word.split("=", 1)[1] for word in words if word.startswith(f"{flag}=")]


def in_file(name: str, content: bytes) -> list[Typed]:
    if name.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        made = []
        for row in rows:
            unit = next(SCALE[unit] for unit in SCALE if f"total_{unit.lower()}" in row)
            total = next(value for key, value in row.items() if key.startswith("total_"))
            made.append((row["phase"], int(Decimal(row["fractions"])), Decimal(total) * unit))
        return made
    plan = pydicom.dcmread(io.BytesIO(content))
    made = []
    for group in plan.FractionGroupSequence:
        dose = sum((Decimal(str(beam.get("BeamDose") or 0)) for beam in group.ReferencedBeamSequence), Decimal(0))
        fractions = int(group.NumberOfFractionsPlanned)
        made.append((plan.RTPlanLabel.lower(), fractions, dose * fractions))
    return made


def doses_differ(question: Question) -> bool:
    prescribed = [one for text in after(question, "--prescribed") for one in phases(text)]
    for arm in after(question, "--protocol"):
        prescribed += [(phase.name, phase.fractions, phase.total) for phase in ARMS[arm]]
    planned = [one for text in after(question, "--planned") for one in phases(text)]
    for name, content in question.files:
        planned += in_file(name, content)
    if {name for name, *_ in planned} != {name for name, *_ in prescribed}:
        planned, prescribed = ([("", *numbers) for _, *numbers in one] for one in (planned, prescribed))
    return len(planned) != len(prescribed) or any(
        fractions != wanted or abs(total - dose) > dose / 100
        for (_, fractions, total), (_, wanted, dose) in zip(sorted(planned), sorted(prescribed))
    )


def first_number(text: str) -> Decimal:
    found = re.match(r"[\d.]+", text)
    if found is None:
        raise ValueError(text)
    return Decimal(found[0])


def order_differs(question: Question) -> bool:
    differ = [int(one) != FRACTIONS for one in after(question, "--fractions")]
    differ += [first_number(one) != INTENSITY for one in after(question, "--intensity")]
    differ += [int(one) != TIMES for one in after(question, "--times-per-day")]
    for written in after(question, "--ordered"):
        height, weight = (first_number(after(question, flag)[0]) for flag in ("--height", "--weight"))
        if height < 3:
            height *= 100
        wanted = math.sqrt(float(height * weight) / 3600) * float(INTENSITY)
        differ.append(abs(float(first_number(written)) / wanted - 1) > 0.1)
    return any(differ)


def accuses(question: Question) -> bool | None:
    """Whether it says anything; none where there is no number that it looks at."""
    check = {"check": doses_differ, "capecitabine": order_differs}.get(question.words[0])
    if check is None:
        return None
    try:
        return check(question)
    except (ValueError, ArithmeticError, LookupError, StopIteration, AttributeError):
        # what cannot be read stops a person too
        return True
