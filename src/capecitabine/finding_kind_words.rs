//! The words of the kinds of values that findings about a capecitabine order hold.

use alloc::string::{String, ToString};
use core::fmt;

use crate::quantity::OrderedDose;

use super::finding_kinds::{DoseStep, RuleContext, RuleSetRow, ShareLimit, UnusualShare};

/// An amount, where no tablet at all is one.
pub(super) fn or_nothing(amount: Option<OrderedDose>) -> String {
    amount.map_or_else(|| "no tablet".into(), |amount| amount.to_string())
}

impl fmt::Display for RuleContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::NotInList { rule_set } => write!(f, "; {rule_set} does not say so"),
            Self::Band {
                band,
                uncovered,
                distances,
            } => {
                write!(f, " (band: {band})")?;
                if let Some((covers, intensity)) = uncovered {
                    if covers.covers(*intensity).is_some() {
                        write!(f, ", said of {covers}; it does not cover {intensity}")?;
                    } else {
                        write!(f, ", and whether it covers {intensity} is not stated")?;
                    }
                }
                for (i, distance) in distances.iter().enumerate() {
                    write!(f, "{}{distance}", if i == 0 { "; " } else { ", " })?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for ShareLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(share) => write!(f, "at most {share}"),
            Self::AtLeast(share) => write!(f, "at least {share}"),
            Self::Below(share) => write!(f, "less than {share} without a phenotype result"),
            Self::NoDoseYet => f.write_str("no dose without a phenotype result"),
        }
    }
}

/// `1500 mg to 1650 mg`.
impl fmt::Display for DoseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administration { below, above, .. } => {
                write!(f, "{} to {}", or_nothing(*below), or_nothing(*above))
            }
            Self::Day { below, above, .. } => write!(f, "{below} mg a day to {above} mg a day"),
        }
    }
}

/// The place of the row.
impl fmt::Display for RuleSetRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dpyd(row) => write!(f, "DPYD activity score {}", row.score),
            Self::Renal(band) => write!(f, "creatinine clearance, {band}"),
            Self::Toxicity(step) => f.write_str(&step.place()),
            Self::Interaction(entry) => f.pad(&entry.drug),
        }
    }
}

impl fmt::Display for UnusualShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThan(most) => write!(f, "leaves more than {most}"),
            Self::NotBelow(limit) => write!(f, "leaves {limit} or more"),
            Self::DoseInSevereImpairment => f.write_str("leaves a dose below 30 mL/min"),
            Self::MoreThanHalfAfterRecovery => f.write_str("leaves more than 50 % after recovery"),
            Self::WithoutInterruption => f.write_str("goes on without an interruption first"),
            Self::NeverGiven => f.write_str("allows it with capecitabine"),
            Self::LessThanHalf => {
                f.write_str("leaves less than 50 % and gives the drug at all: is a digit missing?")
            }
        }
    }
}
