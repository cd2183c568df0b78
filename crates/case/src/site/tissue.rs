//! The α/β of a tissue as a site decided it, with its source.

use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{TISSUE_PARAMETERS, TissueParameter};

/// The α/β of a tissue: a value with its source, or a published record.
///
/// ```
/// use chemorad_case::SiteTissue;
/// let stated: SiteTissue = toml::from_str("value = \"3 Gy\"\nsource = \"committee minutes\"")?;
/// assert_eq!(stated.source, "committee minutes");
/// assert!(toml::from_str::<SiteTissue>("value = \"3 Gy\"").is_err()); // without a source
/// let record: SiteTissue =
///     toml::from_str("endpoint = \"rectal-adenocarcinoma-locoregional-control\"")?;
/// assert_eq!(record.alpha_beta.to_string(), "5.06 Gy");
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(try_from = "Shape")]
pub struct SiteTissue {
    /// The value.
    pub alpha_beta: AlphaBeta,
    /// Where it is from.
    pub source: String,
    /// The published record, where it is one.
    pub record: Option<&'static TissueParameter>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    value: Option<AlphaBeta>,
    source: Option<String>,
    endpoint: Option<String>,
}

impl TryFrom<Shape> for SiteTissue {
    type Error = String;

    fn try_from(shape: Shape) -> Result<Self, String> {
        let source = shape.source.filter(|source| !source.trim().is_empty());
        match (shape.value, source, shape.endpoint) {
            (Some(alpha_beta), Some(source), None) => Ok(Self {
                alpha_beta,
                source,
                record: None,
            }),
            (None, source, Some(id)) => {
                let record = TissueParameter::find(&id).ok_or_else(|| {
                    let known: Vec<&str> = TISSUE_PARAMETERS.iter().map(|one| one.id).collect();
                    let given: String = id.chars().take(60).collect();
                    format!(
                        "no published alpha/beta is called {given:?}; known are: {}",
                        known.join(", ")
                    )
                })?;
                Ok(Self {
                    alpha_beta: record.alpha_beta,
                    source: source.unwrap_or_else(|| record.source.to_string()),
                    record: Some(record),
                })
            }
            (Some(_), None, None) => Err(
                "source is missing: say where the value is from, such as source = \"committee minutes\""
                    .to_string(),
            ),
            _ => Err(
                "write value = \"10 Gy\" with its source, or endpoint = \"the id of a published record\""
                    .to_string(),
            ),
        }
    }
}
