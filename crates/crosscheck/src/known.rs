//! What is known of the dose of a fraction group, and how.

use std::string::{String, ToString};

use super::amount::Amount;
use super::planned::{
    PlanKind, PlannedDose, PlannedGroup, PlannedPrescription, PlannedTarget, TargetKind,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Summed over beams, or entered.
    Given,
    /// The only dose the plan states for a target, as its beams have none.
    Stated,
}

/// A dose and how it was reached, ending with the dose.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) amount: Amount,
    pub(super) words: String,
    pub(super) origin: Origin,
}

/// A fraction group with its plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) plan: &'a PlannedPrescription,
    pub(super) group: &'a PlannedGroup,
}

const NO_DOSE: &str = "no dose is stated";

impl<'a> Item<'a> {
    pub(super) fn name(&self) -> String {
        format!("{}, {}", self.plan.source, self.group.name)
    }

    /// How `--map` names it.
    pub(super) fn selector(&self) -> String {
        match self.group.number {
            Some(number) if self.plan.groups.len() > 1 => {
                format!("{}#{number}", self.plan.source)
            }
            _ => self.plan.source.clone(),
        }
    }

    /// `25 x 1.8 Gy`, as far as it is known.
    pub(super) fn summary(&self) -> String {
        let fractions = match self.group.fractions {
            Some(count) => count.to_string(),
            None => "?".to_string(),
        };
        let doses: std::vec::Vec<String> = self
            .group
            .doses
            .iter()
            .map(|dose| {
                let volume = dose.volume.as_ref().map(|v| format!(" ({v})"));
                let amount = self.per_fraction(dose);
                let amount = match amount {
                    Ok(known) if known.origin == Origin::Stated => {
                        format!("{} (as the plan states, not its beams)", known.amount)
                    }
                    Ok(known) => known.amount.to_string(),
                    Err(_) => "? Gy".to_string(),
                };
                format!("{amount}{}", volume.unwrap_or_default())
            })
            .collect();
        format!("{fractions} x {}", doses.join(" / "))
    }

    /// The dose of a volume: the one that is named so, or the only one, which names none.
    pub(super) fn dose_of(&self, volume: &str) -> Option<&'a PlannedDose> {
        let named = |dose: &&PlannedDose| {
            dose.volume
                .as_ref()
                .is_some_and(|name| same_name(name, volume))
        };
        self.group
            .doses
            .iter()
            .find(named)
            .or_else(|| self.unnamed())
    }

    pub(super) fn unnamed(&self) -> Option<&'a PlannedDose> {
        match self.group.doses.as_slice() {
            [dose] if dose.volume.is_none() => Some(dose),
            _ => None,
        }
    }

    pub(super) fn per_fraction(&self, dose: &PlannedDose) -> Result<Known, String> {
        if let Some(per_fraction) = dose.per_fraction {
            let amount = Amount::new(per_fraction);
            let words = match &dose.summed {
                Some(sum) => format!("{sum} = {amount}"),
                None => amount.to_string(),
            };
            return Ok(Known {
                amount,
                words,
                origin: Origin::Given,
            });
        }
        let (total, origin) = match (dose.total, self.only_target()) {
            (Some(total), _) => (total, Origin::Given),
            (None, Some(target)) => match target.dose {
                Some(total) => (total, Origin::Stated),
                None => return Err(missing(dose)),
            },
            (None, None) => return Err(missing(dose)),
        };
        let Some(fractions) = self.group.fractions else {
            return Err("the number of fractions is not stated".to_string());
        };
        let Some(amount) = Amount::quotient(total, fractions) else {
            return Err("there are 0 fractions".to_string());
        };
        let total = Amount::new(total);
        Ok(Known {
            amount,
            words: format!("{total} / {fractions} = {amount}"),
            origin,
        })
    }

    pub(super) fn total(&self, dose: &PlannedDose) -> Result<Known, String> {
        if let Some(total) = dose.total {
            let amount = Amount::new(total);
            return Ok(Known {
                amount,
                words: amount.to_string(),
                origin: Origin::Given,
            });
        }
        let known = self.per_fraction(dose)?;
        if known.origin == Origin::Stated {
            if let Some(total) = self.only_target().and_then(|target| target.dose) {
                let amount = Amount::new(total);
                return Ok(Known {
                    amount,
                    words: amount.to_string(),
                    ..known
                });
            }
        }
        let Some(fractions) = self.group.fractions else {
            return Err("the number of fractions is not stated".to_string());
        };
        let Some(total) = known.amount.times(fractions) else {
            return Err(TOO_LONG.to_string());
        };
        Ok(Known {
            words: format!("{fractions} x {} = {total}", known.amount),
            amount: total,
            origin: known.origin,
        })
    }

    /// The only target of a plan with one fraction group.
    fn only_target(&self) -> Option<&'a PlannedTarget> {
        if self.plan.kind == PlanKind::Entered || self.plan.groups.len() != 1 {
            return None;
        }
        let mut targets = self
            .plan
            .targets
            .iter()
            .filter(|target| target.kind == TargetKind::Target);
        match (targets.next(), targets.next()) {
            (Some(target), None) => Some(target),
            _ => None,
        }
    }
}

pub(super) const TOO_LONG: &str =
    "the numbers have more digits than can be calculated with exactly";

fn missing(dose: &PlannedDose) -> String {
    dose.missing.clone().unwrap_or_else(|| NO_DOSE.to_string())
}

/// Names as people write them: case, spaces and punctuation aside, and `tumor` as `tumour`.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .replace("tumor", "tumour")
    };
    let left = plain(left);
    !left.is_empty() && left == plain(right)
}
