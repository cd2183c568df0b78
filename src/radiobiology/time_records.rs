//! Published half-times of repair and losses to repopulation: records of an endpoint, never the
//! default of a tissue.

use super::parameter_range::ParameterRange;
use crate::quantity::{EqdLossPerDay, KickOffTime, RepairHalfTime};

/// A published half-time of repair with its endpoint, interval and source.
///
/// ```
/// use chemorad::radiobiology::RepairRecord;
/// let fibrosis = RepairRecord::find("subcutaneous-fibrosis").unwrap();
/// assert_eq!(fibrosis.half_time.hours(), 4.4);
/// assert!(fibrosis.second_hand);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct RepairRecord {
    /// A stable name to ask for it by.
    pub id: &'static str,
    /// Tissue and endpoint in words.
    pub name: &'static str,
    /// The published value.
    pub half_time: RepairHalfTime,
    /// Its 95 % confidence interval.
    pub interval: ParameterRange<RepairHalfTime>,
    /// Author, year, journal as far as the record gives them.
    pub source: &'static str,
    /// True when the figures were read in another work that quotes the source.
    pub second_hand: bool,
}

impl RepairRecord {
    /// The record with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        REPAIR_HALF_TIMES.iter().find(|record| record.id == id)
    }
}

/// A published loss of EQD2 per day with its kick-off time, endpoint, intervals and source.
///
/// ```
/// use chemorad::radiobiology::RepopulationRecord;
/// let larynx = RepopulationRecord::find("larynx").unwrap();
/// assert_eq!(larynx.eqd2_loss_per_day.gray_per_day(), 0.8);
/// assert_eq!(larynx.kick_off.days(), 21.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct RepopulationRecord {
    /// A stable name to ask for it by.
    pub id: &'static str,
    /// Tumour in words.
    pub name: &'static str,
    /// `D_prolif`, EQD2 lost per day.
    pub eqd2_loss_per_day: EqdLossPerDay,
    /// Its 95 % confidence interval.
    pub loss_interval: ParameterRange<EqdLossPerDay>,
    /// The day up to which time costs nothing.
    pub kick_off: KickOffTime,
    /// Its 95 % confidence interval.
    pub kick_off_interval: ParameterRange<KickOffTime>,
    /// Author, year, journal as far as the record gives them.
    pub source: &'static str,
    /// True when the figures were read in another work that quotes the source.
    pub second_hand: bool,
}

impl RepopulationRecord {
    /// The record with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        REPOPULATION_LOSSES.iter().find(|record| record.id == id)
    }
}

const fn bentzen(
    id: &'static str,
    half_time: &'static str,
    low: &'static str,
    high: &'static str,
    name: &'static str,
) -> RepairRecord {
    RepairRecord {
        id,
        name,
        half_time: RepairHalfTime::constant(half_time),
        interval: ParameterRange {
            low: RepairHalfTime::constant(low),
            high: RepairHalfTime::constant(high),
        },
        source: "Bentzen, Saunders & Dische 1999, as quoted in HFC-HypoFracCalc",
        second_hand: true,
    }
}

/// The published half-times of repair, each for its own endpoint. None is a default.
pub const REPAIR_HALF_TIMES: &[RepairRecord] = &[
    bentzen(
        "laryngeal-oedema",
        "4.9 h",
        "3.2 h",
        "6.4 h",
        "laryngeal oedema",
    ),
    bentzen(
        "skin-telangiectasia",
        "3.8 h",
        "2.5 h",
        "4.6 h",
        "skin telangiectasia",
    ),
    bentzen(
        "subcutaneous-fibrosis",
        "4.4 h",
        "3.8 h",
        "4.9 h",
        "subcutaneous fibrosis",
    ),
];

/// The published losses to repopulation, each for its own tumour. None is a default.
pub const REPOPULATION_LOSSES: &[RepopulationRecord] = &[RepopulationRecord {
    id: "larynx",
    name: "larynx, tumour control",
    eqd2_loss_per_day: EqdLossPerDay::constant("0.8 Gy/d"),
    loss_interval: ParameterRange {
        low: EqdLossPerDay::constant("0.5 Gy/d"),
        high: EqdLossPerDay::constant("1.1 Gy/d"),
    },
    kick_off: KickOffTime::constant("21 d"),
    kick_off_interval: ParameterRange {
        low: KickOffTime::constant("0 d"),
        high: KickOffTime::constant("27 d"),
    },
    source: "Roberts 1994, Br J Radiol 67:790-4, as quoted in HFC-HypoFracCalc",
    second_hand: true,
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_inside_their_intervals() {
        for record in REPAIR_HALF_TIMES {
            let range = record.interval;
            assert!(range.low() <= record.half_time && record.half_time <= range.high());
        }
        for record in REPOPULATION_LOSSES {
            let (loss, kick_off) = (record.loss_interval, record.kick_off_interval);
            assert!(loss.low() <= record.eqd2_loss_per_day);
            assert!(record.eqd2_loss_per_day <= loss.high());
            assert!(kick_off.low() <= record.kick_off && record.kick_off <= kick_off.high());
        }
    }
}
