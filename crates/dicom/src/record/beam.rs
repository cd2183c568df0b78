//! Whether a beam of a fraction was given whole, by its sessions.

use chemorad::number::{Decimal, is_above_boundary, is_below_boundary};

use super::finding::RecordFinding;
use super::session::Session;
use super::treatment_record::RecordedBeam;

/// How the sessions of a beam say that it ended, whatever its meterset.
#[derive(PartialEq)]
pub(super) enum Ending<'r> {
    /// As it should, or broken off and continued.
    Stated,
    /// In no session with a normal end: the status, where there is one.
    Otherwise(Option<&'r str>),
}

impl<'r> Ending<'r> {
    pub(super) fn of(sessions: &[Session<'r>]) -> Self {
        let mut status = sessions.iter().map(|(_, beam)| beam.termination.as_deref());
        match *sessions {
            [(_, beam)] if !beam.is_completed() => Self::Otherwise(beam.termination.as_deref()),
            _ if status.all(|status| status.is_none()) => Self::Otherwise(None),
            _ => Self::Stated,
        }
    }
}

/// One percent of the meterset: what a machine may be off by.
pub(super) const METERSET_PERCENT: u32 = 1;

/// What its sessions say against a beam; nothing where it was given whole in one.
pub(super) fn beam_finding(
    fraction: u32,
    beam: i32,
    sessions: &[Session<'_>],
    dose: Option<Decimal>,
) -> Option<RecordFinding> {
    let sum = |of: fn(&RecordedBeam) -> Option<Decimal>| {
        let mut values = sessions.iter().map(|(_, beam)| of(beam));
        values.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value?))
    };
    let delivered = sum(|beam| Some(beam.delivered_meterset.as_ref()?.value()));
    // a session that continues a beam specifies what was left
    let specified = sessions
        .first()
        .and_then(|(_, beam)| Some(beam.specified_meterset.as_ref()?.value()));
    let off = specified
        .zip(delivered)
        .filter(|(specified, delivered)| specified.is_positive() || !delivered.is_zero())
        .map(|(specified, delivered)| {
            // nothing was to be given and something was: infinitely far off
            let difference =
                (delivered.to_f64() - specified.to_f64()) / specified.to_f64().max(0.0);
            (specified, delivered, difference)
        });
    let completed = sessions.iter().filter(|(_, beam)| beam.is_completed());
    let completed = completed.count();
    let meterset = |specified, delivered| RecordFinding::Meterset {
        fraction,
        beam,
        specified,
        delivered,
    };
    let last = sessions.last()?.1;
    let tolerance = f64::from(METERSET_PERCENT) / 100.0;
    match off {
        // several whole deliveries, or one that is far too long
        Some((_, delivered, difference)) if is_above_boundary(difference, tolerance) => {
            Some(if completed > 1 {
                let dates = sessions.iter().filter_map(|(record, _)| record.date);
                RecordFinding::Repeated {
                    fraction,
                    beam,
                    dates: dates.collect(),
                }
            } else {
                meterset(specified?, delivered)
            })
        }
        Some((specified, delivered, difference)) if is_below_boundary(difference, -tolerance) => {
            Some(if last.is_completed() {
                meterset(specified, delivered)
            } else {
                RecordFinding::BrokenOff {
                    fraction,
                    beam,
                    status: last.termination.clone(),
                    specified: Some(specified),
                    delivered: Some(delivered),
                    dose,
                }
            })
        }
        None if completed > 1 => {
            let dates = sessions.iter().filter_map(|(record, _)| record.date);
            Some(RecordFinding::Repeated {
                fraction,
                beam,
                dates: dates.collect(),
            })
        }
        None if !last.is_completed() => Some(RecordFinding::BrokenOff {
            fraction,
            beam,
            status: last.termination.clone(),
            specified,
            delivered,
            dose,
        }),
        _ if sessions.len() > completed && Ending::of(sessions) == Ending::Stated => {
            Some(RecordFinding::Resumed { fraction, beam })
        }
        _ => None,
    }
}
