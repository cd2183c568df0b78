//! Fractions have the number that they have in their fraction group: where there are several groups, what is found in one
//! is told with the days on which it was given.

use std::collections::BTreeMap;
use std::fmt;

use chemorad::report::Finding;
use jiff::civil::Date;

use super::given::GivenFraction;

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
    pub(super) fn of<'g>(fractions: impl Iterator<Item = &'g GivenFraction>) -> Option<Self> {
        let days = fractions.map(|fraction| Self {
            first: fraction.date,
            last: fraction.ended,
        });
        days.reduce(|one, other| Self {
            first: one.first.min(other.first),
            last: one.last.max(other.last),
        })
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
    pub(super) fn of(given: &[GivenFraction]) -> Self {
        let mut groups: BTreeMap<GroupKey, Vec<&GivenFraction>> = BTreeMap::new();
        for fraction in given {
            let group = group_key(fraction.plan.as_deref(), fraction.group);
            groups.entry(group).or_default().push(fraction);
        }
        let days = groups.into_iter();
        Self(
            days.filter_map(|(group, of)| Some((group, Days::of(of.into_iter())?)))
                .collect(),
        )
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
