//! Drugs whose words say more than their values.

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::tokens;
use super::repeated::with_each_fraction;
use super::sequence::is_given_with_radiotherapy;
use crate::model::arm::Action;
use crate::model::drug::DrugRegimen;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::drug_name::canonical;
use crate::statement::{Quote, Statement, Status};
use chemorad::text::{List, Text};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |d| &d.id) {
        check_times(drug, &at, out);
    }
    for (at, arm) in place::of(&protocol.arms, "arms", |a| &a.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            for (i, action) in option.actions.iter().enumerate() {
                if let Some(given) = action.drugs() {
                    let at = format!("{at}.actions[{i}]");
                    check_none(protocol, given, &at, out);
                }
                let at = format!("{at}.actions[{i}].concurrent_drugs");
                check_radiotherapy_alone(protocol, action, &at, out);
            }
        }
    }
}

/// What one intake is worth is no dose until it is known how often a day.
fn check_times(drug: &DrugRegimen, at: &str, out: &mut Findings) {
    let oral = drug.route.value().is_some_and(|route| &**route == "oral");
    let daily = drug.administrations_per_day.is_some() || drug.intensity_per_day.is_some();
    let single = match (drug.intensity(), &drug.dose) {
        (Some(_), _) => "intensity",
        (None, Some(_)) => "dose",
        (None, None) => return,
    };
    // "one hour before each fraction" says how often
    let each_fraction = |quotes: Vec<Quote>| {
        let mut quotes = quotes.iter();
        quotes.any(|quote| with_each_fraction(&quote.text).is_some())
    };
    let said = each_fraction(drug.days.quotes())
        || drug
            .intensity
            .as_ref()
            .is_some_and(|one| each_fraction(one.quotes()));
    if oral && !daily && !said {
        out.push(format!("{at}.{single}"), ProtocolFault::DrugTimes);
    }
}

/// No drug, by words that name one.
fn check_none(protocol: &Protocol, given: &Statement<List<Text>>, at: &str, out: &mut Findings) {
    let none = given.value().is_some_and(List::is_empty);
    if !none || given.status() != Status::Stated {
        return;
    }
    for quote in given.quotes() {
        let text = quote.text.to_lowercase();
        let denied = ["without", "no ", "not ", "alone", "omit"];
        if denied.iter().any(|word| text.contains(word)) {
            continue;
        }
        let named = protocol.drugs.iter().find(|drug| {
            let name = drug.drug.value().unwrap_or(&drug.id).to_lowercase();
            text.contains(&name)
        });
        if let Some(drug) = named {
            out.push(
                at,
                ProtocolFault::DrugLeftOut {
                    drug: drug.id.clone(),
                    quote: quote.text,
                },
            );
        }
    }
}

/// Words that make a drug that of some patients.
const OF_SOME: &[&str] = &[
    "without",
    "alone",
    "or",
    "arm",
    "arms",
    "group",
    "groups",
    "randomly",
    "randomised",
    "randomized",
    "versus",
    "vs",
    "if",
    "unless",
    "except",
    "no",
    "not",
    "either",
    "cohort",
    "whereas",
    "while",
];

/// No drug with the radiotherapy, though the words of its doses give one to everybody.
fn check_radiotherapy_alone(protocol: &Protocol, action: &Action, at: &str, out: &mut Findings) {
    let Action::Radiotherapy {
        course,
        concurrent_drugs,
        ..
    } = action
    else {
        return;
    };
    let is_known = out.0.iter().any(|found| at.starts_with(found.at.as_str()));
    let none = concurrent_drugs.value().is_some_and(List::is_empty);
    let course = course.value().and_then(|id| protocol.course(id));
    let Some(course) = course.filter(|_| none && !is_known) else {
        return;
    };
    let phases = course.phases.iter().filter_map(|name| protocol.phase(name));
    let doses = phases.flat_map(|phase| &phase.doses);
    for quote in doses.flat_map(|dose| dose.fractionation.quotes()) {
        let words = tokens(&quote.text);
        if words
            .iter()
            .any(|word| OF_SOME.contains(&word.text.as_str()))
        {
            continue;
        }
        let with = protocol.drugs.iter().find(|drug| {
            let name = canonical(drug.drug.value().unwrap_or(&drug.id));
            is_given_with_radiotherapy(&words, &name)
        });
        if let Some(drug) = with {
            let drug = drug.id.clone();
            out.push(
                at,
                ProtocolFault::DrugLeftOut {
                    drug,
                    quote: quote.text,
                },
            );
            return;
        }
    }
}
