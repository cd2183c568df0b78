//! The rule sets and the rounding that a person names: `fda-label-2026`, `site.toml`,
//! `dpyd=cpic-dpyd-2018`, `bands:site.toml`.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::deviation_tolerance::DeviationTolerance;
use super::error::CapecitabineError;
use super::policy::{RoundingPolicy, Ties};
use super::rule_topic::RuleTopic;
use super::rules::rule_set::RuleSet;
use crate::text::Text;

/// A rule set by its published name, or the file that holds it.
///
/// ```
/// use chemorad::capecitabine::RuleSetName;
/// assert!("site.toml".parse::<RuleSetName>()?.is_file());
/// assert!(!"fda-label-2026".parse::<RuleSetName>()?.is_file());
/// assert!("fda-label".parse::<RuleSetName>().is_err()); // the error lists those there are
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleSetName(Text);

impl RuleSetName {
    /// As written.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is that of a file: it ends in `.toml` or `.json`.
    #[must_use]
    pub fn is_file(&self) -> bool {
        is_file(&self.0)
    }
}

fn is_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && ["toml", "json"]
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

impl FromStr for RuleSetName {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !is_file(text) {
            RuleSet::named(text)?;
        }
        Ok(Self(String::from(text).into()))
    }
}

impl fmt::Display for RuleSetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

crate::text::by_text!(RuleSetName);

/// A rule set to apply, for one topic or for all it has rules on: `TOPIC=NAME` or `NAME`.
///
/// ```
/// use chemorad::capecitabine::{RuleSetChoice, RuleTopic};
/// let choice: RuleSetChoice = "dpyd=cpic-dpyd-2018".parse()?;
/// assert_eq!(choice.topic, Some(RuleTopic::Dpyd));
/// assert_eq!(choice.to_string(), "dpyd=cpic-dpyd-2018");
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RuleSetChoice {
    /// The one topic; all where none is named.
    pub topic: Option<RuleTopic>,
    /// The rule set.
    pub set: RuleSetName,
}

impl FromStr for RuleSetChoice {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let of_topic = text
            .split_once('=')
            .and_then(|(topic, set)| Some((topic.parse().ok()?, set)));
        let (topic, set) = match of_topic {
            Some((topic, set)) => (Some(topic), set),
            None => (None, text),
        };
        Ok(Self {
            topic,
            set: set.parse()?,
        })
    }
}

impl fmt::Display for RuleSetChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(topic) = self.topic {
            write!(f, "{}=", topic.name())?;
        }
        self.set.fmt(f)
    }
}

crate::text::by_text!(RuleSetChoice);

impl FromStr for RuleTopic {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|topic| topic.name() == text.trim())
            .ok_or_else(|| CapecitabineError::UnknownTopic {
                given: text.chars().take(60).collect(),
            })
    }
}

/// How a dose is rounded, as a person names it; `nearest` and `fewest` still need a rule for ties, and a
/// table the rule set that has it.
///
/// ```
/// use chemorad::capecitabine::{CapecitabineError, RoundingPolicy, RoundingRule, RuleSet, Ties};
/// # use chemorad::capecitabine::RuleSetName;
/// let find = |name: &RuleSetName| RuleSet::named(name.as_str()).cloned();
/// let rule: RoundingRule = "nearest".parse()?;
/// assert_eq!(rule.policy(Some(Ties::Up), find)?.to_string(), "nearest, ties up");
/// let table: RoundingRule = "bands:japan-method-d-2016".parse()?;
/// assert!(matches!(table.policy(None, find)?, RoundingPolicy::Bands(_)));
/// # Ok::<(), CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RoundingRule {
    /// `nearest`.
    Nearest,
    /// `down`.
    Down,
    /// `up`.
    Up,
    /// `fewest:5%`: the fewest tablets within a deviation.
    Fewest(DeviationTolerance),
    /// `bands:NAME`: the dose table of a rule set.
    Bands(RuleSetName),
}

impl RoundingRule {
    /// The rule set whose dose table is the rounding.
    #[must_use]
    pub const fn table(&self) -> Option<&RuleSetName> {
        match self {
            Self::Bands(name) => Some(name),
            _ => None,
        }
    }

    /// With the rule for ties, and the rule set that `find` gives for a name.
    ///
    /// # Errors
    /// `nearest` or `fewest` without a rule for ties, a rule for ties where there are none, what `find` refuses,
    /// and a rule set without a dose table.
    pub fn policy<E: From<CapecitabineError>>(
        &self,
        ties: Option<Ties>,
        find: impl FnOnce(&RuleSetName) -> Result<RuleSet, E>,
    ) -> Result<RoundingPolicy, E> {
        match (self, ties) {
            (Self::Nearest, Some(ties)) => Ok(RoundingPolicy::Nearest { ties }),
            (Self::Fewest(within), Some(ties)) => Ok(RoundingPolicy::Fewest {
                within: *within,
                ties,
            }),
            (Self::Nearest | Self::Fewest(_), None) => Err(CapecitabineError::TiesRequired.into()),
            (_, Some(_)) => Err(CapecitabineError::TiesWithoutNearest {
                given: alloc::format!("{self}"),
            }
            .into()),
            (Self::Down, None) => Ok(RoundingPolicy::Down),
            (Self::Up, None) => Ok(RoundingPolicy::Up),
            (Self::Bands(name), None) => {
                let set = find(name)?;
                let id = &set.id;
                let table = set.dose_table.clone();
                let table =
                    table.ok_or_else(|| CapecitabineError::NoDoseTable { id: id.clone() })?;
                Ok(RoundingPolicy::Bands(table))
            }
        }
    }
}

impl FromStr for RoundingRule {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text {
            "nearest" => Ok(Self::Nearest),
            "down" => Ok(Self::Down),
            "up" => Ok(Self::Up),
            _ => match (text.strip_prefix("bands:"), text.strip_prefix("fewest:")) {
                (Some(table), _) => table.parse().map(Self::Bands),
                (None, Some(within)) => Ok(Self::Fewest(within.trim().parse()?)),
                (None, None) => Err(CapecitabineError::UnknownRounding {
                    given: text.chars().take(60).collect(),
                }),
            },
        }
    }
}

impl fmt::Display for RoundingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nearest => f.pad("nearest"),
            Self::Down => f.pad("down"),
            Self::Up => f.pad("up"),
            Self::Fewest(within) => write!(f, "fewest:{within}"),
            Self::Bands(table) => write!(f, "bands:{table}"),
        }
    }
}

crate::text::by_text!(RoundingRule);
