//! The Rust side of `compare.py`. It answers each line with seconds: `plan COUNT PATH` for one reading
//! (the mean of COUNT), everything a check of the prescription needs, beams included; `eqd2 EDGE` for one
//! conversion in place of EDGE³ voxels in f32; `copy EDGE` for one plain copy of as many bytes.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::BufRead as _;
use std::path::Path;
use std::time::Instant;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::FractionCount;
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

fn time(count: u32, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..count {
        run();
    }
    start.elapsed().as_secs_f64() / f64::from(count)
}

/// Doses of a grid, and as much room again.
fn grid(edge: usize) -> (Vec<f32>, Vec<f32>) {
    let doses = (0..edge.pow(3)).map(|index| (index % 6_000) as f32 / 100.0);
    (doses.collect(), vec![0.0; edge.pow(3)])
}

fn main() {
    // mild, so that repeated conversions stay finite
    let model = LinearQuadratic::new(AlphaBeta::constant("1000 Gy"));
    let fractions = FractionCount::new(200).unwrap();
    let mut grids = BTreeMap::new();
    // `cargo test --benches` runs it without input
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        let seconds = match *words.as_slice() {
            ["plan", count, path] => time(count.parse().unwrap(), || {
                black_box(read(path.as_ref()));
            }),
            ["eqd2", edge] => {
                let edge = edge.parse().unwrap();
                let (doses, _) = grids.entry(edge).or_insert_with(|| grid(edge));
                time(1, || {
                    model
                        .eqd_voxels_in_place(black_box(&mut *doses), fractions, TWO_GRAY)
                        .unwrap();
                })
            }
            ["copy", edge] => {
                let edge = edge.parse().unwrap();
                let (doses, room) = grids.entry(edge).or_insert_with(|| grid(edge));
                time(1, || {
                    black_box(&mut *room).copy_from_slice(black_box(doses));
                })
            }
            _ => panic!("not known: {line}"),
        };
        println!("{seconds}");
    }
}
