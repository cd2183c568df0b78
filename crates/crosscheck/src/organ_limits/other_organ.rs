//! A structure that is given as an organ, and whose own name is that of another one.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};

use super::codes::OTHER_ORGAN;
use super::organ::is_same_organ;
use super::published::PublishedLimits;
use super::table::OrganLimits;
use crate::mapping::TargetName;

/// A structure with the name of one organ that is given as another.
///
/// ```
/// use chemorad_crosscheck::{OtherOrgan, PublishedLimits};
/// let published = PublishedLimits::read();
/// let given = ["Bladder=rectum".parse()?, "Rectum_1=rectum".parse()?];
/// let found = OtherOrgan::of(&given, &[], &published);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].organ, "rectum");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherOrgan {
    /// The structure.
    pub name: Identifying<String>,
    /// The organ that it is given as.
    pub organ: String,
}

impl OtherOrgan {
    /// Those among what is given by hand. The names of organs are those of these tables and of what is published.
    #[must_use]
    pub fn of(
        names: &[TargetName],
        tables: &[OrganLimits],
        published: &PublishedLimits,
    ) -> Vec<Self> {
        let is_of_table = |name: &str| {
            let mut limits = tables.iter().flat_map(|table| &table.limits);
            limits.any(|limit| is_same_organ(&limit.structure, name))
        };
        let is_other = |given: &&TargetName| {
            let is_organ = !given.volume.trim().is_empty() && given.volume.trim() != "-";
            is_organ
                && !is_same_organ(&given.name, &given.volume)
                && (published.names(&given.name) || is_of_table(&given.name))
        };
        let others = names.iter().filter(is_other);
        others
            .map(|given| Self {
                name: given.name.clone().into(),
                organ: given.volume.clone(),
            })
            .collect()
    }
}

impl Observation for OtherOrgan {
    fn code(&self) -> &Code {
        &OTHER_ORGAN
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::path(self.organ.clone())
    }

    fn values(&self) -> Values {
        Values::expected(self.organ.clone()).and_found(self.name.quoted())
    }
}

impl fmt::Display for OtherOrgan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is given as {}, and its name is that of another organ: is it the one that is meant?",
            self.name.quoted(),
            self.organ
        )
    }
}
