//! Published numbers of the plain linear-quadratic model, and what open programs print for it.
//!
//! 61 records of the project's collection of published radiobiology numbers are covered here: 47
//! values of the model and 14 tissue parameters. 26 records are left out because they need what the
//! plain model does not hold: repopulation (6), incomplete repair (1), repopulation rates (1), a
//! linear tail (1), low dose rate (1), tissue recovery and re-irradiation (2), NTCP (2), inter-centre
//! surveys (5), and parameters of those models (7).
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use Value::{Bed, Eqd2};
use chemorad::quantity::{self, AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    DoseSeries, LinearQuadratic, ReportedInterval, Rounding, TISSUE_PARAMETERS, TWO_GRAY,
    TissueParameter,
};
use chemorad::radiotherapy::{FractionCount, Fractionation, FractionationError};

const CARBON: &str = "cancercommun.biomedcentral.com/articles/10.1186/s40880-016-0164-5/tables/1";
const EYE_PHYSICS: &str = "Eye Physics TDFPlan iPhone guide (eyephysics.com/TDF/iPhone/Index.htm)";
const NIEDER: &str = "Nieder 2006, IJROBP 66:1446-9 abstract (ncbi.nlm.nih.gov/pubmed/17084560)";
const DICOMAUTOMATON: &str = "hdclark/DICOMautomaton integration_tests/tests/BEDConvert.sh";
const EQD2_VIEWER: &str =
    "Suomen-sadehoito/EQD2Viewer EQD2Viewer.Tests/Calculations/EQD2CalculatorTests.cs";
const RAD_TOOLS: &str = "tomvercaut/rad-tools branch bio_dose, bio_dose/src/lib.rs tests (Rust)";
const RADONC: &str = "cran/RadOnc man/LQE.Rd examples";
const MATRAD: &str = "e0404/matRad test/doseCalc/test_BEDprojection.m";
const PYRADIOBIOLOGY_AND_OTHERS: &str = "output of pyradiobiology 1.0.33 (BED and EQD2); DVHmetrics 0.4.3 R sources and tomvercaut/rad-tools (Rust) gave the same EQD2, and the same BED for 45/25";
const PYRADIOBIOLOGY: &str = "output of pyradiobiology 1.0.33";
const HFC: &str = "mesava/HFC-HypoFracCalc- tests/hypocalcParity.test.ts and docs/HYPOCALC_PARITY.md, reproducing Batyan et al. 2023 (doi 10.5772/intechopen.109621)";
const HN_RERT: &str = "kabsam549-bot/hn-rert-calculator CALCULATION_ENGINE.md";
const PYCERR: &str = "output of pyCERR 2.5.1 fractionNumCorrect";

#[derive(Debug, Clone, Copy)]
enum Value {
    Bed(f64),
    Eqd2(f64),
}

/// How much of a number the source prints.
#[derive(Debug, Clone, Copy)]
enum Printed {
    Decimals(u32),
    /// A short decimal without rounding: the result must be that number, bit for bit.
    Exactly,
}

fn assert_printed(id: &str, value: f64, published: f64, printed: Printed) {
    match printed {
        Printed::Exactly => assert_eq!(value, published, "{id}"),
        Printed::Decimals(places) => {
            // sources round a half up or to even: 146.25 is printed as 146.3 by one of them
            let half = 0.5 / 10_f64.powi(i32::try_from(places).unwrap());
            assert!(
                (value - published).abs() <= half * (1.0 + 1e-9),
                "{id}: {value} is not {published} at {places} decimals"
            );
        }
    }
}

#[derive(Debug)]
struct Row {
    id: &'static str,
    fractions: u32,
    dose_per_fraction: &'static str,
    alpha_beta: &'static str,
    value: Value,
    printed: Printed,
    source: &'static str,
    location: &'static str,
}

#[allow(clippy::too_many_arguments, reason = "one line per published value")]
const fn row(
    id: &'static str,
    fractions: u32,
    dose_per_fraction: &'static str,
    alpha_beta: &'static str,
    value: Value,
    printed: Printed,
    source: &'static str,
    location: &'static str,
) -> Row {
    Row {
        id,
        fractions,
        dose_per_fraction,
        alpha_beta,
        value,
        printed,
        source,
        location,
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("cirt-21x2.5-ab2", 21, "2.5 Gy", "2 Gy", Bed(118.1), Printed::Decimals(1), CARBON, "level 1: 2.5 GyE x 21, BED2 118.1"),
    row("cirt-21x2.5-ab9", 21, "2.5 Gy", "9 Gy", Bed(67.1), Printed::Decimals(1), CARBON, "level 1: 2.5 GyE x 21, BED9 67.1"),
    row("cirt-22x2.5-ab2", 22, "2.5 Gy", "2 Gy", Bed(123.8), Printed::Decimals(1), CARBON, "level 2: 2.5 GyE x 22, BED2 123.8"),
    row("cirt-22x2.5-ab9", 22, "2.5 Gy", "9 Gy", Bed(70.3), Printed::Decimals(1), CARBON, "level 2: 2.5 GyE x 22, BED9 70.3"),
    row("cirt-23x2.5-ab2", 23, "2.5 Gy", "2 Gy", Bed(129.4), Printed::Decimals(1), CARBON, "level 3: 2.5 GyE x 23, BED2 129.4"),
    row("cirt-23x2.5-ab9", 23, "2.5 Gy", "9 Gy", Bed(73.5), Printed::Decimals(1), CARBON, "level 3: 2.5 GyE x 23, BED9 73.5"),
    row("cirt-24x2.5-ab2", 24, "2.5 Gy", "2 Gy", Bed(135.0), Printed::Decimals(1), CARBON, "level 4: 2.5 GyE x 24, BED2 135.0"),
    row("cirt-24x2.5-ab9", 24, "2.5 Gy", "9 Gy", Bed(76.7), Printed::Decimals(1), CARBON, "level 4: 2.5 GyE x 24, BED9 76.7"),
    row("cirt-25x2.5-ab2", 25, "2.5 Gy", "2 Gy", Bed(140.6), Printed::Decimals(1), CARBON, "level 5: 2.5 GyE x 25, BED2 140.6"),
    row("cirt-25x2.5-ab9", 25, "2.5 Gy", "9 Gy", Bed(79.9), Printed::Decimals(1), CARBON, "level 5: 2.5 GyE x 25, BED9 79.9"),
    row("cirt-26x2.5-ab2", 26, "2.5 Gy", "2 Gy", Bed(146.3), Printed::Decimals(1), CARBON, "level 6: 2.5 GyE x 26, BED2 146.3"),
    row("cirt-26x2.5-ab9", 26, "2.5 Gy", "9 Gy", Bed(83.1), Printed::Decimals(1), CARBON, "level 6: 2.5 GyE x 26, BED9 83.1"),
    row("tdf-30x2-ab10", 30, "2 Gy", "10 Gy", Bed(72.0), Printed::Decimals(0), EYE_PHYSICS, "\"30 fractions of 200 cGy ... 72 Gy_10 and 100 Gy_3\""),
    row("tdf-30x2-ab3", 30, "2 Gy", "3 Gy", Bed(100.0), Printed::Decimals(0), EYE_PHYSICS, "same sentence"),
    row("tdf-25x2.4-ab10", 25, "2.4 Gy", "10 Gy", Bed(74.4), Printed::Decimals(1), EYE_PHYSICS, "\"number of fractions to 25 ... locked total dose 6000 cGy ... 74.4 Gy_10\""),
    row("nieder-25x2-ab2", 25, "2 Gy", "2 Gy", Bed(100.0), Printed::Decimals(0), NIEDER, "\"50 Gy ... 2 Gy is equivalent to a BED of 100 Gy(2)\""),
    row("nieder-25x2-ab4", 25, "2 Gy", "4 Gy", Bed(75.0), Printed::Decimals(0), NIEDER, "\"or 75 Gy(4)\""),
    row("dcma-70/35-ab3", 35, "2 Gy", "3 Gy", Bed(116.667), Printed::Decimals(3), DICOMAUTOMATON, "pixel_minmax(0, 116.667)"),
    row("eqd2viewer-45/15-ab3", 15, "3 Gy", "3 Gy", Eqd2(54.0), Printed::Exactly, EQD2_VIEWER, "45 Gy/15 fx alpha/beta 3 -> 54"),
    row("eqd2viewer-45/15-ab10", 15, "3 Gy", "10 Gy", Eqd2(48.75), Printed::Exactly, EQD2_VIEWER, "45 Gy/15 fx alpha/beta 10 -> 48.75"),
    row("eqd2viewer-20/5-ab3", 5, "4 Gy", "3 Gy", Eqd2(28.0), Printed::Exactly, EQD2_VIEWER, "20 Gy/5 fx alpha/beta 3 -> 28"),
    row("eqd2viewer-60/60-ab3", 60, "1 Gy", "3 Gy", Eqd2(48.0), Printed::Exactly, EQD2_VIEWER, "60 Gy/60 fx alpha/beta 3 -> 48"),
    row("eqd2viewer-60/60-ab10", 60, "1 Gy", "10 Gy", Eqd2(55.0), Printed::Exactly, EQD2_VIEWER, "60 Gy/60 fx alpha/beta 10 -> 55"),
    row("eqd2viewer-24/3-ab2", 3, "8 Gy", "2 Gy", Eqd2(60.0), Printed::Exactly, EQD2_VIEWER, "24 Gy/3 fx alpha/beta 2 -> 60"),
    row("eqd2viewer-20/1-ab10", 1, "20 Gy", "10 Gy", Eqd2(50.0), Printed::Exactly, EQD2_VIEWER, "20 Gy/1 fx alpha/beta 10 -> 50"),
    row("eqd2viewer-8/1-ab3", 1, "8 Gy", "3 Gy", Eqd2(17.6), Printed::Exactly, EQD2_VIEWER, "8 Gy/1 fx alpha/beta 3 -> 17.6"),
    row("eqd2viewer-18/1-ab10", 1, "18 Gy", "10 Gy", Eqd2(42.0), Printed::Exactly, EQD2_VIEWER, "18 Gy/1 fx alpha/beta 10 -> 42"),
    row("eqd2viewer-30/10-ab3", 10, "3 Gy", "3 Gy", Eqd2(36.0), Printed::Exactly, EQD2_VIEWER, "30 Gy/10 fx alpha/beta 3 -> 36"),
    row("radtools-6x5-ab3", 6, "5 Gy", "3 Gy", Eqd2(48.0), Printed::Exactly, RAD_TOOLS, "eqd2 48"),
    row("radtools-10x2-ab3", 10, "2 Gy", "3 Gy", Eqd2(20.0), Printed::Exactly, RAD_TOOLS, "eqd2 20"),
    row("radtools-bed-20x3-ab3", 20, "3 Gy", "3 Gy", Bed(120.0), Printed::Exactly, RAD_TOOLS, "bed 120"),
    row("radtools-bed-20x3-ab2", 20, "3 Gy", "2 Gy", Bed(150.0), Printed::Exactly, RAD_TOOLS, "bed 150"),
    row("radonc-5x3-9x2", 5, "3 Gy", "3 Gy", Eqd2(18.0), Printed::Decimals(0), RADONC, "\"5x 300cGy == 9x 200cGy (1800cGy isoeffective dose)\", aB=3"),
    row("matrad-1x2-ab10", 1, "2 Gy", "10 Gy", Bed(2.4), Printed::Decimals(1), MATRAD, "alphaX 0.5, betaX 0.05, 2 Gy -> BED 2.4"),
    row("prog-lq-45/25-ab10", 25, "1.8 Gy", "10 Gy", Bed(53.1), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "45/25 alpha/beta 10"),
    row("prog-lq-45/25-ab10", 25, "1.8 Gy", "10 Gy", Eqd2(44.25), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "45/25 alpha/beta 10"),
    row("prog-lq-45/25-ab3", 25, "1.8 Gy", "3 Gy", Bed(72.0), Printed::Exactly, PYRADIOBIOLOGY, "45/25 alpha/beta 3"),
    row("prog-lq-45/25-ab3", 25, "1.8 Gy", "3 Gy", Eqd2(43.2), Printed::Exactly, PYRADIOBIOLOGY, "45/25 alpha/beta 3"),
    row("prog-lq-5.4/3-ab10", 3, "1.8 Gy", "10 Gy", Bed(6.372), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "5.4/3 alpha/beta 10"),
    row("prog-lq-5.4/3-ab10", 3, "1.8 Gy", "10 Gy", Eqd2(5.31), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "5.4/3 alpha/beta 10"),
    row("prog-lq-5.4/3-ab3", 3, "1.8 Gy", "3 Gy", Bed(8.64), Printed::Exactly, PYRADIOBIOLOGY, "5.4/3 alpha/beta 3"),
    row("prog-lq-5.4/3-ab3", 3, "1.8 Gy", "3 Gy", Eqd2(5.184), Printed::Exactly, PYRADIOBIOLOGY, "5.4/3 alpha/beta 3"),
    row("prog-lq-14.4/8-ab10", 8, "1.8 Gy", "10 Gy", Bed(16.992), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "14.4/8 alpha/beta 10"),
    row("prog-lq-14.4/8-ab10", 8, "1.8 Gy", "10 Gy", Eqd2(14.16), Printed::Exactly, PYRADIOBIOLOGY_AND_OTHERS, "14.4/8 alpha/beta 10"),
];

fn model(alpha_beta: &str) -> LinearQuadratic {
    LinearQuadratic::new(alpha_beta.parse().unwrap())
}

fn count(n: u32) -> FractionCount {
    FractionCount::new(n).unwrap()
}

#[test]
fn single_fractionations() {
    assert_eq!(ROWS.len(), 44, "39 records, five of them with BED and EQD2");
    for row in ROWS {
        let at = format!("{} ({}, {})", row.id, row.source, row.location);
        let fractionation = Fractionation::from_dose_per_fraction(
            row.dose_per_fraction.parse().unwrap(),
            count(row.fractions),
        )
        .unwrap();
        let model = model(row.alpha_beta);
        let (value, published) = match row.value {
            Bed(published) => (model.bed(fractionation).gray(), published),
            Eqd2(published) => (model.eqd2(fractionation).gray(), published),
        };
        assert_printed(&at, value, published, row.printed);
    }
}

/// `DICOMautomaton`'s tests give 70 Gy in fractions of 3 Gy, 23.33 of them. That is refused as a
/// fractionation; at a fixed dose per fraction EQDx is proportional to the total, so three such
/// courses (70 fractions) have three times the published value.
#[test]
fn non_integer_fractions_of_a_peer() {
    let seventy = AbsorbedDose::constant("70 Gy");
    let three = AbsorbedDose::constant("3 Gy");
    assert_eq!(
        Fractionation::from_total_and_dose_per_fraction(seventy, three),
        Err(FractionationError::NotWhole {
            total: seventy,
            dose_per_fraction: three
        })
    );
    let triple: Fractionation = "70 x 3 Gy".parse().unwrap();
    for (id, alpha_beta, x, published) in [
        ("dcma-70/23.33-ab10-x2", "10 Gy", "2 Gy", 75.833),
        ("dcma-70/23.33-ab3-x2", "3 Gy", "2 Gy", 84.0),
        ("dcma-70/23.33-ab10-x5", "10 Gy", "5 Gy", 60.667),
        ("dcma-70/23.33-ab6-x5", "6 Gy", "5 Gy", 57.273),
    ] {
        let eqd = model(alpha_beta).eqd(triple, x.parse().unwrap());
        assert_printed(
            &format!("{id} ({DICOMAUTOMATON})"),
            eqd.gray() / 3.0,
            published,
            Printed::Decimals(3),
        );
    }
}

/// hnrert-70+40: "Cumulative EQD2: 130.0 Gy" for 70/35 + 40/5 at alpha/beta 10.
#[test]
fn phases() {
    let series =
        DoseSeries::from_fractionations(&["70Gy/35".parse().unwrap(), "40Gy/5".parse().unwrap()])
            .unwrap();
    assert_eq!(model("10 Gy").eqd2_of(&series).gray(), 130.0, "{HN_RERT}");
}

/// batyan-18fx-ab3: "30 x 2 Gy -> 18 fractions, alpha/beta 3: 2.85 Gy/fx".
#[test]
fn solve_for_dose_per_fraction() {
    let alpha_beta = AlphaBeta::constant("3 Gy");
    let target = quantity::Eqd::new(60.0, alpha_beta, TWO_GRAY).unwrap();
    let model = LinearQuadratic::new(alpha_beta);
    let solved = model.dose_per_fraction_for(target, count(18)).unwrap();
    assert_printed(HFC, solved.gray(), 2.85, Printed::Decimals(2));
    let same = model
        .isoeffective_in("30 x 2 Gy".parse().unwrap(), count(18))
        .unwrap();
    assert_eq!(same.gray(), solved.gray());
    let given = solved
        .rounded(AbsorbedDose::constant("0.01 Gy"), Rounding::Nearest)
        .unwrap();
    assert_eq!(given, "18 x 2.85 Gy".parse().unwrap());
}

/// batyan-nfx-ab4.6: target EQD2 50 Gy at 2.67 Gy/fx, alpha/beta 4.6: exact n 17.001, nearest 17.
#[test]
fn solve_for_fractions() {
    let alpha_beta = AlphaBeta::constant("4.6 Gy");
    let target = quantity::Eqd::new(50.0, alpha_beta, TWO_GRAY).unwrap();
    let solved = LinearQuadratic::new(alpha_beta)
        .fractions_for(target, AbsorbedDose::constant("2.67 Gy"))
        .unwrap();
    assert_printed(HFC, solved.exact(), 17.001, Printed::Decimals(3));
    for rule in [Rounding::Nearest, Rounding::Down] {
        assert_eq!(solved.rounded(rule).unwrap().fractions().get(), 17);
    }
    assert_eq!(solved.rounded(Rounding::Up).unwrap().fractions().get(), 18);
}

/// prog-pycerr-fracnum: 45 Gy in 25 fx is 44.35582552 Gy in 22.5 fx at alpha/beta 10. Twice the BED
/// in 45 fractions has the same dose per fraction.
#[test]
fn fixed_number_of_fractions() {
    let alpha_beta = AlphaBeta::constant("10 Gy");
    let model = LinearQuadratic::new(alpha_beta);
    let bed = model.bed("45Gy/25".parse().unwrap()).gray();
    let twice = quantity::Bed::new(2.0 * bed, alpha_beta).unwrap();
    let solved = model.dose_per_fraction_for(twice, count(45)).unwrap();
    assert_printed(
        PYCERR,
        22.5 * solved.gray(),
        44.355_825_52,
        Printed::Decimals(8),
    );
}

/// The schedules of NCT06949098 and 5 x 5 Gy. BED and EQD2 by definition, three decimals; at
/// alpha/beta 10 pyradiobiology, `DVHmetrics` and rad-tools print the same EQD2 for the first three.
#[test]
fn trial_schedules() {
    const ALPHA_BETA: [&str; 5] = ["10 Gy", "5.06 Gy", "4.3 Gy", "3 Gy", "2.7 Gy"];
    #[rustfmt::skip]
    const TABLE: &[(&str, [(f64, f64); 5])] = &[
        ("45 Gy in 25", [(53.100, 44.250), (61.008, 43.725), (63.837, 43.571), (72.000, 43.200), (75.000, 43.085)]),
        ("5.4 Gy in 3", [(6.372, 5.310), (7.321, 5.247), (7.660, 5.229), (8.640, 5.184), (9.000, 5.170)]),
        ("14.4 Gy in 8", [(16.992, 14.160), (19.523, 13.992), (20.428, 13.943), (23.040, 13.824), (24.000, 13.787)]),
        ("50.4 Gy in 28", [(59.472, 49.560), (68.329, 48.972), (71.498, 48.800), (80.640, 48.384), (84.000, 48.255)]),
        ("59.4 Gy in 33", [(70.092, 58.410), (80.530, 57.717), (84.265, 57.514), (95.040, 57.024), (99.000, 56.872)]),
        ("25 Gy in 5", [(37.500, 31.250), (49.704, 35.623), (54.070, 36.905), (66.667, 40.000), (71.296, 40.957)]),
    ];
    for (schedule, values) in TABLE {
        let fractionation: Fractionation = schedule.parse().unwrap();
        for (alpha_beta, (bed, eqd2)) in ALPHA_BETA.iter().zip(values) {
            let at = format!("{schedule} at {alpha_beta}");
            let model = model(alpha_beta);
            assert_printed(
                &at,
                model.bed(fractionation).gray(),
                *bed,
                Printed::Decimals(3),
            );
            assert_printed(
                &at,
                model.eqd2(fractionation).gray(),
                *eqd2,
                Printed::Decimals(3),
            );
        }
    }
}

/// By phase and lumped differ as soon as the dose per fraction does: 36 Gy in 25 plus 5 Gy in 3.
#[test]
fn lumped_phases_differ() {
    let late = model("3 Gy");
    let by_phase =
        DoseSeries::from_fractionations(&["36Gy/25".parse().unwrap(), "5Gy/3".parse().unwrap()])
            .unwrap();
    assert_printed(
        "by phase",
        late.eqd2_of(&by_phase).gray(),
        36.635,
        Printed::Decimals(3),
    );
    let lumped = late.eqd2("41Gy/28".parse().unwrap());
    assert_printed("lumped", lumped.gray(), 36.607, Printed::Decimals(3));
}

/// Suwinski 2007 (IJROBP 69:793-9, abstract), Brand 2021 and 2023 (CHHiP), Deore 1993, Dische 1999,
/// Stuschke & Thames 1999, Vogelius & Bentzen 2020 (as curated in HFC-HypoFracCalc): value and 95 %
/// confidence interval in gray.
#[test]
fn tissue_parameters() {
    #[rustfmt::skip]
    const TABLE: &[(&str, &str, (i32, i32), &str)] = &[
        ("rectal-adenocarcinoma-locoregional-control", "5.06 Gy", (-10, 1030), "Suwinski 2007"),
        ("late-rectum-bleeding-g1", "1.6 Gy", (90, 250), "Brand 2021"),
        ("late-rectum-bleeding-g2", "1.7 Gy", (70, 300), "Brand 2021"),
        ("late-rectum-proctitis-g1", "2.7 Gy", (150, 540), "Brand 2021"),
        ("late-rectum-proctitis-g2", "2.7 Gy", (130, 1510), "Brand 2021"),
        ("anal-sphincter-control-g1", "3.1 Gy", (140, 910), "Brand 2021"),
        ("late-rectum-stool-frequency-g1", "2.3 Gy", (90, 530), "Brand 2021"),
        ("late-genitourinary-haematuria-g1", "0.9 Gy", (10, 220), "Brand 2023"),
        ("late-genitourinary-dysuria-g1", "2 Gy", (120, 320), "Brand 2023"),
        ("bowel-stricture-perforation", "3.9 Gy", (250, 530), "Deore 1993"),
        ("late-bowel-various", "4.3 Gy", (220, 960), "Dische 1999"),
        ("head-and-neck-late-effects", "4 Gy", (330, 500), "Stuschke & Thames 1999"),
        ("head-and-neck-tumour-control", "10.5 Gy", (650, 2900), "Stuschke & Thames 1999"),
        ("prostate-tumour-control", "1.6 Gy", (130, 200), "Vogelius & Bentzen 2020"),
        // not among the published vectors: the interval is too wide to be of use
        ("late-rectum-pain-g1", "3.6 Gy", (0, 83_960), "Brand 2021"),
    ];
    assert_eq!(TISSUE_PARAMETERS.len(), TABLE.len());
    for &(id, alpha_beta, (low_centigray, high_centigray), source) in TABLE {
        let record = TissueParameter::find(id).unwrap();
        assert_eq!(record.alpha_beta, alpha_beta.parse().unwrap(), "{id}");
        let interval = ReportedInterval {
            low_centigray,
            high_centigray,
        };
        assert_eq!(record.interval, interval, "{id}");
        assert!(record.source.starts_with(source), "{id}: {}", record.source);
    }
}

/// The lines of a derivation, redone by hand.
#[test]
fn derivations_can_be_redone() {
    let tumour = model("10 Gy");
    let pelvis: Fractionation = "45Gy/25".parse().unwrap();
    let bed = tumour.derive_bed("pelvis", pelvis);
    assert_eq!(bed.quantity, "BED(a/b = 10) of pelvis");
    assert_eq!(bed.substitution, "25 x 1.8 Gy x (1 + 1.8/10)");
    assert_eq!(bed.intermediate, ["n d = 45 Gy", "1 + d/(a/b) = 1.18"]);
    assert_eq!(bed.result, "53.1 Gy");
    let eqd = tumour.derive_eqd("pelvis", pelvis, TWO_GRAY);
    assert_eq!(eqd.quantity, "EQD2Gy(a/b = 10) of pelvis");
    assert_eq!(eqd.substitution, "45 Gy x (1.8 + 10)/(2 + 10)");
    assert_eq!(eqd.intermediate, ["d + a/b = 11.8 Gy", "x + a/b = 12 Gy"]);
    assert_eq!(eqd.result, "44.25 Gy");
    // a dose per fraction that is no short decimal is said to be rounded
    let uneven = tumour.derive_bed("breast", "50Gy/30".parse().unwrap());
    assert_eq!(
        uneven.intermediate[0],
        "d = 50 Gy/30 = 1.666667 Gy (rounded here, not in the result)"
    );
    let sums = tumour.derive_sums(
        "tumour bed",
        &[pelvis, "5.4Gy/3".parse().unwrap()],
        TWO_GRAY,
    );
    assert_eq!(
        sums.iter()
            .map(|s| (&*s.substitution, &*s.result))
            .collect::<Vec<_>>(),
        [("53.1 + 6.372", "59.472 Gy"), ("44.25 + 5.31", "49.56 Gy")]
    );
    // 60 Gy EQD2 at 3 is 300 Gy^2; in 18 fractions c = 300/18
    let late = model("3 Gy");
    let target = quantity::Eqd::new(60.0, AlphaBeta::constant("3 Gy"), TWO_GRAY).unwrap();
    let d = late
        .dose_per_fraction_for(target, count(18))
        .unwrap()
        .derivation();
    assert_eq!(d.substitution, "(sqrt(3^2 + 4 x 16.666667) - 3)/2");
    assert_eq!(d.result, "2.849329 Gy");
    assert_eq!(
        d.intermediate,
        ["c = target x (x + a/b)/n = 60 x 5/18 = 16.666667 Gy^2"]
    );
    let n = late
        .fractions_for(target, AbsorbedDose::constant("3 Gy"))
        .unwrap()
        .derivation();
    assert_eq!(n.formula, "target x (x + a/b)/(d (d + a/b))");
    assert_eq!(n.substitution, "60 x 5/(3 x (3 + 3))");
    assert_eq!(n.result, "16.666667");
}
