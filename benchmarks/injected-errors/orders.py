"""Orders of capecitabine under radiotherapy, their calendar and their supply, with an error in what is entered."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from frame import SEVERITY, Class, Pair, Question, answered
from prescriptions import other_digit

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SITE = (EXAMPLES / "site.toml").read_bytes()


@dataclass(frozen=True)
class Order:
    """What is typed; the earlier measurements stand beside today's."""

    height: str
    weight: str
    previous_height: str
    previous_weight: str
    sex: str
    age: str
    creatinine: str
    regimen: tuple[str, ...] = ("--intensity=825 mg/m2 bid",)
    dpyd: tuple[str, ...] = ("--dpyd=2",)
    drugs: tuple[str, ...] = ("none",)
    days: str = "radiotherapy-days"
    start: str = "2026-12-07"
    fractions: str = "28"
    holidays: tuple[str, ...] = ("2026-12-25", "2027-01-01")
    ordered: tuple[str, ...] = ()

    def question(self) -> Question:
        closed = ", ".join(f'"{day}"' for day in self.holidays)
        site = SITE.replace(b'holidays = ["2026-12-25", "2027-01-01"]', f"holidays = [{closed}]".encode())
        words = (
            "capecitabine", "--site=site.toml", "--protocol=NCT06949098/adverse", f"--height={self.height}",
            f"--weight={self.weight}", *([f"--previous-height={self.previous_height}"] if self.previous_height else []),
            *([f"--previous-weight={self.previous_weight}"] if self.previous_weight else []),
            f"--sex={self.sex}", f"--age={self.age}", f"--creatinine={self.creatinine}", *self.regimen, *self.dpyd,
            *(f"--interacting-drug={drug}" for drug in self.drugs), f"--days={self.days}", f"--start={self.start}",
            f"--fractions={self.fractions}", *self.ordered,
        )
        return Question(words, (("site.toml", site),))


def order(chance: random.Random) -> Order:
    """An order that is right: nothing in it fails or cannot be told."""
    while True:
        height = chance.randint(150, 192)
        weight = round(chance.uniform(20, 30) * (height / 100) ** 2, 1)
        made = Order(
            height=f"{height}cm", weight=f"{weight}kg", previous_height=f"{height + chance.randint(-1, 1)}cm",
            previous_weight=f"{round(weight * chance.uniform(0.97, 1.03), 1)}kg", sex=chance.choice(["female", "male"]),
            age=str(chance.randint(40, 70)), creatinine=f"{chance.randint(55, 85)}umol/L",
        )
        if all(SEVERITY[outcome] < 2 for outcome, _ in answered(made.question())):
            return made


def of(change: Callable[[random.Random, Order], Order | None]) -> Callable[[random.Random], Pair]:
    def make(chance: random.Random) -> Pair:
        while True:
            right = order(chance)
            wrong = change(chance, right)
            if wrong is not None:
                return Pair(right.question(), wrong.question())

    return make


def unmeasured(change: Callable[[random.Random, Order], Order]) -> Callable[[random.Random], Pair]:
    """Without earlier measurements to compare with."""

    def make(chance: random.Random) -> Pair:
        right = replace(order(chance), previous_height="", previous_weight="")
        return Pair(right.question(), change(chance, right).question())

    return make


def ordered(right: Order) -> tuple[int, dict[str, int]]:
    """What the right order comes to: milligrams of one administration, and the tablets of the course."""
    import chemorad

    question = right.question()
    result = chemorad.run(*question.words, files=dict(question.files))
    supply = {f"{one['strength']['value']}mg": one["count"] for one in result["supply"]["tablets"]}
    return result["to_take"]["value"], supply


def dispensed(supply: dict[str, int]) -> str:
    return " + ".join(f"{count}x{strength}" for strength, count in supply.items() if count)


def written(change: Callable[[random.Random, int, dict[str, int]], tuple[str, str] | None]) -> Callable[[random.Random], Pair]:
    """An order that somebody wrote and dispensed, beside what is right."""

    def make(chance: random.Random) -> Pair:
        while True:
            right = order(chance)
            dose, supply = ordered(right)
            wrong = change(chance, dose, dict(supply))
            if wrong is None:
                continue
            asks = [
                replace(right, ordered=(f"--ordered={text}", f"--dispensed={count}")).question()
                for text, count in [(f"{dose}mg bid", dispensed(supply)), wrong]
            ]
            if all(SEVERITY[outcome] < 2 for outcome, _ in answered(asks[0])):
                return Pair(*asks)

    return make


def number_of(text: str) -> float:
    return float(text.rstrip("cmkgumol/L"))


def swapped(chance: random.Random, right: Order) -> Order:
    return replace(right, height=f"{number_of(right.weight):g}cm", weight=f"{number_of(right.height):g}kg")


def pounds(chance: random.Random, right: Order) -> Order:
    return replace(right, weight=f"{number_of(right.weight) * 2.20462:.1f}kg")


def inches(chance: random.Random, right: Order) -> Order:
    return replace(right, height=f"{number_of(right.height) / 2.54:.1f}cm")


def height_digits(chance: random.Random, right: Order) -> Order | None:
    """Two digits of the height in the other order, by more than an adult's height moves."""
    digits = right.height[:-2]
    made = digits[0] + digits[2] + digits[1]
    return None if abs(int(made) - int(digits)) <= 3 else replace(right, height=f"{made}cm")


def weight_digit(chance: random.Random, right: Order) -> Order | None:
    made = other_digit(chance, right.weight[:-2])
    moved = abs(float(made) / number_of(right.previous_weight) - 1)
    return None if moved <= 0.1 else replace(right, weight=f"{made}kg")


def old_weight(chance: random.Random, right: Order) -> Order:
    """A weight of some months ago, and no other to compare with."""
    return replace(right, weight=f"{number_of(right.weight) * chance.choice([0.9, 0.92, 1.08, 1.1]):.1f}kg")


def per_day(chance: random.Random, right: Order) -> Order:
    return replace(right, regimen=("--intensity=1650 mg/m2", "--per=administration", "--times-per-day=2"))


def half(chance: random.Random, right: Order) -> Order:
    return replace(right, regimen=("--intensity=825 mg/m2", "--per=day", "--times-per-day=2"))


def once(chance: random.Random, right: Order) -> Order:
    return replace(right, regimen=("--intensity=825 mg/m2", "--per=administration", "--times-per-day=1"))


def monotherapy(chance: random.Random, right: Order) -> Order:
    return replace(right, regimen=(f"--intensity={chance.choice(['1000', '1250'])} mg/m2 bid",))


def intensity_digit(chance: random.Random, right: Order) -> Order:
    return replace(right, regimen=(f"--intensity={other_digit(chance, '825')} mg/m2 bid",))


def creatinine_unit(chance: random.Random, right: Order) -> Order:
    value = number_of(right.creatinine)
    wrong = f"{value:g}mg/dL" if chance.random() < 0.5 else f"{value / 88.42:.2f}umol/L"
    return replace(right, creatinine=wrong)


def creatinine_high(chance: random.Random, right: Order) -> Order:
    """A patient whose kidneys do not allow the dose."""
    return replace(right, creatinine=f"{chance.randint(220, 400)}umol/L")


def dpyd_unknown(chance: random.Random, right: Order) -> Order:
    return replace(right, dpyd=(chance.choice(["--dpyd=not-tested", "--dpyd=indeterminate"]),))


def dpyd_poor(chance: random.Random, right: Order) -> Order:
    return replace(right, dpyd=(f"--dpyd={chance.choice(['0', '0.5', '1', '1.5'])}",))


def drug(chance: random.Random, right: Order) -> Order:
    return replace(right, drugs=(chance.choice(["warfarin", "phenytoin", "brivudine", "allopurinol"]),))


def dose_written(chance: random.Random, dose: int, supply: dict[str, int]) -> tuple[str, str] | None:
    made = chance.choice([dose * 2, dose // 2, dose * 10, dose + 500, dose - 500, int(other_digit(chance, str(dose)))])
    return None if abs(made / dose - 1) <= 0.1 else (f"{made}mg bid", dispensed(supply))


def strength_written(chance: random.Random, dose: int, supply: dict[str, int]) -> tuple[str, str] | None:
    """Tablets of the other strength in the same number."""
    other = {("150mg" if name == "500mg" else "500mg"): count for name, count in supply.items() if count}
    return None if other == supply else (f"{dose}mg bid", dispensed(other))


def frequency_written(chance: random.Random, dose: int, supply: dict[str, int]) -> tuple[str, str]:
    return f"{dose}mg {chance.choice(['once a day', '3 times a day'])}", dispensed(supply)


def count_dispensed(chance: random.Random, dose: int, supply: dict[str, int]) -> tuple[str, str]:
    factor = chance.choice([0.5, 0.8, 1.2, 2])
    return f"{dose}mg bid", dispensed({name: max(1, round(count * factor)) for name, count in supply.items() if count})


def fractions(chance: random.Random, right: Order) -> Order:
    return replace(right, fractions=chance.choice(["20", "23", "25", "27", "29", "30", "33", "35"]))


def all_days(chance: random.Random, right: Order) -> Order:
    return replace(right, days=chance.choice(["calendar-days", "1-14/21"]))


def at_a_weekend(chance: random.Random, right: Order) -> Order:
    return replace(right, start=str(date.fromisoformat(right.start) + timedelta(days=chance.choice([5, 6]))))


def on_a_holiday(chance: random.Random, right: Order) -> Order:
    return replace(right, start=chance.choice(right.holidays))


def holidays_of_another_year(chance: random.Random, right: Order) -> Order:
    years = chance.choice([-2, -1, 1, 2])
    days = [date.fromisoformat(day) for day in right.holidays]
    return replace(right, holidays=tuple(str(day.replace(year=day.year + years)) for day in days))


def no_holidays(chance: random.Random, right: Order) -> Order:
    return replace(right, holidays=())


SIZE = ("patient.height", "patient.weight", "capecitabine.height_change", "capecitabine.weight_change")
REGIMEN = ("capecitabine.intensity", "capecitabine.protocol_regimen")
DRUG = "ISMP: antineoplastic orders"
CLASSES = [
    Class("O01", "drug order", "height and weight exchanged", "H14", DRUG, SIZE, of(swapped)),
    Class("O02", "drug order", "pounds as kilograms", "H14", DRUG, SIZE, of(pounds)),
    Class("O03", "drug order", "inches as centimetres", "H14", DRUG, SIZE, of(inches)),
    Class("O04", "drug order", "digits of the height exchanged", "H15", DRUG, SIZE, of(height_digits)),
    Class("O05", "drug order", "a digit of the weight, by more than 10 %", "H16", DRUG, SIZE, of(weight_digit)),
    Class("O06", "drug order", "the dose of a day at each administration", "H11", DRUG, REGIMEN, of(per_day)),
    Class("O07", "drug order", "the dose of an administration for a day", "H11", DRUG, REGIMEN, of(half)),
    Class("O08", "drug order", "once a day instead of twice", "H11", DRUG, REGIMEN, of(once)),
    Class("O09", "drug order", "the dose of another regimen", "H12", DRUG, REGIMEN, of(monotherapy)),
    Class("O10", "drug order", "a digit of the intensity", "H13", DRUG, REGIMEN, of(intensity_digit)),
    Class("O11", "drug order", "the unit of the creatinine", "H18", DRUG, ("patient.creatinine", "capecitabine.renal"), of(creatinine_unit)),
    Class("O12", "drug order", "renal function that does not allow the dose", "H53", DRUG, ("capecitabine.renal",), of(creatinine_high)),
    Class("O13", "drug order", "DPYD not tested, or no clear result", "H17", DRUG, ("capecitabine.dpyd",), of(dpyd_unknown)),
    Class("O14", "drug order", "a DPYD score that does not allow the dose", "H53", DRUG, ("capecitabine.dpyd",), of(dpyd_poor)),
    Class("O15", "drug order", "another drug that interacts", "H47", DRUG, ("capecitabine.interaction",), of(drug)),
    Class("O16", "drug order", "another dose is written", "H49", DRUG, ("order.dose", "order.tablets"), written(dose_written)),
    Class("O17", "drug order", "tablets of the other strength", "H49", DRUG, ("order.tablets", "order.supply"), written(strength_written)),
    Class("O18", "drug order", "another number of administrations is written", "H49", DRUG, ("order.frequency",), written(frequency_written)),
    Class("C01", "calendar and supply", "another number of fractions", "H50", "TG-275: fractionation", ("capecitabine.protocol_fractions",), of(fractions)),
    Class("C02", "calendar and supply", "days of another regimen", "H12", DRUG, ("capecitabine.drug_without_fraction", "capecitabine.protocol_days"), of(all_days)),
    Class("C03", "calendar and supply", "a start at a weekend", "H25", "TG-275: schedule", (), of(at_a_weekend)),
    Class("C04", "calendar and supply", "a start on a holiday", "H25", "TG-275: schedule", (), of(on_a_holiday)),
    Class("C05", "calendar and supply", "holidays of another year", "H25", "TG-275: schedule", ("schedule.holidays_unused", "capecitabine.no_holidays"), of(holidays_of_another_year)),
    Class("C06", "calendar and supply", "another number of tablets is dispensed", "H49", DRUG, ("order.supply",), written(count_dispensed)),
    Class("X03", "out of scope", "an old weight, and no other to compare with", "H16", DRUG, SIZE, unmeasured(old_weight), in_scope=False),
]
