//! What an open question offers is held against the passages it cites: a dose among its answers is one that they say.

use super::bearing::bearing;
use super::equation::results;
use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::number::{Kind, Number};
use super::quoted_numbers::{RequiredNumber, required};
use super::reading::numbers;
use super::support::said_numbers;
use crate::model::drug::DrugRegimen;
use crate::model::protocol::Protocol;
use crate::model::statements::StatementView;
use crate::statement::{Question, Quote};

/// The values of an open question, and the amounts in its answers.
pub(super) fn lint(view: &StatementView<'_>, drug: Option<&DrugRegimen>, out: &mut Findings) {
    let Some(question) = view.question else {
        return;
    };
    let Some(quote) = view.quotes.first() else {
        return;
    };
    // how often, and on which days, is asked where the words do not say it
    let is_amount = |field: &Field| {
        matches!(
            field,
            Field::Fractionation
                | Field::DosePerFraction
                | Field::Intensity
                | Field::IntensityPerDay
                | Field::DrugDose
                | Field::Cap
        )
    };
    if !Field::at(&view.at).as_ref().is_some_and(is_amount) {
        return;
    }
    let quotes = view.quotes.iter();
    let mut found: Vec<Number> = quotes
        .flat_map(|quote| bearing(&quote.text, view, drug))
        .collect();
    let is_quantity = |number: &Number| QUANTITIES.contains(&number.kind);
    if !found.iter().any(is_quantity) {
        return;
    }
    // an answer may be computed
    let worked = question.choices.iter().chain([&question.why]);
    found.extend(worked.filter_map(|text| results(text)).flatten());
    let before = out.0.len();
    for value in &view.contents {
        for number in required(*value) {
            if let Some(missing) = amount_of(number).missing(&found) {
                report(&view.at, missing, quote, out);
            }
        }
    }
    if out.0.len() == before {
        choices(&view.at, question, &view.quotes, out);
    }
}

/// The amounts in the answers to what is ambiguous.
pub(super) fn ambiguities(protocol: &Protocol, out: &mut Findings) {
    for (i, open) in protocol.ambiguities.iter().enumerate() {
        let at = format!("ambiguities[{i}].question");
        choices(&at, &open.question, &open.question.quotes, out);
    }
}

/// Kinds that a number of an answer is asked for in its passages.
const QUANTITIES: &[Kind] = &[
    Kind::Dose,
    Kind::DosePerFraction,
    Kind::Intensity,
    Kind::DailyIntensity,
    Kind::Mass,
    Kind::MassPerKilogram,
    Kind::AreaUnderCurve,
    Kind::Cap,
];

/// The words may leave open into how many fractions a total is divided.
fn amount_of(number: RequiredNumber) -> RequiredNumber {
    match number {
        RequiredNumber::Fractionation(one) => {
            let each = one.dose_per_fraction().map(RequiredNumber::each);
            let total = RequiredNumber::Total(one.total());
            RequiredNumber::AnyOf(each.into_iter().chain([total]).collect())
        }
        other => other,
    }
}

fn choices(at: &str, question: &Question, quotes: &[Quote], out: &mut Findings) {
    let Some(quote) = quotes.first() else {
        return;
    };
    let mut said: Vec<Number> = quotes
        .iter()
        .flat_map(|one| said_numbers(&one.text))
        .collect();
    for text in [&question.why, &question.question] {
        said.extend(said_numbers(text));
    }
    for choice in &question.choices {
        if results(choice).is_some() {
            continue;
        }
        for number in numbers(choice).iter() {
            let is_kind = |other: &&Number| kinds_alike(other.kind, number.kind);
            let mut alike = said.iter().filter(is_kind).peekable();
            let is_asked = QUANTITIES.contains(&number.kind) && alike.peek().is_some();
            if is_asked && !alike.any(|other| other.value == number.value) {
                let words = choice.get(number.start..number.end).unwrap_or_default();
                report(at, vec![words.to_owned()], quote, out);
            }
        }
    }
}

/// A dose is one, of a fraction or of all; so is an amount of a drug.
fn kinds_alike(one: Kind, other: Kind) -> bool {
    let plain = |kind: Kind| match kind {
        Kind::DosePerFraction => Kind::Dose,
        Kind::DailyIntensity => Kind::Intensity,
        Kind::Cap => Kind::Mass,
        other => other,
    };
    plain(one) == plain(other)
}

fn report(at: &str, missing: Vec<String>, quote: &Quote, out: &mut Findings) {
    let quote = quote.clone();
    out.push(at, ProtocolFault::QuoteWithoutNumber { missing, quote });
}
