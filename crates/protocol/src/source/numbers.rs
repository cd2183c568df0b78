//! Numbers with a unit in the text of a source that nothing in the protocol bears.

use std::ops::Range;

use crate::lint::number::{Kind, Number, numbers};
use crate::model::protocol::Protocol;
use crate::model::value::Value;

/// Doses, amounts, counts of fractions, percentages, sizes and times: what a prescription is made of.
const fn is_prescribed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Dose
            | Kind::Intensity
            | Kind::DailyIntensity
            | Kind::Mass
            | Kind::Count
            | Kind::Percent
            | Kind::Volume
            | Kind::Length
            | Kind::Hour
            | Kind::Day
            | Kind::Week
    )
}

/// The places of the numbers with a unit that no passage and no value has, each number once.
pub(crate) fn unborne<'q>(
    source: &str,
    protocol: &Protocol,
    quotes: impl Iterator<Item = &'q str>,
) -> Vec<Range<usize>> {
    let mut borne: Vec<Number> = quotes.flat_map(numbers).collect();
    for view in protocol.statements() {
        if let Some(reason) = view.reason {
            borne.extend(numbers(reason));
        }
        for value in &view.contents {
            if let Value::Fractionation(value) = value {
                borne.extend(numbers(&value.to_string()));
            }
        }
    }
    let mut out = Vec::new();
    for number in numbers(source) {
        let in_digits = source[number.start..].starts_with(|c: char| c.is_ascii_digit());
        let same = |other: &Number| other.kind == number.kind && other.value == number.value;
        if in_digits && is_prescribed(number.kind) && !borne.iter().any(same) {
            out.push(number.start..number.end);
            borne.push(number);
        }
    }
    out
}
