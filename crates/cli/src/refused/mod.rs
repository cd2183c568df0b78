//! The codes of refusals: what was wrong with the input of a command, its files and its values.

use chemorad::report::Code;
pub(crate) use chemorad_reader::{
    ENCODING as FILE_ENCODING, FORMAT as FILE_FORMAT, SIZE as FILE_SIZE,
    UNREADABLE as FILE_UNREADABLE,
};

macro_rules! codes {
    ($($constant:ident = $name:literal, $title:literal, $meaning:literal, $action:literal;)+) => {
        $(pub(crate) const $constant: Code = Code::new($name, $title, $meaning, $action);)+

        /// Those of this table.
        pub(super) const TABLE: &[Code] = &[$($constant),+];
    };
}

mod rooms;

pub(crate) use rooms::*;

/// Every code of a refusal, but for those of files, which the reader has.
pub(crate) fn codes() -> impl Iterator<Item = &'static Code> {
    TABLE.iter().chain(rooms::TABLE)
}

codes! {
    INPUT_CONFLICT = "input.conflict",
        "Arguments that exclude one another",
        "Two arguments say the same thing, say it in two ways, or one of them is not for what the other asks. Taking one of them would drop the other without a word.",
        "Leave out the one that is not meant.";
    INPUT_CONTRADICTED = "input.contradicted",
        "An argument that the files contradict",
        "What was typed is not what the plan or the prescribed course says.",
        "Leave the argument out, or give the file that it is true of.";
    INPUT_MISSING = "input.missing",
        "An argument that is missing",
        "The command needs a value that was not given, and it has no default: a value that is guessed may be the wrong one for the patient.",
        "Give it. The message says what it may be.";
    INPUT_NUMBER = "input.number",
        "A number that is out of range",
        "The number is too large, or no number was given where one is needed.",
        "Give a number of the stated range.";
    INPUT_NUMBER_OF_VALUES = "input.number_of_values",
        "Too many or too few values",
        "The argument takes another number of values.",
        "Give as many as the help of the command says.";
    INPUT_SEVERAL = "input.several",
        "Several reasons with codes of their own",
        "The input is wrong in several ways, and each has another code.",
        "Correct each as the message says.";
    INPUT_TEXT = "input.text",
        "Text that cannot be read",
        "The argument is not text in UTF-8, or not of the type that is needed.",
        "Write it in UTF-8.";
    INPUT_UNKNOWN_ARGUMENT = "input.unknown_argument",
        "An argument that does not exist",
        "The command has no argument of this name. One that was ignored would be a value dropped without a word.",
        "Correct the name, or look into the help of the command.";
    INPUT_UNKNOWN_COMMAND = "input.unknown_command",
        "A command that does not exist",
        "There is no command of this name, or none was given.",
        "Correct the name. The help lists the commands.";
    INPUT_UNKNOWN_NAME = "input.unknown_name",
        "A name that names nothing here",
        "No structure, organ, course, volume or drug of what was given has this name.",
        "Take one of the names in the message.";
    INPUT_VALUE = "input.value",
        "A value that the argument cannot take",
        "The value is not one of the choices, is not written as the argument needs it, or is out of its range.",
        "Write it as the message says.";
    FILE_EXISTS = "file.exists",
        "A file that would be replaced",
        "The file that is to be written exists already. What was filed is never replaced unasked.",
        "Choose another name, or give --force.";
    FILE_IS_INPUT = "file.is_input",
        "A file that is read and would be written",
        "The file that is to be written is one of those that are read.",
        "Choose another name.";
    FILE_KIND = "file.kind",
        "Not a file",
        "What is to be written to is a folder or a device, not a file.",
        "Name a file.";
    FILE_NAME = "file.name",
        "A name that does not say how the file is written",
        "The ending of the name says in which format a file is written, and this one is none of those that are known.",
        "Take one of the endings in the message.";
    FILE_LINK = "file.link",
        "A link to a folder",
        "A folder holds a link to another folder, which is not followed.",
        "Name the other folder itself.";
    FILE_NO_FOLDER = "file.no_folder",
        "The folder does not exist",
        "The folder in which the file is to be written does not exist.",
        "Make the folder, or correct its name.";
    FILE_OPEN_QUOTE = "file.open_quote",
        "A quotation mark that is never closed",
        "A cell of the table begins with a quotation mark that is not closed, so that the rows after it would be part of the cell.",
        "Close it, or take it out.";
    FILE_UNWRITABLE = "file.unwritable",
        "The file cannot be written",
        "The system refuses to write the file: no right, no space, or a name that it does not take.",
        "Look at the message of the system.";
    PICTURE_REFUSED = "picture.refused",
        "More than a picture can show",
        "The picture would hold more lines than can be told apart, or has no scale.",
        "Name those that are to be drawn.";
    DEFECT_OUTPUT = "defect.output",
        "The answer cannot be written",
        "The program has a result and cannot write it in this format. This is a fault of the program, not of the input.",
        "Report it, with the command.";
    PAGE_REQUEST = "page.request",
        "A request that the page cannot answer",
        "The page asked its own program in a way that the program does not know.",
        "Load the page again. Report it where that does not help.";
    REPORT_NAME = "report.name",
        "No name for the report",
        "The name of the report cannot be made from that of the patient.",
        "Name the file.";
    REPORT_PATIENT = "report.patient",
        "Another patient than that of the files",
        "The patient that was given for the report is not the one that the files are about.",
        "Correct the patient, or give the files of this one.";
    QUANTITY_EMPTY = "quantity.empty",
        "A quantity without text",
        "No number and no unit was given.",
        "Write a number with its unit, such as 45Gy.";
    QUANTITY_MISSING_NUMBER = "quantity.missing_number",
        "A quantity without a number",
        "There is a unit and no number before it.",
        "Write a number with its unit, such as 45Gy.";
    QUANTITY_MALFORMED_NUMBER = "quantity.malformed_number",
        "Not a number",
        "What stands before the unit is not a decimal number.",
        "Write digits with a decimal point, such as 1.8Gy.";
    QUANTITY_TOO_MANY_DIGITS = "quantity.too_many_digits",
        "More digits than can be held",
        "The number has more digits than the exact type holds.",
        "Write fewer digits.";
    QUANTITY_NOT_FINITE = "quantity.not_finite",
        "Infinite or not a number",
        "The number is infinite, or is not a number.",
        "Give a finite number.";
    QUANTITY_NEGATIVE = "quantity.negative",
        "A negative quantity",
        "The quantity cannot be negative.",
        "Correct the sign.";
    QUANTITY_ZERO = "quantity.zero",
        "A quantity of zero",
        "The quantity cannot be zero.",
        "Give the value, or leave the argument out.";
    QUANTITY_DECIMAL_COMMA = "quantity.decimal_comma",
        "A decimal comma",
        "A comma parts values from one another, and in some texts thousands: 1,800 is 1.8 or 1800.",
        "Write a decimal point.";
    QUANTITY_MISSING_UNIT = "quantity.missing_unit",
        "A number without its unit",
        "A number without a unit is never guessed at: 45 may be gray or centigray.",
        "Write the unit.";
    QUANTITY_UNKNOWN_UNIT = "quantity.unknown_unit",
        "A unit that the quantity does not have",
        "The unit is not one of this quantity.",
        "Take one of the units in the message.";
    QUANTITY_TOO_PRECISE = "quantity.too_precise",
        "Finer than the quantity is held",
        "The number has decimals below the smallest step that the exact type holds. It is not rounded unasked.",
        "Round it, and keep who rounded it.";
    QUANTITY_BELOW_MINIMUM = "quantity.below_minimum",
        "Below the smallest plausible value",
        "The value is below what the quantity can be. A wrong unit or a lost digit is the likeliest reason.",
        "Check the number and its unit.";
    QUANTITY_ABOVE_MAXIMUM = "quantity.above_maximum",
        "Above the largest plausible value",
        "The value is above what the quantity can be. A wrong unit or a digit too many is the likeliest reason.",
        "Check the number and its unit.";
    QUANTITY_REFUSED = "quantity.refused",
        "A quantity that cannot be read",
        "The text is not a quantity of the kind that is needed.",
        "Write it as the message says.";
    QUANTITY_EQUIVALENT = "quantity.equivalent",
        "An equivalent dose that cannot be read",
        "The text is no BED or EQDx, or says no alpha/beta: two of them are comparable at one alpha/beta alone.",
        "Write it as the message says.";
    NUMBER_REFUSED = "number.refused",
        "A decimal number that cannot be read",
        "The text is not a decimal number, or has more digits than can be held.",
        "Write digits with a decimal point.";
    FRACTIONATION_MALFORMED = "fractionation.malformed",
        "Not a fractionation",
        "The text does not say how many fractions of which dose there are.",
        "Write it in one of the accepted forms, such as 45Gy/25.";
    FRACTIONATION_COUNT = "fractionation.count",
        "A number of fractions that cannot be",
        "The number of fractions is no whole number, is zero, or is larger than any course has.",
        "Correct the number.";
    FRACTIONATION_UNIT_SLIP = "fractionation.unit_slip",
        "A dose in the wrong unit",
        "The dose per fraction is a hundredth or a hundred times of what is given: gray and centigray are exchanged.",
        "Correct the unit.";
    FRACTIONATION_NOT_LOW = "fractionation.not_low",
        "Not a low dose",
        "The dose per fraction is confirmed as low, and it is not.",
        "Leave the confirmation out, or correct the dose.";
    FRACTIONATION_PHASES = "fractionation.phases",
        "Several phases where one is meant",
        "The text has several phases, and one is asked for.",
        "Give one phase.";
    FRACTIONATION_TOTAL_TOO_LARGE = "fractionation.total_too_large",
        "A total dose that is too large",
        "The total dose is larger than any course gives.",
        "Check the dose per fraction and the number of fractions.";
    FRACTIONATION_INCONSISTENT = "fractionation.inconsistent",
        "Number, dose and total contradict",
        "The number of fractions times the dose per fraction is not the total. One of the three is wrong, and nobody but the person who wrote it knows which.",
        "Correct the wrong one.";
    FRACTIONATION_NOT_WHOLE = "fractionation.not_whole",
        "A total that is no multiple of the fraction",
        "The total is not a whole number of fractions of this dose.",
        "Correct the total or the dose per fraction.";
    FRACTIONATION_REFUSED = "fractionation.refused",
        "A fractionation that cannot be used",
        "The numbers make no fractionation.",
        "Correct them as the message says.";
    FRACTIONATION_DAY = "fractionation.day",
        "Fractions of a day that cannot be",
        "The number of fractions a day and the time between them do not go together, or the time is shorter than the site allows.",
        "Correct the number or the time.";
    COURSE_REFUSED = "course.refused",
        "Phases that make no course",
        "The phases do not go together: a volume follows itself, a dose is above what a course has, or a phase is named twice.",
        "Correct the phases as the message says.";
    COURSE_PHASE = "course.phase",
        "A phase that cannot be used",
        "The name, the fractions or the place of a phase cannot be.",
        "Correct the phase as the message says.";
    DATE_REFUSED = "date.refused",
        "A date that cannot be used",
        "The text is no date, a date that does not exist, or a list without dates.",
        "Write dates as 2026-12-07.";
    SCHEDULE_REFUSED = "schedule.refused",
        "Fractions that have no dates",
        "The calendar has no day for a fraction, or its days contradict one another.",
        "Correct the first date, the weekdays or the holidays.";
    MODEL_REFUSED = "model.refused",
        "A model that does not apply",
        "The numbers lie outside of what the model is defined for.",
        "Change the number that the message names, or leave that part of the model out.";
    MODEL_FINAL_SLOPE = "model.final_slope",
        "A final slope that cannot be",
        "The slope of the linear tail or its transition dose is not one that the model can have.",
        "Correct the parameter.";
    MODEL_PARAMETERS = "model.parameters",
        "Parameters of a model that do not go together",
        "A parameter is missing, is out of range, or is one of another model.",
        "Complete or correct it as the message says.";
    MODEL_TARGET = "model.target",
        "A target that no schedule reaches",
        "No dose per fraction or number of fractions reaches the effect that is asked for.",
        "Change the target, or the number that is held.";
    MODEL_INTERVAL = "model.interval",
        "An interval of alpha/beta that cannot be",
        "The bounds of the interval are in the wrong order or are no alpha/beta.",
        "Write it as 3Gy..5Gy.";
    MODEL_UNCERTAINTY = "model.uncertainty",
        "An uncertainty that cannot be used",
        "The uncertainty is no size that the value can have.",
        "Correct it as the message says.";
    MODEL_UNKNOWN_RECORD = "model.unknown_record",
        "No such published record",
        "No record of published parameters has this name.",
        "Take one of chemorad endpoints.";
    EARLIER_COURSE_REFUSED = "earlier_course.refused",
        "An earlier course that cannot be taken into account",
        "The dates, the dose or the share of recovery of an earlier course cannot be.",
        "Correct it as the message says.";
}
