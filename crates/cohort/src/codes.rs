//! The codes of rows of a cohort, beyond those of the library.

use chemorad::report::Code;

pub(crate) const UNREADABLE: Code = Code::new(
    "cohort.unreadable",
    "A cell that cannot be read",
    "A cell holds something else than its column says: a number with a unit, a decimal comma, a word for a number, an unknown sex or DPYD status. The row is not guessed at, and no order is made for it.",
    "Correct the cell. Give --decimal-comma where the whole file has decimal commas, and name a column of another unit by its unit.",
);
pub(crate) const ROW_LENGTH: Code = Code::new(
    "cohort.row_length",
    "A row with too many or too few cells",
    "The row has another number of cells than the header, so that its cells may stand in the wrong columns. No order is made for it.",
    "Correct the row: a separator inside a cell needs quotes around the cell.",
);
pub(crate) const TWO_VALUES: Code = Code::new(
    "cohort.two_values",
    "Two columns give one value",
    "Two columns of one quantity, in different units perhaps, both have a value in this row. Neither is preferred.",
    "Leave one of the two cells empty, or leave one column out.",
);
pub(crate) const LONG_CELL: Code = Code::new(
    "cohort.long_cell",
    "A cell of more than 64 kB",
    "No identifier or value is that long: a quote that is not closed, or another file inside the cell, is likelier. The cell is not copied to the records.",
    "Correct the row.",
);
pub(crate) const UNCLOSED_QUOTE: Code = Code::new(
    "cohort.unclosed_quote",
    "A quote that is not closed",
    "A cell begins with a quote that no other closes, so that everything behind it up to the end of the file is one cell. The rows before are read, and what stands behind is not.",
    "Close the quote in this row, and read the file again.",
);
pub(crate) const ID_TWICE: Code = Code::new(
    "cohort.id_twice",
    "An identifier that stands in an earlier row",
    "An earlier row has the same identifier. In a file with one row for each patient that is a patient counted twice; in one with several orders for a patient it is as it should be. Identifiers are compared by a 64-bit hash of their bytes.",
    "Check the row, or say that identifiers may repeat with --ids-unique.",
);
pub(crate) const ORDERED: Code = Code::new(
    "cohort.ordered",
    "The order in the row is another one",
    "The row gives a dose per administration that was ordered, and tablets, rounding and rules make another of the same patient. Within the tolerance of the site (10 % where none is given) it is a warning; beyond it, and where the rules leave no dose, the row fails.",
    "Compare the order with the calculated dose, and find out which is meant.",
);
pub(crate) const DISPENSED: Code = Code::new(
    "cohort.dispensed",
    "What was dispensed is not what was ordered",
    "The amount that was dispensed differs from the dose per administration times administrations a day times days of intake.",
    "Count the tablets, and compare with the days of intake.",
);

pub(crate) const COURSE: Code = Code::new(
    "cohort.course",
    "The planned course is not the prescribed one",
    "The phases of the planned course differ from those of the prescribed one in number of fractions or dose. Both are compared exactly.",
    "Compare plan and prescription.",
);

/// Every code of a row of a cohort that the library has not.
///
/// ```
/// assert!(chemorad_cohort::CODES.iter().any(|code| code.name == "cohort.id_twice"));
/// ```
pub const CODES: &[Code] = &[
    UNREADABLE,
    ROW_LENGTH,
    TWO_VALUES,
    LONG_CELL,
    UNCLOSED_QUOTE,
    ID_TWICE,
    ORDERED,
    DISPENSED,
    COURSE,
];
