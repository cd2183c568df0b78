//! `check`: plans, exports and typed numbers against what is prescribed.

mod columns;
mod export;
mod field;
mod inputs;
mod judged;
mod limits;
mod names;
mod opened;
mod order;
mod phases;
mod typed;
mod walk;

use std::collections::HashMap;
use std::path::PathBuf;

use chemorad::report::Outcome;
use chemorad_crosscheck::{
    CrossCheck, CrossCheckInput, Decisions, PhaseMapping, Prescribed, TargetName, Tolerances,
};
use chemorad_dosimetry::{DoseFile, PatientFile, PlannedPrescription};
use chemorad_render::check::{Check, Comparison, NotChecked};

use super::dose::files::PatientArgs;
use super::dvh::limits::LimitArgs;
use super::dvh::prescribed::PrescribedArgs;
use super::dvh::structures::SolidArgs;
use crate::args::entered::EnteredArgs;
use crate::args::site::{SiteArgs, SiteValues};
use crate::args::whole_number::whole_number;
use crate::coded::Coded;
use crate::failure::{Failure, Refusal};
use crate::flags;
use crate::output::Context;
use crate::parallel;
use crate::protocols::{self, Part};
use crate::refused;
use crate::report::Report;
use columns::Form;
use inputs::Inputs;
use opened::Read;
use typed::TypedCourse;

/// Plans, or entered prescriptions, against what the protocol says.
///
/// Every check says pass, warn, fail, cannot tell or not applicable, with both numbers, the
/// difference, the tolerance and the arithmetic. What is missing never passes.
///
/// All files together are one patient's course: one plan with every phase, or one plan for each.
/// With --each, every plan is a whole course.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad check plan.dcm --protocol NCT06949098/adverse
  chemorad check pelvis.dcm boost.dcm dose.dcm --protocol NCT06949098/adverse
  chemorad check course.dcm --report check.html \\
    --protocol NCT06949098/dose_escalated_chemoradiotherapy
  chemorad check plans/ --each --protocol NCT06949098/radiotherapy_alone
  chemorad check --planned \"20 x 1.8Gy\" --prescribed 36Gy/12
  chemorad check sib.dcm --prescribed x@low=50.4Gy/28 --prescribed x@high=58.8Gy/28
  chemorad check export.csv --protocol NCT06949098/adverse
  chemorad check plan.dcm dose.dcm structures.dcm --protocol NCT06949098/adverse \\
    --limits quantec-bowel --organ \"Bag=bowel bag\"
  chemorad check case.toml --ordered \"1500mg bid\" --dispensed 168x500mg

FILES are RT Plans and the RT Doses that go with them, folders of them (files
of other kinds are skipped and counted), or an export (.csv, .json).
Columns of an export: course, plan, phase, volume, fractions,
dose_per_fraction, total, approval, first_date; doses with their unit
(180 cGy), or columns named with it (total_gy, dose_per_fraction_cgy). Other
headers are named with --columns \"Fx=fractions,Machine=skip\".

A fraction group is matched to a phase by its numbers and its name, never by
its place in a list; where that does not settle it, use --map.

Exit code: 1 when any check fails; else 2 when any file could not be read; else
3 when something could not be told; else 0.")]
pub(crate) struct Args {
    /// Plans, doses, folders, exports.
    #[arg(conflicts_with = "planned")]
    files: Vec<PathBuf>,
    /// A planned prescription, its phases joined by +, such as 45Gy/25+boost=5.4Gy/3, or repeated. A dose
    /// to one of several volumes is PHASE@VOLUME=58.8Gy/28.
    #[arg(long, value_name = "45Gy/25+5.4Gy/3")]
    planned: Vec<TypedCourse>,
    /// The protocol with its arm or treatment: its id, or a .json or .toml file.
    #[arg(
        long,
        value_name = "NCT06949098/adverse",
        conflicts_with = "prescribed"
    )]
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
    /// What is prescribed instead of a protocol, its phases joined by + or repeated. Without volumes all
    /// phases reach one; x@low=50.4Gy/28 and x@high=58.8Gy/28 are one phase with two doses.
    #[arg(long, value_name = "45Gy/25+5.4Gy/3")]
    prescribed: Vec<TypedCourse>,
    /// Compare with this phase only; may be repeated.
    #[arg(long, value_name = "NAME")]
    phase: Vec<String>,
    /// Match a fraction group to a phase: boost.dcm=boost, or course.dcm#2=boost for one of
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
        help = "Another tolerance: dose_per_fraction, total, beam_sum, beam_dose_at_point or dose_maximum with a dose or a percentage, such as total=0.5% or dose_per_fraction=1cGy. May be repeated"
    )]
    tolerance: Vec<String>,
    /// Take the dose a plan states where what its beams give cannot be told (no Beam Dose, doses at
    /// different points), for a reason, which is printed. What can be told is compared all the same.
    #[arg(long, value_name = "REASON", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    accept_stated_dose: Option<String>,
    /// How many fractions the site gives a week, where the protocol does not state it; compared with the
    /// days a plan states.
    #[arg(long, value_name = "NUMBER", value_parser = |text: &str| whole_number(text, 1..=21))]
    fractions_per_week: Option<u32>,
    /// Every plan, and every course of an export, on its own.
    #[arg(long, conflicts_with_all = ["map", "planned"])]
    each: bool,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    entered: EnteredArgs,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    of_limits: PrescribedArgs,
    #[command(flatten)]
    solid: SolidArgs,
    /// Show the patient's name, ID and birth date, which are left out otherwise, and with them every
    /// label, description or file name that holds the name or ID.
    #[arg(long)]
    show_patient: bool,
}

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        if self.entered.is_given() {
            return self.order(context);
        }
        let prescribed = self.prescribed(context)?;
        let mut site = self.site.read(context)?;
        self.fractions_per_week =
            site.decide("fractions a week", self.fractions_per_week, |site| {
                site.fractions_per_week.map(u32::from)
            });
        let tolerances = self.tolerances(&mut site)?;
        site.tell(context);
        let mut inputs = if self.planned.is_empty() {
            inputs::read(
                context,
                &self.files,
                self.show_patient,
                self.each,
                &self.form,
            )?
        } else {
            Inputs::typed(&TypedCourse::joined(&self.planned))?
        };
        let read = std::mem::take(&mut inputs.read);
        if self.each && self.limits.is_given() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--limits is for one course with its structures and its dose: leave --each out",
            ));
        }
        let mut checks = if self.each {
            self.check_each(&prescribed, &tolerances, read, &mut inputs)?
        } else {
            self.check_course(&prescribed, &tolerances, read, &inputs)?
        };
        let show = PatientArgs {
            show_patient: self.show_patient,
        };
        let course = &prescribed.course;
        let flags = (&self.limits, &self.of_limits, self.solid);
        let (found, dose_basis) = limits::findings(context, flags, &inputs, course, &show)?;
        if let Some(check) = checks.first_mut() {
            check.result.findings.extend(found.iter().cloned());
            let findings = check.result.findings.iter();
            check.result.outcome = Outcome::worst(findings.map(|finding| finding.outcome));
        }
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
            structure_sets: inputs
                .others
                .iter()
                .map(|file| file.source.clone())
                .collect(),
            limits: found.into(),
            dose_basis,
            skipped: inputs.skipped,
            skipped_by_name: inputs.skipped_by_name,
        };
        Ok(judged::report(context, &checked))
    }

    fn prescribed(&self, context: &Context<'_>) -> Result<Prescribed, Failure> {
        let prescribed = match (&self.protocol, self.prescribed.as_slice()) {
            (Some(given), _) => {
                let (protocol, part) = protocols::with_part(context, given)
                    .map_err(|error| error.about("--protocol"))?;
                let twice = |what: &str| {
                    Failure::new(
                        refused::INPUT_CONFLICT,
                        format!(
                            "--protocol {given:?} names the {what}, and --{what} another time: leave one out"
                        ),
                    )
                };
                let (arm, option) = match part {
                    Some(_) if self.arm.is_some() => return Err(twice("arm")),
                    Some(Part::Option(..)) if self.option.is_some() => return Err(twice("option")),
                    Some(Part::Option(arm, option)) => (Some(arm), Some(option)),
                    Some(Part::Arm(arm)) => (Some(arm), self.option.clone()),
                    None => (self.arm.clone(), self.option.clone()),
                };
                Prescribed::by_protocol(
                    &protocol,
                    arm.as_deref(),
                    option.as_deref(),
                    self.course.as_deref(),
                )
                .map_err(|error| {
                    let flag = field::of_prescription(&error);
                    Failure::from(error).about(flag)
                })?
            }
            (None, []) => {
                return Err(Refusal::of(refused::INPUT_MISSING,
                    "--protocol",
                    "what is prescribed? Give --protocol with its arm, such as NCT06949098/adverse, or --prescribed such as 45Gy/25+5.4Gy/3",
                )
                .on_a_form("is missing, and so is what is prescribed instead, such as 45Gy/25+5.4Gy/3")
                .into());
            }
            (None, typed) => Prescribed::typed(&TypedCourse::joined(typed))?,
        };
        let only = prescribed.only(&self.phase);
        only.map_err(|error| Failure::from(error).about("--phase"))
    }

    /// The tolerances of the site, and over them those given by hand.
    fn tolerances(&self, site: &mut SiteValues) -> Result<Tolerances, Failure> {
        let mut tolerances = Tolerances::default();
        let of_site = site.site().map(|site| site.plan_tolerances.clone());
        for (name, value) in of_site.unwrap_or_default() {
            let by_hand = self.tolerance.iter().find_map(|setting| {
                let (of, value) = setting.split_once('=')?;
                (of.trim() == name).then(|| value.trim().to_string())
            });
            tolerances
                .set(&format!("{name}={value}"))
                .map_err(|error| Failure::at("plan_tolerances of the site file: ", &error))?;
            site.decide(format!("tolerance, {name}"), by_hand, |_| Some(value));
        }
        for setting in &self.tolerance {
            let set = tolerances.set(setting);
            set.map_err(|error| Failure::from(error).about("--tolerance"))?;
        }
        Ok(tolerances)
    }

    fn decisions(&self) -> Decisions {
        Decisions {
            accept_stated_dose: self.accept_stated_dose.clone(),
            fractions_per_week: self.fractions_per_week,
        }
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
                Read::Plan(plan) => planned.push(*plan),
                Read::Dose(dose) => doses.push(*dose),
                Read::Export(mut courses) => {
                    exports += 1;
                    if courses.len() > 1 {
                        let names: Vec<String> =
                            courses.iter().map(|plan| plan.source.to_string()).collect();
                        return Err(Failure::new(
                            refused::EXPORT_COURSES,
                            format!(
                                "the export holds {} courses ({}): to check each on its own, give --each",
                                names.len(),
                                names::shortened(&names)
                            ),
                        ));
                    }
                    planned.append(&mut courses);
                }
            }
        }
        if exports > 0 && planned.len() > 1 {
            return Err(Failure::new(
                refused::EXPORT_COURSES,
                "an export is a whole course, and more was given: check them one after the other, or with --each",
            ));
        }
        if planned.is_empty() {
            return Err(inputs.nothing());
        }
        let mapping = self.map.iter().map(|m| inputs.resolved(m, &planned));
        let mapping: Vec<PhaseMapping> = mapping.collect();
        let others = inputs.others.iter().chain(&inputs.records);
        let others: Vec<PatientFile> = others.cloned().collect();
        let mut result = CrossCheck::new(&CrossCheckInput {
            prescribed,
            planned: &planned,
            doses: &doses,
            others: &others,
            mapping: &mapping,
            names: &self.target,
            tolerances,
            decisions: &self.decisions(),
            not_assessable: inputs.not_checked.len(),
        })
        .map_err(|error| {
            let refusal = Refusal::from_error(error.to_string(), &error);
            refusal.about(field::of_check(&error))
        })?;
        flags::name_flags(&mut result.findings);
        names::are_known(&self.target, &planned, &inputs.others)?;
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
                Read::Plan(plan) => planned.push(*plan),
                Read::Dose(dose) => doses.push(*dose),
                Read::Export(mut courses) => planned.append(&mut courses),
            }
        }
        if planned.is_empty() {
            return Err(inputs.nothing());
        }
        names::are_known(&self.target, &planned, &inputs.others)?;
        let mut with: Vec<Vec<DoseFile>> = planned.iter().map(|_| Vec::new()).collect();
        let mut by_uid: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, plan) in planned.iter().enumerate() {
            if let Some(uid) = &plan.uid {
                by_uid.entry(uid).or_default().push(at);
            }
        }
        for dose in doses {
            let plans = match dose.plans.as_slice() {
                [only] => by_uid.get(&**only),
                _ => None,
            };
            if let Some(plans) = plans {
                for at in plans {
                    if let Some(doses) = with.get_mut(*at) {
                        doses.push(dose.clone());
                    }
                }
            } else {
                let reason = match dose.plans.len() {
                    0 => "it is a dose that does not say which plan it belongs to",
                    1 => "it is a dose, and the plan it refers to is not among the files",
                    _ => {
                        "it is the dose of several plans: check it with them as one course, without --each"
                    }
                };
                inputs.not_checked.push(NotChecked {
                    name: dose.source,
                    code: refused::CHECK_DOSE_WITHOUT_PLAN,
                    reason: reason.into(),
                    unreadable: false,
                });
            }
        }
        let mut checks = Vec::with_capacity(planned.len());
        let decisions = self.decisions();
        let pairs: Vec<(PlannedPrescription, Vec<DoseFile>)> =
            planned.into_iter().zip(with).collect();
        let results = parallel::each(&pairs, |(plan, doses)| {
            // a structure set belongs to the plans that name it
            let named = |file: &&PatientFile| {
                let uid = file.uid.as_ref();
                uid.is_some_and(|uid| plan.structure_sets.contains(uid))
            };
            let others: Vec<PatientFile> = inputs.others.iter().filter(named).cloned().collect();
            CrossCheck::new(&CrossCheckInput {
                prescribed,
                planned: std::slice::from_ref(plan),
                doses,
                others: &others,
                mapping: &[],
                names: &self.target,
                tolerances,
                decisions: &decisions,
                not_assessable: 0,
            })
        });
        for ((plan, doses), result) in pairs.into_iter().zip(results) {
            let mut sources = vec![plan.source];
            sources.extend(doses.into_iter().map(|dose| dose.source));
            match result {
                Ok(mut result) => {
                    flags::name_flags(&mut result.findings);
                    checks.push(Check { sources, result });
                }
                Err(error) => inputs.not_checked.push(NotChecked {
                    name: sources.swap_remove(0),
                    code: error.code(),
                    reason: error.to_string(),
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
