//! Medication requests say what the order says.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use std::collections::BTreeMap;

use crate::common::{LABEL_STOCK, dated, details, exported, reduced, request};
use chemorad::capecitabine::{
    CPIC_DPYD_2018, CapecitabineDays, CapecitabineOrder, DaySplit, FDA_LABEL_BEFORE_2022,
    OrderRequest, RuleSelection, SupplyRequest,
};
use chemorad::patient::{BodySurfaceArea, CreatinineClearance, SurfaceArea};
use chemorad_exchange::{
    ExportError, MedicationRequest, NOTICE, RequestDetails, RequestIntent, RequestStatus,
};
use jiff::civil::{Date, date, time};
use serde_json::{Value, json};

/// The days on which an instruction's timing asks for the drug, with the administrations on each:
/// read from the resource alone.
fn administrations(instruction: &Value) -> Option<BTreeMap<Date, u64>> {
    let timing = &instruction["timing"];
    if let Some(events) = timing["event"].as_array() {
        let mut days = BTreeMap::new();
        for event in events {
            *days.entry(event.as_str()?.parse().unwrap()).or_default() += 1;
        }
        return Some(days);
    }
    let repeat = timing.get("repeat")?;
    let bound = |end: &str| -> Option<Date> {
        Some(repeat["boundsPeriod"][end].as_str()?.parse().unwrap())
    };
    let (first, last) = (bound("start")?, bound("end")?);
    assert_eq!(
        (&repeat["period"], &repeat["periodUnit"]),
        (&json!(1), &json!("d"))
    );
    let on = |day: &Date| match repeat["dayOfWeek"].as_array() {
        Some(listed) => {
            let name = day.strftime("%a").to_string().to_lowercase();
            listed.contains(&Value::from(name))
        }
        None => true,
    };
    Some(
        first
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= last)
            .filter(on)
            .map(|day| (day, repeat["frequency"].as_u64().unwrap()))
            .collect(),
    )
}

/// A machine that carries the request out gives the order's drug on the order's days.
#[test]
fn the_request_asks_for_the_orders_drug_on_its_days() {
    for (name, order, value) in exported() {
        let day = order.day().unwrap();
        let mut milligrams = 0;
        let mut days: BTreeMap<Date, u64> = BTreeMap::new();
        for instruction in value["dosageInstruction"].as_array().unwrap() {
            // concurrent, not one after the other
            assert_eq!(instruction["sequence"], 1, "{name}");
            let rates = &instruction["doseAndRate"];
            assert_eq!(rates[0]["type"]["coding"][0]["code"], "calculated");
            assert_eq!(rates[0]["doseQuantity"]["code"], "mg/m2");
            assert_eq!(rates[1]["type"]["coding"][0]["code"], "ordered");
            assert_eq!(rates[1]["doseQuantity"]["code"], "mg");
            let intensity = day.per_administration().calculated().regimen().intensity();
            assert_eq!(
                rates[0]["doseQuantity"]["value"].as_f64().unwrap(),
                intensity.milligrams_per_square_meter()
            );
            let dose = rates[1]["doseQuantity"]["value"].as_u64().unwrap();
            for (date, times) in administrations(instruction).unwrap_or_default() {
                milligrams += times * dose;
                *days.entry(date).or_default() += times;
            }
        }
        let Some(supply) = order.supply() else {
            assert!(days.is_empty(), "{name}");
            assert!(value.get("dispenseRequest").is_none(), "{name}");
            continue;
        };
        assert_eq!(milligrams, supply.total_milligrams(), "{name}");
        assert!(days.keys().eq(supply.dates()), "{name}");
        let administrations: u64 = days.values().sum();
        assert_eq!(
            administrations,
            u64::from(supply.administrations()),
            "{name}"
        );
    }
}

/// Without dates, radiotherapy days and cycles are words: "twice a day" alone would be every day.
#[test]
fn undated_days_are_not_a_repetition() {
    for (name, order, value) in exported() {
        if order.supply().is_some() {
            continue;
        }
        for instruction in value["dosageInstruction"].as_array().unwrap() {
            let timing = &instruction["timing"];
            match name {
                "undated-weekdays" => {
                    assert_eq!(
                        timing["repeat"]["dayOfWeek"],
                        json!(["mon", "tue", "wed", "thu", "fri"])
                    );
                }
                "undated-calendar-days" => {
                    assert_eq!(
                        *timing,
                        json!({"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}})
                    );
                }
                _ => {
                    assert!(timing.get("repeat").is_none(), "{name}");
                    let words = timing["code"]["text"].as_str().unwrap();
                    assert!(words.contains(" on "), "{words}");
                }
            }
        }
    }
}

fn of(name: &str) -> Value {
    let all = exported().into_iter();
    all.filter(|(known, ..)| *known == name)
        .map(|(.., value)| value)
        .next()
        .unwrap()
}

#[test]
fn unequal_days_are_two_instructions() {
    let parts = |name: &str| -> Vec<(u64, Value)> {
        let value = of(name);
        let instructions = value["dosageInstruction"].as_array().unwrap();
        instructions
            .iter()
            .map(|one| {
                let dose = &one["doseAndRate"][1]["doseQuantity"]["value"];
                (dose.as_u64().unwrap(), one.clone())
            })
            .collect()
    };
    let unequal = parts("weekdays-unequal");
    assert_eq!((unequal[0].0, unequal[1].0), (1500, 1000));
    assert_eq!(unequal[0].1["timing"]["repeat"]["when"], json!(["MORN"]));
    assert_eq!(unequal[1].1["timing"]["repeat"]["when"], json!(["EVE"]));
    // FHIR allows a clock time or a part of the day, not both
    let timed = parts("weekdays-unequal-times");
    assert_eq!(
        timed[1].1["timing"]["repeat"]["timeOfDay"],
        json!(["18:00:00"])
    );
    assert!(timed[1].1["timing"]["repeat"].get("when").is_none());
    let dated = parts("radiotherapy-days-unequal");
    assert_eq!(
        dated[1].1["additionalInstruction"][0]["text"],
        "in the evening"
    );
    assert_eq!(
        dated[0].1["text"],
        "1500 mg (3 x 500 mg) by mouth, in the morning, on radiotherapy days, 2026-12-07 to \
         2027-01-15 (28 days)"
    );
    // an equal day says neither morning nor evening, because the order does not
    let equal = of("radiotherapy-days").to_string();
    assert!(!equal.contains("morning") && !equal.contains("MORN"));
}

#[test]
fn fills_are_structured_only_where_the_structure_is_exact() {
    // 40 calendar days in fills of 14: 14, 14 and 12 days; 3 times the first would be 42
    let calendar = &of("calendar-days-times-fills")["dispenseRequest"];
    assert_eq!(calendar["quantity"]["value"], 40 * 3000);
    for repeated in ["initialFill", "dispenseInterval", "numberOfRepeatsAllowed"] {
        assert!(calendar.get(repeated).is_none(), "{repeated}");
    }
    // six cycles of 5 days, one fill each
    let cycles = &of("cycles")["dispenseRequest"];
    assert_eq!(cycles["numberOfRepeatsAllowed"], 5);
    assert_eq!(cycles["quantity"]["value"], 5 * 3000);
    assert_eq!(cycles["expectedSupplyDuration"]["value"], 7);
    // all at once
    let whole = &of("radiotherapy-days")["dispenseRequest"];
    assert_eq!(whole["quantity"]["value"], 28 * 3000);
    assert_eq!(whole["quantity"]["code"], "mg");
    assert_eq!(whole["expectedSupplyDuration"]["value"], 40);
    assert!(whole.get("initialFill").is_none());
}

/// Tablets of two strengths are two products: the counts of each make the milligrams of the supply.
#[test]
fn the_supply_counts_the_tablets_of_each_product() {
    for (name, order, value) in exported() {
        let contained = value["contained"].as_array().unwrap();
        let products: Vec<&Value> = contained
            .iter()
            .filter(|one| one["resourceType"] == "SupplyRequest")
            .collect();
        let Some(supply) = order.supply() else {
            assert!(products.is_empty(), "{name}");
            continue;
        };
        let mut milligrams = 0;
        for product in &products {
            assert_eq!(product["quantity"]["code"], "{tablet}");
            let item = product["itemCodeableConcept"]["text"].as_str().unwrap();
            let strength: u64 = item
                .strip_prefix("capecitabine ")
                .and_then(|rest| rest.strip_suffix(" mg tablets"))
                .unwrap()
                .parse()
                .unwrap();
            milligrams += strength * product["quantity"]["value"].as_u64().unwrap();
        }
        assert_eq!(milligrams, supply.total_milligrams(), "{name}");
    }
}

#[test]
fn an_active_order_has_bounds_and_a_supply_or_is_refused() {
    let usual = || request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    let active = |wanted: OrderRequest, intent: RequestIntent| {
        let mut details = details();
        details.days = wanted
            .supply
            .is_none()
            .then_some(CapecitabineDays::CalendarDays);
        details.status = RequestStatus::Active;
        details.intent = intent;
        let order = CapecitabineOrder::plan(wanted).unwrap();
        MedicationRequest::new(&order, &details)
            .map(|request| serde_json::to_value(request).unwrap())
    };
    for intent in [RequestIntent::Order, RequestIntent::OriginalOrder] {
        assert_eq!(
            active(usual(), intent),
            Err(ExportError::ActiveWithoutDates)
        );
        for days in ["weekdays", "radiotherapy_days", "calendar_days", "1-5/7x4"] {
            let value = active(dated(usual(), days, None), intent).unwrap();
            for instruction in value["dosageInstruction"].as_array().unwrap() {
                let bounds = &instruction["timing"]["repeat"]["boundsPeriod"];
                assert!(
                    bounds["start"].is_string() && bounds["end"].is_string(),
                    "{days}"
                );
            }
            assert!(value["dispenseRequest"]["quantity"]["value"].is_u64());
        }
    }
    // nobody acts on a plan
    assert!(active(usual(), RequestIntent::Plan).is_ok());
}

#[test]
fn the_notes_carry_notice_work_rules_and_tablets() {
    let value = of("reduced");
    let notes: Vec<&str> = value["note"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["text"].as_str().unwrap())
        .collect();
    assert_eq!(notes[0], NOTICE);
    let all = notes.join("\n");
    for expected in [
        "sqrt(164 x 58 / 3600)",
        "937.5 mg/m2",
        "75 % of the original dose",
        "medlibrary.org",
        "so nothing was checked, on: toxicity",
        "To review:",
        "2026-12-07 to 2026-12-20: 14 days",
    ] {
        assert!(all.contains(expected), "{expected}\n{all}");
    }
    let contained = value["contained"].as_array().unwrap();
    assert_eq!(contained[0]["code"]["coding"][0]["code"], "8277-6");
    assert_eq!(
        contained[0]["method"]["text"],
        "mosteller: sqrt(H W / 3600)"
    );
    assert_eq!(contained[1]["code"]["coding"][0]["code"], "35591-7");
    // each is referred to, as FHIR demands of what is contained
    let referred: Vec<&str> = value["supportingInformation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reference| reference["reference"].as_str().unwrap())
        .collect();
    assert_eq!(
        referred[..2],
        ["#body-surface-area", "#creatinine-clearance"]
    );
    assert!(referred[2..].iter().all(|id| id.starts_with("#supply-")));
}

/// Cockcroft-Gault is in the code, so a clearance from elsewhere is not given that code.
#[test]
fn a_stated_clearance_is_not_called_cockcroft_gault() {
    let mut wanted = reduced();
    let stated = CreatinineClearance::stated("45 mL/min".parse().unwrap(), "a synthetic report");
    wanted.facts.clearance = Some(stated);
    let order = CapecitabineOrder::plan(wanted).unwrap();
    let value = serde_json::to_value(MedicationRequest::new(&order, &details()).unwrap()).unwrap();
    let facts = value["contained"].as_array().unwrap().iter();
    let facts = facts.filter(|one| one["resourceType"] == "Observation");
    assert_eq!(facts.count(), 1);
    assert!(value["note"].to_string().contains("a synthetic report"));
}

fn refused(wanted: OrderRequest, change: impl Fn(&mut RequestDetails)) -> ExportError {
    let mut details = details();
    details.days = wanted
        .supply
        .is_none()
        .then_some(CapecitabineDays::Weekdays);
    change(&mut details);
    let order = CapecitabineOrder::plan(wanted).unwrap();
    MedicationRequest::new(&order, &details).unwrap_err()
}

#[test]
fn an_order_that_nobody_may_act_on_is_no_resource() {
    // a hard stop
    let mut stopped = request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    stopped.rules = RuleSelection::NONE.with(&CPIC_DPYD_2018).unwrap();
    stopped.facts.dpyd = Some("0".parse().unwrap());
    let error = refused(stopped.clone(), |_| {});
    assert!(matches!(error, ExportError::NoDose { .. }), "{error}");
    assert!(error.to_string().contains("capecitabine.dpyd"), "{error}");
    // the rules cannot tell: the label speaks of 1250 mg/m2 only
    let mut open = request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    open.rules = RuleSelection::NONE.with(&FDA_LABEL_BEFORE_2022).unwrap();
    open.facts.clearance = Some(CreatinineClearance::stated(
        "40 mL/min".parse().unwrap(),
        "test",
    ));
    assert!(matches!(
        refused(open, |_| {}),
        ExportError::NoDose { findings } if findings[0].is("capecitabine.renal")
    ));
    // a cap that nobody gave a reason for; with a reason the request carries it
    let mut capped = request("825 mg/m2", "2.2 m2", LABEL_STOCK);
    capped.caps.body_surface_area = Some(SurfaceArea::constant("2 m2"));
    assert!(matches!(
        refused(capped.clone(), |_| {}),
        ExportError::FailedChecks { findings } if findings[0].is("capecitabine.cap")
    ));
    capped.overrides = vec![
        "capecitabine.cap=synthetic protocol, section 5"
            .parse()
            .unwrap(),
    ];
    let order = CapecitabineOrder::plan(dated(capped, "weekdays", None)).unwrap();
    let value = serde_json::to_value(MedicationRequest::new(&order, &details()).unwrap()).unwrap();
    assert!(
        value["note"]
            .to_string()
            .contains("synthetic protocol, section 5")
    );
}

#[test]
fn days_and_times_must_fit_the_order() {
    let usual = || request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    assert_eq!(
        refused(usual(), |details| details.days = None),
        ExportError::DaysNotStated
    );
    let on_fractions = || dated(usual(), "radiotherapy_days", None);
    assert!(matches!(
        refused(on_fractions(), |details| {
            details.days = Some(CapecitabineDays::CalendarDays);
        }),
        ExportError::OtherDays { .. }
    ));
    let (morning, evening) = (time(7, 0, 0, 0), time(18, 0, 0, 0));
    for times in [
        vec![morning],
        vec![evening, morning],
        vec![morning, morning],
    ] {
        assert!(matches!(
            refused(usual(), |details| details.times_of_day.clone_from(&times)),
            ExportError::TimesOfDay {
                administrations: 2,
                ..
            }
        ));
    }
    assert!(matches!(
        refused(on_fractions(), |details| {
            details.times_of_day = vec![morning, evening];
        }),
        ExportError::TimesOnDates { .. }
    ));
    // the split asked for and not needed is an equal day
    let mut split = usual();
    split.split = DaySplit::LargerInTheEvening;
    let order = CapecitabineOrder::plan(dated(split, "weekdays", None)).unwrap();
    let value = serde_json::to_value(MedicationRequest::new(&order, &details()).unwrap()).unwrap();
    assert_eq!(value["dosageInstruction"].as_array().unwrap().len(), 1);
}

#[test]
fn control_characters_do_not_reach_the_resource() {
    let mut wanted = dated(
        request("825 mg/m2", "1.82 m2", LABEL_STOCK),
        "weekdays",
        None,
    );
    let area = SurfaceArea::constant("1.82 m2");
    wanted.body_surface_area = BodySurfaceArea::stated(area, String::from("form\u{0} 7\u{1b}[2J"));
    let order = CapecitabineOrder::plan(wanted).unwrap();
    let value = serde_json::to_value(MedicationRequest::new(&order, &details()).unwrap()).unwrap();
    let text = serde_json::to_string(&value).unwrap();
    assert!(text.contains(r"form\\u{0} 7\\u{1b}[2J"), "{text}");
    for escape in [r"\u00", r"\t", r"\r"] {
        assert!(!text.contains(escape), "{text}");
    }
}

#[test]
fn codes_are_read_as_written_and_nothing_else() {
    for status in RequestStatus::ALL {
        assert_eq!(status.code().parse::<RequestStatus>().as_ref(), Ok(status));
    }
    for intent in RequestIntent::ALL {
        assert_eq!(
            intent.to_string().parse::<RequestIntent>().as_ref(),
            Ok(intent)
        );
    }
    for bad in ["", "Active", " active", "ordered"] {
        assert!(bad.parse::<RequestStatus>().is_err(), "{bad}");
        assert!(bad.parse::<RequestIntent>().is_err(), "{bad}");
    }
}

/// Interop-Sante/hl7.fhir.fr.medication, `Presc-Capecitabine-Dose-Calculee`: 1000 mg/m2 calculated,
/// 1800 mg ordered, 07:00 and 18:00, by mouth (EDQM 20053000), for 14 days from 2021-10-15. The
/// guide writes the period with clock times; the body surface area that makes 1800 mg is 1.8 m2.
#[test]
fn the_french_guides_capecitabine() {
    let mut wanted = request("1000 mg/m2", "1.8 m2", LABEL_STOCK);
    wanted.supply = Some(SupplyRequest {
        kind: CapecitabineDays::CalendarDays,
        fractions: vec![date(2021, 10, 15), date(2021, 10, 28)],
        dispense_every: None,
    });
    let order = CapecitabineOrder::plan(wanted).unwrap();
    let mut details = details();
    details.status = RequestStatus::Active;
    details.times_of_day = vec![time(7, 0, 0, 0), time(18, 0, 0, 0)];
    let value = serde_json::to_value(MedicationRequest::new(&order, &details).unwrap()).unwrap();
    let instruction = &value["dosageInstruction"][0];
    let rates = instruction["doseAndRate"].as_array().unwrap();
    let read: Vec<(&str, &str, u64, &str)> = rates
        .iter()
        .map(|rate| {
            let (kind, dose) = (&rate["type"]["coding"][0], &rate["doseQuantity"]);
            (
                kind["system"].as_str().unwrap(),
                kind["code"].as_str().unwrap(),
                dose["value"].as_u64().unwrap(),
                dose["code"].as_str().unwrap(),
            )
        })
        .collect();
    let system = "http://terminology.hl7.org/CodeSystem/dose-rate-type";
    assert_eq!(
        read,
        [
            (system, "calculated", 1000, "mg/m2"),
            (system, "ordered", 1800, "mg")
        ]
    );
    let repeat = &instruction["timing"]["repeat"];
    assert_eq!(repeat["timeOfDay"], json!(["07:00:00", "18:00:00"]));
    assert_eq!(
        repeat["boundsPeriod"],
        json!({"start": "2021-10-15", "end": "2021-10-28"})
    );
    let oral = &instruction["route"]["coding"][1];
    assert_eq!(
        *oral,
        json!({"system": "http://standardterms.edqm.eu", "code": "20053000"})
    );
}

/// Every UCUM code in an export is one that `validators/run` has checked with the National
/// Library of Medicine's `ucum-lhc`.
#[test]
fn ucum_codes() {
    fn codes(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if value["system"] == "http://unitsofmeasure.org" {
                    found.push(value["code"].as_str().unwrap().to_owned());
                }
                map.values().for_each(|one| codes(one, found));
            }
            Value::Array(all) => all.iter().for_each(|one| codes(one, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (_, _, value) in exported() {
        codes(&value, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, ["d", "m2", "mL/min", "mg", "mg/m2", "{tablet}"]);
}
