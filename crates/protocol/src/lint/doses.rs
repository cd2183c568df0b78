//! Doses that hold together and are still unlikely to be meant.

use super::amounts::Amounts;
use super::fault::{NamedNumbers, ProtocolFault};
use super::finding::Findings;
use super::number::Kind;
use super::reading::{mentions, numbers, tokens};
use crate::model::arm::{Action, TreatmentOption};
use crate::model::dose::{PrescribedDose, PrescribedFractionation};
use crate::model::drug::DrugRegimen;
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, PrescribedPhase, Protocol};
use crate::passage::mention::Said;
use crate::statement::Quote;
use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use chemorad::radiotherapy::Fractionation;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
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
        let said = NamedValues::of(protocol, &[course], &[]);
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

fn check_size(fractionation: Fractionation, external: bool, at: &str, out: &mut Findings) {
    let n = u64::from(fractionation.fractions().get());
    let total = fractionation.total().micrograys();
    if total > LARGEST_PER_FRACTION * n {
        out.push(at, ProtocolFault::ImpossibleDosePerFraction(fractionation));
    } else if external && !(USUAL.start() * n..=USUAL.end() * n).contains(&total) {
        out.push(at, ProtocolFault::UnusualDosePerFraction(fractionation));
    }
    if total % (n * CENTIGRAY) != 0 {
        out.push(at, ProtocolFault::UnevenDose(fractionation));
    }
}

/// The smallest total belongs to the fewest fractions and the largest to the most: one dose per
/// fraction. Where the ends differ, they may not belong together.
fn check_range(prescribed: &PrescribedFractionation, at: &str, out: &mut Findings) {
    let PrescribedFractionation::Range { lowest, highest } = prescribed else {
        return;
    };
    let across = |a: &Fractionation, b: &Fractionation| {
        a.total().micrograys() * u64::from(b.fractions().get())
    };
    if across(lowest, highest) != across(highest, lowest) {
        out.push(
            at,
            ProtocolFault::UnevenRange {
                lowest: *lowest,
                highest: *highest,
            },
        );
    }
}

/// In a simultaneous boost the inner volume gets the higher dose.
fn check_enclosure(
    protocol: &Protocol,
    phase: &PrescribedPhase,
    dose: &PrescribedDose,
    at: &str,
    out: &mut Findings,
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
                format!("{at}.fractionation"),
                ProtocolFault::Enclosure {
                    enclosing: enclosing.clone(),
                    inner: inner.total(),
                    outer: outer.total(),
                    is_boost: dose.fractionation.quotes().iter().any(names_a_boost),
                },
            );
        }
    }
}

fn names_a_boost(quote: &Quote) -> bool {
    let words = tokens(&quote.text);
    words.iter().any(|word| word.text.starts_with("boost"))
}

fn check_option(protocol: &Protocol, option: &TreatmentOption, at: &str, out: &mut Findings) {
    let courses: Vec<&PrescribedCourse> = protocol.courses_of(option).collect();
    let drugs = protocol.drugs_of(option);
    let said = NamedValues::of(protocol, &courses, &drugs);
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
pub(super) struct NamedValues {
    pub(super) doses: Vec<u64>,
    pub(super) counts: Vec<u64>,
    intensities: Vec<u64>,
    amounts: Vec<Amounts>,
}

impl NamedValues {
    pub(super) fn of(
        protocol: &Protocol,
        courses: &[&PrescribedCourse],
        drugs: &[&DrugRegimen],
    ) -> Self {
        let mut said = Self {
            doses: Vec::new(),
            counts: Vec::new(),
            intensities: Vec::new(),
            amounts: drugs.iter().copied().filter_map(Amounts::of).collect(),
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

    pub(super) fn dose(&mut self, dose: &PrescribedDose) {
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
    fn check(&self, text: &Text, at: &str, field: &'static str, out: &mut Findings) {
        let said = mentions(text);
        for number in numbers(text).iter() {
            type Known = fn(Vec<u64>) -> NamedNumbers;
            let Some(millionths) = number.millionths() else {
                continue;
            };
            let (named, values, known): (_, _, Known) = match number.kind {
                Kind::Dose => (millionths, &self.doses, NamedNumbers::Doses),
                Kind::Intensity => (millionths, &self.intensities, NamedNumbers::Intensities),
                Kind::Count if names_fractions(text, number.end) => {
                    (millionths / GRAY, &self.counts, NamedNumbers::Fractions)
                }
                _ => continue,
            };
            let mut around = said
                .iter()
                .filter(|mention| (mention.start..mention.end).contains(&number.start));
            let is_other = around.any(|mention| match mention.said {
                // "5 fractions a week" counts none of a course
                Said::FractionsPerWeek(_) | Said::FractionsPerDay(_) => true,
                // 1575 mg/m2 over 7 days are 225 mg/m2 a day
                Said::Intensity { .. } => self
                    .amounts
                    .iter()
                    .any(|amounts| amounts.lead_to_said(&mention.said)),
                _ => false,
            });
            if values.is_empty() || values.contains(&named) || is_other {
                continue;
            }
            out.push(
                at,
                ProtocolFault::TextNumber {
                    field,
                    text: text.clone(),
                    written: text[number.start..number.end].to_string(),
                    named,
                    known: known(values.clone()),
                },
            );
        }
    }
}

/// `25 fractions`; other counts (`twice`) are not numbers of fractions.
fn names_fractions(text: &str, end: usize) -> bool {
    let before = &text[..end];
    before.ends_with("fractions") || before.ends_with("fraction") || before.ends_with("fx")
}
