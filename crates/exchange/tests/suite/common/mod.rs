//! Synthetic orders that between them use every form of the exports.
#![allow(clippy::unwrap_used, dead_code, reason = "tests")]

use chemorad::capecitabine::{
    CPIC_DPYD_2018, CapecitabineDays, CapecitabineOrder, ClinicalFacts, DaySplit,
    FDA_LABEL_BEFORE_2022, OrderRequest, Regimen, RoundingPolicy, RuleSelection, SupplyRequest,
    Ties,
};
use chemorad::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance, Sex, WeightBasis,
};
use chemorad_exchange::{MedicationRequest, RequestDetails, RequestIntent, RequestStatus};
use jiff::civil::{Date, date, time};

pub(crate) fn request(intensity: &str, area: &str, stock: &str) -> OrderRequest {
    OrderRequest::new(
        Regimen::new(intensity.parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(area.parse().unwrap(), "a synthetic order form"),
        stock.parse().unwrap(),
        RoundingPolicy::Nearest { ties: Ties::Up },
    )
}

pub(crate) fn details() -> RequestDetails {
    RequestDetails {
        subject: "Patient/synthetic-1".parse().unwrap(),
        status: RequestStatus::Draft,
        intent: RequestIntent::Order,
        authored_on: Some(date(2026, 11, 30)),
        days: None,
        times_of_day: vec![],
    }
}

/// Monday to Friday from Monday 2026-12-07, without Christmas Day and New Year's Day.
pub(crate) fn fractions(count: usize) -> Vec<Date> {
    core::iter::successors(Some(date(2026, 12, 7)), |day| day.tomorrow().ok())
        .filter(|day| day.weekday().to_monday_zero_offset() < 5)
        .filter(|day| ![date(2026, 12, 25), date(2027, 1, 1)].contains(day))
        .take(count)
        .collect()
}

pub(crate) fn dated(mut wanted: OrderRequest, kind: &str, every: Option<u16>) -> OrderRequest {
    wanted.supply = Some(SupplyRequest {
        kind: kind.parse().unwrap(),
        fractions: fractions(28),
        dispense_every: every,
    });
    wanted
}

pub(crate) const LABEL_STOCK: &str = "500 mg, 150 mg (at most 2)";

/// A reduced order with everything in it: formula, clearance, rule sets, dates.
pub(crate) fn reduced() -> OrderRequest {
    let size = BodySize::new("164 cm".parse().unwrap(), "58 kg".parse().unwrap()).unwrap();
    let mut wanted = dated(
        request("1250 mg/m2", "1.6 m2", LABEL_STOCK).prescribed(true),
        "1-14/21",
        Some(21),
    );
    wanted.body_surface_area =
        BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None).unwrap();
    wanted.rules = RuleSelection::NONE
        .with(&FDA_LABEL_BEFORE_2022)
        .unwrap()
        .with(&CPIC_DPYD_2018)
        .unwrap();
    wanted.facts = ClinicalFacts {
        clearance: Some(
            CreatinineClearance::cockcroft_gault(CockcroftGault {
                age: Age::constant("74 a"),
                sex: Sex::Female,
                weight: ClearanceWeight::new(WeightBasis::Actual, size),
                creatinine: "95 umol/L".parse().unwrap(),
            })
            .unwrap(),
        ),
        dpyd: Some("2".parse().unwrap()),
        other_drugs: Some(vec![]),
        ..ClinicalFacts::default()
    };
    wanted
}

/// Every form, by name.
pub(crate) fn cases() -> Vec<(&'static str, CapecitabineOrder, RequestDetails)> {
    let plan = |wanted| CapecitabineOrder::plan(wanted).unwrap();
    let usual = || request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    let unequal = || {
        let mut wanted = request("825 mg/m2", "1.55 m2", "500 mg");
        wanted.split = DaySplit::LargerInTheMorning;
        wanted
    };
    let thrice = || {
        let mut wanted = usual();
        wanted.regimen = Regimen::new("550 mg/m2".parse().unwrap(), 3).unwrap();
        wanted
    };
    let with = |change: &dyn Fn(&mut RequestDetails)| {
        let mut details = details();
        change(&mut details);
        details
    };
    let on = |days: &'static str| with(&|details| details.days = Some(days.parse().unwrap()));
    let timed = with(&|details| details.times_of_day = vec![time(7, 0, 0, 0), time(18, 0, 0, 0)]);
    vec![
        (
            "radiotherapy-days",
            plan(dated(usual(), "radiotherapy_days", None)),
            details(),
        ),
        (
            "radiotherapy-days-unequal",
            plan(dated(unequal(), "radiotherapy_days", None)),
            details(),
        ),
        (
            "radiotherapy-days-three-a-day",
            plan(dated(thrice(), "radiotherapy_days", None)),
            details(),
        ),
        (
            "weekdays",
            plan(dated(usual(), "weekdays", None)),
            details(),
        ),
        (
            "weekdays-unequal",
            plan(dated(unequal(), "weekdays", None)),
            details(),
        ),
        (
            "weekdays-unequal-times",
            plan(dated(unequal(), "weekdays", None)),
            timed.clone(),
        ),
        (
            "calendar-days-times-fills",
            plan(dated(usual(), "calendar_days", Some(14))),
            timed,
        ),
        (
            "cycles",
            plan(dated(usual(), "1-5/7x6", Some(7))),
            details(),
        ),
        ("reduced", plan(reduced()), details()),
        (
            "undated-radiotherapy-days",
            plan(usual()),
            on("radiotherapy_days"),
        ),
        ("undated-cycles-unequal", plan(unequal()), on("1-14/21")),
        ("undated-weekdays", plan(usual()), on("weekdays")),
        (
            "undated-calendar-days",
            plan(usual()),
            with(&|details| {
                details.days = Some(CapecitabineDays::CalendarDays);
                details.authored_on = None;
                details.subject = "https://fhir.example/r4/Patient/7".parse().unwrap();
            }),
        ),
    ]
}

pub(crate) fn exported() -> Vec<(&'static str, CapecitabineOrder, serde_json::Value)> {
    cases()
        .into_iter()
        .map(|(name, order, details)| {
            let request = MedicationRequest::new(&order, &details).unwrap();
            (name, order, serde_json::to_value(request).unwrap())
        })
        .collect()
}
