//! The comparison of any plan that can be read with each course of the shipped trial, and with typed doses.
#![no_main]

use chemorad_crosscheck::{CrossCheck, CrossCheckInput, Decisions, Prescribed, Tolerances};
use chemorad_dicom::{DicomFile, Limits};
use libfuzzer_sys::fuzz_target;

/// Each kind of course: two phases, a boost of the same fractions, and one phase.
fn prescribed() -> Vec<Prescribed> {
    let trial = chemorad_protocol::builtin("NCT06949098");
    let options = trial.into_iter().flat_map(|trial| {
        let options = trial.arms.iter().flat_map(|arm| arm.options.iter());
        options.filter_map(move |option| {
            Prescribed::by_protocol(trial, None, Some(option.id.as_str()), None).ok()
        })
    });
    let typed = ["pelvis@low=50.4Gy/28", "pelvis@high=58.8Gy/28"];
    let typed = typed.iter().filter_map(|text| text.parse().ok());
    let typed: Vec<_> = typed.collect();
    options.chain(Prescribed::typed(&typed).ok()).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        file: 1 << 20,
        inflated: 1 << 22,
    };
    let Ok(file) = DicomFile::from_bytes(bytes, limits) else {
        return;
    };
    let Ok(plan) = file.plan() else { return };
    let plan = plan.to_planned("plan");
    for prescribed in prescribed() {
        let check = CrossCheck::new(&CrossCheckInput {
            prescribed: &prescribed,
            planned: &[plan.clone()],
            doses: &[],
            others: &[],
            mapping: &[],
            names: &[],
            tolerances: &Tolerances::default(),
            decisions: &Decisions::default(),
            not_assessable: 0,
        });
        if let Ok(check) = check {
            for finding in &check.findings {
                let _ = (finding.message(), finding.difference());
            }
        }
    }
});
