//! One value of a protocol, whatever its type: what a check looks into.

use core::num::NonZeroU8;

use super::dose::{Modality, PrescribedFractionation};
use super::drug_days::{DrugDays, Infusion};
use super::drug_dose::{DayOne, DrugDose};
use super::limit::{LimitValue, Percent};
use super::protocol::PhaseOrder;
use super::start::Span;
use crate::facts::condition::Condition;
use crate::facts::criterion::CandidateTest;
use crate::facts::test::FactTest;
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay, OrderedDose};
use chemorad::text::{List, Text};

/// A value of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'p> {
    /// A name or another word, or several.
    Words,
    Fractionation(&'p PrescribedFractionation),
    Dose(AbsorbedDose),
    Intensity(IntensityPerAdministration),
    IntensityPerDay(IntensityPerDay),
    DrugDose(DrugDose),
    DrugAmount(OrderedDose),
    Count(NonZeroU8),
    Days(&'p DrugDays),
    Infusion(Infusion),
    Span(Span),
    Percent(Percent),
    Limit(&'p LimitValue),
    Condition(&'p Condition),
    Fact(&'p FactTest),
    Candidate(&'p CandidateTest),
}

/// What a statement can hold.
pub(crate) trait AsValue {
    fn as_value(&self) -> Value<'_>;
}

macro_rules! as_value {
    ($($name:ty => |$value:ident| $form:expr),+ $(,)?) => {$(
        impl AsValue for $name {
            fn as_value(&self) -> Value<'_> {
                let $value = self;
                $form
            }
        }
    )+};
}

as_value! {
    Text => |_words| Value::Words,
    List<Text> => |_words| Value::Words,
    PhaseOrder => |_words| Value::Words,
    Modality => |_words| Value::Words,
    DayOne => |_words| Value::Words,
    PrescribedFractionation => |value| Value::Fractionation(value),
    AbsorbedDose => |value| Value::Dose(*value),
    IntensityPerAdministration => |value| Value::Intensity(*value),
    IntensityPerDay => |value| Value::IntensityPerDay(*value),
    DrugDose => |value| Value::DrugDose(*value),
    OrderedDose => |value| Value::DrugAmount(*value),
    NonZeroU8 => |value| Value::Count(*value),
    DrugDays => |value| Value::Days(value),
    Infusion => |value| Value::Infusion(*value),
    Span => |value| Value::Span(*value),
    Percent => |value| Value::Percent(*value),
    LimitValue => |value| Value::Limit(value),
    Condition => |value| Value::Condition(value),
    FactTest => |value| Value::Fact(value),
    CandidateTest => |value| Value::Candidate(value),
}
