//! A volume that doses are prescribed to, and the volumes that enclose it.

use crate::text::Text;

/// A volume that doses are prescribed to, and the volume it lies inside of, if any.
///
/// ```
/// use chemorad::radiotherapy::Volume;
/// const BED: Volume = Volume::inside("tumour bed", "pelvis");
/// assert_eq!(BED.name.as_str(), "tumour bed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// The name used in phases.
    pub name: Text,
    /// The volume that encloses it and whose dose it therefore also gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Text>,
}

impl Volume {
    /// A volume on its own.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Text::constant(name),
            inside: None,
        }
    }

    /// A volume that lies inside another.
    #[must_use]
    pub const fn inside(name: &'static str, enclosing: &'static str) -> Self {
        Self {
            name: Text::constant(name),
            inside: Some(Text::constant(enclosing)),
        }
    }
}
