//! The fractionations of a course to one volume, in order, as one text: `45Gy/25+5.4Gy/3`.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::course_check::MAX_PHASES;
use super::fractionation::Fractionation;
use super::fractionation_error::{FractionationTextError, short};

/// The fractionations of a course to one volume, in order: one for each phase.
///
/// ```
/// use chemorad::radiotherapy::Fractionations;
/// let course: Fractionations = "45Gy/25+5.4Gy/3".parse()?;
/// assert_eq!(course.len(), 2);
/// assert_eq!(course.fractions(), 28);
/// assert_eq!(course.to_string(), "45 Gy in 25 x 1.8 Gy + 5.4 Gy in 3 x 1.8 Gy");
/// assert_eq!(course.to_string().parse(), Ok(course));
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fractionations {
    first: Fractionation,
    others: Vec<Fractionation>,
}

impl Fractionations {
    /// A course of one phase.
    #[must_use]
    pub const fn one(fractionation: Fractionation) -> Self {
        Self {
            first: fractionation,
            others: Vec::new(),
        }
    }

    /// A course of these phases; none where there is no phase.
    ///
    /// ```
    /// use chemorad::radiotherapy::Fractionations;
    /// let boosted = Fractionations::new(["45Gy/25".parse()?, "5.4Gy/3".parse()?]);
    /// assert_eq!(boosted, Some("45Gy/25 + 5.4Gy/3".parse()?));
    /// assert_eq!(Fractionations::new([]), None);
    /// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
    /// ```
    #[must_use]
    pub fn new(phases: impl IntoIterator<Item = Fractionation>) -> Option<Self> {
        let mut phases = phases.into_iter();
        Some(Self {
            first: phases.next()?,
            others: phases.collect(),
        })
    }

    /// Each phase in order.
    pub fn iter(&self) -> impl Iterator<Item = Fractionation> + '_ {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The phases in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<Fractionation> {
        let mut phases = vec![self.first];
        phases.extend(self.others);
        phases
    }

    /// The number of phases, at least 1.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        1 + self.others.len()
    }

    /// The number of fractions of all phases.
    #[must_use]
    pub fn fractions(&self) -> u32 {
        self.iter().map(|phase| phase.fractions().get()).sum()
    }

    /// The phases of several courses, one after the other.
    ///
    /// ```
    /// use chemorad::radiotherapy::Fractionations;
    /// let given = ["45Gy/25+5.4Gy/3".parse()?, "5.4Gy/3".parse()?];
    /// assert_eq!(Fractionations::joined(&given).len(), 3);
    /// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
    /// ```
    #[must_use]
    pub fn joined(courses: &[Self]) -> Vec<Fractionation> {
        courses.iter().flat_map(Self::iter).collect()
    }
}

impl From<Fractionation> for Fractionations {
    fn from(only: Fractionation) -> Self {
        Self::one(only)
    }
}

impl fmt::Display for Fractionations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phases: Vec<String> = self.iter().map(|phase| phase.to_string()).collect();
        f.pad(&phases.join(" + "))
    }
}

impl FromStr for Fractionations {
    type Err = FractionationTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut phases = text.split('+');
        let joined = text.contains('+');
        if joined && phases.clone().any(|phase| phase.trim().is_empty()) {
            return Err(FractionationTextError::EmptyPhase(short(text)));
        }
        let first = phases.next().unwrap_or_default().parse()?;
        let mut others: Vec<Fractionation> = Vec::new();
        for phase in phases {
            if others.len() + 1 == MAX_PHASES {
                return Err(FractionationTextError::Phases(short(text)));
            }
            others.push(phase.parse()?);
        }
        Ok(Self { first, others })
    }
}

/// Phases in a file: one text for the course, or a list whose elements are phases or courses.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct File {
///     #[serde(deserialize_with = "chemorad::radiotherapy::phases")]
///     doses: Vec<chemorad::radiotherapy::Fractionation>,
/// }
/// let one: File = serde_json::from_str(r#"{ "doses": "45Gy/25+5.4Gy/3" }"#)?;
/// let other: File = serde_json::from_str(r#"{ "doses": ["45Gy/25", "5.4Gy/3"] }"#)?;
/// assert_eq!(one.doses, other.doses);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// What is neither.
pub fn phases<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Fractionation>, D::Error> {
    shape::phases(deserializer)
}

mod shape {
    use alloc::vec::Vec;
    use core::fmt;

    use serde::de::{self, SeqAccess, Visitor, value::MapAccessDeserializer};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Fractionation, Fractionations};

    /// A list of phases, as a file may also write it.
    impl Serialize for Fractionations {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.iter())
        }
    }

    impl<'de> Deserialize<'de> for Fractionations {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let phases = deserializer.deserialize_any(AsCourse)?;
            Self::new(phases).ok_or_else(|| {
                de::Error::custom("a course has at least one phase, such as 45Gy/25")
            })
        }
    }

    pub(super) fn phases<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Fractionation>, D::Error> {
        deserializer.deserialize_any(AsCourse)
    }

    struct AsCourse;

    impl<'de> Visitor<'de> for AsCourse {
        type Value = Vec<Fractionation>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a course such as \"45Gy/25+5.4Gy/3\", or a list of its phases")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            let course: Fractionations = text.parse().map_err(E::custom)?;
            Ok(course.into_vec())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut phases = Vec::new();
            while let Some(Element(more)) = items.next_element()? {
                phases.extend(more);
            }
            Ok(phases)
        }
    }

    /// An element of a list: a phase by its parts, or a text of one or several.
    struct Element(Vec<Fractionation>);

    impl<'de> Deserialize<'de> for Element {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AsElement).map(Self)
        }
    }

    struct AsElement;

    impl<'de> Visitor<'de> for AsElement {
        type Value = Vec<Fractionation>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(
                "a fractionation such as \"45Gy/25\" or two of fractions, dose_per_fraction, dose",
            )
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            AsCourse.visit_str(text)
        }

        fn visit_map<A: de::MapAccess<'de>>(self, parts: A) -> Result<Self::Value, A::Error> {
            let one = Fractionation::deserialize(MapAccessDeserializer::new(parts))?;
            Ok(alloc::vec![one])
        }
    }

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{Fractionation, Fractionations};
        use crate::schema::{any_of, schema_of, text};

        schema_of!(Fractionations, "Fractionations", |generator| any_of(&[
            text("45Gy/25+5.4Gy/3", "Gy"),
            <alloc::vec::Vec<Fractionation> as schemars::JsonSchema>::json_schema(generator),
        ]));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_course_is_one_text() {
        for text in [
            "45Gy/25+5.4Gy/3",
            "25 x 1.8 Gy + 3 x 1.8 Gy",
            "45 Gy in 25 + 5.4 Gy in 3 x 1.8 Gy",
            " 45Gy/25 +5.4Gy/3 ",
        ] {
            let course: Fractionations = text.parse().unwrap();
            assert_eq!(course.fractions(), 28, "{text}");
            assert_eq!(course.to_string().parse(), Ok(course.clone()), "{text}");
            let json = serde_json::to_string(&course).unwrap();
            assert_eq!(
                serde_json::from_str::<Fractionations>(&json).unwrap(),
                course
            );
        }
        for text in [
            "",
            "+",
            "45Gy/25+",
            "+45Gy/25",
            "45Gy/25++5.4Gy/3",
            "45Gy/25+5.4",
        ] {
            assert!(text.parse::<Fractionations>().is_err(), "{text}");
        }
        let many = alloc::vec!["1Gy/1"; MAX_PHASES + 1].join("+");
        assert!(many.parse::<Fractionations>().is_err());
        let most = alloc::vec!["1Gy/1"; MAX_PHASES].join("+");
        assert!(most.parse::<Fractionations>().is_ok());
    }
}
