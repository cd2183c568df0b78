"""Every docstring of a public thing, compiled or not, is run."""

from __future__ import annotations

import doctest
import inspect
from typing import Any

import pytest

import chemorad


def documented() -> list[tuple[str, Any]]:
    things: list[tuple[str, Any]] = [("chemorad", chemorad)]
    for name in chemorad.__all__:
        thing = getattr(chemorad, name)
        things.append((name, thing))
        if inspect.isclass(thing):
            things += [(f"{name}.{part}", value) for part, value in vars(thing).items() if not part.startswith("_")]
    return things


@pytest.mark.parametrize(("name", "thing"), [pytest.param(*pair, id=pair[0]) for pair in documented()])
def test_examples(name: str, thing: Any) -> None:
    text = inspect.getdoc(thing) or ""
    examples = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    runner = doctest.DocTestRunner()
    runner.run(examples)
    assert runner.failures == 0


def test_everything_public_is_documented() -> None:
    bare = [name for name, thing in documented() if callable(thing) and not inspect.getdoc(thing)]
    assert not bare
