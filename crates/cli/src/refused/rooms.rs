//! The codes of refusals by the rooms: doses, drug, cases, cohorts, plans, protocols, structures and files of DICOM.

use chemorad::report::Code;

codes! {
    GAP_REFUSED = "gap.refused",
        "An interruption that cannot be computed",
        "The dates and the numbers of fractions contradict one another or the calendar.",
        "Correct the date or the number that the message names.";
    GAP_PLAN = "gap.plan",
        "A gap without a course that can be planned",
        "The case has no prescription, a title that is none, or a plan with days that cannot be.",
        "Correct what the message names.";
    GAP_RESUME = "gap.resume",
        "A day to resume that cannot be",
        "No day to resume was given and none follows, or the day is closed or not after the last fraction.",
        "Give a treatment day after the last delivered fraction.";
    GAP_DELIVERED = "gap.delivered",
        "Delivered fractions that contradict the plan",
        "What was delivered is nothing, more than prescribed, of another dose, or does not begin with the first day.",
        "Give the fractions that were delivered.";
    GAP_MISSED = "gap.missed",
        "Missed dates that contradict the plan",
        "A missed date is no planned treatment date, is listed twice, or is the start.",
        "List each planned date that was missed once.";
    GAP_WAYS = "gap.ways",
        "Ways of compensation that cannot be",
        "Extra weekdays, an interval or a step of dose contradict the plan or one another.",
        "Give them as the message says.";
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
    CAPECITABINE_REGIMEN = "capecitabine.regimen",
        "A regimen that cannot be read",
        "The intensity, per administration or per day, or the number of administrations a day is missing, is none, or is not one that is known.",
        "Write it such as \"825 mg/m2 bid\".";
    CAPECITABINE_ORDER_TEXT = "capecitabine.order_text",
        "An order or a dispensing that cannot be read",
        "The text of an order or of what was dispensed has not the form that is needed.",
        "Write an order such as \"1500mg bid\", tablets such as 168x500mg.";
    CAPECITABINE_DAY = "capecitabine.day",
        "Parts of a day that cannot be",
        "The dose of a day cannot be divided as it is asked for.",
        "Choose another division, or other tablets.";
    CAPECITABINE_STOCK = "capecitabine.stock",
        "Tablets in stock that cannot be",
        "The stock is empty, lists a strength twice, or limits one that it does not have.",
        "List each strength once, with its limit.";
    CAPECITABINE_ROUNDING = "capecitabine.rounding",
        "A rounding that is not settled",
        "The rounding or its rule for a tie is missing or is none that is known.",
        "Choose one of those in the message.";
    CAPECITABINE_NOT_DELIVERABLE = "capecitabine.not_deliverable",
        "A dose that the tablets cannot give",
        "No number of the tablets in stock gives a dose within the rounding, the limits and the cap.",
        "Choose other tablets, another rounding or another limit.";
    CAPECITABINE_BANDS = "capecitabine.bands",
        "A table of doses that does not fit",
        "The bands overlap, do not reach this patient, are for another regimen, or cannot be given with the tablets.",
        "Correct the table, or choose another rounding.";
    CAPECITABINE_RULE_SET = "capecitabine.rule_set",
        "Rule sets that cannot be used together",
        "A rule set is not known, is given twice, was changed under its name, has no rule on the topic, or is waived and given.",
        "Name one set for each topic, or waive the topic.";
    CAPECITABINE_TOXICITY = "capecitabine.toxicity_text",
        "A toxicity that cannot be read",
        "The toxicity, its grade or its occurrence is none that the rules know.",
        "Write it as the message says.";
    CAPECITABINE_DECISION = "capecitabine.decision_input",
        "A decision that has nothing to decide",
        "A decision against a rule has no reason, is given twice, or is about a rule that does not apply or cannot be decided against.",
        "Leave it out, or give it with its reason.";
    CAPECITABINE_OTHER_DRUG = "capecitabine.other_drug",
        "Another drug that cannot be told",
        "The name of another drug is none, or may be several.",
        "Write the name of its substance.";
    CAPECITABINE_ONE_PATIENT = "capecitabine.one_patient",
        "A value that belongs to one patient",
        "Rules for many patients hold what is known of one alone.",
        "Leave it out of the rules.";
    CAPECITABINE_DAYS = "capecitabine.days",
        "Days of intake that cannot be",
        "The days on which the drug is taken are missing, are out of order, or are too many.",
        "Give the kind of days, the start and the course.";
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
    CASE_CHOICE = "case.choice",
        "An answer that is not a choice",
        "The answer to an open question of the protocol is not one of its choices.",
        "Take one of the choices in the message.";
    CASE_ARM = "case.arm",
        "No arm for this patient",
        "The protocol has no arm for the pathology of the case.",
        "Correct the pathology, or take another protocol.";
    CASE_PROTOCOL = "case.protocol",
        "A protocol that does not go with the case",
        "The case names another protocol, or the protocol does not hold together.",
        "Give the protocol of the case, and lint it first.";
    CASE_CONTRADICTION = "case.contradiction",
        "Facts that contradict each other",
        "Two facts of the case cannot both be true.",
        "Correct the one that is wrong.";
    CASE_NAME = "case.name",
        "A name in a case that cannot be",
        "A title or name is empty, too long, or given twice.",
        "Give each volume and course a name of its own.";
    CASE_VOLUME = "case.volume",
        "Courses without their volumes",
        "No volume is listed, or a course names one that is not.",
        "List each volume, and use its name in every course.";
    CASE_TEMPLATE = "case.template",
        "No template for this",
        "No case can be written for what was asked.",
        "Name a protocol, arm or command that has one.";
    COHORT_REFUSED = "cohort.refused",
        "A table that cannot be read",
        "The file is no table of patients, its columns are not known, or they contradict one another or the settings.",
        "Correct the column or the setting that the message names.";
    COHORT_FILE = "cohort.file",
        "A table that cannot be read",
        "The file has no rows in the form that is needed, or a part of it is too long.",
        "Export it again as CSV, NDJSON or Parquet.";
    COHORT_RULES = "cohort.rules",
        "A cohort without its rules",
        "An arm, a rule or the basis of the weight that the columns need is missing or given twice.",
        "Give it by its flag, in the site file, or as a column.";
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
    CHECK_DOSE_WITHOUT_PLAN = "check.dose_without_plan",
        "A dose without its plan",
        "With --each, a dose is checked with the one plan that it names, and that plan is not there or there are several.",
        "Give the plan with it, or check the files as one course, without --each.";
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
    DOSE_KIND = "dose.kind",
        "A dose of a kind that cannot be converted",
        "The dose is relative, is no absorbed dose, or is of several plans or of a part that has no term.",
        "Give the physical dose of one plan in gray.";
    DOSE_TWICE = "dose.twice",
        "Treatment that would be counted twice",
        "Two doses hold the same treatment, or may hold it.",
        "Give each part once, or say why they are of different treatment.";
    DOSE_FRACTIONS = "dose.other_fractions",
        "Another number of fractions than the plan has",
        "The dose is to be converted with another number of fractions than its plan states.",
        "Were the fractions of two phases exchanged? Give those of the plan.";
    DOSE_PLAN = "dose.plan",
        "A plan that is not that of a dose",
        "None of the doses refers to the plan.",
        "Give the plan of the doses.";
    DOSE_FRAME = "dose.frame",
        "Doses whose positions do not mean the same",
        "The frames of reference differ, or none is stated.",
        "Export both doses in one frame of reference.";
    DOSE_GRIDS = "dose.grids",
        "Grids that do not coincide",
        "The voxels of the doses lie elsewhere, one grid does not cover the other, or where they lie is not defined.",
        "Calculate both on one grid, or ask for it to be resampled.";
    DOSE_IMPLAUSIBLE = "dose.implausible",
        "A maximum that cannot be meant",
        "The largest dose is not one that is given to a patient.",
        "Check Dose Grid Scaling.";
    DICOM_REFUSED = "dicom.refused",
        "A DICOM file that cannot be used",
        "The file is not DICOM, is damaged, or lacks what is needed.",
        "Export it again.";
    DICOM_NOT_DICOM = "dicom.not_dicom",
        "Not a DICOM file",
        "The file has neither a DICOM header nor a first element that could be one.",
        "Give the file that was exported.";
    DICOM_DAMAGED = "dicom.damaged",
        "A DICOM file that is cut off or damaged",
        "The file ends inside an element, cannot be inflated, or its structure makes no sense.",
        "Export it again.";
    DICOM_TRANSFER_SYNTAX = "dicom.transfer_syntax",
        "A transfer syntax that is not read",
        "The file is encoded in a way that is not supported.",
        "Export it uncompressed.";
    DICOM_WRONG_KIND = "dicom.wrong_kind",
        "A DICOM object of another kind",
        "The file is read, and is of another kind than is needed.",
        "Give a file of the kind that the message names.";
    DICOM_MISSING = "dicom.missing",
        "An element that is missing",
        "The file lacks an element without which it cannot be used.",
        "Export it again with that element.";
    DICOM_VALUE = "dicom.value",
        "A value that an element cannot have",
        "An element holds text that is not of its kind.",
        "Correct it where the file comes from, and export it again.";
    DICOM_UNWRITTEN = "dicom.unwritten",
        "A dose that cannot be written",
        "The source does not hold what the file to be written must have.",
        "Export the source again.";
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
