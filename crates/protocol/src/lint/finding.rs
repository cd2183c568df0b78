//! What a check of a protocol found, as data: a fault and its place.

use std::collections::BTreeSet;

use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Code, Finding, Observation, Outcome, Subject, Values};
use chemorad::text::Text;

use super::codes;
use super::empty_part::EmptyPart;
use super::fault::{NamedNumbers, ProtocolFault, ProtocolFault as F};
use super::file_codes;
use super::typo::{Typo, suggest_typo};
use crate::model::limit::{DoseLevel, LimitValue, VolumeLevel};
use crate::statement::Quote;

/// A fault of a protocol and where it stands.
///
/// ```
/// use chemorad_protocol::{ProtocolFault, ProtocolFinding};
/// use chemorad::text::List;
/// let mut broken = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
/// broken.arms = List::from(vec![]);
/// let findings = broken.check();
/// let found = findings[0].observation::<ProtocolFinding>().unwrap();
/// assert_eq!(found.at, "arms");
/// assert!(matches!(found.fault, ProtocolFault::Empty(_)));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProtocolFinding {
    /// The place of the value: `drugs.capecitabine.days`.
    pub at: String,
    /// What is wrong there.
    pub fault: ProtocolFault,
    /// The question of the protocol that asks about it: then it is known, and fails nothing.
    pub known: Option<Text>,
}

impl ProtocolFinding {
    pub(crate) fn new(at: impl Into<String>, fault: ProtocolFault) -> Self {
        Self {
            at: at.into(),
            fault,
            known: None,
        }
    }

    /// What a wrong number looks like, where it looks like a misprint.
    #[must_use]
    pub fn typo(&self) -> Option<Typo> {
        self.fault.typo()
    }
}

impl ProtocolFault {
    const fn code(&self) -> &'static Code {
        match self {
            F::Empty(_) => &codes::EMPTY,
            F::DuplicateName { .. }
            | F::TwoQuestions { .. }
            | F::FactOfPathology
            | F::UnnamedExample => &codes::DUPLICATE_ID,
            F::FactWithoutChoices | F::ChoiceValues | F::QuestionWithoutChoices => &codes::CHOICES,
            F::IncompleteQuote => &codes::QUOTE,
            F::NoReason => &codes::REASON,
            F::Undeclared { .. } | F::ImpossibleValue { .. } | F::KnownLater { .. } => {
                &codes::UNKNOWN_REFERENCE
            }
            F::PhaseCounts
            | F::TotalNotSum { .. }
            | F::DosePerFraction { .. }
            | F::DailyIntensity { .. }
            | F::InfusedIntensity { .. }
            | F::DaysOfWeeks { .. } => &codes::ARITHMETIC,
            F::ImpossibleCourse(_) | F::PhaseOrder { .. } | F::StaleCourse => &codes::PHASE,
            F::UnusedPart { .. } => &codes::UNUSED_PART,
            F::DrugWithoutDose => &codes::DOSE,
            F::QuoteWithoutNumber { .. } | F::QuoteWithoutMetric { .. } => &codes::QUOTE_NUMBER,
            F::UncitedPassage { .. } => &file_codes::PASSAGE_UNCITED,
            F::NotInSource { .. } => &file_codes::PASSAGE_SOURCE,
            F::NotedSource { .. } => &file_codes::SOURCE_NOTED,
            F::UnreadableSource(_) => &file_codes::SOURCE_UNREADABLE,
            F::UnusedNumber { .. } => &file_codes::SOURCE_NUMBER,
            F::NoPassage => &codes::DERIVED_QUOTE,
            F::FalseEquation { .. } => &codes::EQUATION,
            F::ReasonWithoutNumber { .. } | F::ReasonAgainstWords { .. } | F::BareReason { .. } => {
                &codes::DERIVED_NUMBER
            }
            F::ChoiceNumber { .. } | F::ChoiceWords { .. } => &codes::CHOICE_NUMBER,
            F::QuoteVariant { .. } => &codes::QUOTE_VARIANT,
            F::ImpossibleDosePerFraction(_) | F::UnusualDosePerFraction(_) => {
                &codes::DOSE_PER_FRACTION
            }
            F::UnevenDose(_) => &codes::DOSE_UNEVEN,
            F::UnevenRange { .. } => &codes::DOSE_RANGE,
            F::Enclosure { .. } => &codes::DOSE_ENCLOSURE,
            F::TextNumber { .. } => &codes::TEXT_NUMBER,
            F::DrugTimes => &codes::DRUG_TIMES,
            F::Regimen(_) => &codes::DRUG_REGIMEN,
            F::DrugDays { .. } => &codes::DRUG_DAYS,
            F::DrugLeftOut { .. } => &codes::DRUG_LEFT_OUT,
            F::AnotherIntensity { .. } | F::OtherInfusion { .. } => &codes::PASSAGE_INTENSITY,
            F::DayOrTotal { .. } | F::AddedOrTotal { .. } => &codes::PASSAGE_UNCLEAR,
            F::AnotherArm { .. } => &codes::PASSAGE_ARM,
            F::SharedWords { .. } => &codes::PASSAGE_SHARED,
            F::UnusedMention { .. } => &codes::PASSAGE_UNUSED,
            F::OtherSide { .. } => &codes::LIMIT_WORDS,
            F::OtherEnd { .. } => &codes::LIMIT_INCLUDED,
            F::OtherVolume { .. }
            | F::CumulativeDose { .. }
            | F::BoostAlone { .. }
            | F::BoostFirst { .. } => &codes::PASSAGE_DOSE,
            F::OtherSequence { .. } => &codes::PASSAGE_SEQUENCE,
            F::OtherWords { .. } => &codes::PASSAGE_VALUE,
            F::CutPassage { .. } => &codes::PASSAGE_CUT,
            F::OtherDays { .. } | F::UnsaidDays { .. } => &codes::PASSAGE_DAYS,
            F::Weeks { .. } => &codes::PASSAGE_WEEKS,
            F::DaysAfterCourse { .. } => &codes::FIRST_FRACTION,
            F::OpenCondition => &codes::COVERAGE_OPEN,
            F::TooManyCombinations { .. } => &codes::COVERAGE_BOUNDED,
            F::NoArm(_) => &codes::COVERAGE_GAP,
            F::SeveralArms { .. } => &codes::COVERAGE_OVERLAP,
            F::Unreachable { .. } => &codes::COVERAGE_UNREACHABLE,
            F::LimitKind { .. } | F::VariationUnit { .. } => &codes::LIMIT_UNIT,
            F::ShareAboveWhole(_) => &codes::LIMIT_PERCENT,
            F::LowerLimit(_) => &codes::LIMIT_SIDE,
            F::StricterVariation { .. } => &codes::LIMIT_VARIATION_SIDE,
            F::VariationBeyondShare { .. } | F::FarVariation { .. } => {
                &codes::LIMIT_VARIATION_SHARE
            }
            F::OutOfReach { .. } => &codes::LIMIT_REACH,
            F::LimitOrder { .. } => &codes::LIMIT_ORDER,
            F::ExampleWithoutPart | F::ExampleWithoutExpectation => &codes::ASSERTION_EMPTY,
            F::ExampleReference { .. } => &codes::ASSERTION_REFERENCE,
            F::ExampleInput(_) => &codes::ASSERTION_INPUT,
            F::ExampleValue { .. } | F::ExampleArms { .. } => &codes::ASSERTION_VALUE,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            F::Regimen(found) => found.outcome,
            F::OpenCondition
            | F::TooManyCombinations { .. }
            | F::DaysAfterCourse { .. }
            | F::DayOrTotal { .. }
            | F::AddedOrTotal { .. }
            | F::NotedSource { .. } => Outcome::CannotTell,
            F::QuoteVariant { .. }
            | F::UncitedPassage { .. }
            | F::Weeks {
                is_grave: false, ..
            }
            | F::UnusedNumber { .. }
            | F::UnusualDosePerFraction(_)
            | F::UnevenDose(_)
            | F::Enclosure {
                is_boost: false, ..
            }
            | F::TextNumber { .. }
            | F::UnusedMention {
                is_grave: false, ..
            }
            | F::CutPassage { .. }
            | F::OtherEnd { .. }
            | F::LowerLimit(_)
            | F::FarVariation { .. }
            | F::OutOfReach { .. } => Outcome::Warn,
            _ => Outcome::Fail,
        }
    }

    fn typo(&self) -> Option<Typo> {
        match self {
            F::TotalNotSum {
                sum: Some(sum),
                stated: Some(stated),
            } => {
                let (right, wrong) = (sum.total().micrograys(), stated.total().micrograys());
                if right == wrong {
                    let count = |one: &Fractionation| u64::from(one.fractions().get());
                    suggest_typo(count(sum), count(stated))
                } else {
                    suggest_typo(right, wrong)
                }
            }
            F::DosePerFraction { prescribed, stated } => {
                let expected = prescribed.dose_per_fraction()?;
                suggest_typo(expected.micrograys(), stated.micrograys())
            }
            F::DailyIntensity {
                product: Some(product),
                daily,
                ..
            } => suggest_typo(
                product.nanograms_per_square_meter(),
                daily.nanograms_per_square_meter(),
            ),
            F::TextNumber { named, known, .. } => {
                let (NamedNumbers::Doses(known)
                | NamedNumbers::Intensities(known)
                | NamedNumbers::Fractions(known)) = known;
                // of several numbers it could be a slip of any
                match known.as_slice() {
                    [only] => suggest_typo(*only, *named),
                    _ => None,
                }
            }
            F::VariationBeyondShare {
                bound, variation, ..
            } => suggest_typo(*bound, steps(variation)),
            F::FarVariation { limit, variation } => suggest_typo(steps(limit), steps(variation)),
            _ => None,
        }
    }
}

/// The value of a limit in its smallest steps.
pub(super) const fn steps(value: &LimitValue) -> u64 {
    match value {
        LimitValue::Dose(DoseLevel::Absolute(dose)) => dose.micrograys(),
        LimitValue::Volume(VolumeLevel::Absolute(volume)) => volume.cubic_millimetres(),
        LimitValue::Dose(DoseLevel::PercentOf { percent, .. })
        | LimitValue::Volume(VolumeLevel::Percent(percent)) => percent.millionths(),
    }
}

impl Observation for ProtocolFinding {
    fn code(&self) -> &Code {
        self.fault.code()
    }

    fn outcome(&self) -> Outcome {
        if self.known.is_some() {
            Outcome::Warn
        } else {
            self.fault.outcome()
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(&*self.at)
    }

    fn values(&self) -> Values {
        self.fault.values()
    }
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<ProtocolFinding>);

impl Findings {
    pub(super) fn push(&mut self, at: impl Into<String>, fault: ProtocolFault) {
        self.0.push(ProtocolFinding::new(at, fault));
    }

    pub(super) fn empty(&mut self, at: impl Into<String>, part: EmptyPart) {
        self.push(at, F::Empty(part));
    }

    pub(super) fn undeclared(&mut self, at: impl Into<String>, kind: &'static str, name: &Text) {
        let name = name.clone();
        self.push(at, F::Undeclared { kind, name });
    }

    pub(super) fn quote(&mut self, at: &str, quote: &Quote) {
        if quote.text.trim().is_empty() || quote.locator.trim().is_empty() {
            self.push(at, F::IncompleteQuote);
        }
    }

    pub(super) fn unique<'a>(&mut self, list: &str, names: impl Iterator<Item = &'a Text>) {
        let mut seen = BTreeSet::new();
        for (index, name) in names.enumerate() {
            if name.trim().is_empty() {
                let at = format!("{list}[{index}]");
                self.empty(at, EmptyPart::Name);
            } else if !seen.insert(name) {
                let name = name.clone();
                self.push(format!("{list}[{index}]"), F::DuplicateName { name });
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        self.0.into_iter().map(Finding::from).collect()
    }
}
