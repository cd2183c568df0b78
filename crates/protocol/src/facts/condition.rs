//! Conditions over the facts of a patient, as data, and what decides them.

use core::fmt;

use super::known::Facts;
use super::test::FactTest;
use super::truth::Truth;
use super::vocabulary::Fact;
use crate::statement::{Quote, Statement};
use chemorad::text::{List, Text};

/// A tree of conditions over the facts of a patient, as data.
///
/// In a file `{ all_of = [...] }`, `{ any_of = [...] }`, `{ none_of = [...] }`, a [`FactTest`],
/// `"any_risk_feature"` or `"everyone"`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these hold.
    AllOf(List<Condition>),
    /// At least one of these holds.
    AnyOf(List<Condition>),
    /// None of these holds.
    NoneOf(List<Condition>),
    /// At least one of the protocol's risk features is present.
    AnyRiskFeature,
    /// Every patient of the protocol.
    Everyone,
    /// One fact.
    #[serde(untagged)]
    Fact(FactTest),
}

impl Condition {
    /// Whether it holds, given the protocol's risk features.
    ///
    /// A definite answer never depends on an unknown fact.
    ///
    /// ```
    /// use chemorad_protocol::{Condition, Fact, FactTest, Pathology, Truth};
    /// use chemorad::text::List;
    /// let negative = Condition::NoneOf(List::from(vec![
    ///     Condition::Fact(FactTest::Choice {
    ///         fact: Fact::MARGIN,
    ///         is: List::from(vec!["positive".into()]),
    ///     }),
    /// ]));
    /// assert_eq!(negative.evaluate(&[], &Pathology::UNKNOWN), Truth::Unknown);
    /// ```
    #[must_use]
    pub fn evaluate(&self, features: &[RiskFeature], facts: &dyn Facts) -> Truth {
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
            Self::Everyone => Truth::True,
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
        facts: &dyn Facts,
    ) -> Vec<Evidence<'p>> {
        let mut evidence = Vec::new();
        self.collect(features, facts, &mut evidence);
        evidence
    }

    fn collect<'p>(
        &'p self,
        features: &'p [RiskFeature],
        facts: &dyn Facts,
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
            Self::Everyone => return,
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

/// A finding that makes a tumour a high-risk one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RiskFeature {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// When it is present.
    pub test: Statement<FactTest>,
}

impl RiskFeature {
    /// Whether it is present; unknown when the fact is absent or the text does not define it.
    #[must_use]
    pub fn evaluate(&self, facts: &dyn Facts) -> Truth {
        match self.test.value() {
            Some(test) => test.evaluate(facts),
            None => Truth::Unknown,
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
            Self::Everyone => return f.write_str("every patient"),
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
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
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
    fn of(test: &'p FactTest, feature: Option<&'p RiskFeature>, facts: &dyn Facts) -> Self {
        Self {
            fact: test.fact().clone(),
            found: facts.value(test.fact()).map(|value| value.to_string()),
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

mod shape {
    use super::super::test::written_with_fact_test;
    use super::Condition;
    use chemorad::text::List;

    written_with_fact_test! {
        Condition, "condition",
        "a condition: all_of, any_of, none_of, fact, \"any_risk_feature\" or \"everyone\"",
        words {
            "any_risk_feature" = AnyRiskFeature,
            "everyone" = Everyone,
        }
        fields {
            all_of: List<Condition>,
            any_of: List<Condition>,
            none_of: List<Condition>,
        }
    }

    fn from_shape(mut shape: Shape) -> Result<Condition, String> {
        let test = shape.take_test();
        match (shape.all_of, shape.any_of, shape.none_of) {
            (None, None, None) => test.test().map(Condition::Fact),
            (Some(parts), None, None) if test.is_empty() => Ok(Condition::AllOf(parts)),
            (None, Some(parts), None) if test.is_empty() => Ok(Condition::AnyOf(parts)),
            (None, None, Some(parts)) if test.is_empty() => Ok(Condition::NoneOf(parts)),
            _ => Err(
                "a condition is one of all_of, any_of, none_of or fact: put the others into a list"
                    .into(),
            ),
        }
    }
}
