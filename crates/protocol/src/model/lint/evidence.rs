//! What a text must contain to bear a value: its numbers.

use core::num::NonZeroU8;
use std::string::{String, ToString};
use std::vec::Vec;

use super::number::{Kind, Number};
use crate::model::condition::{Condition, FactTest};
use crate::model::dose::{Modality, PrescribedFractionation};
use crate::model::drug::{DrugDays, Infusion};
use crate::model::eligibility::CandidateTest;
use crate::model::fact::FactQuantity;
use crate::model::limit::{
    DoseLevel, DoseVolumeMetric, LimitValue, Percent, TissueVolume, VolumeLevel,
};
use crate::model::model::PhaseOrder;
use crate::model::start::Span;
use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use chemorad::radiotherapy::Fractionation;
use chemorad::text::{List, Text};

/// A number that a value needs its text to contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needed {
    /// This number, in this kind's unit or bare.
    Number {
        millionths: u64,
        kind: Kind,
        shown: String,
    },
    /// Two of total, fractions and dose per fraction; the third follows from them.
    Fractionation(Fractionation),
    /// At least one of these.
    AnyOf(Vec<Needed>),
}

impl Needed {
    fn new(millionths: u64, kind: Kind, shown: &impl ToString) -> Self {
        Self::Number {
            millionths,
            kind,
            shown: shown.to_string(),
        }
    }

    fn count(count: u32) -> Self {
        Self::new(u64::from(count) * 1_000_000, Kind::Count, &count)
    }

    /// What is missing among the numbers of a text; `None` when nothing is.
    pub(super) fn missing(&self, found: &[Number]) -> Option<String> {
        match self {
            Self::Number {
                millionths,
                kind,
                shown,
            } => (!contains(found, *millionths, *kind)).then(|| shown.clone()),
            Self::AnyOf(several) => {
                let missing: Option<Vec<String>> =
                    several.iter().map(|one| one.missing(found)).collect();
                missing.map(|missing| missing.join(" or "))
            }
            Self::Fractionation(fractionation) => {
                let n = fractionation.fractions().get();
                let total = fractionation.total();
                let parts = [
                    (
                        total.to_string(),
                        contains(found, total.micrograys(), Kind::Dose),
                    ),
                    (
                        format!("{n} fractions"),
                        contains(found, u64::from(n) * 1_000_000, Kind::Count),
                    ),
                    fractionation.dose_per_fraction().map_or_else(
                        || (String::new(), false),
                        |dose| {
                            let there = contains(found, dose.micrograys(), Kind::Dose);
                            (format!("{dose} per fraction"), there)
                        },
                    ),
                ];
                if parts.iter().filter(|(_, there)| *there).count() >= 2 {
                    return None;
                }
                let absent: Vec<&str> = parts
                    .iter()
                    .filter(|(text, there)| !there && !text.is_empty())
                    .map(|(text, _)| text.as_str())
                    .collect();
                Some(absent.join(" or "))
            }
        }
    }
}

fn contains(found: &[Number], millionths: u64, kind: Kind) -> bool {
    found.iter().any(|number| {
        let fits = number.kind == kind
            || (number.kind == Kind::Bare && kind != Kind::CyclesByName)
            || (matches!(kind, Kind::Cycles | Kind::CyclesByName) && number.kind == Kind::Count)
            // "5 d/wk" says how many
            || (kind == Kind::Count && number.kind == Kind::Day)
            || (kind == Kind::Any && !matches!(number.kind, Kind::Stage(_)))
            // "1600 mg/m2 per day"
            || (kind == Kind::DailyIntensity && number.kind == Kind::Intensity)
            || (kind == Kind::Span && matches!(number.kind, Kind::Week | Kind::Day | Kind::Hour));
        fits && number.millionths == millionths
    })
}

/// The numbers of a value.
pub(crate) trait Numbers {
    /// Adds what a text that bears the value must contain.
    fn needed(&self, out: &mut Vec<Needed>);
}

impl<T: Numbers> Numbers for List<T> {
    fn needed(&self, out: &mut Vec<Needed>) {
        for item in self {
            item.needed(out);
        }
    }
}

impl Numbers for Text {
    fn needed(&self, _: &mut Vec<Needed>) {}
}

impl Numbers for PhaseOrder {
    fn needed(&self, _: &mut Vec<Needed>) {}
}

impl Numbers for Modality {
    fn needed(&self, _: &mut Vec<Needed>) {}
}

impl Numbers for DrugDays {
    fn needed(&self, out: &mut Vec<Needed>) {
        let number = |number: u16, kind| Needed::new(u64::from(number) * 1_000_000, kind, &number);
        let day = |of: u16| number(of, Kind::Day);
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
                for (first, last) in days.spans() {
                    out.extend([day(*first), day(*last)]);
                }
                // "every 21 days", "q21", or "days 1-14, 7 days of rest", or "every 3 weeks"
                let every = every.get();
                let rest = every - days.last().min(every);
                let mut said = vec![day(every), day(rest)];
                if every % 7 == 0 {
                    said.push(number(every / 7, Kind::Week));
                }
                out.push(Needed::AnyOf(said));
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
            Self::Weekly { times } => out.push(Needed::AnyOf(vec![
                Needed::count(u32::from(times.get())),
                number(times.get(), Kind::Span),
            ])),
            Self::Weeks(weeks) => {
                out.extend(weeks.iter().map(|week| number(week.get(), Kind::Week)));
            }
            Self::RadiotherapyDays | Self::Weekdays | Self::CalendarDays => {}
        }
    }
}

impl Numbers for Infusion {
    fn needed(&self, out: &mut Vec<Needed>) {
        if let Some(hours) = self.hours() {
            let hour = Needed::new(u64::from(hours) * 1_000_000, Kind::Hour, self);
            out.push(if hours % 24 == 0 {
                let days = hours / 24;
                let day = Needed::new(
                    u64::from(days) * 1_000_000,
                    Kind::Day,
                    &format!("{days} days"),
                );
                Needed::AnyOf(vec![hour, day])
            } else {
                hour
            });
        }
    }
}

impl Numbers for PrescribedFractionation {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::Total(total) => total.needed(out),
            Self::TotalRange { lowest, highest } => {
                lowest.needed(out);
                highest.needed(out);
            }
            _ => self.named().iter().for_each(|one| one.needed(out)),
        }
    }
}

impl Numbers for FactQuantity {
    fn needed(&self, out: &mut Vec<Needed>) {
        let millionths = Decimal::new(1, 6)
            .and_then(|million| self.number.abs().checked_mul(million))
            .and_then(Decimal::to_integer)
            .and_then(|integer| u64::try_from(integer).ok());
        if let Some(millionths) = millionths {
            out.push(Needed::new(millionths, Kind::Any, self));
        }
    }
}

impl Numbers for Condition {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::AllOf(parts) | Self::AnyOf(parts) | Self::NoneOf(parts) => parts.needed(out),
            Self::Fact(test) => test.needed(out),
            Self::AnyRiskFeature | Self::Everyone => {}
        }
    }
}

/// The digit of a stage such as pT2; `Tis` has none.
fn stages<T: ToString>(letter: char, list: &List<T>, out: &mut Vec<Needed>) {
    for stage in list {
        let text = stage.to_string();
        if let Some(digit) = text.chars().next_back().and_then(|c| c.to_digit(10)) {
            out.push(Needed::new(
                u64::from(digit) * 1_000_000,
                Kind::Stage(letter),
                &text,
            ));
        }
    }
}

impl Numbers for Fractionation {
    fn needed(&self, out: &mut Vec<Needed>) {
        out.push(Needed::Fractionation(*self));
    }
}

impl Numbers for AbsorbedDose {
    fn needed(&self, out: &mut Vec<Needed>) {
        out.push(Needed::new(self.micrograys(), Kind::Dose, self));
    }
}

impl Numbers for IntensityPerAdministration {
    fn needed(&self, out: &mut Vec<Needed>) {
        let value = self.nanograms_per_square_meter();
        out.push(Needed::new(value, Kind::Intensity, self));
    }
}

impl Numbers for IntensityPerDay {
    fn needed(&self, out: &mut Vec<Needed>) {
        let value = self.nanograms_per_square_meter();
        out.push(Needed::new(value, Kind::DailyIntensity, self));
    }
}

impl Numbers for NonZeroU8 {
    fn needed(&self, out: &mut Vec<Needed>) {
        out.push(Needed::count(u32::from(self.get())));
    }
}

impl Numbers for Span {
    fn needed(&self, out: &mut Vec<Needed>) {
        // weeks and days are told apart by the field, not by the value
        for end in [self.min(), self.max()] {
            out.push(Needed::new(u64::from(end) * 1_000_000, Kind::Span, &end));
        }
    }
}

impl Numbers for Percent {
    fn needed(&self, out: &mut Vec<Needed>) {
        out.push(Needed::new(self.millionths(), Kind::Percent, self));
    }
}

impl Numbers for TissueVolume {
    fn needed(&self, out: &mut Vec<Needed>) {
        let value = self.cubic_millimetres() * 1000;
        out.push(Needed::new(value, Kind::Volume, self));
    }
}

impl Numbers for DoseLevel {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::Absolute(dose) => dose.needed(out),
            Self::PercentOf { percent, .. } => percent.needed(out),
        }
    }
}

impl Numbers for VolumeLevel {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::Absolute(volume) => volume.needed(out),
            Self::Percent(percent) => percent.needed(out),
        }
    }
}

impl Numbers for LimitValue {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::Dose(level) => level.needed(out),
            Self::Volume(level) => level.needed(out),
        }
    }
}

impl Numbers for DoseVolumeMetric {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::VolumeAtDose(level) => level.needed(out),
            Self::DoseAtVolume(level) => level.needed(out),
            Self::MeanDose | Self::MaximumDose | Self::MinimumDose => {}
        }
    }
}

impl Numbers for FactTest {
    fn needed(&self, out: &mut Vec<Needed>) {
        match self {
            Self::SubmucosalDepthAbove(depth) => {
                out.push(Needed::new(depth.micrometres() * 1000, Kind::Length, depth));
            }
            Self::TumourStage(list) => stages('T', list, out),
            Self::NodalStage(list) => stages('N', list, out),
            Self::Metastasis(list) => stages('M', list, out),
            Self::Quantity { range, .. } => {
                for end in [&range.lowest, &range.highest].into_iter().flatten() {
                    end.value.needed(out);
                }
            }
            _ => {}
        }
    }
}

impl Numbers for CandidateTest {
    fn needed(&self, out: &mut Vec<Needed>) {
        let mut year = |age: u8| {
            out.push(Needed::new(u64::from(age) * 1_000_000, Kind::Year, &age));
        };
        match self {
            Self::AgeAtLeast(age) => year(age.get()),
            Self::AgeBetween { min, max } => {
                year(min.get());
                year(max.get());
            }
            Self::EcogAtMost(status) => {
                out.push(Needed::count(u32::from(status.get())));
            }
            Self::DistanceAtMost(distance) => {
                out.push(Needed::new(
                    distance.micrometres() * 1000,
                    Kind::Length,
                    distance,
                ));
            }
            Self::ClinicalTumourStage(list) => stages('T', list, out),
            Self::ClinicalNodalStage(list) => stages('N', list, out),
            Self::ClinicalMetastasis(list) => stages('M', list, out),
            Self::AllOf(tests) => tests.needed(out),
            Self::Fact(test) => test.needed(out),
            _ => {}
        }
    }
}
