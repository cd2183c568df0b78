//! Assignments by hand: a fraction group to a phase, a name to a volume.

use core::fmt;
use core::str::FromStr;

use chemorad::report::Identifying;

/// A fraction group, as it is named by hand: `PLAN`, or `PLAN#NUMBER` where the plan has several.
///
/// See [`PhaseMapping`] for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSelector {
    /// The plan: the source's name or the plan's label.
    pub plan: Identifying<String>,
    /// The number of its fraction group, or of the line.
    pub group: Option<i32>,
}

impl fmt::Display for GroupSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group {
            Some(number) => write!(f, "{}#{number}", self.plan),
            None => self.plan.fmt(f),
        }
    }
}

/// A fraction group that someone assigns to a phase: `PLAN=PHASE`, or `PLAN#NUMBER=PHASE` where the
/// plan has several groups. `PLAN` is the source's name or the plan's label.
///
/// ```
/// use chemorad_crosscheck::PhaseMapping;
/// let mapping: PhaseMapping = "course.dcm#2=boost".parse()?;
/// assert_eq!(mapping.group.to_string(), "course.dcm#2");
/// assert_eq!(mapping.phase, "boost");
/// # Ok::<(), chemorad_crosscheck::MappingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseMapping {
    /// The group.
    pub group: GroupSelector,
    /// The phase.
    pub phase: String,
}

fn listed(choices: &[GroupSelector]) -> String {
    let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
    choices.join(", ")
}

/// A name in a plan that someone assigns to a volume of the protocol: `NAME=VOLUME`.
///
/// ```
/// use chemorad_crosscheck::TargetName;
/// let name: TargetName = "PTV 50.4=tumour bed".parse()?;
/// assert_eq!((name.name.as_str(), name.volume.as_str()), ("PTV 50.4", "tumour bed"));
/// # Ok::<(), chemorad_crosscheck::MappingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetName {
    /// The name in the plan.
    pub name: String,
    /// The volume of the protocol.
    pub volume: String,
}

/// An assignment that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// Not `A=B`.
    #[error("{given:?} is not an assignment; write {form}")]
    Malformed {
        /// What was given.
        given: String,
        /// How to write it.
        form: &'static str,
    },
    /// No phase has this name.
    #[error("{given}: no phase of the course is called so; there are: {choices}")]
    Phase {
        /// The assignment.
        given: PhaseMapping,
        /// The phases.
        choices: String,
    },
    /// No volume has this name.
    #[error("{given:?}: nothing is prescribed to a volume of this name; there are: {choices}")]
    Volume {
        /// The volume.
        given: String,
        /// The volumes.
        choices: String,
    },
    /// One name for two volumes.
    #[error(
        "the name {name:?} is given for {first:?} and for {second:?}: it is called one volume, so give one of them"
    )]
    TwoVolumes {
        /// The name in the plan.
        name: String,
        /// The volume it is given for first.
        first: String,
        /// The other volume.
        second: String,
    },
    /// No group, or several.
    #[error(
        "{given}: {matches} fraction groups are meant by that; there are: {}",
        listed(choices)
    )]
    Group {
        /// The assignment.
        given: PhaseMapping,
        /// How many fit.
        matches: usize,
        /// The groups, as they can be written.
        choices: Vec<GroupSelector>,
    },
    /// A group was assigned twice.
    #[error("{given}: this fraction group was assigned before")]
    Twice {
        /// The second assignment.
        given: PhaseMapping,
    },
}

fn pair(text: &str, form: &'static str) -> Result<(String, String), MappingError> {
    match text.rsplit_once('=') {
        Some((left, right)) if !left.trim().is_empty() && !right.trim().is_empty() => {
            Ok((left.trim().to_string(), right.trim().to_string()))
        }
        _ => Err(MappingError::Malformed {
            given: text.chars().take(60).collect(),
            form,
        }),
    }
}

impl FromStr for PhaseMapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let (plan, phase) = pair(text, "PLAN=PHASE or PLAN#NUMBER=PHASE")?;
        let numbered = plan
            .rsplit_once('#')
            .and_then(|(plan, number)| Some((plan.to_string(), number.parse().ok()?)));
        let (plan, group) = match numbered {
            Some((plan, number)) => (plan, Some(number)),
            None => (plan, None),
        };
        Ok(Self {
            group: GroupSelector {
                plan: plan.into(),
                group,
            },
            phase,
        })
    }
}

impl fmt::Display for PhaseMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.group, self.phase)
    }
}

impl FromStr for TargetName {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let (name, volume) = pair(text, "NAME=VOLUME")?;
        Ok(Self { name, volume })
    }
}
