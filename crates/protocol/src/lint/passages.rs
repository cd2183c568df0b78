//! Whether amounts of drugs are of the kind that their passages say: a day's amount is no administration's,
//! a total over days is no day's.

use chemorad::number::Decimal;

use super::borne_days::is_once;
use super::drug_passage::{DrugPassage, Read, read};
use super::fault::{ProtocolFault, SaidOtherwise};
use super::finding::Findings;
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Per, Range, Said};
use crate::statement::{Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let passage = DrugPassage::new(drug);
        passage.check_administration(&at, out);
        passage.check_day(&at, out);
    }
}

impl DrugPassage<'_> {
    /// The intensities of a passage with this number of milligrams per square metre.
    fn intensities<'m>(
        &self,
        read: &'m Read,
        value: Decimal,
    ) -> impl Iterator<Item = (&'m Mention, Per)> {
        self.own(read)
            .filter_map(move |mention| match &mention.said {
                Said::Intensity { amount, unit, per } => {
                    let scale = Decimal::from(unit.milligrams_per_square_meter()?);
                    let range = Range {
                        low: amount.low.checked_mul(scale)?,
                        high: amount.high.checked_mul(scale)?,
                    };
                    range.has(value).then_some((mention, *per))
                }
                _ => None,
            })
    }

    /// How often a day, by the value or by the passage.
    fn times(&self, read: &Read) -> Option<Decimal> {
        let said = self.own(read).find_map(|mention| match &mention.said {
            Said::AdministrationsPerDay(times) => Some(*times),
            _ => None,
        });
        let value = self
            .drug
            .administrations_per_day
            .as_ref()
            .and_then(Statement::value);
        said.or_else(|| value.map(|times| Decimal::from(u32::from(times.get()))))
    }

    /// A passage says another kind of amount, and none says this one.
    fn check(
        &self,
        (reads, is_stated): (&[Read], bool),
        value: Decimal,
        at: String,
        out: &mut Findings,
        fits: impl Fn(Per, &Read) -> bool,
    ) {
        let mut other = None;
        let mut unclear = None;
        for read in reads {
            for (mention, per) in self.intensities(read, value) {
                let per = self.made_clear(read, value, per);
                if fits(per, read) {
                    return;
                }
                let found = (mention.clone(), per, read.quote.clone());
                match per {
                    Per::DayOrHours(_) => unclear.get_or_insert(found),
                    _ => other.get_or_insert(found),
                };
            }
        }
        if let (None, Some((mention, Per::DayOrHours(hours), quote))) = (&other, unclear) {
            // a reason settles it
            if is_stated {
                let words = quote.text[mention.start..mention.end].to_owned();
                let words = words.into();
                out.push(
                    at,
                    ProtocolFault::DayOrTotal {
                        words,
                        hours,
                        quote,
                    },
                );
            }
            return;
        }
        if let Some((mention, per, quote)) = other {
            let words = quote.text[mention.start..mention.end].to_owned();
            let times = reads.iter().find_map(|read| self.times(read));
            out.push(
                at,
                ProtocolFault::AnotherIntensity {
                    words: words.into(),
                    said: said(per, times),
                    quote,
                },
            );
        }
    }

    /// `1000 mg/m2 for 96 hours` is a day's amount where the passage has 4000 mg/m2 too, and a total where it
    /// has 250 mg/m2.
    fn made_clear(&self, read: &Read, value: Decimal, per: Per) -> Per {
        let Per::DayOrHours(hours) = per else {
            return per;
        };
        let day = Decimal::from(24);
        let scaled = |amount: Decimal, by: Decimal| amount.checked_mul(by);
        for mention in self.own(read) {
            let Said::Intensity { amount, unit, .. } = &mention.said else {
                continue;
            };
            let scale = unit.milligrams_per_square_meter().map(Decimal::from);
            let Some(amount) = scale.and_then(|scale| scaled(amount.low, scale)) else {
                continue;
            };
            let total = scaled(value, hours);
            if total.is_some() && total == scaled(amount, day) {
                return Per::Day;
            }
            let all = scaled(amount, hours);
            if all.is_some() && all == scaled(value, day) {
                return Per::Hours(hours);
            }
        }
        per
    }

    fn check_administration(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity else {
            return;
        };
        let Some(value) = intensity.value() else {
            return;
        };
        let Some(value) = milligrams(value.nanograms_per_square_meter()) else {
            return;
        };
        let once = |read: &Read| {
            let held = self.drug.administrations_per_day.as_ref();
            if let Some(open) = held.filter(|held| held.value().is_none()) {
                // how often is asked: a day's amount is none of several
                return self.times(read) == Some(Decimal::from(1)) || is_once(open);
            }
            let times = held.and_then(Statement::value);
            let times = times
                .map(|times| Decimal::from(u32::from(times.get())))
                .or_else(|| self.times(read));
            times.is_none_or(|times| times == Decimal::from(1))
        };
        let hours = self.drug.infusion.as_ref().and_then(Statement::value);
        let hours = hours.and_then(|infusion| infusion.hours()).map(u32::from);
        let over = |days: Decimal| {
            let long = days.checked_mul(Decimal::from(24));
            hours.is_none_or(|hours| Some(Decimal::from(hours)) == long)
        };
        // an amount for several days that is given again before they are over is no single one
        let apart = self.drug.days.value().and_then(DrugDays::least_days_apart);
        let lasts = |hours: Decimal| {
            apart.is_none_or(|days| {
                let rest = Decimal::from(24 * days).checked_sub(hours);
                rest.is_some_and(|rest| !rest.is_negative())
            })
        };
        let lasts_days = |days: Decimal| days.checked_mul(Decimal::from(24)).is_some_and(lasts);
        let single = |per: Per, read: &Read| match per {
            Per::Administration | Per::Unstated => true,
            Per::Week => lasts_days(Decimal::from(7)),
            Per::Cycle => apart != Some(1),
            Per::Day => once(read) && hours.is_none_or(|hours| hours <= 24),
            Per::Days(days) => once(read) && over(days) && lasts_days(days),
            Per::Hours(said) => {
                hours.is_none_or(|hours| Decimal::from(hours) == said) && lasts(said)
            }
            Per::Course | Per::DayOrHours(_) => false,
        };
        self.check(
            (&read(intensity), intensity.status() == Status::Stated),
            value,
            format!("{at}.intensity"),
            out,
            single,
        );
    }

    fn check_day(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity_per_day else {
            return;
        };
        let Some(value) = intensity.value() else {
            return;
        };
        let Some(value) = milligrams(value.nanograms_per_square_meter()) else {
            return;
        };
        let one = Decimal::from(1);
        let day = |per: Per, read: &Read| match per {
            Per::Day | Per::Unstated => true,
            Per::Administration => self.times(read).is_none_or(|times| times == one),
            Per::Days(days) => days == one,
            Per::Hours(hours) => hours == Decimal::from(24),
            Per::Week | Per::Cycle | Per::Course | Per::DayOrHours(_) => false,
        };
        let at = format!("{at}.intensity_per_day");
        let is_stated = intensity.status() == Status::Stated;
        self.check((&read(intensity), is_stated), value, at, out, day);
    }
}

/// What a passage says of an amount.
fn said(per: Per, times: Option<Decimal>) -> SaidOtherwise {
    match per {
        Per::Day => SaidOtherwise::Day,
        Per::Days(days) => SaidOtherwise::Days(days),
        Per::Hours(hours) | Per::DayOrHours(hours) => SaidOtherwise::Hours(hours),
        Per::Week => SaidOtherwise::Week,
        Per::Cycle => SaidOtherwise::Cycle,
        Per::Course => SaidOtherwise::Course,
        Per::Administration | Per::Unstated => SaidOtherwise::Administration { times },
    }
}

fn milligrams(nanograms: u64) -> Option<Decimal> {
    Decimal::new(i128::from(nanograms), -6)
}
