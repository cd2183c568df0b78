//! Files in: what each is, read on all cores, so that one large file of each core at a time is held.

use std::collections::HashSet;
use std::path::PathBuf;

use chemorad::report::Identifying;
use chemorad_crosscheck::PhaseMapping;
use chemorad_dicom::ReadError;
use chemorad_dosimetry::{
    DoseFile, PatientFile, PatientIdentities, PlannedPrescription, TypedPrescription,
};

use super::columns::Form;
use super::export;
use super::opened::{Content, Opened, Read};
use super::walk::{Found, Walked};
use crate::coded::Coded;
use crate::failure::{Failure, Refusal};
use crate::output::{Context, stand_in};
use crate::parallel;
use crate::progress::Progress;
use crate::refused;
use chemorad_render::check::{NotChecked, SkippedFile, Source};

#[derive(Default)]
pub(super) struct Inputs {
    pub(super) read: Vec<Read>,
    pub(super) sources: Vec<Source>,
    pub(super) not_checked: Vec<NotChecked>,
    /// Structure sets, held against the plans for whom they are about.
    pub(super) others: Vec<PatientFile>,
    /// Records of treatment, held against the plans for whom they are about.
    pub(super) records: Vec<PatientFile>,
    /// Where the structure sets are.
    pub(super) structure_paths: Vec<PathBuf>,
    /// Where the doses are.
    pub(super) dose_paths: Vec<PathBuf>,
    /// Where the plans are.
    pub(super) plan_paths: Vec<PathBuf>,
    /// The plans of the course, and its doses, which name the parts that they are of.
    pub(super) planned: Vec<PlannedPrescription>,
    pub(super) doses: Vec<DoseFile>,
    /// Files of other kinds.
    pub(super) skipped: usize,
    /// Those of them that were named, and what they are.
    pub(super) skipped_by_name: Vec<SkippedFile>,
    /// What a file may be called by hand, and what it is called here.
    called: Vec<(String, Identifying<String>)>,
}

impl Inputs {
    /// An assignment with the plan as it is called here, where it was called by its path, its file name
    /// or its label.
    pub(super) fn resolved(
        &self,
        mapping: &PhaseMapping,
        planned: &[PlannedPrescription],
    ) -> PhaseMapping {
        let given = mapping.group.plan.reveal();
        let mut mapping = mapping.clone();
        let files = self.called.iter().filter(|(name, _)| name == given);
        let mut files: Vec<&Identifying<String>> = files.map(|(_, file)| file).collect();
        files.dedup();
        let label = planned
            .iter()
            .filter_map(|plan| plan.label.as_ref())
            .find(|label| label.reveal() == given);
        let here = match files.as_slice() {
            [only] => Some(*only),
            _ => label,
        };
        if let Some(here) = here {
            mapping.group.plan.clone_from(here);
        }
        mapping
    }

    pub(super) fn typed(planned: &[TypedPrescription]) -> Result<Self, Failure> {
        Ok(Self {
            read: vec![Read::Plan(Box::new(PlannedPrescription::typed(
                "typed", planned,
            )?))],
            ..Self::default()
        })
    }

    /// Withholds the names of files that name the patient of another file: of those that say themselves of
    /// whom they are, and of those that do not.
    fn withhold(&mut self, show_patient: bool) {
        let plans = self.read.iter().filter_map(|read| match read {
            Read::Plan(plan) => plan.patient.as_ref(),
            Read::Dose(dose) => dose.patient.as_ref(),
            Read::Export(_) => None,
        });
        let others = self.others.iter().chain(&self.records);
        let all = plans.chain(others.map(|file| &file.patient));
        let mut known = HashSet::new();
        let each = all.filter(|patient| known.insert(*patient));
        let each = each.map(|patient| patient.identity().showing(show_patient));
        let patients: PatientIdentities = each.collect();
        let other = |name: &Identifying<String>, number: usize| {
            if name.names_a_person() {
                return None;
            }
            let of = patients.named_in(name.reveal())?;
            Some(of.text(name.reveal().clone()).called(stand_in(number)))
        };
        let mut renamed: Vec<Identifying<String>> = Vec::new();
        for (source, number) in self.sources.iter_mut().zip(1..) {
            if let Some(name) = other(&source.name, number) {
                source.name = name.clone();
                renamed.push(name);
            }
        }
        let files = self.read.iter_mut().filter_map(|read| match read {
            Read::Plan(plan) => Some(&mut plan.source),
            Read::Dose(dose) => Some(&mut dose.source),
            Read::Export(_) => None,
        });
        let others = self.others.iter_mut().chain(&mut self.records);
        let files = files.chain(others.map(|file| &mut file.source));
        for name in files.chain(self.called.iter_mut().map(|(_, file)| file)) {
            let found = renamed.iter().find(|new| new.reveal() == name.reveal());
            if let Some(new) = found {
                name.clone_from(new);
            }
        }
        let not_read = self.not_checked.iter_mut().map(|file| &mut file.name);
        let not_read = not_read.chain(self.skipped_by_name.iter_mut().map(|file| &mut file.name));
        for (name, number) in not_read.zip(self.sources.len() + 1..) {
            if let Some(new) = other(name, number) {
                *name = new;
            }
        }
        // what stands for a name can be written in an assignment too
        let shown = self.sources.iter();
        self.called
            .extend(shown.map(|source| (source.name.to_string(), source.name.clone())));
    }

    /// Two files with one identifier and different contents are two versions of one object, and which of them
    /// is meant cannot be told.
    fn one_object_each(&self) -> Result<(), Failure> {
        for (at, one) in self.sources.iter().enumerate() {
            let mut others = self.sources.iter().skip(at + 1);
            let other = others.find(|other| {
                one.uid.is_some() && other.uid == one.uid && other.sha256 != one.sha256
            });
            if let Some(other) = other {
                return Err(Failure::new(
                    refused::DICOM_TWO_VERSIONS,
                    format!(
                        "{} and {} have one SOP Instance UID and different contents: they are two versions of one object, so give the one that is meant",
                        one.name, other.name
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Why nothing could be checked.
    pub(super) fn nothing(&self) -> Failure {
        const SHOWN: usize = 5;
        let mut reasons: Vec<String> = self
            .not_checked
            .iter()
            .take(SHOWN)
            .map(|file| format!("{}: {}", file.name, file.reason))
            .collect();
        let structures = self.others.iter().map(|file| file.source.to_string());
        let of_other_kinds = structures
            .map(|name| format!("{name} (an RT Structure Set)"))
            .chain(self.skipped_by_name.iter().map(ToString::to_string));
        let all = self.not_checked.len() + of_other_kinds.clone().count();
        let room = SHOWN - reasons.len();
        reasons.extend(
            of_other_kinds
                .take(room)
                .map(|file| format!("{file} is not a plan")),
        );
        let more = all.saturating_sub(reasons.len());
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        let code = match self.not_checked.as_slice() {
            [only] if all == 1 && self.sources.is_empty() => only.code,
            _ => refused::DICOM_NONE,
        };
        Failure::new(
            code,
            match reasons.as_slice() {
                [] => "no plan among the files: nothing to check".to_string(),
                [one] if self.sources.is_empty() => one.clone(),
                _ => format!("no plan among the files: {}{more}", reasons.join("; ")),
            },
        )
    }
}

/// Reads every file. A file that cannot be read is listed and does not stop the rest.
pub(super) fn read(
    context: &Context<'_>,
    files: &[PathBuf],
    show_patient: bool,
    each: bool,
    form: &Form,
) -> Result<Inputs, Failure> {
    if files.is_empty() {
        return Err(Refusal::of(
            refused::INPUT_MISSING,
            "--planned",
            "what is to be checked? Give plans, folders or an export, or --planned such as 45Gy/25",
        )
        .on_a_form(
            "is missing, and so are files: what is to be checked? It is written such as 45Gy/25",
        )
        .into());
    }
    let walked = Walked::new(context, files);
    let names = walked.names();
    let mut inputs = Inputs {
        not_checked: walked.not_checked,
        skipped: walked.skipped,
        ..Inputs::default()
    };
    let bar = progress(context, walked.found.len());
    let today = context.environment.now.date();
    let files: Vec<(Found, String)> = walked.found.into_iter().zip(names).collect();
    // as many as the bar moves by
    for files in files.chunks(64) {
        // each has a memory of its own, so that what was read stands in the order of the files
        let ready: Vec<_> = files
            .iter()
            .map(|(file, name)| (file, name, context.files_apart()))
            .collect();
        let opened = parallel::each(&ready, |(file, name, files)| {
            (!is_export(file)).then(|| Opened::read(files, file, name, today, show_patient))
        });
        for ((file, name), opened) in files.iter().zip(opened) {
            match opened {
                Some(opened) => take(context, &mut inputs, file, name, show_patient, opened),
                None => read_export(context, &mut inputs, file, name, each, form),
            }
        }
        bar.add(files.len() as u64);
    }
    bar.finish();
    inputs.withhold(show_patient);
    if !each {
        for read in &inputs.read {
            match read {
                Read::Plan(plan) => inputs.planned.push((**plan).clone()),
                Read::Dose(dose) => inputs.doses.push((**dose).clone()),
                Read::Export(_) => {}
            }
        }
        inputs.one_object_each()?;
    }
    Ok(inputs)
}

/// On a terminal, and only where there is something to wait for.
fn progress(context: &Context<'_>, files: usize) -> Progress {
    const WORTHWHILE: usize = 20;
    Progress::new(
        files >= WORTHWHILE && context.environment.watched,
        files as u64,
        "{bar:40} {pos} of {len} files, {eta} left",
    )
}

fn has_ending(file: &Found, endings: &[&str]) -> bool {
    let ending = file.path.extension().and_then(|ending| ending.to_str());
    let is = |ending: &str| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    ending.is_some_and(is)
}

fn is_export(file: &Found) -> bool {
    has_ending(file, &["csv", "json"])
}

fn read_export(
    context: &Context<'_>,
    inputs: &mut Inputs,
    file: &Found,
    name: &str,
    each: bool,
    form: &Form,
) {
    if !file.named {
        inputs.skipped += 1;
        return;
    }
    match export::read(context, &file.path, name, each, form) {
        Ok((courses, source)) => {
            inputs.read.push(Read::Export(courses));
            inputs.sources.push(source);
        }
        Err(failure) => inputs.not_checked.push(NotChecked {
            name: name.into(),
            code: failure.code(),
            reason: failure.to_string(),
            unreadable: true,
        }),
    }
}

/// Adds what a file holds, which gets its number among those that were read.
fn take(
    context: &Context<'_>,
    inputs: &mut Inputs,
    file: &Found,
    name: &str,
    show_patient: bool,
    opened: Opened,
) {
    context.was_read(opened.read);
    context.is_about(|| opened.patient, show_patient);
    let stand_in = stand_in(inputs.sources.len() + 1);
    let error = match opened.content {
        Ok(Content::Needed(mut read, mut source)) => {
            source.name = source.name.called(stand_in);
            match &mut *read {
                Read::Plan(plan) => plan.source.clone_from(&source.name),
                Read::Dose(dose) => dose.source.clone_from(&source.name),
                Read::Export(_) => {}
            }
            for called in [&file.name, &*file.path.to_string_lossy()] {
                inputs
                    .called
                    .push((called.to_string(), source.name.clone()));
            }
            match *read {
                Read::Dose(_) => inputs.dose_paths.push(file.path.clone()),
                Read::Plan(_) => inputs.plan_paths.push(file.path.clone()),
                Read::Export(_) => {}
            }
            inputs.read.push(*read);
            inputs.sources.push(*source);
            return;
        }
        Ok(Content::Structures(mut structures, mut source)) => {
            source.name = source.name.called(stand_in);
            structures.source.clone_from(&source.name);
            inputs.structure_paths.push(file.path.clone());
            inputs.others.push(*structures);
            inputs.sources.push(*source);
            return;
        }
        Ok(Content::Record(record, skipped)) => {
            inputs.records.push(*record);
            inputs.skipped += 1;
            inputs
                .skipped_by_name
                .extend(skipped.filter(|_| file.named));
            return;
        }
        Ok(Content::OfAnotherKind(skipped)) => {
            inputs.skipped += 1;
            inputs
                .skipped_by_name
                .extend(skipped.filter(|_| file.named));
            return;
        }
        // a file called so should be one, and an empty one is the rest of a broken copy
        Err(ReadError::NotDicom { .. }) if !file.named && !has_ending(file, &["dcm"]) => {
            inputs.skipped += 1;
            return;
        }
        Err(error) => error,
    };
    inputs.not_checked.push(NotChecked {
        name: name.into(),
        code: error.code(),
        reason: match error {
            ReadError::Io { source, .. } => format!("cannot read it: {source}"),
            error => error.to_string(),
        },
        unreadable: true,
    });
}
