//! Fractions have the number that they have in their fraction group: where there are several groups, what is found in one
//! is told with the days on which it was given.

use std::collections::BTreeMap;
use std::fmt;

use chemorad::report::Finding;
use jiff::civil::Date;

/// The SOP Instance UID of a plan, and the number of its fraction group.
pub(super) type GroupKey = (Option<String>, Option<i32>);

pub(super) fn group_key(plan: Option<&str>, group: Option<i32>) -> GroupKey {
    (plan.map(Into::into), group)
}

/// The first and the last day of a fraction group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// Those of one fraction.
    pub(super) const fn new(first: Date, last: Date) -> Self {
        Self { first, last }
    }

    /// Those of several together.
    pub(super) fn of(fractions: impl Iterator<Item = Self>) -> Option<Self> {
        fractions.reduce(Self::with)
    }

    fn with(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "of the fraction group given on {}", self.first)
        } else {
            write!(
                f,
                "of the fraction group given from {} to {}",
                self.first, self.last
            )
        }
    }
}

/// The days of each fraction group.
pub(super) struct GroupDays(BTreeMap<GroupKey, Days>);

impl GroupDays {
    /// From the group and the days of each fraction.
    pub(super) fn of(fractions: impl Iterator<Item = (GroupKey, Days)>) -> Self {
        let mut groups: BTreeMap<GroupKey, Days> = BTreeMap::new();
        for (group, days) in fractions {
            let known = groups.entry(group).or_insert(days);
            *known = known.with(days);
        }
        Self(groups)
    }

    /// What is found in each group, in the order in which the groups began, with their days where there are several.
    pub(super) fn told(
        &self,
        found: impl Iterator<Item = (GroupKey, Vec<Finding>)>,
    ) -> Vec<Finding> {
        let mut found: Vec<(Option<Days>, Vec<Finding>)> = found
            .map(|(group, findings)| (self.0.get(&group).copied(), findings))
            .collect();
        found.sort_by_key(|(days, _)| *days);
        let told = found.into_iter().flat_map(|(days, mut findings)| {
            if let Some(days) = days.filter(|_| self.0.len() > 1) {
                for finding in &mut findings {
                    finding.remark(days);
                }
            }
            findings
        });
        told.collect()
    }
}
