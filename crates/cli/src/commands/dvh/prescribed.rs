//! The prescribed dose and the number of fractions, as they are given beside the files.

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::FractionCount;

#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct PrescribedArgs {
    /// The prescribed dose, for metrics and limits that are a share of it (V95%[%]); where a plan or a course has
    /// several doses it says which one is meant.
    #[arg(long, value_name = "50.4Gy")]
    prescription: Option<AbsorbedDose>,
    /// The number of fractions, for EQD2 and BED, where no plan says it.
    #[arg(long, value_name = "N")]
    pub(crate) fractions: Option<FractionCount>,
}

impl PrescribedArgs {
    /// The prescribed dose in gray.
    pub(crate) fn gray(&self) -> Option<Decimal> {
        let dose = self.prescription?;
        Decimal::new(dose.micrograys().into(), -6)
    }

    /// What was given, as flags.
    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static str> {
        let dose = self.prescription.map(|_| DOSE);
        dose.into_iter().chain(self.fractions.map(|_| FRACTIONS))
    }
}

/// The flag of the dose.
pub(crate) const DOSE: &str = "--prescription";

/// The flag of the fractions.
pub(crate) const FRACTIONS: &str = "--fractions";
