//! Whether the numbers of a protocol go together: doses, sums, daily intensities, days.

use super::empty_part::EmptyPart;
use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::course::UnsettledCourse;
use crate::model::dose::{PrescribedDose, PrescribedFractionation};
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, PrescribedPhase, Protocol};
use crate::model::start::{Span, StartWindow};
use crate::statement::Statement;
use chemorad::radiotherapy::{Course, FractionCount, Fractionation};

impl Protocol {
    /// The numbers: doses, sums, daily intensities, days.
    pub(super) fn check_arithmetic(&self, out: &mut Findings) {
        self.check_volumes(out);
        for (at, phase) in place::of(&self.phases, "phases", |p| &p.name) {
            check_phase(&at, phase, out);
        }
        for (at, course) in place::of(&self.courses, "courses", |c| &c.id) {
            self.check_course(&at, course, out);
        }
        self.check_drugs(out);
        self.check_starts(out);
    }

    fn check_volumes(&self, out: &mut Findings) {
        for (at, volume) in place::of(&self.volumes, "volumes", |v| &v.name) {
            let Some(inside) = volume.inside.as_ref().and_then(|inside| inside.value()) else {
                continue;
            };
            if !self.volumes.iter().any(|other| other.name == *inside) {
                out.undeclared(format!("{at}.inside"), "volume", inside);
            }
        }
        let mut lists = Vec::new();
        for (at, phase) in place::of(&self.phases, "phases", |p| &p.name) {
            lists.push((format!("{at}.doses"), &phase.doses));
        }
        for (at, course) in place::of(&self.courses, "courses", |c| &c.id) {
            lists.push((format!("{at}.totals"), &course.totals));
        }
        for (list, doses) in lists {
            out.unique(&list, doses.iter().map(|dose| &dose.volume));
            for (at, dose) in place::of(doses, &list, |dose| &dose.volume) {
                if !self.volumes.iter().any(|volume| volume.name == dose.volume) {
                    out.undeclared(&at, "volume", &dose.volume);
                }
                check_dose(&at, dose, out);
            }
        }
    }

    fn check_course(&self, at: &str, prescribed: &PrescribedCourse, out: &mut Findings) {
        if prescribed.phases.is_empty() {
            out.empty(at, EmptyPart::Phases);
        }
        for (i, name) in prescribed.phases.iter().enumerate() {
            if self.phase(name).is_none() {
                out.undeclared(format!("{at}.phases[{i}]"), "phase", name);
            }
        }
        let course = match self.course_with(prescribed, |_, _| None) {
            Ok(course) => Some(course),
            Err(why @ UnsettledCourse::Impossible(_)) => {
                out.push(at, ProtocolFault::ImpossibleCourse(why));
                None
            }
            Err(_) => None,
        };
        if course != prescribed.course {
            out.push(at, ProtocolFault::StaleCourse);
        }
        let Some(course) = course else {
            return;
        };
        for (at, total) in place::of(&prescribed.totals, &format!("{at}.totals"), |t| &t.volume) {
            let sum = sum(&course, &total.volume);
            let stated = total.exact();
            if stated != sum {
                out.push(
                    format!("{at}.fractionation"),
                    ProtocolFault::TotalNotSum { sum, stated },
                );
            }
        }
    }

    fn check_drugs(&self, out: &mut Findings) {
        for (at, drug) in place::of(&self.drugs, "drugs", |d| &d.id) {
            let per_square_meter = drug.intensity.is_some() || drug.intensity_per_day.is_some();
            if !per_square_meter && drug.dose.is_none() {
                out.push(&at, ProtocolFault::DrugWithoutDose);
            }
            let (Some(single), Some(daily)) = (drug.intensity(), drug.intensity_per_day()) else {
                continue;
            };
            let hours = drug
                .infusion
                .as_ref()
                .and_then(|infusion| infusion.value()?.hours());
            let fault = match (drug.administrations_per_day(), hours) {
                // one infusion over several days: its dose is that of its days
                (times, Some(hours)) if hours > 24 && times.is_none_or(|t| t.get() == 1) => {
                    let total = u128::from(daily.nanograms_per_square_meter()) * u128::from(hours);
                    let given = u128::from(single.nanograms_per_square_meter()) * 24;
                    (total != given).then_some(ProtocolFault::InfusedIntensity {
                        single,
                        daily,
                        hours,
                    })
                }
                (Some(times), _) => {
                    let product = single.per_day(u32::from(times.get()));
                    (product != Some(daily)).then_some(ProtocolFault::DailyIntensity {
                        times: times.get(),
                        single,
                        product,
                        daily,
                    })
                }
                (None, _) => None,
            };
            if let Some(fault) = fault {
                out.push(format!("{at}.intensity_per_day"), fault);
            }
        }
    }

    fn check_starts(&self, out: &mut Findings) {
        if let Some(start) = &self.start {
            check_start("start", start, out);
        }
        for (at, arm) in place::of(&self.arms, "arms", |a| &a.id) {
            for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
                for (i, action) in option.actions.iter().enumerate() {
                    if let Some(start) = action.start() {
                        check_start(&format!("{at}.actions[{i}].start"), start, out);
                    }
                }
            }
        }
    }
}

fn check_start(at: &str, start: &StartWindow, out: &mut Findings) {
    let (weeks, days) = (&start.weeks, &start.days);
    if weeks.is_none() && days.is_none() {
        out.empty(at, EmptyPart::StartWindow);
    }
    let value = |span: &Option<Statement<Span>>| span.as_ref().and_then(|s| s.value().copied());
    let (Some(weeks), Some(days)) = (value(weeks), value(days)) else {
        return;
    };
    let expected = (weeks.min().checked_mul(7), weeks.max().checked_mul(7));
    if expected != (Some(days.min()), Some(days.max())) {
        out.push(
            format!("{at}.days"),
            ProtocolFault::DaysOfWeeks { weeks, days },
        );
    }
}

fn check_phase(at: &str, phase: &PrescribedPhase, out: &mut Findings) {
    if phase.doses.is_empty() {
        out.empty(at, EmptyPart::PhaseDoses);
    }
    let mut counts = phase
        .doses
        .iter()
        .filter_map(PrescribedDose::exact)
        .map(Fractionation::fractions);
    if let Some(first) = counts.next() {
        if counts.any(|count| count != first) {
            out.push(at, ProtocolFault::PhaseCounts);
        }
    }
}

fn check_dose(at: &str, dose: &PrescribedDose, out: &mut Findings) {
    let Some(stated) = dose.dose_per_fraction.as_ref().and_then(|d| d.value()) else {
        return;
    };
    let named = dose
        .fractionation
        .value()
        .map(PrescribedFractionation::named)
        .unwrap_or_default();
    for fractionation in named {
        if fractionation.dose_per_fraction() != Some(*stated) {
            out.push(
                format!("{at}.dose_per_fraction"),
                ProtocolFault::DosePerFraction {
                    prescribed: fractionation,
                    stated: *stated,
                },
            );
        }
    }
}

/// Total and fractions of a volume over a course; `None` when it gets nothing.
fn sum(course: &Course, volume: &str) -> Option<Fractionation> {
    let total = course.cumulative_dose(volume)?;
    let fractions = course.number_of_fractions(volume);
    Some(Fractionation::from_total(
        total,
        FractionCount::new(fractions).ok()?,
    ))
}
