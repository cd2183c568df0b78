//! The phrases of a passage, each with where it stands.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt};

use super::amount::Amount;
use super::drug_times::Run;
use super::mention::{Range, Said, SaidDays};
use super::phrase::{Parsed, one_of, per_day, radiotherapy};
use super::token::{ELLIPSIS, Token, Tokens};
use super::{amount, cycle, days, dose, drug_name, drug_times, limit, person, within};

/// A phrase before it is known what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Phrase {
    Drug(String),
    /// One amount, or the levels of one list.
    Amounts(Vec<Amount>),
    TimesPerDay(Decimal),
    Divided(Decimal),
    TimesPerWeek(Decimal),
    /// `daily`, once or in parts.
    Daily,
    /// `daily dose of`, before an amount.
    DailyDoseOf,
    /// `total dose of`, before an amount.
    TotalDoseOf,
    Bolus,
    Cap(String),
    Run(Run),
    Days(SaidDays),
    DaysPerWeek(Range),
    Radiation(Vec<Said>),
    /// The word radiotherapy, which what follows may be said of.
    Radiotherapy,
    Other(Said),
    /// A full stop or a semicolon.
    Break,
}

impl Phrase {
    fn on_and_off(said: Said) -> Self {
        match said {
            Said::DaysPerWeek(days) => Self::DaysPerWeek(days),
            other => Self::Other(other),
        }
    }
}

/// A phrase with where it stands, in bytes and in tokens.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) phrase: Phrase,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

pub(super) fn phrases(all: &[Token]) -> Vec<Placed> {
    let mut input = Tokens::new(all);
    let mut out = Vec::new();
    while let Some(next) = input.first() {
        let start = next.start;
        let first = all.len() - input.len();
        let before = input.clone();
        match phrase(&mut input) {
            Ok(phrase) if input.len() < before.len() => {
                let last = all.len() - input.len() - 1;
                out.push(Placed {
                    phrase,
                    start,
                    end: all[last].end,
                    first,
                    last,
                });
            }
            _ => {
                input = before;
                let _ = winnow::token::any::<_, winnow::error::EmptyError>.parse_next(&mut input);
            }
        }
    }
    out
}

fn phrase(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    alt((
        alt((
            alt((
                drug_name::drug.map(Phrase::Drug),
                amount::cap.map(Phrase::Cap),
            )),
            amount::amounts.map(Phrase::Amounts),
            dose::weekly_with_dose.map(Phrase::Radiation),
            limit::limit.map(Phrase::Other),
            dose::dose.map(Phrase::Radiation),
            person::age.map(Phrase::Other),
            person::size.map(Phrase::Other),
            dose_of,
        )),
        alt((
            drug_times::divided.map(Phrase::Divided),
            drug_times::times_per_day.map(Phrase::TimesPerDay),
            alt((
                cycle::on_and_off.map(Phrase::on_and_off),
                cycle::days_per_week.map(Phrase::DaysPerWeek),
            )),
            alt((
                dose::fraction_list.map(Phrase::Radiation),
                dose::fractions.map(|said| Phrase::Radiation(vec![said])),
            )),
            drug_times::run.map(Phrase::Run),
            alt((within::within, cycle::cycle)).map(Phrase::Other),
            cycle::cycles.map(Phrase::Other),
            days::days.map(Phrase::Days),
            cycle::week_numbers.map(Phrase::Other),
        )),
        alt((
            drug_times::times_per_week.map(Phrase::TimesPerWeek),
            cycle::duration.map(Phrase::Other),
            alt(("daily".void(), per_day)).value(Phrase::Daily),
            one_of(&["bolus"]).value(Phrase::Bolus),
            radiotherapy.value(Phrase::Radiotherapy),
            stop,
        )),
    ))
    .parse_next(input)
}

/// `daily dose of`, `total dose of`.
fn dose_of(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    let of = || opt(one_of(&["of", ":", "was", "is"]));
    alt((
        (opt("total"), "daily", one_of(&["dose", "doses"]), of()).value(Phrase::DailyDoseOf),
        (
            one_of(&["total", "cumulative"]),
            one_of(&["dose", "doses"]),
            of(),
        )
            .value(Phrase::TotalDoseOf),
    ))
    .parse_next(input)
}

fn stop(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    let token = one_of(&[".", ";", ELLIPSIS]).parse_next(input)?;
    let ends = token.text != "." || input.first().is_none_or(|next| next.spaced);
    if ends {
        Ok(Phrase::Break)
    } else {
        Err(winnow::error::EmptyError)
    }
}
