//! What the pathologist reports, as typed values.

use super::coded::coded;
use super::value::FactValue;
pub use chemorad::quantity::SubmucosalDepth;

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

/// Declares what the pathologist reports, field by field: the names of the fields are the names of
/// the facts.
macro_rules! pathology {
    ($($(#[$doc:meta])* $field:ident: $kind:ty,)+) => {
        /// What the pathologist found in the specimen, with the staging. What is absent is unknown,
        /// never "no".
        ///
        /// The submucosal level and depth describe a pT1 tumour.
        ///
        /// ```
        /// use chemorad_protocol::{Fact, FactValue, Margin, Pathology};
        /// let pathology = Pathology {
        ///     tumour_stage: Some("pT1".parse()?),
        ///     margin: Some(Margin::Negative),
        ///     ..Pathology::UNKNOWN
        /// };
        /// assert_eq!(pathology.nodal_stage, None);
        /// assert_eq!(pathology.get("margin"), Some(FactValue::from(Margin::Negative)));
        /// assert_eq!(pathology.get(Fact::NODAL_STAGE.name()), None);
        /// # Ok::<(), chemorad_protocol::FactError>(())
        /// ```
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct Pathology {
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$kind>,
            )+
        }

        impl Pathology {
            /// Nothing is known.
            pub const UNKNOWN: Self = Self { $($field: None,)+ };

            /// A fact of pathology by its name, `None` when it is unknown or not one of pathology.
            #[must_use]
            pub fn get(&self, fact: &str) -> Option<FactValue> {
                $(
                    if fact == stringify!($field) {
                        return self.$field.map(FactValue::from);
                    }
                )+
                None
            }
        }
    };
}

pathology! {
    /// pT
    tumour_stage: PathologicalTumourStage,
    /// N
    nodal_stage: NodalStage,
    /// M
    metastasis: MetastasisStage,
    /// Well, moderately or poorly differentiated.
    differentiation: Differentiation,
    /// Invasion of lymphatic or blood vessels.
    lymphovascular_invasion: LymphovascularInvasion,
    /// The resection margin.
    margin: Margin,
    /// The third of the submucosa reached.
    submucosal_level: SubmucosalLevel,
    /// The depth of submucosal invasion.
    submucosal_depth: SubmucosalDepth,
}

/// Findings of a specimen that exclude each other.
///
/// ```
/// use chemorad_protocol::Pathology;
/// let both = Pathology {
///     tumour_stage: Some("pT2".parse()?),
///     submucosal_level: Some("SM1".parse()?),
///     ..Pathology::UNKNOWN
/// };
/// assert_eq!(
///     both.check().unwrap_err().to_string(),
///     "submucosal_level SM1 describes a pT1 tumour, and tumour_stage is pT2: one of them is wrong"
/// );
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmucosaOfAnotherStage {
    level: Option<SubmucosalLevel>,
    stage: PathologicalTumourStage,
}

impl core::fmt::Display for SubmucosaOfAnotherStage {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.level {
            Some(level) => write!(f, "submucosal_level {level}")?,
            None => f.write_str("submucosal_depth")?,
        }
        write!(
            f,
            " describes a pT1 tumour, and tumour_stage is {}: one of them is wrong",
            self.stage
        )
    }
}

impl core::error::Error for SubmucosaOfAnotherStage {}

impl Pathology {
    /// Whether its findings go together: a level or a depth in the submucosa is that of a pT1 tumour.
    ///
    /// # Errors
    /// The stage is another one.
    pub fn check(&self) -> Result<(), SubmucosaOfAnotherStage> {
        let submucosa = self.submucosal_level.is_some() || self.submucosal_depth.is_some();
        match self.tumour_stage {
            Some(stage) if submucosa && stage != PathologicalTumourStage::T1 => {
                Err(SubmucosaOfAnotherStage {
                    level: self.submucosal_level,
                    stage,
                })
            }
            _ => Ok(()),
        }
    }
}
