//! What a clinician decides, and what a person accepts, each with a reason in writing.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::codes;
use super::error::CapecitabineError;
use super::rules::dose_rule::DoseFraction;

/// A reason in writing, for a decision that departs from what the rules or checks say.
///
/// Domain: at least 10 characters, at least 4 of them different letters.
///
/// ```
/// use chemorad::capecitabine::WrittenReason;
/// assert!("agreed with the oncologist, see notes".parse::<WrittenReason>().is_ok());
/// assert!("ok".parse::<WrittenReason>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WrittenReason(String);

impl WrittenReason {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WrittenReason {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.sort_unstable();
        letters.dedup();
        if text.chars().count() < 10 || letters.len() < 4 {
            return Err(CapecitabineError::Reason {
                given: text.chars().take(60).collect(),
            });
        }
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for WrittenReason {
    type Error = CapecitabineError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WrittenReason> for String {
    fn from(reason: WrittenReason) -> Self {
        reason.0
    }
}

impl fmt::Display for WrittenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A clinician's decision on the dose where the rules could not tell, with its reason. It never
/// lifts a hard stop, and is refused where the rules do tell.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoseDecision {
    /// What is left of the original dose.
    pub fraction: DoseFraction,
    /// Who decided and why.
    pub reason: WrittenReason,
}

/// A failed check that a person accepts, with the reason. Only some can be accepted: see
/// [`Override::CODES`]; a hard stop never.
///
/// ```
/// use chemorad::capecitabine::Override;
/// let accepted: Override = "capecitabine.cap=protocol of the site, section 5".parse()?;
/// assert_eq!(accepted.code(), "capecitabine.cap");
/// assert!("capecitabine.cap=".parse::<Override>().is_err()); // no reason
/// assert!("capecitabine.dpyd=we know better".parse::<Override>().is_err()); // a hard stop
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(into = "Shape")]
pub struct Override {
    code: &'static str,
    reason: WrittenReason,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    code: String,
    reason: WrittenReason,
}

impl TryFrom<Shape> for Override {
    type Error = CapecitabineError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        Self::new(&shape.code, shape.reason)
    }
}

crate::text::from_text_or_parts!(
    Override,
    Shape,
    "what is accepted, such as \"capecitabine.cap=REASON\", or its code and reason"
);

impl From<Override> for Shape {
    fn from(accepted: Override) -> Self {
        Self {
            code: accepted.code.into(),
            reason: accepted.reason,
        }
    }
}

impl Override {
    /// The findings that can be accepted with a reason: a cap that acts, a deviation above the
    /// tolerance, a weight that changed by 10 % or more, a height that moved by more than 3 cm, an
    /// intensity outside the published ones, one administration above them, the intensity of a
    /// treatment without radiotherapy, a decision beyond what a rule leaves, and other drugs that were checked in another source (the
    /// reason names each of them).
    pub const CODES: [&'static str; 9] = [
        codes::CAP.name,
        codes::DEVIATION.name,
        codes::WEIGHT_CHANGE.name,
        codes::HEIGHT_CHANGE.name,
        codes::INTENSITY.name,
        codes::ADMINISTRATION.name,
        codes::WITHOUT_RADIOTHERAPY.name,
        codes::DECISION_BEYOND_RULE.name,
        codes::DRUG_NOT_NAMED.name,
    ];

    /// From the code of a finding and a reason.
    ///
    /// # Errors
    /// A finding that cannot be accepted.
    pub fn new(code: &str, reason: WrittenReason) -> Result<Self, CapecitabineError> {
        match Self::CODES.into_iter().find(|known| *known == code.trim()) {
            Some(code) => Ok(Self { code, reason }),
            None => Err(CapecitabineError::NotOverridable {
                given: code.chars().take(60).collect(),
                choices: Self::CODES.join(", "),
            }),
        }
    }

    /// The code of the finding.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The reason.
    #[must_use]
    pub const fn reason(&self) -> &WrittenReason {
        &self.reason
    }
}

/// `CODE=REASON`.
impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.code, self.reason)
    }
}

/// `CODE=REASON`.
impl FromStr for Override {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, reason) = text.split_once('=').unwrap_or((text, ""));
        // a code that cannot be accepted is the more useful message
        if !Self::CODES.contains(&code.trim()) {
            return Err(CapecitabineError::NotOverridable {
                given: code.chars().take(60).collect(),
                choices: Self::CODES.join(", "),
            });
        }
        Self::new(code, reason.parse()?)
    }
}
