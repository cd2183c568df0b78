//! Fractions that were given, held against what a case states of a course.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{FractionCount, Fractionation};
use jiff::civil::Date;

use super::finding::RecordFinding;
use super::given::{GivenFraction, GivenTreatment};
use super::kinds::NotSettled;
use super::prescribed::number;

impl GivenTreatment {
    /// Holds the fractions against a day that is stated for a course: its `start`, or the day it was
    /// `finished`.
    pub fn hold_against_day(&mut self, course: &str, field: &'static str, stated: Date) {
        let day = match field {
            "start" => self.fractions.first(),
            _ => self.fractions.last(),
        };
        let recorded = day.map(|fraction| fraction.date);
        if let Some(recorded) = recorded.filter(|&recorded| recorded != stated) {
            let finding = RecordFinding::CourseDate {
                course: course.into(),
                field,
                stated,
                recorded,
            };
            self.findings.push(finding.into());
        }
    }

    /// Holds the numbers of the fractions against themselves: none is missing.
    pub fn find_missing(&mut self) {
        let mut found = Vec::new();
        let mut before = 0;
        for group in self.groups() {
            let count = u32::try_from(group.len()).unwrap_or(u32::MAX);
            let planned = planned(&group).unwrap_or(count);
            number(&group, before, planned, false, &mut found);
            before = before.saturating_add(planned);
        }
        self.findings.extend(found.into_iter().map(Into::into));
    }

    /// The doses of a volume as they were given. Each phase stands for a fraction group with its
    /// number of fractions; where fewer were given, the phase is cut to them, which is said.
    pub fn given_of(
        &mut self,
        course: &str,
        volume: &str,
        stated: &[Fractionation],
    ) -> Vec<Fractionation> {
        let mut found = Vec::new();
        let mut groups = self.groups();
        let as_many = groups.len() == stated.len();
        let mut doses = Vec::new();
        for phase in stated {
            let fits = |group: &Vec<&GivenFraction>| {
                planned_or_given(group) == Some(phase.fractions().get())
            };
            let mut fitting = groups.iter().filter(|group| fits(group));
            let given = fitting.next().map(|group| state(group));
            let one = as_many || fitting.all(|group| Some(state(group)) == given);
            let stated = phase.fractions().get();
            let unsettled = |why| RecordFinding::Unsettled {
                course: course.into(),
                volume: volume.into(),
                why,
            };
            let dose = match given {
                None => Err(NotSettled::NoGroup {
                    stated,
                    groups: groups
                        .iter()
                        .filter_map(|group| planned_or_given(group))
                        .collect(),
                }),
                Some((_, parts)) if !parts.is_empty() => {
                    Err(NotSettled::NotWhole { fractions: parts })
                }
                Some(_) if !one => Err(NotSettled::SeveralGroups),
                Some((count, _)) => Ok(count),
            };
            match dose.map(|count| (count, first(*phase, count))) {
                Err(why) => {
                    found.push(unsettled(why));
                    doses.push(*phase);
                }
                // more than the phase has is found by its numbers
                Ok((_, None)) => doses.push(*phase),
                Ok((given, Some(dose))) => {
                    if given != stated {
                        found.push(RecordFinding::Fewer {
                            course: course.into(),
                            volume: volume.into(),
                            given,
                            stated,
                        });
                    }
                    doses.push(dose);
                }
            }
            if let Some(place) = groups.iter().position(fits) {
                groups.remove(place);
            }
        }
        self.findings.extend(found.into_iter().map(Into::into));
        doses
    }
}

fn planned(group: &[&GivenFraction]) -> Option<u32> {
    group.iter().find_map(|fraction| fraction.planned)
}

fn planned_or_given(group: &[&GivenFraction]) -> Option<u32> {
    planned(group).or_else(|| u32::try_from(group.len()).ok())
}

/// How many fractions were given, and the numbers of those that are not whole.
fn state(group: &[&GivenFraction]) -> (u32, Vec<u32>) {
    let count = u32::try_from(group.len()).unwrap_or(u32::MAX);
    let parts = group.iter().filter(|fraction| !fraction.complete);
    (count, parts.map(|fraction| fraction.number).collect())
}

/// The first fractions of a phase.
fn first(phase: Fractionation, count: u32) -> Option<Fractionation> {
    if count == phase.fractions().get() {
        return Some(phase);
    }
    let given = usize::try_from(count).ok()?;
    let doses = phase.doses();
    let micrograys = doses.get(..given)?.iter().map(|dose| dose.micrograys());
    let total = AbsorbedDose::from_micrograys(micrograys.sum()).ok()?;
    Some(Fractionation::from_total(
        total,
        FractionCount::new(count).ok()?,
    ))
}
