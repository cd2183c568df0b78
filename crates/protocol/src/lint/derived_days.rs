//! How many days a passage counts, against days that a reason alone numbers: "for 4 days" is no reason for days 1-5,
//! and "weekly x 5" none for six.

use super::borne_days::are_a_week_apart;
use super::drug_passage::{DrugPassage, names_days, read};
use super::finding::Findings;
use super::passage_days::all_of;
use super::reading::tokens;
use crate::model::day_numbers::DayNumbers;
use crate::model::drug_days::DrugDays;
use crate::passage::mention::{Mention, Range, Said};
use crate::passage::token::Token;
use crate::statement::Status;

/// What words count.
enum Count {
    /// Days that follow one another.
    Days(u32),
    /// Once a week, so many times.
    Weekly(u32),
    /// In these weeks.
    Weeks(Vec<u32>),
}

impl Count {
    fn fits(&self, days: &DayNumbers) -> bool {
        let all: Vec<u32> = days.iter().map(u32::from).collect();
        let count = u32::try_from(all.len()).ok();
        match self {
            Self::Days(said) => count == Some(*said),
            Self::Weekly(times) => {
                let each: Vec<_> = all.iter().map(|day| (*day, *day)).collect();
                !are_a_week_apart(&each) || count == Some(*times)
            }
            Self::Weeks(weeks) => {
                let mut held: Vec<u32> = all.iter().map(|day| day.div_ceil(7)).collect();
                held.dedup();
                held == *weeks
            }
        }
    }
}

impl DrugPassage<'_> {
    /// Days that a reason numbers, and that are not as many as the words count.
    pub(super) fn check_how_many(&self, at: &str, out: &mut Findings) {
        let Some(value @ DrugDays::Days(days)) = self.drug.days.value() else {
            return;
        };
        // a reason that computes may well come to other days
        if self.drug.days.status() != Status::Derived || self.computes_days() {
            return;
        }
        for read in read(&self.drug.days) {
            let own: Vec<&Mention> = self.own(&read).collect();
            let Some((count, start, end)) = counted(&read.quote.text, &own) else {
                continue;
            };
            if !count.fits(days) {
                out.push(format!("{at}.days"), read.other_days(start..end, value));
                return;
            }
        }
    }
}

/// The only count that a passage says, with its words.
fn counted(text: &str, own: &[&Mention]) -> Option<(Count, usize, usize)> {
    let names = |mention: &&&Mention| {
        names_days(&mention.said)
            || matches!(
                mention.said,
                Said::DurationDays(_) | Said::Weeks(_) | Said::Cycles(_) | Said::Infusion(_)
            )
    };
    let named: Vec<&Mention> = own.iter().filter(names).copied().collect();
    let words = tokens(text);
    match named.as_slice() {
        [only] => match &only.said {
            Said::DurationDays(days) => {
                let days = single(days).filter(|days| *days > 1)?;
                Some((Count::Days(days), only.start, only.end))
            }
            said if is_weekly(said) => {
                let (times, end) = times_behind(&words, only.end)?;
                Some((Count::Weekly(times), only.start, end))
            }
            _ => None,
        },
        [weekly, weeks] if is_weekly(&weekly.said) => match &weeks.said {
            Said::Weeks(count) => {
                let between = text.get(weekly.end..weeks.start)?;
                let joined = tokens(between)
                    .iter()
                    .all(|word| ["for", "x", "over", "during", ","].contains(&word.text.as_str()));
                let times = single(count).filter(|_| joined)?;
                Some((Count::Weekly(times), weekly.start, weeks.end))
            }
            _ => weeks_alone(&named),
        },
        several => weeks_alone(several),
    }
}

/// Weeks by number and nothing else.
fn weeks_alone(named: &[&Mention]) -> Option<(Count, usize, usize)> {
    let mut weeks = Vec::new();
    for mention in named {
        let Said::WeekNumbers(list) = &mention.said else {
            return None;
        };
        weeks.extend(all_of(list));
    }
    weeks.dedup();
    let (first, last) = (named.first()?, named.last()?);
    Some((Count::Weeks(weeks), first.start, last.end))
}

fn is_weekly(said: &Said) -> bool {
    *said == Said::AdministrationsPerWeek(1.into())
}

fn single(range: &Range) -> Option<u32> {
    let whole = range.low.to_integer().filter(|_| range.low == range.high)?;
    u32::try_from(whole).ok()
}

/// `weekly x 5`, `weekly, five times`: how often, and where the words end.
fn times_behind(words: &[Token], from: usize) -> Option<(u32, usize)> {
    const COUNTED: &[&str] = &["times", "doses", "administrations", "infusions", "cycles"];
    let behind: Vec<&Token> = words.iter().filter(|word| word.start >= from).collect();
    let comma = behind.first().is_some_and(|word| **word == ",");
    let behind = behind.get(usize::from(comma)..)?;
    let times = behind.first().is_some_and(|word| **word == "x");
    let number = behind.get(usize::from(times))?;
    let next = behind.get(usize::from(times) + 1);
    let counted = next.filter(|word| COUNTED.contains(&word.text.as_str()));
    let ends = next.is_none_or(|word| !word.is_word() && *word.text != *"-" && *word.text != *"/");
    let whole = number.number?.to_integer()?;
    let end = counted.map_or(number.end, |word| word.end);
    ((times && ends) || counted.is_some()).then_some((u32::try_from(whole).ok()?, end))
}
