//! The time between the fractions of a day, held against what is stated.

use chemorad::quantity::FractionInterval;
use chemorad::radiotherapy::MINIMUM_INTERVAL;

use super::finding::RecordFinding;
use super::given::GivenTreatment;

/// So much sooner than stated is a contradiction: a session is recorded when it begins or ends.
const LEEWAY_HOURS: f64 = 0.5;

impl GivenTreatment {
    /// Holds the times between the fractions of a day against the interval that is stated for the calculation,
    /// and against the least one of 6 h. Fractions without a time are not compared.
    pub fn hold_against_interval(&mut self, stated: Option<FractionInterval>) {
        let mut found = Vec::new();
        let pairs = self.fractions.iter().zip(self.fractions.iter().skip(1));
        for (one, other) in pairs.filter(|(one, other)| one.date == other.date) {
            let (Some(begun), Some(next)) =
                (minutes(one.time.as_deref()), minutes(other.time.as_deref()))
            else {
                continue;
            };
            let between = next.saturating_sub(begun);
            let hours = f64::from(between) / 60.0;
            let stated = stated.filter(|stated| hours < stated.hours() - LEEWAY_HOURS);
            if stated.is_some() || hours < MINIMUM_INTERVAL.hours() {
                found.push(RecordFinding::Interval {
                    date: one.date,
                    minutes: between,
                    stated,
                });
            }
        }
        self.findings.extend(found.into_iter().map(Into::into));
    }
}

/// The minutes since midnight of a time as DICOM writes it, `101500`.
fn minutes(time: Option<&str>) -> Option<u32> {
    let time = time?.trim();
    let part = |from: usize, to: usize| -> Option<u32> {
        let digits = time.get(from..to)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        if are_digits {
            digits.parse().ok()
        } else {
            None
        }
    };
    let (hours, minutes) = (part(0, 2)?, part(2, 4)?);
    (hours < 24 && minutes < 60).then(|| hours * 60 + minutes)
}
