//! How many threads a call works on.

use std::thread;

use pyo3::prelude::*;

use crate::error::refusal;
use crate::read::Whole;

/// More would be a slip: no machine that runs this gains from them.
const MOST: u32 = 1024;

/// So many as are asked for; without a wish one for each core, and no more than are `useful`.
pub(crate) fn threads(given: Option<Whole>, useful: usize, code: &str) -> PyResult<usize> {
    match given {
        Some(threads) if (1..=MOST).contains(&threads.0) => Ok(threads.0 as usize),
        Some(_) => Err(refusal(&format!("threads is 1 to {MOST}"), code, &[])),
        // to ask for the number of cores takes longer than a small call
        None if useful <= 1 => Ok(1),
        None => Ok(thread::available_parallelism()
            .map_or(1, usize::from)
            .min(useful)),
    }
}
