//! One patient before a protocol: the arms the patient belongs to, the criteria the person meets.

pub(crate) mod assignment;
pub(crate) mod eligibility;
pub(crate) mod finding;
