//! The codes of refusals: what was wrong with the input of a command.

use chemorad::report::Code;
pub(crate) use chemorad_reader::{
    ENCODING as FILE_ENCODING, FORMAT as FILE_FORMAT, SIZE as FILE_SIZE,
    UNREADABLE as FILE_UNREADABLE,
};

macro_rules! codes {
    ($($constant:ident = $name:literal, $title:literal, $meaning:literal, $action:literal;)+) => {
        $(pub(crate) const $constant: Code = Code::new($name, $title, $meaning, $action);)+

        /// Every code of a refusal, but for those of files, which the reader has.
        pub(crate) const CODES: &[Code] = &[$($constant),+];
    };
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
    GAP_REFUSED = "gap.refused",
        "An interruption that cannot be computed",
        "The dates and the numbers of fractions contradict one another or the calendar.",
        "Correct the date or the number that the message names.";
    PATIENT_REFUSED = "patient.refused",
        "A patient that cannot be computed with",
        "A formula does not hold for these numbers, or needs one that was not given.",
        "Give the number, or choose another formula.";
    PATIENT_FORMULA = "patient.formula",
        "No such formula",
        "No formula of the body surface area has this name.",
        "Take one of those in the message.";
    CAPECITABINE_REFUSED = "capecitabine.refused",
        "An order that cannot be made",
        "Tablets, rounding, rules or dates do not make an order: the message names the one that cannot be.",
        "Correct it as the message says.";
    RULE_SET_TOPIC = "rule_set.topic",
        "A rule set that does not speak on it",
        "The rule set that was named has no rule for what is asked.",
        "Name another rule set, or leave it out.";
    RULE_SET_TWO_FILES = "rule_set.two_files",
        "Two rule sets under one name",
        "Case and site name a rule-set file of one name, and the two files differ.",
        "Give one of them another name.";
    CASE_REFUSED = "case.refused",
        "A case that cannot be computed",
        "The parts of the case contradict one another or the protocol, or one that is needed is missing.",
        "Correct the part that the message names.";
    CASE_TEMPLATE = "case.template",
        "No template for this",
        "No case can be written for what was asked.",
        "Name a protocol, arm or command that has one.";
    COHORT_REFUSED = "cohort.refused",
        "A table that cannot be read",
        "The file is no table of patients, its columns are not known, or they contradict one another or the settings.",
        "Correct the column or the setting that the message names.";
    COHORT_COLUMNS = "cohort.columns",
        "Columns that cannot be used",
        "A column is unknown, is asked about, or does not go with the others.",
        "Name the columns as the message says.";
    COHORT_THREADS = "cohort.threads",
        "A number of threads that cannot be",
        "The number of threads is out of range.",
        "Give a number of the stated range.";
    EXPORT_COLUMN = "export.column",
        "A column of the export that is not known",
        "The first line names a column that is not known, or one of them twice.",
        "Name the columns with --columns.";
    EXPORT_COURSES = "export.courses",
        "Several courses where one is meant",
        "The export holds several courses, or more plans were given as well.",
        "Check them one by one, or with --each.";
    EXPORT_EMPTY = "export.empty",
        "An export without a prescription",
        "There is no row of a prescription in the export.",
        "Check the export.";
    EXPORT_ROW = "export.row",
        "A row of the export that cannot be read",
        "A row has another number of cells than the first line, a value that its column cannot hold, or misses one that is needed.",
        "Correct the row that the message names.";
    CHECK_REFUSED = "check.refused",
        "Plans that cannot be held together",
        "What was given cannot be checked as one course: volumes, plans or names of targets contradict one another.",
        "Correct the argument that the message names.";
    CHECK_PRESCRIBED = "check.prescribed",
        "A prescription to check against that cannot be used",
        "The prescribed course is not settled, or its volumes cannot be told apart.",
        "Name the arm, the treatment or the choice that settles it.";
    CHECK_TOLERANCE = "check.tolerance",
        "A tolerance that cannot be",
        "The name or the size of a tolerance is none that a check has.",
        "Write it as the message says.";
    CHECK_ENTERED = "check.entered",
        "A prescription as entered that cannot be read",
        "The numbers of the prescription as entered contradict one another or are incomplete.",
        "Correct the entry.";
    CHECK_PRESCRIPTION = "check.prescription",
        "A prescription as typed that cannot be read",
        "The course that was typed contradicts itself.",
        "Correct it as the message says.";
    LIMITS_REFUSED = "limits.refused",
        "Dose limits that cannot be read",
        "A table of limits has a row that is no limit.",
        "Correct the row that the message names.";
    LIMITS_UNKNOWN = "limits.unknown",
        "No such table of limits",
        "No shipped table of limits has this name.",
        "Take one of those in the message, or name a file.";
    LIMITS_PROTOCOL = "limits.protocol",
        "The protocol has no such limits",
        "The protocol, or the part of it that was named, has no limits.",
        "Name another part, or a table.";
    LIMITS_GOAL = "limits.goal",
        "A goal that cannot be read",
        "The text is no dose or volume with a bound.",
        "Write it as the message says.";
    LIMITS_FILES = "limits.files",
        "Not one structure set and one dose",
        "Limits need one structure set and one dose of the course among the files.",
        "Leave the others out.";
    LIMITS_TABLE = "limits.names",
        "A table of organs that cannot be read",
        "The file that names the organs of structures has a row that is no name and organ.",
        "Give it the columns name and organ.";
    PROTOCOL_UNKNOWN = "protocol.unknown",
        "No such protocol",
        "No shipped protocol has this name, and no file either.",
        "Take one of chemorad protocol list, or name a file.";
    PROTOCOL_INCOHERENT = "protocol.incoherent",
        "A protocol that its lint finds wrong",
        "The protocol contradicts itself or its source. No dose is taken from it.",
        "Correct the file. chemorad protocol lint shows everything.";
    PROTOCOL_PART_UNKNOWN = "protocol.part_unknown",
        "The protocol has no such part",
        "The protocol has no arm, course or treatment of this name.",
        "Take one of those in the message.";
    PROTOCOL_PART_MISSING = "protocol.part_missing",
        "A part of the protocol that must be named",
        "The protocol has several arms or treatments, and they differ in what is asked.",
        "Name one of those in the message.";
    PROTOCOL_CONTRADICTED = "protocol.contradicted",
        "A setting that contradicts the protocol",
        "What was given is not what the protocol prescribes.",
        "Leave it out, or name another protocol.";
    PROTOCOL_FACT = "protocol.fact",
        "A fact that cannot be",
        "The protocol declares no fact of this name or value, or two facts contradict one another.",
        "Take one of those in the message.";
    PROTOCOL_CONVERT = "protocol.convert",
        "A prescription that cannot be taken over",
        "The document has a part that a protocol cannot hold.",
        "Correct the part that the message names.";
    PROTOCOL_SOURCE = "protocol.source_text",
        "The text of a source cannot be read",
        "The text of the document that the protocol quotes cannot be read.",
        "Give the text of the document.";
    PROTOCOL_COURSE = "protocol.course",
        "A course that the protocol leaves open",
        "The protocol does not settle the doses of this course.",
        "Choose one of those that it names, or ask the investigators.";
    HISTOGRAM_REFUSED = "histogram.refused",
        "A histogram that cannot be read",
        "The file is no dose-volume histogram, or it does not say which kind it is.",
        "Correct the file, or give what the message asks for.";
    HISTOGRAM_UNWRITTEN = "histogram.unwritten",
        "Histograms that cannot be written",
        "The histograms cannot be written in this format.",
        "Look at the message.";
    RESPONSE_REFUSED = "response.refused",
        "A response model that does not apply",
        "The model does not hold for these numbers.",
        "Correct the number that the message names.";
    RESPONSE_PARAMETER = "response.parameter",
        "A parameter that the model cannot have",
        "A parameter is missing, is out of range, or is one of another model.",
        "Give it as the message says.";
    RESPONSE_UNKNOWN = "response.unknown",
        "No such set of parameters",
        "No published set of parameters has this name.",
        "Take one of those in the message.";
    STRUCTURE_REFUSED = "structure.refused",
        "A structure that cannot be measured",
        "The contours of the structure make no volume.",
        "Correct the structure set.";
    STRUCTURE_PLANES = "structure.planes",
        "Contours without a distance",
        "The distance between the planes of the contours cannot be told or cannot be.",
        "Give it as the message says.";
    STRUCTURE_NAME_TWICE = "structure.name_twice",
        "Several structures of one name",
        "The structure set has several structures of this name.",
        "Rename one of them in the structure set.";
    METRIC_REFUSED = "metric.refused",
        "A metric that cannot be read",
        "The text is no metric of a dose-volume histogram.",
        "Write it such as D95%, V20Gy or Dmean.";
    DOSE_REFUSED = "dose.refused",
        "A dose that cannot be computed with",
        "The dose grid has no place, or a volume of it cannot be told.",
        "Look at the message.";
    DOSE_GRID = "dose.grid",
        "A dose grid that cannot be",
        "The points of the grid, its spacing or the number of its voxels contradict one another.",
        "Export the dose again.";
    DOSE_NO_GRID = "dose.no_grid",
        "A file without a dose grid",
        "The file has no voxels of dose.",
        "Give the file that has them.";
    DOSE_NOT_SUMMED = "dose.not_summed",
        "Doses that cannot be added here",
        "The doses lie on different grids or may be one dose twice, and adding them needs a decision.",
        "Add them first, with chemorad dose sum, and give the sum.";
    DOSE_CONVERT = "dose.convert",
        "Doses that cannot be converted or added",
        "The doses are of different patients, grids, frames or kinds, or one may be given twice.",
        "Give what the message asks for.";
    DICOM_REFUSED = "dicom.refused",
        "A DICOM file that cannot be used",
        "The file is not DICOM, is damaged, or lacks what is needed.",
        "Export it again.";
    DICOM_NONE = "dicom.none",
        "No file of the kind that is needed",
        "There is no DICOM object of the kind that is needed among the files.",
        "Name the files, or a folder that holds them.";
    DICOM_TWO_VERSIONS = "dicom.two_versions",
        "Two versions of one object",
        "Two files have one SOP Instance UID and different contents.",
        "Give the one that is meant.";
    DICOM_TWO_PATIENTS = "dicom.two_patients",
        "Files of different patients",
        "Two files that belong together have different Patient IDs.",
        "Give the files of one patient.";
    EXCHANGE_REFUSED = "exchange.refused",
        "It cannot be exported",
        "The format has no place for a part of what is to be exported, or needs one that is not there.",
        "Give what the message asks for, or choose another format.";
    EXPLAIN_UNKNOWN = "explain.unknown",
        "No such code",
        "No finding and no refusal has this code.",
        "Take the one that is proposed, or list all with chemorad explain.";
    SELFTEST_INSIDE = "selftest.inside",
        "A self-test inside a self-test",
        "A case of a self-test asks for a self-test, which would not end.",
        "Give the case the arguments of another command.";
    SELFTEST_CASE = "selftest.case",
        "A case of the self-test that cannot be run",
        "A file of cases holds one that cannot be read or asked.",
        "Correct the case that the message names.";
    SELFTEST_EARLIER = "selftest.earlier",
        "Not an earlier self-test",
        "The file to compare with is not what a self-test writes as JSON.",
        "Give the output of chemorad selftest --format json.";
    SITE_REFUSED = "site.refused",
        "A site file that contradicts itself",
        "Values of the site file contradict one another or the date.",
        "Correct the value that the message names.";
    VOXELS_LENGTH = "voxels.length",
        "Arrays of different length",
        "The arrays of one call have different lengths.",
        "Give arrays of one length.";
    VOXELS_INVALID = "voxels.invalid",
        "A voxel that is no dose",
        "A voxel is negative, infinite or not a number.",
        "Correct the array.";
    VOXELS_REFUSED = "voxels.refused",
        "Voxels that cannot be computed",
        "The array cannot be computed with.",
        "Look at the message.";
    VOXELS_BORROWED = "voxels.borrowed",
        "An array that is in use or of another form",
        "The array is not contiguous, is of another type, or is written elsewhere at the same time.",
        "Give it as the message says.";
    VOXELS_THREADS = "voxels.threads",
        "A number of threads that cannot be",
        "The number of threads is out of range.",
        "Give a number of the stated range.";
}
