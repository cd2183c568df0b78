//! What can be wrong with a protocol, each with the values that show it. The words are made in
//! `words`.

use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::Finding;
use chemorad::text::Text;

use super::empty_part::EmptyPart;
use crate::facts::condition::Condition;
use crate::facts::value::FactValue;
use crate::facts::vocabulary::Fact;
use crate::model::course::UnsettledCourse;
use crate::model::day_numbers::DayNumbers;
use crate::model::drug_days::DrugDays;
use crate::model::limit::{DoseVolumeLimit, DoseVolumeMetric, LimitValue, Percent, VolumeLevel};
use crate::model::protocol::PhaseOrder;
use crate::model::start::Span;
use crate::source::text::SourceError;
use crate::statement::Quote;

/// Why a worked example cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExampleFault {
    /// A BED or an EQD2 without its α/β.
    AlphaBeta,
    /// A drug whose dose the protocol leaves open.
    OpenDrug,
    /// What the calculation says to its inputs.
    Input(String),
}

/// The combination of facts a finding is about: those that matter, with their values; and how many
/// combinations fare alike.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExamplePatient {
    /// The facts that matter, each with its value.
    pub facts: Vec<(Fact, FactValue)>,
    /// How many combinations fare alike, at least.
    pub alike: usize,
    /// How many there are.
    pub combinations: usize,
}

/// The numbers of one kind that the values beside a text have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamedNumbers {
    /// Doses, in micrograys.
    Doses(Vec<u64>),
    /// Dose intensities, in nanograms per square metre.
    Intensities(Vec<u64>),
    /// Numbers of fractions.
    Fractions(Vec<u64>),
}

/// What the words of a passage say an amount is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaidOtherwise {
    /// One administration, of so many a day where the words or the values say so.
    Administration {
        /// How many a day.
        times: Option<Decimal>,
    },
    /// A day.
    Day,
    /// A total over so many days.
    Days(Decimal),
    /// A total over so many hours.
    Hours(Decimal),
    /// A week.
    Week,
    /// A cycle.
    Cycle,
    /// The whole course.
    Course,
}

/// How far the words of a passage go in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub struct PartedWords {
    /// The words that are there.
    pub there: String,
    /// The line they begin in.
    pub line: usize,
    /// How the passage goes on.
    pub passage: String,
    /// How the source goes on.
    pub source: String,
}

/// A point of the cumulative dose-volume histogram: at this dose, this volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistogramPoint {
    /// The dose, in micrograys.
    pub micrograys: u64,
    /// The volume.
    pub volume: VolumeLevel,
}

/// What is wrong with a protocol, with the values that show it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub enum ProtocolFault {
    /// Something without content.
    Empty(EmptyPart),
    /// A name used twice.
    DuplicateName { name: Text },
    /// Two different questions of one name.
    TwoQuestions { id: Text },
    /// A declared fact with the name of a fact of pathology.
    FactOfPathology,
    /// A worked example without a name of its own.
    UnnamedExample,
    /// A declared fact without choices.
    FactWithoutChoices,
    /// Values that are not as many as the choices.
    ChoiceValues,
    /// A question without choices, or with an empty one.
    QuestionWithoutChoices,
    /// A quote without its words or its place.
    IncompleteQuote,
    /// A derived value without its reason.
    NoReason,
    /// A name that is not declared.
    Undeclared { kind: &'static str, name: Text },
    /// A value that a fact cannot have.
    ImpossibleValue {
        fact: Text,
        value: String,
        accepted: String,
    },
    /// A criterion that asks for what is known only after the operation.
    KnownLater { fact: Fact },
    /// Volumes of one phase with different numbers of fractions.
    PhaseCounts,
    /// A total that is not the sum over the phases.
    TotalNotSum {
        sum: Option<Fractionation>,
        stated: Option<Fractionation>,
    },
    /// A dose per fraction that does not make the total.
    DosePerFraction {
        prescribed: Fractionation,
        stated: AbsorbedDose,
    },
    /// A daily intensity that is not the single one times the administrations.
    DailyIntensity {
        times: u8,
        single: IntensityPerAdministration,
        product: Option<IntensityPerDay>,
        daily: IntensityPerDay,
    },
    /// An infusion whose dose is not that of its days.
    InfusedIntensity {
        single: IntensityPerAdministration,
        daily: IntensityPerDay,
        hours: u16,
    },
    /// Days that are not 7 times the weeks.
    DaysOfWeeks { weeks: Span, days: Span },
    /// Phases that do not go together.
    ImpossibleCourse(UnsettledCourse),
    /// An order that does not go with the number of phases.
    PhaseOrder { order: PhaseOrder, phases: usize },
    /// A course that no arm gives, a phase of no course, a drug of no arm.
    UnusedPart {
        /// What it is: `course`.
        kind: &'static str,
        /// What would use it: `arm`.
        user: &'static str,
        name: Text,
    },
    /// A course that is not the one its phases make.
    StaleCourse,
    /// A drug without any dose.
    DrugWithoutDose,
    /// A quote without the number it is quoted for.
    QuoteWithoutNumber { missing: Vec<String>, quote: Quote },
    /// A quote and locator without the number of the metric.
    QuoteWithoutMetric { missing: Vec<String>, quote: Quote },
    /// A passage that is not in the text of the source.
    NotInSource {
        source: String,
        passage: Text,
        /// How far its words go there: the words, the line, and how passage and source go on.
        parted: Option<PartedWords>,
    },
    /// A source whose words were not copied, so that they cannot be looked for.
    NotedSource { source: String },
    /// A source that cannot be read.
    UnreadableSource(SourceError),
    /// A number with a unit in the source that nothing in the protocol has.
    UnusedNumber { number: Text },
    /// A passage that nothing cites.
    UncitedPassage { id: Text },
    /// A derived value without a passage.
    NoPassage,
    /// An equation that does not hold.
    FalseEquation { written: String, value: String },
    /// A derived number that stands neither in the reason nor in the quotes.
    ReasonWithoutNumber { missing: Vec<String>, reason: Text },
    /// A choice whose value is another number.
    ChoiceNumber { choice: Text, missing: Vec<String> },
    /// Two copies of a passage that differ in a number.
    QuoteVariant { other: Text, quote: Text },
    /// A dose per fraction that no radiotherapy gives.
    ImpossibleDosePerFraction(Fractionation),
    /// An unusual dose per fraction.
    UnusualDosePerFraction(Fractionation),
    /// A dose per fraction that is no whole number of centigrays.
    UnevenDose(Fractionation),
    /// A range whose ends have different doses per fraction.
    UnevenRange {
        lowest: Fractionation,
        highest: Fractionation,
    },
    /// A volume that gets less than the one around it.
    Enclosure {
        enclosing: Text,
        inner: AbsorbedDose,
        outer: AbsorbedDose,
        /// The words call the dose a boost.
        is_boost: bool,
    },
    /// A text that names a number the values beside it do not have.
    TextNumber {
        field: &'static str,
        text: Text,
        written: String,
        named: u64,
        known: NamedNumbers,
    },
    /// What is unusual of a regimen of capecitabine, as the check of orders says it.
    Regimen(Finding),
    /// A dose for each administration, and nothing says how often a day.
    DrugTimes,
    /// Days that a quote names and the value leaves out.
    DrugDays {
        left_out: Vec<u64>,
        days: DayNumbers,
    },
    /// An amount whose words say that it is per something else.
    AnotherIntensity {
        words: Text,
        said: SaidOtherwise,
        quote: Quote,
    },
    /// An amount for so many hours, which may be that of a day or of all of them.
    DayOrTotal {
        words: Text,
        hours: Decimal,
        quote: Quote,
    },
    /// Words that are said once and that two values of one kind rest on.
    SharedWords {
        words: Text,
        /// The drug or the phase that the words serve already.
        other: Text,
        quote: Quote,
    },
    /// What a passage says of one arm, held under another.
    AnotherArm {
        words: Text,
        /// The choice that leads to the arm of the words.
        said: Text,
        /// The choice that leads to the arm of the value.
        held: Text,
        quote: Quote,
    },
    /// The time of an infusion that the words say of another amount of the drug.
    OtherInfusion { words: Text, quote: Quote },
    /// Words of a passage that no value bears.
    UnusedMention {
        words: Text,
        drug: Option<Text>,
        /// What is left out changes the dose: a cap, or a total that the phases do not come to.
        is_grave: bool,
        quote: Quote,
    },
    /// A reason that only repeats the value.
    BareReason { reason: Text },
    /// A reason that names a number and does not compute it, where the passage says another one.
    ReasonAgainstWords { words: Text, quote: Quote },
    /// Words that permit on the other side of a limit.
    OtherSide {
        words: Text,
        upper: bool,
        quote: Quote,
    },
    /// Words that permit the number of a limit itself, or do not, held the other way.
    OtherEnd {
        words: Text,
        held: Text,
        quote: Quote,
    },
    /// A dose that the words say is that of another volume.
    OtherVolume {
        volume: Text,
        other: Text,
        dose: AbsorbedDose,
        quote: Quote,
    },
    /// A dose that the words say is the sum with the phases before it.
    CumulativeDose {
        words: Text,
        dose: AbsorbedDose,
        earlier: AbsorbedDose,
        quote: Quote,
    },
    /// A dose that may be what a phase adds and may be the sum with the phases before it.
    AddedOrTotal {
        words: Text,
        dose: AbsorbedDose,
        earlier: AbsorbedDose,
        sum: AbsorbedDose,
        quote: Quote,
    },
    /// A boost of a volume that no phase before it irradiates.
    BoostAlone {
        words: Text,
        volume: Text,
        quote: Quote,
    },
    /// A boost before the phase that the words put before it.
    BoostFirst {
        words: Text,
        other: Text,
        quote: Quote,
    },
    /// A drug that the words say is given with the radiotherapy, or apart from it.
    OtherSequence {
        words: Text,
        drug: Text,
        concurrent: bool,
        quote: Quote,
    },
    /// A value of which the words say something else: a drug, a route, a modality, an organ.
    OtherWords {
        /// What the words are said of: `the drug`.
        of: &'static str,
        words: Text,
        held: Text,
        quote: Quote,
    },
    /// A passage of which words are left out.
    CutPassage { quote: Quote },
    /// Days of which the words say nothing.
    UnsaidDays { days: DrugDays, quote: Quote },
    /// A choice whose words are another value than the one it stands for.
    ChoiceWords { choice: Text },
    /// Days that are not those of the words.
    OtherDays {
        words: Text,
        days: DrugDays,
        quote: Quote,
    },
    /// A time that does not go with the fractions and the fractions a week: weeks, or days where `days` says
    /// how many the fractions take.
    Weeks {
        fractions: u32,
        per_week: u32,
        said: String,
        days: Option<u32>,
        /// None of the numbers of fractions takes this time: of a range, one may.
        is_grave: bool,
        quote: Quote,
    },
    /// Numbered days that begin after the course, and nothing says on which day the first fraction is.
    DaysAfterCourse {
        drug: Text,
        first: u16,
        last: u16,
        course: u32,
    },
    /// No drug, by words that name one.
    DrugLeftOut { drug: Text, quote: Text },
    /// A condition that is left open.
    OpenCondition,
    /// Too many combinations of facts.
    TooManyCombinations { most: usize, facts: Vec<Fact> },
    /// A patient without an arm.
    NoArm(ExamplePatient),
    /// A patient with several arms.
    SeveralArms {
        patient: ExamplePatient,
        arms: Vec<Text>,
    },
    /// An arm that no patient can reach.
    Unreachable {
        condition: Option<Box<Condition>>,
        combinations: usize,
    },
    /// A value that is not of the metric's kind.
    LimitKind {
        limit: Box<DoseVolumeLimit>,
        value: LimitValue,
    },
    /// A variation in another unit than its limit.
    VariationUnit {
        limit: LimitValue,
        variation: LimitValue,
    },
    /// A share above the whole.
    ShareAboveWhole(Percent),
    /// A lower limit on a structure that is not prescribed to.
    LowerLimit(Box<DoseVolumeLimit>),
    /// A variation stricter than its limit.
    StricterVariation {
        upper: bool,
        limit: LimitValue,
        variation: LimitValue,
    },
    /// A variation beyond the table's share.
    VariationBeyondShare {
        upper: bool,
        limit: LimitValue,
        share: Percent,
        bound: u64,
        variation: LimitValue,
    },
    /// A variation far from its limit in a table that states no share.
    FarVariation {
        limit: LimitValue,
        variation: LimitValue,
    },
    /// A limit above every dose.
    OutOfReach {
        highest: AbsorbedDose,
        percent: u64,
        dose: AbsorbedDose,
    },
    /// Limits out of order.
    LimitOrder {
        limit: Box<DoseVolumeLimit>,
        earlier: Box<DoseVolumeLimit>,
        points: [HistogramPoint; 2],
        exchanged: Option<(DoseVolumeMetric, Percent)>,
    },
    /// A worked example without a part that computes.
    ExampleWithoutPart,
    /// A worked example that expects nothing.
    ExampleWithoutExpectation,
    /// A worked example that names something the protocol does not have.
    ExampleReference { kind: &'static str, name: Text },
    /// A worked example that cannot be computed.
    ExampleInput(ExampleFault),
    /// A worked example that comes out differently.
    ExampleValue {
        expected: String,
        found: String,
        work: String,
    },
    /// A worked example whose patient belongs to other arms.
    ExampleArms {
        expected: Vec<Text>,
        found: Option<Vec<Text>>,
        missing: Vec<Fact>,
        reasons: Vec<String>,
    },
}
