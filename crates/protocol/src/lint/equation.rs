//! The equations that stand in a reason, computed again: `45 Gy + 5.4 Gy = 50.4 Gy in 25 + 3 = 28`.

use super::number::{Kind, Number, digits_at, is_negative, numbers};

/// An equation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FalseEquation {
    /// As written.
    pub(super) written: String,
    /// What the left side comes to, in the unit of the right one.
    pub(super) value: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Value {
        value: Ratio,
        scale: u64,
        end: usize,
        start: usize,
    },
    Operator(char),
    Equals,
    Word,
}

/// An exact fraction; `None` from an operation that leaves 128 bits.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let (mut a, mut b) = (over.unsigned_abs(), under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a.max(1)).ok()?;
        let sign = under.signum();
        Some(Self {
            over: sign * (over / divisor),
            under: sign * (under / divisor),
        })
    }

    fn apply(self, operator: char, other: Self) -> Option<Self> {
        let cross = |a: i128, b: i128| a.checked_mul(b);
        match operator {
            '+' => Self::new(
                cross(self.over, other.under)?.checked_add(cross(other.over, self.under)?)?,
                cross(self.under, other.under)?,
            ),
            '-' => Self::new(
                cross(self.over, other.under)?.checked_sub(cross(other.over, self.under)?)?,
                cross(self.under, other.under)?,
            ),
            'x' => Self::new(
                cross(self.over, other.over)?,
                cross(self.under, other.under)?,
            ),
            _ => Self::new(
                cross(self.over, other.under)?,
                cross(self.under, other.over)?,
            ),
        }
    }

    /// In units of `scale` millionths, as a decimal where it is a short one.
    fn text(self, scale: u64) -> String {
        let in_units = Self::new(1_000_000, i128::from(scale))
            .and_then(|factor| self.apply('x', factor))
            .unwrap_or(self);
        if in_units.under == 1 {
            return format!("{}", in_units.over);
        }
        let millionths = in_units.over.checked_mul(1_000_000);
        match millionths.filter(|m| m % in_units.under == 0) {
            Some(exact) => {
                let exact = exact / in_units.under;
                let digits = format!("{}.{:06}", exact / 1_000_000, (exact % 1_000_000).abs());
                String::from(digits.trim_end_matches('0'))
            }
            None => format!("{}/{}", in_units.over, in_units.under),
        }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(number) = digits_at(text, at) {
            let scale = scale(&text[at..number.end]);
            // a minus sign with nothing before it that could be taken from
            let alone = !matches!(out.last(), Some(Token::Value { .. }));
            let sign = if alone && is_negative(text, at) {
                -1
            } else {
                1
            };
            if let Some(value) = Ratio::new(sign * i128::from(number.millionths), 1_000_000) {
                out.push(Token::Value {
                    value,
                    scale,
                    start: at,
                    end: number.end,
                });
            }
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
        if token != Some(Token::Word) || out.last() != Some(&Token::Word) {
            out.extend(token);
        }
        at += c.len_utf8();
    }
    out
}

/// How many millionths the unit at the end of a number has, to print in the same unit.
fn scale(number: &str) -> u64 {
    if number.ends_with("cGy") {
        10_000
    } else if number.ends_with(" g/m2") || number.ends_with("g/m²") && !number.ends_with("mg/m²")
    {
        1_000_000_000
    } else if number.ends_with("cm") {
        10_000_000
    } else {
        1_000_000
    }
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
fn evaluate(side: &[Token]) -> Option<Ratio> {
    let mut sum: Option<(Ratio, char)> = None;
    let mut product: Option<Ratio> = None;
    let mut pending: Option<char> = None;
    for token in side {
        match (*token, product, pending) {
            (Token::Value { value, .. }, None, None) => product = Some(value),
            (Token::Value { value, .. }, Some(left), Some(operator @ ('x' | '/'))) => {
                product = Some(left.apply(operator, value)?);
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

fn add(sum: Option<(Ratio, char)>, term: Ratio) -> Option<Ratio> {
    match sum {
        Some((sum, operator)) => sum.apply(operator, term),
        None => Some(term),
    }
}

fn bounds(side: &[Token]) -> Option<(usize, usize, u64)> {
    let first = side.iter().find_map(|token| match token {
        Token::Value { start, .. } => Some(*start),
        _ => None,
    })?;
    side.iter().rev().find_map(|token| match token {
        Token::Value { end, scale, .. } => Some((first, *end, *scale)),
        _ => None,
    })
}

/// Every equation of a text that does not hold.
pub(super) fn false_equations(text: &str) -> Vec<FalseEquation> {
    let tokens = tokens(text);
    let sides: Vec<&[Token]> = tokens.split(|token| *token == Token::Equals).collect();
    let mut out = Vec::new();
    for pair in sides.windows(2) {
        let [left, right] = pair else { continue };
        // a side reaches from or to the nearest word
        let begin = left.iter().rposition(|token| *token == Token::Word);
        let left = &left[begin.map_or(0, |word| word + 1)..];
        let end = right.iter().position(|token| *token == Token::Word);
        let right = &right[..end.unwrap_or(right.len())];
        let (Some(a), Some(b)) = (evaluate(left), evaluate(right)) else {
            continue;
        };
        if a != b {
            if let (Some((start, _, _)), Some((_, end, scale))) = (bounds(left), bounds(right)) {
                out.push(FalseEquation {
                    written: text[start..end].into(),
                    value: a.text(scale),
                });
            }
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
        .into_iter()
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
