//! What a finding is about.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use super::identity::Identifying;

/// What a finding is about, as a name: no room's own type.
///
/// ```
/// use chemorad::report::Subject;
/// assert_eq!(Subject::phase("boost").to_string(), "phase boost");
/// assert_eq!(Subject::input("weight").to_string(), "weight");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A phase of the course, by its name.
    Phase(String),
    /// A volume over the whole course, by its name.
    Volume(String),
    /// Something given, by the name it is asked for: a weight, a rounding, a date.
    Input(&'static str),
    /// A way to compensate a gap, by its name.
    Compensation(&'static str),
    /// Something given with its value, such as `DPYD activity score 1`.
    Given(String),
    /// A drug, by its name.
    Drug(String),
    /// A tissue, by its name.
    Tissue(String),
    /// A value of a file by its path, such as `drugs.capecitabine.intensity`.
    Path(String),
    /// Fractions by what they are called: a phase of a series, a course, a solution.
    Schedule(String),
    /// A term of a model by its name: BED, repair, repopulation.
    Term(&'static str),
    /// A source by its name, which may name a person: a plan, a dose file, an export.
    Source(Identifying<String>),
    /// A target of a plan, by the name it has there.
    Target(Identifying<String>),
    /// A part of something: a fraction group of a plan, a volume of a phase.
    Part(Box<(Subject, Subject)>),
}

impl Subject {
    /// A phase.
    pub fn phase(name: impl Into<String>) -> Self {
        Self::Phase(name.into())
    }

    /// A volume over the whole course.
    pub fn volume(name: impl Into<String>) -> Self {
        Self::Volume(name.into())
    }

    /// Something given.
    #[must_use]
    pub const fn input(name: &'static str) -> Self {
        Self::Input(name)
    }

    /// A way to compensate a gap.
    ///
    /// ```
    /// use chemorad::report::Subject;
    /// let way = Subject::compensation("other dose per fraction");
    /// assert_eq!(way.to_string(), "other dose per fraction");
    /// ```
    #[must_use]
    pub const fn compensation(name: &'static str) -> Self {
        Self::Compensation(name)
    }

    /// Something given with its value.
    ///
    /// ```
    /// use chemorad::report::Subject;
    /// assert_eq!(Subject::given("DPYD not tested").to_string(), "DPYD not tested");
    /// ```
    pub fn given(what: impl Into<String>) -> Self {
        Self::Given(what.into())
    }

    /// A drug.
    pub fn drug(name: impl Into<String>) -> Self {
        Self::Drug(name.into())
    }

    /// A tissue.
    pub fn tissue(name: impl Into<String>) -> Self {
        Self::Tissue(name.into())
    }

    /// A value of a file.
    pub fn path(path: impl Into<String>) -> Self {
        Self::Path(path.into())
    }

    /// Fractions by what they are called.
    pub fn schedule(name: impl Into<String>) -> Self {
        Self::Schedule(name.into())
    }

    /// A term of a model.
    #[must_use]
    pub const fn term(name: &'static str) -> Self {
        Self::Term(name)
    }

    /// A source.
    pub fn source(name: impl Into<Identifying<String>>) -> Self {
        Self::Source(name.into())
    }

    /// A target of a plan.
    pub fn target(name: impl Into<Identifying<String>>) -> Self {
        Self::Target(name.into())
    }

    /// A part of it.
    ///
    /// ```
    /// use chemorad::report::Subject;
    /// let target = Subject::source("plan.dcm").part(Subject::target("PTV"));
    /// assert_eq!(target.to_string(), "plan.dcm, target PTV");
    /// ```
    #[must_use]
    pub fn part(self, part: Self) -> Self {
        Self::Part(Box::new((self, part)))
    }
}

/// As a finding names its place.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phase(name) => write!(f, "phase {name}"),
            Self::Volume(name) => write!(f, "volume {name}, whole course"),
            Self::Input(name) | Self::Compensation(name) | Self::Term(name) => f.pad(name),
            Self::Given(name)
            | Self::Drug(name)
            | Self::Tissue(name)
            | Self::Path(name)
            | Self::Schedule(name) => f.pad(name),
            Self::Source(name) => name.fmt(f),
            Self::Target(name) => write!(f, "target {name}"),
            Self::Part(parts) => write!(f, "{}, {}", parts.0, parts.1),
        }
    }
}

/// As text.
impl serde::Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
