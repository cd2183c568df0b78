//! The self-test: the program that a department has, tried on its own machine.
//!
//! Each part is a list of trials with what must come out. The negative controls are trials with something made
//! wrong: one that does not fail shows that the test itself sees nothing.

mod alleles;
pub(crate) mod ask;
mod case_names;
mod compared;
pub(crate) mod data;
pub(crate) mod dicom;
mod oracle;
mod place;
mod properties;
mod published;
mod random;
mod refusals;
mod responses;
mod site_case_file;
mod site_cases;

use std::path::Path;

use chemorad_render::self_test::{Control, NegativeControls, Results, Trial};

use crate::build::build;
use crate::failure::Failure;
use crate::output::Context;
use ask::Asked;

/// What is asked of a self-test.
pub(crate) struct Extent<'a> {
    pub(crate) quick: bool,
    pub(crate) seed: u64,
    pub(crate) cases: Option<&'a Path>,
    pub(crate) compare: Option<&'a Path>,
}

/// Random inputs of each function.
const FULL: usize = 10_000;
const QUICK: usize = 500;

/// Trials with something made wrong: each must fail.
fn controls(asked: Asked<'_>, seed: u64) -> NegativeControls {
    let oracle = oracle::part(seed, 10, true).trials;
    let not_refused = refusals::trial(asked, "bed|45Gy/25|--ab|10Gy", "");
    let failed = |trial: Option<&Trial>| trial.is_some_and(|trial| !trial.passed());
    let control = |wrong, seen| Control { wrong, seen };
    NegativeControls::new(vec![
        control(
            "a published number one step off",
            failed(published::spoiled(asked).as_ref()),
        ),
        control(
            "every number of the oracle one step off",
            oracle.iter().all(|trial| !trial.passed()),
        ),
        control(
            "one bit of a protocol changed",
            failed(data::spoiled().as_ref()),
        ),
        control(
            "right input among what must be refused",
            failed(Some(&not_refused)),
        ),
        control(
            "one bit of a dose grid changed",
            failed(Some(&dicom::spoiled())),
        ),
    ])
}

/// Everything, one part after the other.
pub(crate) fn run(
    context: &Context<'_>,
    asked: Asked<'_>,
    extent: &Extent<'_>,
) -> Result<Results, Failure> {
    let times = if extent.quick { QUICK } else { FULL };
    let mut build = build()?;
    context.tell_executable(&mut build);
    let mut parts = vec![
        data::part(asked, &build, extent.quick),
        published::part(asked),
        oracle::part(extent.seed, times, false),
        properties::part(asked, extent.seed, times),
        refusals::part(asked),
        dicom::part(asked),
    ];
    let mut cases = None;
    if let Some(folder) = extent.cases {
        let ran = site_cases::ran(context, asked, folder)?;
        parts.push(ran.part);
        build.inputs = ran.inputs;
        cases = Some(ran.read);
    }
    let controls = controls(asked, extent.seed);
    let mut results = Results::new(parts, controls, build, (extent.quick, extent.seed), None);
    results.cases = cases;
    if let Some(path) = extent.compare {
        let json = serde_json::to_value(&results)?;
        results.comparison = Some(compared::with(context, path, &json)?);
    }
    Ok(results)
}
