//! What program this is: version, build, platform, and the checksums of the data in it.

use serde::Serialize;

use crate::VERSION;
use crate::document::Document;

/// A shipped file or record set, by name and SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checksum {
    /// Its name.
    pub id: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// What program this is.
///
/// ```
/// use chemorad_render::version::Build;
/// let build = Build::new(Some("0a1b2c3"), Vec::new(), Vec::new());
/// assert_eq!(build.id.as_deref(), Some("0a1b2c3"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Build {
    /// The version.
    pub version: &'static str,
    /// The commit or package that it was built from, where the build was given one.
    pub id: Option<String>,
    /// The operating system that it was built for.
    pub operating_system: &'static str,
    /// The processor that it was built for.
    pub architecture: &'static str,
    /// The shipped protocols.
    pub protocols: Vec<Checksum>,
    /// The shipped rule sets.
    pub rule_sets: Vec<Checksum>,
}

impl Build {
    /// This program, with the data in it.
    #[must_use]
    pub fn new(id: Option<&str>, protocols: Vec<Checksum>, rule_sets: Vec<Checksum>) -> Self {
        Self {
            version: VERSION,
            id: id
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(String::from),
            operating_system: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
            protocols,
            rule_sets,
        }
    }

    /// Version, build and platform, by name.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        let id = self.id.clone();
        let id = id.unwrap_or_else(|| "not given: built from source, not a release".into());
        let system = [self.operating_system, self.architecture];
        let system: Vec<&str> = system.into_iter().filter(|part| !part.is_empty()).collect();
        vec![
            ("version", self.version.to_string()),
            ("build", id),
            ("platform", system.join(", ")),
        ]
    }

    /// The tables of checksums.
    pub(crate) fn checksums(&self, page: &mut Document) {
        for (title, all) in [
            ("Protocols", &self.protocols),
            ("Rule sets", &self.rule_sets),
        ] {
            page.section(title);
            let rows: Vec<Vec<String>> = all
                .iter()
                .map(|one| vec![one.id.clone(), one.sha256.clone()])
                .collect();
            page.records(&["id", "SHA-256"], &rows);
        }
    }
}

/// The version, or all that tells this program from another.
#[must_use]
pub fn page(build: &Build, verbose: bool) -> Document {
    let mut page = Document::new(format!("chemorad {}", build.version));
    page.pairs(&build.facts());
    if verbose {
        build.checksums(&mut page);
    } else {
        page.paragraph("checksums of protocols and rule sets: --verbose");
    }
    page
}
