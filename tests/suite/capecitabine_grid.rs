//! The example's table: how often formula, pre-rounding, stock and policy change the dose, against
//! figures worked out apart from this library, in plain floating point over the same grid.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../examples/capecitabine_grid.rs"]
mod grid;

use grid::{BASE, CHOICES, difference, orders};

#[test]
fn the_choices_change_as_many_doses_as_a_second_program_finds() {
    let sizes = grid::grid().unwrap();
    assert_eq!(sizes.len(), 1601);
    let base = orders(&sizes, BASE).unwrap();
    // dose changes, largest deviation, over 6 %, over 10 %; none where the figure is not known
    let known = [
        ("the same", [Some(0.0), Some(7.137), Some(6.184), Some(0.0)]),
        ("du-bois", [Some(12.367), None, None, None]),
        ("haycock", [Some(6.683), None, None, None]),
        ("gehan-george", [Some(6.808), None, None, None]),
        ("boyd", [Some(11.430), None, None, None]),
        ("fujimoto", [Some(29.044), None, None, None]),
        ("takahira", [Some(10.681), None, None, None]),
        ("shuter-aslani", [Some(17.989), None, None, None]),
        ("livingston-lee", [Some(24.797), None, None, None]),
        ("yu", [Some(14.741), None, None, None]),
        ("stevenson", [Some(15.303), None, None, None]),
        ("schlich, female", [Some(33.479), None, None, None]),
        ("schlich, male", [Some(64.772), None, None, None]),
        ("BSA to 2 decimals first", [Some(1.249), None, None, None]),
        ("BSA to 1 decimal first", [Some(19.425), None, None, None]),
        (
            "strict multiples of 150 mg",
            [Some(36.477), Some(6.623), Some(0.625), Some(0.0)],
        ),
        (
            "any number of 150 mg",
            [Some(69.332), Some(2.177), Some(0.0), Some(0.0)],
        ),
        (
            "only 500 mg",
            [Some(65.709), Some(19.988), Some(65.147), Some(42.161)],
        ),
    ];
    for (name, figures) in known {
        let (_, choice) = CHOICES.iter().find(|(known, _)| *known == name).unwrap();
        let found = difference(&orders(&sizes, *choice).unwrap(), &base);
        let found = [
            found.dose_changes,
            found.largest_deviation,
            found.above_6_percent,
            found.above_10_percent,
        ];
        for (figure, found) in figures.into_iter().zip(found) {
            if let Some(figure) = figure {
                assert!(
                    (found - figure).abs() < 0.001,
                    "{name}: {found}, not {figure}"
                );
            }
        }
    }
}
