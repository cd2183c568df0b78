//! What a passage says that can bear a value.

use super::drug_passage::says_first;
use super::field::Field;
use super::number::{Kind, Number, ONE};
use super::reading::{mentions, tokens};
use super::support::{Support, said_numbers};
use crate::model::drug::DrugRegimen;
use crate::model::drug_dose::DayOne;
use crate::model::statements::StatementView;
use crate::passage::drug_name::canonical;
use crate::passage::mention::Said;
use crate::statement::Statement;

/// The numbers of a passage that can bear a value.
pub(super) fn bearing(
    text: &str,
    view: &StatementView<'_>,
    drug: Option<&DrugRegimen>,
) -> Vec<Number> {
    let of_kind = |wanted: Kind| {
        let mut found = said_numbers(text);
        // "four to six weeks": a numeral without its unit
        for number in found.iter_mut().filter(|number| number.kind == Kind::Count) {
            number.kind = Kind::Bare;
        }
        found.retain(|number| number.kind == wanted || number.kind == Kind::Bare);
        found
    };
    match Field::at(&view.at) {
        Some(Field::StartWeeks) => [of_kind(Kind::Week), plus_minus(text)].concat(),
        Some(Field::StartDays) => [of_kind(Kind::Day), plus_minus(text)].concat(),
        Some(field) => {
            let mut found = Support::of(text, field, drug.map(name).as_deref()).numbers;
            // "a loading dose" is the first, and so on the first day of those counted from it
            let counts_from_first = drug.is_some_and(|drug| {
                drug.day_one.as_ref().and_then(Statement::value) == Some(&DayOne::FirstDose)
            });
            if field == Field::DrugDays && counts_from_first && says_first(text) {
                found.push(Number {
                    value: ONE,
                    unit: ONE,
                    kind: Kind::DayNumber,
                    start: 0,
                    end: 0,
                });
            }
            found
        }
        None => said_numbers(text),
    }
}

/// The ends of `7 ± 1 weeks`.
fn plus_minus(text: &str) -> Vec<Number> {
    let words = tokens(text);
    let ends = words.windows(3).filter_map(|window| {
        let [middle, sign, around] = window else {
            return None;
        };
        let (value, around_by) = (middle.number?, around.number?);
        let ends = [value.checked_sub(around_by)?, value.checked_add(around_by)?];
        let number = move |value| Number {
            value,
            unit: ONE,
            kind: Kind::Bare,
            start: middle.start,
            end: around.end,
        };
        (*sign == "±").then(|| ends.map(number))
    });
    ends.flatten().collect()
}

/// The name that passages are searched for.
pub(super) fn name(drug: &DrugRegimen) -> String {
    canonical(drug.drug.value().unwrap_or(&drug.id))
}

/// How often a day a passage says.
pub(super) fn times_said(text: &str) -> Option<u32> {
    mentions(text)
        .iter()
        .find_map(|mention| match mention.said {
            Said::AdministrationsPerDay(times) => u32::try_from(times.to_integer()?).ok(),
            _ => None,
        })
}
