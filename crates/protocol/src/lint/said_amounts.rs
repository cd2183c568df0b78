//! Whether an infusion of days is derived to be longer than the words say, and goes with the days of its drug: 96 hours
//! do not run over days 1 to 32.

use super::drug_passage::{DrugPassage, read};
use super::finding::Findings;
use super::said_drugs::contradiction;
use crate::model::drug::DrugRegimen;
use crate::model::drug_days::{DrugDays, Infusion};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{InfusionTime, Said};
use crate::passage::phrase::whole;
use crate::statement::{Statement, Status};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        check_days(drug, &format!("{at}.days"), out);
        let passage = DrugPassage::of(protocol, drug);
        check_hours(&passage, &format!("{at}.infusion"), out);
    }
}

fn hours(drug: &DrugRegimen) -> Option<u32> {
    let infusion = drug.infusion.as_ref().and_then(Statement::value);
    infusion.copied().and_then(Infusion::hours).map(u32::from)
}

/// Stretches of days that are not those of the infusion; the last day may be the one on which it ends.
fn check_days(drug: &DrugRegimen, at: &str, out: &mut Findings) {
    // of a day, or less, it is begun anew
    let Some(hours) = hours(drug).filter(|hours| *hours > 24 && hours % 24 == 0) else {
        return;
    };
    let Some(value) = drug.days.value() else {
        return;
    };
    let (DrugDays::Days(days) | DrugDays::Cycle { days, .. }) = value else {
        return;
    };
    let runs = hours / 24;
    let is_other = |(first, last): &(u16, u16)| {
        let days = u32::from(last.saturating_sub(*first)).saturating_add(1);
        days > 1 && days != runs && days != runs + 1
    };
    let quote = drug.days.quotes().into_iter().next();
    if let (true, Some(quote)) = (days.spans().iter().any(is_other), quote) {
        let words = Text::from(format!("{hours} h"));
        let held = Text::from(value.to_string());
        out.push(at, contradiction("the infusion", words, held, quote));
    }
}

/// An infusion of days, derived to be longer than the words say.
fn check_hours(passage: &DrugPassage<'_>, at: &str, out: &mut Findings) {
    let infusion = passage.drug.infusion.as_ref();
    let infusion = infusion.filter(|infusion| infusion.status() == Status::Derived);
    let (Some(infusion), Some(held)) = (infusion, hours(passage.drug)) else {
        return;
    };
    let mut other = None;
    for read in read(infusion) {
        for mention in passage.own(&read) {
            let Said::Infusion(InfusionTime::Hours(hours)) = mention.said else {
                continue;
            };
            // of a day, or less, it is begun anew
            if !whole(hours.high).is_some_and(|hours| (25..held).contains(&hours)) {
                return;
            }
            let words = read.quote.text.get(mention.start..mention.end);
            let words = Text::from(words.unwrap_or_default().to_owned());
            other.get_or_insert((words, read.quote.clone()));
        }
    }
    if let Some((words, quote)) = other {
        let held = Text::from(format!("{held} h"));
        out.push(at, contradiction("the infusion", words, held, quote));
    }
}
