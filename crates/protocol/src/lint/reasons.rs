//! Whether the reason of a derived value leads to it.

use std::rc::Rc;

use super::amounts::Amounts;
use super::bearing::{bearing, name, times_said};
use super::drug_passage::{amount_said, names_days};
use super::equation::{false_equations, results};
use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::number::{Kind, Number};
use super::quoted_numbers::{RequiredNumber, required};
use super::reading::{mentions, numbers, tokens};
use super::repeated::numbered;
use super::support::{Support, numbers_of};
use crate::model::drug::DrugRegimen;
use crate::model::statements::StatementView;
use crate::passage::mention::{Mention, Per, Said, SaidDays};
use chemorad::number::{Decimal, Rational};

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
    let is_computed = computes.is_some();
    let is_bare = !has_words(reason, &[]) || (!has_words(reason, OF_DAYS) && says_days(view));
    if computes.is_none() && is_bare && !is_borne(view, drug) {
        let reason = reason.clone();
        out.push(&view.at, ProtocolFault::BareReason { reason });
    }
    let mut found = computes.unwrap_or_else(|| numbers(reason).to_vec());
    // the days that it names beside: "days 1-14 of 14 + 7 = 21"
    found.extend(days_named(reason));
    match Field::at(&view.at) {
        Some(Field::DrugDays) => {
            found.extend(stretches_named(reason));
            found.extend(first_days(reason, view));
        }
        // "on each of two days" is no number of times a day
        Some(Field::AdministrationsPerDay) => found.retain(|number| number.kind != Kind::Day),
        _ => {}
    }
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
    let said: Vec<Vec<Number>> = view
        .quotes
        .iter()
        .map(|quote| bearing(&quote.text, view, drug))
        .collect();
    found.extend(said.iter().flatten());
    against_words(view, drug, out);
    // a false equation is reported once
    let values = view.contents.iter().copied().filter(|_| holds);
    for number in values.flat_map(required) {
        // a reason without arithmetic takes the fractions from the words
        let otherwise = || {
            let mut said = said.iter().filter(|_| !is_computed);
            said.find_map(|said| number.divided_otherwise(said))
        };
        if let Some(missing) = number.missing(&found).or_else(otherwise) {
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

/// `96 h / 24 h = 4 days: 1-4 and 29-32`: stretches of numbers without a unit.
fn stretches_named(reason: &str) -> Vec<Number> {
    let numbers = numbers(reason);
    let pairs = numbers.windows(2).filter(|pair| {
        let between = reason.get(pair[0].end..pair[1].start);
        let plain = pair.iter().all(|number| number.kind == Kind::Bare);
        plain && between.is_some_and(|between| ["-", "–"].contains(&between))
    });
    let days = pairs.flatten().map(|number| Number {
        kind: Kind::DayNumber,
        ..*number
    });
    days.collect()
}

/// `the first days of weeks 1, 4 and 7`: days 1, 22 and 43.
fn first_days(reason: &str, view: &StatementView<'_>) -> Vec<Number> {
    let says_first = tokens(reason)
        .windows(2)
        .any(|pair| pair[0] == "first" && ["day", "days"].contains(&pair[1].text.as_str()));
    if !says_first {
        return Vec::new();
    }
    let mut out = Vec::new();
    for quote in &view.quotes {
        for mention in mentions(&quote.text).iter() {
            let Said::WeekNumbers(list) = &mention.said else {
                continue;
            };
            let weeks = list.iter().flat_map(|(first, last)| *first..=*last);
            let days = weeks.map(|week| week.saturating_sub(1).saturating_mul(7).saturating_add(1));
            out.extend(days.map(|day| numbered(mention, day.into(), Kind::DayNumber)));
        }
    }
    out
}

/// Words of a reason that only names days.
const OF_DAYS: &[&str] = &["days", "weeks", "on", "to"];

/// Whether days are held that the passage says in words of its own, `on days 1-4`, or does not speak of at all: a count
/// of days or weeks is what numbered days can follow from.
fn says_days(view: &StatementView<'_>) -> bool {
    let is_of_days = Field::at(&view.at) == Some(Field::DrugDays);
    let all: Vec<Rc<[Mention]>> = view
        .quotes
        .iter()
        .map(|quote| mentions(&quote.text))
        .collect();
    let said = || all.iter().flat_map(|said| said.iter());
    let of_time = |mention: &Mention| {
        names_days(&mention.said)
            || matches!(
                mention.said,
                Said::DurationDays(_)
                    | Said::Weeks(_)
                    | Said::Cycles(_)
                    | Said::Infusion(_)
                    | Said::Fractions(_)
                    | Said::Intensity {
                        per: Per::Days(_) | Per::Hours(_) | Per::DayOrHours(_) | Per::Week,
                        ..
                    }
            )
    };
    let named = said().any(|mention| matches!(mention.said, Said::Days(_)));
    is_of_days && (named || !said().any(of_time))
}

/// Words beside numbers, units of amounts and these.
fn has_words(reason: &str, besides: &[&str]) -> bool {
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
        "a",
        "an",
        "day",
        "d",
        "week",
        "wk",
        "times",
    ];
    let words = tokens(reason);
    words.iter().any(|word| {
        let text = word.text.as_str();
        word.is_word()
            && word.number.is_none()
            && !UNITS.contains(&text)
            && !besides.contains(&text)
    })
}

/// A reason that computes cannot make more of an amount than the words: `6 x 40 mg/m2` is no dose of one week, and
/// 5000 mg/m2 over 5 days is none of 4.
fn computed_against_words(
    view: &StatementView<'_>,
    drug: Option<&DrugRegimen>,
    name: Option<&str>,
    field: Field,
    out: &mut Findings,
) {
    for quote in &view.quotes {
        let own = Support::of(&quote.text, field, name).own;
        let wrong = match field {
            Field::Cap => {
                let held = drug.and_then(|drug| drug.cap.as_ref()?.value());
                let held = held.map(|cap| Decimal::from(cap.milligrams()));
                let is_less = |number: &Number| {
                    let rest = held.and_then(|held| number.value.checked_sub(held));
                    rest.is_some_and(Decimal::is_negative)
                };
                let all = own.iter().flat_map(numbers_of).collect::<Vec<_>>();
                own.first()
                    .filter(|_| !all.is_empty() && all.iter().all(is_less))
            }
            Field::Intensity | Field::IntensityPerDay => {
                let Some(amounts) = drug.and_then(Amounts::of) else {
                    continue;
                };
                let held = amounts.single.or(amounts.daily);
                let contradicts = |mention: &&Mention| match &mention.said {
                    Said::Intensity { per, .. } => {
                        matches!(per, Per::Days(_) | Per::Hours(_))
                            || (field == Field::IntensityPerDay && *per == Per::Day)
                            || amount_said(&mention.said)
                                .is_some_and(|said| is_multiple(held, said))
                    }
                    _ => false,
                };
                let leads = |mention: &Mention| amounts.lead_to_said(&mention.said);
                own.iter()
                    .find(contradicts)
                    .filter(|_| !own.iter().any(leads))
            }
            _ => None,
        };
        if let Some(other) = wrong {
            out.push(
                &view.at,
                ProtocolFault::ReasonAgainstWords {
                    words: quote.text[other.start..other.end].to_owned().into(),
                    quote: quote.clone(),
                },
            );
            return;
        }
    }
}

/// Twice the amount, or more times of it.
fn is_multiple(held: Option<Decimal>, said: Decimal) -> bool {
    let quotient = held.and_then(|held| Rational::from(held).checked_div(said.into()));
    let whole = quotient.and_then(Rational::to_decimal);
    let whole = whole.and_then(Decimal::to_integer);
    whole.is_some_and(|times| times > 1)
}

/// A reason that computes nothing cannot hold against a passage that says another number.
fn against_words(view: &StatementView<'_>, drug: Option<&DrugRegimen>, out: &mut Findings) {
    let is_prescribed =
        |field: &Field| field.is_single() || matches!(field, Field::Fractionation | Field::Cap);
    let Some(field) = Field::at(&view.at).filter(is_prescribed) else {
        return;
    };
    let name = drug.map(name);
    if view.reason.is_some_and(|reason| results(reason).is_some()) {
        computed_against_words(view, drug, name.as_deref(), field, out);
        return;
    }
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
