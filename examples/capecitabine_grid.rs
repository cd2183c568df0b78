//! How often the choices that nobody may make silently change what a patient takes.
//!
//! The grid: heights 150 to 185 cm and weights 42 to 100 kg in whole steps with a body-mass index
//! of 17 to 34 kg/m2, 1601 body sizes, each counted once. It is a range of adults, not a
//! population: real sizes cluster in the middle, so the shares say how sensitive the tablets are,
//! not how many patients of a clinic are concerned. Everything is compared with 825 mg/m2 by
//! Mosteller, tablets of 500 and at most two of 150 mg, nearest amount, ties up.
//!
//! `cargo run --example capecitabine_grid` prints the table; `tests/capecitabine_grid.rs` holds it
//! against figures worked out apart from this library. Deviations are from the dose that the same
//! choice calculates, so rounding the body surface area first hides its own share of the error.
#![allow(
    clippy::missing_errors_doc,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "an example"
)]

use std::error::Error;

use chemorad::capecitabine::{
    CalculatedAdministration, Candidate, Caps, OrderedAdministration, Regimen, RoundingPolicy,
    TabletStock, Ties,
};
use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Sex, SurfaceArea};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// One way to come from a body size to tablets.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    /// The body surface area formula.
    pub(crate) formula: &'static str,
    /// The sex that every body size is counted with, where the formula asks for it.
    pub(crate) sex: Option<Sex>,
    /// Decimals the body surface area is rounded to before dosing, if it is.
    pub(crate) decimals: Option<usize>,
    /// The tablets in stock.
    pub(crate) stock: &'static str,
    /// nearest, down or up; nearest with ties up.
    pub(crate) rounding: &'static str,
}

/// What everything is compared with.
pub(crate) const BASE: Choice = Choice {
    formula: "mosteller",
    sex: None,
    decimals: None,
    stock: "500 mg, 150 mg (at most 2)",
    rounding: "nearest",
};

const fn by(formula: &'static str, sex: Option<Sex>) -> Choice {
    Choice {
        formula,
        sex,
        ..BASE
    }
}

/// The choices of the table: every formula first.
pub(crate) const CHOICES: [(&str, Choice); 21] = [
    ("the same", BASE),
    ("du-bois", by("du-bois", None)),
    ("haycock", by("haycock", None)),
    ("gehan-george", by("gehan-george", None)),
    ("boyd", by("boyd", None)),
    ("fujimoto", by("fujimoto", None)),
    ("takahira", by("takahira", None)),
    ("shuter-aslani", by("shuter-aslani", None)),
    ("livingston-lee", by("livingston-lee", None)),
    ("yu", by("yu", None)),
    ("stevenson", by("stevenson", None)),
    ("schlich, female", by("schlich", Some(Sex::Female))),
    ("schlich, male", by("schlich", Some(Sex::Male))),
    (
        "BSA to 2 decimals first",
        Choice {
            decimals: Some(2),
            ..BASE
        },
    ),
    (
        "BSA to 1 decimal first",
        Choice {
            decimals: Some(1),
            ..BASE
        },
    ),
    (
        "strict multiples of 150 mg",
        Choice {
            stock: "150 mg",
            ..BASE
        },
    ),
    (
        "any number of 150 mg",
        Choice {
            stock: "500 mg, 150 mg",
            ..BASE
        },
    ),
    (
        "only 500 mg",
        Choice {
            stock: "500 mg",
            ..BASE
        },
    ),
    (
        "only 300 mg",
        Choice {
            stock: "300 mg",
            ..BASE
        },
    ),
    (
        "down",
        Choice {
            rounding: "down",
            ..BASE
        },
    ),
    (
        "up",
        Choice {
            rounding: "up",
            ..BASE
        },
    ),
];

/// The body sizes of the grid.
pub(crate) fn grid() -> Fallible<Vec<BodySize>> {
    let mut sizes = Vec::new();
    for height in 150..=185 {
        for weight in 42..=100 {
            let size = BodySize::new(
                format!("{height} cm").parse()?,
                format!("{weight} kg").parse()?,
            )?;
            if (17.0..=34.0).contains(&size.body_mass_index()) {
                sizes.push(size);
            }
        }
    }
    Ok(sizes)
}

/// What is ordered for every body size of the grid.
pub(crate) fn orders(grid: &[BodySize], choice: Choice) -> Fallible<Vec<Candidate>> {
    let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
    let formula: BodySurfaceAreaFormula = choice.formula.parse()?;
    let stock: TabletStock = choice.stock.parse()?;
    let ties = (choice.rounding == "nearest").then_some(Ties::Up);
    let policy = RoundingPolicy::parse(choice.rounding, ties)?;
    grid.iter()
        .map(|size| {
            let mut area = BodySurfaceArea::from_formula(formula, *size, choice.sex)?;
            if let Some(decimals) = choice.decimals {
                let rounded: SurfaceArea = format!("{area:.decimals$}").parse()?;
                area = BodySurfaceArea::stated(rounded, "rounded before dosing");
            }
            let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
            let ordered = OrderedAdministration::choose(&calculated, &stock, &policy, None)?;
            Ok(ordered.chosen().clone())
        })
        .collect()
}

/// What a choice does over the grid, in percent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Difference {
    /// Body sizes whose dose differs from the base.
    pub(crate) dose_changes: f64,
    /// The largest deviation of the ordered dose from the one the same choice calculates.
    pub(crate) largest_deviation: f64,
    /// Body sizes with a deviation above 6 % (NHS England dose bands, as quoted).
    pub(crate) above_6_percent: f64,
    /// Body sizes with a deviation above 10 % (HOPA; a trial deviation to the NCI).
    pub(crate) above_10_percent: f64,
}

/// Compares the orders of a choice with those of the base.
pub(crate) fn difference(orders: &[Candidate], base: &[Candidate]) -> Difference {
    let share = |which: &dyn Fn(&Candidate, &Candidate) -> bool| {
        let count = orders
            .iter()
            .zip(base)
            .filter(|(order, base)| which(order, base))
            .count();
        100.0 * count as f64 / orders.len() as f64
    };
    let deviation = |order: &Candidate| order.deviation_percent().abs();
    Difference {
        dose_changes: share(&|order, base| order.amount() != base.amount()),
        largest_deviation: orders.iter().map(deviation).fold(0.0, f64::max),
        above_6_percent: share(&|order, _| deviation(order) > 6.0),
        above_10_percent: share(&|order, _| deviation(order) > 10.0),
    }
}

#[allow(dead_code, reason = "a test reads this file for its functions")]
fn main() -> Fallible<()> {
    let grid = grid()?;
    let base = orders(&grid, BASE)?;
    println!("{} body sizes, 825 mg/m2 twice a day", grid.len());
    println!("compared with Mosteller, 500 mg and at most two 150 mg, nearest, ties up\n");
    println!(
        "{:<28} {:>12} {:>13} {:>8} {:>8}",
        "choice", "dose changes", "max deviation", "over 6 %", "over 10 %"
    );
    for (name, choice) in CHOICES {
        let difference = difference(&orders(&grid, choice)?, &base);
        println!(
            "{name:<28} {:>10.2} % {:>11.1} % {:>6.1} % {:>6.1} %",
            difference.dose_changes,
            difference.largest_deviation,
            difference.above_6_percent,
            difference.above_10_percent
        );
    }
    Ok(())
}
