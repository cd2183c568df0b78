//! The Rust side of `compare.py`: answers `plan COUNT PATH` with the seconds of one reading, the mean of
//! COUNT of them, everything a check of the prescription needs, beams included.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::hint::black_box;
use std::io::BufRead as _;
use std::path::Path;
use std::time::Instant;

use chemorad_dicom::DicomFile;

fn read(path: &Path) -> usize {
    let plan = DicomFile::open(path).unwrap().plan().unwrap();
    let totals = plan
        .fraction_groups
        .iter()
        .map(chemorad_dicom::FractionGroup::total_dose);
    black_box(totals.collect::<Vec<_>>());
    plan.beams.len() + black_box(&plan).dose_references.len()
}

fn main() {
    // `cargo test --benches` runs it without input
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let mut words = line.splitn(3, ' ');
        let (Some("plan"), Some(count), Some(path)) = (words.next(), words.next(), words.next())
        else {
            println!("not known: {line}");
            continue;
        };
        let (count, path) = (count.parse::<u32>().unwrap(), Path::new(path));
        let start = Instant::now();
        for _ in 0..count {
            black_box(read(path));
        }
        println!("{}", start.elapsed().as_secs_f64() / f64::from(count));
    }
}
