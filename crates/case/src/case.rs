//! The content of a case file.

use core::fmt;
use core::num::NonZeroU8;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use jiff::civil::Date;
use serde::de::{self, Visitor};

use super::drug_case::{Dpyd, DrugRules, Renal, SupplyPolicy};
use super::drug_rounding::DrugRounding;
use super::earlier::EarlierRadiotherapy;
use super::time_parameters::TimeParameters;
use chemorad::capecitabine::{
    DeviationTolerance, RoundingRule, RuleSet, RuleSetName, TabletStock, Ties,
};
use chemorad::patient::{Age, BodySurfaceAreaFormula, Height, Sex, SurfaceArea, Weight};
use chemorad::quantity::{AlphaBeta, IntensityPerAdministration, OrderedDose};
use chemorad::radiotherapy::dates;
use chemorad::radiotherapy::{Fractionation, Weekdays};
use chemorad_protocol::{Candidate, DayOne, Pathology};

/// What a clinic knows of one patient and has decided: the content of a case file.
///
/// Everything is optional here because what is needed depends on the treatment; what is needed and
/// absent is an error of [`Sheet::new`](super::Sheet::new) that names it. Unknown fields are errors.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A heading for the sheet, one line.
    pub title: Option<String>,
    /// The protocol, by its id.
    pub protocol: String,
    /// The option chosen, by its id, where the protocol offers more than one.
    pub option: Option<String>,
    /// The α/β to report BED and EQD2 for.
    pub alpha_beta: Vec<AlphaBeta>,
    /// Published α/β records to report BED and EQD2 for, by their ids.
    pub endpoints: Vec<String>,
    /// The person.
    pub patient: Patient,
    /// Whether there was radiotherapy before: none, given or unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier_radiotherapy: Option<EarlierRadiotherapy>,
    /// Facts for the eligibility criteria; without them only the age is checked. Age comes from the
    /// patient; where it stands here too, the two must agree.
    pub eligibility: Option<Candidate>,
    /// What the pathologist reports.
    pub pathology: Pathology,
    /// The facts the protocol declares beyond those of pathology, by their names, as text.
    pub facts: BTreeMap<String, String>,
    /// What the site decides where the protocol is silent.
    pub site: SitePolicy,
    /// Dates, where they are known.
    pub calendar: Option<Calendar>,
    /// What overall time costs, where that is meant; it needs the calendar.
    pub time: Option<TimeParameters>,
    /// Renal function, for a drug.
    pub renal: Option<Renal>,
    /// DPYD status, for a drug.
    pub dpyd: Option<Dpyd>,
    /// Rules about the drug, and what they are applied to.
    pub drug_rules: Option<DrugRules>,
    /// The rule sets of the files that `drug_rules.rule_sets` and `site.rounding` name, each with the
    /// name it has there. This library reads no files; a program that does puts them here.
    #[serde(skip)]
    pub rule_set_files: Vec<(RuleSetName, RuleSet)>,
    /// How the supply is dispensed; with a calendar, the supply is always counted.
    pub supply: Option<SupplyPolicy>,
}

impl Case {
    /// An empty case of a protocol.
    #[must_use]
    pub fn new(protocol: impl Into<String>) -> Self {
        Self {
            protocol: protocol.into(),
            ..Self::default()
        }
    }
}

/// The person, as far as doses depend on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patient {
    /// Height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Height>,
    /// Weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// Sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age in completed years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
}

/// What the site decides where the protocol is silent. The names are those of the protocol's
/// questions: each field that is not one of those below is the answer to the question of that id.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SitePolicy {
    /// Fractions given a week.
    pub fractions_per_week: Option<u8>,
    /// The body surface area formula.
    pub body_surface_area_formula: Option<BodySurfaceAreaFormula>,
    /// Tablets in stock, each `500 mg` or `150 mg (at most 2)`.
    pub tablet_strengths: Option<TabletStock>,
    /// `nearest`, `down`, `up`, or `bands:NAME` for the dose table of a rule set.
    pub rounding: Option<RoundingRule>,
    /// What to do halfway, for `nearest`.
    pub ties: Option<Ties>,
    /// A largest body surface area to dose on; no cap when absent.
    pub body_surface_area_cap: Option<SurfaceArea>,
    /// A largest dose of one administration; no cap when absent.
    pub dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose is a failed check; none is checked when absent.
    pub deviation_tolerance: Option<DeviationTolerance>,
    /// The dose of a phase, by its name, where the protocol gives a range or a choice.
    pub doses: BTreeMap<String, Fractionation>,
    /// The dose intensity of one administration, where the protocol leaves it open.
    pub intensity: Option<IntensityPerAdministration>,
    /// Administrations on a day of intake, where the protocol leaves them open.
    pub administrations_per_day: Option<NonZeroU8>,
    /// On which numbered day of the drug the first fraction is given, where the protocol leaves it open.
    pub first_fraction: Option<NonZeroU8>,
    /// What day 1 of the drug's numbered days is, where the protocol leaves it open.
    pub day_one: Option<DayOne>,
    /// How drugs that are no tablets are rounded, by their ids in the protocol.
    pub drugs: BTreeMap<String, DrugRounding>,
    /// Answers to further questions of the protocol, by their ids.
    pub answers: BTreeMap<String, String>,
    /// The same written in `[site]` itself: `capecitabine_days = "weekdays"`.
    #[serde(flatten)]
    pub own_answers: BTreeMap<String, Answer>,
}

/// An answer to a question of the protocol: a text, or a number or truth value as its text.
///
/// ```
/// use chemorad_case::Answer;
/// assert_eq!(Answer::from("weekdays").as_str(), "weekdays");
/// let given: Answer = serde_json::from_str("5")?;
/// assert_eq!(given.as_str(), "5");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Answer(String);

impl Answer {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Answer {
    fn from(answer: &str) -> Self {
        Self(answer.into())
    }
}

/// Whatever stands there: a misspelt field is told by its name, not by its value.
impl<'de> serde::Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyAnswer)
    }
}

struct AnyAnswer;

impl<'de> Visitor<'de> for AnyAnswer {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer in quotes")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Answer, E> {
        Ok(Answer::from(text))
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Answer, E> {
        Ok(Answer(yes.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Answer, E> {
        Ok(Answer(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Answer, E> {
        Ok(Answer(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Answer, E> {
        Ok(Answer(number.to_string()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Answer, A::Error> {
        while items.next_element::<de::IgnoredAny>()?.is_some() {}
        Ok(Answer("a list".into()))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut fields: A) -> Result<Answer, A::Error> {
        while fields
            .next_entry::<de::IgnoredAny, de::IgnoredAny>()?
            .is_some()
        {}
        Ok(Answer("a table".into()))
    }
}

/// Dates of one treatment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The date of the first fraction, `"2026-12-07"`.
    #[serde(deserialize_with = "dates::one")]
    pub start: Date,
    /// The weekdays of treatment: `mon-fri`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Weekdays>,
    /// Dates without treatment; an empty list says that there are none.
    #[serde(default, deserialize_with = "dates::several_if_given")]
    pub holidays: Option<Vec<Date>>,
    /// Fractions on each treatment day.
    pub fractions_per_day: u32,
    /// The date of the operation the protocol's start window counts from.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "dates::one_if_given"
    )]
    pub excision: Option<Date>,
    /// The date of day 1 of the drug's numbered days, where that is not the first fraction.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "dates::one_if_given"
    )]
    pub day_one: Option<Date>,
}
