//! The codes of findings about a protocol: what each means and what to do.

use chemorad::report::Code;

use super::file_codes::{
    CITATION, FILL_IN, PASSAGE_SOURCE, PASSAGE_TWICE, PASSAGE_UNCITED, QUESTION_UNKNOWN,
    SOURCE_NOTED, SOURCE_NUMBER, SOURCE_UNREADABLE,
};

pub(super) const ASSERTION_EMPTY: Code = Code::new(
    "assertion.empty",
    "A worked example that asserts nothing",
    "A worked example must say what it expects: a total, a number of fractions, an EQD2, a dose to order. One that expects nothing can never fail and only looks like a test.",
    "Say what the example expects, or remove it.",
);

pub(super) const ASSERTION_INPUT: Code = Code::new(
    "assertion.input",
    "A worked example that cannot be computed",
    "The inputs of the worked example do not go together: a height and weight no person has, tablets that are no stock, a rounding without its tie rule, a dose the protocol leaves open. The message is that of the calculation.",
    "Complete or correct the example.",
);

pub(super) const ASSERTION_REFERENCE: Code = Code::new(
    "assertion.reference",
    "A worked example names something the protocol does not have",
    "The worked example asks for a course, a volume or a drug by a name that the protocol does not declare, so nothing can be computed.",
    "Correct the name, or the protocol if the name was changed there.",
);

pub(super) const ASSERTION_VALUE: Code = Code::new(
    "assertion.value",
    "A worked example comes out differently",
    "The value computed from the protocol is not the one the worked example expects. Either the example was worked out wrongly or the protocol has changed; the arithmetic is shown, so that it can be redone by hand. A value is compared at the decimals it is written with, and exactly where it is a prescribed dose, a count or an ordered amount.",
    "Correct the example or the protocol, whichever is wrong.",
);

pub(super) const COVERAGE_BOUNDED: Code = Code::new(
    "coverage.bounded",
    "Too many combinations of facts",
    "Whether every patient has exactly one arm is found out by going through every combination of the facts that the conditions ask for, values that no condition tells apart counted once. This protocol asks for so many that not all can be gone through, so gaps and overlaps cannot be told.",
    "Use fewer facts or fewer limits in the conditions.",
);

pub(super) const COVERAGE_GAP: Code = Code::new(
    "coverage.gap",
    "A patient without an arm",
    "There is a combination of facts that meets the condition of no arm, so a patient who has it could not be assigned. An example is shown with the facts that matter.",
    "Either a condition is too narrow, or the text truly says nothing about such patients: then declare an ambiguity whose condition covers them, so that the question is asked and not overlooked.",
);

pub(super) const COVERAGE_OPEN: Code = Code::new(
    "coverage.open",
    "A condition that is left open",
    "The text does not settle the condition of an arm or the definition of a risk feature, so whether every patient has exactly one arm cannot be told. Nothing is assumed in its place.",
    "Settle the condition, or accept that coverage is not checked.",
);

pub(super) const COVERAGE_OVERLAP: Code = Code::new(
    "coverage.overlap",
    "A patient with several arms",
    "There is a combination of facts that meets the conditions of several arms. An example is shown with the facts that matter.",
    "Either a condition is too wide, or the text truly leads to several arms: then declare an ambiguity whose choices are the ids of those arms, as the trial NCT06949098 needs for a positive margin, which its text lists twice.",
);

pub(super) const COVERAGE_UNREACHABLE: Code = Code::new(
    "coverage.unreachable",
    "An arm that no patient can reach",
    "No combination of facts meets the condition of the arm, so what it prescribes can never be given. Usually a value is missing from a list, a limit is on the wrong side, or two parts of the condition exclude each other.",
    "Compare the parts of the condition with the values that the facts can have.",
);

pub(super) const DOSE_ENCLOSURE: Code = Code::new(
    "dose.enclosure",
    "A boost below the dose around it",
    "A volume that lies inside another gets less than the enclosing volume in the same phase. In a simultaneous integrated boost the inner volume gets the higher dose, so the two doses may have been exchanged.",
    "Nothing is wrong if the inner volume is meant to be spared.",
);

pub(super) const DOSE_PER_FRACTION: Code = Code::new(
    "dose.per_fraction",
    "An unlikely dose per fraction",
    "The dose per fraction is below 1 Gy, above 10 Gy, or above what any radiotherapy gives. The linear-quadratic model is reasonably well validated up to about 10 Gy per fraction (Brenner 2008, PMC2750078); contact brachytherapy gives 30 Gy. Above 100 Gy the finding is a fail: a report of the OPERA trial was printed as 990 Gy in 3 fractions, which is 330 Gy each, where 90 Gy in 3 is meant.",
    "Check total, unit and fractions against the source.",
)
.with_source("Brenner 2008, PMC2750078");

pub(super) const DOSE_RANGE: Code = Code::new(
    "dose.range",
    "A range whose ends do not belong together",
    "The smallest total of a range belongs to the fewest fractions and the largest to the most, at one dose per fraction. Here the two ends have different doses per fraction, so a number is a misprint or the pairs were put together wrongly: the FOWARC trial gives 46.0 to 50.4 Gy in 23 to 25 fractions, and 46 / 23 = 2 Gy where 50.4 / 25 = 2.016 Gy.",
    "Where a text really says so, declare an ambiguity that concerns the value, and the finding becomes a warning.",
);

pub(super) const DOSE_UNEVEN: Code = Code::new(
    "dose.uneven",
    "A dose per fraction that is no whole number of centigrays",
    "Prescriptions give whole centigrays per fraction. Where total divided by fractions does not, a total or a number of fractions is likely to be a misprint.",
    "Compare total and fractions with the source.",
);

pub(super) const LIMIT_ORDER: Code = Code::new(
    "limit.order",
    "Limits out of order",
    "A cumulative dose-volume histogram never rises: the volume that gets at least 50 Gy is never larger than the volume that gets at least 40 Gy. A limit that allows more volume at a higher dose, or more dose to a larger volume, therefore never binds and is likely to be a misprint. One published anorectal template allows the genitals V40Gy < 5 % and V50Gy < 20 %, where RTOG 0529 has V20Gy <= 50 %: dose and volume were exchanged. Limits on one structure in one table and one unit are compared, V at a dose and D at a volume together.",
    "Compare both limits with the source table.",
);

pub(super) const LIMIT_PERCENT: Code = Code::new(
    "limit.percent",
    "A share above the whole",
    "A part of a structure is between 0 and 100 % of it. A larger number is a dose in the wrong place, or a unit: % for cc.",
    "Compare number and unit with the source table.",
);

pub(super) const LIMIT_REACH: Code = Code::new(
    "limit.reach",
    "A limit above every dose",
    "The dose of the limit is above 107 % of the highest dose that any course of the protocol gives, so no plan can come near and the limit limits nothing. 107 % is the largest dose in use for a target (PMC8744000, table 2). Likely a misprint, or a limit taken from a table for another prescription. One published table allows small bowel D120cc a variation of 7425 cGy where 4725 is meant.",
    "Compare the dose with the source table, and say to which courses the table applies.",
)
.with_source("PMC8744000, table 2");

pub(super) const LIMIT_SIDE: Code = Code::new(
    "limit.side",
    "A lower limit on an organ at risk",
    "The limit asks for at least this much dose or volume, and the structure is not one that the protocol prescribes to. Organs at risk are kept low, so the comparison may be on the wrong side.",
    "If the structure is a target, give it the name of a declared volume.",
);

pub(super) const LIMIT_UNIT: Code = Code::new(
    "limit.unit",
    "A limit in the wrong unit",
    "V at a dose is a volume, in cc or %; D at a volume, the mean, the maximum and the minimum are doses, in Gy or in % of the dose prescribed to a named volume. A variation is written in the unit of its limit. A mix-up of cc and % is known from clinical use.",
    "Write the value in the unit of its metric.",
);

pub(super) const LIMIT_VARIATION_SHARE: Code = Code::new(
    "limit.variation_share",
    "A variation too far from its limit",
    "The table states by how much an acceptable variation may pass its limit, and this one passes it by more; or the table states no share and the variation is more than a factor of two away. In one published table 88 of 89 variations are 1.05 times the limit and one is 7425 cGy for a limit of 4500, where 1.05 x 4500 = 4725: the digits were exchanged.",
    "Compare limit and variation with the source table.",
);

pub(super) const LIMIT_VARIATION_SIDE: Code = Code::new(
    "limit.variation_side",
    "A variation stricter than its limit",
    "An acceptable variation is what may still be accepted when the limit is missed, so it lies on the permissive side: above an upper limit, below a lower one. Here it is on the other side; limit and variation may have been exchanged.",
    "Compare limit and variation with the source table.",
);

pub(super) const LIMIT_INCLUDED: Code = Code::new(
    "limit.included",
    "A limit that is met by its own number, or is not, unlike its words",
    "The quoted words permit the number of the limit itself (\"at most\", \"≤\", \"no more than\"), and the value does not, or the reverse: \"less than 50 %\" held as at most 50 %. A plan at exactly the number is judged otherwise than the source judges it.",
    "Hold the comparison of the words: below, at_most, at_least or above.",
);

pub(super) const LIMIT_WORDS: Code = Code::new(
    "limit.words",
    "A limit on the other side of its number than its words",
    "The quoted words say on which side the number permits (\"at most\", \"up to\", \"or less\", \"at least\", \"minimum\"), and the value is held on the other side: a least dose where a largest one is written, a youngest age where an oldest is.",
    "Correct the comparison or the test, or quote the words that bear it.",
);

pub(super) const ARITHMETIC: Code = Code::new(
    "protocol.arithmetic",
    "Numbers that do not go together",
    "Total = fractions x dose per fraction; a total per volume is the sum over the phases that cover it, its enclosing volumes included; a daily intensity is the single one times the administrations; days are 7 times the weeks; in a phase every volume gets every fraction. All of it is exact arithmetic on decimals, so there is no rounding to allow for. Total dose alone is no check: 36 Gy meant as 12 x 3 Gy was once planned as 20 x 1.8 Gy and passed every review.",
    "Compare every number with the source and correct the one that is wrong.",
);

pub(super) const CHOICE_NUMBER: Code = Code::new(
    "protocol.choice_number",
    "A choice whose value is another number",
    "Where the text leaves a value open, each choice is a text and may have a value. The number in the text of the choice, its unit or the days that it names are not the value that would be used when it is chosen.",
    "Correct the text of the choice or its value.",
);

pub(super) const CHOICES: Code = Code::new(
    "protocol.choices",
    "An open question without usable choices",
    "A value that the text leaves open needs its choices, none of them empty or twice, and values for all of them or for none. A reader must be able to answer; nothing is chosen silently.",
    "Give the choices, and a value for each or for none.",
);

pub(super) const DERIVED_NUMBER: Code = Code::new(
    "protocol.derived_number",
    "A derived number that nothing leads to",
    "A derived value gives its formula or reason and the passages it follows from. The number itself stands in neither, so a reader cannot follow how it was reached; or the reason only repeats it (\"54 Gy in 30\"), or names it where the passage says another one.",
    "Write the arithmetic out, for example 45 Gy + 5.4 Gy = 50.4 Gy.",
);

pub(super) const DERIVED_QUOTE: Code = Code::new(
    "protocol.derived_quote",
    "A derived value without a passage",
    "A derived value follows from something the text says. The passages it follows from are missing.",
    "Quote the passages that the value follows from.",
);

pub(super) const DOSE: Code = Code::new(
    "protocol.dose",
    "A drug without a dose",
    "A drug needs its dose for one administration, or for a day. Where the text does not say it, the value is unspecified, with the question and its choices; it is not left out.",
    "Give intensity or intensity_per_day, or the question in its place.",
);

pub(super) const DRUG_DAYS: Code = Code::new(
    "protocol.drug_days",
    "Days that the value leaves out",
    "The quoted words name days on which the drug is taken, and the value does not have all of them: days 1-14 where the text says days 1-14 and 25-38. The drug would be stopped too early or begun too late.",
    "Correct the value, or quote the passage that supports it.",
);

pub(super) const DRUG_LEFT_OUT: Code = Code::new(
    "protocol.drug_left_out",
    "No drug, by words that name one",
    "The list of drugs is empty, and the passage quoted for it names a drug of the protocol and does not say that it is left out. Either the drug was forgotten, or the wrong passage is quoted.",
    "Name the drug, or quote the passage that leaves it out.",
);

pub(super) const DRUG_REGIMEN: Code = Code::new(
    "protocol.drug_regimen",
    "A regimen of capecitabine outside the published ones",
    "The labels and trials that were read give capecitabine twice a day, 1200 to 2500 mg/m2 a day and at most 1250 mg/m2 at once. The values of the protocol lie outside. A dose of a day entered as that of one administration, or the reverse, is the likeliest reason, and it is a factor of two. Orders go through the same check.",
    "Compare intensity and administrations a day with the passage. Where the protocol means them, let a question of an ambiguity name the place.",
);
pub(super) const DRUG_TIMES: Code = Code::new(
    "protocol.drug_times",
    "A dose at a time, and not how often",
    "A drug taken by mouth has a dose for each administration, and the protocol says neither how often a day it is taken nor what a day comes to. 825 mg/m2 once and twice a day differ by the factor two.",
    "State administrations_per_day or intensity_per_day; where the text does not say it, write the question with its choices.",
);

pub(super) const DUPLICATE_ID: Code = Code::new(
    "protocol.duplicate_id",
    "A name used twice",
    "Names of volumes, phases, courses, drugs, criteria, risk features, arms, options, tables and questions are how everything refers to everything else and how a case file picks an option, so each must be unique in its list.",
    "Give each its own name.",
);

pub(super) const EMPTY: Code = Code::new(
    "protocol.empty",
    "Something without content",
    "A name, a title, a list or a condition has nothing in it: an arm without an option, a phase without a dose, a criterion that tests nothing. An empty condition would hold for everyone or for no one.",
    "Fill it in, or take it out.",
);

pub(super) const EQUATION: Code = Code::new(
    "protocol.equation",
    "An equation that does not hold",
    "The reasons of derived values are computed again: every a + b = c, a x b = c, a / b = c in them must hold exactly, units included. What the left side comes to is shown.",
    "Correct the number that is wrong.",
);

pub(super) const PHASE: Code = Code::new(
    "protocol.phase",
    "A course whose phase is another one",
    "A course repeats its phases with their doses, so that every sum can be computed from the course alone. Here the repetition is not the declared phase, or a volume lies in another volume than it is declared in.",
    "Correct the one that is wrong.",
);

pub(super) const FIRST_FRACTION: Code = Code::new(
    "protocol.first_fraction",
    "From which day the days of a drug count",
    "A drug that goes with radiotherapy has numbered days that begin after the last fraction. The text counts from something earlier, such as a cycle before the radiotherapy: counted from the first fraction the drug would be given weeks too late.",
    "Say in first_fraction on which of these days the first fraction is given (22 after a cycle of 21 days), or ask it as a question.",
);

pub(super) const PASSAGE_INTENSITY: Code = Code::new(
    "protocol.passage_intensity",
    "An amount that the words say is per something else",
    "The number of the value stands in the quoted words, and there it is an amount of another kind: a day's amount held as that of one administration, or the reverse (a factor of two with two doses a day), or a total over several days held as a day's (a factor of four with 4000 mg/m2 over 4 days, an order that killed a patient: PMC3138377). A time of infusion that the words say of another amount of the drug is found too: \"400 mg/m2 bolus, then 2400 mg/m2 over 46 h\" is no bolus of 2400 mg/m2.",
    "Hold the value under the key of its kind (intensity for one administration, intensity_per_day for a day), or derive it and give the arithmetic as the reason.",
);

pub(super) const PASSAGE_UNUSED: Code = Code::new(
    "protocol.passage_unused",
    "Words that no value uses",
    "A quoted passage names a dose, a number of fractions, an amount of a drug, days or weeks, and no value of the protocol is that or leads to it by arithmetic (225 mg/m2 a day on 7 days is 1575 mg/m2). A drug or a second dose may have been left out, or a value may be wrong. It is a fail where the words are the largest amount of a drug that is held without one, or a total that the phases do not come to.",
    "Hold the value too, quote fewer words, or declare an ambiguity that concerns the value.",
);

pub(super) const PASSAGE_SHARED: Code = Code::new(
    "protocol.passage_shared",
    "Two values that rest on the same words",
    "Two drugs, or two phases of one course, have a value of one kind from one passage, and the passage names such a value only once. So one of them is borne by words that are said of the other: \"capecitabine 825 mg/m2 twice daily\" says nothing of how often oxaliplatin is given. Words such as \"each\" and \"both\", and days that the passage says of no drug, serve several.",
    "Quote the words that are said of this value, or derive it and give the reason.",
);

pub(super) const PASSAGE_UNCLEAR: Code = Code::new(
    "protocol.passage_unclear",
    "An amount of a day or of several",
    "\"1000 mg/m2 for 96 hours\" means 1000 mg/m2 a day in most publications of fluorouracil, 4000 mg/m2 in all, and can be read as a total of 1000 mg/m2: a factor of four. The same goes for \"for 4 days by continuous infusion\". The words alone do not tell. The same goes for a dose behind another: \"45 Gy in 25 fractions, then 50.4 Gy in 28 fractions\" is 50.4 Gy in all or 95.4 Gy.",
    "Quote words that say it (\"per day\", \"over 96 hours\", the total beside the day's amount), or derive the value and give as the reason how it is known.",
);

pub(super) const PASSAGE_DOSE: Code = Code::new(
    "protocol.passage_dose",
    "A dose that the words say is of something else",
    "The words say the dose of another volume than it is held for (45 Gy to the pelvis and 50.4 Gy to the tumour bed, exchanged), or they say what the dose comes to with the phases before, and the value is held as added to them: \"a boost to a total of 50.4 Gy\" after 45 Gy is 5.4 Gy more, and not 95.4 Gy. A boost is added to what its volume got before: it lies in a volume that a phase before irradiates, and comes after that phase.",
    "Hold the dose for the volume that the words name; hold as the dose of a phase what the phase adds, derived from both totals; say in which volume the boost is inside, and list its phase behind the others.",
);

pub(super) const PASSAGE_SEQUENCE: Code = Code::new(
    "protocol.passage_sequence",
    "A drug given with the radiotherapy where the words say after it, or the reverse",
    "The words say of the drug that it is concurrent with the radiotherapy, or that it is adjuvant, given before or after it, and the protocol holds the other. Capecitabine alone is given at 1250 mg/m2 twice daily, and with radiotherapy at 825.",
    "List the drug with the radiotherapy or as a separate step, as the words say; or quote the words that bear it.",
);

pub(super) const UNUSED_PART: Code = Code::new(
    "protocol.unused_part",
    "A course, phase or drug that nothing gives",
    "The protocol describes a course that no arm gives, a phase that is in no course, or a drug that no arm gives. Often another one stands in its place: the course of the other arm, one phase in two courses, a radiotherapy without its drug. Nothing is found where an arm leaves open which it gives.",
    "Name it where it belongs, or remove it.",
);

pub(super) const PASSAGE_VALUE: Code = Code::new(
    "protocol.passage_value",
    "A value of which the words say something else",
    "The quoted words name another drug, route, modality, organ or metric than the value, and not its own: cisplatin held of a passage about fluorouracil, an infusion held as oral, contact X-rays held as electrons, a limit of the bladder held for the rectum, \"no more than 5% above 44 Gy\" held as V44Gy of 35 %. A passage that names none contradicts nothing. Of several limits in a passage, each is of the organ that stands nearest before its numbers, and a dose goes with the volume beside it.",
    "Hold what the words name, or quote the passage that bears the value.",
);

pub(super) const PASSAGE_CUT: Code = Code::new(
    "protocol.passage_cut",
    "A passage with words left out",
    "Three points stand in the middle of a passage. What is left out can change what the rest means: \"825 mg/m2 ... twice daily\" may join the amount of one drug to the days of another. What stands behind the points is not read as said of what stands before them.",
    "List each stretch of words as a separate passage; a value can rest on several.",
);

pub(super) const PASSAGE_ARM: Code = Code::new(
    "protocol.passage_arm",
    "What is said of one arm held under another",
    "The passage names its arm (\"arm B: 74 Gy in 37 fractions\"), and the value belongs to an arm that another choice leads to. Patients of two arms would get each other's treatment. Words of a passage of several arms are read from the name of one arm to that of the next, or up to a name in brackets: \"70 Gy (arm A) or 66 Gy (arm B)\".",
    "Give the value to the arm that the passage says, or quote the passage of this arm.",
);

pub(super) const PASSAGE_DAYS: Code = Code::new(
    "protocol.passage_days",
    "Days that are not those of the words",
    "The quoted words say other days than the value, or name none where the value is days of radiotherapy, Monday to Friday, every day or once a week: weekends, Monday to Friday, days of radiotherapy and every day differ by up to two days in seven. Fractions by number are no days by number.",
    "Correct the value, or quote the passage that supports it; where no words name the days, derive them with a reason, or write a question.",
);

pub(super) const PASSAGE_WEEKS: Code = Code::new(
    "protocol.passage_weeks",
    "A time that the fractions do not take",
    "So many fractions at so many a week take another time than the quoted words say. Weeks are rounded to half a week, up or down: 28 fractions at 5 a week take 5.5 to 6 weeks and not 5, 25 at 6 a week 4 to 4.5 and not 5. Days are counted from the first fraction to the last, weekends included: 25 fractions at 5 a week take 33 days at least, so they are not given within 21. Where a passage names a range of fractions of which one takes that time, the finding is a warning; else it is a fail.",
    "Look at the number of fractions, the fractions a week and the time in the source: one of them is likely to be miscopied.",
);

pub(super) const QUOTE: Code = Code::new(
    "protocol.quote",
    "A stated value without its words",
    "A stated value carries the words of the protocol and where they stand, so that anyone can compare. The quote or its locator is empty.",
    "Give the words and where they stand.",
);

pub(super) const QUOTE_NUMBER: Code = Code::new(
    "protocol.quote_number",
    "A quote that does not contain its number",
    "A stated value is what the quoted words say, so its numbers must stand in them: 45 Gy and 25 in \"45Gy in 25 fractions\", two of total, fractions and dose per fraction being enough, as the third follows. Units are read (4500 cGy is 45 Gy), and words (twice, bid, weekdays).",
    "Either the value or the quote is miscopied; or the value is not stated but derived.",
);

pub(super) const QUOTE_VARIANT: Code = Code::new(
    "protocol.quote_variant",
    "Two copies of a passage that differ",
    "The same words stand in two quotes of the same section and differ in a single number. One of them is likely to be miscopied; the rarer is reported.",
    "Nothing is wrong if the text really has both passages.",
);

pub(super) const REASON: Code = Code::new(
    "protocol.reason",
    "A derived value without its reason",
    "A derived value needs the formula or the reasoning that leads to it, so that a reader can redo it.",
    "Write the formula or the reasoning.",
);

pub(super) const TEXT_NUMBER: Code = Code::new(
    "protocol.text_number",
    "A text that names another number",
    "A title or a quote of a course or an option names a dose, an intensity or a number of fractions that the values beside it do not have. People read titles first, so a wrong one is as dangerous as a wrong value.",
    "Correct the text or the value.",
);

pub(crate) const UNKNOWN_REFERENCE: Code = Code::new(
    "protocol.unknown_reference",
    "A name that is not declared",
    "An arm, a course, a phase or a limit refers to a volume, phase, course or drug by a name that the protocol does not declare.",
    "Correct the spelling or declare it.",
);

/// Every code of [`Protocol::lint`](crate::Protocol::lint), by name.
///
/// ```
/// let order = chemorad_protocol::CODES.iter().find(|code| code.name == "limit.order").unwrap();
/// assert!(order.meaning.contains("histogram"));
/// ```
pub const CODES: &[Code] = &[
    ASSERTION_EMPTY,
    ASSERTION_INPUT,
    ASSERTION_REFERENCE,
    ASSERTION_VALUE,
    COVERAGE_BOUNDED,
    COVERAGE_GAP,
    COVERAGE_OPEN,
    COVERAGE_OVERLAP,
    COVERAGE_UNREACHABLE,
    DOSE_ENCLOSURE,
    DOSE_PER_FRACTION,
    DOSE_RANGE,
    DOSE_UNEVEN,
    LIMIT_INCLUDED,
    LIMIT_ORDER,
    LIMIT_PERCENT,
    LIMIT_REACH,
    LIMIT_SIDE,
    LIMIT_UNIT,
    LIMIT_VARIATION_SHARE,
    LIMIT_VARIATION_SIDE,
    LIMIT_WORDS,
    ARITHMETIC,
    CHOICE_NUMBER,
    CHOICES,
    CITATION,
    DERIVED_NUMBER,
    DERIVED_QUOTE,
    DOSE,
    DRUG_DAYS,
    DRUG_LEFT_OUT,
    DRUG_TIMES,
    DRUG_REGIMEN,
    DUPLICATE_ID,
    EMPTY,
    EQUATION,
    FILL_IN,
    FIRST_FRACTION,
    PASSAGE_ARM,
    PASSAGE_CUT,
    PASSAGE_DAYS,
    PASSAGE_DOSE,
    PASSAGE_INTENSITY,
    PASSAGE_SEQUENCE,
    PASSAGE_SHARED,
    PASSAGE_UNCLEAR,
    PASSAGE_UNUSED,
    PASSAGE_SOURCE,
    PASSAGE_TWICE,
    PASSAGE_UNCITED,
    PASSAGE_VALUE,
    PASSAGE_WEEKS,
    PHASE,
    QUESTION_UNKNOWN,
    QUOTE,
    QUOTE_NUMBER,
    QUOTE_VARIANT,
    REASON,
    SOURCE_NOTED,
    SOURCE_NUMBER,
    SOURCE_UNREADABLE,
    TEXT_NUMBER,
    UNKNOWN_REFERENCE,
    UNUSED_PART,
];
