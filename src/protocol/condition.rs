use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::model::RiskFeature;
use super::pathology::{
    Differentiation, Fact, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, Pathology, SubmucosalDepth, SubmucosalLevel,
};
use super::status::Quote;
use crate::text::{List, Text};

/// The answer to a condition: yes, no, or not known (Kleene's strong three-valued logic).
///
/// ```
/// use chemorad::protocol::Truth::{False, True, Unknown};
/// assert_eq!(False.and(Unknown), False); // false whatever the unknown turns out to be
/// assert_eq!(True.and(Unknown), Unknown);
/// assert_eq!(True.or(Unknown), True);
/// assert_eq!(Unknown.negated(), Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// A fact that decides it is missing.
    Unknown,
}

impl Truth {
    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// At least one.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// The opposite.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::from)
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::True => "yes",
            Self::False => "no",
            Self::Unknown => "not known",
        })
    }
}

/// A test of one fact of pathology: one of the values listed, or above a limit.
///
/// ```
/// use chemorad::protocol::{FactTest, Pathology, SubmucosalDepth, Truth};
/// let deep = FactTest::SubmucosalDepthAbove(SubmucosalDepth::constant("1 mm"));
/// let at_limit = Pathology {
///     submucosal_depth: Some("1 mm".parse()?),
///     ..Pathology::UNKNOWN
/// };
/// assert_eq!(deep.evaluate(&at_limit), Truth::False);
/// assert_eq!(deep.evaluate(&Pathology::UNKNOWN), Truth::Unknown);
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum FactTest {
    /// pT is one of these.
    TumourStage(List<PathologicalTumourStage>),
    /// N is one of these.
    NodalStage(List<NodalStage>),
    /// M is one of these.
    Metastasis(List<MetastasisStage>),
    /// The differentiation is one of these.
    Differentiation(List<Differentiation>),
    /// Lymphovascular invasion is one of these.
    LymphovascularInvasion(List<LymphovascularInvasion>),
    /// The margin is one of these.
    Margin(List<Margin>),
    /// The submucosal level is one of these.
    SubmucosalLevel(List<SubmucosalLevel>),
    /// The submucosal depth is greater than this.
    SubmucosalDepthAbove(SubmucosalDepth),
}

fn one_of<T: PartialEq>(list: &List<T>, found: Option<T>) -> Truth {
    found.map(|value| list.contains(&value)).into()
}

fn listed<T: ToString>(list: &List<T>) -> String {
    list.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" or ")
}

impl FactTest {
    /// The fact it tests.
    #[must_use]
    pub const fn fact(&self) -> Fact {
        match self {
            Self::TumourStage(_) => Fact::TumourStage,
            Self::NodalStage(_) => Fact::NodalStage,
            Self::Metastasis(_) => Fact::Metastasis,
            Self::Differentiation(_) => Fact::Differentiation,
            Self::LymphovascularInvasion(_) => Fact::LymphovascularInvasion,
            Self::Margin(_) => Fact::Margin,
            Self::SubmucosalLevel(_) => Fact::SubmucosalLevel,
            Self::SubmucosalDepthAbove(_) => Fact::SubmucosalDepth,
        }
    }

    /// Whether it holds; unknown when the fact is absent.
    #[must_use]
    pub fn evaluate(&self, facts: &Pathology) -> Truth {
        match self {
            Self::TumourStage(list) => one_of(list, facts.tumour_stage),
            Self::NodalStage(list) => one_of(list, facts.nodal_stage),
            Self::Metastasis(list) => one_of(list, facts.metastasis),
            Self::Differentiation(list) => one_of(list, facts.differentiation),
            Self::LymphovascularInvasion(list) => one_of(list, facts.lymphovascular_invasion),
            Self::Margin(list) => one_of(list, facts.margin),
            Self::SubmucosalLevel(list) => one_of(list, facts.submucosal_level),
            Self::SubmucosalDepthAbove(limit) => {
                facts.submucosal_depth.map(|depth| depth > *limit).into()
            }
        }
    }

    /// Whether no value could ever meet it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::TumourStage(list) => list.is_empty(),
            Self::NodalStage(list) => list.is_empty(),
            Self::Metastasis(list) => list.is_empty(),
            Self::Differentiation(list) => list.is_empty(),
            Self::LymphovascularInvasion(list) => list.is_empty(),
            Self::Margin(list) => list.is_empty(),
            Self::SubmucosalLevel(list) => list.is_empty(),
            Self::SubmucosalDepthAbove(_) => false,
        }
    }
}

/// `tumour_stage is pT3 or pT4`.
impl fmt::Display for FactTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = match self {
            Self::TumourStage(list) => listed(list),
            Self::NodalStage(list) => listed(list),
            Self::Metastasis(list) => listed(list),
            Self::Differentiation(list) => listed(list),
            Self::LymphovascularInvasion(list) => listed(list),
            Self::Margin(list) => listed(list),
            Self::SubmucosalLevel(list) => listed(list),
            Self::SubmucosalDepthAbove(limit) => format!("above {limit}"),
        };
        write!(f, "{} is {values}", self.fact())
    }
}

/// A tree of conditions over the facts of pathology, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Condition {
    /// All of these hold.
    AllOf(List<Condition>),
    /// At least one of these holds.
    AnyOf(List<Condition>),
    /// None of these holds.
    NoneOf(List<Condition>),
    /// One fact.
    Fact(FactTest),
    /// At least one of the protocol's risk features is present.
    AnyRiskFeature,
}

impl Condition {
    /// Whether it holds, given the protocol's risk features.
    ///
    /// A definite answer never depends on an unknown fact.
    ///
    /// ```
    /// use chemorad::protocol::{Condition, FactTest, Margin, Pathology, Truth};
    /// use chemorad::text::List;
    /// let negative = Condition::NoneOf(List::from(vec![
    ///     Condition::Fact(FactTest::Margin(List::from(vec![Margin::Positive]))),
    /// ]));
    /// assert_eq!(negative.evaluate(&[], &Pathology::UNKNOWN), Truth::Unknown);
    /// ```
    #[must_use]
    pub fn evaluate(&self, features: &[RiskFeature], facts: &Pathology) -> Truth {
        let any = |list: &List<Self>| {
            list.iter().fold(Truth::False, |found, condition| {
                found.or(condition.evaluate(features, facts))
            })
        };
        match self {
            Self::AllOf(list) => list.iter().fold(Truth::True, |found, condition| {
                found.and(condition.evaluate(features, facts))
            }),
            Self::AnyOf(list) => any(list),
            Self::NoneOf(list) => any(list).negated(),
            Self::Fact(test) => test.evaluate(facts),
            Self::AnyRiskFeature => features.iter().fold(Truth::False, |found, feature| {
                found.or(feature.evaluate(facts))
            }),
        }
    }

    /// The tests that decide the answer, and no others: all of those that had to hold together,
    /// the one that failed, or the ones that are not known.
    #[must_use]
    pub fn evidence<'p>(
        &'p self,
        features: &'p [RiskFeature],
        facts: &Pathology,
    ) -> Vec<Evidence<'p>> {
        let mut evidence = Vec::new();
        self.collect(features, facts, &mut evidence);
        evidence
    }

    fn collect<'p>(
        &'p self,
        features: &'p [RiskFeature],
        facts: &Pathology,
        out: &mut Vec<Evidence<'p>>,
    ) {
        let answer = self.evaluate(features, facts);
        // which answers of the parts decide the answer of the whole; `None` is all of them
        let (parts, deciding) = match self {
            Self::AllOf(list) => (list, (answer != Truth::True).then_some(answer)),
            Self::AnyOf(list) => (list, (answer != Truth::False).then_some(answer)),
            Self::NoneOf(list) => (list, (answer != Truth::True).then_some(answer.negated())),
            Self::Fact(test) => {
                out.push(Evidence::of(test, None, facts));
                return;
            }
            Self::AnyRiskFeature => {
                out.extend(
                    features
                        .iter()
                        .filter(|f| answer == Truth::False || f.evaluate(facts) == answer)
                        .filter_map(|f| Some(Evidence::of(f.test.value()?, Some(f), facts))),
                );
                return;
            }
        };
        for part in parts {
            if deciding.is_none_or(|wanted| part.evaluate(features, facts) == wanted) {
                part.collect(features, facts, out);
            }
        }
    }
}

/// A condition in words: `all of (tumour_stage is pT1; nodal_stage is N0)`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, parts) = match self {
            Self::AllOf(parts) => ("all of", parts),
            Self::AnyOf(parts) => ("any of", parts),
            Self::NoneOf(parts) => ("none of", parts),
            Self::Fact(test) => return test.fmt(f),
            Self::AnyRiskFeature => return f.write_str("any risk feature"),
        };
        write!(f, "{word} (")?;
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            part.fmt(f)?;
        }
        f.write_str(")")
    }
}

/// One tested fact: what was asked, what was found, and the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Evidence<'p> {
    /// The fact.
    pub fact: Fact,
    /// What the pathology says, `None` when it does not say.
    pub found: Option<String>,
    /// What was asked, in words.
    pub test: String,
    /// The answer.
    pub holds: Truth,
    /// The risk feature asked for, if it was one.
    pub feature: Option<&'p Text>,
    /// The words of the protocol behind the risk feature; those behind the arm stand with it.
    pub quotes: Vec<Quote>,
}

impl<'p> Evidence<'p> {
    fn of(test: &'p FactTest, feature: Option<&'p RiskFeature>, facts: &Pathology) -> Self {
        Self {
            fact: test.fact(),
            found: facts.text(test.fact()),
            test: test.to_string(),
            holds: test.evaluate(facts),
            feature: feature.map(|feature| &feature.id),
            quotes: feature.map_or_else(Vec::new, |feature| feature.test.quotes()),
        }
    }
}

/// `margin is positive: no (found negative)`.
impl fmt::Display for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.test, self.holds)?;
        match &self.found {
            Some(found) => write!(f, " (found {found})"),
            None => f.write_str(" (not given)"),
        }
    }
}
