//! What program this is, and what a result was made from: version, build, platform, checksums.

use chemorad::report::Identifying;
use jiff::Timestamp;
use serde::Serialize;

use crate::VERSION;

/// A shipped file or record set, by name and SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checksum {
    /// Its name.
    pub id: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// What to call it: a name that holds the patient's is withheld.
    pub name: Identifying<String>,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// What program this is, and what a result was made from.
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
    /// The SHA-256 of the program's own file, where it was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<Executable>,
    /// Why the program's own file was not read, where it was to be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable_unread: Option<String>,
    /// Protocols: the shipped ones, or those that a result rests on.
    pub protocols: Vec<Checksum>,
    /// Rule sets: the shipped ones, or those that a result rests on.
    pub rule_sets: Vec<Checksum>,
    /// Tables of limits of dose and volume: the shipped ones, or those that a result rests on.
    pub limits: Vec<Checksum>,
    /// Published records of parameters, the shipped ones: alpha/beta, repair, repopulation, complications, alleles of DPYD.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Checksum>,
    /// The files that were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// When a file was written, in UTC; none where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}

/// The program's own file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Executable {
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Inputs that one line names; the rest is counted.
const NAMED: usize = 3;

impl Build {
    /// This program, with data in it.
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
            executable: None,
            executable_unread: None,
            protocols,
            rule_sets,
            limits: Vec::new(),
            parameters: Vec::new(),
            inputs: Vec::new(),
            time: None,
        }
    }

    /// What a result was made from, in one line: of each SHA-256 the first digits.
    ///
    /// ```
    /// use chemorad_render::version::{Build, Checksum};
    /// let protocol = Checksum { id: "NCT1".into(), sha256: "0123456789abcdef".into() };
    /// let build = Build::new(Some("0a1b2c3d4e5f"), vec![protocol], Vec::new());
    /// assert_eq!(build.line(8), "build 0a1b2c3d; SHA-256: protocol NCT1 01234567");
    /// ```
    #[must_use]
    pub fn line(&self, digits: usize) -> String {
        let first = |text: &str| text.chars().take(digits).collect::<String>();
        let id = self.id.as_deref().map(first);
        let mut parts = vec![format!("build {}", id.as_deref().unwrap_or("from source"))];
        let named = |kind: &'static str, all: &[Checksum]| {
            let all = all.iter();
            all.map(|one| format!("{kind} {} {}", one.id, first(&one.sha256)))
                .collect::<Vec<_>>()
        };
        let mut sums = named("protocol", &self.protocols);
        sums.extend(named("rule set", &self.rule_sets));
        sums.extend(named("limits", &self.limits));
        let inputs = self.inputs.iter().take(NAMED);
        sums.extend(inputs.map(|input| format!("input {}", first(&input.sha256))));
        if self.inputs.len() > NAMED {
            sums.push(format!("{} more inputs", self.inputs.len() - NAMED));
        }
        if !sums.is_empty() {
            parts.push(format!("SHA-256: {}", sums.join(", ")));
        }
        parts.extend(self.time.map(|time| format!("written {time}")));
        parts.join("; ")
    }

    /// Version, build and platform, by name.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        let id = self.id.clone();
        let id = id.unwrap_or_else(|| "not given: built from source, not a release".into());
        let system = [self.operating_system, self.architecture];
        let system: Vec<&str> = system.into_iter().filter(|part| !part.is_empty()).collect();
        let mut facts = vec![
            ("version", self.version.to_string()),
            ("build", id),
            ("platform", system.join(", ")),
        ];
        let executable = self.executable.as_ref();
        facts.extend(executable.map(|file| {
            let size = format!("{} bytes, SHA-256 {}", file.bytes, file.sha256);
            ("program", size)
        }));
        let unread = self.executable_unread.as_ref();
        facts.extend(unread.map(|why| ("program", format!("SHA-256 NOT TOLD: {why}"))));
        facts
    }
}
