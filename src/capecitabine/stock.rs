//! The tablets of a site, and the amounts they make.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

use crate::quantity::{OrderedDose, TabletStrength};

use super::deliverable::{DeliverableAmounts, StockedTablet};
use super::error::CapecitabineError;

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
#[derive(Clone)]
pub struct TabletStock(Arc<Stock>);

/// What a stock is, shared by its clones.
struct Stock {
    /// Largest strength; kept apart so that a stock is never empty.
    largest: StockedTablet,
    /// All of them, the largest first.
    tablets: Vec<StockedTablet>,
    /// What they make up to [`KEPT`].
    amounts: Arc<DeliverableAmounts>,
}

pub(super) const MOST_STRENGTHS: usize = 8;

/// Amounts up to this are worked out once, when a stock is made: it covers an administration for
/// every adult. Larger ones are worked out when they are asked for.
pub(super) const KEPT: OrderedDose = OrderedDose::constant("4500 mg");

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
        let largest = *tablets.first().ok_or(CapecitabineError::EmptyStock)?;
        let amounts = Arc::new(DeliverableAmounts::of_tablets(&tablets, KEPT));
        Ok(Self(Arc::new(Stock {
            largest,
            tablets,
            amounts,
        })))
    }

    /// Limits the stock to at most `at_most` tablets of `strength` at one administration.
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
                stock: self.to_string(),
            });
        }
        Self::from_tablets(tablets)
    }

    /// The strengths with their limits, the largest first.
    pub fn tablets(&self) -> impl Iterator<Item = StockedTablet> + '_ {
        self.0.tablets.iter().copied()
    }

    /// Every amount these tablets make, at least up to `largest`.
    pub(super) fn amounts(&self, largest: OrderedDose) -> Arc<DeliverableAmounts> {
        if self.0.amounts.reaches(largest) {
            self.0.amounts.clone()
        } else {
            Arc::new(DeliverableAmounts::up_to(self, largest))
        }
    }

    /// The smallest strength.
    pub(super) fn smallest(&self) -> TabletStrength {
        self.0.tablets.last().unwrap_or(&self.0.largest).strength
    }

    /// The largest strength.
    #[must_use]
    pub fn largest(&self) -> TabletStrength {
        self.0.largest.strength
    }
}

impl DeliverableAmounts {
    /// All amounts up to and including `largest`.
    #[must_use]
    pub fn up_to(stock: &TabletStock, largest: OrderedDose) -> Self {
        Self::of_tablets(&stock.0.tablets, largest)
    }
}

/// The tablets are what a stock is.
impl PartialEq for TabletStock {
    fn eq(&self, other: &Self) -> bool {
        self.0.tablets == other.0.tablets
    }
}

impl Eq for TabletStock {}

impl core::hash::Hash for TabletStock {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.0.tablets.hash(state);
    }
}

impl fmt::Debug for TabletStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TabletStock({self})")
    }
}

/// `500 mg, 150 mg (at most 2)`.
impl fmt::Display for TabletStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, tablet) in self.tablets().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            tablet.fmt(f)?;
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
            .map(str::parse)
            .collect::<Result<Vec<_>, CapecitabineError>>()?;
        Self::from_tablets(tablets)
    }
}

/// As its text.
impl serde::Serialize for TabletStock {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

struct StockVisitor;

impl<'de> Visitor<'de> for StockVisitor {
    type Value = TabletStock;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tablets such as \"500 mg, 150 mg (at most 2)\", or a list of them")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<TabletStock, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<TabletStock, A::Error> {
        let tablets = Vec::<StockedTablet>::deserialize(SeqAccessDeserializer::new(list))?;
        TabletStock::from_tablets(tablets).map_err(de::Error::custom)
    }
}

/// From its text, or from a list with one text for each strength.
impl<'de> Deserialize<'de> for TabletStock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StockVisitor)
    }
}

/// `500 mg` or `150 mg (at most 2)`.
impl fmt::Display for StockedTablet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at_most {
            Some(at_most) => write!(f, "{} (at most {at_most})", self.strength),
            None => self.strength.fmt(f),
        }
    }
}

impl FromStr for StockedTablet {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
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
        Ok(Self {
            strength: strength.parse()?,
            at_most,
        })
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct TabletShape {
    strength: TabletStrength,
    at_most: Option<u32>,
}

impl From<TabletShape> for StockedTablet {
    fn from(shape: TabletShape) -> Self {
        Self {
            strength: shape.strength,
            at_most: shape.at_most,
        }
    }
}

/// As its text.
impl serde::Serialize for StockedTablet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::text::from_text_or_parts!(
    StockedTablet,
    TabletShape,
    "a tablet such as \"500 mg\" or \"150 mg (at most 2)\""
);

fn limit_text(limit: &str) -> String {
    core::iter::once('(')
        .chain(limit.chars().take(60))
        .collect()
}
