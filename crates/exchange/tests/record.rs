//! The JSON record that trial tools rely on: a change here is a change for every reader.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use chemorad::capecitabine::{CPIC_DPYD_2018, CapecitabineOrder, RuleSelection};
use chemorad_exchange::OrderRecord;
use common::{LABEL_STOCK, cases, reduced, request};
use serde_json::Value;

fn record(order: &CapecitabineOrder) -> Value {
    serde_json::to_value(OrderRecord::new(order)).unwrap()
}

/// Written by this test into `tests/snapshots` when `UPDATE_SNAPSHOTS` is set, and never in CI.
fn snapshot(name: &str, order: &CapecitabineOrder) {
    let path = format!("{}/tests/snapshots/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let found = serde_json::to_string_pretty(&OrderRecord::new(order)).unwrap() + "\n";
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(found, kept, "{name}");
}

#[test]
fn snapshots() {
    snapshot("reduced", &CapecitabineOrder::plan(reduced()).unwrap());
    let mut stopped = request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    stopped.rules = RuleSelection::NONE.with(&CPIC_DPYD_2018).unwrap();
    stopped.facts.dpyd = Some("0".parse().unwrap());
    snapshot("stopped", &CapecitabineOrder::plan(stopped).unwrap());
}

#[test]
fn every_record_has_every_key_and_agrees_with_its_order() {
    for (name, order, _) in cases() {
        let record = record(&order);
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
                "calculated",
                "derivations",
                "findings",
                "generator",
                "inputs",
                "notice",
                "ordered",
                "outcome",
                "rules",
                "schema",
                "supply"
            ],
            "{name}"
        );
        let day = order.day().unwrap();
        let sum: u64 = record["ordered"]["administrations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["dose"]["value"].as_u64().unwrap())
            .sum();
        assert_eq!(sum, u64::from(day.dose_per_day().milligrams()), "{name}");
        let tablets: u64 = record["ordered"]["tablets_per_day"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["count"].as_u64().unwrap() * one["strength"]["value"].as_u64().unwrap())
            .sum();
        assert_eq!(tablets, sum, "{name}");
        if let Some(supply) = order.supply() {
            assert_eq!(
                record["supply"]["total_milligrams"],
                supply.total_milligrams()
            );
            assert_eq!(record["inputs"]["fractions"].as_array().unwrap().len(), 28);
        } else {
            assert_eq!(record["supply"], Value::Null, "{name}");
        }
    }
}

/// A stopped order is recorded, without any dose.
#[test]
fn an_order_without_a_dose_is_recorded_with_its_reasons() {
    let mut stopped = request("825 mg/m2", "1.82 m2", LABEL_STOCK);
    stopped.rules = RuleSelection::NONE.with(&CPIC_DPYD_2018).unwrap();
    stopped.facts.dpyd = Some("0".parse().unwrap());
    let record = record(&CapecitabineOrder::plan(stopped).unwrap());
    assert_eq!(record["outcome"], "fail");
    for key in ["adjusted_regimen", "calculated", "ordered", "supply"] {
        assert_eq!(record[key], Value::Null, "{key}");
    }
    assert!(!record["findings"].as_array().unwrap().is_empty());
}
