//! Dose-response models against numbers of an independent calculation with 40 digits (mpmath), and by what
//! always holds.
#![allow(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "numbers as the other calculation prints them"
)]

use chemorad::radiotherapy::FractionCount;
use chemorad_dosimetry::{
    Clonogens, DoseHistogram, DoseQuantity, DoseShare, Estimate, GeudLogistic, HistogramKind,
    LymanKutcherBurman, ModelDoses, PUBLISHED_RESPONSES, PoissonControl, PoissonForm,
    RelativeSeriality, ResponseModel, ResponseNote, ResponseParameter, VolumeUnit,
    generalised_equivalent_uniform_dose as geud,
};
use proptest::prelude::*;

fn histogram(kind: HistogramKind, rows: &[(f64, f64)]) -> DoseHistogram {
    DoseHistogram::new(kind, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, rows).unwrap()
}

/// V(D) = 100 % (1 − (D/60)^p) in steps of 1 Gy, six decimals.
fn curve(p: f64) -> DoseHistogram {
    let rows: Vec<(f64, f64)> = (0..=60)
        .map(|step| {
            let volume = 100.0 * (1.0 - (f64::from(step) / 60.0).powf(p));
            (f64::from(step), (volume * 1e6).round() / 1e6)
        })
        .collect();
    histogram(HistogramKind::Cumulative, &rows)
}

/// 25 % 20, 35 % 40, 25 % 50, 10 % 60, 5 % 70 Gy.
fn five_bins() -> DoseHistogram {
    let rows = [
        (20.0, 25.0),
        (40.0, 35.0),
        (50.0, 25.0),
        (60.0, 10.0),
        (70.0, 5.0),
    ];
    histogram(HistogramKind::Differential, &rows)
}

#[track_caller]
fn near(found: f64, wanted: f64, relative: f64) {
    assert!(
        (found - wanted).abs() <= relative * wanted.abs(),
        "{found:e}, not {wanted:e}"
    );
}

fn alpha_beta(text: &str) -> Estimate {
    Estimate::read(ResponseParameter::AlphaBeta, text).unwrap()
}

fn fractions(text: &str) -> FractionCount {
    text.parse().unwrap()
}

/// The shares of a cumulative histogram are differences, which leave some ten digits of the coldest bins.
#[test]
fn every_model_of_three_curves() {
    let lkb = LymanKutcherBurman::read("0.09", "0.13", "76.9 Gy").unwrap();
    let seriality = |form| RelativeSeriality::read(form, "0.32", "52.3 Gy", "1.28").unwrap();
    let logistic = GeudLogistic::normal_tissue("8", "80 Gy", "4").unwrap();
    let control = GeudLogistic::tumour("-10", "50 Gy", "2").unwrap();
    #[rustfmt::skip]
    let wanted = [
        (1.0, [34.639813319358406, 45.585392058251768, 0.75298162907507897, 0.0018782961333409843,
            0.0038188221226434187, 0.10859390005506148, 0.095351810432257883, 0.00012351442250843086,
            2.6455441285129437e-15]),
        (3.0, [46.471317516722075, 50.997600123298075, 1.707680683982288, 0.0067141863398697254,
            0.013835333566224015, 0.35008776482248778, 0.33904993029638429, 0.0007430759456737033,
            1.8513703048605842e-12]),
        (0.5, [26.832938340032759, 42.102287575904579, 0.61358857206784642, 0.00076041530838649901,
            0.0015454287037725266, 0.030792705845516111, 0.025157379027009341, 3.4628705914028413e-5,
            5.1434919497411678e-16]),
    ];
    for (p, numbers) in wanted {
        let histogram = curve(p);
        let doses = histogram.doses();
        let equivalent = histogram.eqd2(fractions("25"), alpha_beta("3 Gy")).unwrap();
        let found = [
            geud(doses.shares(), 2.0).unwrap(),
            geud(doses.shares(), 8.0).unwrap(),
            geud(doses.shares(), -10.0).unwrap(),
            lkb.probability(&doses).value,
            lkb.probability(&equivalent).value,
            seriality(PoissonForm::TwoPower).probability(&doses).value,
            seriality(PoissonForm::DoubleExponential)
                .probability(&doses)
                .value,
            logistic.probability(&doses).value,
            control.probability(&doses).value,
        ];
        for (found, wanted) in found.into_iter().zip(numbers) {
            near(found, wanted, 1e-10);
        }
    }
    let histogram = curve(3.0);
    let cells = Clonogens::total("10000").unwrap();
    let poisson =
        PoissonControl::new("0.3 /Gy", "10 Gy", fractions("25"), cells, &histogram).unwrap();
    near(
        poisson.probability(&histogram.doses()).value,
        0.00013033547246050833,
        1e-12,
    );
}

#[test]
fn five_bins_as_calculated_elsewhere() {
    let doses = five_bins().doses();
    for (a, wanted) in [
        (1.0, 41.0),
        (2.0, 43.4741302386),
        (5.0, 48.7930395598),
        (8.0, 52.4969117924),
        (1.0 / 0.09, 55.422615235),
        (20.0, 60.5439856717),
        (0.5, 39.5933159798),
        (-1.0, 34.9272349272),
        (-10.0, 22.9705707632),
    ] {
        near(geud(doses.shares(), a).unwrap(), wanted, 1e-11);
    }
    for (n, m, td50, wanted) in [
        ("0.09", "0.13", "76.9 Gy", 0.0158416714176),
        ("0.13", "0.15", "68.5 Gy", 0.0559124522526),
        ("1", "0.347", "37.5 Gy", 0.606024439872),
    ] {
        let model = LymanKutcherBurman::read(n, m, td50).unwrap();
        near(model.probability(&doses).value, wanted, 1e-11);
    }
    for (form, s, wanted) in [
        (PoissonForm::TwoPower, "1", 0.343049779862),
        (PoissonForm::DoubleExponential, "1", 0.339726110722),
        (PoissonForm::TwoPower, "0.32", 0.273253198798),
        (PoissonForm::DoubleExponential, "0.32", 0.259359348671),
    ] {
        let model = RelativeSeriality::read(form, s, "52.3 Gy", "1.28").unwrap();
        near(model.probability(&doses).value, wanted, 1e-11);
    }
}

/// At the dose for one half every model gives one half, and with no dose no probability.
#[test]
fn one_half_at_its_dose_and_none_without() {
    let uniform = |gray: f64| histogram(HistogramKind::Differential, &[(gray, 100.0)]).doses();
    let models: [Box<dyn ResponseModel>; 4] = [
        Box::new(LymanKutcherBurman::read("0.2", "0.1", "60 Gy").unwrap()),
        Box::new(GeudLogistic::normal_tissue("4", "60 Gy", "3").unwrap()),
        Box::new(RelativeSeriality::read(PoissonForm::TwoPower, "0.4", "60 Gy", "2").unwrap()),
        Box::new(
            RelativeSeriality::read(PoissonForm::DoubleExponential, "0.4", "60 Gy", "2").unwrap(),
        ),
    ];
    for model in models {
        near(model.probability(&uniform(60.0)).value, 0.5, 1e-12);
        assert!(model.probability(&uniform(0.0)).value < 1e-6);
        let largest = model.probability(&uniform(1000.0)).value;
        assert!(largest > 0.999_999 && largest <= 1.0, "{largest}");
        assert!(!model.derivation(&uniform(60.0)).result.is_empty());
    }
}

#[test]
fn a_density_needs_a_volume_and_the_model_absorbed_dose() {
    let rows = [(45.0, 20.0), (50.0, 30.0)];
    let of = |quantity, unit, rows: &[(f64, f64)]| {
        let histogram = DoseHistogram::new(HistogramKind::Differential, quantity, unit, rows)?;
        let cells = Clonogens::density("2e5/cc")?;
        let model = PoissonControl::new("0.3 /Gy", "10 Gy", fractions("28"), cells, &histogram)?;
        Ok::<_, Box<dyn std::error::Error>>(model.probability(&histogram.doses()).value)
    };
    let cc = VolumeUnit::CubicCentimetres;
    let absorbed = DoseQuantity::AbsorbedDose;
    let control = of(absorbed, cc, &rows).unwrap();
    let histogram = DoseHistogram::new(HistogramKind::Differential, absorbed, cc, &rows).unwrap();
    let cells = Clonogens::total("1e7").unwrap();
    let total =
        PoissonControl::new("0.3 /Gy", "10 Gy", fractions("28"), cells, &histogram).unwrap();
    near(total.probability(&histogram.doses()).value, control, 1e-14);
    let percent = of(absorbed, VolumeUnit::Percent, &[(45.0, 40.0), (50.0, 60.0)]);
    assert!(percent.unwrap_err().to_string().contains("cubic"));
    let equivalent = of(DoseQuantity::Eqd2, cc, &rows);
    assert!(equivalent.unwrap_err().to_string().contains("absorbed"));
}

#[test]
fn what_a_reader_must_know() {
    let codes = |histogram: &DoseHistogram| -> Vec<&str> {
        let notes = ResponseNote::of_histogram(histogram);
        let notes = notes
            .iter()
            .map(|note| chemorad::report::Observation::code(note).name);
        notes.collect()
    };
    let rows: Vec<(f64, f64)> = (0..10)
        .map(|step| (5.0 * f64::from(step), 10.0 + 2.0 * (4.5 - f64::from(step))))
        .collect();
    let fed = histogram(HistogramKind::Differential, &rows);
    assert_eq!(codes(&fed), ["response.looks_cumulative"]);
    assert!(codes(&five_bins()).is_empty() && codes(&curve(3.0)).is_empty());
    // in cubic centimetres from 5 Gy on; with a peak, and few rows, it is what it says
    let absorbed = DoseQuantity::AbsorbedDose;
    let of = |rows: &[(f64, f64)]| {
        let cc = VolumeUnit::CubicCentimetres;
        DoseHistogram::new(HistogramKind::Differential, absorbed, cc, rows).unwrap()
    };
    let mut cut: Vec<(f64, f64)> = rows.iter().skip(1).copied().collect();
    assert_eq!(codes(&of(&cut)), ["response.looks_cumulative"]);
    assert!(codes(&of(&cut[..4])).is_empty());
    cut[3].1 *= 2.0;
    assert!(codes(&of(&cut)).is_empty());
    let large = histogram(HistogramKind::Differential, &[(450.0, 100.0)]);
    assert_eq!(codes(&large), ["response.dose_size"]);
    let small = histogram(HistogramKind::Differential, &[(0.45, 100.0)]);
    assert_eq!(codes(&small), ["response.dose_size"]);

    let model = LymanKutcherBurman::read("1", "0.13", "30 Gy").unwrap();
    let of = |doses: &ModelDoses| {
        let response = model.probability(doses);
        let notes = ResponseNote::of_response(&response, doses, false).into_iter();
        notes
            .map(|note| chemorad::report::Observation::code(&note).name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(&curve(1.0).doses()),
        ["response.bins", "response.fraction_size"]
    );
    let corrected = five_bins()
        .eqd2(fractions("28"), alpha_beta("3 Gy"))
        .unwrap();
    assert!(of(&corrected).is_empty());
    let cold = histogram(HistogramKind::Differential, &[(0.0, 1.0), (50.0, 99.0)]).doses();
    let tumour = GeudLogistic::tumour("-10", "50 Gy", "2").unwrap();
    let response = tumour.probability(&cold);
    assert_eq!(response.value.to_bits(), 0.0_f64.to_bits());
    assert_eq!(ResponseNote::of_response(&response, &cold, true).len(), 2);
    assert_eq!(ResponseNote::of_response(&response, &cold, false).len(), 1);
}

/// The unit of a lower end without one is that of the value and the upper end, or it is not known.
#[test]
fn an_interval_with_several_units_is_not_guessed() {
    let read = |text: &str| Estimate::read(ResponseParameter::ToxicDose, text);
    for text in [
        "76.9 Gy (73.7..80.1 Gy)",
        "76.9Gy(73.7..80.1Gy)",
        "7690 cGy (7370..8010cGy)",
    ] {
        let interval = read(text).unwrap().interval().unwrap();
        assert!((interval.0 - 73.7).abs() < 1e-9, "{text}");
    }
    assert!(read("76.9 Gy (7370 cGy..80.1 Gy)").is_ok());
    for text in ["76.9 Gy (73.7..8010 cGy)", "7690 cGy (73.7..80.1 Gy)"] {
        let refused = read(text).unwrap_err().to_string();
        assert!(refused.contains("several units"), "{refused}");
    }
}

/// A share of 100 % at a dose, several times.
fn shares() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.1..70.0_f64, 0.01..1.0_f64), 1..12).prop_map(|mut rows| {
        rows.sort_by(|one, other| one.0.total_cmp(&other.0));
        rows.dedup_by(|one, other| one.0 <= other.0);
        let whole: f64 = rows.iter().map(|row| row.1).sum();
        for row in &mut rows {
            row.1 *= 100.0 / whole;
        }
        rows
    })
}

/// A number inside an interval: at the given share of the way.
fn within(low: f64, high: f64, share: f64) -> f64 {
    low + (high - low) * share
}

/// A value with its interval, or the value alone.
fn text(low: f64, high: f64, share: f64, unit: &str, with_interval: bool) -> String {
    let round = |value: f64| (value * 1e4).round() / 1e4;
    let (low, high) = (round(low), round(high));
    let value = round(within(low, high, share)).clamp(low, high);
    if with_interval {
        format!("{value}{unit} ({low}..{high}{unit})")
    } else {
        format!("{value}{unit}")
    }
}

/// Four models with their parameters somewhere in fixed intervals.
fn models(
    at: [f64; 3],
    histogram: &DoseHistogram,
    with_interval: bool,
) -> Vec<Box<dyn ResponseModel>> {
    let text = |low, high, share, unit| text(low, high, share, unit, with_interval);
    let half = text(40.0, 60.0, at[0], " Gy");
    let gamma = text(1.0, 3.0, at[1], "");
    let seriality = |form| -> Box<dyn ResponseModel> {
        let s = text(0.05, 2.0, at[2], "");
        Box::new(RelativeSeriality::read(form, &s, &half, &gamma).unwrap())
    };
    let cells = Clonogens::total(&text(1000.0, 1_000_000.0, at[0], "")).unwrap();
    let (alpha, ratio) = (text(0.1, 0.5, at[1], " /Gy"), text(5.0, 15.0, at[2], " Gy"));
    vec![
        Box::new(
            LymanKutcherBurman::read(
                &text(0.05, 1.5, at[2], ""),
                &text(0.1, 0.4, at[1], ""),
                &half,
            )
            .unwrap(),
        ),
        Box::new(GeudLogistic::normal_tissue(&text(0.5, 20.0, at[2], ""), &half, &gamma).unwrap()),
        Box::new(GeudLogistic::tumour(&text(-20.0, -0.5, at[2], ""), &half, &gamma).unwrap()),
        seriality(PoissonForm::TwoPower),
        seriality(PoissonForm::DoubleExponential),
        Box::new(PoissonControl::new(&alpha, &ratio, fractions("25"), cells, histogram).unwrap()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// gEUD lies between the smallest and largest dose, rises with a, and scales with the doses.
    #[test]
    fn geud_is_a_mean(rows in shares(), a in -40.0..40.0_f64, more in 0.0..5.0_f64, scale in 0.1..3.0_f64) {
        let doses = histogram(HistogramKind::Differential, &rows).doses();
        let of = |a| geud(doses.shares(), a).unwrap();
        let all = || doses.shares().iter().map(|one| one.dose);
        let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(0.0, f64::max));
        prop_assert!(of(a) >= low * (1.0 - 1e-12) && of(a) <= high * (1.0 + 1e-12));
        prop_assert!(of(a + more) >= of(a) * (1.0 - 1e-12));
        let scaled: Vec<DoseShare> = doses.shares().iter().map(|one| DoseShare { dose: one.dose * scale, ..*one }).collect();
        prop_assert!((geud(&scaled, a).unwrap() - scale * of(a)).abs() <= 1e-11 * scale * of(a));
        prop_assert!((of(1e-9) - of(0.0)).abs() <= 1e-6 * of(0.0));
        prop_assert!((of(0.499_999_999) - of(0.500_000_001)).abs() <= 1e-6 * of(0.5));
    }

    /// Whatever the parameters are inside their intervals, the probability is inside its own.
    #[test]
    fn intervals_enclose(
        rows in shares(),
        best in [0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0],
        other in [0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0],
        ratios in (1.0..5.0_f64, 0.0..=1.0_f64),
    ) {
        let histogram = histogram(HistogramKind::Differential, &rows);
        let inside = text(ratios.0, ratios.0 + 5.0, ratios.1, " Gy", false);
        let whole = text(ratios.0, ratios.0 + 5.0, 0.5, " Gy", true);
        let plain = histogram.doses();
        let equivalent = histogram.eqd2(fractions("20"), alpha_beta(&whole)).unwrap();
        let one = histogram.eqd2(fractions("20"), alpha_beta(&inside)).unwrap();
        let with = models(best, &histogram, true);
        let at = models(other, &histogram, false);
        for (with, at) in with.iter().zip(&at) {
            for (doses, at_doses) in [(&plain, &plain), (&equivalent, &one)] {
                let response = with.probability(doses);
                let interval = response.interval.unwrap();
                let found = at.probability(at_doses).value;
                let slack = 1e-9 * found + 1e-300;
                prop_assert!(interval.low <= found + slack && found <= interval.high + slack,
                    "{}: {found:e} in {interval:?}", with.form());
                prop_assert!(interval.low <= response.value && response.value <= interval.high);
                prop_assert!((0.0..=1.0).contains(&interval.low) && (0.0..=1.0).contains(&interval.high));
            }
        }
    }

    /// More dose is never less probable, and the edges of bins enclose every dose within.
    #[test]
    fn more_dose_is_more(rows in shares(), at in [0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0], more in 0.0..20.0_f64) {
        let lower = histogram(HistogramKind::Differential, &rows);
        let raised: Vec<(f64, f64)> = rows.iter().map(|(dose, volume)| (dose + more, *volume)).collect();
        let upper = histogram(HistogramKind::Differential, &raised);
        let mut left = 100.0_f64;
        let mut falling = vec![(0.0, 100.0)];
        for (dose, volume) in &rows {
            left = (left - volume).max(0.0);
            falling.push((*dose, left));
        }
        falling.last_mut().unwrap().1 = 0.0;
        let cumulative = histogram(HistogramKind::Cumulative, &falling);
        for model in models(at, &lower, false) {
            let low = model.probability(&lower.doses());
            let high = model.probability(&upper.doses()).value;
            prop_assert!(low.value <= high * (1.0 + 1e-9), "{}", model.form());
            prop_assert!(low.binning.is_none() && low.interval.is_none());
            let binned = model.probability(&cumulative.doses());
            let edges = binned.binning.unwrap();
            prop_assert!(edges.low <= binned.value && binned.value <= edges.high);
            // the doses of the rows are the upper edges
            prop_assert!((edges.high - low.value).abs() <= 1e-6 * low.value + 1e-12, "{}", model.form());
        }
    }
}

#[test]
fn published_sets_give_what_their_papers_say_of_the_middle() {
    for set in PUBLISHED_RESPONSES {
        let model = set.model();
        let td50 = model.parameters()[2].value();
        let uniform = histogram(HistogramKind::Differential, &[(td50, 100.0)]).doses();
        let response = model.probability(&uniform);
        near(response.value, 0.5, 1e-12);
        let interval = response.interval.unwrap();
        assert!(interval.low < 0.5 && interval.high > 0.5, "{}", set.id);
    }
}

/// The curves of `DVHmetrics` with what it prints of them, where they are: they are not part of this repository.
#[test]
fn curves_of_another_program() {
    use std::io::Write as _;
    let folder =
        std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/dvh");
    let folder = std::env::var_os("CHEMORAD_DVH_VECTORS").map_or(folder, std::path::PathBuf::from);
    let Ok(models) = std::fs::read_to_string(folder.join("dvhmetrics_models.csv")) else {
        let _ = writeln!(
            std::io::stderr(),
            "NOT TESTED: no curves in {}",
            folder.display()
        );
        return;
    };
    let lkb = |td50| LymanKutcherBurman::read("0.5", "0.6", td50).unwrap();
    let seriality = RelativeSeriality::read(PoissonForm::TwoPower, "1", "52.3 Gy", "1.28").unwrap();
    let mut tried = 0;
    for line in models.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let name = format!("dataMZ_{}_{}.csv", cells[0], cells[1]);
        let curve = std::fs::read_to_string(folder.join(name)).unwrap();
        let rows: Vec<(f64, f64)> = curve
            .lines()
            .skip(1)
            .map(|line| {
                let mut cells = line.split(',').map(|cell| cell.parse().unwrap());
                (cells.next().unwrap(), cells.next().unwrap())
            })
            .collect();
        let doses = histogram(HistogramKind::Cumulative, &rows).doses();
        near(geud(doses.shares(), 2.0).unwrap(), number(5), 1e-9);
        near(geud(doses.shares(), 8.0).unwrap(), number(6), 1e-9);
        near(geud(doses.shares(), -10.0).unwrap(), number(7), 1e-9);
        near(lkb("48 Gy").probability(&doses).value, number(8), 1e-9);
        near(lkb("40 Gy").probability(&doses).value, number(9), 1e-9);
        // it subtracts from 1, which leaves 16 decimals
        let difference = seriality.probability(&doses).value - number(10);
        assert!(
            difference.abs() <= 1e-9 * number(10) + 1e-15,
            "{difference:e}"
        );
        tried += 1;
    }
    assert_eq!(tried, 14);
}
