//! The codes of findings about a capecitabine order.

use crate::report::Code;

pub(super) const RENAL: Code = Code::new(
    "capecitabine.renal",
    "Renal function",
    "Capecitabine's metabolites are cleared by the kidney, and labels reduce or forbid it at a low creatinine clearance by Cockcroft and Gault. The message names the clearance, the band of the rule set it lies in, and what that text says there. A clearance that is missing is not a normal one, and one without a rule set is read by nobody.",
    "Follow the rule, or where the text leaves the dose open let a clinician decide and write down why. Give the clearance or name a rule set where one is missing.",
);
pub(super) const RENAL_CUT: Code = Code::new(
    "capecitabine.renal_cut",
    "Clearance close to a cut",
    "The creatinine clearance lies within 1 mL/min of a value where a rule changes, so that another rounding, weight or creatinine of the same day could give another dose. It is compared unrounded.",
    "Check age, weight and creatinine, and which weight the rule means.",
);
pub(super) const DPYD: Code = Code::new(
    "capecitabine.dpyd",
    "DPYD",
    "A deficiency of dihydropyrimidine dehydrogenase makes a usual dose of capecitabine toxic, at times fatal. The rules go by the activity score. Not tested is not normal, and a test without a score cannot be read.",
    "Test before the first dose where it is not done. Follow the rule, or let a clinician decide where the text gives no number.",
);
pub(super) const TOXICITY: Code = Code::new(
    "capecitabine.toxicity",
    "Toxicity",
    "A ladder of dose changes says what follows a toxicity of a grade at its first, second or later occurrence. Shares are of the original dose and never multiplied. Where the ladder has no step, the strictest one already reached is named.",
    "Interrupt, reduce or stop as the step says. Where the ladder has none, a clinician decides.",
);
pub(super) const INTERACTION: Code = Code::new(
    "capecitabine.interaction",
    "Interaction with another drug",
    "A rule set names the other drug: it is never given together (brivudine, for example, blocks the breakdown of fluorouracil and has killed), or it is to be watched. A drug that a shipped list never gives is a hard stop with every list of a site.",
    "Do not give together what must not be. Watch or adjust as the advice says.",
);
pub(super) const DRUG_NOT_NAMED: Code = Code::new(
    "capecitabine.drug_not_named",
    "Another drug is not named by the rule set",
    "The rule set says nothing of this drug, or of a word in its name. That does not clear it: lists of interactions are short.",
    "Check the drug in another source, and accept it with a written reason that names it.",
);
pub(super) const TWO_REDUCTIONS: Code = Code::new(
    "capecitabine.two_reductions",
    "Two reductions at once",
    "Two rules each reduce the dose, for renal function and for toxicity perhaps. No text says how they combine. Shares of the original dose are not multiplied here.",
    "A clinician decides on the dose and writes down why.",
);
pub(super) const DECISION: Code = Code::new(
    "capecitabine.decision",
    "A clinician's decision",
    "A clinician decided on a share of the original dose. The decision settles what the rules leave open or goes below them. It never lifts a hard stop and never stands in for a missing fact.",
    "Read the reason. Where the decision has no effect, the message says what keeps it from having one.",
);
pub(super) const DECISION_BEYOND_RULE: Code = Code::new(
    "capecitabine.decision_beyond_rule",
    "Decision outside what a rule leaves",
    "The share that was decided lies above what a rule leaves, or below the range that the only open text gives.",
    "Correct the share, or accept the check with a written reason.",
);
pub(super) const WHOLE_DOSE_DECIDED: Code = Code::new(
    "capecitabine.whole_dose_decided",
    "The full dose was decided",
    "A rule asks for a clinician, and the decision leaves the whole dose. That is allowed, and easily a default that nobody chose.",
    "Confirm that the full dose is meant.",
);
pub(super) const SMALL_SHARE_DECIDED: Code = Code::new(
    "capecitabine.small_share_decided",
    "Less than half was decided",
    "The decision leaves less than half of the original dose, and no rule of this order asks for so little: 7.5 may be 75.",
    "Check the share for a missing digit.",
);
pub(super) const UNUSUAL_RULE: Code = Code::new(
    "capecitabine.unusual_rule",
    "A rule set is more lenient than any text read",
    "A row of a rule set leaves more of the dose than any text that was read for this project, or less than half of it. A site may have decided so; a slip in its file looks the same.",
    "Check the row of the file against the text it is taken from.",
);
pub(super) const PHENOTYPE_FIRST: Code = Code::new(
    "capecitabine.phenotype_first",
    "A phenotype test comes first",
    "At an activity score of 0.5 CPIC's table says to avoid capecitabine; where there is no alternative a phenotype test is considered to find the starting dose, and without its result the dose is below 25 % of the normal one. DPWG gives no dose from the genotype there, nor for two alleles of decreased function. The decision, or what the tablets make of it, is above that and no phenotype result is stated.",
    "Measure the phenotype and state its result, decide on less, or avoid the drug. A written reason does not accept it.",
)
.with_source("Amstutz et al., Clin Pharmacol Ther 2018;103:210, Table 2 (PMC5760397); DPWG 2019 (NBK395610, Table 3)");
pub(super) const ADMINISTRATIONS: Code = Code::new(
    "capecitabine.administrations",
    "Not two administrations a day",
    "The texts that were read give capecitabine twice a day, or once in one trial. Once a day, the intensity is easily that of the day or that of one of two administrations.",
    "Check the number of administrations, and what the intensity is given per.",
);
pub(super) const ADMINISTRATION: Code = Code::new(
    "capecitabine.administration",
    "One administration above every published one",
    "No text that was read gives more than 1250 mg/m2 at one administration. More is the dose of a day, given at once.",
    "Check what the intensity is given per. A dose that is meant needs a written reason.",
);
pub(super) const WITHOUT_RADIOTHERAPY: Code = Code::new(
    "capecitabine.without_radiotherapy",
    "The dose of a treatment without radiotherapy",
    "The daily intensity is above every one that was read with radiotherapy (2000 mg/m2 a day), and the drug is taken on days with a fraction: the days of radiotherapy, all days of the course, or a cycle that meets one. Labels give 1250 mg/m2 twice daily without radiotherapy; with it, 825 mg/m2 twice daily is usual, so this is half as much again. No protocol is named that prescribes it.",
    "Check the intensity. Name the protocol, or give a written reason where the dose is meant.",
);
pub(super) const NO_RULE_SET: Code = Code::new(
    "capecitabine.no_rule_set",
    "A topic without a rule set",
    "Renal function, DPYD and other drugs each decide whether a usual dose of capecitabine is safe. No rule set that is named speaks on this one, so nothing was checked, and an order does not pass without it.",
    "Name a rule set for the topic and give the fact it needs, or waive the topic by name where it was checked elsewhere.",
);
pub(super) const SUPERSEDED: Code = Code::new(
    "capecitabine.superseded",
    "A rule set of another time",
    "Another text has replaced the one that this rule set holds, and may say otherwise; or the text is of a later day than the one as of which the rules have to hold. A text that was replaced before the first fraction is given is reported whatever that day is.",
    "Use the successor, or the text of that day. For an order of an earlier day, say as of which day the rules hold.",
);
pub(super) const INTENSITY: Code = Code::new(
    "capecitabine.intensity",
    "Intensity outside the published ones",
    "Labels and trials that were read give 1200 to 2500 mg/m2 a day. Outside, a dose of a day given as that of one administration (or the other way round) is the likeliest reason, and it is a factor of two. Below, the check cannot tell a reduced dose from a slip; above, or below by more than a factor of two, it fails.",
    "Check whether the intensity is per administration or per day. A dose that is meant needs a written reason.",
);
pub(super) const CAP: Code = Code::new(
    "capecitabine.cap",
    "A cap acts",
    "A cap on the body surface area or on the dose keeps the order below what the formula gives. Capping the area is practice that the ASCO guideline on obese adults advises against. A cap that acts without a written reason fails.",
    "Give the reason, or leave the cap out.",
)
.with_source("Griggs et al., J Clin Oncol 2012;30:1553, updated 2021");
pub(super) const TIE: Code = Code::new(
    "capecitabine.tie",
    "Halfway between two amounts",
    "The calculated dose lies halfway between two amounts that tablets make, so the rule for ties alone decided. The band tables of two regulators differ in nothing else.",
    "Check that the rule for ties is the site's.",
);
pub(super) const TABLET_LIMIT: Code = Code::new(
    "capecitabine.tablet_limit",
    "Limits on tablets keep the dose down",
    "The limits on the number of tablets leave nothing as large as the calculated dose.",
    "Raise the limits, or check that they are meant.",
);
pub(super) const NEAR_STEP: Code = Code::new(
    "capecitabine.near_step",
    "Body surface area close to a step",
    "The body surface area is within 0.01 m2 of a value where the dose to take changes, so that a centimetre or a kilogram decides.",
    "Check height and weight.",
);
pub(super) const DEVIATION: Code = Code::new(
    "capecitabine.deviation",
    "Dose to take differs from the calculated one",
    "What tablets deliver differs from the calculated dose by more than the tolerance of the site, or where none is given by more than 10 %: HOPA accepts up to that, and the NCI counts more as a trial deviation. More than half fails in any case.",
    "Use other tablets or another rounding, or record the reason.",
)
.with_source("HOPA dose rounding position statement, as quoted by The ASCO Post");
pub(super) const UNEQUAL_DAY: Code = Code::new(
    "capecitabine.unequal_day",
    "The administrations of a day differ",
    "Morning and evening have other tablets, so the patient has two instructions to keep apart.",
    "Write both on the order and the label, and tell the patient.",
);
pub(super) const TABLE_AND_REDUCTION: Code = Code::new(
    "capecitabine.table_and_reduction",
    "A dose table and a reduction",
    "A table gives doses by body surface area for one intensity, and has none for a reduced one.",
    "Choose a rounding of the reduced dose, or let a clinician decide.",
);
pub(super) const WEIGHT_CHANGE: Code = Code::new(
    "capecitabine.weight_change",
    "The weight has changed by 10 % or more",
    "The weight differs by 10 % or more from that of the earlier order, so either the dose or one of the two weights is wrong.",
    "Weigh again and confirm the dose.",
);
pub(super) const HEIGHT_CHANGE: Code = Code::new(
    "capecitabine.height_change",
    "The height has moved by more than 3 cm",
    "The height of an adult differs by more than 3 cm from that of the earlier order, so one of the two is wrong. Two digits that change places move the dose by up to 43 %.",
    "Measure again and confirm the dose.",
);
pub(super) const MANY_TABLETS: Code = Code::new(
    "capecitabine.many_tablets",
    "Many tablets at one administration",
    "One administration needs more than 7 tablets, which is what the largest printed dose of 500 mg and 150 mg tablets needs. Many tablets are miscounted or not taken. The limit is this project's choice.",
    "Use other strengths, limit the number of a strength, or round to the fewest tablets within a deviation that is named.",
);
pub(super) const SUPPLY_AFTER_INTERRUPTION: Code = Code::new(
    "capecitabine.supply_after_interruption",
    "Supply counts every date",
    "The drug is interrupted for toxicity, and the tablets are counted for every date that was given.",
    "Give only the dates after recovery, and take off what the patient still has.",
);
pub(super) const ROUNDED_UP: Code = Code::new(
    "capecitabine.rounded_up",
    "Rounded up after a reduction",
    "The dose was reduced for renal function or DPYD, or by a clinician's decision, and then rounded up, so more is taken than the reduction leaves. The HOPA recommendation excepts reductions for enzyme deficiency and organ function from rounding up.",
    "Round down, use other tablets, or keep the amount knowingly.",
)
.with_source("HOPA recommendation, ascopost.com/News/58563");
pub(super) const OVERRIDE_UNUSED: Code = Code::new(
    "capecitabine.override_unused",
    "A reason that nothing needs",
    "A written reason accepts a finding that this order does not have. It may be left over from another order.",
    "Leave the reason out.",
);
pub(super) const FRACTION_WITHOUT_DRUG: Code = Code::new(
    "capecitabine.fraction_without_drug",
    "Fractions without capecitabine",
    "Fractions fall on days on which no capecitabine is taken. With concurrent treatment that is rarely meant.",
    "Check the kind of days and the dates.",
);
pub(super) const DRUG_WITHOUT_FRACTION: Code = Code::new(
    "capecitabine.drug_without_fraction",
    "Capecitabine without fractions",
    "Capecitabine is taken on days without a fraction. That is how some protocols are, and how a wrong kind of days looks.",
    "Check the kind of days and the dates.",
);

/// Every code of a finding about a capecitabine order.
///
/// ```
/// use chemorad::capecitabine::CODES;
/// assert!(CODES.iter().any(|code| code.name == "capecitabine.tie"));
/// ```
pub const CODES: &[Code] = &[
    RENAL,
    RENAL_CUT,
    DPYD,
    TOXICITY,
    INTERACTION,
    DRUG_NOT_NAMED,
    TWO_REDUCTIONS,
    DECISION,
    DECISION_BEYOND_RULE,
    WHOLE_DOSE_DECIDED,
    SMALL_SHARE_DECIDED,
    UNUSUAL_RULE,
    PHENOTYPE_FIRST,
    ADMINISTRATIONS,
    ADMINISTRATION,
    WITHOUT_RADIOTHERAPY,
    NO_RULE_SET,
    SUPERSEDED,
    INTENSITY,
    CAP,
    TIE,
    TABLET_LIMIT,
    NEAR_STEP,
    DEVIATION,
    UNEQUAL_DAY,
    TABLE_AND_REDUCTION,
    WEIGHT_CHANGE,
    HEIGHT_CHANGE,
    MANY_TABLETS,
    SUPPLY_AFTER_INTERRUPTION,
    ROUNDED_UP,
    OVERRIDE_UNUSED,
    FRACTION_WITHOUT_DRUG,
    DRUG_WITHOUT_FRACTION,
];
