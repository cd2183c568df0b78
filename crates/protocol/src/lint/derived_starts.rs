//! Whether derived days begin when the words say: "on days 1 and 29" is no reason for four cycles of 28 days, and
//! "in the first and fifth weeks" none for days 36 to 40.

use super::drug_passage::{DrugPassage, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::passage_days::all_of;
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Said, SaidDays};
use crate::statement::Status;

/// No protocol has more cycles.
const MOST_CYCLES: u32 = 60;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let at = format!("{at}.days");
        let Some(value) = drug.days.value() else {
            continue;
        };
        let is_known = out.0.iter().any(|found| found.at == at);
        if drug.days.status() != Status::Derived || is_known {
            continue;
        }
        let passage = DrugPassage::of(protocol, drug);
        for read in read(&drug.days) {
            let mut own: Vec<&Mention> = passage.own(&read).collect();
            // "A (…) and B (…) days 1 and 29" says the days of both
            let is_cycle = matches!(value, DrugDays::Cycle { .. });
            if is_cycle && !own.iter().any(|mention| is_about_days(mention)) {
                let last = read
                    .mentions
                    .iter()
                    .rfind(|mention| names_an_amount(mention));
                let behind = last.map_or(0, |last| last.end);
                own = read
                    .mentions
                    .iter()
                    .filter(|one| one.start >= behind)
                    .collect();
            }
            if let Some(other) = other_start(value, &own) {
                let words = read.quote.text.get(other.start..other.end);
                let words = words.unwrap_or_default().to_owned().into();
                let (days, quote) = (value.clone(), read.quote.clone());
                out.push(at.as_str(), ProtocolFault::OtherDays { words, days, quote });
                break;
            }
        }
    }
}

const fn names_an_amount(mention: &Mention) -> bool {
    matches!(mention.said, Said::Intensity { .. })
}

const fn is_about_days(mention: &Mention) -> bool {
    matches!(
        mention.said,
        Said::Days(_)
            | Said::WeekNumbers(_)
            | Said::Cycle(..)
            | Said::Cycles(_)
            | Said::FractionNumbers(_)
            | Said::AdministrationsPerWeek(_)
            | Said::DaysPerWeek(_)
    )
}

/// The words that say other first days, or other weeks, than the value; none where something else is said of the
/// days too.
fn other_start<'m>(value: &DrugDays, own: &[&'m Mention]) -> Option<&'m Mention> {
    let about_days = own.iter().filter(|mention| is_about_days(mention));
    let mut about_days = about_days.copied();
    let (said, None) = (about_days.next()?, about_days.next()) else {
        return None;
    };
    let (first, starts) = starts(value)?;
    let is_right = match &said.said {
        Said::Days(SaidDays::Numbers(list)) => {
            let singles = list.iter().all(|(first, last)| first == last);
            if list.len() < 2 || !singles {
                return None;
            }
            let days = all_of(list);
            are_alike(&days, &starts) || are_alike(&days, &first) || all_days(value) == days
        }
        Said::WeekNumbers(list) => {
            let DrugDays::Days(days) = value else {
                return None;
            };
            let mut weeks: Vec<u32> = days.iter().map(|day| week_of(day.into())).collect();
            weeks.dedup();
            are_alike(&all_of(list), &weeks)
        }
        _ => return None,
    };
    (!is_right).then_some(said)
}

fn week_of(day: u32) -> u32 {
    day.saturating_sub(1) / 7 + 1
}

/// The same numbers, or all later by as many: days may be counted from another one.
fn are_alike(one: &[u32], other: &[u32]) -> bool {
    let apart = |list: &[u32]| -> Vec<i64> {
        let first = list.first().copied().unwrap_or_default();
        list.iter()
            .map(|day| i64::from(*day) - i64::from(first))
            .collect()
    };
    apart(one) == apart(other)
}

/// The first days of the stretches: of one cycle, and of all.
fn starts(value: &DrugDays) -> Option<(Vec<u32>, Vec<u32>)> {
    match value {
        DrugDays::Days(days) => {
            let first: Vec<u32> = days.spans().iter().map(|(day, _)| (*day).into()).collect();
            Some((first.clone(), first))
        }
        DrugDays::Cycle {
            days,
            every,
            cycles: Some(cycles),
        } => {
            let first: Vec<u32> = days.spans().iter().map(|(day, _)| (*day).into()).collect();
            let cycles = u32::from(cycles.get()).min(MOST_CYCLES);
            let all = (0..cycles).flat_map(|cycle| {
                let before = cycle.saturating_mul(every.get().into());
                first.iter().map(move |day| day.saturating_add(before))
            });
            Some((first.clone(), all.collect()))
        }
        _ => None,
    }
}

fn all_days(value: &DrugDays) -> Vec<u32> {
    match value {
        DrugDays::Days(days) => days.iter().map(u32::from).collect(),
        _ => Vec::new(),
    }
}
