//! What records of treatment say against their plan.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::{Decimal, is_above_boundary};
use chemorad::report::Finding;
use chemorad_dosimetry::{DosePart, PlanApproval};
use jiff::civil::Date;

use super::beam::METERSET_PERCENT;
use super::delivery::{DeliveryFinding, PlanDay, treats};
use super::treatment_record::{RecordedBeam, TreatmentRecord};
use crate::decimal_string::DecimalString;
use crate::plan::dates::date_of;
use crate::plan::fraction_group::{FractionGroup, GroupBeam};
use crate::plan::purpose::Purpose;
use crate::plan::rt_plan::Plan;

/// What records of treatment say against the plan that they are of; nothing for records of other plans.
///
/// Beams that the plan does not give, beams of it that no record has, another radiation, and a meterset that
/// differs by more than 1 % from the planned one are found, and sessions before the day of the plan.
#[must_use]
pub fn records_against_plan(records: &[&TreatmentRecord], plan: &Plan) -> Vec<Finding> {
    let uid = plan
        .identity
        .sop_instance
        .as_ref()
        .map(|uid| uid.reveal().as_str());
    let of_plan = records.iter().copied();
    let of_plan = of_plan.filter(|record| uid.is_some() && record.plan() == uid);
    let mut of_plan: Vec<&TreatmentRecord> = of_plan.collect();
    of_plan.sort_by_key(|record| (record.date, record.time.clone()));
    // what sessions before gave of a beam in a fraction
    let mut before_of: BTreeMap<(Option<i32>, u32, i32), Decimal> = BTreeMap::new();
    let mut fractions_of: BTreeMap<Option<i32>, BTreeSet<u32>> = BTreeMap::new();
    let mut beams_of: BTreeMap<Option<i32>, BTreeSet<i32>> = BTreeMap::new();
    let mut found: Vec<DeliveryFinding> = Vec::new();
    let mut counts = Counts::default();
    let mut no_group: BTreeMap<i32, BTreeSet<u32>> = BTreeMap::new();
    for record in of_plan {
        let group = group_of(plan, record.fraction_group);
        for beam in record
            .beams
            .iter()
            .filter(|beam| treats(beam) == Some(true))
        {
            let (Some(number), Some(fraction)) = (beam.number, beam.fraction) else {
                continue;
            };
            let of_group = record.fraction_group;
            if let (Some(group), None) = (of_group, group) {
                no_group.entry(group).or_default().insert(fraction);
                continue;
            }
            fractions_of.entry(of_group).or_default().insert(fraction);
            beams_of.entry(of_group).or_default().insert(number);
            counts.note(record, beam, fraction, group);
            let planned =
                group.and_then(|group| group.beams.iter().find(|one| one.number == number));
            let Some(planned) = planned else {
                add(
                    &mut found,
                    DeliveryFinding::NotInPlan {
                        beam: number,
                        fractions: vec![fraction],
                    },
                );
                continue;
            };
            let described = plan.beams.iter().find(|one| one.number == number);
            let radiation = described.and_then(|one| one.radiation_type.as_ref());
            if let (Some(planned), Some(recorded)) = (radiation, &beam.radiation_type) {
                if planned != recorded {
                    let finding = DeliveryFinding::OtherRadiation {
                        beam: number,
                        planned: planned.clone(),
                        recorded: recorded.clone(),
                        fractions: vec![fraction],
                    };
                    add(&mut found, finding);
                }
            }
            let given = beam.delivered_meterset.as_ref().map(DecimalString::value);
            let before = before_of
                .entry((of_group, fraction, number))
                .or_insert(Decimal::ZERO);
            if let Some((planned, recorded)) = other_meterset(planned, beam, *before) {
                let finding = DeliveryFinding::OtherMeterset {
                    beam: number,
                    planned,
                    recorded,
                    fractions: vec![fraction],
                };
                add(&mut found, finding);
            }
            *before = given
                .and_then(|given| before.checked_add(given))
                .unwrap_or(*before);
        }
    }
    found.extend(no_group.into_iter().map(|(group, fractions)| {
        let fractions = fractions.into_iter().collect();
        DeliveryFinding::NoSuchGroup { group, fractions }
    }));
    found.extend(counts.findings(plan));
    found.extend(never_given(plan, fractions_of, beams_of));
    found.into_iter().map(Into::into).collect()
}

/// When how many fractions were given.
#[derive(Default)]
struct Counts {
    sessions: Vec<(Date, u32)>,
    given_of: BTreeMap<Option<i32>, BTreeSet<u32>>,
    /// By what the records state and what is planned.
    other: BTreeMap<(u32, u32), BTreeSet<u32>>,
}

impl Counts {
    fn note(
        &mut self,
        record: &TreatmentRecord,
        beam: &RecordedBeam,
        fraction: u32,
        group: Option<&FractionGroup>,
    ) {
        self.sessions
            .extend(record.date.map(|date| (date, fraction)));
        let planned = group.and_then(|group| group.fractions_planned);
        let stated = record.fractions_planned.zip(planned);
        if let Some(stated) = stated.filter(|(recorded, planned)| recorded != planned) {
            self.other.entry(stated).or_default().insert(fraction);
        }
        let units = beam.delivered_meterset.as_ref();
        if units.is_none_or(|units| !units.value().is_zero()) {
            let given = self.given_of.entry(record.fraction_group).or_default();
            given.insert(fraction);
        }
    }

    fn findings(self, plan: &Plan) -> Vec<DeliveryFinding> {
        let other = self.other.into_iter();
        let mut found: Vec<DeliveryFinding> = other
            .map(
                |((recorded, planned), fractions)| DeliveryFinding::OtherCount {
                    planned,
                    recorded,
                    fractions: fractions.into_iter().collect(),
                },
            )
            .collect();
        for (group, fractions) in self.given_of {
            let planned = group_of(plan, group).and_then(|group| group.fractions_planned);
            let more = planned.filter(|&planned| fractions.len() > planned as usize);
            found.extend(more.map(|planned| DeliveryFinding::MoreThanPlanned {
                planned,
                fractions: fractions.into_iter().collect(),
            }));
        }
        found.extend(before_plan(plan, &self.sessions));
        found
    }
}

/// Sessions before the day on which the plan was last changed, or approved.
fn before_plan(plan: &Plan, sessions: &[(Date, u32)]) -> Vec<DeliveryFinding> {
    let approved = plan.review_date.as_deref();
    let approved = approved.filter(|_| plan.approval == PlanApproval::Approved);
    let days = [
        (PlanDay::Changed, plan.date.as_deref()),
        (PlanDay::Approved, approved),
    ];
    let mut found = Vec::new();
    for (what, day) in days {
        let Some(day) = day.and_then(date_of) else {
            continue;
        };
        let early = sessions.iter().filter(|(date, _)| *date < day);
        let (dates, fractions): (Vec<Date>, Vec<u32>) = early.copied().unzip();
        if let Some(first) = dates.into_iter().min() {
            found.push(DeliveryFinding::BeforePlan {
                what,
                plan: day,
                first,
                fractions,
            });
        }
    }
    found
}

/// The planned and the recorded meterset of a beam, where they differ; `before` is what earlier sessions gave of it
/// in this fraction.
fn other_meterset(
    planned: &GroupBeam,
    beam: &RecordedBeam,
    before: Decimal,
) -> Option<(Decimal, Decimal)> {
    // a session that continues a beam specifies what was left
    let is_part = beam.purpose == Purpose::Continuation
        || (beam.specified_meterset.is_none() && !beam.is_completed());
    let recorded = beam
        .specified_meterset
        .as_ref()
        .or(beam.delivered_meterset.as_ref());
    let (planned, recorded) = (planned.meterset.as_ref()?.value(), recorded?.value());
    // the rest of a beam that was broken off
    let whole = before.checked_add(recorded);
    let is_rest = !before.is_zero() && whole.is_some_and(|whole| !is_off(planned, whole));
    (!is_part && !is_rest && is_off(planned, recorded)).then_some((planned, recorded))
}

/// Beams of the plan that no record has, by the fractions and beams of the records of each fraction group.
fn never_given(
    plan: &Plan,
    fractions_of: BTreeMap<Option<i32>, BTreeSet<u32>>,
    mut beams_of: BTreeMap<Option<i32>, BTreeSet<i32>>,
) -> Vec<DeliveryFinding> {
    let mut found = Vec::new();
    for (number, fractions) in fractions_of {
        let group = group_of(plan, number);
        let given = beams_of.remove(&number).unwrap_or_default();
        let parts = group.into_iter().flat_map(FractionGroup::delivered_parts);
        let beams = parts.filter_map(|part| match part {
            DosePart::Beam(number) => Some(number),
            DosePart::Setup(_) => None,
        });
        let beams: Vec<i32> = beams.filter(|number| !given.contains(number)).collect();
        if !beams.is_empty() {
            let fractions = fractions.into_iter().collect();
            found.push(DeliveryFinding::NeverGiven { beams, fractions });
        }
    }
    found
}

/// The fraction group of a number; the only one where record or plan does not number it.
fn group_of(plan: &Plan, number: Option<i32>) -> Option<&FractionGroup> {
    match plan.fraction_groups.as_slice() {
        [only] if number.is_none() || only.number.is_none() => Some(only),
        all => all.iter().find(|group| group.number == number),
    }
}

fn is_off(planned: Decimal, recorded: Decimal) -> bool {
    let (planned, recorded) = (planned.to_f64(), recorded.to_f64());
    let allowed = planned.abs() * f64::from(METERSET_PERCENT) / 100.0;
    is_above_boundary((recorded - planned).abs(), allowed)
}

/// One cause is said once, for all its fractions.
fn add(found: &mut Vec<DeliveryFinding>, finding: DeliveryFinding) {
    for known in found.iter_mut() {
        let mut as_known = finding.clone();
        if let (Some(fractions), Some(own)) = (fractions(known), fractions(&mut as_known)) {
            let more = std::mem::replace(own, fractions.clone());
            if as_known == *known {
                if let Some(fractions) = self::fractions(known) {
                    fractions.extend(more);
                }
                return;
            }
        }
    }
    found.push(finding);
}

fn fractions(finding: &mut DeliveryFinding) -> Option<&mut Vec<u32>> {
    match finding {
        DeliveryFinding::OtherRadiation { fractions, .. }
        | DeliveryFinding::OtherMeterset { fractions, .. }
        | DeliveryFinding::NotInPlan { fractions, .. } => Some(fractions),
        _ => None,
    }
}
