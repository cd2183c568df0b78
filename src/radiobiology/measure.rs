//! What two schedules are compared in: BED or EQDx.

use crate::quantity::AbsorbedDose;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// BED.
    Bed,
    /// EQDx.
    Eqd(AbsorbedDose),
}
