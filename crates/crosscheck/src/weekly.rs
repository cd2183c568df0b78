//! How many fractions are given a week and a day.

use super::check::Checker;
use super::days::StatedDays;
use super::finding::phases::PhaseFinding;

impl Checker<'_> {
    /// The days a plan states for the fractions of each phase.
    pub(super) fn check_weeks(&mut self) {
        for at in self.prescribed.phases.clone() {
            let items = self.items_of(at);
            let patterns = items.iter().filter_map(|item| item.group.pattern.clone());
            let patterns: Vec<_> = patterns.collect();
            let Some(phase) = self.prescribed.course.phases().get(at) else {
                continue;
            };
            if patterns.is_empty() {
                continue;
            }
            let by_protocol = self.prescribed.fractions_per_week;
            self.push(PhaseFinding::Weekly {
                phase: phase.name().to_string(),
                expected: by_protocol.or(self.decisions.fractions_per_week),
                of_site: by_protocol.is_none(),
                days: StatedDays {
                    silent: items.len() - patterns.len(),
                    patterns,
                },
            });
        }
    }
}
