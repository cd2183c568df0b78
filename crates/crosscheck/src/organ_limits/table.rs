//! A table of limits from one source, and its file.

use core::fmt;
use core::str::FromStr;

use chemorad_reader::{Document, Faults, Format};

use super::csv_table;
use super::limit::OrganLimit;

/// A table of limits from one source. Tables differ by factors, so each keeps its own name and none is a default.
///
/// ```
/// use chemorad_crosscheck::OrganLimits;
/// let table = OrganLimits::from_csv("mine.csv", "structure,metric,limit\nbladder,V40Gy,< 50 %\n")?;
/// assert_eq!(table.limits[0].to_string(), "bladder: V40Gy[%] < 50 %");
/// # Ok::<(), chemorad_crosscheck::OrganLimitsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganLimits {
    /// Its name.
    pub id: String,
    /// The document that it stands in.
    pub source: String,
    /// What its source says of all of it.
    pub note: Option<String>,
    /// The limits.
    pub limits: Vec<OrganLimit>,
}

/// Why a file is no table of limits.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OrganLimitsError {
    /// Everything that is wrong with a TOML or JSON file.
    #[error("{0}")]
    File(Faults),
    /// Everything that is wrong with a CSV file, by line.
    #[error("{name}: {}", faults.join("\n"))]
    Csv {
        /// The file.
        name: String,
        /// What is wrong, each with its line.
        faults: Vec<String>,
    },
    /// A table without limits.
    #[error("{0}: there is no limit in it")]
    Empty(String),
    /// Two limits that ask the same.
    #[error(
        "{name}: two limits ask for {metric} of {structure:?} on the same side: keep one of them"
    )]
    Twice {
        /// The file.
        name: String,
        /// The organ.
        structure: String,
        /// What is asked.
        metric: String,
    },
}

/// `chemorad.limits/1`, the only schema of tables of limits there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Schema;

const SCHEMA: &str = "chemorad.limits/1";

impl FromStr for Schema {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == SCHEMA {
            Ok(Self)
        } else {
            Err("this version reads tables of limits of the schema \"chemorad.limits/1\"")
        }
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(SCHEMA)
    }
}

chemorad::text::by_text!(Schema);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "reading it checks it")]
    schema: Schema,
    id: String,
    source: String,
    note: Option<String>,
    limits: Vec<OrganLimit>,
}

impl OrganLimits {
    /// A table in TOML or JSON.
    ///
    /// # Errors
    /// Everything that is wrong with the file, with line and column; a table without limits, or with one twice.
    pub fn from_text(name: &str, text: &str, format: Format) -> Result<Self, OrganLimitsError> {
        let document = Document::parse(name, text, format).map_err(OrganLimitsError::File)?;
        let file: File = document.read().map_err(OrganLimitsError::File)?;
        Self {
            id: file.id,
            source: file.source,
            note: file.note,
            limits: file.limits,
        }
        .checked(name)
    }

    /// A table in CSV: the columns `structure`, `metric`, `limit`, and where wanted `variation`, `prescribed`,
    /// `alpha_beta`, `priority`, `note`, `source`. It is called as the file is.
    ///
    /// # Errors
    /// Everything that is wrong with the file, by line; a table without limits, or with one twice.
    pub fn from_csv(name: &str, text: &str) -> Result<Self, OrganLimitsError> {
        let limits = csv_table::limits(text).map_err(|faults| OrganLimitsError::Csv {
            name: name.into(),
            faults,
        })?;
        Self {
            id: name.into(),
            source: name.into(),
            note: None,
            limits,
        }
        .checked(name)
    }

    fn checked(self, name: &str) -> Result<Self, OrganLimitsError> {
        if self.limits.is_empty() {
            return Err(OrganLimitsError::Empty(name.into()));
        }
        let mut rest = self.limits.as_slice();
        while let Some((first, others)) = rest.split_first() {
            if others.iter().any(|other| first.is_same_question(other)) {
                return Err(OrganLimitsError::Twice {
                    name: name.into(),
                    structure: first.structure.clone(),
                    metric: first.metric.to_string(),
                });
            }
            rest = others;
        }
        Ok(self)
    }
}
