"""What a command answered, as an object."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chemorad import _chemorad
from chemorad._dates import as_date
from chemorad._error import ChemoradError

if TYPE_CHECKING:
    from chemorad._chemorad import Finding

# 2 with an answer: some of several files could not be read
_OUTCOMES = {0: "pass", 1: "fail", 2: "cannot_tell", 3: "cannot_tell"}


class Result:
    """What a command answered: the same numbers, findings and page as at a terminal.

    >>> import chemorad
    >>> result = chemorad.run("bed", "45Gy/25", alpha_beta="10Gy")
    >>> result["total"]["bed"]["value"]
    53.1
    >>> result.outcome
    'pass'
    """

    __slots__ = ("_answer", "_arguments", "_data", "_files")

    def __init__(self, arguments: Sequence[str], files: Mapping[str, bytes]) -> None:
        self._arguments = tuple(arguments)
        self._files = dict(files)
        self._answer = _chemorad._run(list(arguments), files=list(self._files.items()))
        self._data: dict[str, Any] | None = None

    @property
    def arguments(self) -> tuple[str, ...]:
        """The command as it would be typed, without the name of the program."""
        return self._arguments

    @property
    def exit(self) -> int:
        """0 done or passed, 1 a check failed, 2 some files could not be read, 3 something could not be told."""
        return self._answer.exit

    @property
    def outcome(self) -> str:
        """``pass``, ``warn``, ``fail`` or ``cannot_tell``: what the answer says of itself, or else its exit code."""
        said = self._read().get("outcome") if self._answer.json is not None else None
        return said if isinstance(said, str) else _OUTCOMES[self.exit]

    @property
    def passed(self) -> bool:
        """Whether nothing failed and everything could be told; warnings are read in ``findings``."""
        return self.exit == 0

    @property
    def text(self) -> str:
        """What a terminal shows."""
        return self._answer.text

    @property
    def json(self) -> str:
        """The answer as JSON, as the command writes it."""
        if self._answer.json is None:
            raise ChemoradError(f"{self._arguments[0]} answers with a text, which has no JSON: use .text", "result.no_json")
        return self._answer.json

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain dicts, lists, text and numbers; a new one at each call."""
        value = json.loads(self.json)
        if not isinstance(value, dict):
            value = {"value": value}
        return value

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, the findings of every part together."""
        found: list[Finding] = []
        _collect(self._read(), found)
        # one that stands in two parts of an answer is one
        return tuple(dict.fromkeys(found))

    @property
    def derivations(self) -> tuple[_chemorad.Derivation, ...]:
        """How the numbers were reached, where the command says it."""
        steps = self._read().get("derivations", ())
        return tuple(_chemorad.Derivation(**step) for step in steps)

    def _read(self) -> dict[str, Any]:
        if self._data is None:
            self._data = self.to_dict()
        return self._data

    def __getitem__(self, key: str) -> Any:
        # a copy: what somebody does to it is not what was answered
        return copy.deepcopy(self._read()[key])

    def get(self, key: str, default: Any = None) -> Any:
        """A part of the answer, or what is given where there is no such part."""
        return self[key] if key in self else default

    def __bool__(self) -> bool:
        # "if check:" would take a check that failed for one that passed, and "if not check:" too
        raise TypeError("a result is neither true nor false: ask .passed or .outcome")

    def __contains__(self, key: object) -> bool:
        return key in self._read()

    def keys(self) -> list[str]:
        """The names of the parts of the answer."""
        return list(self._read())

    def report(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Writes the page to file, as ``--report`` does.

        The command is answered once more, because a report also says when and from which files it was made; where
        the answer is no longer the same, nothing is written.
        """
        if not replace and os.path.lexists(path):
            raise ChemoradError(
                f"{os.fspath(path)} is there already: give another name, or replace=True to write over it", "file.exists"
            )
        # before the arguments, which may end with places after "--"
        again = [f"--report={os.fspath(path)}", *(["--force"] if replace else []), *self._arguments]
        answer = _chemorad._run(again, files=list(self._files.items()))
        if _said(answer.json) != _said(self._answer.json):
            raise ChemoradError(
                "the files have changed since this result was made, and with them the answer: make a new result",
                "result.changed",
            )
        answer.write()

    def write(self) -> None:
        """Writes the files that the command was asked to write (``output=`` and the like): all or none."""
        self._answer.write()

    def _repr_html_(self) -> str:
        """What a notebook shows: the page with its pictures."""
        return self._answer.html

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Result of {' '.join(self._arguments)}: {self.outcome}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return self._arguments == other._arguments and self._answer.json == other._answer.json

    def __hash__(self) -> int:
        return hash((self._arguments, self._answer.json))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self._arguments, self._files, self.exit, self._answer.json)


def _said(answer: str | None) -> Any:
    """What an answer says, without the program that says it and when."""
    said = None if answer is None else json.loads(answer)
    if isinstance(said, dict):
        said.pop("build", None)
    return said


def _again(
    kind: type[Result], arguments: Sequence[str], files: Mapping[str, bytes], exit: int, answer: str | None
) -> Result:
    """A pickled result again; where a file has changed meanwhile it is refused."""
    result = kind(arguments, files)
    if (result.exit, _said(result._answer.json)) != (exit, _said(answer)):
        raise ChemoradError(
            "the files of this pickled result have changed since, and with them the answer", "result.changed"
        )
    return result


def _collect(value: Any, found: list[Finding]) -> None:
    """Every finding of an answer: what has a code, an outcome and a message."""
    if isinstance(value, dict):
        if isinstance(value.get("code"), str) and "outcome" in value and "message" in value:
            found.append(
                _chemorad.Finding(
                    code=value["code"], outcome=value["outcome"], at=value.get("at", ""), message=value["message"]
                )
            )
            return
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            _collect(part, found)


def flags_of(named: Mapping[str, Any], files: dict[str, bytes]) -> list[str]:
    """The flags of a command from Python values: bytes become files, ``alpha_beta=`` becomes ``--alpha-beta``."""
    arguments = []
    alone = []
    for name, value in named.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            alone.append(flag)
        else:
            # with "=", so that a value which begins with "-" is no flag
            values = value if isinstance(value, (list, tuple)) else [value]
            arguments += [f"{flag}={text_of(one, files, name)}" for one in values]
    # at the end: a flag that wants a value and was given True takes no other flag for it
    return [*arguments, *alone]


def places_of(positional: Sequence[Any], files: dict[str, bytes], name: str = "file") -> list[str]:
    """What is no flag."""
    return [text_of(value, files, name) for value in positional]


def behind(flags: Sequence[str], places: Sequence[str]) -> list[str]:
    """Places behind flags: whatever they begin with, none is the value of a flag that was given none."""
    open_ended = any("=" not in flag for flag in flags) or any(place.startswith("-") for place in places)
    return ["--", *places] if open_ended else [*places]


def text_of(value: Any, files: dict[str, bytes], argument: str = "file") -> str:
    """One argument; bytes become a file, which is called after the argument."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        content = bytes(value)
        # a command tells files apart by their names
        ending = "dcm" if content[128:132] == b"DICM" else "json" if content.lstrip()[:1] == b"{" else "toml"
        name = f"given-{argument}.{ending}"
        count = 1
        while name in files:
            count += 1
            name = f"given-{argument}-{count}.{ending}"
        files[name] = content
        return name
    value = as_date(value)
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ChemoradError(f"{value!r} holds half a character, which is no text", "input.text") from error
        return value
    if isinstance(value, os.PathLike):
        path = os.fspath(value)
        return path if isinstance(path, str) else os.fsdecode(path)
    if value is None or isinstance(value, (bool, Mapping, Sequence)) or type(value).__name__ in ("bool", "bool_"):
        raise TypeError(f"an argument is a text, a number, a quantity, a path or the bytes of a file, not {value!r}")
    try:
        return str(value)
    except ValueError as error:  # a whole number of thousands of digits
        raise ChemoradError("an argument is a number that is too large", "input.number") from error


def run(command: str, /, *arguments: Any, files: Mapping[str, bytes] | None = None, **named: Any) -> Result:
    """Answers any command: ``run("bed", "45Gy/25", alpha_beta="10Gy")``.

    Arguments are text, quantities, paths, or the bytes of a file. ``named`` are the flags of the command with ``_`` for
    ``-``: ``True`` for a flag without a value, a list for one that is repeated. ``files`` are files by name that need not
    be on the disk. The names of files stand in the answer. A command tells files apart by the endings of their names:
    bytes that are neither DICOM, TOML nor JSON go with ``files={"orders.csv": ...}`` and are named in the arguments.

    >>> import chemorad
    >>> chemorad.run("bsa", "170cm", "72kg", formula="mosteller")["bsa"]["unit"]
    'm2'
    """
    given = dict(files or {})
    return Result([command, *(text_of(one, given) for one in arguments), *flags_of(named, given)], given)
