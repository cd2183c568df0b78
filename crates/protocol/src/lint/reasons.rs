//! Whether the reason of a derived value leads to it.

use super::amounts::Amounts;
use super::bearing::{bearing, name, times_said};
use super::equation::{false_equations, results};
use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::number::{Kind, Number, numbers};
use super::quoted_numbers::{RequiredNumber, required};
use super::support::{Support, numbers_of};
use crate::model::drug::DrugRegimen;
use crate::model::statements::StatementView;
use crate::passage::mention::{Mention, Said, SaidDays};
use crate::passage::mentions::mentions;
use crate::passage::token::tokens;

pub(super) fn derived(view: &StatementView<'_>, drug: Option<&DrugRegimen>, out: &mut Findings) {
    if view.quotes.is_empty() {
        out.push(&view.at, ProtocolFault::NoPassage);
    }
    let Some(reason) = view.reason else { return };
    let wrong = false_equations(reason);
    let holds = wrong.is_empty();
    for equation in wrong {
        out.push(
            &view.at,
            ProtocolFault::FalseEquation {
                written: equation.written,
                value: equation.value,
            },
        );
    }
    // where the reason computes, what it comes to is the value
    let computes = results(reason);
    if computes.is_none() && !has_words(reason) && !is_borne(view, drug) {
        let reason = reason.clone();
        out.push(&view.at, ProtocolFault::BareReason { reason });
    }
    let mut found = computes.unwrap_or_else(|| numbers(reason));
    // the days that it names beside: "days 1-14 of 14 + 7 = 21"
    found.extend(days_named(reason));
    // of a reason, unlike a passage, it is not asked whether it says that the amount is the largest
    let caps: Vec<Number> = found
        .iter()
        .filter(|number| number.kind == Kind::Mass)
        .map(|number| Number {
            kind: Kind::Cap,
            ..*number
        })
        .collect();
    found.extend(caps);
    for quote in &view.quotes {
        found.extend(bearing(&quote.text, view, drug));
    }
    against_words(view, drug, out);
    // a false equation is reported once
    let values = view.contents.iter().copied().filter(|_| holds);
    for number in values.flat_map(required) {
        if let Some(missing) = number.missing(&found) {
            out.push(
                &view.at,
                ProtocolFault::ReasonWithoutNumber {
                    missing,
                    reason: reason.clone(),
                },
            );
        }
    }
}

/// The passages bear the numbers of a value, or it has none.
fn is_borne(view: &StatementView<'_>, drug: Option<&DrugRegimen>) -> bool {
    let quotes = view.quotes.iter();
    let found: Vec<Number> = quotes
        .flat_map(|quote| bearing(&quote.text, view, drug))
        .collect();
    let mut needed = view.contents.iter().copied().flat_map(required);
    needed.all(|number| number.missing(&found).is_none())
}

/// The numbered days of a reason.
fn days_named(reason: &str) -> Vec<Number> {
    let is_days = |mention: &&Mention| matches!(mention.said, Said::Days(SaidDays::Numbers(_)));
    let said = mentions(reason);
    said.iter().filter(is_days).flat_map(numbers_of).collect()
}

/// Words beside numbers and units of amounts.
fn has_words(reason: &str) -> bool {
    const UNITS: &[&str] = &[
        "gy",
        "cgy",
        "gray",
        "mg",
        "g",
        "kg",
        "m",
        "m2",
        "auc",
        "h",
        "hours",
        "fraction",
        "fractions",
        "fx",
        "x",
        "per",
        "in",
        "of",
        "and",
        "is",
    ];
    let words = tokens(reason);
    words
        .iter()
        .any(|word| word.is_word() && word.number.is_none() && !UNITS.contains(&word.text.as_str()))
}

/// A reason that computes nothing cannot hold against a passage that says another number.
fn against_words(view: &StatementView<'_>, drug: Option<&DrugRegimen>, out: &mut Findings) {
    let is_prescribed = |field: &Field| field.is_single() || *field == Field::Fractionation;
    let Some(field) = Field::at(&view.at).filter(is_prescribed) else {
        return;
    };
    if view.reason.is_some_and(|reason| results(reason).is_some()) {
        return;
    }
    let name = drug.map(name);
    let required: Vec<_> = view.contents.iter().copied().flat_map(required).collect();
    for quote in &view.quotes {
        let support = Support::of(&quote.text, field, name.as_deref());
        let borne = |number: &RequiredNumber| number.missing(&support.numbers).is_none();
        let amounts = drug.and_then(Amounts::of).map(|mut amounts| {
            // the value must follow from the words, and not another one
            match field {
                Field::IntensityPerDay => amounts.single = None,
                _ => amounts.daily = None,
            }
            amounts.times = amounts.times.or_else(|| times_said(&quote.text));
            amounts
        });
        let follows =
            |mention: &Mention| amounts.is_some_and(|amounts| amounts.lead_to_said(&mention.said));
        // the days of a drug are no fractions a week
        let own = |mention: &&Mention| drug.is_some() || mention.drug.is_none();
        let Some(other) = support.own.iter().find(own) else {
            continue;
        };
        if required.iter().all(borne) || support.own.iter().any(follows) {
            continue;
        }
        out.push(
            &view.at,
            ProtocolFault::ReasonAgainstWords {
                words: quote.text[other.start..other.end].to_owned().into(),
                quote: quote.clone(),
            },
        );
    }
}
