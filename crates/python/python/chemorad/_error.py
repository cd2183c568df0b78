"""What chemorad refuses."""

from __future__ import annotations

from collections.abc import Iterable


class ChemoradError(ValueError):
    """Wrong input, with what to do.

    ``text`` is what a person is told, in the words of the library and of the command. ``code`` is the name by
    which a program knows it. ``allowed`` lists what would have been accepted, where that is a list.

    >>> import chemorad
    >>> try:
    ...     chemorad.AbsorbedDose("45")
    ... except chemorad.ChemoradError as error:
    ...     print(error.code, error.allowed)
    quantity.missing_unit ('Gy', 'cGy')
    """

    text: str
    code: str
    allowed: tuple[str, ...]

    def __init__(self, text: str, code: str = "input.value", allowed: Iterable[str] = ()) -> None:
        self.text = text
        self.code = code
        self.allowed = tuple(allowed)
        # what pickle makes it from again
        super().__init__(text, code, self.allowed)

    def __str__(self) -> str:
        return self.text


class ChemoradWarning(UserWarning):
    """What the answer to a whole frame leaves out, such as a column that is not used.

    >>> import warnings, chemorad
    >>> rules = chemorad.CohortRules(
    ...     formula="mosteller", intensity="825 mg/m2 bid", tablets="500mg,150mg",
    ...     rounding="nearest", ties="up", without="renal,dpyd,interactions")
    >>> with warnings.catch_warnings(record=True) as said:
    ...     warnings.simplefilter("always")
    ...     _ = chemorad.cohort({"height_cm": [170], "weight_kg": [72], "ward": ["B2"]}, rules=rules)
    >>> said[0].category.__name__, "ward" in str(said[0].message)
    ('ChemoradWarning', True)
    """
