//! The ends of the intervals of a model: the combinations between which every result lies.

use alloc::vec::Vec;

use super::corner::Corner;
use super::interval_error::UncertaintyError;
use super::linear_tail::LinearTail;
use super::repopulation::Repopulation;
use super::uncertainty::UncertainModel;
use crate::quantity::{AbsorbedDose, AlphaBeta, RepairHalfTime};

/// Pieces into which an interval is divided where the result is not monotone in it alone.
const PIECES: u64 = 64;

impl UncertainModel {
    /// The ends of α/β; `None` is zero.
    pub(super) fn ends(&self) -> [Option<AlphaBeta>; 2] {
        [self.alpha_beta.low(), Some(self.alpha_beta.high())]
    }

    /// The parameters with the least or the most effect.
    pub(super) fn corner(&self, most: bool) -> Result<Corner, UncertaintyError> {
        let repopulation = self.repopulation.map(|(rate, kick_off)| {
            Repopulation::new(
                rate.end(!most),
                if most { kick_off.high } else { kick_off.low },
            )
        });
        let tail = match self.tail {
            Some((above, slope)) => Some(LinearTail::new(
                if most { above.high } else { above.low },
                slope.end(most)?,
            )),
            None => None,
        };
        Ok(Corner {
            repopulation,
            repair: self
                .repair
                .map(|range| if most { range.high } else { range.low }),
            tail,
        })
    }

    /// Every combination of the ends of the loss, the kick-off time and the slope.
    pub(super) fn linear_corners(&self) -> Result<Vec<Corner>, UncertaintyError> {
        let mut corners = Vec::new();
        let lowest = self.corner(false)?;
        for loss in [false, true] {
            for late in [false, true] {
                for steep in [false, true] {
                    let repopulation = self.repopulation.map(|(rate, kick_off)| {
                        Repopulation::new(
                            rate.end(loss),
                            if late { kick_off.high } else { kick_off.low },
                        )
                    });
                    let tail = match (self.tail, lowest.tail) {
                        (Some((_, slope)), Some(tail)) => {
                            Some(LinearTail::new(tail.above(), slope.end(steep)?))
                        }
                        _ => None,
                    };
                    let corner = Corner {
                        repopulation,
                        tail,
                        ..lowest
                    };
                    if !corners.contains(&corner) {
                        corners.push(corner);
                    }
                }
            }
        }
        Ok(corners)
    }

    /// The ends of every piece of the half-time and the transition dose (never both).
    pub(super) fn pieces(&self, corner: Corner) -> Result<Vec<(Corner, Corner)>, UncertaintyError> {
        if let Some(range) = self.repair.filter(|range| range.low != range.high) {
            let ends = divided(range.low.microhours(), range.high.microhours());
            return ends
                .into_iter()
                .map(|(from, to)| {
                    let with = |base| {
                        let half_time = RepairHalfTime::from_base(base).ok();
                        Corner {
                            repair: half_time,
                            ..corner
                        }
                    };
                    Ok((with(from), with(to)))
                })
                .collect();
        }
        match (self.tail, corner.tail) {
            (Some((above, _)), Some(tail)) if above.low != above.high => {
                let ends = divided(above.low.micrograys(), above.high.micrograys());
                let with = |base| {
                    let above = AbsorbedDose::from_micrograys(base).ok();
                    Corner {
                        tail: above.map(|above| LinearTail::new(above, tail.slope())),
                        ..corner
                    }
                };
                Ok(ends
                    .into_iter()
                    .map(|(from, to)| (with(from), with(to)))
                    .collect())
            }
            _ => Ok(alloc::vec![(corner, corner)]),
        }
    }
}

/// Whole base units from `low` to `high` in pieces that share their ends.
fn divided(low: u64, high: u64) -> Vec<(u64, u64)> {
    let end = |piece: u64| low + (high - low) * piece / PIECES;
    (0..PIECES)
        .map(|piece| (end(piece), end(piece + 1)))
        .filter(|(from, to)| from < to)
        .collect()
}
