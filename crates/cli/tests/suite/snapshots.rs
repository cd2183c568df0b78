//! What a person and a tool read, command by command: text, JSON and page are held as they are.

use chemorad_cli::answer;
use chemorad_cli::files::Disk;

use crate::harness::{environment, example};

/// Text, JSON and the page of a command on the example files.
#[track_caller]
fn snapshot(name: &str, command: &str) {
    let words = command.split_whitespace().map(|word| {
        if std::path::Path::new(word)
            .extension()
            .is_some_and(|ending| ending == "toml")
        {
            example(word).to_str().unwrap().to_string()
        } else {
            word.replace('_', " ")
        }
    });
    let arguments = std::iter::once("chemorad".to_string()).chain(words);
    let answered = answer(arguments, &environment(), &Disk).unwrap();
    let page = answered.document.to_html();
    let (_, body) = page.split_once("<body>").unwrap();
    let shown = [
        format!("chemorad {command}\nexit code {}\n", answered.exit),
        answered.document.to_text(80),
        answered.json,
        body.replace("><", ">\n<"),
    ];
    // the place of the examples is the machine's own
    let folder = example("");
    let shown = shown.join("\n").replace(folder.to_str().unwrap(), "");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, shown);
    });
}

macro_rules! snapshots {
    ($($name:ident: $command:expr,)*) => {
        $(#[test]
        fn $name() {
            snapshot(stringify!($name), $command);
        })*
    };
}

snapshots! {
    bed: "bed 45Gy/25 5.4Gy/3 --alpha-beta 10Gy",
    bed_with_work: "bed 45Gy/25 --alpha-beta 10Gy --alpha-beta 3Gy --show-work",
    bed_of_a_record: "bed 25Gy/5 --endpoint rectal-adenocarcinoma-locoregional-control",
    bed_over_time: "bed 45Gy/25 --alpha-beta 10Gy --overall-time 35d --kick-off 28d --loss-per-day 0.66Gy",
    bed_with_repair: "bed 68_x_1.2_Gy --alpha-beta 3Gy --per-day 2 --interval 6h --repair-half-time 4.4h",
    bed_with_a_linear_tail: "bed 8Gy/1 --alpha-beta 2Gy --linear-above 4Gy --final-slope tangent",
    bed_compared: "bed 50.4Gy/28 --alpha-beta 10Gy --compare 25Gy/5",
    bed_over_intervals: "bed 50.4Gy/28 --alpha-beta 8..12Gy --overall-time 38d --kick-off 21..28d --loss-per-day 0.5..0.8Gy --compare 25Gy/5,_5d",
    solve_for_the_dose: "solve --target-eqd 60Gy --fractions 18 --alpha-beta 3Gy --step 0.01Gy --rounding nearest",
    solve_for_the_number: "solve --target-eqd 50Gy --dose-per-fraction 2.67Gy --alpha-beta 4.6Gy --rounding nearest --show-work",
    solve_for_the_same: "solve --same-as 50.4Gy/28 --fractions 20 --alpha-beta 10Gy",
    solve_with_time: "solve --target-bed 53.1Gy --fractions 25 --alpha-beta 10Gy --overall-time 40d --kick-off 28d --loss-per-day 0.66Gy",
    schedule: "schedule --start 2026-12-07 --phase 45Gy/25 --phase 5.4Gy/3",
    gap_on_a_missed_monday: "gap gap-missed-monday.toml",
    gap_in_the_boost: "gap gap-machine-down-in-boost.toml --show-work",
    courses: "courses two-courses.toml --show-work",
    endpoints: "endpoints",
    bsa: "bsa --height 170cm --weight 70kg --formula mosteller",
    bsa_by_sex: "bsa --height 1.70m --weight 70kg --formula schlich --sex female --show-work",
    clearance: "clearance --age 55 --sex male --weight 82kg --creatinine 91umol/L --weight-basis actual",
    clearance_and_a_rule_set: "clearance --birth-date 1951-12-08 --on 2026-12-07 --sex female --weight 45kg --creatinine 102umol/L --weight-basis actual --rule-set fda-label-before-2022 --show-work",
    capecitabine: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up",
    rule_sets: "rule-sets list",
    protocol_list: "protocol list",
    protocol_show: "protocol show NCT06949098",
    protocol_lint: "protocol lint --all",
    explain: "protocol explain protocol.dose",
    sheet_adjuvant: "sheet adjuvant-chemoradiotherapy.toml",
    sheet_escalated: "sheet escalated-chemoradiotherapy.toml --show-work",
}
