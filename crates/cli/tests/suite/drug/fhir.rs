//! `--export fhir`: the resource alone on standard output, or one message.

use super::{LABEL_STOCK, json, order, refused, run};
use crate::strict_json::strict;

const DATES: &str = "--days radiotherapy-days --start 2026-12-07 --fractions 28";
const REQUEST: &str = "--export fhir --subject Patient/7 --status draft --intent order";

fn with(rest: &str) -> String {
    let flags = format!("{LABEL_STOCK} {rest}");
    order("--height 170cm --weight 70kg", "825mg/m2", &flags)
}

#[test]
fn the_resource_and_nothing_else() {
    let command = with(&format!("{DATES} {REQUEST} --authored-on 2026-11-30"));
    let resource = json(&command, 0);
    let text = strict(&run(&command).stdout);
    assert_eq!(text, resource);
    assert_eq!(resource["resourceType"], "MedicationRequest");
    // R4 has no such fields
    assert!(resource.get("notice").is_none() && resource.get("version").is_none());
    let notes = resource["note"].as_array().unwrap();
    assert!(notes.iter().any(|note| {
        let text = note["text"].as_str().unwrap();
        text.contains("cleared by no authority")
    }));
    assert_eq!(resource["subject"]["reference"], "Patient/7");
    assert_eq!(resource["authoredOn"], "2026-11-30");
    let instructions = resource["dosageInstruction"].as_array().unwrap();
    assert_eq!(instructions.len(), 2);
    for instruction in instructions {
        assert_eq!(instruction["timing"]["event"].as_array().unwrap().len(), 28);
        let rate = &instruction["doseAndRate"];
        assert_eq!(rate[0]["doseQuantity"]["value"], 825);
        assert_eq!(rate[1]["doseQuantity"]["value"], 1500);
    }
    assert_eq!(resource["dispenseRequest"]["quantity"]["value"], 28 * 3000);
}

#[test]
fn days_without_dates_and_times_of_day() {
    let timed = with(&format!(
        "--days weekdays {REQUEST} --times-of-day 07:00,18:00"
    ));
    let resource = json(&timed, 0);
    let repeat = &resource["dosageInstruction"][0]["timing"]["repeat"];
    assert_eq!(repeat["timeOfDay"][1], "18:00:00");
    assert_eq!(repeat["dayOfWeek"].as_array().unwrap().len(), 5);
    assert!(resource.get("dispenseRequest").is_none());
    refused(&timed.replace(",18:00", ""), "1 times of day for 2");
    refused(&timed.replace("18:00", "6pm"), "hours and minutes");
    refused(&timed.replace("18:00", "24:00"), "hours and minutes");
    refused(&with(REQUEST), "radiotherapy_days, weekdays");
    // dates given in part are not taken for none
    refused(
        &with(&format!("--days weekdays --start 2026-12-07 {REQUEST}")),
        "give --start and --fractions",
    );
}

#[test]
fn what_is_missing_is_listed_and_what_is_unread_refused() {
    for (left_out, part) in [
        ("--subject Patient/7", "missing: --subject"),
        ("--status draft", "missing: --status (draft, active"),
        ("--intent order", "missing: --intent (proposal, plan"),
    ] {
        refused(
            &with(&format!("{DATES} {REQUEST}")).replace(left_out, ""),
            part,
        );
    }
    let bare = with(&format!("{DATES} --export fhir"));
    refused(&bare, "--subject, such as Patient/ID; --status");
    refused(
        &bare.replace("--export fhir", "--subject Patient/7"),
        "belong to --export fhir",
    );
    let broken = with(&format!("{DATES} {REQUEST}"));
    refused(&broken.replace("Patient/7", "7"), "Patient/ID");
    refused(&broken.replace("draft", "new"), "draft, active");
}

#[test]
fn an_order_that_nobody_may_act_on_is_no_request() {
    let stopped = format!("{DATES} {REQUEST} --rule-set cpic-dpyd-2018 --dpyd 0");
    not_exported(&with(&stopped), 1, "hard stop: do not give");
    let open = format!("{DATES} {REQUEST} --rule-set cpic-dpyd-2018 --dpyd indeterminate");
    not_exported(&with(&open), 3, "needs a clinician");
    let unknown = format!(
        "{DATES} {REQUEST} --rule-set eu-leaflet-interactions --interacting-drug paracetamol"
    );
    not_exported(&with(&unknown), 3, "needs a written reason");
    refused(
        &with(&format!("{DATES} {REQUEST} --show-work")),
        "an export holds the derivations",
    );
    // 1320 mg calculated, 1300 mg ordered
    let failed = order(
        "--height 160cm --weight 57.6kg",
        "825mg/m2",
        &format!("{LABEL_STOCK} {DATES} {REQUEST} --tolerance 1%"),
    );
    not_exported(&failed, 1, "checks that failed");
    json(
        &format!("{failed} --override capecitabine.deviation=whole_tablets_only"),
        0,
    );
}

/// Nothing on standard output, one message, and the exit code of the checks.
#[track_caller]
fn not_exported(text: &str, exit: i32, part: &str) {
    let output = run(text);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.exit, Some(exit), "{text}: {message}");
    assert!(output.stdout.is_empty(), "{text} printed a result");
    assert!(message.contains(part), "{text}: {message}");
}

/// An interruption is said where the dose is, not only in a note.
#[test]
fn an_interruption_stands_in_every_instruction() {
    let interrupted = with(&format!(
        "{DATES} {REQUEST} --rule-set bmc-surgery-2009-ladder --toxicity 2:2"
    ));
    let resource = json(&interrupted, 0);
    for instruction in resource["dosageInstruction"].as_array().unwrap() {
        let text = instruction["text"].as_str().unwrap();
        assert!(text.contains("not to be taken before recovery"), "{text}");
        let more = instruction["additionalInstruction"].as_array().unwrap();
        assert!(
            more.iter()
                .any(|one| one["text"] == text[text.find("interrupted").unwrap()..])
        );
    }
    let plain = json(&with(&format!("{DATES} {REQUEST}")), 0);
    assert!(!plain.to_string().contains("recovery"));
}
