//! Whether the days of a drug are those of its words: weekends are no days of radiotherapy, fractions by
//! number no days by number.

use core::num::NonZeroU16;

use chemorad::number::Decimal;
use chemorad::text::List;

use super::borne_days::{are_a_week_apart, days_of_weeks, says_weekly};
use super::continuous::says_continuous;
use super::drug_passage::{DrugPassage, names_days, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::tokens;
use crate::model::day_numbers::DayNumbers;
use crate::model::drug::DrugRegimen;
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Per, Range, Said, SaidDays};
use crate::passage::token::Token;
use crate::statement::Status;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let passage = DrugPassage::of(protocol, drug);
        let per_week = fractions_per_week(protocol, drug);
        passage.check_days(&per_week, &at, out);
        passage.check_left_out(&at, out);
        passage.check_stretch(protocol, &at, out);
        passage.check_repeated(&at, out);
        passage.check_counted(&at, out);
        passage.check_how_many(&at, out);
    }
}

/// Fractions a week of the courses that a drug goes with, where they are settled.
fn fractions_per_week(protocol: &Protocol, drug: &DrugRegimen) -> Vec<u32> {
    let courses = protocol.courses_with(drug);
    let per_week = courses.filter_map(|course| course.fractions_per_week.value());
    per_week.map(|count| u32::from(count.get())).collect()
}

impl DrugPassage<'_> {
    /// Numbered days that are said of this drug and are not among those of the value.
    fn check_left_out(&self, at: &str, out: &mut Findings) {
        let Some(DrugDays::Days(days) | DrugDays::Cycle { days, .. }) = self.drug.days.value()
        else {
            return;
        };
        if self.drug.days.status() != Status::Stated {
            return;
        }
        for read in read(&self.drug.days) {
            let mut left_out = Vec::new();
            for mention in self.own(&read) {
                let Said::Days(SaidDays::Numbers(list)) = &mention.said else {
                    continue;
                };
                if self.is_begun_on(days, list) {
                    continue;
                }
                for day in list.iter().flat_map(|(first, last)| [*first, *last]) {
                    let known = days.iter().any(|known| u32::from(known) == day);
                    if !known && !left_out.contains(&u64::from(day)) {
                        left_out.push(u64::from(day));
                    }
                }
            }
            if !left_out.is_empty() {
                out.push(
                    format!("{at}.days"),
                    ProtocolFault::DrugDays {
                        left_out,
                        days: days.clone(),
                    },
                );
            }
        }
    }

    /// The amount of one administration is given a week: `50 mg/m2 a week`.
    fn is_weekly(&self, said: &Said) -> bool {
        let Said::Intensity {
            amount,
            unit,
            per: Per::Week,
        } = said
        else {
            return false;
        };
        let scale = unit.milligrams_per_square_meter().map(Decimal::from);
        let single = self.drug.intensity();
        let single =
            single.and_then(|value| Decimal::new(value.nanograms_per_square_meter().into(), -6));
        single.is_some() && scale.and_then(|scale| amount.low.checked_mul(scale)) == single
    }

    /// `days 1 and 14` is no reason for days 1 to 14.
    fn check_ends_alone(&self, at: &str, out: &mut Findings) {
        let Some(value @ (DrugDays::Days(days) | DrugDays::Cycle { days, .. })) =
            self.drug.days.value()
        else {
            return;
        };
        let ends: Vec<(u32, u32)> = days
            .spans()
            .iter()
            .flat_map(|(first, last)| [*first, *last].map(u32::from))
            .map(|day| (day, day))
            .collect();
        for read in read(&self.drug.days) {
            let said = |mention: &&Mention| {
                mention.said == Said::Days(SaidDays::Numbers(ends.clone()))
                    && !fits_days(value, &mention.said, &[])
            };
            let found = self.own(&read).find(said).map(|m| (m.start, m.end));
            if let Some((start, end)) = found {
                out.push(format!("{at}.days"), read.other_days(start..end, value));
            }
        }
    }

    /// Infusions over several days begin on these.
    fn begin_on(&self, days: &DayNumbers, said: &[&Mention]) -> bool {
        said.iter().any(|mention| match &mention.said {
            Said::Days(SaidDays::Numbers(list)) => self.is_begun_on(days, list),
            _ => false,
        })
    }

    fn check_days(&self, per_week: &[u32], at: &str, out: &mut Findings) {
        let Some(value) = self.drug.days.value() else {
            return;
        };
        if self.check_stage(value, at, out) || self.check_weeks(value, at, out) {
            return;
        }
        // a reason may well count days from numbered ones
        let numbers = matches!(
            value,
            DrugDays::Days(_) | DrugDays::Cycle { .. } | DrugDays::Fractions(_)
        );
        if numbers && self.drug.days.status() != Status::Stated {
            self.check_ends_alone(at, out);
            return;
        }
        for read in read(&self.drug.days) {
            let said: Vec<&Mention> = self
                .own(&read)
                .filter(|mention| names_days(&mention.said) || self.is_weekly(&mention.said))
                .collect();
            let weekends = said
                .iter()
                .find(|mention| mention.said == Said::Days(SaidDays::Weekends));
            let fits = match (value, weekends) {
                // "on days of radiotherapy and at weekends"
                (DrugDays::CalendarDays, Some(_)) => said.len() > 1,
                (DrugDays::RadiotherapyDays | DrugDays::Weekdays, Some(_)) => false,
                _ => can_mean(value, &said, per_week),
            };
            let all: Vec<u32> = said
                .iter()
                .flat_map(|mention| numbered(&mention.said))
                .collect();
            let together = match value {
                DrugDays::Days(days) | DrugDays::Cycle { days, .. } => {
                    let of_weeks = days_of_weeks(said.iter().map(|mention| &mention.said));
                    self.begin_on(days, &said)
                        || days.iter().map(u32::from).eq(all)
                        || are_days(days, &of_weeks)
                }
                DrugDays::Weekly { per_week, .. } if per_week.get() == 1 => {
                    said.iter().any(|mention| self.is_weekly(&mention.said))
                        || (said.is_empty() && says_weekly(&read.quote.text))
                }
                DrugDays::Fractions(numbers) => {
                    let said = said.iter().flat_map(|mention| match &mention.said {
                        Said::FractionNumbers(list) => list.as_slice(),
                        _ => &[],
                    });
                    numbers
                        .iter()
                        .map(u32::from)
                        .eq(said.flat_map(|(first, last)| *first..=*last))
                }
                // holidays apart, the two are the same days
                DrugDays::RadiotherapyDays => {
                    let weekdays = |mention: &&Mention| match &mention.said {
                        Said::DaysPerWeek(count) => is_week(count, 5),
                        said => *said == Said::Days(SaidDays::Weekdays),
                    };
                    weekends.is_none()
                        && !is_without_break(&read.quote.text)
                        && said.iter().all(weekdays)
                        && names_radiotherapy(&read.quote.text)
                }
                DrugDays::CalendarDays => said.is_empty() && is_without_break(&read.quote.text),
                _ => false,
            };
            if fits || together {
                continue;
            }
            let other = said
                .iter()
                .find(|mention| contradicts(value, &mention.said, per_week));
            let daily = matches!(
                value,
                DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays
            );
            let weekly = said
                .iter()
                .find(|mention| daily && self.is_weekly(&mention.said));
            let fault = if let Some(other) = weekends.or(other).or(weekly) {
                read.other_days(other.start..other.end, value)
            } else {
                // numbered days need their numbers
                let is_stated = self.drug.days.status() == Status::Stated;
                if !is_stated || !(daily || matches!(value, DrugDays::Weekly { .. })) {
                    continue;
                }
                ProtocolFault::UnsaidDays {
                    days: value.clone(),
                    quote: read.quote,
                }
            };
            out.push(format!("{at}.days"), fault);
        }
    }
}

/// The words can mean these days. How many a week says less than which: "5/7 days (Monday to Friday)".
fn can_mean(value: &DrugDays, said: &[&Mention], per_week: &[u32]) -> bool {
    let named = |mention: &&&Mention| matches!(mention.said, Said::Days(_));
    let which = *value == DrugDays::RadiotherapyDays && said.iter().any(|mention| named(&mention));
    let mut said = said.iter().filter(|mention| !which || named(mention));
    said.any(|mention| fits_days(value, &mention.said, per_week))
}

/// The numbered days of a mention.
fn numbered(said: &Said) -> Vec<u32> {
    match said {
        Said::Days(SaidDays::Numbers(list)) => list
            .iter()
            .flat_map(|(first, last)| *first..=*last)
            .collect(),
        _ => Vec::new(),
    }
}

/// `continuous infusion for the entire period of radiotherapy`: on all its days, weekends too.
fn is_without_break(text: &str) -> bool {
    let words = tokens(text);
    let is = |word: &Token, list: &[&str]| list.contains(&word.text.as_str());
    let whole = words.windows(2).any(|pair| {
        is(&pair[0], &["entire", "whole", "full"])
            && is(&pair[1], &["period", "duration", "course", "time"])
    });
    whole && names_radiotherapy(text) && says_continuous(text)
}

fn names_radiotherapy(text: &str) -> bool {
    let text = text.to_lowercase();
    ["radiotherapy", "radiation", "irradiation"]
        .iter()
        .any(|word| text.contains(word))
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == "rt")
}

fn is_week(count: &Range, days: u32) -> bool {
    count.has(Decimal::from(days))
}

/// So many days a week are those of radiotherapy, as often as the courses are given.
pub(super) fn is_radiotherapy_week(count: &Range, per_week: &[u32]) -> bool {
    let once_a_day = |days: &u32| (1..=7).contains(days);
    if per_week.is_empty() || !per_week.iter().all(once_a_day) {
        return is_week(count, 5) || is_week(count, 6);
    }
    per_week.iter().any(|days| is_week(count, *days))
}

/// The days of the words are those of the value.
fn are_days(days: &DayNumbers, list: &[(u32, u32)]) -> bool {
    let said: Vec<u32> = list
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .collect();
    days.iter().map(u32::from).eq(said)
}

/// The words can mean these days.
pub(super) fn fits_days(value: &DrugDays, said: &Said, per_week: &[u32]) -> bool {
    match (value, said) {
        (DrugDays::RadiotherapyDays, Said::Days(SaidDays::RadiotherapyDays))
        | (DrugDays::Weekdays, Said::Days(SaidDays::Weekdays))
        | (DrugDays::CalendarDays, Said::Days(SaidDays::CalendarDays)) => true,
        (DrugDays::Weeks(weeks), said) => are_weeks(weeks, said),
        // as often as the value says, or often enough to go on
        (
            DrugDays::Weekly {
                per_week, times, ..
            },
            Said::Days(SaidDays::Numbers(list)),
        ) if per_week.get() == 1 => {
            let often = times.map_or(list.len() > 2, |times| {
                list.len() == usize::from(times.get())
            });
            often && are_a_week_apart(list)
        }
        (DrugDays::Weekly { per_week, times }, Said::WeekNumbers(list)) if per_week.get() == 1 => {
            are_weekly(times.map(NonZeroU16::get), &all_of(list))
        }
        (DrugDays::Weekly { per_week, .. }, said) if per_week.get() == 1 && is_weekly(said) => true,
        (DrugDays::Weekly { per_week, .. }, Said::AdministrationsPerWeek(times)) => {
            *times == Decimal::from(u32::from(per_week.get()))
        }
        // how many, and not which
        (DrugDays::RadiotherapyDays, Said::DaysPerWeek(count)) => {
            is_radiotherapy_week(count, per_week)
        }
        (DrugDays::Weekly { per_week, .. }, Said::DaysPerWeek(count)) => {
            is_week(count, per_week.get().into())
        }
        (DrugDays::Weekdays, Said::DaysPerWeek(count)) => is_week(count, 5),
        (DrugDays::CalendarDays, Said::DaysPerWeek(count)) => is_week(count, 7),
        (
            DrugDays::Days(days) | DrugDays::Cycle { days, .. },
            Said::Days(SaidDays::Numbers(list)),
        )
        | (DrugDays::Fractions(days), Said::FractionNumbers(list)) => are_days(days, list),
        _ => false,
    }
}

/// The words say once a week.
fn is_weekly(said: &Said) -> bool {
    let once = Decimal::from(1);
    match said {
        Said::AdministrationsPerWeek(times) => *times == once,
        Said::DaysPerWeek(times) | Said::FractionsPerWeek(times) => *times == Range::single(once),
        Said::Cycle(length, unit) => {
            length.low == length.high
                && length.low.checked_mul(unit.days().into()) == Some(7.into())
        }
        _ => false,
    }
}

/// Every number of the stretches.
pub(super) fn all_of(list: &[(u32, u32)]) -> Vec<u32> {
    list.iter()
        .flat_map(|(first, last)| *first..=*last)
        .collect()
}

/// Each of these weeks follows the one before.
fn follow(weeks: &[u32]) -> bool {
    weeks
        .windows(2)
        .all(|pair| pair[0].checked_add(1) == Some(pair[1]))
}

/// Once in each of these weeks is weekly, so many times.
pub(super) fn are_weekly(times: Option<u16>, weeks: &[u32]) -> bool {
    let often = times.map_or(weeks.len() > 1, |times| weeks.len() == usize::from(times));
    often && follow(weeks)
}

/// The words can mean once in each of these weeks.
fn are_weeks(weeks: &List<NonZeroU16>, said: &Said) -> bool {
    let weeks: Vec<u32> = weeks.iter().map(|week| u32::from(week.get())).collect();
    let apart = |length: u32| {
        weeks
            .windows(2)
            .all(|pair| pair[0].checked_add(length) == Some(pair[1]))
    };
    match said {
        Said::WeekNumbers(list) => all_of(list) == weeks,
        Said::AdministrationsPerWeek(times) => *times == Decimal::from(1) && apart(1),
        Said::Cycle(length, unit) => {
            let days = length.low.checked_mul(unit.days().into());
            let days = days.and_then(|days| u32::try_from(days.to_integer()?).ok());
            length.low == length.high && days.is_some_and(|days| days % 7 == 0 && apart(days / 7))
        }
        _ => false,
    }
}

/// The words cannot mean these days.
pub(super) fn contradicts(value: &DrugDays, said: &Said, per_week: &[u32]) -> bool {
    match (value, said) {
        (
            DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
            Said::Days(_) | Said::WeekNumbers(_) | Said::Cycle(..),
        )
        | (DrugDays::Days(_) | DrugDays::Cycle { .. }, Said::Days(SaidDays::Numbers(_)))
        | (
            DrugDays::Fractions(_),
            Said::Days(_) | Said::FractionNumbers(_) | Said::WeekNumbers(_) | Said::Cycle(..),
        ) => true,
        (
            DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
            Said::AdministrationsPerWeek(times),
        ) => *times != Decimal::from(5) && *times != Decimal::from(7),
        (
            DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
            Said::DaysPerWeek(_),
        )
        | (
            DrugDays::Weekly { .. },
            Said::AdministrationsPerWeek(_)
            | Said::DaysPerWeek(_)
            | Said::Days(_)
            | Said::Cycle(..),
        ) => !fits_days(value, said, per_week),
        (DrugDays::Days(days), Said::FractionNumbers(list)) => are_days(days, list),
        _ => false,
    }
}
