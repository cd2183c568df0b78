//! The words of what the models of this room have to say.

use core::fmt;

use super::finding::{RadiobiologyFinding, short, written};
use crate::report::decimal;

impl fmt::Display for RadiobiologyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FractionAbove18Gy { .. } => {
                "above 18 Gy per fraction the linear-quadratic model is not supported (Brenner 2008, PMC2750078)"
            }
            Self::FractionAbove10Gy { .. } => {
                "above 10 Gy per fraction the linear-quadratic model is reasonable but not well validated (Brenner 2008, PMC2750078)"
            }
            Self::FractionBelow1Gy { .. } => {
                "below 1 Gy per fraction the linear-quadratic model asks for caution (HFC-HypoFracCalc)"
            }
            Self::SameNumberOfFractions { fractionations } => {
                let total: u32 = fractionations.iter().map(|one| one.fractions().get()).sum();
                let (first, rest) = match fractionations.split_first() {
                    Some((first, rest)) => (short(*first), rest),
                    None => return Ok(()),
                };
                return write!(
                    f,
                    "read as one after the other, {total} fractions in all, written {}; if they are the doses of two volumes of one plan, given at once, ask for each alone: {first}, then {}; if they are two plans, write {first} and compare it with {}",
                    written(fractionations, "+"),
                    written(rest, ", then "),
                    written(rest, " and ")
                );
            }
            Self::UnusualTotal { .. } => {
                "more than 100 Gy in one course is more often a slip than a course: check the dose and its unit"
            }
            Self::UnusualAlphaBeta { alpha_beta, .. } => {
                return write!(
                    f,
                    "an alpha/beta of {alpha_beta} is outside what is known of tissues, 0.5 to 30 Gy: check the number and its unit"
                );
            }
            Self::IntervalBelowMinimum { .. } => {
                "less than 6 h between fractions of a day (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)"
            }
            Self::IntervalBelowRecommended { .. } => {
                "less than 8 h between fractions of a day: at least 6 h by the Royal College of Radiologists 2019, about 8 h or more by Basic Clinical Radiobiology 2025 (both as quoted in HFC-HypoFracCalc)"
            }
            Self::BedFloor { .. } => {
                "the losses are larger than the effect: the BED is set to zero"
            }
            Self::CompleteRepairAssumed => {
                "several fractions a day without a repair half-time: repair between them is taken as complete"
            }
            Self::PhasesOnNewDays => {
                "a phase ends within a day, and the next is taken to begin on a new one; with the first day of treatment the calendar fills that day"
            }
            Self::LossAtEveryAlphaBeta => {
                "one loss of dose per day is taken off at every alpha/beta: a late-reacting tissue gets more than is shown, so ask for it without the loss"
            }
            Self::TimeTooShort { .. } => {
                "the fractions do not fit into the overall time as stated: check both"
            }
            Self::LongRepopulation { .. } => {
                "a constant loss per day over more than three weeks is a long extrapolation (HFC-HypoFracCalc)"
            }
            Self::RecoveryLeftOut { share, reason, .. } => {
                return write!(
                    f,
                    "{} % of its EQD2 is left out as recovered: {reason}",
                    decimal(share * 100.0)
                );
            }
            Self::TargetWithoutTime => {
                "the effect of the schedule to equal is calculated without loss to time; where its time counts, give its time-corrected BED as the target"
            }
            Self::NotRounded(error) => {
                return write!(f, "no whole number of fractions is near it: {error}");
            }
        })
    }
}
