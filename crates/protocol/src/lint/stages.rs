//! Whether the days of a regimen are those that the words say of its own amount, and its weeks those that are
//! numbered: a loading dose is not given weekly, "weeks 1 and 5" are not five weeks.

use super::borne_days::days_of_weeks;
use super::drug_passage::{DrugPassage, names_days, read, says_first};
use super::equation::results;
use super::finding::Findings;
use super::passage_days::{all_of, are_weekly};
use super::reading::tokens;
use crate::model::day_numbers::DayNumbers;
use crate::model::drug_days::DrugDays;
use crate::passage::mention::{Mention, Said, SaidDays};
use crate::statement::Statement;

impl DrugPassage<'_> {
    /// Days of another stage of the drug; whether there was something to say.
    pub(super) fn check_stage(&self, value: &DrugDays, at: &str, out: &mut Findings) -> bool {
        for read in read(&self.drug.days) {
            let Some(stage) = self.stage(&read) else {
                continue;
            };
            let text = &read.quote.text;
            let first = text.get(stage.clone()).is_some_and(says_first);
            let named: Vec<&Mention> = self
                .own(&read)
                .filter(|mention| names_days(&mention.said))
                .collect();
            let numbered = |mention: &&Mention| {
                matches!(
                    mention.said,
                    Said::Days(SaidDays::Numbers(_))
                        | Said::WeekNumbers(_)
                        | Said::FractionNumbers(_)
                )
            };
            let repeated = named.iter().find(|mention| !numbered(mention));
            let words = match repeated {
                _ if first && is_repeated(value) => Some(stage),
                Some(mention) if !first && is_once(value) && !named.iter().any(numbered) => {
                    Some(mention.start..mention.end)
                }
                _ => None,
            };
            if let Some(words) = words {
                out.push(format!("{at}.days"), read.other_days(words, value));
                return true;
            }
        }
        false
    }

    /// Numbered weeks that are not those of the value.
    pub(super) fn check_weeks(&self, value: &DrugDays, at: &str, out: &mut Findings) -> bool {
        // a reason may well compute other ones
        if self.computes_days() {
            return false;
        }
        for read in read(&self.drug.days) {
            let own: Vec<&Mention> = self.own(&read).collect();
            let of_weeks = own
                .iter()
                .filter(|mention| matches!(mention.said, Said::WeekNumbers(_)));
            let mut weeks: Vec<u32> = of_weeks
                .clone()
                .flat_map(|mention| match &mention.said {
                    Said::WeekNumbers(list) => all_of(list),
                    _ => Vec::new(),
                })
                .collect();
            weeks.sort_unstable();
            weeks.dedup();
            let Some(mention) = of_weeks.clone().next() else {
                continue;
            };
            // the days of a week, and the weeks, of one drug
            let same = own.iter().filter(|other| {
                other.drug == mention.drug || other.drug.is_none() || mention.drug.is_none()
            });
            let days = all_of(&days_of_weeks(same.map(|mention| &mention.said)));
            let fits = match value {
                DrugDays::Weekly { per_week, times } if per_week.get() == 1 => {
                    // "until week 5" numbers one
                    (weeks.len() < 2 && times.is_none())
                        || are_weekly(times.map(core::num::NonZeroU16::get), &weeks)
                }
                DrugDays::Weekly { per_week, times } => {
                    let all = usize::from(per_week.get()) * weeks.len();
                    weeks.len() < 2
                        || (are_weekly(None, &weeks)
                            && times.is_none_or(|times| usize::from(times.get()) == all))
                }
                DrugDays::Weeks(held) => {
                    held.iter().map(|week| u32::from(week.get())).eq(weeks)
                        && (days.is_empty() || days.len() == held.len())
                }
                DrugDays::Days(held) => {
                    days.is_empty()
                        || held.iter().map(u32::from).eq(days)
                        || are_days_and_weeks(&read.quote.text, held, &own, &weeks)
                }
                _ => true,
            };
            if !fits {
                let words = mention.start..mention.end;
                out.push(format!("{at}.days"), read.other_days(words, value));
                return true;
            }
        }
        false
    }

    /// The days are derived by a calculation.
    pub(super) fn computes_days(&self) -> bool {
        match &self.drug.days {
            Statement::Derived { reason, .. } => results(reason).is_some(),
            _ => false,
        }
    }
}

/// Given once.
fn is_once(days: &DrugDays) -> bool {
    match days {
        DrugDays::Days(days) | DrugDays::Fractions(days) => days.count() == 1,
        DrugDays::Weekly { times, .. } => times.is_some_and(|times| times.get() == 1),
        DrugDays::Weeks(weeks) => weeks.len() == 1,
        _ => false,
    }
}

/// Given again and again, on days that are not numbered.
fn is_repeated(days: &DrugDays) -> bool {
    !is_once(days)
        && !matches!(
            days,
            DrugDays::Days(_) | DrugDays::Weeks(_) | DrugDays::Fractions(_)
        )
}

/// `on day 1 and in the sixth week`: the numbered days, and a day of each of the weeks.
fn are_days_and_weeks(text: &str, held: &DayNumbers, own: &[&Mention], weeks: &[u32]) -> bool {
    let numbered: Vec<&&Mention> = own
        .iter()
        .filter(|mention| matches!(mention.said, Said::Days(SaidDays::Numbers(_))))
        .collect();
    let mut of_weeks = own
        .iter()
        .filter(|mention| matches!(mention.said, Said::WeekNumbers(_)));
    let ([days], Some(week)) = (numbered.as_slice(), of_weeks.next()) else {
        return false;
    };
    let between = text.get(days.end..week.start).unwrap_or_default();
    let joined = tokens(between).first().is_some_and(|word| *word == "and");
    let Said::Days(SaidDays::Numbers(list)) = &days.said else {
        return false;
    };
    let list = all_of(list);
    let all: Vec<u32> = held.iter().map(u32::from).collect();
    let mut others: Vec<u32> = all
        .iter()
        .filter(|day| !list.contains(day))
        .map(|day| day.div_ceil(7))
        .collect();
    others.dedup();
    joined && list.iter().all(|day| all.contains(day)) && others == weeks
}
