//! Days that are counted and repeated: `for 5 days in weeks 1 and 5`, `for 14 days every 3 weeks`.

use super::drug_passage::{DrugPassage, read};
use super::finding::Findings;
use super::passage_days::all_of;
use super::reading::tokens;
use crate::model::day_numbers::DayNumbers;
use crate::model::drug_days::{DrugDays, Infusion};
use crate::passage::mention::{Mention, Range, Said, TimeUnit};
use crate::statement::{Statement, Status};

/// When counted days come again.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Again {
    /// In each of these weeks.
    Weeks(Vec<u32>),
    /// Every so many days.
    Every(u32),
}

/// So many days, one after another, that come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    count: u32,
    /// Once in each week of them.
    is_weekly: bool,
    /// They end with a rest, and no other words say when they come again.
    is_rest: bool,
    again: Again,
    /// From the first of the words to the last.
    start: usize,
    end: usize,
}

impl Counted {
    /// The days by number, each stretch with its first and last.
    pub(super) fn days(&self) -> Vec<(u32, u32)> {
        match &self.again {
            Again::Every(_) if self.is_weekly => {
                let weeks = 0..self.count.div_ceil(7);
                let first = |week: u32| week.saturating_mul(7).saturating_add(1);
                weeks.map(|week| (first(week), first(week))).collect()
            }
            Again::Every(_) => vec![(1, self.count)],
            Again::Weeks(weeks) => {
                let first = |week: &u32| 7_u32.saturating_mul(week.saturating_sub(1));
                let stretch = |before: u32| {
                    let at = |day: u32| before.saturating_add(day);
                    (at(1), at(self.count))
                };
                weeks.iter().map(|week| stretch(first(week))).collect()
            }
        }
    }

    /// The length of their cycle in days.
    pub(super) const fn every(&self) -> Option<u32> {
        match self.again {
            Again::Every(days) => Some(days),
            Again::Weeks(_) => None,
        }
    }

    /// The value can be meant.
    fn fits(&self, value: &DrugDays, hours: Option<u32>) -> bool {
        // one infusion that runs over all the days
        let is_one = hours.is_some_and(|hours| Some(hours) == self.count.checked_mul(24));
        match (value, &self.again) {
            (DrugDays::Cycle { days, every, .. }, Again::Every(length)) if self.is_weekly => {
                u32::from(every.get()) == *length && all_of(&self.days()) == numbers(days)
            }
            (DrugDays::Cycle { days, every, .. }, Again::Every(length)) => {
                let count = u32::try_from(days.count()).ok();
                u32::from(every.get()) == *length && (count == Some(self.count) || is_one)
            }
            (DrugDays::Days(days), Again::Weeks(weeks)) => {
                let each = |week: &u32| {
                    let inside = days.iter().filter(|day| {
                        (u32::from(*day).saturating_sub(1) / 7).saturating_add(1) == *week
                    });
                    u32::try_from(inside.count()).ok() == Some(if is_one { 1 } else { self.count })
                };
                let all = u32::try_from(weeks.len()).ok();
                let all = all.and_then(|all| all.checked_mul(if is_one { 1 } else { self.count }));
                u32::try_from(days.count()).ok() == all && weeks.iter().all(each)
            }
            (DrugDays::Cycle { days, every, .. }, Again::Weeks(weeks)) => {
                let count = u32::try_from(days.count()).ok();
                let apart = |pair: &[u32]| {
                    let weeks = pair[1].checked_sub(pair[0]);
                    weeks.and_then(|weeks| weeks.checked_mul(7)) == Some(u32::from(every.get()))
                };
                (count == Some(self.count) || is_one) && weeks.windows(2).all(apart)
            }
            (DrugDays::Fractions(numbers), Again::Weeks(weeks)) => {
                let all = u32::try_from(weeks.len()).ok();
                let all = all.and_then(|all| all.checked_mul(self.count));
                u32::try_from(numbers.count()).ok() == all
            }
            (DrugDays::Weeks(_), Again::Weeks(_)) => is_one,
            // five days in each of weeks 1 to 5
            (
                DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
                Again::Weeks(weeks),
            ) => weeks.first() == Some(&1) && weeks.len() > 2 && follow(weeks),
            (DrugDays::Weekly { per_week, .. }, Again::Weeks(weeks)) => {
                u32::from(per_week.get()) == self.count
                    && weeks.first() == Some(&1)
                    && follow(weeks)
            }
            // days without their cycle are the fault of the cycle
            (DrugDays::Days(days), Again::Every(_)) => {
                u32::try_from(days.count()).ok().is_some_and(|count| {
                    count % self.count == 0 && !(self.is_rest && count == self.count)
                })
            }
            (DrugDays::Weekly { per_week, .. }, Again::Every(7)) => {
                u32::from(per_week.get()) == self.count
            }
            (
                DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
                Again::Every(7),
            ) => true,
            _ => false,
        }
    }
}

fn numbers(days: &DayNumbers) -> Vec<u32> {
    days.iter().map(u32::from).collect()
}

fn follow(weeks: &[u32]) -> bool {
    weeks
        .windows(2)
        .all(|pair| pair[0].checked_add(1) == Some(pair[1]))
}

/// The counted days of some mentions of a passage, in its order.
pub(super) fn counted<'m>(text: &str, mentions: impl Iterator<Item = &'m Mention>) -> Vec<Counted> {
    let all: Vec<&Mention> = mentions.collect();
    let mut out = Vec::new();
    for one in &all {
        let Some(count) = days_of(&one.said) else {
            continue;
        };
        let beside = all.iter().filter(|other| {
            is_near(text, one.end, other.start) || is_near(text, other.end, one.start)
        });
        let again = beside.filter_map(|other| {
            let start = one.start.min(other.start);
            Some((again(count, one, other)?, start, one.end.max(other.end)))
        });
        let rest = rest_behind(text, one.end).and_then(|(rest, end)| {
            let length = count.checked_add(rest)?;
            Some((Again::Every(length), one.start, end))
        });
        let again = again.map(|found| (found, false)).next();
        let found = again.or_else(|| rest.map(|found| (found, true)));
        // "weekly for 3 weeks"
        let is_weekly = matches!(one.said, Said::Weeks(_))
            && all.iter().any(|other| {
                other.said == Said::AdministrationsPerWeek(1.into())
                    && is_near(text, other.end, one.start)
            });
        out.extend(found.map(|((again, start, end), is_rest)| Counted {
            count,
            is_weekly,
            is_rest,
            again,
            start,
            end,
        }));
    }
    out.extend(
        all.iter()
            .filter_map(|cycle| part_of_cycle(text, cycle, &all)),
    );
    out
}

/// A number of days that follow one another.
fn days_of(said: &Said) -> Option<u32> {
    let single = |range: &Range| {
        let whole = range.low.to_integer().filter(|_| range.low == range.high)?;
        u32::try_from(whole).ok().filter(|count| *count > 0)
    };
    let days = match said {
        Said::DurationDays(days) | Said::DaysPerWeek(days) => single(days)?,
        Said::Weeks(weeks) => single(weeks)?.checked_mul(7)?,
        _ => return None,
    };
    (days > 1).then_some(days)
}

fn again(count: u32, days: &Mention, other: &Mention) -> Option<Again> {
    match &other.said {
        Said::WeekNumbers(list) if count <= 7 && !matches!(days.said, Said::Weeks(_)) => {
            Some(Again::Weeks(all_of(list)))
        }
        Said::Cycle(length, unit) if !matches!(days.said, Said::DaysPerWeek(_)) => {
            let unit = match unit {
                TimeUnit::Days => 1,
                TimeUnit::Weeks => 7,
            };
            let length = length
                .low
                .to_integer()
                .filter(|_| length.low == length.high)?;
            let length = u32::try_from(length).ok()?.checked_mul(unit)?;
            (count < length).then_some(Again::Every(length))
        }
        _ => None,
    }
}

/// `14 of every 21 days`.
fn part_of_cycle(text: &str, cycle: &Mention, all: &[&Mention]) -> Option<Counted> {
    let Said::Cycle(length, unit) = &cycle.said else {
        return None;
    };
    let length = length
        .low
        .to_integer()
        .filter(|_| length.low == length.high)?;
    let length = u32::try_from(length).ok()?;
    let before = tokens(text.get(..cycle.start)?);
    let mut words = before.iter().rev();
    words.next().filter(|word| word.text == "of")?;
    let days = ["out", "day", "days"];
    let number = words.find(|word| !days.contains(&word.text.as_str()))?;
    // "day 1 of each 21-day cycle" is one day by its number
    let is_read = |mention: &&Mention| (mention.start..mention.end).contains(&number.start);
    if all.iter().any(is_read) {
        return None;
    }
    let count = u32::try_from(number.number?.to_integer()?).ok()?;
    let count = count.checked_mul(unit.days())?;
    let length = length.checked_mul(unit.days())?;
    (0 < count && count < length).then_some(Counted {
        count,
        is_weekly: false,
        is_rest: false,
        again: Again::Every(length),
        start: number.start,
        end: cycle.end,
    })
}

/// A few words, none of which begins something else, stand between.
fn is_near(text: &str, end: usize, start: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "in",
        "during",
        "of",
        "on",
        "the",
        "each",
        "both",
        "at",
        ",",
        "(",
        "for",
        "and",
        "repeated",
        "given",
        "iv",
        "radiotherapy",
        "radiation",
        "rt",
        "out",
        "starting",
        "every",
    ];
    const MOST: usize = 4;
    let Some(between) = text.get(end..start).filter(|_| end <= start) else {
        return false;
    };
    let words = tokens(between);
    words.len() <= MOST
        && words
            .iter()
            .all(|word| BETWEEN.contains(&word.text.as_str()))
}

/// `followed by one week of rest`, `then 7 days off`, behind counted days.
fn rest_behind(text: &str, from: usize) -> Option<(u32, usize)> {
    let behind = tokens(text.get(from..)?);
    let joins = [
        "followed", "by", "then", "and", ",", "with", "a", "(", "on", "/", "-",
    ];
    let mut words = behind
        .iter()
        .skip_while(|word| joins.contains(&word.text.as_str()))
        .filter(|word| word.text != "-");
    let count = words.next()?.number?.to_integer()?;
    let unit = match words.next()?.text.as_str() {
        "day" | "days" | "d" => 1,
        "week" | "weeks" | "wk" => 7,
        _ => return None,
    };
    let rests = ["rest", "off", "break", "pause"];
    let last = words
        .take(2)
        .find(|word| rests.contains(&word.text.as_str()))?;
    let days = u32::try_from(count).ok()?.checked_mul(unit)?;
    Some((days, from.checked_add(last.end)?))
}

impl DrugPassage<'_> {
    /// Days that the words count in each week or cycle, held as others.
    pub(super) fn check_counted(&self, at: &str, out: &mut Findings) {
        let at = format!("{at}.days");
        let known = out.0.iter().any(|found| found.at == at);
        let Some(value) = self.drug.days.value().filter(|_| !known) else {
            return;
        };
        if self.drug.days.status() != Status::Stated {
            return;
        }
        let hours = self.drug.infusion.as_ref().and_then(Statement::value);
        let hours = hours.copied().and_then(Infusion::hours).map(u32::from);
        for read in read(&self.drug.days) {
            let all = counted(&read.quote.text, self.own(&read));
            if all.is_empty() || all.iter().any(|one| one.fits(value, hours)) {
                continue;
            }
            if let Some(one) = all.first() {
                out.push(at, read.other_days(one.start..one.end, value));
                return;
            }
        }
    }
}
