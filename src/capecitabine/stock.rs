use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::quantity::TabletStrength;

use super::CapecitabineError;

/// One strength in stock, with the most tablets of it to give at one administration, if limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockedTablet {
    /// The strength.
    pub strength: TabletStrength,
    /// The most tablets at one administration; absent means any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// The tablets a site has: one to eight distinct strengths, the largest first.
///
/// A limit on a strength keeps the number of small tablets down; without one any number may be
/// used. Tablets are never cut.
///
/// ```
/// use chemorad::capecitabine::TabletStock;
///
/// let stock: TabletStock = "150 mg (at most 2), 500mg".parse()?;
/// assert_eq!(stock.to_string(), "500 mg, 150 mg (at most 2)");
/// assert_eq!(stock.largest().milligrams(), 500);
/// assert!("500 mg, 0.5 g".parse::<TabletStock>().is_err()); // the same strength twice
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Vec<StockedTablet>", into = "Vec<StockedTablet>")]
pub struct TabletStock {
    /// Largest strength; kept apart so that a stock is never empty.
    largest: StockedTablet,
    smaller: Vec<StockedTablet>,
}

const MOST_STRENGTHS: usize = 8;

impl TabletStock {
    /// Strengths that may be used in any number.
    ///
    /// # Errors
    /// No strength, more than eight, or the same one twice.
    pub fn new(
        strengths: impl IntoIterator<Item = TabletStrength>,
    ) -> Result<Self, CapecitabineError> {
        Self::from_tablets(strengths.into_iter().map(|strength| StockedTablet {
            strength,
            at_most: None,
        }))
    }

    /// Strengths with their limits.
    ///
    /// # Errors
    /// As [`new`](Self::new), and a limit of zero: leave the strength out instead.
    pub fn from_tablets(
        tablets: impl IntoIterator<Item = StockedTablet>,
    ) -> Result<Self, CapecitabineError> {
        // one more than allowed is enough to know that there are too many
        let mut tablets: Vec<_> = tablets.into_iter().take(MOST_STRENGTHS + 1).collect();
        if tablets.len() > MOST_STRENGTHS {
            return Err(CapecitabineError::TooManyStrengths);
        }
        tablets.sort_by_key(|tablet| core::cmp::Reverse(tablet.strength));
        for pair in tablets.windows(2) {
            if let [first, second] = pair {
                if first.strength == second.strength {
                    return Err(CapecitabineError::DuplicateStrength {
                        strength: first.strength,
                    });
                }
            }
        }
        if let Some(zero) = tablets.iter().find(|tablet| tablet.at_most == Some(0)) {
            return Err(CapecitabineError::ZeroLimit {
                strength: zero.strength,
            });
        }
        let mut tablets = tablets.into_iter();
        let largest = tablets.next().ok_or(CapecitabineError::EmptyStock)?;
        Ok(Self {
            largest,
            smaller: tablets.collect(),
        })
    }

    /// The same stock with at most `at_most` tablets of `strength` at one administration.
    ///
    /// # Errors
    /// A strength that is not in stock, or a limit of zero.
    ///
    /// ```
    /// use chemorad::capecitabine::TabletStock;
    /// use chemorad::quantity::TabletStrength;
    /// let small = TabletStrength::constant("150 mg");
    /// let stock = TabletStock::new([TabletStrength::constant("500 mg"), small])?;
    /// assert_eq!(stock.with_limit(small, 2)?.to_string(), "500 mg, 150 mg (at most 2)");
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    pub fn with_limit(
        &self,
        strength: TabletStrength,
        at_most: u32,
    ) -> Result<Self, CapecitabineError> {
        let mut found = false;
        let tablets: Vec<_> = self
            .tablets()
            .map(|mut tablet| {
                if tablet.strength == strength {
                    found = true;
                    tablet.at_most = Some(at_most);
                }
                tablet
            })
            .collect();
        if !found {
            return Err(CapecitabineError::LimitWithoutStock {
                strength,
                stock: alloc::string::ToString::to_string(self),
            });
        }
        Self::from_tablets(tablets)
    }

    /// The strengths with their limits, the largest first.
    pub fn tablets(&self) -> impl Iterator<Item = StockedTablet> + '_ {
        core::iter::once(self.largest).chain(self.smaller.iter().copied())
    }

    /// The largest strength.
    #[must_use]
    pub const fn largest(&self) -> TabletStrength {
        self.largest.strength
    }
}

impl TryFrom<Vec<StockedTablet>> for TabletStock {
    type Error = CapecitabineError;

    fn try_from(tablets: Vec<StockedTablet>) -> Result<Self, Self::Error> {
        Self::from_tablets(tablets)
    }
}

impl From<TabletStock> for Vec<StockedTablet> {
    fn from(stock: TabletStock) -> Self {
        stock.tablets().collect()
    }
}

/// `500 mg, 150 mg (at most 2)`.
impl fmt::Display for TabletStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, tablet) in self.tablets().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{}", tablet.strength)?;
            if let Some(at_most) = tablet.at_most {
                write!(f, " (at most {at_most})")?;
            }
        }
        Ok(())
    }
}

impl FromStr for TabletStock {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            return Err(CapecitabineError::EmptyStock);
        }
        let tablets = text
            .split(',')
            .map(tablet)
            .collect::<Result<Vec<_>, CapecitabineError>>()?;
        Self::from_tablets(tablets)
    }
}

/// `150 mg` or `150 mg (at most 2)`.
fn tablet(text: &str) -> Result<StockedTablet, CapecitabineError> {
    let (strength, at_most) = match text.split_once('(') {
        None => (text, None),
        Some((strength, limit)) => {
            let at_most = limit
                .trim()
                .strip_prefix("at most ")
                .and_then(|rest| rest.strip_suffix(')'))
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok())
                .ok_or_else(|| CapecitabineError::MalformedLimit {
                    given: limit_text(limit),
                })?;
            (strength, Some(at_most))
        }
    };
    Ok(StockedTablet {
        strength: strength.parse()?,
        at_most,
    })
}

fn limit_text(limit: &str) -> String {
    core::iter::once('(')
        .chain(limit.chars().take(60))
        .collect()
}
