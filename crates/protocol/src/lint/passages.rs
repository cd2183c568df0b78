//! Whether amounts of drugs are of the kind that their passages say: a day's amount is no administration's,
//! a total over days is no day's.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::alt;

use super::borne_days::is_once;
use super::drug_passage::{DrugPassage, Read, read};
use super::fault::{ProtocolFault, SaidOtherwise};
use super::finding::Findings;
use super::number::Number;
use super::reading::{numbers, tokens};
use super::support::numbers_of;
use crate::model::drug_days::DrugDays;
use crate::model::drug_dose::DrugDose;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{AmountUnit, Mention, Per, Range, Said};
use crate::passage::phrase::{Parsed, per_day};
use crate::passage::token::Tokens;
use crate::statement::{Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let passage = DrugPassage::of(protocol, drug);
        passage.check_administration(&at, out);
        passage.check_dose(&at, out);
        passage.check_day(&at, out);
        passage.check_cap(&at, out);
        passage.check_infusion(&at, out);
    }
}

/// An amount as held: its number in a plain unit.
#[derive(Debug, Clone, Copy)]
struct Held {
    value: Decimal,
    unit: AmountUnit,
}

impl DrugPassage<'_> {
    /// The amounts of a passage in this unit, with what they are per.
    fn amounts<'m>(
        &self,
        read: &'m Read,
        wanted: AmountUnit,
    ) -> impl Iterator<Item = (&'m Mention, Range, Per)> {
        self.own(read)
            .filter_map(move |mention| match &mention.said {
                Said::Intensity { amount, unit, per } => {
                    let (unit, scale) = unit.plain();
                    let range = Range {
                        low: amount.low.checked_mul(scale.into())?,
                        high: amount.high.checked_mul(scale.into())?,
                    };
                    (unit == wanted).then_some((mention, range, *per))
                }
                _ => None,
            })
    }

    /// An amount of each day that makes the value on all the days together.
    fn part_of_days<'m>(&self, read: &'m Read, held: Held) -> Option<(&'m Mention, Per)> {
        let (DrugDays::Days(days) | DrugDays::Cycle { days, .. }) = self.drug.days.value()? else {
            return None;
        };
        let apart = self.drug.days.value().and_then(DrugDays::least_days_apart);
        let count = u32::try_from(days.count()).ok()?;
        let is_part = |range: Range, per: Per| {
            range.low.checked_mul(count.into()) == Some(held.value) && per == Per::Day
        };
        let mut amounts = self.amounts(read, held.unit);
        let found = amounts.find(|(_, range, per)| is_part(*range, *per));
        let (mention, _, per) = found.filter(|_| count > 1 && apart == Some(1))?;
        Some((mention, per))
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
        held: Held,
        at: String,
        out: &mut Findings,
        fits: impl Fn(Per, &Read) -> bool,
    ) {
        let mut other = None;
        let mut unclear = None;
        for read in reads {
            if let Some((mention, per)) = self.part_of_days(read, held) {
                other = Some((mention.clone(), per, read.quote.clone()));
                break;
            }
            for (mention, range, per) in self.amounts(read, held.unit) {
                if !range.has(held.value) {
                    continue;
                }
                let per = self.made_clear(read, held, per);
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
    fn made_clear(&self, read: &Read, held: Held, per: Per) -> Per {
        let Per::DayOrHours(hours) = per else {
            return per;
        };
        let day = Decimal::from(24);
        let scaled = |amount: Decimal, by: Decimal| amount.checked_mul(by);
        for (_, amount, _) in self.amounts(read, held.unit) {
            let total = scaled(held.value, hours);
            if total.is_some() && total == scaled(amount.low, day) {
                return Per::Day;
            }
            let all = scaled(amount.low, hours);
            if all.is_some() && all == scaled(held.value, day) {
                return Per::Hours(hours);
            }
        }
        per
    }

    fn check_administration(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity else {
            return;
        };
        let value = intensity.value();
        let value = value.and_then(|value| milligrams(value.nanograms_per_square_meter()));
        if let Some(value) = value {
            let unit = AmountUnit::MilligramPerSquareMeter;
            let is_stated = intensity.status() == Status::Stated;
            let reads = read(intensity);
            self.check_single(
                (&reads, is_stated),
                Held { value, unit },
                format!("{at}.intensity"),
                out,
            );
        }
    }

    /// The same of a dose that is not per square metre.
    fn check_dose(&self, at: &str, out: &mut Findings) {
        let Some(dose) = &self.drug.dose else {
            return;
        };
        if let Some(value) = dose.value() {
            let unit = match value {
                DrugDose::Flat(_) => AmountUnit::Milligram,
                DrugDose::PerKilogram(_) => AmountUnit::MilligramPerKilogram,
                DrugDose::AreaUnderCurve(_) => AmountUnit::AreaUnderCurve,
            };
            let held = Held {
                value: value.number(),
                unit,
            };
            let is_stated = dose.status() == Status::Stated;
            self.check_single((&read(dose), is_stated), held, format!("{at}.dose"), out);
        }
    }

    fn check_single(
        &self,
        (reads, is_stated): (&[Read], bool),
        held: Held,
        at: String,
        out: &mut Findings,
    ) {
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
        self.check((reads, is_stated), held, at, out, single);
    }

    /// A cap of a day held as that of each of several administrations.
    fn check_cap(&self, at: &str, out: &mut Findings) {
        let Some(cap) = &self.drug.cap else { return };
        let Some(value) = cap.value() else { return };
        let times = self.drug.administrations_per_day.as_ref();
        if times.is_some_and(is_once) {
            return;
        }
        let value = Decimal::from(value.milligrams());
        let mut daily = None;
        for read in &read(cap) {
            let own = self.own(read).filter(|mention| {
                let is_cap = matches!(mention.said, Said::Cap(_));
                is_cap
                    && numbers_of(mention)
                        .iter()
                        .any(|number| number.value == value)
            });
            for mention in own {
                if !is_of_a_day(&read.quote.text, mention.end) {
                    return;
                }
                let words = read.quote.text[mention.start..mention.end].to_owned();
                daily.get_or_insert((words, read.quote.clone()));
            }
        }
        if let Statement::Derived { reason, .. } = cap {
            // what is computed from a day's cap is another number
            let said = numbers(reason);
            let mut said = said.iter().filter(|number| number.value == value);
            let quote = cap.quotes().into_iter().next();
            if let (Some(number), Some(quote)) = (said.next(), quote) {
                let is_daily = |number: &Number| is_of_a_day(reason, number.end);
                if !is_daily(number) || !said.all(is_daily) {
                    return;
                }
                let words = reason[number.start..number.end].to_owned();
                daily.get_or_insert((words, quote));
            }
        }
        if let Some((words, quote)) = daily {
            out.push(
                format!("{at}.cap"),
                ProtocolFault::AnotherIntensity {
                    words: words.into(),
                    said: SaidOtherwise::Day,
                    quote,
                },
            );
        }
    }

    fn check_day(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity_per_day else {
            return;
        };
        let value = intensity.value();
        let value = value.and_then(|value| milligrams(value.nanograms_per_square_meter()));
        let Some(value) = value else {
            return;
        };
        let held = Held {
            value,
            unit: AmountUnit::MilligramPerSquareMeter,
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
        self.check((&read(intensity), is_stated), held, at, out, day);
    }
}

/// `a day`, `daily`, `/24 h` behind an amount.
pub(super) fn is_of_a_day(text: &str, end: usize) -> bool {
    let words = text.get(end..).map(tokens).unwrap_or_default();
    let mut words = Tokens::new(&words);
    let behind: Parsed<()> = alt(("daily".void(), per_day)).parse_next(&mut words);
    behind.is_ok()
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
