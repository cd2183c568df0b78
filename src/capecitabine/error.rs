//! Why a regimen, a stock, a table or an order is not possible. It is one enum, a sentence for each
//! variant, and so longer than other files.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use jiff::civil::Date;

use crate::quantity::{
    CalculatedDose, IntensityPerAdministration, IntensityPerDay, OrderedDose, QuantityError,
    TabletStrength,
};
use crate::text::Text;

use super::band_fault::BandFault;
use super::deviation_tolerance::DeviationTolerance;
use super::entered_fault::OrderTextFault;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::{Covers, DoseFraction};
use super::rules::fault::RuleFault;

/// Why a regimen, a stock, a table or an order is not possible.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CapecitabineError {
    /// A part is not the quantity it should be.
    #[error(transparent)]
    Quantity(Box<QuantityError>),
    /// Not 1 to 4 administrations a day, or too high a daily intensity.
    #[error(
        "{intensity} {administrations_per_day} times a day: allowed are 1 to 4 administrations a \
         day and at most 20000 mg/m2/d"
    )]
    Regimen {
        /// The intensity of one administration.
        intensity: IntensityPerAdministration,
        /// The administrations a day given.
        administrations_per_day: u32,
    },
    /// A text that is not an intensity with how often a day.
    #[error(
        "{0:?} is not a regimen: write the intensity of one administration and how often a day, such \
         as \"825 mg/m2 bid\" or \"825 mg/m2, 2 times a day\""
    )]
    RegimenText(String),
    /// An order that is not written as one.
    #[error("{given:?} is not an order: {}{}", said(word.as_deref()), why.in_words())]
    OrderText {
        /// The text given, shortened.
        given: String,
        /// What is wrong with it.
        why: OrderTextFault,
        /// The word that is not understood, where one stands in it.
        word: Option<String>,
    },
    /// Tablets that are not written as such.
    #[error(
        "{0:?} are no tablets: write number and strength with its unit, such as 168x500mg, each strength \
         once, several joined by +"
    )]
    DispensedText(String),
    /// A daily intensity that does not divide into equal administrations.
    #[error(
        "{daily} does not divide into {administrations_per_day} equal administrations: give 1 to 4 \
         administrations, or the intensity per administration"
    )]
    UnevenDay {
        /// The daily intensity.
        daily: IntensityPerDay,
        /// The administrations a day given.
        administrations_per_day: u32,
    },
    /// No tablets.
    #[error("no tablet strength is in stock: name at least one, such as \"500 mg, 150 mg\"")]
    EmptyStock,
    /// More than eight strengths.
    #[error("more than 8 tablet strengths: name the ones to be used")]
    TooManyStrengths,
    /// A strength named twice.
    #[error("the tablet strength {strength} is named twice")]
    DuplicateStrength {
        /// The strength.
        strength: TabletStrength,
    },
    /// A limit of no tablets.
    #[error("at most 0 tablets of {strength}: leave the strength out instead")]
    ZeroLimit {
        /// The strength.
        strength: TabletStrength,
    },
    /// A limit for a strength that is not there.
    #[error("a limit is given for tablets of {strength}, but in stock are: {stock}")]
    LimitWithoutStock {
        /// The strength.
        strength: TabletStrength,
        /// The stock.
        stock: String,
    },
    /// A limit that cannot be read.
    #[error("{given:?} is not a limit; write it like \"150 mg (at most 2)\"")]
    MalformedLimit {
        /// The text given, shortened.
        given: String,
    },
    /// A rounding policy that does not exist.
    #[error(
        "{given:?} is not a rounding policy; choose nearest, down, up, fewest:5% for the fewest \
         tablets within a deviation, or bands:NAME for the dose table of a rule set"
    )]
    UnknownRounding {
        /// The text given, shortened.
        given: String,
    },
    /// Rounding to the nearest without a tie rule.
    #[error("this rounding needs a rule for ties: up or down")]
    TiesRequired,
    /// A tie rule where there are no ties.
    #[error("rounding {given} has no ties: give a rule for ties only with nearest and fewest")]
    TiesWithoutNearest {
        /// The policy.
        given: String,
    },
    /// No amount as close as the policy asks for.
    #[error(
        "tablets of {stock} make nothing within {within} of {calculated:.2}{cap}: allow a larger \
         deviation, or use other tablets"
    )]
    NothingWithin {
        /// The calculated dose.
        calculated: CalculatedDose,
        /// The largest deviation.
        within: DeviationTolerance,
        /// `, under the cap of …`, where there is one.
        cap: String,
        /// The tablets.
        stock: String,
    },
    /// A tie rule that does not exist.
    #[error("{given:?} is not a rule for ties; choose up or down")]
    UnknownTies {
        /// The text given, shortened.
        given: String,
    },
    /// A table that is not one.
    #[error("the band table {label:?} cannot be used: {fault}")]
    Bands {
        /// The table.
        label: Text,
        /// What is wrong.
        fault: BandFault,
    },
    /// A body surface area or a calculated dose that the table has no band for.
    #[error("the band table {label:?} has no band for {value} {unit}")]
    OutsideBands {
        /// The table.
        label: Text,
        /// The number looked up.
        value: f64,
        /// Its unit.
        unit: &'static str,
    },
    /// A table for another number of administrations.
    #[error(
        "the band table {label:?} is for {table} administrations a day, the regimen has {regimen}"
    )]
    BandsForOtherRegimen {
        /// The table.
        label: Text,
        /// Its administrations a day.
        table: u32,
        /// The regimen's.
        regimen: u32,
    },
    /// A table for another intensity.
    #[error(
        "the band table {label:?} does not hold for {intensity} per administration (what its doses \
         stand for: {covers}): give that intensity, or choose another rounding"
    )]
    BandsForOtherIntensity {
        /// The table.
        label: Text,
        /// What its doses stand for.
        covers: Covers,
        /// The regimen's.
        intensity: IntensityPerAdministration,
    },
    /// A table's dose that the stock does not make.
    #[error("tablets of {stock} cannot make the {dose} of the band table {label:?}")]
    BandNotDeliverable {
        /// The table.
        label: Text,
        /// Its dose.
        dose: OrderedDose,
        /// The stock.
        stock: String,
    },
    /// The policy leads to no tablet at all.
    #[error(
        "the calculated dose of {calculated:.2} rounds to no tablet at all ({policy}); the smallest \
         deliverable amount is {smallest}: stock a smaller strength or choose another policy"
    )]
    NoTablet {
        /// The calculated dose.
        calculated: CalculatedDose,
        /// The policy.
        policy: String,
        /// The smallest amount the stock makes.
        smallest: TabletStrength,
    },
    /// Nothing as large as the calculated dose can be made.
    #[error(
        "no deliverable amount is as large as the calculated dose of {calculated:.2}; tablets of \
         {stock} reach {largest}: raise the limits or choose another policy"
    )]
    NothingAbove {
        /// The calculated dose.
        calculated: CalculatedDose,
        /// The largest amount the stock makes within its limits.
        largest: OrderedDose,
        /// The stock.
        stock: String,
    },
    /// The limits on tablets keep the dose far below the calculated one.
    #[error(
        "tablets of {stock} reach only {largest}, more than a whole tablet of the largest strength \
         below the calculated dose of {calculated:.2}: raise the limits on tablets"
    )]
    LimitsTooLow {
        /// The calculated dose.
        calculated: CalculatedDose,
        /// The largest amount the stock makes within its limits.
        largest: OrderedDose,
        /// The stock.
        stock: String,
    },
    /// The policy asks for more than the cap allows.
    #[error(
        "the policy ({policy}) asks for {ordered}, above the cap of {cap}: choose another policy or \
         another cap"
    )]
    AboveCap {
        /// The policy.
        policy: String,
        /// What it asks for.
        ordered: OrderedDose,
        /// The cap.
        cap: OrderedDose,
    },
    /// Not even the smallest amount is allowed.
    #[error("the cap of {cap} is below the smallest deliverable amount, {smallest}")]
    CapBelowTablets {
        /// The cap.
        cap: OrderedDose,
        /// The smallest amount the stock makes.
        smallest: TabletStrength,
    },
    /// A rule set that is not one.
    #[error("the rule set {id:?} cannot be used: {fault}")]
    Rules {
        /// The rule set.
        id: Text,
        /// What is wrong.
        fault: RuleFault,
    },
    /// A file that changes a published text under its name.
    #[error(
        "the id {id:?} is that of a published rule set, and its content is different: give this \
         rule set another id"
    )]
    PublishedRuleSetChanged {
        /// The id.
        id: Text,
    },
    /// A rule set that does not come with the library.
    #[error(
        "{given:?} is not a rule set; these come with the program: {known}; a file of your own ends \
         in .toml or .json. TOPIC=NAME takes one topic of a set: renal, dpyd, toxicity or interactions"
    )]
    UnknownRuleSet {
        /// The name given, shortened.
        given: String,
        /// The names there are.
        known: String,
    },
    /// A toxicity that cannot be read.
    #[error(
        "{given:?} is not a toxicity; write grade:occurrence, grade 1 to 4 and occurrence 1 to 9, \
         for example 3:1"
    )]
    Toxicity {
        /// The text given, shortened.
        given: String,
    },
    /// Not a topic of rules.
    #[error("{given:?} is not a topic of rules; choose renal, dpyd, toxicity or interactions")]
    UnknownTopic {
        /// The text given, shortened.
        given: String,
    },
    /// A rule set named for a topic it has no rules on.
    #[error("the rule set {id:?} has no {topic} rules")]
    NoRulesOnTopic {
        /// The rule set.
        id: Text,
        /// The topic.
        topic: RuleTopic,
    },
    /// A rule set that adjusts nothing.
    #[error(
        "the rule set {id:?} has no renal, dpyd, toxicity or interaction rules; a dose table is \
         used as the rounding policy"
    )]
    NoAdjustmentRules {
        /// The rule set.
        id: Text,
    },
    /// A rule set named twice for one topic.
    #[error("the rule set {id:?} is named twice: name it once")]
    RuleSetTwice {
        /// The rule set.
        id: Text,
    },
    /// Two rule sets that share an id.
    #[error("two different rule sets have the id {id:?}: give one of them another id")]
    OneIdTwoSets {
        /// The id.
        id: Text,
    },
    /// A rule set without a dose table.
    #[error("the rule set {id:?} has no dose table, which bands:NAME rounds by")]
    NoDoseTable {
        /// The rule set.
        id: Text,
    },
    /// Two rule sets on one topic.
    #[error(
        "both {first:?} and {second:?} have {topic} rules: name the one to use as {topic}={first} or \
         {topic}={second}"
    )]
    TwoRuleSets {
        /// The topic.
        topic: RuleTopic,
        /// The set named first.
        first: Text,
        /// The set named second.
        second: Text,
    },
    /// A reason that says nothing.
    #[error(
        "{given:?} is not a reason: write who decided and why, in at least 10 characters with 4 different letters"
    )]
    Reason {
        /// The text given, shortened.
        given: String,
    },
    /// A finding that no reason can set aside.
    #[error("{given:?} cannot be overridden; with a reason these can: {choices}")]
    NotOverridable {
        /// The code given, shortened.
        given: String,
        /// The codes that can.
        choices: String,
    },
    /// A decision where the rules settle the dose, that does not go below it.
    #[error(
        "the rules settle the dose at {share} of the original one: leave the clinician's decision out, \
         or give a smaller share"
    )]
    DecisionNotNeeded {
        /// What the rules leave.
        share: DoseFraction,
    },
    /// Another drug whose name cannot be one.
    #[error(
        "{given:?} is not the name of another drug: name each by itself, and each part of a \
         combination, without comma, semicolon, slash, +, &, and, with or plus; that there are none is an empty list \
         (none, at a terminal)"
    )]
    OtherDrug {
        /// The name given, shortened.
        given: String,
    },
    /// Another drug whose name is a slip away from one that is never given with capecitabine.
    #[error(
        "the other drug {given:?} is close to {known:?}, which {rule_set} never gives with \
         capecitabine: write it as there if it is meant, and another drug by another of its names"
    )]
    OtherDrugUnclear {
        /// The name given, shortened.
        given: String,
        /// The name it is close to.
        known: String,
        /// The rule set.
        rule_set: Text,
    },
    /// Two reasons for one finding.
    #[error("{code} is overridden twice: give one reason")]
    OverrideTwice {
        /// The code.
        code: &'static str,
    },
    /// A topic that is waived and has a rule set.
    #[error("the topic {topic} is waived, and {id} has rules on it: leave one of the two out")]
    WaivedWithRules {
        /// The topic.
        topic: RuleTopic,
        /// The rule set.
        id: Text,
    },
    /// A cohort has one order for everybody, and this belongs to one patient.
    #[error(
        "{what} belongs to one patient and not to a cohort: leave it out, and order that patient alone"
    )]
    OfOnePatient {
        /// What was given.
        what: &'static str,
    },
    /// A share that does not give a whole number of nanograms per square metre.
    #[error("{share} of {intensity} is not a whole number of nanograms per square metre")]
    UnevenShare {
        /// The intensity.
        intensity: IntensityPerAdministration,
        /// The share.
        share: DoseFraction,
    },
    /// A split that does not exist.
    #[error("{given:?} is not a split of the day; choose equal, larger-morning or larger-evening")]
    UnknownSplit {
        /// The text given, shortened.
        given: String,
    },
    /// An unequal split that makes no sense.
    #[error(
        "an unequal split is for two administrations a day and not for dose tables; here are \
         {administrations_per_day}, rounding {policy}"
    )]
    SplitNotPossible {
        /// The administrations a day.
        administrations_per_day: u32,
        /// The policy.
        policy: String,
    },
    /// A day's total outside its range.
    #[error("{total} mg a day is more than can be meant")]
    DayTotal {
        /// The total in mg.
        total: u32,
    },
    /// Days that cannot be read.
    #[error(
        "{given:?} does not name days of intake; write radiotherapy_days, weekdays, calendar_days, \
         or days of a cycle such as 1-5/7x6 (days 1 to 5 of 7, 6 cycles) or 1-14/21"
    )]
    Days {
        /// The text given, shortened.
        given: String,
    },
    /// Supply without dates.
    #[error("supply needs the dates of the fractions: give them, or a start and a calendar")]
    NoDates,
    /// Dates that do not rise.
    #[error("{later} follows {earlier}: list the dates of fractions once each and in order")]
    DatesOutOfOrder {
        /// The date before it in the list.
        earlier: Date,
        /// The date out of order.
        later: Date,
    },
    /// A course longer than any.
    #[error("from {first} to {last} is more than 400 days: check the dates")]
    CourseTooLong {
        /// The first date.
        first: Date,
        /// The last date.
        last: Date,
    },
    /// Days that leave nothing to take.
    #[error("no day of intake falls between the first and the last fraction: check the days")]
    NoIntake,
    /// Dispensing periods of no days.
    #[error("dispensing periods have at least 1 day")]
    DispenseEvery,
}

/// The word that is not understood, before what to write.
fn said(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!("{word:?} is not understood: "))
}

impl From<QuantityError> for CapecitabineError {
    fn from(error: QuantityError) -> Self {
        Self::Quantity(Box::new(error))
    }
}
