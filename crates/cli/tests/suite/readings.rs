//! What can be read in two ways: doses with one number of fractions, courses that may be one, earlier
//! radiotherapy that nobody stated.

use serde_json::Value;

use crate::harness::{chemorad, example};
use crate::strict_json::strict;

#[track_caller]
fn answer(arguments: &[&str], exit: i32) -> Value {
    let output = chemorad(&[arguments, &["--format", "json"]].concat());
    let message = String::from_utf8_lossy(&output.stderr).to_string();
    assert_eq!(output.exit, Some(exit), "{arguments:?}: {message}");
    strict(&output.stdout)
}

fn found<'a>(told: &'a Value, list: &str, code: &str) -> Option<&'a Value> {
    let mut all = told[list].as_array().unwrap().iter();
    all.find(|one| one["code"] == code)
}

/// One after the other, or two volumes at once: both readings, and how to write each.
#[test]
fn doses_with_one_number_of_fractions_are_pointed_out() {
    const CODE: &str = "model.same_number_of_fractions";
    let bed = |doses: &[&str]| answer(&[&["bed"], doses, &["--alpha-beta", "10Gy"]].concat(), 0);
    let said = bed(&["45Gy/25", "50Gy/25"]);
    let said = found(&said, "warnings", CODE).unwrap()["message"].to_string();
    for part in [
        "50 fractions in all, written 45 Gy/25+50 Gy/25",
        "ask for each alone: 45 Gy/25, then 50 Gy/25",
        "compare it with 50 Gy/25",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(found(&bed(&["45Gy/25", "50Gy/25", "55Gy/25"]), "warnings", CODE).is_some());
    assert!(found(&bed(&["45Gy/25", "5.4Gy/3"]), "warnings", CODE).is_none());
    assert!(found(&bed(&["45Gy/25"]), "warnings", CODE).is_none());
}

#[test]
fn a_course_entered_twice_is_a_question() {
    let text = std::fs::read_to_string(example("two-courses.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courses.toml");
    let courses = |text: &str, exit: i32| {
        std::fs::write(&path, text).unwrap();
        answer(&["courses", path.to_str().unwrap()], exit)
    };
    let once = courses(&text, 0);
    assert!(found(&once, "warnings", "earlier_course.twice").is_none());
    assert!(found(&once, "warnings", "earlier_course.stated").is_none());
    let (head, first) = text.split_once("[[earlier]]").unwrap();
    let again = |finished: &str, dose: &str| {
        let second = first
            .replace("first course", "course elsewhere")
            .replace("2024-03-12", finished)
            .replace("46Gy/25", dose)
            .replace("30Gy/25", dose);
        format!("{head}[[earlier]]{first}\n[[earlier]]{second}")
    };
    for (finished, dose, twice) in [
        ("2024-03-12", "46Gy/25", true),
        ("2024-04-02", "46Gy/25", true),
        ("2024-04-12", "46Gy/25", true),
        ("2024-04-13", "46Gy/25", false),
        // another course: a year later, or of another dose
        ("2025-03-12", "46Gy/25", false),
        ("2024-03-12", "8Gy/1", false),
    ] {
        let told = courses(&again(finished, dose), if twice { 3 } else { 0 });
        let said = found(&told, "warnings", "earlier_course.twice");
        assert_eq!(said.is_some(), twice, "{finished} {dose}");
    }
    for (stated, outcome, exit) in [
        ("", Some("warn"), 0),
        ("other_radiotherapy = \"given\"", Some("warn"), 0),
        ("other_radiotherapy = \"unknown\"", Some("cannot_tell"), 3),
    ] {
        let other = text.replace("other_radiotherapy = \"none\" # or given, unknown", stated);
        let told = courses(&other, exit);
        let said = found(&told, "warnings", "earlier_course.stated");
        assert_eq!(
            said.map(|one| one["outcome"].as_str()),
            Some(outcome),
            "{stated}"
        );
    }
}

#[test]
fn a_sheet_asks_for_earlier_radiotherapy() {
    const NONE: &str = "earlier_radiotherapy = \"none\" # or given, unknown";

    let text = std::fs::read_to_string(example("radiotherapy-alone.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    assert!(text.contains(NONE));
    for (stated, outcome, exit) in [
        (NONE, None, 0),
        ("", Some("warn"), 0),
        ("earlier_radiotherapy = \"given\"", Some("warn"), 0),
        ("earlier_radiotherapy = \"unknown\"", Some("cannot_tell"), 3),
    ] {
        std::fs::write(&path, text.replace(NONE, stated)).unwrap();
        let sheet = answer(&["sheet", path.to_str().unwrap()], exit);
        let said = found(&sheet, "findings", "earlier_course.stated");
        let said = said.and_then(|one| one["outcome"].as_str());
        assert_eq!(said, outcome, "{stated}");
    }
    std::fs::write(&path, text.replace(NONE, "earlier_radiotherapy = \"no\"")).unwrap();
    let refused = chemorad(&["sheet", path.to_str().unwrap()]);
    assert_eq!(refused.exit, Some(2));
    let message = String::from_utf8_lossy(&refused.stderr).to_string();
    assert!(message.contains("none, given or unknown"), "{message}");
}
