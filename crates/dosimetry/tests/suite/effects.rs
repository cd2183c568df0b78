//! Metrics of EQD2 and BED, point by point, and of doses that no search may end in.

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::LinearQuadratic;
use chemorad::radiotherapy::Fractionation;
use chemorad_dosimetry::{
    Bounded, ContouredDose, DoseGrid, EffectMeasure, Metric, SolidConvention, VoxelEffect,
};

/// A cube of 20 mm in a dose that rises by `step` Gy a millimetre along z, from 0.
fn cube(step: f64) -> DoseGrid {
    let doses = (0..11).flat_map(|frame| [2.0 * step * f64::from(frame); 121]);
    let offsets = (0..11).map(|frame| 2.0 * f64::from(frame)).collect();
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    DoseGrid::new([0.0; 3], axes, [2.0; 2], offsets, 11, doses.collect()).unwrap()
}

/// Contours a little off the grid, from 2 to 18 mm.
fn contours() -> Vec<Vec<[f64; 3]>> {
    let square = |z: f64| {
        vec![
            [2.3, 2.3, z],
            [17.1, 2.9, z],
            [16.7, 17.7, z],
            [3.1, 16.9, z],
        ]
    };
    (0..8)
        .map(|plane| square(3.0 + 2.0 * f64::from(plane)))
        .collect()
}

fn asked(grid: &DoseGrid, metric: &str, effect: Option<&VoxelEffect>) -> Option<Bounded> {
    let slab = Some(SolidConvention::Slab);
    let dose = ContouredDose::new(&contours(), slab, None, grid).unwrap();
    dose.metric(&metric.parse::<Metric>().unwrap(), effect)
}

#[track_caller]
fn encloses(found: Option<Bounded>, wanted: f64, within: f64) {
    let found = found.unwrap();
    assert!(
        found.lower <= wanted && wanted <= found.upper,
        "{found:?} without {wanted}"
    );
    assert!(
        (found.value - wanted).abs() <= within,
        "{found:?} for {wanted}"
    );
}

#[test]
fn an_effect_is_that_of_each_point() {
    // 5 to 45 Gy
    let grid = cube(2.5);
    let alpha_beta: AlphaBeta = "3 Gy".parse().unwrap();
    for (measure, factor) in [(EffectMeasure::Bed, 1.0), (EffectMeasure::Eqd2, 0.6)] {
        let effect = VoxelEffect::new(measure, "25".parse().unwrap(), alpha_beta);
        let of = |dose: f64| factor * dose * (1.0 + dose / 75.0);
        // the mean of D + D^2 / 75 for D even between 5 and 45 Gy
        let square = (45.0_f64.powi(3) - 5.0_f64.powi(3)) / 3.0 / 40.0;
        let mean = factor * (25.0 + square / 75.0);
        encloses(asked(&grid, "mean", Some(&effect)), mean, 1e-3);
        assert!(mean > of(25.0) + 1.0, "the effect of the mean is another");
        encloses(asked(&grid, "min", Some(&effect)), of(5.0), 1e-2);
        encloses(asked(&grid, "max", Some(&effect)), of(45.0), 1e-2);
        encloses(asked(&grid, "D25%", Some(&effect)), of(35.0), 0.02);
        let level = format!("V{}Gy[%]", of(15.0));
        encloses(asked(&grid, &level, Some(&effect)), 75.0, 0.2);
        // the same arithmetic as that of a prescription
        let model = LinearQuadratic::new(alpha_beta);
        for total in ["1 Gy", "45 Gy", "50.4 Gy"] {
            let fractionation: Fractionation = format!("{total}/25").parse().unwrap();
            let wanted = match measure {
                EffectMeasure::Bed => model.bed(fractionation).gray(),
                EffectMeasure::Eqd2 => model.eqd2(fractionation).gray(),
            };
            let found = effect.of(fractionation.total().gray());
            assert!((found - wanted).abs() < 1e-12 * wanted, "{found} {wanted}");
            assert!((effect.dose(found) / fractionation.total().gray() - 1.0).abs() < 1e-14);
        }
    }
}

#[test]
fn a_share_of_a_prescription_has_no_value_without_it() {
    let grid = cube(2.5);
    assert_eq!(asked(&grid, "V50%[%]", None), None);
    let metric: Metric = "V50%[%]".parse().unwrap();
    let metric = metric.prescribed("50".parse().unwrap()).unwrap();
    encloses(asked(&grid, &metric.to_string(), None), 50.0, 0.2);
}

/// Between two doses of 1e17 Gy there is no third, and the search for one must end.
#[test]
fn a_search_among_absurd_doses_ends() {
    let grid = cube(1e17);
    let found = asked(&grid, "D50%", None).unwrap();
    assert!(found.lower <= 1e18 && found.upper >= 1e18, "{found:?}");
}
