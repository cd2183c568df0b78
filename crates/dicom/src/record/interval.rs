//! The time between the fractions of a day, held against what is stated.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::quantity::FractionInterval;
use chemorad::radiotherapy::MINIMUM_INTERVAL;
use jiff::civil::Date;

use super::finding::RecordFinding;
use super::given::GivenTreatment;

/// So much sooner than stated is a contradiction: a session is recorded when it begins or ends.
const LEEWAY_HOURS: f64 = 0.5;
const MINUTES_OF_A_DAY: u32 = 24 * 60;

impl GivenTreatment {
    /// Holds the times between two fractions against the interval that is stated for those of a day, and against
    /// the least one of 6 h, over midnight too. Days with several fractions of which one has no time are said.
    pub fn hold_against_interval(&mut self, stated: Option<FractionInterval>) {
        // by whether they are shorter than stated
        let mut short: BTreeMap<bool, Vec<(u32, Date)>> = BTreeMap::new();
        let mut untimed = BTreeSet::new();
        let pairs = self.fractions.iter().zip(self.fractions.iter().skip(1));
        for (one, other) in pairs {
            let midnights = match other.date {
                date if date == one.ended => 0,
                date if one.ended.tomorrow().is_ok_and(|next| next == date) => 1,
                _ => continue,
            };
            let (Some(begun), Some(next)) = (
                minutes(one.ended_time.as_deref()),
                minutes(other.time.as_deref()),
            ) else {
                if midnights == 0 {
                    untimed.insert(other.date);
                }
                continue;
            };
            let between = (next + midnights * MINUTES_OF_A_DAY).saturating_sub(begun);
            let hours = f64::from(between) / 60.0;
            let contradicts = |stated: FractionInterval| hours < stated.hours() - LEEWAY_HOURS;
            let contradicts = midnights == 0 && stated.is_some_and(contradicts);
            if contradicts || hours < MINIMUM_INTERVAL.hours() {
                short
                    .entry(contradicts)
                    .or_default()
                    .push((between, other.date));
            }
        }
        let mut found: Vec<RecordFinding> = Vec::new();
        for (contradicts, of) in short {
            let (minutes, dates): (BTreeSet<u32>, BTreeSet<Date>) = of.into_iter().unzip();
            if let (Some(&least), Some(&most)) = (minutes.first(), minutes.last()) {
                found.push(RecordFinding::Interval {
                    dates: dates.into_iter().collect(),
                    minutes: (least, most),
                    stated: stated.filter(|_| contradicts),
                });
            }
        }
        if !untimed.is_empty() {
            let dates = untimed.into_iter().collect();
            found.push(RecordFinding::NoTime { dates });
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
