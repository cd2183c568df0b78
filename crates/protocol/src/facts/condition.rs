//! Conditions over the facts of a patient, as data, and their answers.

use core::fmt;

use super::fact::{FactQuantity, FactValue, Facts};
use super::pathology::{
    Differentiation, Fact, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, SubmucosalDepth, SubmucosalLevel,
};
use crate::statement::{Quote, Statement};
use chemorad::text::{List, Text};

/// The answer to a condition: yes, no, or not known (Kleene's strong three-valued logic).
///
/// ```
/// use chemorad_protocol::Truth::{False, True, Unknown};
/// assert_eq!(False.and(Unknown), False); // false whatever the unknown turns out to be
/// assert_eq!(True.and(Unknown), Unknown);
/// assert_eq!(True.or(Unknown), True);
/// assert_eq!(Unknown.negated(), Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// A test of one fact: one of the values listed, or a limit.
///
/// In a file `{ fact = "tumour_stage", is = ["pT1", "pT2"] }`, or a limit: `{ fact =
/// "submucosal_depth", above = "1 mm" }`; a declared quantity may have `above`, `at_least`,
/// `below` and `at_most`.
///
/// ```
/// use chemorad_protocol::{FactTest, Pathology, SubmucosalDepth, Truth};
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
    /// A declared fact is one of these.
    Choice {
        /// The fact, by its name.
        fact: Text,
        /// Its values.
        is: List<Text>,
    },
    /// A declared quantity lies in this range.
    Quantity {
        /// The fact, by its name.
        fact: Text,
        /// The range.
        range: QuantityRange,
    },
}

/// A range of a declared quantity, open at an end that is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuantityRange {
    /// The lower end.
    pub lowest: Option<QuantityLimit>,
    /// The upper end.
    pub highest: Option<QuantityLimit>,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityLimit {
    /// The value.
    pub value: FactQuantity,
    /// Whether the value itself belongs to the range.
    pub included: bool,
}

impl QuantityRange {
    /// Whether a quantity with the same unit lies in it; unknown when the unit differs.
    #[must_use]
    pub fn holds(&self, quantity: &FactQuantity) -> Truth {
        let ends = [&self.lowest, &self.highest];
        if ends
            .into_iter()
            .flatten()
            .any(|end| end.value.unit != quantity.unit)
        {
            return Truth::Unknown;
        }
        let number = quantity.number;
        let above = self.lowest.as_ref().is_none_or(|end| {
            number > end.value.number || (end.included && number == end.value.number)
        });
        let below = self.highest.as_ref().is_none_or(|end| {
            number < end.value.number || (end.included && number == end.value.number)
        });
        (above && below).into()
    }

    fn is_empty(&self) -> bool {
        match (&self.lowest, &self.highest) {
            (None, None) => true,
            (Some(low), Some(high)) => {
                low.value.unit != high.value.unit
                    || low.value.number > high.value.number
                    || (low.value.number == high.value.number && !(low.included && high.included))
            }
            _ => false,
        }
    }
}

impl fmt::Display for QuantityRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(low) = &self.lowest {
            f.write_str(if low.included { "at least " } else { "above " })?;
            write!(f, "{}", low.value)?;
        }
        if self.lowest.is_some() && self.highest.is_some() {
            f.write_str(" and ")?;
        }
        if let Some(high) = &self.highest {
            f.write_str(if high.included { "at most " } else { "below " })?;
            write!(f, "{}", high.value)?;
        }
        Ok(())
    }
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
    pub fn fact(&self) -> Fact {
        match self {
            Self::TumourStage(_) => Fact::TumourStage,
            Self::NodalStage(_) => Fact::NodalStage,
            Self::Metastasis(_) => Fact::Metastasis,
            Self::Differentiation(_) => Fact::Differentiation,
            Self::LymphovascularInvasion(_) => Fact::LymphovascularInvasion,
            Self::Margin(_) => Fact::Margin,
            Self::SubmucosalLevel(_) => Fact::SubmucosalLevel,
            Self::SubmucosalDepthAbove(_) => Fact::SubmucosalDepth,
            Self::Choice { fact, .. } | Self::Quantity { fact, .. } => Fact::Declared(fact.clone()),
        }
    }

    /// Whether it holds; unknown when the fact is absent.
    #[must_use]
    pub fn evaluate(&self, facts: &dyn Facts) -> Truth {
        let pathology = facts.pathology();
        match self {
            Self::TumourStage(list) => one_of(list, pathology.tumour_stage),
            Self::NodalStage(list) => one_of(list, pathology.nodal_stage),
            Self::Metastasis(list) => one_of(list, pathology.metastasis),
            Self::Differentiation(list) => one_of(list, pathology.differentiation),
            Self::LymphovascularInvasion(list) => one_of(list, pathology.lymphovascular_invasion),
            Self::Margin(list) => one_of(list, pathology.margin),
            Self::SubmucosalLevel(list) => one_of(list, pathology.submucosal_level),
            Self::SubmucosalDepthAbove(limit) => pathology
                .submucosal_depth
                .map(|depth| depth > *limit)
                .into(),
            Self::Choice { fact, is } => match facts.declared().get(fact) {
                Some(FactValue::Choice(value)) => is.contains(value).into(),
                _ => Truth::Unknown,
            },
            Self::Quantity { fact, range } => match facts.declared().get(fact) {
                Some(FactValue::Quantity(value)) => range.holds(value),
                _ => Truth::Unknown,
            },
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
            Self::Choice { is, .. } => is.is_empty(),
            Self::Quantity { range, .. } => range.is_empty(),
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
            Self::Choice { is, .. } => listed(is),
            Self::Quantity { range, .. } => range.to_string(),
        };
        write!(f, "{} is {values}", self.fact())
    }
}

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
    /// use chemorad_protocol::{Condition, FactTest, Margin, Pathology, Truth};
    /// use chemorad::text::List;
    /// let negative = Condition::NoneOf(List::from(vec![
    ///     Condition::Fact(FactTest::Margin(List::from(vec![Margin::Positive]))),
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
            fact: test.fact(),
            found: facts.text(&test.fact()),
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

pub(super) mod shape {
    use core::fmt;
    use core::str::FromStr;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Condition, Fact, FactTest, QuantityLimit, QuantityRange};
    use chemorad::text::{List, Text};

    /// The fields of one test; conditions and criteria have them beside their own.
    #[derive(Default, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Fields {
        pub(crate) fact: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) is: Option<List<Text>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) above: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) at_least: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) below: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) at_most: Option<Text>,
    }

    fn values<T: FromStr<Err: ToString>>(list: &List<Text>) -> Result<List<T>, String> {
        list.iter()
            .map(|text| text.parse().map_err(|error: T::Err| error.to_string()))
            .collect::<Result<Vec<T>, String>>()
            .map(List::from)
    }

    fn texts<T: ToString>(list: &List<T>) -> List<Text> {
        let texts = list.iter().map(|value| Text::from(value.to_string()));
        List::from(texts.collect::<Vec<_>>())
    }

    impl Fields {
        pub(crate) fn is_empty(&self) -> bool {
            self.fact.is_none() && self.is.is_none() && !self.is_limited()
        }

        fn is_limited(&self) -> bool {
            [&self.above, &self.at_least, &self.below, &self.at_most]
                .into_iter()
                .any(Option::is_some)
        }

        fn of(test: &FactTest) -> Self {
            let mut fields = Self {
                fact: Some(Text::from(test.fact().name().to_string())),
                ..Self::default()
            };
            match test {
                FactTest::TumourStage(list) => fields.is = Some(texts(list)),
                FactTest::NodalStage(list) => fields.is = Some(texts(list)),
                FactTest::Metastasis(list) => fields.is = Some(texts(list)),
                FactTest::Differentiation(list) => fields.is = Some(texts(list)),
                FactTest::LymphovascularInvasion(list) => fields.is = Some(texts(list)),
                FactTest::Margin(list) => fields.is = Some(texts(list)),
                FactTest::SubmucosalLevel(list) => fields.is = Some(texts(list)),
                FactTest::SubmucosalDepthAbove(limit) => {
                    fields.above = Some(Text::from(limit.to_string()));
                }
                FactTest::Choice { is, .. } => fields.is = Some(is.clone()),
                FactTest::Quantity { range, .. } => {
                    for (end, included, other) in [
                        (&range.lowest, &mut fields.at_least, &mut fields.above),
                        (&range.highest, &mut fields.at_most, &mut fields.below),
                    ] {
                        if let Some(end) = end {
                            let text = Some(Text::from(end.value.to_string()));
                            *(if end.included { included } else { other }) = text;
                        }
                    }
                }
            }
            fields
        }

        pub(crate) fn test(self) -> Result<FactTest, String> {
            let name = self.fact.clone().ok_or("the field `fact` is missing")?;
            let limited = self.is_limited();
            match (Fact::named(&name), self.is) {
                (Fact::SubmucosalDepth, None)
                    if self.at_least.is_none()
                        && self.below.is_none()
                        && self.at_most.is_none() =>
                {
                    let above = self
                        .above
                        .ok_or("submucosal_depth is tested with `above`, for example \"1 mm\"")?;
                    above
                        .parse()
                        .map(FactTest::SubmucosalDepthAbove)
                        .map_err(|error: chemorad::quantity::QuantityError| error.to_string())
                }
                (Fact::SubmucosalDepth, _) => {
                    Err("submucosal_depth is tested with `above`, for example \"1 mm\"".into())
                }
                (_, Some(_)) if limited => {
                    Err("a fact is tested with `is`, or with limits, not with both".into())
                }
                (Fact::Declared(fact), None) if limited => Ok(FactTest::Quantity {
                    fact,
                    range: QuantityRange {
                        lowest: limit(self.above, self.at_least)?,
                        highest: limit(self.below, self.at_most)?,
                    },
                }),
                (_, None) => Err(format!(
                    "the test of {name} needs `is` with the values that count, or a limit"
                )),
                (Fact::TumourStage, Some(is)) => values(&is).map(FactTest::TumourStage),
                (Fact::NodalStage, Some(is)) => values(&is).map(FactTest::NodalStage),
                (Fact::Metastasis, Some(is)) => values(&is).map(FactTest::Metastasis),
                (Fact::Differentiation, Some(is)) => values(&is).map(FactTest::Differentiation),
                (Fact::LymphovascularInvasion, Some(is)) => {
                    values(&is).map(FactTest::LymphovascularInvasion)
                }
                (Fact::Margin, Some(is)) => values(&is).map(FactTest::Margin),
                (Fact::SubmucosalLevel, Some(is)) => values(&is).map(FactTest::SubmucosalLevel),
                (Fact::Declared(fact), Some(is)) => Ok(FactTest::Choice { fact, is }),
            }
        }
    }

    fn limit(
        excluded: Option<Text>,
        included: Option<Text>,
    ) -> Result<Option<QuantityLimit>, String> {
        let (text, included) = match (excluded, included) {
            (None, None) => return Ok(None),
            (Some(text), None) => (text, false),
            (None, Some(text)) => (text, true),
            (Some(_), Some(_)) => return Err("one end of a range is given twice".into()),
        };
        let value = text
            .parse()
            .map_err(|error: crate::facts::coded::FactError| error.to_string())?;
        Ok(Some(QuantityLimit { value, included }))
    }

    impl Serialize for FactTest {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Fields::of(self).serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for FactTest {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let fields = Fields::deserialize(deserializer)?;
            fields.test().map_err(de::Error::custom)
        }
    }

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        all_of: Option<List<Condition>>,
        any_of: Option<List<Condition>>,
        none_of: Option<List<Condition>>,
        fact: Option<Text>,
        is: Option<List<Text>>,
        above: Option<Text>,
        at_least: Option<Text>,
        below: Option<Text>,
        at_most: Option<Text>,
    }

    struct AsWritten;

    impl<'de> Visitor<'de> for AsWritten {
        type Value = Condition;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(
                "a condition: all_of, any_of, none_of, fact, \"any_risk_feature\" or \"everyone\"",
            )
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Condition, E> {
            match text {
                "any_risk_feature" => Ok(Condition::AnyRiskFeature),
                "everyone" => Ok(Condition::Everyone),
                _ => Err(E::unknown_variant(text, &["any_risk_feature", "everyone"])),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
            let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
            let test = Fields {
                fact: shape.fact,
                is: shape.is,
                above: shape.above,
                at_least: shape.at_least,
                below: shape.below,
                at_most: shape.at_most,
            };
            match (shape.all_of, shape.any_of, shape.none_of) {
                (None, None, None) => test.test().map(Condition::Fact).map_err(de::Error::custom),
                (Some(parts), None, None) if test.is_empty() => Ok(Condition::AllOf(parts)),
                (None, Some(parts), None) if test.is_empty() => Ok(Condition::AnyOf(parts)),
                (None, None, Some(parts)) if test.is_empty() => Ok(Condition::NoneOf(parts)),
                _ => Err(de::Error::custom(
                    "a condition is one of all_of, any_of, none_of or fact: put the others into a list",
                )),
            }
        }
    }

    impl<'de> Deserialize<'de> for Condition {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AsWritten)
        }
    }

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{Condition, FactTest};
        use super::{Fields, Shape};
        use chemorad::schema::{any_of, schema_of, words};

        schema_of!(FactTest, "FactTest", |generator| {
            <Fields as schemars::JsonSchema>::json_schema(generator)
        });
        schema_of!(Condition, "Condition", |generator| any_of(&[
            words("condition", &["any_risk_feature", "everyone"]),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ]));
    }
}
