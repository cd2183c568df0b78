//! Whether words name the days of a drug at all, and how long it is given: days that no words name are a guess,
//! and an amount for four days is not given on every day of the radiotherapy.

use core::num::NonZeroU8;

use chemorad::number::Decimal;

use super::amounts::Amounts;
use super::drug_passage::{DrugPassage, Read, read};
use super::finding::Findings;
use super::reading::tokens;
use super::weeks::days_taken;
use crate::model::drug_days::DrugDays;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Per, Range, Said, SaidDays};
use crate::statement::Statement;

/// Words that say `weekly` where the grammar does not know of what.
pub(super) fn says_weekly(text: &str) -> bool {
    let tokens = tokens(text);
    tokens.iter().enumerate().any(|(i, token)| {
        let before = i.checked_sub(1).and_then(|before| tokens.get(before));
        let counted = before.is_some_and(|before| {
            before.number.is_some()
                || ["twice", "thrice", "times", "-"].contains(&before.text.as_str())
        });
        ["weekly", "qw"].contains(&token.text.as_str()) && !counted
    })
}

/// The days that `days 1-4 of weeks 1 and 5` names: days of a week in numbered weeks.
pub(super) fn days_of_weeks<'m>(said: impl Iterator<Item = &'m Said>) -> Vec<(u32, u32)> {
    let (mut days, mut weeks) = (Vec::new(), Vec::new());
    for said in said {
        match said {
            Said::Days(SaidDays::Numbers(list)) => days.extend(list),
            Said::WeekNumbers(list) => {
                weeks.extend(list.iter().flat_map(|(first, last)| *first..=*last));
            }
            _ => {}
        }
    }
    if days.iter().any(|(_, last)| *last > 7) {
        return Vec::new();
    }
    let of_week = |week: &u32| {
        let before = 7 * week.saturating_sub(1);
        days.iter()
            .map(move |(first, last): &(u32, u32)| (before + first, before + last))
            .collect::<Vec<_>>()
    };
    weeks.iter().flat_map(of_week).collect()
}

/// How many days an amount or a stretch of days is for, where they are several.
fn several_days(said: &Said) -> Option<Decimal> {
    let of_hours = |hours: Decimal| {
        let hours = hours.to_integer()?;
        (hours % 24 == 0).then(|| Decimal::new(hours / 24, 0))?
    };
    let days = match said {
        Said::Intensity { per, .. } => match per {
            Per::Days(days) => *days,
            Per::Hours(hours) | Per::DayOrHours(hours) => of_hours(*hours)?,
            _ => return None,
        },
        Said::DurationDays(Range { low, high }) if low == high => *low,
        _ => return None,
    };
    let rest = days.checked_sub(Decimal::from(1))?;
    rest.is_positive().then_some(days)
}

impl DrugPassage<'_> {
    /// An amount for some days, or some days alone, where the value says every day of the radiotherapy or of the
    /// week.
    pub(super) fn check_stretch(&self, protocol: &Protocol, at: &str, out: &mut Findings) {
        let Some(value) = self.drug.days.value() else {
            return;
        };
        let courses: Vec<_> = protocol.courses_with(self.drug).collect();
        let per_week = |course: &&&_| -> Option<u32> {
            let course: &crate::model::protocol::PrescribedCourse = course;
            Some(course.fractions_per_week.value()?.get().into())
        };
        let each_week: Vec<u32> = match value {
            DrugDays::CalendarDays => vec![7],
            DrugDays::Weekdays => vec![5],
            DrugDays::RadiotherapyDays => courses.iter().filter_map(|c| per_week(&c)).collect(),
            _ => return,
        };
        if each_week.is_empty() {
            return;
        }
        let lasts = |days: Decimal| {
            courses.iter().any(|course| {
                let (Some(per_week), Some(put_together)) = (per_week(&course), &course.course)
                else {
                    return true;
                };
                let fractions = put_together.fractions();
                let least = days_taken(fractions, per_week);
                let most = 7 * fractions.div_ceil(per_week);
                let days = days.to_integer().and_then(|days| u32::try_from(days).ok());
                days.is_some_and(|days| days == fractions || (least..=most).contains(&days))
            })
        };
        let fits = |days: Decimal| {
            each_week.iter().any(|each| days == Decimal::from(*each)) || lasts(days)
        };
        let amounts = Amounts::of(self.drug);
        let is_own = |mention: &Mention| match &mention.said {
            Said::Intensity { .. } => {
                amounts.is_some_and(|amounts| amounts.lead_to_said(&mention.said))
            }
            _ => mention.drug.as_ref() == Some(&self.name),
        };
        for read in self.reads() {
            let other = self.own(&read).find(|mention| {
                several_days(&mention.said).is_some_and(|days| !fits(days)) && is_own(mention)
            });
            if let Some(other) = other {
                out.push(
                    format!("{at}.days"),
                    read.other_days(other.start..other.end, value),
                );
                return;
            }
        }
    }

    /// The passages of amounts and days, each once.
    fn reads(&self) -> Vec<Read> {
        let mut out: Vec<Read> = Vec::new();
        let single = self.drug.intensity.iter().flat_map(read);
        let daily = self.drug.intensity_per_day.iter().flat_map(read);
        let days = [&self.drug.days];
        for read in single.chain(daily).chain(days.into_iter().flat_map(read)) {
            if !out.iter().any(|known| known.quote.text == read.quote.text) {
                out.push(read);
            }
        }
        out
    }

    /// Days of every cycle held without the cycle, or with another.
    pub(super) fn check_repeated(&self, at: &str, out: &mut Findings) {
        let Some(value) = self.drug.days.value() else {
            return;
        };
        // a reason that counts may well say which cycles are meant
        if self.computes_days() {
            return;
        }
        for read in read(&self.drug.days) {
            if let Some(cycle) = self.repeats_beyond(value, &read) {
                out.push(
                    format!("{at}.days"),
                    read.other_days(cycle.start..cycle.end, value),
                );
            }
        }
    }

    /// Days of every cycle held without the cycle: `days 1-14 every 21 days` as days 1-14.
    fn repeats_beyond(&self, value: &DrugDays, read: &Read) -> Option<Mention> {
        let lists = || {
            self.own(read).filter_map(|mention| match &mention.said {
                Said::Days(SaidDays::Numbers(list)) => Some(list),
                _ => None,
            })
        };
        let numbered = lists().next().is_some();
        // the days that numbered days a week apart fill
        let weekly_days = |length: Decimal| {
            let first = |list: &&Vec<(u32, u32)>| {
                let fits = |(_, last): &(u32, u32)| Decimal::from(*last) <= length;
                are_a_week_apart(list) && list.iter().all(fits)
            };
            let list = lists().find(first)?;
            let weeks = u32::try_from(list.len()).ok()?;
            weeks.checked_mul(7).map(Decimal::from)
        };
        let is_repeated = |length: Decimal| match value {
            DrugDays::Days(days) => {
                let rest = Decimal::from(u32::from(days.last())).checked_sub(length);
                rest.is_some_and(|rest| !rest.is_positive())
            }
            DrugDays::Cycle { every, .. } => length != Decimal::from(u32::from(every.get())),
            // days 1, 8 and 15 every 28 days have a week without it
            DrugDays::Weekly { per_week, .. } if per_week.get() == 1 => {
                weekly_days(length).is_some_and(|days| days != length)
            }
            DrugDays::Weeks(weeks) => weeks.last().is_some_and(|last| {
                let last = Decimal::from(7 * u32::from(last.get()));
                let rest = last.checked_sub(length);
                numbered && rest.is_some_and(|rest| !rest.is_positive())
            }),
            _ => false,
        };
        let others = read
            .mentions
            .iter()
            .any(|mention| mention.drug.as_ref().is_some_and(|drug| *drug != self.name));
        // the cycle of several drugs may be that of the others
        let mut own = self
            .own(read)
            .filter(|mention| !others || mention.drug.as_ref() == Some(&self.name));
        let once = Said::Cycles(Range::single(Decimal::from(1)));
        if self.own(read).any(|mention| mention.said == once) {
            return None;
        }
        own.find(|mention| match mention.said {
            Said::Cycle(length, unit) if length.low == length.high => length
                .low
                .checked_mul(unit.days().into())
                .is_some_and(is_repeated),
            _ => false,
        })
        .cloned()
    }
}

/// Once a week, by the days that are numbered: days 1, 8, 15.
pub(super) fn are_a_week_apart(list: &[(u32, u32)]) -> bool {
    list.len() > 1
        && list.iter().all(|(first, last)| first == last)
        && list
            .windows(2)
            .all(|pair| pair[1].0.checked_sub(pair[0].0) == Some(7))
}

/// One administration a day, or a question of which every choice is one.
pub(super) fn is_once(times: &Statement<NonZeroU8>) -> bool {
    let one = |times: &NonZeroU8| times.get() == 1;
    match times {
        Statement::Stated { value, .. } | Statement::Derived { value, .. } => one(value),
        Statement::Unspecified { values, .. } => !values.is_empty() && values.iter().all(one),
    }
}
