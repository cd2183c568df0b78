//! Fractions and doses as a protocol prescribes them.

use core::fmt;

use crate::statement::Statement;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{Fractionation, FractionationTextError};
use chemorad::text::{List, Text};

/// Fractions and dose as a protocol gives them: one prescription, a range, a choice, or a total
/// whose fractions are not said.
///
/// | in a file | means |
/// | --- | --- |
/// | `"45Gy/25"`, `"25 x 1.8 Gy"`, `"45 Gy in 25 x 1.8 Gy"` | exactly this |
/// | `{ lowest = "5.4Gy/3", highest = "10.8Gy/6" }` | from one to the other |
/// | `{ one_of = ["25 x 1.8 Gy", "25 x 2 Gy"] }` | one of these |
/// | `{ total = "50.4 Gy" }` | this total; the source does not say in how many fractions |
/// | `{ lowest_total = "45 Gy", highest_total = "55 Gy" }` | a range of totals |
///
/// ```
/// use chemorad_protocol::PrescribedFractionation;
/// let boost = PrescribedFractionation::Range {
///     lowest: "5.4Gy/3".parse()?,
///     highest: "10.8Gy/6".parse()?,
/// };
/// assert_eq!(boost.exact(), None);
/// assert!(boost.permits("9Gy/5".parse()?));
/// assert!(!boost.permits("9Gy/3".parse()?)); // 3 Gy per fraction
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrescribedFractionation {
    /// Exactly this.
    Exact(Fractionation),
    /// From one to the other.
    Range {
        /// The smallest total.
        lowest: Fractionation,
        /// The largest total.
        highest: Fractionation,
    },
    /// One of these.
    OneOf(List<Fractionation>),
    /// A total; the number of fractions is not said.
    Total(AbsorbedDose),
    /// A range of totals; the number of fractions is not said.
    TotalRange {
        /// The smallest total.
        lowest: AbsorbedDose,
        /// The largest total.
        highest: AbsorbedDose,
    },
}

impl PrescribedFractionation {
    /// The prescription, where there is exactly one.
    #[must_use]
    pub const fn exact(&self) -> Option<Fractionation> {
        match self {
            Self::Exact(fractionation) => Some(*fractionation),
            _ => None,
        }
    }

    /// Whether a site that chooses this prescription stays within the protocol.
    ///
    /// Within a range whose ends have the same dose per fraction, that dose is kept.
    #[must_use]
    pub fn permits(&self, chosen: Fractionation) -> bool {
        match self {
            Self::Exact(fractionation) => *fractionation == chosen,
            Self::OneOf(list) => list.contains(&chosen),
            Self::Total(total) => chosen.total() == *total,
            Self::TotalRange { lowest, highest } => (*lowest..=*highest).contains(&chosen.total()),
            Self::Range { lowest, highest } => {
                let (from, to) = (lowest.dose_per_fraction(), highest.dose_per_fraction());
                (lowest.total()..=highest.total()).contains(&chosen.total())
                    && (lowest.fractions()..=highest.fractions()).contains(&chosen.fractions())
                    && (from != to || chosen.dose_per_fraction() == from)
            }
        }
    }

    /// Every fractionation it names.
    #[must_use]
    pub fn named(&self) -> Vec<Fractionation> {
        match self {
            Self::Exact(one) => vec![*one],
            Self::Range { lowest, highest } => vec![*lowest, *highest],
            Self::OneOf(list) => list.to_vec(),
            Self::Total(_) | Self::TotalRange { .. } => vec![],
        }
    }
}

impl From<Fractionation> for PrescribedFractionation {
    fn from(fractionation: Fractionation) -> Self {
        Self::Exact(fractionation)
    }
}

/// One prescription; a range or a choice is a table in a file and has no text.
impl core::str::FromStr for PrescribedFractionation {
    type Err = FractionationTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::Exact)
    }
}

impl fmt::Display for PrescribedFractionation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(one) => one.fmt(f),
            Self::Range { lowest, highest } => write!(f, "from {lowest} to {highest}"),
            Self::OneOf(list) => {
                for (i, one) in list.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", or ")?;
                    }
                    write!(f, "{one}")?;
                }
                Ok(())
            }
            Self::Total(total) => write!(f, "{total}, fractions not said"),
            Self::TotalRange { lowest, highest } => {
                write!(f, "from {lowest} to {highest}, fractions not said")
            }
        }
    }
}

/// The dose of one volume, each number with its status.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrescribedDose {
    /// The volume.
    pub volume: Text,
    /// Total and number of fractions.
    pub fractionation: Statement<PrescribedFractionation>,
    /// Dose per fraction, where it is a short decimal and the same in every fraction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_per_fraction: Option<Statement<AbsorbedDose>>,
}

impl PrescribedDose {
    /// The prescription, where it is known and there is exactly one.
    #[must_use]
    pub const fn exact(&self) -> Option<Fractionation> {
        match self.fractionation.value() {
            Some(fractionation) => fractionation.exact(),
            None => None,
        }
    }

    /// Every fractionation the protocol names for it, those of each choice included.
    #[must_use]
    pub fn named(&self) -> Vec<Fractionation> {
        match &self.fractionation {
            Statement::Stated { value, .. } | Statement::Derived { value, .. } => value.named(),
            Statement::Unspecified { values, .. } => values
                .iter()
                .flat_map(PrescribedFractionation::named)
                .collect(),
        }
    }
}

/// What delivers the dose.
///
/// Doses of photons and electrons from outside are added over the phases. Everything else stands
/// apart: its dose falls off within millimetres, is weighted, or is given in one sitting, and a sum
/// would say nothing.
///
/// ```
/// use chemorad_protocol::Modality;
/// assert!(Modality::ExternalBeamPhotons.adds_up());
/// assert!(!Modality::ContactXRay.adds_up());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Modality {
    /// External beam, photons or electrons, not said which.
    ExternalBeam,
    /// External beam, photons.
    ExternalBeamPhotons,
    /// External beam, electrons.
    ExternalBeamElectrons,
    /// Protons; their dose is weighted.
    Protons,
    /// Contact X-rays of about 50 kV (contact brachytherapy, Papillon).
    ContactXRay,
    /// Brachytherapy with a sealed source.
    Brachytherapy,
    /// Intraoperative radiotherapy.
    Intraoperative,
}

impl Modality {
    /// Whether its dose is added to that of other external beam phases.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::ExternalBeam | Self::ExternalBeamPhotons | Self::ExternalBeamElectrons
        )
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ExternalBeam => "external beam",
            Self::ExternalBeamPhotons => "external beam, photons",
            Self::ExternalBeamElectrons => "external beam, electrons",
            Self::Protons => "protons",
            Self::ContactXRay => "contact X-rays",
            Self::Brachytherapy => "brachytherapy",
            Self::Intraoperative => "intraoperative radiotherapy",
        })
    }
}

mod shape {
    use core::fmt;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::PrescribedFractionation;
    use chemorad::quantity::AbsorbedDose;
    use chemorad::radiotherapy::{FractionCount, Fractionation};
    use chemorad::text::List;

    #[derive(Default, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fractions: Option<FractionCount>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dose_per_fraction: Option<AbsorbedDose>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dose: Option<AbsorbedDose>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lowest: Option<Fractionation>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        highest: Option<Fractionation>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one_of: Option<List<Fractionation>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<AbsorbedDose>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lowest_total: Option<AbsorbedDose>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        highest_total: Option<AbsorbedDose>,
    }

    impl Serialize for PrescribedFractionation {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut shape = Shape::default();
            match self {
                Self::Exact(one) => return one.serialize(serializer),
                Self::Range { lowest, highest } => {
                    shape.lowest = Some(*lowest);
                    shape.highest = Some(*highest);
                }
                Self::OneOf(list) => shape.one_of = Some(list.clone()),
                Self::Total(total) => shape.total = Some(*total),
                Self::TotalRange { lowest, highest } => {
                    shape.lowest_total = Some(*lowest);
                    shape.highest_total = Some(*highest);
                }
            }
            shape.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for PrescribedFractionation {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AsPrescribed)
        }
    }

    struct AsPrescribed;

    const NEEDED: &str = "a fractionation needs two of fractions, dose_per_fraction and dose, or one_of, or lowest and highest, or total, or lowest_total and highest_total";

    impl<'de> Visitor<'de> for AsPrescribed {
        type Value = PrescribedFractionation;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a fractionation such as \"45Gy/25\", or a table with a range or a choice")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            text.parse()
                .map(PrescribedFractionation::Exact)
                .map_err(E::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
            read(&shape).map_err(de::Error::custom)
        }
    }

    fn read(shape: &Shape) -> Result<PrescribedFractionation, String> {
        let exact = (shape.dose, shape.fractions, shape.dose_per_fraction);
        let range = (shape.lowest, shape.highest);
        let totals = (shape.lowest_total, shape.highest_total);
        let backwards = || "the range ends before it begins".to_string();
        match (exact, range, &shape.one_of, shape.total, totals) {
            ((None, None, None), (Some(lowest), Some(highest)), None, None, (None, None)) => {
                if lowest.total() > highest.total() || lowest.fractions() > highest.fractions() {
                    return Err(backwards());
                }
                Ok(PrescribedFractionation::Range { lowest, highest })
            }
            ((None, None, None), (None, None), Some(list), None, (None, None)) => {
                Ok(PrescribedFractionation::OneOf(list.clone()))
            }
            ((None, None, None), (None, None), None, Some(total), (None, None)) => {
                Ok(PrescribedFractionation::Total(total))
            }
            ((None, None, None), (None, None), None, None, (Some(lowest), Some(highest))) => {
                if lowest > highest {
                    return Err(backwards());
                }
                Ok(PrescribedFractionation::TotalRange { lowest, highest })
            }
            (exact, (None, None), None, None, (None, None)) => match exact {
                (Some(total), Some(n), Some(d)) => Fractionation::new(total, n.get(), d),
                (Some(total), Some(n), None) => Ok(Fractionation::from_total(total, n)),
                (None, Some(n), Some(d)) => Fractionation::from_dose_per_fraction(d, n),
                (Some(total), None, Some(d)) => {
                    Fractionation::from_total_and_dose_per_fraction(total, d)
                }
                _ => return Err(NEEDED.to_string()),
            }
            .map(PrescribedFractionation::Exact)
            .map_err(|error| error.to_string()),
            _ => Err(NEEDED.to_string()),
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(
        PrescribedFractionation,
        "PrescribedFractionation",
        |generator| chemorad::schema::any_of(&[
            chemorad::schema::text("45Gy/25, 25 x 1.8 Gy or 45 Gy in 25 x 1.8 Gy", "Gy"),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ])
    );
}
