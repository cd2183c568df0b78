//! The codes of records of treatment: what each means and what to do.

use chemorad::report::Code;

const RECORD: &str = "DICOM PS3.3 C.8.8.21, RT Beams Session Record";

pub(crate) const SAME_OBJECT: Code = Code::new(
    "record.same_object",
    "A record given twice",
    "Two files are one object by their SOP Instance UID: a copy. It is counted once. Where the two do not say the \
     same of the session, what was given is not known.",
    "None is needed for a copy, unless another record was meant. Export both sessions anew where they differ.",
);
pub(crate) const DATE: Code = Code::new(
    "record.date",
    "A record without a date",
    "Without its Treatment Date a session cannot be placed in the course, so it is not counted.",
    "Take the date from the record and verify system, and give dates by hand.",
)
.with_source("DICOM PS3.3 C.8.8.17, Treatment Date (3008,0250)");
pub(crate) const PLAN: Code = Code::new(
    "record.plan",
    "The plan of a record",
    "A record names the plan that was given. Where it names none, nothing says that it is of this course; where it \
     names several, which one was given is not known, and it is not counted.",
    "Look the session up in the record and verify system.",
)
.with_source("DICOM PS3.3 C.8.8.17, Referenced RT Plan Sequence (300C,0002)");
pub(crate) const NOTHING_DELIVERED: Code = Code::new(
    "record.nothing_delivered",
    "A session that gave nothing",
    "Every beam of a fraction was broken off on that day with no more than 1 % of its meterset (this project's choice), \
     and no dose above 0.01 Gy is stated for it. The day is none of treatment, and the fraction counts on the day on which something of it was given.",
    "Make sure in the record and verify system that nothing was given.",
)
.with_source("DICOM PS3.3 C.8.8.21, Delivered Primary Meterset (3008,0036)");
pub(crate) const NOT_STATED: Code = Code::new(
    "record.not_stated",
    "Given, and not stated for a volume",
    "The records of a course hold a fraction group, such as that of a boost, for which the case states no dose to a \
     volume. Where the case states it for another volume, it is taken as none for this one, and it is said. Where it \
     states it for none, what the volumes got is not known, and nothing is calculated.",
    "State in the case what each volume got of each fraction group. Leave the records of a group out that reached \
     none of the volumes.",
);
pub(crate) const NO_BEAMS: Code = Code::new(
    "record.no_beams",
    "A record of nothing",
    "The record names no beam that treats, so no fraction can be told from it. It may be that of a session \
     of images, or one that was broken off before the first beam.",
    "Leave it out if nothing was given in that session.",
)
.with_source(RECORD);
pub(crate) const FRACTION_NUMBER: Code = Code::new(
    "record.fraction_number",
    "A beam without its numbers",
    "A beam belongs to a fraction by its Current Fraction Number. Without it two sessions of a day may be one \
     fraction or two, so it is not counted.",
    "Look the session up in the record and verify system, and give dates by hand.",
)
.with_source(RECORD);
pub(crate) const BROKEN_OFF: Code = Code::new(
    "record.broken_off",
    "A fraction that is not whole",
    "A beam ended before its meterset was given, or a beam that the other fractions have was not given. Such a \
     fraction is never counted as a whole one: its recorded dose is taken, and where the record states none, it \
     is not known what was given. Nor is it where that dose contradicts what is missing: it is not less than \
     that of a whole fraction, or a beam has a share of its dose that differs by more than 5 % of the whole \
     beam (and more than 0.01 Gy) from its share of the meterset. A beam that was broken off and then given to its end is whole; two parts \
     close to one another in time act as one.",
    "Find out what was given, and give dates and doses by hand (delivered.dates, delivered.doses).",
)
.with_source("DICOM PS3.3 C.8.8.21, Treatment Termination Status (3008,002A)");
pub(crate) const TERMINATION: Code = Code::new(
    "record.termination",
    "Termination status against meterset",
    "The whole meterset of a beam was given, and its Treatment Termination Status is not NORMAL, or is not \
     stated. The beam counts as given whole.",
    "Look the session up in the record and verify system if the beam may have been broken off.",
)
.with_source("DICOM PS3.3 C.8.8.21, Treatment Termination Status (3008,002A)");
pub(crate) const NOT_READ: Code = Code::new(
    "record.not_read",
    "A record that is not read",
    "A folder holds a record of brachytherapy, or one of DICOM's second generation. What it says was given is \
     not read, so what the patient got is not all known. A summary record repeats what other records say, and \
     is not read either.",
    "Give the other records by their names if its dose does not count here; otherwise give dates and doses by \
     hand.",
);
pub(crate) const ELSEWHERE: Code = Code::new(
    "record.other_course",
    "One record in two courses",
    "One object, by its SOP Instance UID, is given as a record of two courses. Its fractions would count twice.",
    "Give each course its own records.",
);
pub(crate) const SPLIT: Code = Code::new(
    "record.split",
    "A fraction on several days",
    "Sessions with one fraction number lie on different days. They count as one fraction on the first of them, \
     and overall time is counted from that.",
    "Check the numbers and dates in the record and verify system.",
);
pub(crate) const REPEATED: Code = Code::new(
    "record.repeated",
    "A beam given twice in one fraction",
    "The records state that one beam of one fraction was given whole more than once: the patient got twice its \
     dose, or a record carries a wrong fraction number.",
    "Look both sessions up in the record and verify system before anything else is calculated.",
)
.with_source(RECORD);
pub(crate) const METERSET: Code = Code::new(
    "record.meterset",
    "Delivered against specified meterset",
    "The delivered meterset of a beam that ended as it should differs from what was specified by more than 1 %, is \
     0, or is not stated. Or a beam that was given whole has another meterset than in most fractions of its plan.",
    "Look the session up in the record and verify system: the meterset or the status is wrong.",
)
.with_source("DICOM PS3.3 C.8.8.21, Delivered Primary Meterset (3008,0036)");
pub(crate) const PURPOSE: Code = Code::new(
    "record.purpose",
    "What a recorded beam is for",
    "Treatment Delivery Type says whether a beam treats, continues a treatment that was broken off, or makes an \
     image. Where it is none of the standard's, such as one for verification, the beam is not counted, and what \
     was given is not known. A continuation without a record of its first part lacks that part.",
    "Look the session up in the record and verify system, and give all records of the fraction.",
)
.with_source("DICOM PS3.3 C.8.8.21, Treatment Delivery Type (300A,00CE)");
pub(crate) const AGAINST_PLAN: Code = Code::new(
    "record.against_plan",
    "Records against their plan",
    "Where the plan is given with the records, each fraction has the treatment beams of its fraction group, of the \
     planned radiation, and the meterset of each is within 1 % of the planned one. A beam that is missing every \
     day is seen only so. The number of fractions is the planned one, and no more were given. No session is earlier \
     than the day on which the plan was last changed or approved, and the plan is the one that the records name.",
    "Look the sessions up in the record and verify system, and make sure that the plan is the one that was \
     treated.",
)
.with_source(RECORD);
pub(crate) const OVERRIDE: Code = Code::new(
    "record.override",
    "A value that was accepted at the machine",
    "The record says that a value was not the planned one when the beam was given, and that a person accepted it. \
     Which dose that changed cannot be read from the record; the dose that it states is taken.",
    "Look the session up in the record and verify system: which value, who accepted it, and why.",
)
.with_source("DICOM PS3.3 C.8.8.21, Treatment Verification Status (3008,002C), Override Sequence (3008,0060)");
pub(crate) const INTERVAL: Code = Code::new(
    "record.interval",
    "Time between the fractions of a day",
    "Two fractions of one day began less than 6 h apart, so repair between them is less complete, or sooner after \
     one another than the interval that is stated for the calculation. Half an hour less than stated is a \
     contradiction (this project's choice); nothing is calculated then. Fractions of a day without times are not \
     compared, which is said.",
    "Give the interval that was kept, or correct the times in the record and verify system.",
)
.with_source("Royal College of Radiologists 2019, at least 6 h between two fractions of a day");
pub(crate) const ORDER: Code = Code::new(
    "record.order",
    "Dates against numbers",
    "A fraction with a higher number was given before one with a lower number of the same fraction group: a \
     date or a number is wrong.",
    "Check the dates and numbers in the record and verify system.",
)
.with_source(RECORD);
pub(crate) const PLANNED: Code = Code::new(
    "record.fractions_planned",
    "Number of fractions",
    "The records contradict what is prescribed, or one another, in the number of fractions, or a fraction has a \
     number beyond it.",
    "Check that the records are of this plan and this prescription.",
)
.with_source("DICOM PS3.3 C.8.8.21, Number of Fractions Planned (300A,0078)");
pub(crate) const MISSING: Code = Code::new(
    "record.missing",
    "Fractions without a record",
    "The numbers of the fractions have holes. What was given in between is not known: a record may not have been \
     exported.",
    "Export all records of the course.",
);
pub(crate) const PHASES: Code = Code::new(
    "record.phases",
    "Fraction groups against phases",
    "Each fraction group stands for one phase of the prescription, in the order in which they were given. Groups of \
     different plans are parts of one phase where each begins when the one before has ended, and its numbers or its \
     number of fractions are those of the rest, or each plan is for one fraction (made anew each day, also in turn \
     with another whose numbers count through); that is said, and the dose of each must be stated by its record or \
     its plan. Otherwise there are more groups than phases, or a phase began before the one before it was complete, \
     so which dose a fraction had cannot be told.",
    "After a change of the plan, type the course as it was given, such as 9Gy/5+36Gy/20. Otherwise give dates and \
     doses by hand (delivered.dates, delivered.doses).",
);
pub(crate) const DOSE: Code = Code::new(
    "record.dose",
    "Recorded against planned dose",
    "The recorded dose of a fraction is calculated for a dose reference, which need not lie where the dose is \
     prescribed. A difference of more than 1 % is said, and the planned dose is taken. Beyond 5 % it is not known \
     whether another dose was given, and beyond 25 % it is no longer the dose of this prescription; nothing is \
     calculated then. In a course of several, the doses of the fractions of a group are compared with one another.",
    "Check that the records are of this prescription, and where their dose reference lies. If the planned dose \
     was given, or you know which one was, give dates and doses by hand (delivered.dates, delivered.doses).",
)
.with_source("DICOM PS3.3 C.8.8.21, Calculated Dose Reference Dose Value (3008,0076)");
pub(crate) const COURSE_DATE: Code = Code::new(
    "record.course_date",
    "Dates of a course against its records",
    "The first or last day that the case states for a course is not that of its records.",
    "Correct the date in the case, or give the records of that course.",
);
pub(crate) const FEWER: Code = Code::new(
    "record.fewer_fractions",
    "Fewer fractions than stated",
    "The records hold fewer fractions than the case states for the course. A volume that one phase reaches gets \
     the doses of those that were given. Where several phases reach it, or a fraction is not whole, what it got \
     is not known.",
    "Make sure that all records were given. Otherwise state in the case what each volume got.",
);
