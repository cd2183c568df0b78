//! The JSON that tools rely on, written out: a change here is a change for every reader.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::capecitabine::{
    BMC_SURGERY_2009_LADDER, CalculatedAdministration, CapecitabineOrder, Caps, ClinicalFacts,
    OrderRequest, OrderedAdministration, Regimen, RoundingPolicy, RuleSelection, SupplyRequest,
    TabletStock, Ties,
};
use chemorad::patient::{BodySize, BodySurfaceArea, SurfaceArea};
use chemorad::quantity::{AbsorbedDose, AlphaBeta, CalculatedDose, IntensityPerDay, OrderedDose};
use chemorad::radiobiology::LinearQuadratic;
use chemorad::radiotherapy::{Course, Fractionation, Phase, Volume};
use chemorad::report::{Code, Finding, Observation, Outcome, Subject, Values};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[track_caller]
fn is(value: &impl Serialize, json: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), json);
}

/// Written so, and read back the same.
#[track_caller]
fn round<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, json: &str) {
    is(value, json);
    assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
}

#[test]
fn quantities() {
    round(
        &AbsorbedDose::constant("45 Gy"),
        r#"{"value":45,"unit":"Gy"}"#,
    );
    round(
        &AbsorbedDose::constant("180 cGy"),
        r#"{"value":1.8,"unit":"Gy"}"#,
    );
    round(
        &AlphaBeta::constant("5.06 Gy"),
        r#"{"value":5.06,"unit":"Gy"}"#,
    );
    round(
        &IntensityPerDay::constant("1650 mg/m2/d"),
        r#"{"value":1650,"unit":"mg/m2/d"}"#,
    );
    round(
        &OrderedDose::constant("1500 mg"),
        r#"{"value":1500,"unit":"mg"}"#,
    );
    round(
        &CalculatedDose::from_milligrams(1499.5).unwrap(),
        r#"{"value":1499.5,"unit":"mg"}"#,
    );
    let size = BodySize::new("170 cm".parse().unwrap(), "70.5 kg".parse().unwrap()).unwrap();
    round(
        &size,
        r#"{"height":{"value":170,"unit":"cm"},"weight":{"value":70.5,"unit":"kg"}}"#,
    );
}

#[test]
fn effects_carry_their_label() {
    let model = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    let pelvis: Fractionation = "45Gy/25".parse().unwrap();
    round(
        &model.bed(pelvis),
        r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = 10)"}"#,
    );
    round(
        &model.eqd2(pelvis),
        r#"{"value":44.25,"unit":"Gy","label":"EQD2Gy(a/b = 10)"}"#,
    );
}

#[test]
fn prescriptions() {
    round(
        &"45Gy/25".parse::<Fractionation>().unwrap(),
        r#"{"fractions":25,"dose_per_fraction":{"value":1.8,"unit":"Gy"},"dose":{"value":45,"unit":"Gy"}}"#,
    );
    // 50/30 is not a short decimal, so it is left out rather than rounded
    round(
        &"50Gy/30".parse::<Fractionation>().unwrap(),
        r#"{"fractions":30,"dose":{"value":50,"unit":"Gy"}}"#,
    );
    let course = Course::new(
        vec![
            Volume::new("pelvis"),
            Volume::inside("tumour bed", "pelvis"),
        ],
        vec![Phase::single(
            "pelvis",
            "pelvis",
            "45Gy/25".parse().unwrap(),
        )],
    )
    .unwrap();
    round(
        &course,
        r#"{"volumes":[{"name":"pelvis"},{"name":"tumour bed","inside":"pelvis"}],"phases":[{"name":"pelvis","fractions":25,"prescriptions":[{"volume":"pelvis","fractionation":{"fractions":25,"dose_per_fraction":{"value":1.8,"unit":"Gy"},"dose":{"value":45,"unit":"Gy"}}}]}]}"#,
    );
}

#[test]
fn tablets_and_policies() {
    let stock: TabletStock = "500 mg, 150 mg (at most 2)".parse().unwrap();
    round(&stock, r#""500 mg, 150 mg (at most 2)""#);
    let nearest = RoundingPolicy::Nearest { ties: Ties::Up };
    round(&nearest, r#""nearest, ties up""#);
    // a file may give the parts by name
    let parts = r#"[{"strength":{"value":500,"unit":"mg"}},{"strength":"150 mg","at_most":2}]"#;
    assert_eq!(serde_json::from_str::<TabletStock>(parts).unwrap(), stock);
    let list = r#"["500 mg", "150 mg (at most 2)"]"#;
    assert_eq!(serde_json::from_str::<TabletStock>(list).unwrap(), stock);
    let parts = r#"{"nearest":{"ties":"up"}}"#;
    assert_eq!(
        serde_json::from_str::<RoundingPolicy>(parts).unwrap(),
        nearest
    );
    let area = BodySurfaceArea::stated(SurfaceArea::constant("2 m2"), "order form");
    is(
        &area,
        r#"{"value":2.0,"unit":"m2","origin":{"stated":{"by":"order form"}}}"#,
    );
    let regimen = Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap();
    let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE).unwrap();
    let ordered = OrderedAdministration::choose(&calculated, &stock, &nearest, None).unwrap();
    is(
        ordered.chosen(),
        r#"{"amount":{"value":1650,"unit":"mg"},"tablets":[{"strength":{"value":500,"unit":"mg"},"count":3},{"strength":{"value":150,"unit":"mg"},"count":1}],"tablet_count":4,"deviation_percent":0.0}"#,
    );
}

#[derive(Debug)]
struct NoFractions;

impl std::fmt::Display for NoFractions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no fractions")
    }
}

impl Observation for NoFractions {
    fn code(&self) -> &Code {
        const { &Code::new("rx.fractions", "Fractions", "A count.", "Give it.") }
    }

    fn outcome(&self) -> Outcome {
        Outcome::CannotTell
    }

    fn subject(&self) -> Subject {
        Subject::path("pelvis")
    }

    fn values(&self) -> Values {
        Values::expected("25")
    }
}

#[test]
fn findings() {
    is(
        &Finding::from(NoFractions),
        r#"{"code":"rx.fractions","outcome":"cannot_tell","at":"pelvis","message":"no fractions","expected":"25"}"#,
    );
}

/// `chemorad.capecitabine-order/3`: its keys, and the step of a rule.
#[test]
fn the_record_of_an_order() {
    let request = OrderRequest::new(
        Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
        "500 mg".parse().unwrap(),
        RoundingPolicy::Nearest { ties: Ties::Up },
    )
    .with_rules(
        RuleSelection::NONE.with(&BMC_SURGERY_2009_LADDER).unwrap(),
        ClinicalFacts {
            toxicity: Some("2:2".parse().unwrap()),
            ..ClinicalFacts::default()
        },
    )
    .with_supply(SupplyRequest {
        kind: "radiotherapy_days".parse().unwrap(),
        fractions: vec![jiff::civil::date(2026, 12, 7)],
        dispense_every: None,
    });
    let order = CapecitabineOrder::plan(request).unwrap();
    let record = serde_json::to_value(&order).unwrap();
    let mut keys: Vec<&str> = record
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "adjusted_regimen",
            "adjustments",
            "administrations",
            "bsa",
            "calculated",
            "candidates",
            "capped",
            "caps",
            "decision",
            "derivations",
            "deviation_from_capped_percent",
            "deviation_percent",
            "explanation",
            "facts",
            "fractions",
            "height_change",
            "not_checked",
            "outcome",
            "overrides",
            "regimen",
            "rounding",
            "rule_sets",
            "schema",
            "split",
            "stock",
            "supply",
            "tablets",
            "tablets_per_day",
            "tie",
            "to_take",
            "to_take_per_day",
            "tolerance",
            "waived",
            "warnings",
            "weight_change",
        ]
    );
    is(
        &record["administrations"][0],
        r#"{"dose":{"unit":"mg","value":1000},"tablets":[{"count":2,"strength":{"unit":"mg","value":500}}]}"#,
    );
    is(
        &record["adjustments"][0]["rule"],
        r#"{"citation":"Capecitabine dose changes for toxicity, BMC Surgery 2009;9:1 (Table 3, 2009): bmcsurg.biomedcentral.com/articles/10.1186/1471-2482-9-1/tables/3","fact":"toxicity grade 2, occurrence 2 (NCI CTC v3.0)","fraction":{"unit":"%","value":75},"interrupts":true,"outcome":"warn","rule_set":"bmc-surgery-2009-ladder","says":"interrupt until grade 0 or 1, then 75 % of the original dose","topic":"toxicity"}"#,
    );
    is(
        &record["adjustments"][0]["intensity_after"],
        r#"{"unit":"mg/m2","value":618.75}"#,
    );
    is(
        &record["not_checked"],
        r#"["renal","dpyd","interactions","previous_weight","previous_height"]"#,
    );
    is(&record["fractions"], r#"["2026-12-07"]"#);
}
