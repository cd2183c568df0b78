//! Counts the changes of plans that a check does not pass silently.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use chemorad::report::Outcome;
use chemorad_crosscheck::{CrossCheck, CrossCheckInput, Decisions, Tolerances};

#[path = "changes.rs"]
mod changes;
#[path = "fixtures.rs"]
mod fixtures;
#[path = "harmless.rs"]
mod harmless;
#[path = "numbers.rs"]
mod numbers;

use changes::Changed;
use fixtures::Case;

/// What a check says against a case: how often each code has each outcome that is not a pass.
type Said = HashMap<(&'static str, Outcome), usize>;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) changes: usize,
    pub(crate) failed: usize,
    pub(crate) cannot_tell: usize,
    pub(crate) warned: usize,
}

impl Tally {
    fn count(&mut self, said: Option<Outcome>) {
        self.changes += 1;
        match said {
            Some(Outcome::Fail) => self.failed += 1,
            Some(Outcome::CannotTell) => self.cannot_tell += 1,
            Some(_) => self.warned += 1,
            None => {}
        }
    }

    pub(crate) const fn found(&self) -> usize {
        self.failed + self.cannot_tell + self.warned
    }

    const fn add(&mut self, other: &Self) {
        self.changes += other.changes;
        self.failed += other.failed;
        self.cannot_tell += other.cannot_tell;
        self.warned += other.warned;
    }
}

#[derive(Default)]
pub(crate) struct Campaign {
    pub(crate) tallies: BTreeMap<(Changed, &'static str), Tally>,
    /// The right cases, unchanged and changed without harm.
    pub(crate) right: Tally,
    /// The right cases that a check warns of as they are.
    pub(crate) warned: Vec<String>,
    /// The changes that passed silently.
    pub(crate) silent: Vec<String>,
    /// The right cases that were accused.
    pub(crate) accused: Vec<String>,
}

impl Campaign {
    /// Every change of every right case, or one in `step` of them.
    pub(crate) fn run(step: usize) -> Result<Self, Box<dyn Error>> {
        let mut campaign = Self::default();
        for case in fixtures::all()? {
            let as_it_is = said_of(&case);
            if !as_it_is.is_empty() {
                campaign.warned.push(format!("{}: {as_it_is:?}", case.name));
            }
            for (what, changed) in harmless::all(&case) {
                let said = more(&as_it_is, &said_of(&changed));
                let accused = as_it_is.keys().map(|(_, outcome)| *outcome);
                let mut accused = accused.filter(|outcome| *outcome != Outcome::Warn);
                let said = said.or_else(|| accused.next());
                campaign.right.count(said);
                if let Some(outcome) = said {
                    let accused = format!("{}, {what}: {outcome}", case.name);
                    campaign.accused.push(accused);
                }
            }
            for change in changes::all(&case).into_iter().step_by(step) {
                if change.case == case {
                    continue;
                }
                let said = more(&as_it_is, &said_of(&change.case));
                let (of, kind) = (change.of, change.kind.name());
                campaign.tallies.entry((of, kind)).or_default().count(said);
                if said.is_none() {
                    campaign.silent.push(format!(
                        "{}, {kind}, {}: {}",
                        of.name(),
                        change.what,
                        case.name
                    ));
                }
            }
        }
        Ok(campaign)
    }

    /// The sum of some of the changes.
    pub(crate) fn sum(&self, wanted: impl Fn(Changed) -> bool) -> Tally {
        let mut sum = Tally::default();
        let wanted = self.tallies.iter().filter(|((of, _), _)| wanted(*of));
        wanted.for_each(|(_, tally)| sum.add(tally));
        sum
    }

    /// What alters what a patient receives.
    pub(crate) fn given(&self) -> Tally {
        self.sum(Changed::is_given)
    }

    /// What allows a range of doses.
    pub(crate) fn bounds(&self) -> Tally {
        self.sum(Changed::is_bound)
    }
}

/// A check with a site that gives five fractions a week.
fn said_of(case: &Case) -> Said {
    let decisions = Decisions {
        fractions_per_week: Some(5),
        ..Decisions::default()
    };
    let check = CrossCheck::new(&CrossCheckInput {
        prescribed: &case.prescribed,
        planned: &case.planned,
        doses: &case.doses,
        others: &case.structures,
        mapping: &[],
        names: &case.names,
        tolerances: &Tolerances::default(),
        decisions: &decisions,
        not_assessable: 0,
    });
    let mut said = Said::new();
    match check {
        Ok(check) => {
            for finding in &check.findings {
                if !matches!(finding.outcome, Outcome::Pass | Outcome::NotApplicable) {
                    *said.entry((finding.code(), finding.outcome)).or_default() += 1;
                }
            }
        }
        Err(_) => *said.entry(("refused", Outcome::Fail)).or_default() += 1,
    }
    said
}

/// The worst outcome that is said more often than before; `None` is a change that passed silently.
fn more(before: &Said, now: &Said) -> Option<Outcome> {
    let new = now
        .iter()
        .filter(|(key, count)| before.get(key).is_none_or(|before| before < count));
    let new: Vec<Outcome> = new.map(|((_, outcome), _)| *outcome).collect();
    (!new.is_empty()).then(|| Outcome::worst(new))
}
