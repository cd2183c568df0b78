//! `selftest --compare`: what differs from an earlier run, of the programs and of the site's own cases.

use serde_json::{Value, json};

use crate::site_cases::{BED, File, OURS, answer, case};

#[test]
fn a_comparison_sees_what_a_case_is_held_against() {
    let old = case("a", BED);
    let (_, first) = answer(&OURS, &[("ours/a.toml", old.as_bytes())]);
    let compare = |text: &str, old: &Value| {
        let old = serde_json::to_vec(old).unwrap();
        let args = ["--cases", "ours", "--compare", "old.json"];
        let (_, answer) = answer(
            &args,
            &[("ours/a.toml", text.as_bytes()), ("old.json", &old)],
        );
        answer["comparison"].clone()
    };
    let differing = |text: &str| -> Vec<String> {
        let compared = compare(text, &first);
        let changes = compared["changes"].as_array().unwrap().iter();
        changes
            .flat_map(|change| {
                assert_eq!(change["id"], "site cases: a");
                change["differences"].as_array().unwrap().clone()
            })
            .map(|one| one["what"].as_str().unwrap().to_string())
            .collect()
    };
    assert!(differing(&old).is_empty());
    assert_eq!(differing(&old.replace("0.005", "5")), ["tolerance"]);
    assert_eq!(differing(&old.replace("53.1,", "53.101,")), ["expected"]);
    assert_eq!(
        differing(&old.replace("\"45Gy/25\"", "\"25 x 1.8Gy\"")),
        ["arguments"]
    );
    // a case that fails was not written anew
    assert_eq!(
        differing(&old.replace("53.1,", "54,")),
        ["found", "expected"]
    );
    let failed = case("a", &BED.replace("53.1,", "54,"));
    let (_, failing) = answer(&OURS, &[("ours/a.toml", failed.as_bytes())]);
    assert_eq!(compare(&failed, &failing)["changes"], json!([]));

    // both programs are named
    let compared = compare(&old, &first);
    for run in ["earlier", "this"] {
        assert_eq!(compared[run]["seed"], 2026);
        assert_eq!(compared[run]["quick"], true);
        assert_eq!(compared[run]["version"], env!("CARGO_PKG_VERSION"));
        assert!(compared[run]["platform"].is_string());
    }

    // an earlier version told neither arguments nor inputs: that is said, and nothing is accused
    let mut older = first.clone();
    for part in older["parts"].as_array_mut().unwrap() {
        for trial in part["trials"].as_array_mut().unwrap() {
            let trial = trial.as_object_mut().unwrap();
            for key in ["arguments", "inputs", "compared"] {
                trial.remove(key);
            }
        }
    }
    let compared = compare(&old, &older);
    assert_eq!(
        (&compared["changes"], &compared["not_told"]),
        (&json!([]), &json!(1))
    );
}

#[test]
fn a_comparison_sees_another_input() {
    let ntcp = r#"arguments = ["ntcp", "{cases}/h.csv", "--set", "rectum-late-grade-2-quantec"]
exit = 0
expect = [{ at = "/geud/value", number = 40, within = 1e-9 }]"#;
    let text = case("a", ntcp);
    let with = |csv: &'static [u8]| {
        let files: [File<'_>; 2] = [("ours/a.toml", text.as_bytes()), ("ours/h.csv", csv)];
        answer(&OURS, &files).1
    };
    let first = with(b"dose_gy,differential_percent\n40,100\n");
    let inputs = first["build"]["inputs"].as_array().unwrap();
    let names: Vec<&str> = inputs
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["ours/a.toml", "ours/h.csv"]);
    let old = serde_json::to_vec(&first).unwrap();
    let (_, second) = answer(
        &["--cases", "ours", "--compare", "old.json"],
        &[
            ("ours/a.toml", text.as_bytes()),
            ("ours/h.csv", b"dose_gy,differential_percent\n40.0,100\n"),
            ("old.json", &old),
        ],
    );
    let changes = second["comparison"]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["differences"][0]["what"], "inputs");
}
