//! On which side of its number a limit permits, by the words: "at most 45 Gy" is no least dose.

use chemorad::number::Decimal;

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::written as said_words;
use crate::facts::criterion::{CandidateTest, CriterionKind};
use crate::model::limit::{Comparison, DoseLevel, DoseVolumeLimit, LimitValue, VolumeLevel};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::phrase::{comparison, comparison_behind};
use crate::passage::token::{Token, Tokens, without_hyphens};
use crate::statement::{Quote, Statement, Status};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, table) in place::of(&protocol.limits, "limits", |table| &table.id) {
        for (i, row) in table.rows.iter().enumerate() {
            let at = format!("{at}.rows[{i}].limit");
            let upper = row.comparison.is_upper();
            check(&row.limit, &at, |value| Some((value.into(), upper)), out);
            check_strictness(row, &at, out);
        }
    }
    for (at, criterion) in place::of(&protocol.eligibility, "eligibility", |c| &c.id) {
        // what excludes may be said from the other side
        if criterion.kind != CriterionKind::Inclusion {
            continue;
        }
        for (i, test) in criterion.tests.iter().enumerate() {
            check(test, &format!("{at}.tests[{i}]"), of_test, out);
        }
    }
}

/// A number with the units it can be written in.
struct Written(Vec<(Decimal, &'static [&'static str])>);

const GRAY: &[&str] = &["gy", "gray", "grays"];
const CENTIGRAY: &[&str] = &["cgy", "centigray"];
const PERCENT: &[&str] = &["%", "percent"];
const CUBIC: &[&str] = &["cc", "cm3", "ml"];
const YEARS: &[&str] = &["years", "year", "yrs", "yr", "y"];
const MILLIMETRES: &[&str] = &["mm"];
const CENTIMETRES: &[&str] = &["cm"];

impl From<&LimitValue> for Written {
    fn from(value: &LimitValue) -> Self {
        let scaled = |number: u64, power: i32| Decimal::new(number.into(), power);
        let forms = match value {
            LimitValue::Dose(DoseLevel::Absolute(dose)) => vec![
                (scaled(dose.micrograys(), -6), GRAY),
                (scaled(dose.micrograys(), -4), CENTIGRAY),
            ],
            LimitValue::Volume(VolumeLevel::Absolute(volume)) => {
                vec![(scaled(volume.cubic_millimetres(), -3), CUBIC)]
            }
            LimitValue::Dose(DoseLevel::PercentOf { percent, .. })
            | LimitValue::Volume(VolumeLevel::Percent(percent)) => {
                vec![(scaled(percent.millionths(), -6), PERCENT)]
            }
        };
        let there = forms.into_iter();
        Self(
            there
                .filter_map(|(number, unit)| Some((number?, unit)))
                .collect(),
        )
    }
}

/// The limit of a criterion and whether it is an upper one.
fn of_test(test: &CandidateTest) -> Option<(Written, bool)> {
    match test {
        CandidateTest::AgeAtLeast(age) => {
            let years = (Decimal::from(u32::from(age.get())), YEARS);
            Some((Written(vec![years]), false))
        }
        CandidateTest::DistanceAtMost(distance) => {
            let scaled = |power| Decimal::new(distance.micrometres().into(), power);
            let forms = [(scaled(-3), MILLIMETRES), (scaled(-4), CENTIMETRES)];
            let there = forms.into_iter();
            let there = there.filter_map(|(number, unit)| Some((number?, unit)));
            Some((Written(there.collect()), true))
        }
        _ => None,
    }
}

fn check<T>(
    statement: &Statement<T>,
    at: &str,
    limit: impl Fn(&T) -> Option<(Written, bool)>,
    out: &mut Findings,
) {
    if statement.status() != Status::Stated {
        return;
    }
    let Some((written, upper)) = statement.value().and_then(limit) else {
        return;
    };
    for quote in statement.quotes() {
        if let Some(words) = words_of_the_other_side(&quote, &written, upper) {
            let words = words.into();
            out.push(
                at,
                ProtocolFault::OtherSide {
                    words,
                    upper,
                    quote,
                },
            );
        }
    }
}

/// A limit that the number itself meets, by words that say it does not, or the reverse.
fn check_strictness(row: &DoseVolumeLimit, at: &str, out: &mut Findings) {
    let written = row.limit.value().map(Written::from);
    let Some(written) = written.filter(|_| row.limit.status() == Status::Stated) else {
        return;
    };
    let held = Side::of(row.comparison);
    for quote in row.limit.quotes() {
        let words = without_hyphens(&tokens(&quote.text));
        let said = words.iter().enumerate().filter_map(|(at, word)| {
            let unit = words.get(at + 1)?;
            let mut forms = written.0.iter();
            let is = forms.any(|(value, units)| {
                Some(*value) == word.number && units.contains(&unit.text.as_str())
            });
            side_of(&words, at).filter(|(side, ..)| is && side.upper == held.upper)
        });
        let said: Vec<(Side, usize, usize)> = said.collect();
        let mut strict = said.iter().map(|(side, ..)| side.strict);
        if let (Some((_, first, last)), false) =
            (said.first(), strict.any(|one| one == held.strict))
        {
            let words = said_words(&quote.text, &words, *first, *last + 1);
            let held = row
                .limit
                .value()
                .map(ToString::to_string)
                .unwrap_or_default();
            let held = Text::from(format!("{} {held}", row.comparison));
            out.push(at, ProtocolFault::OtherEnd { words, held, quote });
        }
    }
}

/// Words that permit on the other side of the number, where none permit on its own.
fn words_of_the_other_side(quote: &Quote, written: &Written, upper: bool) -> Option<String> {
    let tokens = without_hyphens(&tokens(&quote.text));
    let mut other = None;
    for (at, token) in tokens.iter().enumerate() {
        let (Some(number), unit) = (token.number, tokens.get(at + 1)) else {
            continue;
        };
        let has_unit =
            |units: &[&str]| unit.is_some_and(|unit| units.contains(&unit.text.as_str()));
        let is = |(value, units): &(Decimal, &'static [&'static str])| {
            *value == number && has_unit(units)
        };
        if !written.0.iter().any(is) {
            continue;
        }
        let Some((side, first, last)) = side_of(&tokens, at) else {
            continue;
        };
        if side.upper == upper {
            return None;
        }
        let span = tokens[first].start..tokens.get(last).map_or(quote.text.len(), |t| t.end);
        other.get_or_insert(quote.text.get(span).unwrap_or_default().to_owned());
    }
    other
}

/// On which side of a number words permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) upper: bool,
    /// The number itself is not permitted: `less than`, and not `at most`.
    pub(super) strict: bool,
}

impl Side {
    fn of(comparison: Comparison) -> Self {
        Self {
            upper: comparison.is_upper(),
            strict: matches!(comparison, Comparison::Below | Comparison::Above),
        }
    }

    const fn included(upper: bool) -> Self {
        Self {
            upper,
            strict: false,
        }
    }

    fn of_sign(sign: &str) -> Self {
        Self {
            upper: sign.starts_with('<'),
            strict: !sign.ends_with('='),
        }
    }

    /// What "not above" permits.
    const fn denied(self) -> Self {
        Self {
            upper: !self.upper,
            strict: !self.strict,
        }
    }
}

/// Whether words make a number an upper limit, with their first and last token.
pub(super) fn side_of(tokens: &[Token], at: usize) -> Option<(Side, usize, usize)> {
    let of_before = before(tokens, at).map(|(side, first)| (side, first, at + 1));
    of_before.or_else(|| behind(tokens, at + 2).map(|(side, last)| (side, at, last)))
}

/// An upper limit by the words before a number, and where they begin.
fn before(tokens: &[Token], at: usize) -> Option<(Side, usize)> {
    const MOST: &[&str] = &["maximum", "max", "within"];
    const LEAST: &[&str] = &["minimum", "min"];
    let of = |at: usize, words: &[&str]| {
        tokens
            .get(at)
            .is_some_and(|token| words.contains(&token.text.as_str()))
    };
    // the longest words first
    for first in at.saturating_sub(6)..at {
        let mut input = Tokens::new(&tokens[first..at]);
        if let Ok(sign) = comparison(&mut input) {
            let link = input
                .iter()
                .all(|token| ["of", "the", "a"].contains(&token.text.as_str()));
            if link {
                // "none above 50 Gy"
                let denied = first > 0 && of(first - 1, &["none", "no", "nothing", "not"])
                    || is_denied(tokens, first);
                let side = Side::of_sign(sign);
                return Some((if denied { side.denied() } else { side }, first));
            }
        }
    }
    let mut word = at.checked_sub(1)?;
    while of(word, &["of", "dose", ":", ".", "is"]) {
        word = word.checked_sub(1)?;
    }
    match () {
        () if of(word, MOST) => Some((Side::included(true), word)),
        () if of(word, LEAST) => Some((Side::included(false), word)),
        () if of(word, &["to"]) && word > 0 && of(word - 1, &["up"]) => {
            Some((Side::included(true), word - 1))
        }
        () => None,
    }
}

/// `none of the spinal cord above 45 Gy`, `0 cc > 50 Gy`: nothing of the volume.
fn is_denied(tokens: &[Token], first: usize) -> bool {
    let before = tokens.get(..first).unwrap_or_default();
    for (at, token) in before.iter().enumerate().rev() {
        let next = before.get(at + 1).map_or("", |next| next.text.as_str());
        match token.text.as_str() {
            ";" | "." | "," | ":" => return false,
            "none" | "nothing" => return true,
            "no" => return ["part", "portion", "volume"].contains(&next),
            _ => {}
        }
        if let Some(number) = token.number {
            let is_volume = CUBIC.contains(&next) || PERCENT.contains(&next);
            return number == Decimal::ZERO && is_volume;
        }
    }
    false
}

/// An upper limit by the words behind a number and its unit, and where they end.
fn behind(tokens: &[Token], from: usize) -> Option<(Side, usize)> {
    let rest = tokens.get(from..)?;
    let mut input = Tokens::new(rest);
    let sign = comparison_behind(&mut input).ok()?;
    Some((Side::of_sign(sign), from + rest.len() - input.len() - 1))
}
