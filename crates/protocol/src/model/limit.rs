//! Dose-volume limits.

use core::fmt;
use core::num::NonZeroU8;

use crate::statement::Statement;
use chemorad::quantity::{AbsorbedDose, QuantityError};
pub use chemorad::quantity::{Percent, TissueVolume};
use chemorad::text::{List, Text};

/// Why a text is not a metric or a value of a limit.
///
/// ```
/// use chemorad_protocol::DoseVolumeMetric;
/// let error = "V45".parse::<DoseVolumeMetric>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\"V45\" is not a dose-volume metric; write V45Gy, \"V95% of VOLUME\", D2cc, D98%, mean, \
///      maximum or minimum, each number with its unit"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LimitError {
    /// None of the accepted metrics.
    #[error(
        "{0:?} is not a dose-volume metric; write V45Gy, \"V95% of VOLUME\", D2cc, D98%, mean, maximum or minimum, each number with its unit"
    )]
    Metric(String),
    /// None of the accepted values.
    #[error(
        "{0:?} is not the value of a limit; write \"45 Gy\", \"65 cc\", \"50 %\" or \"107 % of VOLUME\""
    )]
    Value(String),
    /// A number that does not exist.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// A dose, or a share of the dose prescribed to a named volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoseLevel {
    /// A dose.
    Absolute(AbsorbedDose),
    /// A share of the cumulative dose prescribed to a volume.
    PercentOf {
        /// The share.
        percent: Percent,
        /// The volume, by its name in the protocol.
        volume: Text,
    },
}

/// A volume, or a share of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VolumeLevel {
    /// A volume.
    Absolute(TissueVolume),
    /// A share of the structure.
    Percent(Percent),
}

/// What is read from a cumulative dose-volume histogram.
///
/// Written `V45Gy` (the volume that gets at least 45 Gy), `V95% of tumour bed` (at least 95 % of
/// the dose prescribed to the tumour bed), `D2cc` and `D98%` (the dose that the hottest 2 cc, or
/// 98 % of the structure, get at least), `mean`, `maximum` (`max`), `minimum` (`min`).
///
/// ```
/// use chemorad_protocol::DoseVolumeMetric;
/// let metric: DoseVolumeMetric = "V 45 Gy".parse()?;
/// assert_eq!(metric.to_string(), "V45Gy");
/// assert_eq!("max".parse(), Ok(DoseVolumeMetric::MaximumDose));
/// # Ok::<(), chemorad_protocol::LimitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoseVolumeMetric {
    /// The volume that gets at least this dose.
    VolumeAtDose(DoseLevel),
    /// The dose that this volume gets at least.
    DoseAtVolume(VolumeLevel),
    /// The mean dose.
    MeanDose,
    /// The largest dose.
    MaximumDose,
    /// The smallest dose.
    MinimumDose,
}

impl DoseVolumeMetric {
    /// Whether its value is a volume; a dose otherwise.
    #[must_use]
    pub const fn is_volume(&self) -> bool {
        matches!(self, Self::VolumeAtDose(_))
    }
}

/// The value of a limit: `45 Gy`, `65 cc`, `50 %` of the structure, `107 % of tumour bed` of the
/// dose prescribed to a volume.
///
/// ```
/// use chemorad_protocol::{LimitValue, TissueVolume, VolumeLevel};
/// let value: LimitValue = "65 cc".parse()?;
/// assert_eq!(value, LimitValue::Volume(VolumeLevel::Absolute(TissueVolume::constant("65 cc"))));
/// assert_eq!("107% of tumour bed".parse::<LimitValue>()?.to_string(), "107 % of tumour bed");
/// # Ok::<(), chemorad_protocol::LimitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitValue {
    /// A dose.
    Dose(DoseLevel),
    /// A volume.
    Volume(VolumeLevel),
}

/// On which side of its value a limit permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparison {
    /// Less than the value.
    Below,
    /// The value or less.
    AtMost,
    /// The value or more.
    AtLeast,
    /// More than the value.
    Above,
}

impl Comparison {
    /// Whether it keeps something small.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Self::Below | Self::AtMost)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Above => ">",
        })
    }
}

/// One row of a table of limits: `small bowel: V45Gy <= 65 cc`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoseVolumeLimit {
    /// The structure, an organ at risk or a target.
    pub structure: Text,
    /// What is limited.
    pub metric: DoseVolumeMetric,
    /// On which side.
    pub comparison: Comparison,
    /// The value.
    pub limit: Statement<LimitValue>,
    /// How far the value may be passed and still be acceptable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variation: Option<Statement<LimitValue>>,
    /// How important it is, 1 before 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<NonZeroU8>,
}

/// A table of limits from one source. Tables differ by factors, so each keeps its own name and
/// none is a default.
///
/// ```
/// use chemorad_protocol::{Comparison, DoseVolumeLimit, LimitTable, Statement};
/// use chemorad::text::{List, Text};
/// let table = LimitTable {
///     id: Text::constant("synthetic"),
///     source: Text::constant("an invented table"),
///     courses: List::constant(&[]),
///     variation_share: None,
///     rows: List::from(vec![DoseVolumeLimit {
///         structure: Text::constant("small bowel"),
///         metric: "V45Gy".parse()?,
///         comparison: Comparison::AtMost,
///         limit: Statement::stated("65 cc".parse()?, "V45 <= 65 cc", "row 1"),
///         variation: None,
///         priority: None,
///     }]),
/// };
/// assert_eq!(table.rows[0].to_string(), "small bowel: V45Gy <= 65 cc");
/// # Ok::<(), chemorad_protocol::LimitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LimitTable {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// The document the table stands in.
    pub source: Text,
    /// The courses it applies to, by their ids; an empty list is every course.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub courses: List<Text>,
    /// By how much of the limit an acceptable variation may pass it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variation_share: Option<Statement<Percent>>,
    /// The limits.
    pub rows: List<DoseVolumeLimit>,
}

mod shape {
    use core::fmt;

    use serde::de::{self, MapAccess, Visitor};
    use serde::ser::SerializeStruct;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DoseLevel, DoseVolumeMetric, LimitValue, VolumeLevel};

    chemorad::text::by_text!(DoseVolumeMetric);

    /// `{"value": 65, "unit": "cc"}`, with `"of": "tumour bed"` for a share of a prescribed dose.
    impl Serialize for LimitValue {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Dose(DoseLevel::Absolute(dose)) => dose.serialize(serializer),
                Self::Volume(VolumeLevel::Absolute(volume)) => volume.serialize(serializer),
                Self::Volume(VolumeLevel::Percent(percent)) => percent.serialize(serializer),
                Self::Dose(DoseLevel::PercentOf { percent, volume }) => {
                    let mut shape = serializer.serialize_struct("LimitValue", 3)?;
                    shape.serialize_field("value", &percent.percent())?;
                    shape.serialize_field("unit", "%")?;
                    shape.serialize_field("of", volume)?;
                    shape.end()
                }
            }
        }
    }

    impl<'de> Deserialize<'de> for LimitValue {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(LimitVisitor)
        }
    }

    struct LimitVisitor;

    impl<'de> Visitor<'de> for LimitVisitor {
        type Value = LimitValue;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the value of a limit such as \"45 Gy\", \"65 cc\" or \"50 %\"")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<LimitValue, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LimitValue, A::Error> {
            let (mut value, mut unit, mut of) = (None::<f64>, None::<String>, None::<String>);
            while let Some(key) = map.next_key::<String>()? {
                match key.as_str() {
                    "value" if value.is_some() => return Err(de::Error::duplicate_field("value")),
                    "unit" if unit.is_some() => return Err(de::Error::duplicate_field("unit")),
                    "of" if of.is_some() => return Err(de::Error::duplicate_field("of")),
                    "value" => value = Some(map.next_value()?),
                    "unit" => unit = Some(map.next_value()?),
                    "of" => of = Some(map.next_value()?),
                    _ => return Err(de::Error::unknown_field(&key, &["value", "unit", "of"])),
                }
            }
            let value = value.ok_or_else(|| de::Error::missing_field("value"))?;
            let unit = unit.ok_or_else(|| de::Error::missing_field("unit"))?;
            let text = match of {
                Some(volume) => format!("{value} {unit} of {volume}"),
                None => format!("{value} {unit}"),
            };
            self.visit_str(&text)
        }
    }

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{DoseVolumeMetric, LimitValue};
        use chemorad::schema::{any_of, schema_of, text};

        schema_of!(DoseVolumeMetric, "DoseVolumeMetric", |_generator| {
            text(
                "V45Gy, V95% of VOLUME, D2cc, D98%, mean, maximum or minimum",
                "^([VD] *[0-9]|[a-z])",
            )
        });
        schema_of!(LimitValue, "LimitValue", |_generator| any_of(&[
            text("45 Gy, 65 cc, 50 % or 107 % of VOLUME", "^[0-9]"),
            schemars::json_schema!({
                "type": "object",
                "properties": {
                    "value": { "type": "number", "minimum": 0 },
                    "unit": { "type": "string" },
                    "of": { "type": "string" }
                },
                "required": ["value", "unit"],
                "additionalProperties": false
            }),
        ]));
    }
}
