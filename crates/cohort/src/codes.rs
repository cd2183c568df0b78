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
pub(crate) const SWALLOWED_LINES: Code = Code::new(
    "cohort.swallowed_lines",
    "A cell that may hold other lines",
    "A cell in quotes goes over the end of its line and holds as many delimiters as a line has: a quote that was not closed makes the lines up to the next quote one cell, and their rows are lost. A text of several lines with fewer delimiters is read as it stands.",
    "Close the quote in this row, or write the cell in one line, and read the file again.",
);
pub(crate) const ID_TWICE: Code = Code::new(
    "cohort.id_twice",
    "An identifier that stands in an earlier row",
    "An earlier row has the same identifier. In a file with one row for each patient that is a patient counted twice; in one with several orders for a patient it is as it should be. Identifiers that differ only in capital letters, or in the number of blanks between words, are the same. They are compared by a 64-bit hash.",
    "Check the row, or say that identifiers may repeat with --ids-unique.",
);
pub(crate) const ID_MISSING: Code = Code::new(
    "cohort.id_missing",
    "A row without an identifier",
    "The file has a column of identifiers, and the cell of this row is empty. Whose row it is cannot be said, and no other row can be found to repeat it.",
    "Fill in the identifier.",
);
pub(crate) const ORDERED: Code = Code::new(
    "cohort.ordered",
    "The order in the row is another one",
    "The row gives a dose per administration that was ordered, and tablets, rounding and rules make another of the same patient. Within the tolerance that is given and not above a cap it is a warning; beyond it, without a tolerance, and where the rules leave no dose, the row fails. An amount that no tablets of the stock make is order.tablets too.",
    "Compare the order with the calculated dose, and find out which is meant.",
);
pub(crate) const DISPENSED: Code = Code::new(
    "cohort.dispensed",
    "What was dispensed is not what was ordered",
    "The amount that was dispensed differs from the order in the row (in words or as a dose per administration, or else the expected one) of a day times days of intake. Without days of intake, or without a dose, the row is cannot tell.",
    "Count the tablets, and compare with the days of intake; give them in the column days, or let them follow from start_date, the course and the site file.",
);

pub(crate) const ORDER_MISSING: Code = Code::new(
    "cohort.order_missing",
    "A row without an order",
    "The file has a column of orders, and this row has none in it, or a dose without how often a day where the file has a column for that. Nothing that somebody ordered was compared with the expected dose.",
    "Fill in the order. Where the row is of somebody who gets no capecitabine, leave the row out, or name its arm with --protocol.",
);
pub(crate) const DISPENSED_MISSING: Code = Code::new(
    "cohort.dispensed_missing",
    "A row without what was dispensed",
    "The file has a column of what was dispensed, and this row has nothing in it. Nothing that was handed out was compared.",
    "Fill in what was dispensed, or leave the column out with --ignore until something is.",
);
pub(crate) const WEIGHT_UNIT: Code = Code::new(
    "cohort.weight_unit",
    "The weight may be in pounds",
    "The order in the row is wrong for the weight in the row, and is exactly the expected one of a patient whose weight is that number in pounds (1 lb = 0.45359237 kg). Nothing was converted.",
    "Look the weight up. Name a column of pounds weight_lb.",
);
pub(crate) const HEIGHT_UNIT: Code = Code::new(
    "cohort.height_unit",
    "The height may be in inches or metres",
    "The order in the row is wrong for the height in the row, and is exactly the expected one of a patient whose height is that number in inches (1 in = 2.54 cm) or in metres. Nothing was converted.",
    "Look the height up. Name a column of inches height_in, and one of metres height_m.",
);
pub(crate) const DOSE_OF_DAY: Code = Code::new(
    "cohort.dose_of_day",
    "Dose of a day and of an administration mixed up",
    "The order in the row is wrong, and its dose of one administration is exactly the expected dose of a whole day, or its dose of a whole day the expected one of an administration.",
    "Find out which is meant, and correct the order.",
);
pub(crate) const DOSE_UNIT: Code = Code::new(
    "cohort.dose_unit",
    "Grams and milligrams mixed up",
    "The order in the row is wrong, and its amount times 1000, or divided by 1000, is between half and twice the expected one: grams may stand where milligrams are meant, or the other way round. Nothing was converted.",
    "Look at the unit in EXDOSU, or at the column that was named ordered_mg.",
);
pub(crate) const OVERALL_TIME: Code = Code::new(
    "cohort.overall_time",
    "Dates that do not fit the fractions",
    "First and last date, both counted, have fewer days than the course has fractions, one a day (several a day where the protocol's fractions a week or those of the site file say so): the row fails, as it does where the last date is before the one that weekdays and holidays of the site file give. A later date than that one is a warning, because days may have been missed. More than twice the weeks that the stated fractions a week take, or fewer than one fraction a week where none are stated, is cannot tell.",
    "Check both dates and the number of fractions.",
);
pub(crate) const NO_DISPENSED: Code = Code::new(
    "cohort.no_dispensed",
    "Days of intake, and nothing dispensed",
    "The file has the days of intake, which are for what was dispensed, and no column that is known as that. No tablets were counted: an outcome of pass says nothing of any supply.",
    "Say which column it is: --column dispensed=NAME where it is written as 168x500mg, --column dispensed_mg=NAME for milligrams. Leave the days out with --ignore days where nothing was dispensed.",
);
pub(crate) const NO_FREQUENCY: Code = Code::new(
    "cohort.no_frequency",
    "Doses without how often a day",
    "The file has ordered_mg, the dose of one administration, and no column that says how often a day it is taken. The dose was compared, and that it is taken as often as the regimen says was not.",
    "Name the column with --column ordered_frequency=NAME, or give the orders in words, 1500mg bid, in a column ordered.",
);
pub(crate) const NO_ROWS: Code = Code::new(
    "cohort.no_rows",
    "A file without rows",
    "The file has a header and nothing below it. Nothing was compared.",
    "Export the file again.",
);
pub(crate) const NO_ORDER: Code = Code::new(
    "cohort.no_order",
    "A file without orders",
    "The file has body sizes, and no column that is known as an order. The expected orders were calculated, and nothing that somebody ordered was compared with them: an outcome of pass says nothing of any order.",
    "Where the file has orders, say which column they are: --column ordered=NAME where they are written as 1500mg bid, --column ordered_mg=NAME for the milligrams of one administration.",
);
pub(crate) const NO_COURSE: Code = Code::new(
    "cohort.no_course",
    "Courses without others to compare",
    "The file has planned or prescribed courses, not both, and no protocol says which course each row should have. The courses were read, and not compared.",
    "Add the other column, or name the protocol with --protocol.",
);
pub(crate) const REGIMEN_BY_HAND: Code = Code::new(
    "cohort.regimen_by_hand",
    "A regimen that the protocol leaves open",
    "The protocol does not settle the intensity or the number of administrations a day. Every row is compared with the regimen that was given, which the protocol neither supports nor contradicts.",
    "Make sure that this is the regimen the site decided on.",
);
pub(crate) const NOT_READ: Code = Code::new(
    "cohort.column_not_read",
    "A column of orders that is not read",
    "A column seems to belong to the orders, such as how often a day they are taken, and was not read. What it says was not compared.",
    "Say which column it is with --column ordered_frequency=NAME; EXDOSE is an order where EXDOSU and EXDOSFRQ stand beside it. Leave a column out that is something else with --ignore.",
);

pub(crate) const COURSE: Code = Code::new(
    "cohort.course",
    "The planned course is not the prescribed one",
    "The phases of the planned course differ from those of the prescribed one in number of fractions or dose. Both are compared exactly. The prescribed course is the one in the row, or else the one of the arm; where the protocol leaves that open, a column of courses is empty in the row, or the row has no course and its arm has one, the row is cannot tell.",
    "Compare plan and prescription.",
);
pub(crate) const ARM: Code = Code::new(
    "cohort.arm",
    "An arm that settles nothing",
    "The row names no arm or treatment of the protocol, an arm with several treatments, or one whose text leaves open whether the drug is given, gives it in two regimens or names a largest dose and not which. What the row should have cannot be told.",
    "Give the id of the arm, or of the treatment where an arm has several: chemorad protocol show lists them.",
);
pub(crate) const DATES: Code = Code::new(
    "cohort.dates",
    "Dates in an order that cannot be",
    "The last fraction is before the first one, or more than a year after it.",
    "Correct the dates.",
);
pub(crate) const TREATMENT_DAY: Code = Code::new(
    "cohort.treatment_day",
    "A date on which no fraction is given",
    "The first fraction is on a date on which the site does not treat, by the weekdays and holidays of the site file: the row fails. Where no site file says on which days it treats, a first fraction on a Saturday, a Sunday, 25 December or 1 January is cannot tell. A last fraction on such a date is a warning: it may have been given to catch up.",
    "Check the date: month and day may be exchanged. Name a site file whose weekdays and holidays are those of the site.",
);
pub(crate) const DAYS: Code = Code::new(
    "cohort.days",
    "Days of intake that the course does not have",
    "The column days gives another number than the course has: the fractions, one a day, where the drug is taken on the days of radiotherapy; the weekdays or all days from the first to the last fraction. Which days these are is said by the protocol or by capecitabine_days of the site file; where the site file takes others than the protocol states, the row fails too. Where neither says it, more days than from the first date to the last are cannot tell.",
    "Count the days, and compare with the course and its dates.",
);
pub(crate) const START: Code = Code::new(
    "cohort.start",
    "A start outside the window of the protocol",
    "The first fraction is not within the days after the event from which the protocol counts. A file without these dates is not judged by them; a row without one of them is cannot tell.",
    "Check both dates.",
);
pub(crate) const FORMULA: Code = Code::new(
    "cohort.formula",
    "An identifier that a spreadsheet takes for a formula",
    "The identifier begins with =, +, -, @ or a tab. In records as CSV it has an apostrophe in front, so that a spreadsheet shows it and does not calculate it.",
    "Find out whether it is the identifier that was meant.",
);
pub(crate) const NAMES: Code = Code::new(
    "cohort.names",
    "A name that the first line has not",
    "A line of JSON has a value under a name that is known and that the first line of the file has not, so that no column holds it. The row is not read without it.",
    "Give the first line every name, with null where it has no value.",
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
    SWALLOWED_LINES,
    ID_TWICE,
    ID_MISSING,
    ORDERED,
    ORDER_MISSING,
    DISPENSED,
    DISPENSED_MISSING,
    WEIGHT_UNIT,
    HEIGHT_UNIT,
    DOSE_OF_DAY,
    DOSE_UNIT,
    COURSE,
    ARM,
    DATES,
    OVERALL_TIME,
    TREATMENT_DAY,
    DAYS,
    START,
    NAMES,
    FORMULA,
    NO_ROWS,
    NO_ORDER,
    NO_FREQUENCY,
    NO_DISPENSED,
    NO_COURSE,
    REGIMEN_BY_HAND,
    NOT_READ,
];
