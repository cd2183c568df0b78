//! Whether amounts of drugs are of the kind that their passages say: a day's amount is no administration's,
//! a total over days is no day's.

use chemorad::number::Decimal;

use super::drug_passage::{DrugPassage, Read, read};
use super::fault::{ProtocolFault, SaidOtherwise};
use super::finding::Findings;
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Per, Range, Said};
use crate::statement::Statement;

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
        reads: &[Read],
        value: Decimal,
        at: String,
        out: &mut Findings,
        fits: impl Fn(Per, &Read) -> bool,
    ) {
        let mut other = None;
        for read in reads {
            for (mention, per) in self.intensities(read, value) {
                if fits(per, read) {
                    return;
                }
                other.get_or_insert((mention.clone(), per, read.quote.clone()));
            }
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
            let times = self
                .drug
                .administrations_per_day
                .as_ref()
                .and_then(Statement::value);
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
        // a whole infusion on each of several days in a row would overlap itself
        let on_days_in_a_row = match self.drug.days.value() {
            Some(DrugDays::Days(days) | DrugDays::Cycle { days, .. }) => {
                days.spans().iter().any(|(first, last)| last > first)
            }
            _ => false,
        };
        let single = |per: Per, read: &Read| match per {
            Per::Administration | Per::Unstated | Per::Week | Per::Cycle => true,
            Per::Day => once(read) && hours.is_none_or(|hours| hours <= 24),
            Per::Days(days) => once(read) && over(days) && !on_days_in_a_row,
            Per::Hours(said) => {
                hours.is_none_or(|hours| Decimal::from(hours) == said) && !on_days_in_a_row
            }
            Per::Course => false,
        };
        self.check(
            &read(intensity),
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
            Per::Week | Per::Cycle | Per::Course => false,
        };
        let at = format!("{at}.intensity_per_day");
        self.check(&read(intensity), value, at, out, day);
    }
}

/// What a passage says of an amount.
fn said(per: Per, times: Option<Decimal>) -> SaidOtherwise {
    match per {
        Per::Day => SaidOtherwise::Day,
        Per::Days(days) => SaidOtherwise::Days(days),
        Per::Hours(hours) => SaidOtherwise::Hours(hours),
        Per::Week => SaidOtherwise::Week,
        Per::Cycle => SaidOtherwise::Cycle,
        Per::Course => SaidOtherwise::Course,
        Per::Administration | Per::Unstated => SaidOtherwise::Administration { times },
    }
}

fn milligrams(nanograms: u64) -> Option<Decimal> {
    Decimal::new(i128::from(nanograms), -6)
}
