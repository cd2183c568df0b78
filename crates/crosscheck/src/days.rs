//! The days that the fraction groups of a phase state, against the fractions a week there should be.

use chemorad::report::Outcome;
use chemorad_dosimetry::FractionPattern;

/// The days that the fraction groups of a phase state.
#[derive(Debug, Clone)]
pub struct StatedDays {
    /// Those of each group that states them.
    pub patterns: Vec<FractionPattern>,
    /// How many groups do not.
    pub silent: usize,
}

/// What the days are against the fractions a week there should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DaysVerdict {
    AsExpected,
    /// No fraction on any day.
    NoDay,
    /// Another number a week.
    Different,
    /// So many a week, and several on one day where one a day would do.
    SeveralADay,
    /// It depends on whether the groups are given in the same weeks, which nothing states.
    SameWeeksNotStated,
    /// A group does not state its days.
    SomeNotStated,
    /// No number is expected, and there are one a day and five a week.
    NotExpected,
    /// No number is expected, and one a day or five a week are exceeded.
    ManyNotExpected,
    /// No number is expected, and there are fewer than five in a week.
    FewNotExpected,
}

impl DaysVerdict {
    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::AsExpected => Outcome::Pass,
            Self::NoDay | Self::Different => Outcome::Fail,
            Self::NotExpected => Outcome::NotApplicable,
            Self::SeveralADay
            | Self::SameWeeksNotStated
            | Self::SomeNotStated
            | Self::ManyNotExpected
            | Self::FewNotExpected => Outcome::CannotTell,
        }
    }
}

/// Working days of a week.
const DAILY: u32 = 5;

impl StatedDays {
    /// What all groups give when they alternate in the same weeks; `None` where one does not state it.
    fn together(&self) -> Option<FractionPattern> {
        let (first, others) = self.patterns.split_first()?;
        let all = others
            .iter()
            .try_fold(first.clone(), |all, other| all.and(other));
        all.filter(|_| self.silent == 0)
    }

    /// The groups of a phase follow one another, as after a new plan, or alternate in the same weeks. What
    /// is wrong either way fails.
    pub(super) fn verdict(&self, expected: Option<u32>) -> DaysVerdict {
        if self.patterns.iter().any(FractionPattern::is_empty) {
            return DaysVerdict::NoDay;
        }
        let together = self.together();
        let Some(count) = expected else {
            let many = |pattern: &FractionPattern| {
                pattern.most_per_day() > 1 || pattern.per_week().iter().any(|week| *week > DAILY)
            };
            let few =
                |pattern: &FractionPattern| pattern.per_week().iter().any(|week| *week < DAILY);
            return if self.patterns.iter().any(many) {
                DaysVerdict::ManyNotExpected
            } else if together.as_ref().is_some_and(many) {
                DaysVerdict::SameWeeksNotStated
            } else if together
                .as_ref()
                .map_or_else(|| self.patterns.iter().any(few), few)
            {
                DaysVerdict::FewNotExpected
            } else {
                DaysVerdict::NotExpected
            };
        };
        let weeks = |pattern: &FractionPattern, wanted: fn(u32, u32) -> bool| {
            pattern.per_week().iter().all(|week| wanted(*week, count))
        };
        if !self
            .patterns
            .iter()
            .all(|one| weeks(one, |week, count| week <= count))
        {
            return DaysVerdict::Different;
        }
        match together {
            Some(all) if weeks(&all, |week, count| week == count) => {
                if all.most_per_day() <= needed_per_day(count) {
                    DaysVerdict::AsExpected
                } else {
                    DaysVerdict::SeveralADay
                }
            }
            Some(all) if self.patterns.len() == 1 || weeks(&all, |week, count| week < count) => {
                DaysVerdict::Different
            }
            None if self.silent > 0 => DaysVerdict::SomeNotStated,
            Some(_) | None => DaysVerdict::SameWeeksNotStated,
        }
    }

    /// The days of each group, for a reader.
    pub(super) fn in_words(&self) -> String {
        let mut all: Vec<String> = self.patterns.iter().map(ToString::to_string).collect();
        match self.silent {
            0 => {}
            1 => all.push("not stated for 1 fraction group".into()),
            many => all.push(format!("not stated for {many} fraction groups")),
        }
        all.join("; ")
    }
}

/// How many a day so many a week need: one a day up to seven a week, and else those of working days.
fn needed_per_day(per_week: u32) -> u32 {
    if per_week <= 7 {
        1
    } else {
        per_week.div_ceil(DAILY)
    }
}
