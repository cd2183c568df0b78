"""Protocol files whose values no longer are what their words say, or the reverse."""

from __future__ import annotations

import pathlib
import random
import re
from collections.abc import Callable

from frame import Class, Pair, Question
from prescriptions import other_digit

LIBRARY = pathlib.Path(__file__).resolve().parents[2] / "crates" / "protocol" / "library"
FILES = {path.stem: path.read_text() for path in sorted(LIBRARY.glob("*.toml"))}


def lint(name: str, text: str) -> Question:
    return Question(("protocol", "lint", f"{name}.toml"), ((f"{name}.toml", text.encode()),))


def of(change: Callable[[random.Random, str], str | None]) -> Callable[[random.Random], Pair]:
    def make(chance: random.Random) -> Pair:
        while True:
            name = chance.choice(sorted(FILES))
            text = FILES[name]
            wrong = change(chance, text)
            if wrong is not None and wrong != text:
                return Pair(lint(name, text), lint(name, wrong))

    return make


def place(chance: random.Random, text: str, pattern: str, inside: Callable[[str, int], bool]) -> re.Match[str] | None:
    """One match of a pattern, in the passages or in the values."""
    found = [match for match in re.finditer(pattern, text) if inside(text, match.start())]
    return chance.choice(found) if found else None


def in_passages(text: str, at: int) -> bool:
    before = text.rfind("\n[", 0, at)
    return text[before + 1 :].startswith("[passages")


def in_values(text: str, at: int) -> bool:
    if in_passages(text, at):
        return False
    line = text[text.rfind("\n", 0, at) + 1 : text.find("\n", at)]
    # a title, and the reason beside a value, say it in words
    return not re.match(r"title|why|note", line)


def put(text: str, match: re.Match[str], made: str) -> str:
    return text[: match.start(1)] + made + text[match.end(1) :]


def digit(pattern: str, inside: Callable[[str, int], bool]) -> Callable[[random.Random, str], str | None]:
    def change(chance: random.Random, text: str) -> str | None:
        match = place(chance, text, pattern, inside)
        return None if match is None else put(text, match, other_digit(chance, match.group(1)))

    return change


def replaced(pattern: str, inside: Callable[[str, int], bool], *others: str) -> Callable[[random.Random, str], str | None]:
    def change(chance: random.Random, text: str) -> str | None:
        match = place(chance, text, pattern, inside)
        choices = [other for other in others if match is not None and other != match.group(1)]
        return None if match is None else put(text, match, chance.choice(choices))

    return change


DOSE = "TG-275: prescription in the protocol"
DIFFERS = (
    "protocol.quote_number", "protocol.quote_variant", "protocol.arithmetic", "protocol.derived_number", "protocol.text_number",
    "file.value",
)
CLASSES = [
    Class("L01", "protocol text", "a digit of a dose in the value", "H39", DOSE, DIFFERS, of(digit(r'fractionation = "(\d+(?:\.\d+)?) Gy in', in_values))),
    Class("L02", "protocol text", "a digit of the fractions in the value", "H39", DOSE, DIFFERS, of(digit(r'fractionation = "[\d.]+ Gy in (\d+)', in_values))),
    Class("L03", "protocol text", "a digit of a dose in the words", "H39", DOSE, DIFFERS, of(digit(r"(\d+(?:\.\d+)?) ?Gy\b", in_passages))),
    Class("L04", "protocol text", "a digit of the fractions in the words", "H39", DOSE, DIFFERS, of(digit(r"\b(\d+) fractions", in_passages))),
    Class("L05", "protocol text", "gray as centigray in the words", "H01", DOSE, DIFFERS, of(replaced(r"\d ?(Gy)\b", in_passages, "cGy"))),
    Class("L06", "protocol text", "a digit of the dose of a drug in the value", "H39", DOSE, DIFFERS, of(digit(r'intensity = "(\d+) mg/m2', in_values))),
    Class("L07", "protocol text", "a digit of the dose of a drug in the words", "H39", DOSE, DIFFERS, of(digit(r"\b(\d{3,4}) ?mg/m", in_passages))),
    Class("L08", "protocol text", "another number of administrations in the value", "H11", DOSE, DIFFERS, of(replaced(r"administrations_per_day = (\d)", in_values, "1", "2", "3"))),
    Class("L09", "protocol text", "twice daily as once daily in the words", "H11", DOSE, DIFFERS, of(replaced(r"\b(twice)(?: daily| a day)", in_passages, "once"))),
    Class("L10", "protocol text", "the dose per fraction in the value", "H39", DOSE, DIFFERS, of(digit(r'dose_per_fraction = \{ value = "(\d(?:\.\d+)?) Gy', in_values))),
]
