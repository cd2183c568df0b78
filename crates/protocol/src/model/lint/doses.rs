//! Doses that hold together and are still unlikely to be meant.

use std::string::{String, ToString};
use std::vec::Vec;

use super::number::{Kind, numbers};
use super::{Report, decimal};
use crate::model::access::place;
use crate::model::arm::{Action, TreatmentOption};
use crate::model::dose::{PrescribedDose, PrescribedFractionation};
use crate::model::drug::DrugRegimen;
use crate::model::model::{PrescribedCourse, PrescribedPhase, Protocol};
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Finding, Outcome};

pub(super) fn lint(protocol: &Protocol, out: &mut Report) {
    for (at, phase) in place::of(&protocol.phases, "phases", |p| &p.name) {
        // brachytherapy and the like give large doses at a time
        let external = phase.modality.value().is_none_or(|m| m.adds_up());
        for (at, dose) in place::of(&phase.doses, &format!("{at}.doses"), |d| &d.volume) {
            if let Some(prescribed) = dose.fractionation.value() {
                let at = format!("{at}.fractionation");
                for fractionation in prescribed.named() {
                    check_size(fractionation, external, &at, out);
                }
                check_range(prescribed, &at, out);
            }
            check_enclosure(protocol, phase, dose, &at, out);
        }
    }
    for (at, course) in place::of(&protocol.courses, "courses", |c| &c.id) {
        let said = Said::of(protocol, &[course], &[]);
        said.check(&course.title, &format!("{at}.title"), "title", out);
        said.check(&course.quote.text, &format!("{at}.quote"), "quote", out);
    }
    for (at, arm) in place::of(&protocol.arms, "arms", |a| &a.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            check_option(protocol, option, &at, out);
        }
    }
}

const GRAY: u64 = 1_000_000;
const CENTIGRAY: u64 = 10_000;

/// No prescription comes near: contact brachytherapy, the largest in the library, gives 30 Gy.
const LARGEST_PER_FRACTION: u64 = 100 * GRAY;

/// The linear-quadratic model is reasonably well validated up to about 10 Gy (Brenner 2008,
/// PMC2750078).
const USUAL: core::ops::RangeInclusive<u64> = GRAY..=10 * GRAY;

fn check_size(fractionation: Fractionation, external: bool, at: &str, out: &mut Report) {
    let n = u64::from(fractionation.fractions().get());
    let total = fractionation.total().micrograys();
    let each = || format!("{} Gy per fraction", decimal_gray(fractionation));
    let arithmetic = || format!("{} / {n} = {}", fractionation.total(), each());
    if total > LARGEST_PER_FRACTION * n {
        out.push(
            Finding::written(
                "dose.per_fraction",
                Outcome::Fail,
                at,
                "no radiotherapy gives this dose in one fraction: check total, unit and fractions",
            )
            .with_expected("at most 100 Gy per fraction")
            .with_found(each())
            .with_arithmetic(arithmetic()),
        );
    } else if external && !(USUAL.start() * n..=USUAL.end() * n).contains(&total) {
        out.push(
            Finding::written(
                "dose.per_fraction",
                Outcome::Warn,
                at,
                "an unusual dose per fraction",
            )
            .with_expected("1 to 10 Gy per fraction")
            .with_found(each())
            .with_arithmetic(arithmetic()),
        );
    }
    if total % (n * CENTIGRAY) != 0 {
        out.push(
            Finding::written(
                "dose.uneven",
                Outcome::Warn,
                at,
                "the dose per fraction is not a whole number of centigrays, as prescriptions are",
            )
            .with_expected("a whole number of cGy per fraction")
            .with_found(each())
            .with_arithmetic(arithmetic()),
        );
    }
}

fn decimal_gray(fractionation: Fractionation) -> String {
    match fractionation.dose_per_fraction() {
        Some(dose) => decimal(dose.micrograys(), GRAY),
        None => chemorad::report::decimal(fractionation.gray_per_fraction()),
    }
}

/// The smallest total belongs to the fewest fractions and the largest to the most: one dose per
/// fraction. Where the ends differ, they may not belong together.
fn check_range(prescribed: &PrescribedFractionation, at: &str, out: &mut Report) {
    let PrescribedFractionation::Range { lowest, highest } = prescribed else {
        return;
    };
    let each = |one: &Fractionation| {
        let n = one.fractions();
        format!("{} / {n} = {} Gy", one.total(), decimal_gray(*one))
    };
    let across = |a: &Fractionation, b: &Fractionation| {
        a.total().micrograys() * u64::from(b.fractions().get())
    };
    if across(lowest, highest) != across(highest, lowest) {
        out.push(
            Finding::written(
                "dose.range",
                Outcome::Fail,
                at,
                "the two ends of the range have different doses per fraction",
            )
            .with_expected(format!(
                "{} Gy per fraction at both ends",
                decimal_gray(*lowest)
            ))
            .with_found(format!(
                "{} Gy per fraction at the upper end",
                decimal_gray(*highest)
            ))
            .with_arithmetic(format!("{}, {}", each(lowest), each(highest))),
        );
    }
}

/// In a simultaneous boost the inner volume gets the higher dose.
fn check_enclosure(
    protocol: &Protocol,
    phase: &PrescribedPhase,
    dose: &PrescribedDose,
    at: &str,
    out: &mut Report,
) {
    let enclosing = protocol
        .volumes
        .iter()
        .find(|volume| volume.name == dose.volume)
        .and_then(|volume| volume.inside.as_ref()?.value());
    let Some(enclosing) = enclosing else { return };
    let outer = phase.doses.iter().find(|other| other.volume == *enclosing);
    let outer = outer.and_then(PrescribedDose::exact);
    if let (Some(inner), Some(outer)) = (dose.exact(), outer) {
        if inner.total() < outer.total() {
            out.push(
                Finding::written(
                    "dose.enclosure",
                    Outcome::Warn,
                    format!("{at}.fractionation"),
                    format!("the volume lies inside {enclosing:?} and gets less in the same phase: were the doses exchanged?"),
                )
                .with_expected(format!("at least {}", outer.total()))
                .with_found(inner.total().to_string()),
            );
        }
    }
}

fn check_option(protocol: &Protocol, option: &TreatmentOption, at: &str, out: &mut Report) {
    let courses: Vec<&PrescribedCourse> = protocol.courses_of(option).collect();
    let drugs = protocol.drugs_of(option);
    let said = Said::of(protocol, &courses, &drugs);
    said.check(&option.title, &format!("{at}.title"), "title", out);
    said.check(&option.quote.text, &format!("{at}.quote"), "quote", out);
    // the steps of an option mostly quote the same passages
    let mut quoted = vec![option.quote.text.clone()];
    for (i, action) in option.actions.iter().enumerate() {
        let Action::Radiotherapy {
            course,
            concurrent_drugs,
            ..
        } = action
        else {
            continue;
        };
        let parts = [
            ("course", course.quotes()),
            ("concurrent_drugs", concurrent_drugs.quotes()),
        ];
        for (field, quotes) in parts {
            let at = format!("{at}.actions[{i}].{field}");
            for quote in quotes {
                if !quoted.iter().any(|known| known.contains(&*quote.text)) {
                    said.check(&quote.text, &at, "quote", out);
                    quoted.push(quote.text);
                }
            }
        }
    }
}

/// The numbers that a text on some courses and drugs may name.
struct Said {
    doses: Vec<u64>,
    counts: Vec<u64>,
    intensities: Vec<u64>,
}

impl Said {
    fn of(protocol: &Protocol, courses: &[&PrescribedCourse], drugs: &[&DrugRegimen]) -> Self {
        let mut said = Self {
            doses: Vec::new(),
            counts: Vec::new(),
            intensities: Vec::new(),
        };
        for prescribed in courses {
            let phases = prescribed
                .phases
                .iter()
                .filter_map(|name| protocol.phase(name));
            for dose in phases
                .flat_map(|phase| &phase.doses)
                .chain(&prescribed.totals)
            {
                said.dose(dose);
            }
            if let Some(course) = &prescribed.course {
                said.counts.push(u64::from(course.fractions()));
                let sums = course.volumes().iter();
                let sums = sums.filter_map(|volume| course.cumulative_dose(&volume.name));
                said.doses.extend(sums.map(AbsorbedDose::micrograys));
            }
        }
        for drug in drugs {
            let single = drug.intensity();
            let daily = drug.intensity_per_day();
            said.intensities
                .extend(single.map(IntensityPerAdministration::nanograms_per_square_meter));
            said.intensities
                .extend(daily.map(IntensityPerDay::nanograms_per_square_meter));
        }
        said
    }

    fn dose(&mut self, dose: &PrescribedDose) {
        match dose.fractionation.value() {
            Some(PrescribedFractionation::Total(total)) => self.doses.push(total.micrograys()),
            Some(PrescribedFractionation::TotalRange { lowest, highest }) => {
                self.doses
                    .extend([lowest.micrograys(), highest.micrograys()]);
            }
            Some(prescribed) => {
                for fractionation in prescribed.named() {
                    self.fractionation(fractionation);
                }
            }
            None => {}
        }
        let each = dose
            .dose_per_fraction
            .as_ref()
            .and_then(|dose| dose.value().copied());
        self.doses.extend(each.map(AbsorbedDose::micrograys));
    }

    fn fractionation(&mut self, fractionation: Fractionation) {
        self.doses.push(fractionation.total().micrograys());
        let each = fractionation.dose_per_fraction();
        self.doses.extend(each.map(AbsorbedDose::micrograys));
        self.counts.push(u64::from(fractionation.fractions().get()));
    }

    /// A number of the text that none of the values has.
    fn check(&self, text: &str, at: &str, what: &str, out: &mut Report) {
        for number in numbers(text) {
            let known = match number.kind {
                Kind::Dose if !self.doses.is_empty() => &self.doses,
                Kind::Intensity if !self.intensities.is_empty() => &self.intensities,
                Kind::Count if names_fractions(text, number.end) && !self.counts.is_empty() => {
                    let count = number.millionths / GRAY;
                    if self.counts.contains(&count) {
                        continue;
                    }
                    &self.counts
                }
                _ => continue,
            };
            if number.kind != Kind::Count && known.contains(&number.millionths) {
                continue;
            }
            let written = text[number.start..number.end].to_string();
            out.push(
                Finding::written(
                    "protocol.text_number",
                    Outcome::Warn,
                    at,
                    format!("the {what} names a number that the values beside it do not have"),
                )
                .with_expected(self.list(number.kind))
                .with_found(format!("{written} in \"{text}\"")),
            );
        }
    }

    fn list(&self, kind: Kind) -> String {
        let (values, scale, unit) = match kind {
            Kind::Dose => (&self.doses, GRAY, " Gy"),
            Kind::Intensity => (&self.intensities, GRAY, " mg/m2"),
            _ => (&self.counts, 1, " fractions"),
        };
        let mut texts: Vec<String> = Vec::new();
        for value in values {
            let text = if scale == 1 {
                format!("{value}{unit}")
            } else {
                format!("{}{unit}", decimal(*value, scale))
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(", ")
    }
}

/// `25 fractions`; other counts (`twice`) are not numbers of fractions.
fn names_fractions(text: &str, end: usize) -> bool {
    let before = &text[..end];
    before.ends_with("fractions") || before.ends_with("fraction") || before.ends_with("fx")
}
