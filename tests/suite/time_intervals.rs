//! Intervals of parameters: text, what a parameter file may hold, how bounds are found and rounded.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::missing_panics_doc,
    reason = "tests"
)]

use chemorad::quantity::{AbsorbedDose, AlphaBeta, KickOffTime, RepairHalfTime};
use chemorad::radiobiology::{
    AlphaBetaInterval, EffectModel, EnclosureMethod, FinalSlope, LinearTail, Measure, ModelError,
    ModelParameters, ParameterRange, ParametersError, Repopulation, TWO_GRAY, Treatment,
    TreatmentTime, UncertainModel, UncertainParameters, UncertainSlope, UncertaintyError,
};
use chemorad::radiotherapy::DailyPattern;

fn ab(text: &str) -> AlphaBeta {
    text.parse().unwrap()
}

fn over(text: &str) -> AlphaBetaInterval {
    text.parse().unwrap()
}

fn treatment(text: &str, days: u32) -> Treatment {
    Treatment::from_fractionations(&[text.parse().unwrap()])
        .unwrap()
        .with_time(TreatmentTime::stated(days))
}

fn parameters(set: impl Fn(&mut UncertainParameters)) -> UncertainParameters {
    let mut parameters = UncertainParameters::default();
    set(&mut parameters);
    parameters
}

#[test]
fn intervals_in_text() {
    let range: ParameterRange<KickOffTime> = "21..28 d".parse().unwrap();
    for text in ["21..28d", "21 d..28 d", "21d .. 4wk", " 21..28 d"] {
        assert_eq!(text.parse::<ParameterRange<KickOffTime>>().unwrap(), range);
    }
    assert_eq!(range.to_string(), "21 d to 28 d");
    assert_eq!(range.single(), None);
    let one: ParameterRange<KickOffTime> = "28 d".parse().unwrap();
    assert_eq!(one.single(), Some(KickOffTime::constant("28 d")));
    assert_eq!(one.to_string(), "28 d");
    assert!("28..21 d".parse::<ParameterRange<KickOffTime>>().is_err());
    assert!("21..28".parse::<ParameterRange<KickOffTime>>().is_err());
    let json = serde_json::to_value(range).unwrap();
    assert_eq!(json["low"]["value"], 21);
    assert_eq!(json["high"]["unit"], "d");
    assert_eq!(
        serde_json::from_str::<ParameterRange<KickOffTime>>("\"21..28 d\"").unwrap(),
        range
    );

    assert_eq!(over("8..12 Gy").low(), Some(ab("8 Gy")));
    assert_eq!(over("8..12 Gy").to_string(), "8 Gy to 12 Gy");
    assert_eq!(over("10 Gy").single(), Some(ab("10 Gy")));
    assert_eq!(over("10..10 Gy").single(), Some(ab("10 Gy")));
    assert_eq!(over("10 Gy").to_string(), "10 Gy");
    assert_eq!(over("8..12 Gy").single(), None);
    for zero in ["0..12 Gy", "0 Gy..12 Gy", "0.0..12Gy"] {
        assert_eq!(over(zero), AlphaBetaInterval::from_zero(ab("12 Gy")));
        assert_eq!(over(zero).single(), None);
        assert_eq!(over(zero).to_string(), "0 Gy to 12 Gy");
    }
    let error = |text: &str| text.parse::<AlphaBetaInterval>().unwrap_err();
    assert!(matches!(
        error("-0.1..10.3 Gy"),
        UncertaintyError::NegativeAlphaBeta { .. }
    ));
    assert_eq!(error("0..0 Gy"), UncertaintyError::OnlyZero);
    assert!(matches!(error("0 Gy"), UncertaintyError::Quantity(_)));
    assert!(matches!(error("12..8 Gy"), UncertaintyError::AlphaBeta(_)));
    assert_eq!(
        serde_json::from_str::<AlphaBetaInterval>("\"0..12 Gy\"").unwrap(),
        over("0..12 Gy")
    );
    let json = serde_json::to_value(over("0..12 Gy")).unwrap();
    assert_eq!(
        (&json["low"]["value"], &json["low"]["unit"]),
        (&0.into(), &"Gy".into())
    );

    let slope = |text: &str| text.parse::<UncertainSlope>();
    assert_eq!(
        slope("tangent").unwrap().single(),
        Some(FinalSlope::TANGENT)
    );
    assert_eq!(
        slope("3").unwrap().single(),
        Some(FinalSlope::stated(3.0).unwrap())
    );
    assert_eq!(slope("3..5").unwrap().single(), None);
    assert_eq!(slope("3").unwrap().to_string(), "3");
    assert_eq!(slope("1..tangent"), Err(UncertaintyError::TangentEnd));
    assert!(slope("0..1").is_err() && slope("5..3").is_err());
    assert_eq!(
        serde_json::to_value(slope("3..5").unwrap()).unwrap()["high"],
        5.0
    );
    assert_eq!(
        serde_json::to_value(UncertainSlope::Tangent).unwrap(),
        "tangent"
    );
    assert_eq!(
        serde_json::from_str::<UncertainSlope>("\"3..5\"").unwrap(),
        slope("3..5").unwrap()
    );
}

#[test]
fn parameters_are_single_when_each_is() {
    let all = parameters(|p| {
        p.kick_off = Some("28 d".parse().unwrap());
        p.loss_per_day = Some("0.5 Gy/d".parse().unwrap());
        p.alpha = Some("0.3 /Gy".parse().unwrap());
        p.doubling_time = Some("3 d".parse().unwrap());
        p.eqd2_loss_per_day = Some("0.4 Gy/d".parse().unwrap());
        p.repair_half_time = Some("4 h".parse().unwrap());
        p.linear_above = Some("4 Gy".parse().unwrap());
        p.final_slope = Some(UncertainSlope::Tangent);
    });
    let single = all.single().unwrap();
    assert_eq!(single.kick_off, "28 d".parse().ok());
    assert_eq!(single.loss_per_day, "0.5 Gy/d".parse().ok());
    assert_eq!(single.alpha, "0.3 /Gy".parse().ok());
    assert_eq!(single.doubling_time, "3 d".parse().ok());
    assert_eq!(single.eqd2_loss_per_day, "0.4 Gy/d".parse().ok());
    assert_eq!(single.repair_half_time, "4 h".parse().ok());
    assert_eq!(single.linear_above, "4 Gy".parse().ok());
    assert_eq!(single.final_slope, Some(FinalSlope::TANGENT));
    assert_eq!(UncertainParameters::try_from(&single).unwrap(), all);
    let widen: [fn(&mut UncertainParameters); 8] = [
        |p| p.kick_off = Some("21..28 d".parse().unwrap()),
        |p| p.loss_per_day = Some("0.5..0.6 Gy/d".parse().unwrap()),
        |p| p.alpha = Some("0.3..0.4 /Gy".parse().unwrap()),
        |p| p.doubling_time = Some("3..4 d".parse().unwrap()),
        |p| p.eqd2_loss_per_day = Some("0.4..0.5 Gy/d".parse().unwrap()),
        |p| p.repair_half_time = Some("4..5 h".parse().unwrap()),
        |p| p.linear_above = Some("4..5 Gy".parse().unwrap()),
        |p| p.final_slope = Some("1..1.5".parse().unwrap()),
    ];
    for change in widen {
        let mut wide = all;
        change(&mut wide);
        assert_eq!(wide.single(), None);
    }
    // a record is its value
    let named = ModelParameters {
        repopulation_record: Some("larynx".into()),
        repair_record: Some("subcutaneous-fibrosis".into()),
        ..ModelParameters::default()
    };
    let values = UncertainParameters::try_from(&named)
        .unwrap()
        .single()
        .unwrap();
    assert_eq!(values.kick_off, "21 d".parse().ok());
    assert_eq!(values.eqd2_loss_per_day, "0.8 Gy/d".parse().ok());
    assert_eq!(values.repair_half_time, "4.4 h".parse().ok());
    let unknown = ModelParameters {
        repair_record: Some("none".into()),
        ..ModelParameters::default()
    };
    assert!(UncertainParameters::try_from(&unknown).is_err());
}

#[test]
fn intervals_that_do_not_go_together() {
    let model = |set: fn(&mut UncertainParameters)| parameters(set).model(over("8..12 Gy"));
    assert_eq!(
        model(|p| p.loss_per_day = Some("0.5..0.8 Gy/d".parse().unwrap())),
        Err(ParametersError::NoKickOff)
    );
    assert_eq!(
        model(|p| p.kick_off = Some("21..28 d".parse().unwrap())),
        Err(ParametersError::NoLoss)
    );
    assert_eq!(
        model(|p| p.alpha = Some("0.3..0.4 /Gy".parse().unwrap())),
        Err(ParametersError::HalfDoubling)
    );
    assert_eq!(
        model(|p| p.linear_above = Some("4..6 Gy".parse().unwrap())),
        Err(ParametersError::HalfTail)
    );
    let both = model(|p| {
        p.linear_above = Some("4..6 Gy".parse().unwrap());
        p.final_slope = Some(UncertainSlope::Tangent);
        p.repair_half_time = Some("3..5 h".parse().unwrap());
    });
    assert_eq!(
        both,
        Err(UncertaintyError::Model(ModelError::RepairWithLinearTail).into())
    );
}

/// 50.4 Gy in 28 over 38 days with each form of loss, by hand at the ends.
#[test]
fn every_form_of_loss_at_its_ends() {
    let given = treatment("50.4Gy/28", 38);
    let bed = |set: fn(&mut UncertainParameters)| {
        let mut parameters = parameters(set);
        parameters.kick_off = Some("18..28 d".parse().unwrap());
        let range = parameters
            .model(over("10 Gy"))
            .unwrap()
            .bed(&given)
            .unwrap();
        (range.low, range.high.unwrap())
    };
    let near = |(low, high): (f64, f64), less: f64, least: f64| {
        assert!((low - (59.472 - less)).abs() < 1e-12, "{low}");
        assert!((high - (59.472 - least)).abs() < 1e-12, "{high}");
    };
    near(
        bed(|p| p.loss_per_day = Some("0.5..0.8 Gy/d".parse().unwrap())),
        20.0 * 0.8,
        10.0 * 0.5,
    );
    near(
        bed(|p| p.eqd2_loss_per_day = Some("0.5..0.8 Gy/d".parse().unwrap())),
        20.0 * 0.96,
        10.0 * 0.6,
    );
    let ln2 = std::f64::consts::LN_2;
    near(
        bed(|p| {
            p.alpha = Some("0.25..0.4 /Gy".parse().unwrap());
            p.doubling_time = Some("4..8 d".parse().unwrap());
        }),
        20.0 * ln2 / (0.25 * 4.0),
        10.0 * ln2 / (0.4 * 8.0),
    );
}

/// A result at single values lies strictly inside its bounds, which stand off by 8 machine
/// epsilons of the sizes of its terms; the plain model needs no such distance.
#[test]
fn bounds_are_rounded_outwards_and_not_far() {
    let loss = Repopulation::bed("2 Gy/d".parse().unwrap(), "20 d".parse().unwrap());
    let half_time: RepairHalfTime = "4.4 h".parse().unwrap();
    let tail = LinearTail::new("4 Gy".parse().unwrap(), FinalSlope::TANGENT);
    let base = EffectModel::new(ab("5 Gy"));
    let twice = DailyPattern::equal(2, "6 h".parse().unwrap()).unwrap();
    let uncertain = |model: EffectModel| {
        let mut p = UncertainParameters::default();
        if model.repopulation().is_some() {
            p.loss_per_day = Some("2 Gy/d".parse().unwrap());
            p.kick_off = Some("20 d".parse().unwrap());
        }
        p.repair_half_time = model.repair_half_time().map(ParameterRange::point);
        if model.linear_tail().is_some() {
            p.linear_above = Some("4 Gy".parse().unwrap());
            p.final_slope = Some(UncertainSlope::Tangent);
        }
        p.model(over("5 Gy")).unwrap()
    };
    for (model, given) in [
        (
            base.with_repopulation(loss).unwrap(),
            treatment("60Gy/30", 35),
        ),
        (
            base.with_incomplete_repair(half_time).unwrap(),
            treatment("60Gy/30", 35).per_day(twice),
        ),
        (base.with_linear_tail(tail).unwrap(), treatment("40Gy/5", 5)),
    ] {
        let effect = model.effect(&given).unwrap();
        let size: f64 = effect.terms().iter().map(|term| term.gray.abs()).sum();
        let distance = 8.0 * f64::EPSILON * size;
        let range = uncertain(model).bed(&given).unwrap();
        let value = effect.bed().gray();
        for off in [value - range.low, range.high.unwrap() - value] {
            assert!((off / distance - 1.0).abs() < 0.15, "{off} {distance}");
        }
        // the difference of a treatment from itself, each side with its own rounding
        let none = uncertain(model)
            .difference(&given, &given, Measure::Bed)
            .unwrap();
        let doses = size - model.repopulation().map_or(0.0, |_| 30.0);
        for off in [-none.low.unwrap(), none.high.unwrap()] {
            assert!(off >= 1.9 * 8.0 * f64::EPSILON * doses, "{off}");
            assert!(off <= 2.1 * distance, "{off} {distance}");
        }
        let eqd = uncertain(model)
            .difference(&given, &given, Measure::Eqd(TWO_GRAY))
            .unwrap();
        for off in [-eqd.low.unwrap(), eqd.high.unwrap()] {
            // EQD2 is BED times 5/7
            assert!(off >= 1.9 * 8.0 * f64::EPSILON * doses * 5.0 / 7.0, "{off}");
            assert!(off <= 2.1 * distance * 5.0 / 7.0, "{off} {distance}");
        }
    }
    let plain = UncertainModel::new(over("5 Gy"));
    let given = treatment("60Gy/30", 35);
    let range = plain.bed(&given).unwrap();
    assert_eq!((range.low, range.high), (84.0, Some(84.0)));
    // and at the limit of zero: 60 x 2/2
    let limit = UncertainModel::new(over("0..5 Gy"));
    let range = limit.eqd(&treatment("30Gy/10", 12), TWO_GRAY).unwrap();
    assert_eq!(range.high, Some(45.0));
}

/// As alpha/beta tends to zero a difference of BED has a bound only where the quadratic parts
/// cancel or keep their sign.
#[test]
fn differences_where_alpha_beta_reaches_zero() {
    let model = UncertainModel::new(over("0..10 Gy"));
    let difference = |first: &str, second: &str, measure| {
        let (first, second) = (treatment(first, 30), treatment(second, 30));
        let range = model.difference(&first, &second, measure).unwrap();
        (range.low, range.high)
    };
    // larger fractions: 25/5 has 125 Gy^2, 50.4/28 has 90.72
    let (low, high) = difference("25Gy/5", "50.4Gy/28", Measure::Bed);
    assert!((low.unwrap() - (37.5 - 59.472)).abs() < 1e-12);
    assert_eq!(high, None);
    let (low, high) = difference("50.4Gy/28", "25Gy/5", Measure::Bed);
    assert_eq!(low, None);
    assert!((high.unwrap() - 21.972).abs() < 1e-12);
    // 10 x 2 Gy and 40 x 1 Gy have the same 40 Gy^2: nothing is known at zero
    assert_eq!(difference("20Gy/10", "40Gy/40", Measure::Bed), (None, None));
    let (low, high) = difference("25Gy/5", "50.4Gy/28", Measure::Eqd(TWO_GRAY));
    assert!((low.unwrap() - (31.25 - 49.56)).abs() < 1e-12);
    assert!((high.unwrap() - (62.5 - 45.36)).abs() < 1e-12);
}

#[test]
fn how_bounds_are_found_is_said() {
    let given =
        treatment("54Gy/30", 40).per_day(DailyPattern::equal(2, "6 h".parse().unwrap()).unwrap());
    let method = |set: fn(&mut UncertainParameters)| {
        let model = parameters(set).model(over("8..12 Gy")).unwrap();
        assert_eq!(model.bed(&given).unwrap().method, EnclosureMethod::Monotone);
        let range = model.difference(&given, &given, Measure::Bed).unwrap();
        range.method
    };
    assert_eq!(method(|_| {}), EnclosureMethod::Monotone);
    assert_eq!(
        method(|p| p.repair_half_time = Some("4 h".parse().unwrap())),
        EnclosureMethod::Monotone
    );
    assert_eq!(
        method(|p| p.repair_half_time = Some("3..5 h".parse().unwrap())),
        EnclosureMethod::Subdivided
    );
    let tail = |above: &str| {
        parameters(|p| {
            p.linear_above = Some(above.parse().unwrap());
            p.final_slope = Some(UncertainSlope::Tangent);
        })
        .model(over("8..12 Gy"))
        .unwrap()
    };
    let of = |above| {
        let high = treatment("40Gy/5", 5);
        let range = tail(above).difference(&high, &high, Measure::Bed).unwrap();
        (range.method, range.high.unwrap() - range.low.unwrap())
    };
    let (method, width) = of("4 Gy");
    assert!(method == EnclosureMethod::Monotone && width < 1e-12);
    // 64 pieces of 2 Gy: wide by no more than one piece changes the effect of both sides
    let (method, width) = of("4..6 Gy");
    assert_eq!(method, EnclosureMethod::Subdivided);
    let (least, most) = (
        tail("4 Gy").bed(&treatment("40Gy/5", 5)).unwrap(),
        tail("6 Gy").bed(&treatment("40Gy/5", 5)).unwrap(),
    );
    let whole = most.high.unwrap() - least.low;
    assert!(
        width > 1e-6 && width < 2.0 * 2.0 * whole / 64.0,
        "{width} {whole}"
    );
    // a reference fraction above the lowest transition has no EQD
    let reference: AbsorbedDose = "4 Gy".parse().unwrap();
    let above: AbsorbedDose = "4.1 Gy".parse().unwrap();
    let high = treatment("40Gy/5", 5);
    assert!(tail("4..6 Gy").eqd(&high, reference).is_ok());
    assert!(tail("4..6 Gy").eqd(&high, above).is_err());
    assert!(
        tail("4..6 Gy")
            .difference(&high, &high, Measure::Eqd(above))
            .is_err()
    );
    // the smallest interval there is: one microhour
    let tiny = parameters(|p| p.repair_half_time = Some("4 h..4.000001 h".parse().unwrap()));
    let tiny = tiny.model(over("10 Gy")).unwrap();
    let range = tiny.difference(&given, &given, Measure::Bed).unwrap();
    assert!(range.low.unwrap() < 0.0 && range.high.unwrap() > 0.0);
}

#[test]
fn findings_and_work_at_the_bounds() {
    let model = parameters(|p| {
        p.loss_per_day = Some("0.5..5 Gy/d".parse().unwrap());
        p.kick_off = Some("0..28 d".parse().unwrap());
    })
    .model(over("8..12 Gy"))
    .unwrap();
    let given = treatment("50.4Gy/28", 38);
    let range = model.bed(&given).unwrap();
    assert!(range.floored && range.low == 0.0);
    let codes: Vec<String> = model
        .findings(&given)
        .unwrap()
        .iter()
        .map(|finding| finding.code().to_string())
        .collect();
    assert_eq!(codes, ["model.bed_floor", "model.long_repopulation"]);
    let gentle = parameters(|p| {
        p.loss_per_day = Some("0.5..0.6 Gy/d".parse().unwrap());
        p.kick_off = Some("28..30 d".parse().unwrap());
    });
    let gentle = gentle.model(over("0..12 Gy")).unwrap();
    assert!(gentle.findings(&given).unwrap().is_empty());
    assert!(!gentle.bed(&given).unwrap().floored);
    // bounds that are floored have no difference
    assert_eq!(
        model.difference(&given, &given, Measure::Bed),
        Err(UncertaintyError::BelowZero)
    );
    let work = gentle.derive("the course", &given, TWO_GRAY).unwrap();
    let of: Vec<&str> = work
        .iter()
        .map(|derivation| derivation.quantity.as_str())
        .collect();
    assert_eq!(
        of,
        [
            "BED(a/b = 12) of the course, lower bound",
            "BED of the course, upper bound",
            "EQD2Gy(a/b = 12) of the course, lower bound",
            "EQD2Gy(a/b = 12) of the course, upper bound",
        ]
    );
    // a/b 12, 10 d at 0.6 Gy: 57.96 - 6; no bound; 51.96/(1 + 2/12); (57.96 - 8 x 0.5)/(1 + 2/12)
    assert_eq!(work[0].result, "51.96 Gy");
    assert_eq!(work[1].result, "no bound");
    assert_eq!(work[2].result, "44.537143 Gy");
    assert_eq!(work[3].result, "46.251429 Gy");
    // 5 x 5 Gy tends to 25 x 5/2 as alpha/beta tends to zero, whatever a finite loss
    let work = gentle
        .derive("it", &treatment("25Gy/5", 38), TWO_GRAY)
        .unwrap();
    assert_eq!(work[3].quantity, "EQD of it, upper bound");
    assert_eq!(work[3].result, "62.5 Gy");
}

#[test]
fn a_difference_at_single_values() {
    let model = EffectModel::new(ab("10 Gy"))
        .with_repopulation(Repopulation::bed(
            "0.6 Gy/d".parse().unwrap(),
            "28 d".parse().unwrap(),
        ))
        .unwrap();
    let (long, short) = (treatment("50.4Gy/28", 38), treatment("25Gy/5", 5));
    let bed = model.difference(&long, &short, Measure::Bed).unwrap();
    assert!((bed - (59.472 - 6.0 - 37.5)).abs() < 1e-12);
    let eqd = model
        .difference(&long, &short, Measure::Eqd(TWO_GRAY))
        .unwrap();
    assert!((eqd - bed / 1.2).abs() < 1e-12);
}
