//! What one capecitabine order costs, from numbers: intensity, body surface area, tablets, rounding.
//!
//! `cargo bench --bench capecitabine`. Both sides run one after the other in each round, so that the
//! noise of the machine meets both: a whole order, and the list of every amount that the tablets make.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints a table"
)]

use std::hint::black_box;
use std::time::Instant;

use chemorad::capecitabine::{
    CapecitabineOrder, DeliverableAmounts, OrderRequest, Regimen, RoundingPolicy, TabletStock, Ties,
};
use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, Weight};
use chemorad::quantity::OrderedDose;

const ROUNDS: usize = 101;
const CALLS: u32 = 2000;

/// Microseconds of one call.
fn time(mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
}

fn main() {
    let regimen = Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap();
    let stock: TabletStock = "500 mg, 150 mg (at most 2)".parse().unwrap();
    let policy = RoundingPolicy::Nearest { ties: Ties::Up };
    let order = || {
        let size = BodySize::new(
            black_box(Height::constant("170 cm")),
            black_box(Weight::constant("70 kg")),
        );
        let mosteller = BodySurfaceAreaFormula::Mosteller;
        let area = BodySurfaceArea::from_formula(mosteller, size.unwrap(), None).unwrap();
        let request = OrderRequest::new(regimen, area, stock.clone(), policy.clone());
        black_box(CapecitabineOrder::plan(request).unwrap());
    };
    let largest = OrderedDose::constant("2500 mg");
    let list = || {
        black_box(DeliverableAmounts::up_to(black_box(&stock), largest));
    };
    let mut times: [Vec<f64>; 2] = Default::default();
    for round in 0..ROUNDS {
        // the side that runs first alternates
        if round % 2 == 0 {
            times[0].push(time(order));
            times[1].push(time(list));
        } else {
            times[1].push(time(list));
            times[0].push(time(order));
        }
    }
    for (name, mut times) in ["order from numbers", "list of amounts"].iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let (least, middle) = (times[0], times[ROUNDS / 2]);
        println!("{name:<20} {least:>8.3} {middle:>8.3} us (least, median)");
    }
}
