use alloc::string::ToString;

use super::check::{Findings, fault};
use super::model::{PrescribedCourse, PrescribedDose, PrescribedPhase, Protocol};
use crate::radiotherapy::{FractionCount, Fractionation};

impl Protocol {
    /// The numbers: doses, sums, daily intensities, days.
    pub(super) fn check_arithmetic(&self, out: &mut Findings) {
        self.check_volumes(out);
        for phase in &self.phases {
            check_phase(phase, out);
        }
        for course in &self.courses {
            self.check_course(course, out);
        }
        self.check_drugs(out);
        self.check_start(out);
    }

    fn check_volumes(&self, out: &mut Findings) {
        for volume in &self.volumes {
            let Some(inside) = volume.inside.as_ref().and_then(|inside| inside.value()) else {
                continue;
            };
            if !self.volumes.iter().any(|other| other.name == *inside) {
                out.unknown(&format!("volumes.{}.inside", volume.name), "volume", inside);
            }
        }
        let doses = self.phases.iter().flat_map(|phase| {
            phase
                .doses
                .iter()
                .map(move |dose| (format!("phases.{}", phase.name), dose))
        });
        let totals = self.courses.iter().flat_map(|course| {
            course
                .totals
                .iter()
                .map(move |dose| (format!("courses.{}.totals", course.id), dose))
        });
        for (at, dose) in doses.chain(totals) {
            if !self.volumes.iter().any(|volume| volume.name == dose.volume) {
                out.unknown(&at, "volume", &dose.volume);
            }
            check_dose(&at, dose, out);
        }
    }

    fn check_course(&self, prescribed: &PrescribedCourse, out: &mut Findings) {
        let at = format!("courses.{}", prescribed.id);
        let course = &prescribed.course;
        for volume in course.volumes() {
            let declared = self.volumes.iter().find(|v| v.name == volume.name);
            match declared {
                None => out.unknown(&at, "volume", &volume.name),
                Some(declared) => {
                    let inside = declared.inside.as_ref().and_then(|inside| inside.value());
                    if inside != volume.inside.as_ref() {
                        out.fail(
                            "protocol.phase",
                            &at,
                            format!(
                                "the volume {:?} does not lie in the volume it is declared in",
                                volume.name
                            ),
                        );
                    }
                }
            }
        }
        for phase in course.phases() {
            match self.phases.iter().find(|p| p.name == *phase.name()) {
                None => out.unknown(&at, "phase", phase.name()),
                Some(declared) => {
                    let same = declared.doses.len() == phase.prescriptions().len()
                        && declared.doses.iter().all(|dose| {
                            phase.prescription_of(&dose.volume).as_ref()
                                == dose.fractionation.value()
                        });
                    if !same {
                        out.fail(
                            "protocol.phase",
                            &at,
                            format!("its phase {:?} is not the declared one", phase.name()),
                        );
                    }
                }
            }
        }
        out.unique(
            &format!("{at}.totals"),
            prescribed.totals.iter().map(|t| &t.volume),
        );
        for volume in course.volumes() {
            let sum = sum(prescribed, &volume.name);
            let total = prescribed.totals.iter().find(|t| t.volume == volume.name);
            let stated = total.and_then(|total| total.fractionation.value());
            if stated != sum.as_ref() {
                out.0.push(
                    fault(
                        "protocol.arithmetic",
                        format!("{at}.totals.{}", volume.name),
                        "the total is not the sum over the phases that cover the volume",
                    )
                    .expected(sum.map_or("no dose".to_string(), |s| s.to_string()))
                    .found(stated.map_or("none".to_string(), ToString::to_string)),
                );
            }
        }
    }

    fn check_drugs(&self, out: &mut Findings) {
        for drug in &self.drugs {
            let (Some(single), Some(times), Some(daily)) = (
                drug.intensity.value(),
                drug.administrations_per_day.value(),
                drug.intensity_per_day.value(),
            ) else {
                continue;
            };
            let product = single.per_day(u32::from(times.get()));
            if product != Some(*daily) {
                out.0.push(
                    fault(
                        "protocol.arithmetic",
                        format!("drugs.{}.intensity_per_day", drug.id),
                        format!("{times} x {single} is not the daily intensity"),
                    )
                    .expected(product.map_or("out of range".to_string(), |p| p.to_string()))
                    .found(daily.to_string()),
                );
            }
        }
    }

    fn check_start(&self, out: &mut Findings) {
        let (Some(weeks), Some(days)) = (self.start.weeks.value(), self.start.days.value()) else {
            return;
        };
        let expected = (weeks.min().checked_mul(7), weeks.max().checked_mul(7));
        if expected != (Some(days.min()), Some(days.max())) {
            out.0.push(
                fault(
                    "protocol.arithmetic",
                    "start.days",
                    "the days are not 7 times the weeks",
                )
                .expected(format!("7 x {} to 7 x {}", weeks.min(), weeks.max()))
                .found(format!("{} to {}", days.min(), days.max())),
            );
        }
    }
}

fn check_phase(phase: &PrescribedPhase, out: &mut Findings) {
    let at = format!("phases.{}", phase.name);
    if phase.doses.is_empty() {
        out.fail("protocol.empty", &at, "a phase needs the dose of a volume");
    }
    out.unique(&at, phase.doses.iter().map(|dose| &dose.volume));
    let mut counts = phase
        .doses
        .iter()
        .filter_map(|dose| dose.fractionation.value())
        .map(|fractionation| fractionation.fractions());
    if let Some(first) = counts.next() {
        if counts.any(|count| count != first) {
            out.fail(
                "protocol.arithmetic",
                &at,
                "in a phase every volume gets every fraction",
            );
        }
    }
}

fn check_dose(at: &str, dose: &PrescribedDose, out: &mut Findings) {
    let (Some(fractionation), Some(stated)) = (
        dose.fractionation.value(),
        dose.dose_per_fraction.as_ref().and_then(|d| d.value()),
    ) else {
        return;
    };
    if fractionation.dose_per_fraction() != Some(*stated) {
        out.0.push(
            fault(
                "protocol.arithmetic",
                format!("{at}.{}", dose.volume),
                "the dose per fraction times the fractions is not the total",
            )
            .expected(fractionation.to_string())
            .found(format!("{} x {stated}", fractionation.fractions())),
        );
    }
}

/// Total and fractions of a volume over a course; `None` when it gets nothing.
fn sum(prescribed: &PrescribedCourse, volume: &str) -> Option<Fractionation> {
    let total = prescribed.course.cumulative_dose(volume)?;
    let fractions = prescribed
        .course
        .contributions(volume)
        .map(|part| part.fractionation.fractions().get())
        .sum();
    Some(Fractionation::from_total(
        total,
        FractionCount::new(fractions).ok()?,
    ))
}
