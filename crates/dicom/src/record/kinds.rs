//! How far a recorded dose is off, and why records do not say what a volume got.

/// How far a recorded dose is from the planned one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseDifference {
    /// As far as one point may be from another.
    Small,
    /// So far that another dose may have been given.
    Large,
    /// So far that it is not one of this prescription.
    Beyond,
}

/// Why the records of a course do not say what a volume got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSettled {
    /// Fractions that were not given whole.
    NotWhole {
        /// Their numbers.
        fractions: Vec<u32>,
    },
    /// No fraction group has the number of fractions that is stated.
    NoGroup {
        /// The fractions that the case states.
        stated: u32,
        /// Those of each fraction group.
        groups: Vec<u32>,
    },
    /// Several fraction groups have it, and were not given alike.
    SeveralGroups,
}
