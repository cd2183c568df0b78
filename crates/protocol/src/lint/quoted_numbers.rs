//! What a text must contain to bear a value: its numbers.

use core::num::NonZeroU8;

use super::number::{Kind, Number, digits_at};
use super::total_fractions::{is_divided_otherwise, millionths};
use crate::facts::condition::Condition;
use crate::facts::criterion::CandidateTest;
use crate::facts::test::FactTest;
use crate::facts::value::FactQuantity;
use crate::model::dose::PrescribedFractionation;
use crate::model::drug_days::{DrugDays, Infusion};
use crate::model::drug_dose::DrugDose;
use crate::model::limit::{
    DoseLevel, DoseVolumeMetric, LimitValue, Percent, TissueVolume, VolumeLevel,
};
use crate::model::start::Span;
use crate::model::value::Value;
use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay, OrderedDose};
use chemorad::radiotherapy::Fractionation;
use chemorad::text::List;

/// A number that a value needs its text to contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequiredNumber {
    /// This number, in this kind's unit or bare.
    Number {
        value: Decimal,
        kind: Kind,
        shown: String,
    },
    /// A total of so many grays, and not that of each fraction.
    Total(AbsorbedDose),
    /// Two of total, fractions and dose per fraction; the third follows from them.
    Fractionation(Fractionation),
    /// At least one of these.
    AnyOf(Vec<RequiredNumber>),
}

impl RequiredNumber {
    fn new(value: impl Into<Decimal>, kind: Kind, shown: &impl ToString) -> Self {
        Self::Number {
            value: value.into(),
            kind,
            shown: shown.to_string(),
        }
    }

    /// A dose, of a fraction or of all.
    pub(super) fn each(dose: AbsorbedDose) -> Self {
        Self::new(millionths(dose.micrograys()), Kind::Dose, &dose)
    }

    pub(super) fn count(count: u32) -> Self {
        Self::new(count, Kind::Count, &count)
    }

    /// A fractionation that one text says otherwise: its total stands with other fractions.
    pub(super) fn divided_otherwise(&self, found: &[Number]) -> Option<Vec<String>> {
        let Self::Fractionation(fractionation) = self else {
            return None;
        };
        let (total, n) = (fractionation.total(), fractionation.fractions().get());
        let otherwise = is_divided_otherwise(found, total, n);
        otherwise.then(|| vec![format!("{total} in {n} fractions")])
    }

    /// What is missing among the numbers of a text, one of which would do; `None` when nothing is.
    pub(super) fn missing(&self, found: &[Number]) -> Option<Vec<String>> {
        match self {
            Self::Number { value, kind, shown } => {
                (!contains(found, *value, *kind)).then(|| vec![shown.clone()])
            }
            Self::Total(total) => (!has_total(found, *total)).then(|| vec![total.to_string()]),
            Self::AnyOf(several) => {
                let missing: Option<Vec<Vec<String>>> =
                    several.iter().map(|one| one.missing(found)).collect();
                // 6 times and 6 weeks are one number to whoever looks for it
                missing.map(|missing| {
                    let mut once: Vec<String> = Vec::new();
                    for text in missing.concat() {
                        if !once.contains(&text) {
                            once.push(text);
                        }
                    }
                    once
                })
            }
            Self::Fractionation(fractionation) => {
                let n = fractionation.fractions().get();
                let total = fractionation.total();
                // a single fraction is the total
                let has_total = has_total(found, total) || (n == 1 && has_dose(found, total));
                let parts = [
                    (total.to_string(), has_total),
                    (
                        format!("{n} fractions"),
                        contains(found, n.into(), Kind::Count),
                    ),
                    fractionation.dose_per_fraction().map_or_else(
                        || (String::new(), false),
                        |dose| {
                            let there = has_each(found, dose)
                                || (has_total || is_small(dose, n)) && has_dose(found, dose);
                            (format!("{dose} per fraction"), there)
                        },
                    ),
                ];
                if parts.iter().filter(|(_, there)| *there).count() >= 2 {
                    return None;
                }
                let absent = parts
                    .into_iter()
                    .filter(|(text, there)| !there && !text.is_empty());
                Some(absent.map(|(text, _)| text).collect())
            }
        }
    }
}

/// The numbers of grays, or without a unit, that are this dose.
fn doses(found: &[Number], dose: AbsorbedDose) -> impl Iterator<Item = Kind> {
    let value = millionths(dose.micrograys());
    found
        .iter()
        .filter(move |number| number.value == value)
        .map(|number| number.kind)
}

fn has_total(found: &[Number], dose: AbsorbedDose) -> bool {
    doses(found, dose).any(|kind| matches!(kind, Kind::Dose | Kind::Bare))
}

fn has_each(found: &[Number], dose: AbsorbedDose) -> bool {
    doses(found, dose).any(|kind| matches!(kind, Kind::DosePerFraction | Kind::Bare))
}

fn has_dose(found: &[Number], dose: AbsorbedDose) -> bool {
    has_total(found, dose) || has_each(found, dose)
}

/// As the total of the fractions, less than a gray each: so it is that of each, as in "2 Gy, 25 fractions".
fn is_small(dose: AbsorbedDose, fractions: u32) -> bool {
    dose.micrograys() < 1_000_000 * u64::from(fractions)
}

fn contains(found: &[Number], value: Decimal, kind: Kind) -> bool {
    found.iter().any(|number| {
        let fits = number.kind == kind
            || (kind == Kind::Dose && number.kind == Kind::DosePerFraction)
            || (number.kind == Kind::Bare && kind != Kind::CyclesByName)
            || (matches!(kind, Kind::Cycles | Kind::CyclesByName) && number.kind == Kind::Count)
            // "5 d/wk" says how many
            || (kind == Kind::Count && matches!(number.kind, Kind::Day | Kind::PerWeek))
            || (kind == Kind::DayNumber && number.kind == Kind::Day)
            || (kind == Kind::WeeklyTimes && matches!(number.kind, Kind::Week | Kind::Count))
            || (kind == Kind::Any && !matches!(number.kind, Kind::Stage(_)))
            // "1600 mg/m2 per day"
            || (kind == Kind::DailyIntensity && number.kind == Kind::Intensity)
            || (kind == Kind::Span && matches!(number.kind, Kind::Week | Kind::Day | Kind::Hour));
        // the unit a protocol declares may be the one that the text writes
        let written = kind == Kind::Any && number.written() == Some(value);
        fits && (number.value == value || written)
    })
}

/// What a text that bears a value must contain.
pub(super) fn required(value: Value<'_>) -> Vec<RequiredNumber> {
    let mut out = Vec::new();
    let number: &dyn RequiresNumbers = match &value {
        Value::Words => return out,
        Value::Fractionation(value) => *value,
        Value::Dose(value) => value,
        Value::Intensity(value) => value,
        Value::IntensityPerDay(value) => value,
        Value::DrugDose(value) => value,
        Value::DrugAmount(value) => value,
        Value::Count(value) => value,
        Value::Days(value) => *value,
        Value::Infusion(value) => value,
        Value::Span(value) => value,
        Value::Percent(value) => value,
        Value::Limit(value) => *value,
        Value::Condition(value) => *value,
        Value::Fact(value) => *value,
        Value::Candidate(value) => *value,
    };
    number.required(&mut out);
    out
}

/// What a text that names the metric of a limit must contain.
pub(super) fn required_by_metric(metric: &DoseVolumeMetric) -> Vec<RequiredNumber> {
    let mut out = Vec::new();
    metric.required(&mut out);
    out
}

/// The numbers of a value.
trait RequiresNumbers {
    /// Adds what a text that bears the value must contain.
    fn required(&self, out: &mut Vec<RequiredNumber>);
}

impl<T: RequiresNumbers> RequiresNumbers for List<T> {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        for item in self {
            item.required(out);
        }
    }
}

impl RequiresNumbers for DrugDays {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let number = |number: u16, kind| RequiredNumber::new(u32::from(number), kind, &number);
        let day = |of: u16| number(of, Kind::DayNumber);
        match self {
            Self::Days(days) => {
                for (first, last) in days.spans() {
                    out.extend([day(*first), day(*last)]);
                }
            }
            Self::Cycle {
                days,
                every,
                cycles,
            } => {
                // "every 3 weeks" names no day
                if days.spans() != [(1, 1)] {
                    for (first, last) in days.spans() {
                        out.extend([day(*first), day(*last)]);
                    }
                }
                // "every 21 days", "q21", or "days 1-14, 7 days of rest", or "every 3 weeks"
                let every = every.get();
                let rest = every - days.last().min(every);
                let mut said = vec![number(every, Kind::Day), number(rest, Kind::Day)];
                if every % 7 == 0 {
                    said.push(number(every / 7, Kind::Week));
                }
                out.push(RequiredNumber::AnyOf(said));
                out.extend(cycles.map(|cycles| {
                    let cycles = cycles.get();
                    let ends = days.spans().iter().flat_map(|(a, b)| [*a, *b]);
                    let taken = ends.chain([every, rest]).any(|of| of == cycles);
                    let kind = if taken {
                        Kind::CyclesByName
                    } else {
                        Kind::Cycles
                    };
                    number(cycles, kind)
                }));
            }
            Self::Weekly { per_week, times } => {
                if per_week.get() > 1 {
                    out.push(RequiredNumber::count(u32::from(per_week.get())));
                }
                // "for 4 weeks" twice a week is not 4 times
                let kind = if per_week.get() > 1 {
                    Kind::Cycles
                } else {
                    Kind::WeeklyTimes
                };
                out.extend(times.map(|times| number(times.get(), kind)));
            }
            Self::Weeks(weeks) => {
                out.extend(
                    weeks
                        .iter()
                        .map(|week| number(week.get(), Kind::WeekNumber)),
                );
            }
            Self::Fractions(numbers) => {
                for (first, last) in numbers.spans() {
                    out.extend([first, last].map(|end| number(*end, Kind::FractionNumber)));
                }
            }
            Self::RadiotherapyDays | Self::Weekdays | Self::CalendarDays => {}
        }
    }
}

impl RequiresNumbers for Infusion {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        if let Some(hours) = self.hours() {
            let hour = RequiredNumber::new(u32::from(hours), Kind::Hour, self);
            out.push(if hours % 24 == 0 {
                let days = hours / 24;
                let day = RequiredNumber::new(u32::from(days), Kind::Day, &format!("{days} days"));
                RequiredNumber::AnyOf(vec![hour, day])
            } else {
                hour
            });
        }
    }
}

impl RequiresNumbers for PrescribedFractionation {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::Total(total) => out.push(RequiredNumber::Total(*total)),
            Self::TotalRange { lowest, highest } => {
                out.extend([*lowest, *highest].map(RequiredNumber::Total));
            }
            _ => self.named().iter().for_each(|one| one.required(out)),
        }
    }
}

impl RequiresNumbers for Condition {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::AllOf(parts) | Self::AnyOf(parts) | Self::NoneOf(parts) => parts.required(out),
            Self::Fact(test) => test.required(out),
            Self::AnyRiskFeature | Self::Everyone => {}
        }
    }
}

/// The digit of a stage such as pT2; `Tis` has none.
fn stages<T: ToString>(letter: char, list: &List<T>, out: &mut Vec<RequiredNumber>) {
    for stage in list {
        let text = stage.to_string();
        if let Some(digit) = text.chars().next_back().and_then(|c| c.to_digit(10)) {
            out.push(RequiredNumber::new(digit, Kind::Stage(letter), &text));
        }
    }
}

impl RequiresNumbers for Fractionation {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        out.push(RequiredNumber::Fractionation(*self));
    }
}

impl RequiresNumbers for AbsorbedDose {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        out.push(RequiredNumber::new(
            millionths(self.micrograys()),
            Kind::Dose,
            self,
        ));
    }
}

impl RequiresNumbers for IntensityPerAdministration {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let value = millionths(self.nanograms_per_square_meter());
        out.push(RequiredNumber::new(value, Kind::Intensity, self));
    }
}

impl RequiresNumbers for IntensityPerDay {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let value = millionths(self.nanograms_per_square_meter());
        out.push(RequiredNumber::new(value, Kind::DailyIntensity, self));
    }
}

impl RequiresNumbers for DrugDose {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let kind = match self {
            Self::Flat(_) => Kind::Mass,
            Self::PerKilogram(_) => Kind::MassPerKilogram,
            Self::AreaUnderCurve(_) => Kind::AreaUnderCurve,
        };
        out.push(RequiredNumber::new(self.number(), kind, self));
    }
}

impl RequiresNumbers for OrderedDose {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let shown = format!("at most {self}");
        out.push(RequiredNumber::new(self.milligrams(), Kind::Cap, &shown));
    }
}

impl RequiresNumbers for NonZeroU8 {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        out.push(RequiredNumber::count(u32::from(self.get())));
    }
}

impl RequiresNumbers for Span {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        // weeks and days are told apart by the field, not by the value
        for end in [self.min(), self.max()] {
            out.push(RequiredNumber::new(end, Kind::Span, &end));
        }
    }
}

impl RequiresNumbers for Percent {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        out.push(RequiredNumber::new(
            millionths(self.millionths()),
            Kind::Percent,
            self,
        ));
    }
}

impl RequiresNumbers for TissueVolume {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let value = millionths(self.cubic_millimetres() * 1000);
        out.push(RequiredNumber::new(value, Kind::Volume, self));
    }
}

impl RequiresNumbers for DoseLevel {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::Absolute(dose) => dose.required(out),
            Self::PercentOf { percent, .. } => percent.required(out),
        }
    }
}

impl RequiresNumbers for VolumeLevel {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::Absolute(volume) => volume.required(out),
            Self::Percent(percent) => percent.required(out),
        }
    }
}

impl RequiresNumbers for LimitValue {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::Dose(level) => level.required(out),
            Self::Volume(level) => level.required(out),
        }
    }
}

impl RequiresNumbers for DoseVolumeMetric {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        match self {
            Self::VolumeAtDose(level) => level.required(out),
            Self::DoseAtVolume(level) => level.required(out),
            Self::MeanDose | Self::MaximumDose | Self::MinimumDose => {}
        }
    }
}

impl RequiresNumbers for FactTest {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let built_in = self.fact().built_in();
        match self {
            Self::Choice { is, .. } => {
                if let Some(letter) = built_in.and_then(|fact| fact.stage) {
                    stages(letter, is, out);
                }
            }
            Self::Quantity { range, .. } => {
                // of pathology there are lengths in millimetres alone
                let kind = if built_in.is_some() {
                    Kind::Length
                } else {
                    Kind::Any
                };
                out.extend(range.ends().map(|end| of_fact(end, kind)));
            }
        }
    }
}

/// A value of a fact: in the unit it is declared in, whatever unit the text has, or without one.
fn of_fact(value: &FactQuantity, kind: Kind) -> RequiredNumber {
    let number = value.number.abs();
    let unit = digits_at(&format!("1 {}", value.unit), 0).filter(|unit| unit.kind != Kind::Bare);
    let scaled = unit.and_then(|unit| Some((number.checked_mul(unit.unit)?, unit.kind)));
    match scaled {
        Some((scaled, kind)) => RequiredNumber::AnyOf(vec![
            RequiredNumber::new(scaled, kind, value),
            RequiredNumber::new(number, Kind::Bare, value),
        ]),
        None => RequiredNumber::new(number, kind, value),
    }
}

impl RequiresNumbers for CandidateTest {
    fn required(&self, out: &mut Vec<RequiredNumber>) {
        let mut year = |age: u8| {
            out.push(RequiredNumber::new(u32::from(age), Kind::Year, &age));
        };
        match self {
            Self::AgeAtLeast(age) => year(age.get()),
            Self::AgeBetween { min, max } => {
                year(min.get());
                year(max.get());
            }
            Self::EcogAtMost(status) => {
                out.push(RequiredNumber::count(u32::from(status.get())));
            }
            Self::DistanceAtMost(distance) => {
                out.push(RequiredNumber::new(
                    millionths(distance.micrometres() * 1000),
                    Kind::Length,
                    distance,
                ));
            }
            Self::ClinicalTumourStage(list) => stages('T', list, out),
            Self::ClinicalNodalStage(list) => stages('N', list, out),
            Self::ClinicalMetastasis(list) => stages('M', list, out),
            Self::AllOf(tests) => tests.required(out),
            Self::Fact(test) => test.required(out),
            _ => {}
        }
    }
}
