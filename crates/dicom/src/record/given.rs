//! The fractions that records of several sessions say were given.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome, Subject};
use jiff::civil::Date;
use serde::Serialize;

use super::alike::{alike, alike_of_records};
use super::beam::{Ending, beam_finding};
use super::delivery::{Delivered, DeliveryFinding, treats};
use super::finding::RecordFinding;
use super::group_days::{Days, GroupDays, GroupKey, group_key};
use super::nothing::Nothing;
use super::proportion::Rates;
use super::session::{Key, Session};
use super::specified::other_metersets;
use super::treatment_record::{RecordedBeam, TreatmentRecord};
use crate::plan::purpose::Purpose;

/// A fraction that was given: all beams of one fraction number of a fraction group of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GivenFraction {
    /// The SOP Instance UID of the plan.
    pub plan: Option<String>,
    /// The number of the fraction group.
    pub group: Option<i32>,
    /// The number of the fraction.
    pub number: u32,
    /// The day of the first session in which something was given.
    pub date: Date,
    /// The time of that session, as written.
    pub time: Option<String>,
    /// The day of its last session.
    pub ended: Date,
    /// The time of its last session, as written.
    pub ended_time: Option<String>,
    /// How many fractions the group has.
    pub planned: Option<u32>,
    /// The numbers of its beams.
    pub beams: Vec<i32>,
    /// Whether every beam was given whole.
    pub complete: bool,
    /// The number of the dose reference at which its dose is stated.
    pub reference: Option<i32>,
    /// The sum of the calculated doses of all beams at the one dose reference that all of them name.
    pub dose: Option<Decimal>,
}

/// What was given by the records of several sessions. Several beams of one fraction number are one
/// fraction, and two fraction numbers on one day are two.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct GivenTreatment {
    /// The fractions in the order in which they were given.
    pub fractions: Vec<GivenFraction>,
    /// What contradicts, is missing or was broken off.
    pub findings: Vec<Finding>,
    /// The fractions of which there are records and nothing was given: plan, group and number.
    pub(super) nothing: BTreeSet<(Option<String>, Option<i32>, u32)>,
    /// The SOP Instance UIDs of plans whose dose per fraction can be held against a prescription.
    pub(super) with_dose: BTreeSet<String>,
}

impl GivenTreatment {
    /// The fractions that records say were given, each record with what to call it.
    #[must_use]
    pub fn of(records: &[(Subject, &TreatmentRecord)]) -> Self {
        let mut findings: Vec<Finding> = Vec::new();
        let mut fractions: BTreeMap<Key<'_>, Vec<Session<'_>>> = BTreeMap::new();
        let mut known: BTreeMap<&str, &TreatmentRecord> = BTreeMap::new();
        let mut delivered: BTreeMap<GroupKey, Delivered<'_>> = BTreeMap::new();
        let mut of_records = Vec::new();
        for (name, record) in records {
            let mut say = |finding: RecordFinding| of_records.push((name.clone(), finding));
            if let Some(uid) = record.identity.sop_instance.as_ref() {
                if let Some(first) = known.insert(uid.reveal(), record) {
                    say(if first.says_the_same(record) {
                        RecordFinding::SameObject
                    } else {
                        RecordFinding::TwoContents
                    });
                    continue;
                }
            }
            let of_file = record.encoding.iter().cloned();
            findings.extend(of_file.map(|note| note.about(name.clone())));
            if record.date.is_none() {
                say(RecordFinding::NoDate);
                continue;
            }
            let plans: BTreeSet<_> = record.plan_uids().collect();
            match plans.len() {
                0 => say(RecordFinding::NoPlan),
                1 => {}
                _ => {
                    say(RecordFinding::SeveralPlans);
                    continue;
                }
            }
            let treating = |beam: &&RecordedBeam| beam.purpose.treats() != Some(false);
            let mut beams = record.beams.iter().filter(treating).peekable();
            if beams.peek().is_none() {
                say(RecordFinding::NoBeams);
            }
            for beam in beams {
                let of_group = group_key(record.plan(), record.fraction_group);
                delivered.entry(of_group).or_default().note(record, beam);
                // whether it treats is not known
                if treats(beam).is_none() {
                    continue;
                }
                match (beam.number, beam.fraction) {
                    (Some(_), Some(fraction)) if fraction > 0 => fractions
                        .entry((record.plan(), record.fraction_group, fraction))
                        .or_default()
                        .push((record, beam)),
                    _ => say(RecordFinding::NoNumber { beam: beam.number }),
                }
            }
        }
        findings.extend(alike_of_records(of_records));
        for sessions in fractions.values_mut() {
            sessions.sort_by_key(|(record, _)| (record.date, record.time.clone()));
        }
        let nothing = Nothing::taken_out_of(&mut fractions);
        let unlike = other_metersets(&fractions);
        let rates = Rates::of(&fractions);
        let mut found: BTreeMap<GroupKey, Found<'_>> = BTreeMap::new();
        // beams that other fractions of the group have
        let mut beams_of: BTreeMap<_, BTreeSet<i32>> = BTreeMap::new();
        for (&(plan, group, _), sessions) in &fractions {
            let beams = sessions.iter().filter_map(|(_, beam)| beam.number);
            beams_of.entry((plan, group)).or_default().extend(beams);
        }
        let mut given: Vec<GivenFraction> = fractions
            .into_iter()
            .filter_map(|(key, sessions)| {
                let beams = beams_of.get(&(key.0, key.1))?;
                let found = found.entry(group_key(key.0, key.1)).or_default();
                fraction(key, &sessions, beams, &rates, &nothing, found)
            })
            .collect();
        whole_doses(&mut given, &mut found);
        given.sort_by(|one, other| {
            let key = |f: &GivenFraction| (f.date, f.time.clone(), f.number);
            key(one).cmp(&key(other))
        });
        order(&given, &mut found);
        let of_fraction = given.iter();
        let days = GroupDays::of(of_fraction.map(|one| (one.group_key(), one.days())));
        let delivered = delivered.into_iter();
        findings.extend(days.told(delivered.map(|(group, of)| (group, of.findings()))));
        findings.extend(nothing.finding());
        findings.extend(days.told(unlike.into_iter().map(|(group, one)| (group, vec![one]))));
        let found = found.into_iter();
        findings.extend(days.told(found.map(|(group, of)| (group, of.findings()))));
        Self {
            fractions: given,
            findings,
            nothing: nothing.numbers(),
            with_dose: BTreeSet::new(),
        }
    }

    /// Whether the findings leave open what was given.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let outcomes = self.findings.iter().map(|finding| finding.outcome);
        !matches!(
            Outcome::worst(outcomes),
            Outcome::Fail | Outcome::CannotTell
        )
    }
}

impl GivenFraction {
    /// The day on which it began, and the one on which it ended.
    pub(super) const fn days(&self) -> Days {
        Days::new(self.date, self.ended)
    }

    fn group_key(&self) -> GroupKey {
        (self.plan.clone(), self.group)
    }
}

/// What is found in fractions, before what is alike is said once.
#[derive(Default)]
struct Found<'r> {
    records: Vec<RecordFinding>,
    continued: Vec<(u32, i32)>,
    /// By the status with which they ended.
    ended: BTreeMap<Option<&'r str>, Vec<(u32, i32)>>,
}

impl Found<'_> {
    fn findings(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        if !self.continued.is_empty() {
            let beams = self.continued;
            findings.push(DeliveryFinding::ContinuesNothing { beams }.into());
        }
        findings.extend(alike(self.records).into_iter().map(Into::into));
        let ended = self.ended.into_iter().map(|(status, beams)| {
            let status = status.map(Into::into);
            RecordFinding::Ended { status, beams }.into()
        });
        findings.extend(ended);
        findings
    }
}

fn fraction<'r>(
    key: Key<'r>,
    sessions: &[Session<'r>],
    of_group: &BTreeSet<i32>,
    rates: &Rates<'r>,
    nothing: &Nothing<'r>,
    found: &mut Found<'r>,
) -> Option<GivenFraction> {
    let (plan, group, number) = key;
    let (first, _) = *sessions.first()?;
    let (last, _) = *sessions.last()?;
    let date = first.date?;
    let (reference, mut dose) = dose(sessions).unzip();
    let mut beams: BTreeMap<i32, Vec<Session<'_>>> = BTreeMap::new();
    for &(record, beam) in sessions {
        beams.entry(beam.number?).or_default().push((record, beam));
    }
    let (mut complete, mut repeated) = (true, false);
    let mut of_beams: Vec<RecordFinding> = Vec::new();
    for (&beam, sessions) in &beams {
        let continues = matches!(sessions.as_slice(), [(_, first), ..] if first.purpose == Purpose::Continuation);
        if continues && !nothing.of_beam(key, beam) {
            found.continued.push((number, beam));
        }
        if let Some(finding) = beam_finding(number, beam, sessions, dose) {
            complete &= !matches!(finding, RecordFinding::BrokenOff { .. });
            repeated |= matches!(finding, RecordFinding::Repeated { .. });
            let other = reference
                .filter(|_| matches!(finding, RecordFinding::BrokenOff { .. }))
                .and_then(|reference| rates.contradiction(key, beam, reference, sessions));
            of_beams.push(other.unwrap_or(finding));
        } else if let Ending::Otherwise(status) = Ending::of(sessions) {
            found.ended.entry(status).or_default().push((number, beam));
        }
    }
    // a dose that one of its beams contradicts is not taken
    let contradicts = |finding: &RecordFinding| matches!(finding, RecordFinding::Proportion { .. });
    if of_beams.iter().any(contradicts) {
        dose = None;
        of_beams.retain(|finding| !matches!(finding, RecordFinding::BrokenOff { .. }));
    }
    found.records.extend(of_beams);
    let missing: Vec<i32> = of_group
        .iter()
        .copied()
        .filter(|beam| !beams.contains_key(beam))
        .collect();
    let reference = reference.flatten();
    if !missing.is_empty() {
        complete = false;
        found.records.push(RecordFinding::BeamsMissing {
            fraction: number,
            beams: missing,
            dose,
        });
    }
    let dates = sessions.iter().filter_map(|(record, _)| record.date);
    let dates: BTreeSet<Date> = dates.collect();
    if dates.len() > 1 && !repeated {
        found.records.push(RecordFinding::Split {
            fraction: number,
            dates: dates.into_iter().collect(),
        });
    }
    let planned = first.fractions_planned;
    let other = sessions.iter().map(|(record, _)| record.fractions_planned);
    if let Some(other) = other.flatten().find(|&other| Some(other) != planned) {
        found.records.push(RecordFinding::Planned {
            fraction: number,
            planned: planned.unwrap_or(other),
            found: other,
        });
    }
    Some(GivenFraction {
        plan: plan.map(Into::into),
        group,
        number,
        date,
        time: first.time.clone(),
        ended: last.date.unwrap_or(date),
        ended_time: last.time.clone(),
        planned,
        beams: beams.into_keys().collect(),
        complete,
        reference,
        dose,
    })
}

/// A fraction that is not whole has less dose than one that is, at the same dose reference.
fn whole_doses(given: &mut [GivenFraction], found: &mut BTreeMap<GroupKey, Found<'_>>) {
    let mut least: BTreeMap<_, Decimal> = BTreeMap::new();
    let of = |f: &GivenFraction| (f.plan.clone(), f.group, f.reference);
    for fraction in given.iter().filter(|fraction| fraction.complete) {
        if let Some(dose) = fraction.dose {
            let least = least.entry(of(fraction)).or_insert(dose);
            *least = dose.min(*least);
        }
    }
    for fraction in given.iter_mut().filter(|fraction| !fraction.complete) {
        let whole = least.get(&of(fraction)).copied();
        if let Some((recorded, whole)) = fraction.dose.zip(whole) {
            if recorded >= whole {
                fraction.dose = None;
                let found = found.entry(fraction.group_key()).or_default();
                found.records.push(RecordFinding::WholeDose {
                    fraction: fraction.number,
                    recorded,
                    whole,
                });
            }
        }
    }
}

/// The sum at the one dose reference that every session names, with its number; none where that is
/// not one.
fn dose(sessions: &[Session<'_>]) -> Option<(Option<i32>, Decimal)> {
    let references = |beam: &RecordedBeam| -> BTreeSet<i32> {
        let named = beam.calculated.iter().filter(|dose| dose.dose.is_some());
        named.filter_map(|dose| dose.reference).collect()
    };
    let mut common = sessions.iter().map(|(_, beam)| references(beam));
    let first = common.next()?;
    let common = common.fold(first, |one, other| &one & &other);
    let &[reference] = common.into_iter().collect::<Vec<_>>().as_slice() else {
        return of_session(sessions);
    };
    let doses = sessions.iter().flat_map(|(_, beam)| &beam.calculated);
    doses
        .filter(|dose| dose.reference == Some(reference))
        .try_fold(Decimal::ZERO, |sum, dose| {
            sum.checked_add(dose.dose.as_ref()?.value())
        })
        .map(|dose| (Some(reference), dose))
}

/// The dose of a whole session, where the fraction is one session and its beams state none.
fn of_session(sessions: &[Session<'_>]) -> Option<(Option<i32>, Decimal)> {
    let (record, _) = *sessions.first()?;
    let one = sessions
        .iter()
        .all(|(other, beam)| std::ptr::eq(*other, record) && beam.calculated.is_empty());
    match record.calculated.as_slice() {
        [dose] if one => Some((dose.reference, dose.dose.as_ref()?.value())),
        _ => None,
    }
}

/// Within a group a higher number is never given before a lower one.
fn order(given: &[GivenFraction], found: &mut BTreeMap<GroupKey, Found<'_>>) {
    let mut last: BTreeMap<(Option<&str>, Option<i32>), &GivenFraction> = BTreeMap::new();
    for fraction in given {
        let of = (fraction.plan.as_deref(), fraction.group);
        if let Some(before) = last.insert(of, fraction) {
            if before.number > fraction.number {
                let found = found.entry(fraction.group_key()).or_default();
                found.records.push(RecordFinding::Order {
                    earlier: (before.number, before.date),
                    later: (fraction.number, fraction.date),
                });
            }
        }
    }
}
