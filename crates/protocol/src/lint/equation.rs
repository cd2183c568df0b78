//! The equations that stand in a reason, computed again: `45 Gy + 5.4 Gy = 50.4 Gy in 25 + 3 = 28`.

use core::cmp::Ordering;

use chemorad::number::{Decimal, Rational};

use super::number::{Kind, Number, digits_at, is_negative};
use super::reading::numbers;

/// An equation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FalseEquation {
    /// As written.
    pub(super) written: String,
    /// What the left side comes to, in the unit of the right one.
    pub(super) value: String,
}

#[derive(Debug, Clone, Copy)]
enum Token {
    Value {
        value: Rational,
        /// How many of the kind's unit the unit written holds.
        unit: Rational,
        end: usize,
        start: usize,
    },
    Operator(char),
    Equals,
    Word,
}

/// `None` where the result needs more digits than are kept exact, and for a division by 0.
fn apply(left: Rational, operator: char, right: Rational) -> Option<Rational> {
    match operator {
        '+' => left.checked_add(right),
        '-' => left.checked_sub(right),
        'x' => left.checked_mul_rational(right),
        _ => left.checked_div(right),
    }
}

/// As a decimal where it is one, or as a fraction in lowest terms.
fn shown(value: Rational) -> String {
    match (value.to_decimal(), value.to_fraction()) {
        (None, Some((numerator, divisor))) => format!("{numerator}/{divisor}"),
        _ => value.to_string(),
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(number) = digits_at(text, at) {
            // a minus sign with nothing before it that could be taken from
            let alone = !matches!(out.last(), Some(Token::Value { .. }));
            let value = if alone && is_negative(text, at) {
                Decimal::ZERO.checked_sub(number.value)
            } else {
                Some(number.value)
            };
            out.extend(value.map(|value| Token::Value {
                value: value.into(),
                unit: number.unit.into(),
                start: at,
                end: number.end,
            }));
            at = number.end + per_time(&text[number.end..], number.kind);
            continue;
        }
        let spaced = text[..at].ends_with(' ') && text[at + c.len_utf8()..].starts_with(' ');
        let rest = &text[at + c.len_utf8()..];
        let digit_follows = rest.starts_with(|c: char| c.is_ascii_digit());
        let between_numbers = matches!(out.last(), Some(Token::Value { .. })) && digit_follows;
        let token = match c {
            '=' => Some(Token::Equals),
            'x' | '×' | '*' if spaced || between_numbers => Some(Token::Operator('x')),
            '/' | '+' if spaced || between_numbers => Some(Token::Operator(c)),
            // "4-6" is a range
            '-' | '−' if spaced => Some(Token::Operator('-')),
            // the sign of the number that follows
            '-' | '−' if is_negative(text, at + c.len_utf8()) && digit_follows => None,
            c if c.is_whitespace() => None,
            _ => Some(Token::Word),
        };
        // a word is one token, however long
        if !(matches!(token, Some(Token::Word)) && matches!(out.last(), Some(Token::Word))) {
            out.extend(token);
        }
        at += c.len_utf8();
    }
    out
}

/// The length of `/d`, `/day`, `/wk`, `/week` behind an intensity: part of the unit, no division.
fn per_time(rest: &str, kind: Kind) -> usize {
    if !matches!(kind, Kind::Intensity | Kind::DailyIntensity | Kind::Day) {
        return 0;
    }
    ["/day", "/d", "/week", "/wk"]
        .iter()
        .find(|unit| {
            rest.strip_prefix(**unit)
                .is_some_and(|tail| !tail.starts_with(char::is_alphanumeric))
        })
        .map_or(0, |unit| unit.len())
}

/// The value of a side, products before sums; `None` when it is not plain arithmetic.
fn evaluate(side: &[Token]) -> Option<Rational> {
    let mut sum: Option<(Rational, char)> = None;
    let mut product: Option<Rational> = None;
    let mut pending: Option<char> = None;
    for token in side {
        match (*token, product, pending) {
            (Token::Value { value, .. }, None, None) => product = Some(value),
            (Token::Value { value, .. }, Some(left), Some(operator @ ('x' | '/'))) => {
                product = Some(apply(left, operator, value)?);
                pending = None;
            }
            (Token::Value { value, .. }, Some(left), Some(operator)) => {
                sum = Some((add(sum, left)?, operator));
                product = Some(value);
                pending = None;
            }
            (Token::Operator(operator), Some(_), None) => pending = Some(operator),
            _ => return None,
        }
    }
    if pending.is_some() {
        return None;
    }
    add(sum, product?)
}

fn add(sum: Option<(Rational, char)>, term: Rational) -> Option<Rational> {
    match sum {
        Some((sum, operator)) => apply(sum, operator, term),
        None => Some(term),
    }
}

fn bounds(side: &[Token]) -> Option<(usize, usize, Rational)> {
    let first = side.iter().find_map(|token| match token {
        Token::Value { start, .. } => Some(*start),
        _ => None,
    })?;
    side.iter().rev().find_map(|token| match token {
        Token::Value { end, unit, .. } => Some((first, *end, *unit)),
        _ => None,
    })
}

/// Every equation of a text that does not hold.
pub(super) fn false_equations(text: &str) -> Vec<FalseEquation> {
    let tokens = tokens(text);
    let sides: Vec<&[Token]> = tokens
        .split(|token| matches!(token, Token::Equals))
        .collect();
    let mut out = Vec::new();
    for pair in sides.windows(2) {
        let [left, right] = pair else { continue };
        // a side reaches from or to the nearest word
        let begin = left.iter().rposition(|token| matches!(token, Token::Word));
        let left = &left[begin.map_or(0, |word| word + 1)..];
        let end = right.iter().position(|token| matches!(token, Token::Word));
        let right = &right[..end.unwrap_or(right.len())];
        let (Some(a), Some(b)) = (evaluate(left), evaluate(right)) else {
            continue;
        };
        if a.checked_cmp(b).is_none_or(Ordering::is_eq) {
            continue;
        }
        if let (Some((start, _, _)), Some((_, end, unit))) = (bounds(left), bounds(right)) {
            out.push(FalseEquation {
                written: text[start..end].into(),
                value: shown(a.checked_div(unit).unwrap_or(a)),
            });
        }
    }
    out
}

/// The numbers that a text computes: those right of an equals sign up to the next word; `None` when
/// it computes nothing.
pub(super) fn results(text: &str) -> Option<Vec<Number>> {
    let tokens = tokens(text);
    let mut ends: Vec<usize> = Vec::new();
    for pair in tokens.windows(2) {
        if let [Token::Equals, Token::Value { start, .. }] = pair {
            ends.push(*start);
        }
    }
    let all = numbers(text);
    let results: Vec<Number> = all
        .iter()
        .copied()
        .filter(|n| ends.contains(&n.start))
        .collect();
    (!results.is_empty()).then_some(results)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(String, String)> {
        false_equations(text)
            .into_iter()
            .map(|equation| (equation.written, equation.value))
            .collect()
    }

    #[test]
    fn what_holds_is_not_reported() {
        for text in [
            "d = D / n = 45 Gy / 25 = 1.8 Gy",
            "45 Gy + 5.4 Gy = 50.4 Gy in 25 + 3 = 28 fractions",
            "45 Gy + 540 cGy = 50.4 Gy",
            "2 x 825 mg/m2 = 1650 mg/m2/d; \"825mg/m² twice daily\" is read as 825 mg/m2 each time",
            "2 × 825 mg/m² = 1.65 g/m2/d",
            "4 weeks x 7 = 28 days, 6 weeks x 7 = 42 days, the day of the excision being day 0",
            "25 fractions x 1.8 Gy = 45 Gy",
            "25x1.8Gy=45Gy",
            "45 Gy/25 = 1.8 Gy",
            "50 Gy / 30 = 5 Gy / 3",
            "60 - 2 x 5 = 50",
            "n = 25 = the fractions; a = b; = 4; 4 =",
            "10 / 0 = 4",
            "D = 4-6 = range",
        ] {
            assert_eq!(wrong(text), [], "{text}");
        }
    }

    #[test]
    fn what_does_not_hold_is_shown_with_what_it_comes_to() {
        for (text, written, value) in [
            (
                "d = D / n = 45 Gy / 25 = 1.9 Gy",
                "45 Gy / 25 = 1.9 Gy",
                "1.8",
            ),
            (
                "45 Gy + 5.4 Gy = 51.4 Gy in 25 + 3 = 28",
                "45 Gy + 5.4 Gy = 51.4 Gy",
                "50.4",
            ),
            (
                "45 Gy + 5.4 Gy = 50.4 Gy in 25 + 3 = 38",
                "25 + 3 = 38",
                "28",
            ),
            (
                "2 x 825 mg/m2 = 1605 mg/m2/d",
                "2 x 825 mg/m2 = 1605 mg/m2",
                "1650",
            ),
            ("45 Gy / 25 = 18 cGy", "45 Gy / 25 = 18 cGy", "180"),
            ("50 Gy / 30 = 1.67 Gy", "50 Gy / 30 = 1.67 Gy", "5/3"),
            (
                "-45 Gy + 5.4 Gy = 50.4 Gy",
                "45 Gy + 5.4 Gy = 50.4 Gy",
                "-39.6",
            ),
            ("25 × 1.8 = 54", "25 × 1.8 = 54", "45"),
        ] {
            assert_eq!(wrong(text), [(written.into(), value.into())], "{text}");
        }
    }
}
