//! `check`: plans, exports and typed numbers against what is prescribed.

mod export;
mod html;
mod inputs;
mod text;
mod withheld;

use std::path::{Path, PathBuf};

use chemorad::report::Outcome;
use chemorad_crosscheck::{
    ASSIGNMENT_RULE, CrossCheck, CrossCheckInput, DoseFile, PhaseMapping, PlannedPrescription,
    Prescribed, TargetName, Tolerance, Tolerances, TypedPrescription,
};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;
use inputs::{Inputs, NotChecked, Read, Source};

/// Plans, or entered prescriptions, against what the protocol says.
///
/// Every check says pass, warn, fail, cannot tell or not applicable, with both numbers, the
/// difference, the tolerance and the arithmetic. What is missing never passes.
///
/// All files together are one patient's course: one plan with every phase, or one plan for each.
/// With --each, every plan is a course of its own.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad check pelvis.dcm boost.dcm dose.dcm \\
    --protocol NCT06949098 --arm adverse
  chemorad check course.dcm --protocol NCT06949098 --arm positive_margin \\
    --option dose_escalated_chemoradiotherapy --report check.html
  chemorad check plans/ --each --protocol NCT06949098 --arm low_risk \\
    --option radiotherapy_alone
  chemorad check --planned \"20 x 1.8Gy\" --prescribed 36Gy/12
  chemorad check export.csv --protocol NCT06949098 --arm adverse

FILES are RT Plans and the RT Doses that go with them, folders of them (files
of other kinds are passed over and counted), or an export (.csv, .json).
Columns of an export: course, plan, phase, volume, fractions,
dose_per_fraction, total, approval, first_date; doses with their unit
(180 cGy), or columns named with it (total_gy, dose_per_fraction_cgy).

A fraction group is taken for a phase by its numbers and its name, never by its
place in a list; where that does not settle it, use --map.

Exit code: 1 when any check fails; else 2 when any file could not be read; else
3 when something could not be told; else 0.")]
pub(crate) struct Args {
    /// Plans, doses, folders, exports.
    #[arg(conflicts_with = "planned")]
    files: Vec<PathBuf>,
    /// A planned prescription, such as 45Gy/25 or boost=5.4Gy/3; repeat it for phases.
    #[arg(long, value_name = "[PHASE=]FRACTIONATION")]
    planned: Vec<TypedPrescription>,
    /// The protocol: its id, or a .json or .toml file.
    #[arg(long, value_name = "ID|FILE", conflicts_with = "prescribed")]
    protocol: Option<String>,
    /// The arm, as `protocol show` lists it.
    #[arg(long, value_name = "ID", requires = "protocol")]
    arm: Option<String>,
    /// The treatment, where the arm offers more than one.
    #[arg(long, value_name = "ID", requires = "protocol")]
    option: Option<String>,
    /// The course, where the option leaves it open.
    #[arg(long, value_name = "ID", requires = "protocol")]
    course: Option<String>,
    /// What is prescribed instead of a protocol; repeat it for phases.
    #[arg(long, value_name = "[PHASE=]FRACTIONATION")]
    prescribed: Vec<TypedPrescription>,
    /// Compare with this phase only; may be repeated.
    #[arg(long, value_name = "NAME")]
    phase: Vec<String>,
    /// Take a fraction group for a phase: boost.dcm=boost, or course.dcm#2=boost for one of
    /// several groups (in an export, the line); a plan's label will do for its file name. May be
    /// repeated.
    #[arg(long, value_name = "PLAN[#N]=PHASE")]
    map: Vec<PhaseMapping>,
    /// What a target of the plan is called in the protocol, such as "PTV 50.4=tumour bed".
    #[arg(long, value_name = "NAME=VOLUME")]
    target: Vec<TargetName>,
    #[arg(
        long,
        value_name = "NAME=VALUE",
        help = "Another tolerance: dose_per_fraction, total or beam_sum with a dose or a percentage, such as total=0.5% or dose_per_fraction=1cGy. May be repeated"
    )]
    tolerance: Vec<String>,
    /// Every plan, and every course of an export, on its own.
    #[arg(long, conflicts_with_all = ["map", "planned"])]
    each: bool,
    /// Write a report to file with the plan: one self-contained HTML page.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Show the patient's name, ID and birth date, which are left out otherwise, and with them every
    /// label, description or file name that holds the name or ID.
    #[arg(long)]
    show_patient: bool,
}

/// One comparison and the sources it is about.
#[derive(Serialize)]
struct Check {
    sources: Vec<String>,
    #[serde(flatten)]
    result: CrossCheck,
}

/// The phases that are compared, and those that are not.
#[derive(Serialize)]
struct Scope<'a> {
    #[serde(flatten)]
    prescribed: &'a Prescribed,
    compared: Vec<&'a str>,
    left_out: Vec<&'a str>,
}

/// Everything a rendering needs.
struct Comparison<'a> {
    prescribed: &'a Prescribed,
    tolerances: &'a Tolerances,
    each: bool,
    checks: Vec<Check>,
    inputs: &'a [Source],
    not_checked: Vec<NotChecked>,
    passed_over: usize,
    passed_by_name: Vec<String>,
    outcome: Outcome,
}

#[derive(Serialize)]
struct Output<'a> {
    outcome: Outcome,
    prescribed: Scope<'a>,
    inputs: &'a [Source],
    not_checked: &'a [NotChecked],
    passed_over: usize,
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Course(&'a Check),
    Each {
        checks: &'a [Check],
        rule: &'static str,
        tolerances: Vec<&'a Tolerance>,
    },
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let prescribed = self.prescribed(context)?;
        let mut tolerances = Tolerances::default();
        for setting in &self.tolerance {
            tolerances.set(setting)?;
        }
        let mut inputs = if self.planned.is_empty() {
            inputs::read(context, &self.files, self.show_patient, self.each)?
        } else {
            Inputs::typed(&self.planned)
        };
        if let Some(report) = &self.report {
            not_an_input(context, report, &inputs.paths)?;
        }
        let read = std::mem::take(&mut inputs.read);
        let checks = if self.each {
            self.check_each(&prescribed, &tolerances, read, &mut inputs)?
        } else {
            self.check_course(&prescribed, &tolerances, read, &inputs)?
        };
        let worst = Outcome::worst(checks.iter().map(|check| check.result.outcome));
        let checked = Comparison {
            prescribed: &prescribed,
            tolerances: &tolerances,
            each: self.each,
            // what was not checked is not known
            outcome: if inputs.not_checked.is_empty() {
                worst
            } else {
                Outcome::worst([worst, Outcome::CannotTell])
            },
            checks,
            inputs: &inputs.sources,
            not_checked: inputs.not_checked,
            passed_over: inputs.passed_over,
            passed_by_name: inputs.passed_by_name,
        };
        if let Some(report) = &self.report {
            context.write_text(
                report,
                html::page(&checked),
                &["html", "htm"],
                "a report is HTML",
            )?;
        }
        Ok(checked.report())
    }

    fn prescribed(&self, context: &Context<'_>) -> Result<Prescribed, Failure> {
        let prescribed = match (&self.protocol, self.prescribed.as_slice()) {
            (Some(given), _) => {
                let protocol = protocols::sound(context, given)?;
                Prescribed::by_protocol(
                    &protocol,
                    self.arm.as_deref(),
                    self.option.as_deref(),
                    self.course.as_deref(),
                )?
            }
            (None, []) => {
                return Err(Failure::new(
                    "what is prescribed? Give --protocol and --arm, or --prescribed such as 45Gy/25",
                ));
            }
            (None, typed) => Prescribed::typed(typed)?,
        };
        Ok(prescribed.only(&self.phase)?)
    }

    fn check_course(
        &self,
        prescribed: &Prescribed,
        tolerances: &Tolerances,
        read: Vec<Read>,
        inputs: &Inputs,
    ) -> Result<Vec<Check>, Failure> {
        let mut planned: Vec<PlannedPrescription> = Vec::new();
        let mut doses = Vec::new();
        let mut exports = 0;
        for read in read {
            match read {
                Read::Plan(plan) => planned.push(plan),
                Read::Dose(dose) => doses.push(dose),
                Read::Export(mut courses) => {
                    exports += 1;
                    if courses.len() > 1 {
                        let names: Vec<&str> =
                            courses.iter().map(|plan| plan.source.as_str()).collect();
                        return Err(Failure::new(format!(
                            "the export holds {} courses ({}): to check each on its own, give --each",
                            names.len(),
                            shortened(&names)
                        )));
                    }
                    planned.append(&mut courses);
                }
            }
        }
        if exports > 0 && planned.len() > 1 {
            return Err(Failure::new(
                "an export is a whole course, and more was given beside it: check them one after the other, or with --each",
            ));
        }
        if planned.is_empty() {
            return Err(inputs.nothing());
        }
        let mapping: Vec<PhaseMapping> = self.map.iter().map(|m| inputs.resolved(m)).collect();
        let result = CrossCheck::new(&CrossCheckInput {
            prescribed,
            planned: &planned,
            doses: &doses,
            mapping: &mapping,
            names: &self.target,
            tolerances,
            unread: inputs.not_checked.len(),
        });
        let mut result = result
            .map_err(|error| Failure::new(withheld::text(&error.to_string(), &inputs.sources)))?;
        withheld::withhold(&mut result, &inputs.sources);
        let sources = planned.iter().map(|plan| plan.source.clone());
        let sources = sources.chain(doses.iter().map(|dose| dose.source.clone()));
        Ok(vec![Check {
            sources: sources.collect(),
            result,
        }])
    }

    fn check_each(
        &self,
        prescribed: &Prescribed,
        tolerances: &Tolerances,
        read: Vec<Read>,
        inputs: &mut Inputs,
    ) -> Result<Vec<Check>, Failure> {
        let mut planned: Vec<PlannedPrescription> = Vec::new();
        let mut doses: Vec<DoseFile> = Vec::new();
        for read in read {
            match read {
                Read::Plan(plan) => planned.push(plan),
                Read::Dose(dose) => doses.push(dose),
                Read::Export(mut courses) => planned.append(&mut courses),
            }
        }
        if planned.is_empty() {
            return Err(inputs.nothing());
        }
        let mut with: Vec<Vec<DoseFile>> = planned.iter().map(|_| Vec::new()).collect();
        for dose in doses {
            let mut known = false;
            if let [only] = dose.plans.as_slice() {
                let plans = planned.iter().zip(&mut with);
                for (_, doses) in plans.filter(|(plan, _)| plan.uid.as_ref() == Some(only)) {
                    doses.push(dose.clone());
                    known = true;
                }
            }
            if !known {
                let reason = match dose.plans.len() {
                    0 => "it is a dose that does not say which plan it belongs to",
                    1 => "it is a dose, and the plan it refers to is not among the files",
                    _ => {
                        "it is the dose of several plans: check it with them as one course, without --each"
                    }
                };
                inputs.not_checked.push(NotChecked {
                    name: dose.source,
                    reason: reason.into(),
                    unreadable: false,
                });
            }
        }
        let mut checks = Vec::with_capacity(planned.len());
        for (plan, doses) in planned.into_iter().zip(with) {
            let result = CrossCheck::new(&CrossCheckInput {
                prescribed,
                planned: std::slice::from_ref(&plan),
                doses: &doses,
                mapping: &[],
                names: &self.target,
                tolerances,
                unread: 0,
            });
            let mut sources = vec![plan.source];
            sources.extend(doses.into_iter().map(|dose| dose.source));
            match result {
                Ok(mut result) => {
                    withheld::withhold(&mut result, &inputs.sources);
                    checks.push(Check { sources, result });
                }
                Err(error) => inputs.not_checked.push(NotChecked {
                    name: sources.swap_remove(0),
                    reason: withheld::text(&error.to_string(), &inputs.sources),
                    unreadable: true,
                }),
            }
        }
        if checks.is_empty() {
            return Err(inputs.nothing());
        }
        Ok(checks)
    }
}

impl Comparison<'_> {
    fn compared(&self) -> Scope<'_> {
        Scope {
            prescribed: self.prescribed,
            compared: self
                .prescribed
                .compared()
                .map(|phase| &**phase.name())
                .collect(),
            left_out: self
                .prescribed
                .left_out()
                .map(|phase| &**phase.name())
                .collect(),
        }
    }

    fn report(&self) -> Report {
        let body = match self.checks.as_slice() {
            [check] if !self.each => Body::Course(check),
            checks => Body::Each {
                checks,
                rule: ASSIGNMENT_RULE,
                tolerances: self.tolerances.iter().collect(),
            },
        };
        let output = Output {
            outcome: self.outcome,
            prescribed: self.compared(),
            inputs: self.inputs,
            not_checked: &self.not_checked,
            passed_over: self.passed_over,
            body,
        };
        let mut report = Report::new(text::page(self), &output).judged(self.outcome);
        let unreadable = self.not_checked.iter().any(|file| file.unreadable);
        if unreadable && self.outcome != Outcome::Fail {
            report.exit = 2;
        }
        report
    }
}

fn not_an_input(context: &Context<'_>, report: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    if inputs
        .iter()
        .any(|input| context.files.is_same(input, report))
    {
        return Err(Failure::new(format!(
            "{}: the report would overwrite a file that is checked",
            report.display()
        )));
    }
    Ok(())
}

/// The first few names.
fn shortened(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let mut text = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(", ...");
    }
    text
}
