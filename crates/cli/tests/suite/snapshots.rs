//! What a person and a tool read, command by command: text, JSON and page are held as they are.

use std::path::Path;

use chemorad_cli::files::Memory;
use chemorad_cli::{answer, run};

use crate::harness::{environment, example, text};
use crate::strict_json::strict;

/// The words of a command; `_` is a blank, but in the names of files.
fn arguments(command: &str) -> impl Iterator<Item = String> + '_ {
    let words = command.split_whitespace().map(|word| {
        let ending = Path::new(word).extension();
        let is_file = ending.is_some_and(|ending| ending == "toml" || ending == "json");
        if is_file || word.contains('=') {
            word.to_string()
        } else {
            word.replace('_', " ")
        }
    });
    std::iter::once("chemorad".to_string()).chain(words)
}

/// The examples by their names alone: where the checkout lies must not show.
fn examples() -> Memory {
    let entries = std::fs::read_dir(example("")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files
        .map(|path| {
            let bytes = std::fs::read(&path).unwrap();
            (path.file_name().unwrap().to_owned(), bytes)
        })
        .collect()
}

/// Text, JSON and the page of a command on the example files; of an export what it writes.
#[track_caller]
fn snapshot(name: &str, command: &str) {
    match answer(arguments(command), &environment(), &examples()) {
        Ok(answered) => {
            strict(answered.json.as_bytes());
            let page = answered.document.to_html();
            let (_, body) = page.split_once("<body>").unwrap();
            let text = answered.document.to_text(80);
            let body = body.replace("><", ">\n<");
            hold(name, command, answered.exit, &[text, answered.json, body]);
        }
        Err(export) => {
            assert_eq!(export.stderr, "");
            strict(export.stdout.as_bytes());
            hold(name, command, export.exit, &[export.stdout]);
        }
    }
}

/// What a command prints in the format it names.
#[track_caller]
fn printed(name: &str, command: &str) {
    let output = run(arguments(command), &environment(), &examples());
    assert_eq!(output.stderr, "");
    hold(name, command, output.exit, &[output.stdout]);
}

/// What a command shows is as it was.
#[track_caller]
pub(crate) fn hold(name: &str, command: &str, exit: u8, shown: &[String]) {
    let shown = format!(
        "chemorad {command}\nexit code {exit}\n\n{}",
        shown.join("\n")
    );
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, shown);
    });
}

macro_rules! snapshots {
    ($list:ident, $how:ident: $($name:ident: $command:expr,)*) => {
        const $list: &[&str] = &[$($command),*];

        $(#[test]
        fn $name() {
            $how(stringify!($name), $command);
        })*
    };
}

snapshots! { ANSWERED, snapshot:
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
    gap_by_missed_dates: "gap 45Gy/25+5.4Gy/3 --start 2026-11-02 --missed 2026-11-24,2026-11-25 --ab 10Gy --late-ab 3Gy",
    bed_by_a_site_file: "bed 45Gy/25+5.4Gy/3 --site site.toml --start 2026-12-07 --kick-off 28d --loss-per-day 0.66Gy",
    bsa_by_a_site_file: "bsa 170cm 70kg --site site.toml --formula du-bois",
    capecitabine_by_a_site_file: "capecitabine 170cm 72kg 825_mg/m2_bid --site site.toml --dpyd not-tested --start 2026-12-07 --fractions 28",
    site_check: "site check site.toml",
    courses: "courses two-courses.toml --show-work",
    endpoints: "endpoints",
    ntcp_of_a_published_set: "ntcp rectum-histogram.csv --set rectum-late-grade-2-quantec",
    ntcp_in_eqd2: "ntcp rectum-histogram.csv --set rectum-late-grade-2-quantec --fractions 25 --ab 3_Gy_(2..4_Gy) --show-work",
    ntcp_by_relative_seriality: "ntcp rectum-histogram.csv --model relative-seriality --form two-power --s 1 --td50 52.3Gy --gamma 1.28 --endpoint synthetic --source synthetic --show-work",
    tcp_by_poisson: "tcp target-histogram.csv --model poisson --alpha 0.3/Gy --ab 10Gy --fractions 28 --clonogen-density 1e5/cc --endpoint synthetic --source synthetic --show-work",
    tcp_by_logistic: "tcp target-histogram.csv --model logistic --a -10 --tcd50 45Gy --gamma50 2 --endpoint synthetic --source synthetic",
    bsa: "bsa --height 170cm --weight 70kg --formula mosteller",
    bsa_by_sex: "bsa --height 1.70m --weight 70kg --formula schlich --sex female --show-work",
    clearance: "clearance --age 55 --sex male --weight 82kg --creatinine 91umol/L --weight-basis actual",
    clearance_and_a_rule_set: "clearance --birth-date 1951-12-08 --on 2026-12-07 --sex female --weight 45kg --creatinine 102umol/L --weight-basis actual --rule-set fda-label-before-2022 --show-work",
    capecitabine: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up",
    cohort: "cohort cohort.csv --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set renal=fda-label-2026 --rule-set cpic-dpyd-2018 --without interactions --weight-basis actual",
    rule_sets: "rule-sets list",
    protocol_list: "protocol list",
    protocol_show: "protocol show NCT06949098",
    protocol_lint: "protocol lint --all",
    explain: "protocol explain protocol.dose",
    sheet_adjuvant: "sheet adjuvant-chemoradiotherapy.toml",
    sheet_escalated: "sheet escalated-chemoradiotherapy.toml --show-work",
    capecitabine_with_a_phenotype: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --without renal,interactions --rule-set cpic-dpyd-2018 --dpyd-alleles c.1905+1G>A,HapB3 --decision 24% --decision-reason tumour_board_of_the_site",
    capecitabine_by_a_protocol: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 1250mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --without renal,dpyd,interactions --protocol NCT06949098/adverse --days radiotherapy-days --start 2026-12-07 --fractions 25",
    rule_sets_show_alleles: "rule-sets show dpwg-dpyd-2019",
    rule_sets_show_a_successor: "rule-sets show cpic-dpyd-2017",
    capecitabine_with_rules_and_supply: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --tolerance 5% --rule-set renal=fda-label-2026 --age 62 --sex female --creatinine 80umol/L --weight-basis actual --rule-set cpic-dpyd-2018 --dpyd-alleles Reference,Reference --rule-set eu-leaflet-interactions --interacting-drug none --previous-weight 71kg --previous-height 170cm --days radiotherapy-days --start 2026-12-07 --fractions 28 --dispense-every 7d --show-work",
    capecitabine_reduced: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set rule-set-site.toml --clearance 40mL/min --clearance-by laboratory --without dpyd,interactions --days weekdays --start 2026-12-07 --fractions 10",
    capecitabine_capped_in_an_unequal_day: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --rounding nearest --ties up --bsa-cap 1.8m2 --split larger-evening --override capecitabine.cap=set_by_the_protocol --all-candidates --without renal,dpyd,interactions",
    capecitabine_stopped: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set fda-label-before-2022 --clearance 25mL/min --clearance-by laboratory",
    capecitabine_undecided: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set cpic-dpyd-2018 --dpyd 1 --rule-set bmc-surgery-2009-ladder --toxicity 2:2",
    capecitabine_decided: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set cpic-dpyd-2018 --dpyd 1 --rule-set bmc-surgery-2009-ladder --toxicity 2:2 --decision 50% --decision-reason oncologist_and_pharmacist --without renal,interactions",
    capecitabine_record: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --rule-set eu-leaflet-interactions --interacting-drug warfarin --without renal,dpyd --export record",
    capecitabine_as_a_request: "capecitabine --height 170cm --weight 70kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up --days weekdays --without renal,dpyd,interactions --export fhir --subject Patient/example --status draft --intent plan",
    rule_sets_show: "rule-sets show fda-label-before-2022",
    rule_sets_show_a_ladder: "rule-sets show bmc-surgery-2009-ladder",
    rule_sets_show_a_table: "rule-sets show japan-method-d-2016",
    rule_sets_show_interactions: "rule-sets show eu-leaflet-interactions",
    rule_sets_check: "rule-sets check rule-set-site.toml",
    rule_sets_check_what_is_none: "rule-sets check two-courses.toml",
    protocol_show_every_value: "protocol show NCT06949098 --values",
    protocol_show_a_file: "protocol show protocol-bladder-two-arm.toml",
    protocol_lint_a_file: "protocol lint protocol-bladder-two-arm.toml",
    protocol_lint_what_is_none: "protocol lint two-courses.toml",
    protocol_verify: "protocol verify protocol-bladder-two-arm.toml --against NCT06949098",
    protocol_verify_the_same: "protocol verify NCT06949098 --against NCT06949098",
    assign: "assign --tumour-stage pT2 --nodal-stage N0 --metastasis M0 --margin negative",
    assign_an_open_question: "assign --tumour-stage pT1 --nodal-stage N0 --metastasis M0 --margin positive",
    assign_by_a_declared_fact: "assign --protocol OIGIT-01 --fact clinical_tumour_stage=T4",
    assign_nothing_known: "assign --protocol protocol-bladder-two-arm.toml",
    sheet_renal_reduction: "sheet adjuvant-renal-reduction.toml",
    sheet_radiotherapy_alone: "sheet radiotherapy-alone.toml",
    sheet_re_excision: "sheet re-excision.json",
    sheet_surveillance: "sheet surveillance.toml",
    sheet_of_a_file: "sheet bladder-arm-a.toml --show-work=false",
    explain_all: "explain",
    gap_on_a_holiday: "gap gap-holiday-on-day-6.toml",
    gap_twice_daily: "gap gap-switch-to-twice-daily.toml",
    gap_after_a_wrong_dose: "gap gap-wrong-fraction-size.toml",
    rule_sets_check_a_label: "rule-sets check rule-set-fda-label-before-2022.toml",
    bsa_of_a_large_person: "bsa --height 200cm --weight 150kg --formula mosteller",
    solve_for_the_same_over_time: "solve --same-as 50.4Gy/28 --fractions 20 --alpha-beta 10Gy --overall-time 26d --kick-off 21d --loss-per-day 0.66Gy",
}

snapshots! { PRINTED, printed:
    case_of_an_arm: "case NCT06949098/adverse",
    site_new: "site new",
    protocol_lint_as_sarif: "protocol lint two-courses.toml --format sarif",
    protocol_lint_as_junit: "protocol lint two-courses.toml --format junit",
    protocol_lint_as_github: "protocol lint two-courses.toml --format github",
}

/// No command and no example is without a snapshot, whose JSON the strict reader has read. Those
/// that read DICOM files are held by the tests of these files, which use the same reader.
#[test]
fn every_command_and_every_example_is_held() {
    let held = |what: &str, word: &dyn Fn(&str) -> bool| {
        let mut commands = ANSWERED.iter().chain(PRINTED);
        let found = commands.any(|command| command.split_whitespace().any(word));
        assert!(found, "{what} is in no snapshot");
    };
    let help = text(&["--help"]);
    let (_, listed) = help.split_once("Commands:").unwrap();
    let (listed, _) = listed.split_once("Options:").unwrap();
    let named = listed.lines().filter_map(|line| line.strip_prefix("  "));
    let named = named.filter(|line| !line.starts_with(' '));
    for name in named.filter_map(|line| line.split_whitespace().next()) {
        if ![
            "check",
            "inspect",
            "dose",
            "dvh",
            "completions",
            "help",
            "selftest",
            "version",
        ]
        .contains(&name)
        {
            held(name, &|word| word == name);
        }
    }
    for file in std::fs::read_dir(example("")).unwrap() {
        let file = file.unwrap();
        // examples of the library are programs, and the book is held to those of DICOM
        if file.path().extension().is_some_and(|ending| ending != "rs") {
            let name = file.file_name().into_string().unwrap();
            held(&name, &|word| word == name);
        }
    }
}
