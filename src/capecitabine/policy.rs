//! How a calculated dose becomes one that tablets deliver.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::bands::BandTable;
use super::deviation_tolerance::DeviationTolerance;
use super::error::CapecitabineError;

/// What is ordered when the calculated dose lies halfway between two deliverable amounts.
///
/// The legacy band tables of two regulators differ in nothing else: at 1250 mg/m² and 1.26 m² one
/// orders the higher, the other the lower amount.
///
/// ```
/// use chemorad::capecitabine::Ties;
/// assert_eq!("up".parse::<Ties>()?, Ties::Up);
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Ties {
    /// The higher amount.
    Up,
    /// The lower amount.
    Down,
}

impl fmt::Display for Ties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

impl FromStr for Ties {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            _ => Err(CapecitabineError::UnknownTies {
                given: quoted(text),
            }),
        }
    }
}

/// How a calculated dose becomes one that tablets deliver. There is no default.
///
/// A calculated dose within 1e-9 of a deliverable amount is that amount, and one within 1e-9 of
/// the middle between two is a tie (both relative to the boundary).
///
/// ```
/// use chemorad::capecitabine::{RoundingPolicy, Ties};
///
/// let policy = RoundingPolicy::parse("nearest", Some(Ties::Up))?;
/// assert_eq!(policy.to_string(), "nearest, ties up");
/// assert_eq!("nearest, ties up".parse::<RoundingPolicy>()?, policy);
/// assert!(RoundingPolicy::parse("nearest", None).is_err()); // ties must be named
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum RoundingPolicy {
    /// The deliverable amount nearest to the calculated dose.
    Nearest {
        /// What to do halfway.
        ties: Ties,
    },
    /// The largest deliverable amount not above the calculated dose.
    Down,
    /// The smallest deliverable amount not below the calculated dose.
    Up,
    /// The amount of the fewest tablets among those whose deviation is at most this; among equally
    /// few the one nearest to the calculated dose.
    Fewest {
        /// The largest deviation, either way.
        within: DeviationTolerance,
        /// What to do halfway between two of equally few tablets.
        ties: Ties,
    },
    /// The amount a published table gives for the body surface area or the calculated dose.
    Bands(BandTable),
}

impl RoundingPolicy {
    /// From the words `nearest`, `down`, `up` or `fewest:5%`, and the tie rule that `nearest` and
    /// `fewest` need.
    ///
    /// # Errors
    /// An unknown word, `nearest` or `fewest` without a tie rule, or a tie rule for `down` or `up`, where
    /// there are no ties.
    pub fn parse(rounding: &str, ties: Option<Ties>) -> Result<Self, CapecitabineError> {
        let rounding = rounding.trim();
        let within = rounding
            .strip_prefix("fewest:")
            .or_else(|| rounding.strip_prefix("fewest tablets within "));
        if let Some(within) = within {
            let within = within.trim().parse()?;
            let ties = ties.ok_or(CapecitabineError::TiesRequired)?;
            return Ok(Self::Fewest { within, ties });
        }
        match (rounding, ties) {
            ("nearest", Some(ties)) => Ok(Self::Nearest { ties }),
            ("nearest", None) => Err(CapecitabineError::TiesRequired),
            ("down", None) => Ok(Self::Down),
            ("up", None) => Ok(Self::Up),
            ("down" | "up", Some(_)) => Err(CapecitabineError::TiesWithoutNearest {
                given: quoted(rounding),
            }),
            _ => Err(CapecitabineError::UnknownRounding {
                given: quoted(rounding),
            }),
        }
    }

    /// The rule for ties, where the policy has one.
    pub(super) const fn ties(&self) -> Option<Ties> {
        match self {
            Self::Nearest { ties } | Self::Fewest { ties, .. } => Some(*ties),
            _ => None,
        }
    }
}

impl fmt::Display for RoundingPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nearest { ties } => write!(f, "nearest, ties {ties}"),
            Self::Down => f.write_str("down"),
            Self::Up => f.write_str("up"),
            Self::Fewest { within, ties } => {
                write!(f, "fewest tablets within {within}, ties {ties}")
            }
            Self::Bands(table) => write!(f, "bands: {}", table.label()),
        }
    }
}

/// `nearest, ties up`, `nearest, ties down`, `fewest tablets within 5 %, ties up`, `down` or `up`; a
/// table is read with the rule set that has it.
impl FromStr for RoundingPolicy {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(',') {
            None => Self::parse(text, None),
            Some((rounding, ties)) => match ties.trim().strip_prefix("ties ") {
                Some(ties) => Self::parse(rounding, Some(ties.parse()?)),
                None => Err(CapecitabineError::UnknownRounding {
                    given: quoted(text),
                }),
            },
        }
    }
}

/// As its text; a table whole, because a text cannot hold it.
impl serde::Serialize for RoundingPolicy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bands(table) => {
                serializer.serialize_newtype_variant("RoundingPolicy", 0, "bands", table)
            }
            _ => serializer.collect_str(self),
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Shape {
    Nearest {
        ties: Ties,
    },
    Fewest {
        within: DeviationTolerance,
        ties: Ties,
    },
    Bands(BandTable),
}

impl From<Shape> for RoundingPolicy {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Nearest { ties } => Self::Nearest { ties },
            Shape::Fewest { within, ties } => Self::Fewest { within, ties },
            Shape::Bands(table) => Self::Bands(table),
        }
    }
}

crate::text::from_text_or_parts!(
    RoundingPolicy,
    Shape,
    "a rounding such as \"nearest, ties up\", \"down\" or {\"nearest\": {\"ties\": \"up\"}}"
);

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
fn quoted(text: &str) -> String {
    text.chars().take(60).collect()
}
