//! Drugs whose words say more than their values.

use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::drug::DrugRegimen;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::statement::{Statement, Status};
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
    if oral && !daily {
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
