//! What the pathologist reports.

use core::fmt;

use super::coded::coded;
pub use chemorad::quantity::SubmucosalDepth;
use chemorad::text::Text;

coded! {
    /// The pathological T stage of the excised tumour.
    ///
    /// ```
    /// use chemorad_protocol::PathologicalTumourStage;
    /// let stage: PathologicalTumourStage = "pT1".parse()?;
    /// assert_eq!(stage, PathologicalTumourStage::T1);
    /// assert!("cT1".parse::<PathologicalTumourStage>().is_err()); // a clinical stage is not one
    /// # Ok::<(), chemorad_protocol::FactError>(())
    /// ```
    PathologicalTumourStage, "pathological tumour stage",
    "; a clinical stage (cT1) does not count, and what was not examined is left out" {
        /// No tumour found.
        T0 = "pT0" | "T0",
        /// Carcinoma in situ.
        Tis = "pTis" | "Tis",
        /// Submucosa.
        T1 = "pT1" | "T1",
        /// Muscularis propria.
        T2 = "pT2" | "T2",
        /// Beyond the muscularis propria.
        T3 = "pT3" | "T3",
        /// Peritoneum or other organs.
        T4 = "pT4" | "T4",
    }
}

coded! {
    /// The N stage. NX is not a value: what was not examined is unknown.
    ///
    /// ```
    /// use chemorad_protocol::NodalStage;
    /// assert_eq!("pN0".parse(), Ok(NodalStage::N0));
    /// assert!("NX".parse::<NodalStage>().is_err());
    /// ```
    NodalStage, "nodal stage",
    "; N1a to N1c are N1; NX means unknown: leave the field out" {
        /// No regional node involved.
        N0 = "N0" | "pN0" | "cN0",
        /// One to three regional nodes, or tumour deposits.
        N1 = "N1" | "pN1" | "cN1",
        /// Four or more regional nodes.
        N2 = "N2" | "pN2" | "cN2",
    }
}

coded! {
    /// The M stage. MX is not a value: what was not examined is unknown.
    ///
    /// ```
    /// use chemorad_protocol::MetastasisStage;
    /// assert_eq!("M0".parse(), Ok(MetastasisStage::M0));
    /// ```
    MetastasisStage, "metastasis stage", "; MX means unknown: leave the field out" {
        /// No distant metastasis.
        M0 = "M0" | "cM0",
        /// Distant metastasis.
        M1 = "M1" | "pM1" | "cM1",
    }
}

coded! {
    /// The differentiation of the tumour.
    ///
    /// ```
    /// use chemorad_protocol::Differentiation;
    /// assert_eq!("poorly differentiated".parse(), Ok(Differentiation::Poor));
    /// ```
    Differentiation, "differentiation", "" {
        /// Well differentiated.
        Well = "well" | "well differentiated" | "G1",
        /// Moderately differentiated.
        Moderate = "moderate" | "moderately differentiated" | "G2",
        /// Poorly differentiated.
        Poor = "poor" | "poorly differentiated" | "G3",
    }
}

coded! {
    /// Invasion of lymphatic or blood vessels.
    ///
    /// ```
    /// use chemorad_protocol::LymphovascularInvasion;
    /// assert_eq!("yes".parse(), Ok(LymphovascularInvasion::Present));
    /// ```
    LymphovascularInvasion, "lymphovascular invasion", "; yes and no are accepted too" {
        /// Looked for and not found.
        Absent = "absent" | "no" | "false",
        /// Found.
        Present = "present" | "yes" | "true",
    }
}

coded! {
    /// The resection margin of the local excision, as the pathologist reports it.
    ///
    /// ```
    /// use chemorad_protocol::Margin;
    /// assert_eq!("positive".parse(), Ok(Margin::Positive));
    /// ```
    Margin, "resection margin", "" {
        /// Free of tumour.
        Negative = "negative" | "R0",
        /// Not free of tumour.
        Positive = "positive" | "R1" | "R2",
    }
}

coded! {
    /// How deep a pT1 tumour reaches into the submucosa, in thirds.
    ///
    /// ```
    /// use chemorad_protocol::SubmucosalLevel;
    /// assert_eq!("sm3".parse(), Ok(SubmucosalLevel::Sm3));
    /// ```
    SubmucosalLevel, "submucosal level", "" {
        /// Inner third.
        Sm1 = "SM1",
        /// Middle third.
        Sm2 = "SM2",
        /// Outer third.
        Sm3 = "SM3",
    }
}

/// A fact, by the name of its field in [`Pathology`], or by the name the protocol declares it
/// under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// [`Pathology::tumour_stage`]
    TumourStage,
    /// [`Pathology::nodal_stage`]
    NodalStage,
    /// [`Pathology::metastasis`]
    Metastasis,
    /// [`Pathology::differentiation`]
    Differentiation,
    /// [`Pathology::lymphovascular_invasion`]
    LymphovascularInvasion,
    /// [`Pathology::margin`]
    Margin,
    /// [`Pathology::submucosal_level`]
    SubmucosalLevel,
    /// [`Pathology::submucosal_depth`]
    SubmucosalDepth,
    /// A fact the protocol declares.
    Declared(Text),
}

impl Fact {
    /// Every fact of pathology, in the order of the fields.
    pub const ALL: &'static [Self] = &[
        Self::TumourStage,
        Self::NodalStage,
        Self::Metastasis,
        Self::Differentiation,
        Self::LymphovascularInvasion,
        Self::Margin,
        Self::SubmucosalLevel,
        Self::SubmucosalDepth,
    ];

    /// The fact of pathology of this name, or else the declared one.
    ///
    /// ```
    /// use chemorad_protocol::Fact;
    /// assert_eq!(Fact::named("margin"), Fact::Margin);
    /// assert_eq!(Fact::named("response").name(), "response");
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        let known = Self::ALL.iter().find(|fact| fact.name() == name);
        match known {
            Some(fact) => fact.clone(),
            None => Self::Declared(Text::from(String::from(name))),
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &str {
        match self {
            Self::TumourStage => "tumour_stage",
            Self::NodalStage => "nodal_stage",
            Self::Metastasis => "metastasis",
            Self::Differentiation => "differentiation",
            Self::LymphovascularInvasion => "lymphovascular_invasion",
            Self::Margin => "margin",
            Self::SubmucosalLevel => "submucosal_level",
            Self::SubmucosalDepth => "submucosal_depth",
            Self::Declared(id) => id.as_str(),
        }
    }
}

impl serde::Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Fact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <String as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self::named(&name))
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the pathologist found in the specimen, with the staging. What is absent is unknown, never
/// "no".
///
/// The submucosal level and depth describe a pT1 tumour.
///
/// ```
/// use chemorad_protocol::{Margin, Pathology};
/// let pathology = Pathology {
///     tumour_stage: Some("pT1".parse()?),
///     margin: Some(Margin::Negative),
///     ..Pathology::UNKNOWN
/// };
/// assert_eq!(pathology.nodal_stage, None);
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pathology {
    /// pT
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tumour_stage: Option<PathologicalTumourStage>,
    /// N
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodal_stage: Option<NodalStage>,
    /// M
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metastasis: Option<MetastasisStage>,
    /// Well, moderately or poorly differentiated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differentiation: Option<Differentiation>,
    /// Invasion of lymphatic or blood vessels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lymphovascular_invasion: Option<LymphovascularInvasion>,
    /// The resection margin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Margin>,
    /// The third of the submucosa reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submucosal_level: Option<SubmucosalLevel>,
    /// The depth of submucosal invasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submucosal_depth: Option<SubmucosalDepth>,
}

impl Pathology {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        tumour_stage: None,
        nodal_stage: None,
        metastasis: None,
        differentiation: None,
        lymphovascular_invasion: None,
        margin: None,
        submucosal_level: None,
        submucosal_depth: None,
    };

    /// A fact of pathology as text, `None` when it is unknown or not one of pathology.
    ///
    /// ```
    /// use chemorad_protocol::{Fact, Margin, Pathology};
    /// let pathology = Pathology { margin: Some(Margin::Positive), ..Pathology::UNKNOWN };
    /// assert_eq!(pathology.text(&Fact::Margin).as_deref(), Some("positive"));
    /// assert_eq!(pathology.text(&Fact::TumourStage), None);
    /// ```
    #[must_use]
    pub fn text(&self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::TumourStage => self.tumour_stage.map(|v| v.to_string()),
            Fact::NodalStage => self.nodal_stage.map(|v| v.to_string()),
            Fact::Metastasis => self.metastasis.map(|v| v.to_string()),
            Fact::Differentiation => self.differentiation.map(|v| v.to_string()),
            Fact::LymphovascularInvasion => self.lymphovascular_invasion.map(|v| v.to_string()),
            Fact::Margin => self.margin.map(|v| v.to_string()),
            Fact::SubmucosalLevel => self.submucosal_level.map(|v| v.to_string()),
            Fact::SubmucosalDepth => self.submucosal_depth.map(|v| v.to_string()),
            Fact::Declared(_) => None,
        }
    }
}
