//! What is known of a person who might take part.

use std::collections::BTreeMap;

use super::coded::{coded, whole_number};
use super::pathology::{MetastasisStage, NodalStage};
pub use chemorad::quantity::DistanceFromAnalVerge;

whole_number! {
    /// An age in completed years, 0 to 120.
    ///
    /// ```
    /// use chemorad_protocol::AgeInYears;
    /// assert_eq!("62".parse(), AgeInYears::new(62));
    /// assert_eq!("62 years".parse(), AgeInYears::new(62));
    /// assert!(AgeInYears::new(121).is_err());
    /// ```
    AgeInYears, "age in whole years", 0, 120, " years"
}

whole_number! {
    /// The performance status of the Eastern Cooperative Oncology Group, 0 to 5.
    ///
    /// ```
    /// use chemorad_protocol::EcogStatus;
    /// const ABLE: EcogStatus = EcogStatus::constant(0);
    /// assert!("6".parse::<EcogStatus>().is_err());
    /// ```
    EcogStatus, "ECOG performance status", 0, 5, ""
}

coded! {
    /// The clinical T stage, before the excision.
    ///
    /// ```
    /// use chemorad_protocol::ClinicalTumourStage;
    /// assert_eq!("cT2".parse(), Ok(ClinicalTumourStage::T2));
    /// assert!("pT2".parse::<ClinicalTumourStage>().is_err()); // a pathological stage is not one
    /// ```
    ClinicalTumourStage, "clinical tumour stage",
    "; a pathological stage (pT1) does not count, and what was not examined is left out" {
        /// No tumour found.
        T0 = "cT0" | "T0",
        /// Carcinoma in situ.
        Tis = "cTis" | "Tis",
        /// Submucosa.
        T1 = "cT1" | "T1",
        /// Muscularis propria.
        T2 = "cT2" | "T2",
        /// Beyond the muscularis propria.
        T3 = "cT3" | "T3",
        /// Peritoneum or other organs.
        T4 = "cT4" | "T4",
    }
}

coded! {
    /// What the biopsy shows.
    ///
    /// ```
    /// use chemorad_protocol::Histology;
    /// assert_eq!("adenocarcinoma".parse(), Ok(Histology::Adenocarcinoma));
    /// ```
    Histology, "histology of the biopsy", "" {
        /// Adenocarcinoma.
        Adenocarcinoma = "adenocarcinoma",
        /// Anything else.
        Other = "other",
    }
}

/// What is known of a person who might take part. What is absent is unknown.
///
/// `declarations` answers the criteria that only the investigator can judge: the id of the
/// criterion, and whether its wording applies.
///
/// ```
/// use chemorad_protocol::Candidate;
/// let candidate = Candidate {
///     age_years: Some("62".parse()?),
///     ..Candidate::default()
/// };
/// assert_eq!(candidate.ecog, None);
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Age in completed years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_years: Option<AgeInYears>,
    /// ECOG performance status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecog: Option<EcogStatus>,
    /// Histology of the biopsy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histology: Option<Histology>,
    /// Distance of the tumour's lower edge from the anal verge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_from_anal_verge: Option<DistanceFromAnalVerge>,
    /// cT
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clinical_tumour_stage: Option<ClinicalTumourStage>,
    /// cN
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clinical_nodal_stage: Option<NodalStage>,
    /// cM
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clinical_metastasis: Option<MetastasisStage>,
    /// What the investigator declares, by the id of the criterion.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "declarations"
    )]
    pub declarations: BTreeMap<String, bool>,
    /// The facts the protocol declares, by their names, as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// A map in which a key that comes twice is an error; the last one would win otherwise.
fn declarations<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, bool>, D::Error> {
    use serde::de::{Error, MapAccess, Visitor};

    struct Unique;

    impl<'de> Visitor<'de> for Unique {
        type Value = BTreeMap<String, bool>;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("criteria by their id, each true or false")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = BTreeMap::new();
            while let Some((id, applies)) = map.next_entry::<String, bool>()? {
                if found.contains_key(&id) {
                    return Err(A::Error::custom(format!("{id:?} is declared twice")));
                }
                found.insert(id, applies);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_map(Unique)
}
