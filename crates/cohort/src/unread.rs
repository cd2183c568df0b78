//! A cell that is not read: what it holds, and why it is not read.

use std::fmt;

use chemorad::capecitabine::{CapecitabineError, DispensedTablets, EnteredOrder};
use chemorad::patient::DpydStatus;
use chemorad::radiotherapy::{Fractionations, treatment_date};

use crate::cell;
use crate::column::Column;

/// So many characters of a cell are shown.
const SHOWN: usize = 40;

/// So many bytes of a cell are kept to be shown.
pub(crate) const KEPT: usize = 4 * (SHOWN + 1);

/// A cell that is not read.
///
/// ```
/// # use chemorad_cohort::UnreadReason;
/// assert!(UnreadReason::NoBreakSpace.to_string().contains("no-break space"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCell {
    /// What it holds, shortened, with escapes for what is not seen.
    pub text: String,
    /// Why it is not read.
    pub reason: UnreadReason,
}

/// Why a cell is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadReason {
    /// Not UTF-8.
    NotText,
    /// Neither a text nor a number.
    NoValue,
    /// A blank that looks like any other.
    NoBreakSpace,
    /// A dash that is no hyphen, or a minus sign of typography.
    Dash(char),
    /// A decimal comma, or one between thousands.
    Comma,
    /// A point where decimals have commas.
    Point,
    /// A number with a unit or another word.
    Unit,
    /// More digits than are exact.
    Digits,
    /// A number that is finer than its quantity is kept, and the step of that.
    Finer(&'static str),
    /// An age in another unit than years.
    AgeUnit,
    /// No number.
    Number,
    /// Not a whole number of days up to 1000.
    Days,
    /// Neither female nor male.
    Sex,
    /// An identifier that is a number with decimals, or no value.
    Identifier,
    /// A list of drugs that cannot be parted.
    Drugs,
    /// Not how often a day.
    Frequency,
    /// Neither mg nor g.
    DoseUnit,
    /// Another drug.
    OtherDrug,
    /// What the reader of such a text says.
    Text(String),
}

impl UnreadCell {
    /// A line that is not read at all, and why.
    pub(crate) fn line(line: &[u8], why: &str) -> Self {
        Self {
            text: shown(&String::from_utf8_lossy(line)),
            reason: UnreadReason::Text(why.into()),
        }
    }

    /// Why this cell of the column is not read.
    pub(crate) fn new(column: Column, cell: &[u8], decimal_comma: bool) -> Self {
        if let Some(other) = cell::other(cell) {
            return Self {
                text: shown(&String::from_utf8_lossy(other)),
                reason: UnreadReason::NoValue,
            };
        }
        let Ok(text) = text(cell) else {
            return Self {
                text: shown(&String::from_utf8_lossy(cell)),
                reason: UnreadReason::NotText,
            };
        };
        Self {
            text: shown(text),
            reason: unseen(text).unwrap_or_else(|| why(column, text, decimal_comma)),
        }
    }
}

/// As text; what is kept may end within a character.
fn text(cell: &[u8]) -> Result<&str, std::str::Utf8Error> {
    std::str::from_utf8(cell).or_else(|error| {
        let whole = cell.get(..error.valid_up_to()).unwrap_or_default();
        if cell.len() >= KEPT && error.error_len().is_none() {
            std::str::from_utf8(whole)
        } else {
            Err(error)
        }
    })
}

fn shown(text: &str) -> String {
    let mut chars = text.chars();
    let mut shown: String = chars
        .by_ref()
        .take(SHOWN)
        .flat_map(|one| match one {
            '\'' | '"' => one.to_string().chars().collect::<Vec<_>>(),
            one => one.escape_debug().collect(),
        })
        .collect();
    if chars.next().is_some() {
        shown.push_str("...");
    }
    shown
}

/// What a person does not see in a cell.
fn unseen(text: &str) -> Option<UnreadReason> {
    text.chars().find_map(|one| match one {
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2060}' | '\u{feff}' => {
            Some(UnreadReason::NoBreakSpace)
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => {
            Some(UnreadReason::Dash(one))
        }
        _ => None,
    })
}

fn why(column: Column, text: &str, decimal_comma: bool) -> UnreadReason {
    let said = |error: Option<String>| error.map_or(UnreadReason::NoValue, UnreadReason::Text);
    if text == "[]" {
        return UnreadReason::NoValue;
    }
    match column {
        Column::Id => UnreadReason::Identifier,
        Column::Height(_) if cell::decimal(text.as_bytes(), decimal_comma).is_ok() => {
            UnreadReason::Finer("micrometre (0.0001 cm)")
        }
        Column::Weight(_) if cell::decimal(text.as_bytes(), decimal_comma).is_ok() => {
            UnreadReason::Finer("microgram (0.000000001 kg)")
        }
        Column::Height(_)
        | Column::Weight(_)
        | Column::Age
        | Column::Creatinine(_)
        | Column::Ordered
        | Column::Dispensed => no_number(text, decimal_comma),
        Column::Days => match cell::number(text.as_bytes(), decimal_comma) {
            Ok(_) => UnreadReason::Days,
            Err(_) => no_number(text, decimal_comma),
        },
        Column::Sex => UnreadReason::Sex,
        Column::Dpyd => said(error::<DpydStatus>(text)),
        Column::Order => match text.parse::<EnteredOrder>() {
            Err(CapecitabineError::OrderText { why, word, .. }) => {
                UnreadReason::Text(match word {
                    Some(word) => format!("{word:?} is not understood: {}", why.in_words()),
                    None => why.in_words().to_string(),
                })
            }
            other => said(other.err().map(|error| error.to_string())),
        },
        Column::Tablets => match text.parse::<DispensedTablets>() {
            Err(CapecitabineError::DispensedText(_)) => UnreadReason::Text(
                "write number and strength with its unit, such as 168x500mg, each strength once, joined by +"
                    .into(),
            ),
            other => said(other.err().map(|error| error.to_string())),
        },
        Column::Drugs => UnreadReason::Drugs,
        Column::Prescribed | Column::Planned => said(error::<Fractionations>(text)),
        Column::Start | Column::End | Column::Event => {
            said(treatment_date(text).err().map(|error| error.to_string()))
        }
        Column::Frequency => UnreadReason::Frequency,
        Column::DoseUnit => UnreadReason::DoseUnit,
        Column::Drug => UnreadReason::OtherDrug,
        Column::AgeUnit => UnreadReason::AgeUnit,
        // an arm that is not known has a code of its own
        Column::Arm => UnreadReason::NoValue,
    }
}

fn error<T: std::str::FromStr<Err: fmt::Display>>(text: &str) -> Option<String> {
    text.parse::<T>().err().map(|error| error.to_string())
}

fn no_number(text: &str, decimal_comma: bool) -> UnreadReason {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_mark = |one: char| one.is_ascii_digit() || matches!(one, '.' | ',');
    let number = text.starts_with(|one: char| one.is_ascii_digit());
    if number && text.chars().all(is_mark) {
        if text.contains(',') && !decimal_comma {
            return UnreadReason::Comma;
        }
        if text.contains('.') && decimal_comma {
            return UnreadReason::Point;
        }
        if digits > 15 {
            return UnreadReason::Digits;
        }
    } else if number && text.chars().any(char::is_alphabetic) {
        return UnreadReason::Unit;
    }
    UnreadReason::Number
}

impl fmt::Display for UnreadReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotText => "it is not UTF-8 text",
            Self::NoValue => "it is neither a text nor a number of this column",
            Self::NoBreakSpace => "it contains a no-break space: type a plain blank",
            Self::Dash(dash) => {
                return write!(
                    f,
                    "it contains a typographic dash (U+{:04X}): type a plain hyphen",
                    u32::from(*dash)
                );
            }
            Self::Comma => "it has a comma: before decimals that needs --decimal-comma, and thousands are written without",
            Self::Point => "it has a point, and decimals have commas by --decimal-comma",
            Self::Unit => "a unit or a word stands beside the number: the unit stands in the name of the column",
            Self::Digits => "it has more than 15 digits",
            Self::Finer(step) => {
                return write!(f, "it is finer than a {step}: round it");
            }
            Self::AgeUnit => "an age is in completed years: AGEU must say YEARS",
            Self::Number => "it is no plain number such as 70 or 70.5",
            Self::Days => "days are a whole number up to 1000",
            Self::Sex => "write female, male, F or M; leave it empty where it is not known",
            Self::Identifier => "an identifier is a text or a whole number",
            Self::Drugs => "write each drug by its name, several by semicolons, or none",
            Self::Frequency => "write how often a day: QD, BID, TID, QID, or 2 times a day",
            Self::DoseUnit => "the unit of EXDOSE is mg or g, and that of ordered_mg is mg",
            Self::OtherDrug => "the drug is not capecitabine, whose orders alone are compared",
            Self::Text(text) => text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_has_its_reason() {
        let weight = Column::Weight(1_000_000_000);
        for (column, cell, comma, reason) in [
            (weight, "70,5", false, UnreadReason::Comma),
            (weight, "1,500.5", false, UnreadReason::Comma),
            (weight, "70.5", true, UnreadReason::Point),
            (weight, "70 kg", false, UnreadReason::Unit),
            (weight, "70\u{a0}", false, UnreadReason::NoBreakSpace),
            (weight, "\u{2212}70", false, UnreadReason::Dash('\u{2212}')),
            (weight, "-70", false, UnreadReason::Number),
            (weight, "1234567890123456", false, UnreadReason::Digits),
            (
                weight,
                "70.0000000001",
                false,
                UnreadReason::Finer("microgram (0.000000001 kg)"),
            ),
            (Column::Days, "28.5", false, UnreadReason::Days),
            (Column::Sex, "w", false, UnreadReason::Sex),
            (Column::Id, "[]", false, UnreadReason::NoValue),
            (
                Column::Order,
                "1500\u{a0}mg bid",
                false,
                UnreadReason::NoBreakSpace,
            ),
        ] {
            let unread = UnreadCell::new(column, cell.as_bytes(), comma);
            assert_eq!(unread.reason, reason, "{cell}");
        }
        let order = UnreadCell::new(Column::Order, b"1500", false);
        assert!(matches!(order.reason, UnreadReason::Text(_)), "{order:?}");
        let date = UnreadCell::new(Column::Start, b"07/12/2026", false);
        assert!(matches!(date.reason, UnreadReason::Text(_)), "{date:?}");
        assert_eq!(
            UnreadCell::new(weight, b"\xff", false).reason,
            UnreadReason::NotText
        );
    }

    #[test]
    fn a_cell_is_shown_short_and_escaped() {
        let shown = |cell: &str| UnreadCell::new(Column::Order, cell.as_bytes(), false).text;
        assert_eq!(shown("1500\u{a0}mg"), "1500\\u{a0}mg");
        assert_eq!(shown("a\tb"), "a\\tb");
        assert_eq!(shown(&"x".repeat(100)), format!("{}...", "x".repeat(40)));
        // what is kept may end within a character
        let long = "\u{20ac}".repeat(100);
        let kept = long.as_bytes().get(..KEPT).unwrap_or_default();
        let cell = UnreadCell::new(Column::Order, kept, false);
        assert_ne!(cell.reason, UnreadReason::NotText);
    }
}
