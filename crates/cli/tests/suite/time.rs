//! The commands of time: calendar, time and repair terms, gaps, pictures.

use std::path::Path;

use serde_json::Value;

use crate::harness::{GAP, chemorad, example, gap_without_delivered, json, near, refused, text};
use crate::strict_json::strict;

#[test]
fn schedule_has_the_keys_tools_rely_on() {
    let schedule = json(&[
        "schedule",
        "--start",
        "2026-12-07",
        "--phase",
        "45Gy/25",
        "--phase",
        "5.4Gy/3",
    ]);
    let fractions = schedule["fractions"].as_array().unwrap();
    assert_eq!(fractions.len(), 28);
    assert_eq!(fractions[0]["number"], 1);
    assert_eq!(fractions[0]["date"], "2026-12-07");
    assert_eq!(fractions[0]["phase"], 1);
    assert_eq!(fractions[0]["dose"]["value"], 1.8);
    assert_eq!(fractions[0]["dose"]["unit"], "Gy");
    assert_eq!(fractions[25]["phase"], 2);
    assert_eq!(fractions[25]["cumulative"]["value"], 46.8);
    assert_eq!(fractions[27]["cumulative"]["value"], 50.4);
    // 28 fractions are d1 to d38 for a Monday start
    assert_eq!(schedule["overall_time"]["days"], 38);
    assert_eq!(schedule["overall_time"]["convention"], "inclusive");
    assert_eq!(schedule["first"], "2026-12-07");
    assert_eq!(schedule["last"], "2027-01-13");
    assert!(schedule["notice"].is_string());
}

#[test]
fn schedule_with_holidays_weekdays_and_several_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed.txt");
    std::fs::write(&closed, "2026-12-25\n2027-01-01 # New Year\n").unwrap();
    let start = ["schedule", "--start", "2026-12-07", "--phase", "50.4Gy/28"];
    let with = |more: &[&str]| json(&[&start[..], more].concat());
    let later = with(&["--holidays", closed.to_str().unwrap()]);
    assert_eq!(later["last"], "2027-01-15");
    let twice = with(&["--per-day", "2", "--interval", "6h"]);
    assert_eq!(twice["last"], "2026-12-24");
    assert_eq!(twice["fractions"][1]["of_day"], 2);
    let between = with(&["--convention", "days-between"]);
    assert_eq!(between["overall_time"]["days"], 37);
    assert_eq!(between["overall_time"]["convention"], "days_between");
    let thrice = with(&["--weekdays", "mon,wed,fri"]);
    assert_eq!(thrice["fractions"][1]["date"], "2026-12-09");
    let shown = text(&[&start[..], &["--holidays", closed.to_str().unwrap()]].concat());
    assert!(
        shown.contains("without treatment  2026-12-25, 2027-01-01"),
        "{shown}"
    );
    assert!(shown.lines().all(|line| line.chars().count() <= 80));

    let refuse = |more: &[&str], part| refused(&[&start[..], more].concat(), part);
    refuse(&["--per-day", "2"], "--interval");
    refuse(
        &["--per-day", "2", "--interval", "4h"],
        "below the minimum of 6 h",
    );
    refuse(
        &["--per-day", "4", "--interval", "6h"],
        "possible are 1 to 3",
    );
    refuse(&["--interval", "6h"], "leave the interval out");
    refuse(&["--weekdays", "tue-fri"], "not a treatment day");
    refuse(&["--holidays", "no such file"], "cannot read");
    for start in ["7.12.2026", "0026-12-07", "+020226-12-07"] {
        refused(
            &["schedule", "--start", start, "--phase", "45Gy/25"],
            "write 2026-12-07, from 1900 to 2199",
        );
    }
    refused(
        &[
            "schedule",
            "--start",
            "2026-12-07T10:00",
            "--phase",
            "45Gy/25",
        ],
        "2026-12-07",
    );
}

#[test]
fn bed_over_time() {
    let of = |flags: &[&str]| json(&[&["bed", "45Gy/25", "--alpha-beta", "10Gy"], flags].concat());
    // CERR calc_BED under Octave: 48.4790187963
    let doubling = [
        "--kick-off",
        "28d",
        "--alpha",
        "0.35/Gy",
        "--doubling-time",
        "3d",
    ];
    let cerr = of(&[&["--overall-time", "35d"], &doubling[..]].concat());
    near(&cerr["total"]["bed"]["value"], 48.479_018_796_3, 1e-10);
    assert_eq!(cerr["total"]["bed"]["label"], "BED(a/b = 10)");
    assert_eq!(cerr["overall_time"]["days"], 35);
    assert_eq!(cerr["overall_time"]["convention"], "stated");
    let terms = cerr["terms"].as_array().unwrap();
    let names: Vec<&str> = terms
        .iter()
        .map(|term| term["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["dose", "fractionation", "repopulation"]);
    near(&terms[2]["value"], -4.620_981_203_7, 1e-9);
    assert_eq!(terms[2]["unit"], "Gy");
    // the phase is without loss to time
    assert_eq!(cerr["phases"][0]["bed"]["value"], 53.1);
    assert_eq!(cerr["alpha_beta"]["value"], 10);

    // K with and without "/d"
    for loss in ["0.66Gy", "0.66Gy/d", "66cGy/d"] {
        let bed = of(&[
            "--overall-time",
            "35d",
            "--kick-off",
            "28d",
            "--loss-per-day",
            loss,
        ]);
        near(&bed["total"]["bed"]["value"], 53.1 - 7.0 * 0.66, 1e-12);
    }
    // EQD2(T) = EQD2 - D_prolif (T - Tk)
    let eqd = of(&[
        "--overall-time",
        "35d",
        "--kick-off",
        "28d",
        "--eqd2-loss-per-day",
        "0.7Gy",
    ]);
    near(&eqd["total"]["eqd"]["value"], 44.25 - 7.0 * 0.7, 1e-12);
    // the calendar gives 33 days
    let dated = of(&[&["--start", "2026-12-07"], &doubling[..]].concat());
    assert_eq!(dated["overall_time"]["days"], 33);
    assert_eq!(dated["overall_time"]["convention"], "inclusive");
    near(&dated["total"]["bed"]["value"], 49.799, 0.0005);
    let between = of(&[
        &["--start", "2026-12-07", "--convention", "days-between"],
        &doubling[..],
    ]
    .concat());
    near(&between["total"]["bed"]["value"], 50.459, 0.0005);
    // before the kick-off time nothing is lost
    let early = of(&[
        "--overall-time",
        "20d",
        "--kick-off",
        "28d",
        "--loss-per-day",
        "0.66Gy",
    ]);
    assert_eq!(early["total"]["bed"]["value"], 53.1);
}

/// The table of the guide, each row as the command calculates it.
#[test]
fn the_guide_counts_overall_time_in_four_ways() {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/time.md"))
            .unwrap();
    let n = 25;
    let rules = [
        ("days-between", None),
        ("inclusive", None),
        ("floor(n/5) 7 + n mod 5", Some(n / 5 * 7 + n % 5)),
        ("floor(n 7/5)", Some(n * 7 / 5)),
    ];
    for (rule, days) in rules {
        let row = guide
            .lines()
            .find(|line| line.starts_with('|') && line.contains(rule) && line.contains('4'))
            .unwrap();
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let time = match days {
            Some(days) => vec!["--overall-time".to_string(), format!("{days}d")],
            None => ["--start", "2026-12-07", "--convention", rule]
                .map(String::from)
                .to_vec(),
        };
        let mut args = vec![
            "bed",
            "45Gy/25",
            "--alpha-beta",
            "10Gy",
            "--kick-off",
            "28d",
            "--alpha",
            "0.35/Gy",
            "--doubling-time",
            "3d",
        ];
        args.extend(time.iter().map(String::as_str));
        let bed = json(&args);
        assert_eq!(bed["overall_time"]["days"].to_string(), cells[2], "{rule}");
        let value = bed["total"]["bed"]["value"].as_f64().unwrap();
        assert_eq!(format!("{value:.3}"), cells[3], "{rule}");
    }
}

#[test]
fn bed_with_repair_and_with_a_tail() {
    // H2 = 2^(-6/4.4): 81.6 + 81.6 x 1.2/3 x (1 + 0.38861)
    let twice = json(&[
        "bed",
        "68 x 1.2 Gy",
        "--alpha-beta",
        "3Gy",
        "--per-day",
        "2",
        "--interval",
        "6h",
        "--repair-half-time",
        "4.4h",
    ]);
    near(&twice["total"]["bed"]["value"], 126.924, 0.0005);
    assert_eq!(twice["terms"][2]["name"], "incomplete_repair");
    near(&twice["terms"][2]["value"], 12.684, 0.0005);

    // Voyant 2014: 1 x 8 Gy, a/b 2, d_T 4, slope 5: BED 32, EQD2 16
    for slope in ["5", "tangent"] {
        let tail = json(&[
            "bed",
            "8Gy/1",
            "--alpha-beta",
            "2Gy",
            "--linear-above",
            "4Gy",
            "--final-slope",
            slope,
        ]);
        assert_eq!(tail["total"]["bed"]["value"], 32.0);
        assert_eq!(tail["total"]["eqd"]["value"], 16.0);
        assert_eq!(tail["terms"][2]["name"], "linear_tail");
    }
    let work = text(&[
        "bed",
        "8Gy/1",
        "--alpha-beta",
        "2Gy",
        "--linear-above",
        "4Gy",
        "--final-slope",
        "5",
        "--show-work",
    ]);
    assert!(work.contains("Carlone 2005"), "{work}");
}

#[test]
fn time_flags_that_do_not_go_together() {
    let refuse = |flags: &[&str], part| {
        refused(
            &[&["bed", "45Gy/25", "--alpha-beta", "10Gy"], flags].concat(),
            part,
        );
    };
    refuse(&["--overall-time", "35d"], "changes nothing without a loss");
    refuse(
        &["--loss-per-day", "0.66Gy", "--overall-time", "35d"],
        "kick_off is missing",
    );
    refuse(
        &["--kick-off", "28d", "--overall-time", "35d"],
        "without a loss",
    );
    refuse(
        &["--kick-off", "28d", "--loss-per-day", "0.66Gy"],
        "overall treatment time",
    );
    refuse(
        &[
            "--overall-time",
            "35.5d",
            "--kick-off",
            "28d",
            "--loss-per-day",
            "1Gy",
        ],
        "whole",
    );
    refuse(&["--overall-time", "35"], "35d");
    refuse(
        &["--overall-time", "35d", "--start", "2026-12-07"],
        "cannot be used with",
    );
    refuse(&["--loss-per-day", "0.66"], "Gy/d");
    refuse(&["--loss-per-day", "-0.66Gy"], "negative");
    refuse(&["--alpha", "0.35Gy"], "/Gy");
    refuse(
        &[
            "--alpha",
            "0.35/Gy",
            "--kick-off",
            "28d",
            "--overall-time",
            "35d",
        ],
        "both or neither",
    );
    refuse(
        &[
            "--overall-time",
            "35d",
            "--kick-off",
            "28d",
            "--loss-per-day",
            "1Gy",
            "--alpha",
            "0.35/Gy",
            "--doubling-time",
            "3d",
        ],
        "given twice",
    );
    refuse(&["--repair-half-time", "4.4h"], "--per-day 2");
    refuse(&["--per-day", "2"], "--interval");
    refuse(&["--linear-above", "4Gy"], "final_slope");
    refuse(
        &["--linear-above", "4Gy", "--final-slope", "9"],
        "steeper than the tangent",
    );
    refuse(
        &[
            "--linear-above",
            "4Gy",
            "--final-slope",
            "tangent",
            "--per-day",
            "2",
            "--interval",
            "6h",
            "--repair-half-time",
            "4h",
        ],
        "not defined",
    );
}

#[test]
fn solve_as_it_is_asked() {
    let dose = json(&[
        "solve",
        "--target-eqd2",
        "60Gy",
        "--fractions",
        "18",
        "--alpha-beta",
        "3Gy",
    ]);
    near(&dose["dose_per_fraction"]["value"], 2.85, 0.005);
    // Batyan 2023 (as quoted in HFC-HypoFracCalc): n = 17.001
    let number = json(&[
        "solve",
        "--target-eqd2",
        "50Gy",
        "--dose-per-fraction",
        "2.67Gy",
        "--alpha-beta",
        "4.6Gy",
    ]);
    near(&number["fractions"]["exact"], 17.001, 0.0005);
    assert_eq!(number["fractions"]["rounded"], 17);
    let bed = json(&[
        "solve",
        "--target-bed",
        "53.1Gy",
        "--fractions",
        "25",
        "--alpha-beta",
        "10Gy",
    ]);
    near(&bed["dose_per_fraction"]["value"], 1.8, 1e-12);

    // five days beyond the kick-off time: 53.1 + 3.3 in 25 fractions
    let flags = ["--kick-off", "28d", "--loss-per-day", "0.66Gy"];
    for time in [["--overall-time", "33d"], ["--start", "2026-12-07"]] {
        let late = json(
            &[
                &[
                    "solve",
                    "--target-bed",
                    "53.1Gy",
                    "--fractions",
                    "25",
                    "--alpha-beta",
                    "10Gy",
                ],
                &time[..],
                &flags[..],
            ]
            .concat(),
        );
        near(&late["dose_per_fraction"]["value"], 1.896, 0.0005);
    }
    let number = json(
        &[
            &[
                "solve",
                "--target-bed",
                "49.8Gy",
                "--dose-per-fraction",
                "1.8Gy",
                "--alpha-beta",
                "10Gy",
                "--overall-time",
                "33d",
            ],
            &flags[..],
        ]
        .concat(),
    );
    near(&number["fractions"]["exact"], 25.0, 1e-9);
    near(&number["rounded"]["bed"]["value"], 49.8, 1e-9);
    assert_eq!(number["rounded"]["terms"][2]["name"], "repopulation");
    refused(
        &[
            "solve",
            "--target-bed",
            "49.8Gy",
            "--dose-per-fraction",
            "1.8Gy",
            "--alpha-beta",
            "10Gy",
            "--start",
            "2026-12-07",
            "--kick-off",
            "28d",
            "--loss-per-day",
            "0.66Gy",
        ],
        "--overall-time",
    );
}

#[test]
fn gap_from_flags() {
    let gap = json(GAP);
    assert_eq!(gap["lost"]["days"], 7);
    assert_eq!(gap["lost"]["fractions_behind"], 5);
    near(&gap["lost"]["bed"], 4.62, 1e-12);
    near(&gap["lost"]["eqd2"], 3.85, 1e-12);
    assert_eq!(gap["planned"]["last"], "2027-01-13");
    assert_eq!(gap["uncompensated"]["overall_time"]["days"], 45);
    let ways = gap["compensations"].as_array().unwrap();
    assert_eq!(ways[0]["method"], "extra_days");
    assert_eq!(ways[1]["method"], "second_fraction");
    assert_eq!(ways[1]["delivery"]["last"], "2027-01-13");
    assert_eq!(ways[2]["method"], "dose_per_fraction");
    // (sqrt(100 + 40 x 38.604/16) - 10)/2
    near(&ways[2]["dose_per_fraction"]["exact"], 2.009_102, 1e-6);
    near(&ways[2]["late_excess_percent"], 9.417, 0.001);
    assert!(!gap["derivations"].as_array().unwrap().is_empty());
    let shown = text(&[GAP, &["--show-work"]].concat());
    assert!(shown.contains("None is chosen"));
    assert!(shown.contains("BED that the fractions left must bring"));
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    // a published record instead of a number
    let named: Vec<&str> = GAP
        .iter()
        .map(|&arg| match arg {
            "--late-alpha-beta" => "--late-endpoint",
            "3Gy" => "late-rectum-proctitis-g2",
            arg => arg,
        })
        .collect();
    assert_eq!(
        json(&named)["planned"]["late"]["bed"]["label"],
        "BED(a/b = 2.7)"
    );
}

#[test]
fn gaps_that_cannot_be() {
    let without = |flag: &str| -> Vec<&str> {
        let at = GAP.iter().position(|arg| *arg == flag).unwrap();
        GAP.iter()
            .enumerate()
            .filter(|(index, _)| *index != at && *index != at + 1)
            .map(|(_, arg)| *arg)
            .collect()
    };
    for flag in [
        "--prescription",
        "--start",
        "--delivered",
        "--resume",
        "--alpha-beta",
        "--late-alpha-beta",
    ] {
        refused(&without(flag), flag);
    }
    refused(&without("--kick-off"), "kick_off is missing");
    refused(&[GAP, &["--interval", "4h"]].concat(), "below the minimum");
    refused(&[GAP, &["--step", "0.01Gy"]].concat(), "--rounding");
    refused(
        &[GAP, &["--missed", "2026-12-12"]].concat(),
        "not a planned treatment date before the resumption: it is a Saturday",
    );
    refused(
        &[GAP, &["--missed", "2027-06-01"]].concat(),
        "and it is not before that",
    );
    refused(&["gap"], "case file");
    let path = example("gap-missed-monday.toml");
    let path = path.to_str().unwrap();
    refused(&["gap", path, "--delivered", "3"], "leave --delivered out");
    refused(
        &["gap", path, "--kick-off", "28d"],
        "flags of the model out",
    );
    refused(&["gap", "no such file.toml"], "cannot read");
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case.toml");
    let good = std::fs::read_to_string(path).unwrap();
    for (from, to, part) in [
        ("kick_off =", "kickoff =", "is not known here"),
        ("fractions = 10", "fractions = 30", "28 prescribed"),
        ("\"0.66 Gy/d\"", "0.66", "unit"),
        (
            "resume = \"2027-01-19\"",
            "resume = \"2027-01-15\"",
            "not after the last",
        ),
        ("convention = \"inclusive\"", "", "convention"),
        ("title = \"", "title = \"a\\nb", "title: write one line"),
        (
            "title = \"",
            "title = \"\\u001b[2J",
            "title: write one line",
        ),
        (
            "start = \"2027-01-04\"",
            "start = \"0027-01-04\"",
            "from 1900 to 2199",
        ),
        (
            "start = \"2027-01-04\"",
            "start = \"20227-01-04\"",
            "from 1900 to 2199",
        ),
        (
            "start = \"2027-01-04\"",
            "start = \"2027-01-04T09:00\"",
            "write 2026-12-07",
        ),
        (
            "extra_weekdays = \"sat\"",
            "extra_weekdays = \"sat\"\nclosed = [\"2072-01-23\", \"2270-01-23\"]",
            "2270-01-23",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        std::fs::write(&case, good.replace(from, to)).unwrap();
        refused(&["gap", case.to_str().unwrap()], part);
    }
}

/// The numbers worked by hand in the comments of an example, against what the command prints.
#[track_caller]
fn worked_by_hand(command: &str, name: &str, at_least: usize) {
    let path = example(name);
    let printed = json(&[command, path.to_str().unwrap()]);
    let mut checked = 0;
    for line in std::fs::read_to_string(&path).unwrap().lines() {
        let Some((pointer, expected)) = line
            .strip_prefix("# check ")
            .and_then(|check| check.split_once(" = "))
        else {
            continue;
        };
        let value = printed.pointer(pointer).unwrap_or(&Value::Null);
        let text = match value {
            Value::Number(number) if number.is_f64() => {
                // not -0.000
                format!(
                    "{:.3}",
                    (number.as_f64().unwrap() * 1000.0).round() / 1000.0 + 0.0
                )
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(text, expected, "{name}: {pointer}");
        checked += 1;
    }
    assert!(checked >= at_least, "{name}: {checked} numbers");
    // and as a page
    let shown = text(&[command, path.to_str().unwrap(), "--show-work"]);
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{name}: {line}");
    }
}

#[test]
fn five_stories_worked_by_hand() {
    worked_by_hand("gap", "gap-missed-monday.toml", 17);
    worked_by_hand("gap", "gap-machine-down-in-boost.toml", 17);
    worked_by_hand("gap", "gap-holiday-on-day-6.toml", 11);
    worked_by_hand("gap", "gap-wrong-fraction-size.toml", 18);
    worked_by_hand("gap", "gap-switch-to-twice-daily.toml", 12);
}

#[test]
fn several_courses() {
    worked_by_hand("courses", "two-courses.toml", 8);
    let path = example("two-courses.toml");
    let shown = text(&["courses", path.to_str().unwrap(), "--show-work"]);
    assert!(
        shown.contains("as stated by the user: a number to\ncalculate with"),
        "{shown}"
    );
    assert!(shown.contains("play no part in these sums"));

    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case.toml");
    let good = std::fs::read_to_string(path).unwrap();
    for (from, to, part) in [
        ("share = 0.5", "share = 50", "write 0.25 for 25 %"),
        ("share = 0.5", "share = nan", "not a share"),
        (
            "reason = \"a number to calculate with\"",
            "reason = \" \"",
            "written reason",
        ),
        (", reason = \"a number to calculate with\"", "", "reason"),
        (
            "finished = \"2024-03-12\"",
            "finished = \"2027-03-12\"",
            "not before",
        ),
        (
            "finished = \"2024-03-12\"",
            "finished = \"0024-03-12\"",
            "from 1900",
        ),
        ("finished = \"2024-03-12\"\n", "", "finished"),
        ("alpha_beta = \"2 Gy\"\n", "", "no tissue has a default"),
        ("doses = [\"46Gy/25\"]", "doses = []", "first course, cord"),
        (
            "share = 0.5",
            "share = 0.5, months = 18",
            "is not known here",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        std::fs::write(&case, good.replace(from, to)).unwrap();
        refused(&["courses", case.to_str().unwrap()], part);
    }
}

#[test]
fn pictures_are_whole_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("gap.svg");
    let name = picture.to_str().unwrap();
    for measure in ["bed", "eqd2"] {
        text(&[GAP, &["--plot", name, "--plot-of", measure]].concat());
        let svg = std::fs::read_to_string(&picture).unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        for part in [
            "2026-12-07",
            "planned",
            "delivered",
            "uncompensated",
            "(a/b = 10), Gy",
            "cleared by no authority",
        ] {
            assert!(svg.contains(part), "{part}");
        }
        // black and white
        assert!(!svg.contains("#FF") || svg.contains("#FFFFFF"));
    }
    // nothing but the picture is left behind
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let eqd = folder.path().join("eqd.svg");
    text(&[
        "bed",
        "50.4Gy/28",
        "--alpha-beta",
        "10Gy",
        "--compare",
        "25Gy/5",
        "--compare",
        "45Gy/25+5.4Gy/3",
        "--plot",
        eqd.to_str().unwrap(),
    ]);
    let svg = std::fs::read_to_string(&eqd).unwrap();
    assert!(svg.contains("alpha/beta, Gy") && svg.contains("25 Gy in 5 x 5 Gy"));
    // dates do not run into each other in a long course
    let long = chemorad(&[
        "gap",
        "--prescription",
        "400Gy/200",
        "--start",
        "2026-12-07",
        "--delivered",
        "12",
        "--resume",
        "2027-01-30",
        "--alpha-beta",
        "10Gy",
        "--late-alpha-beta",
        "3Gy",
        "--plot",
        name,
    ]);
    assert_eq!(long.exit, Some(3));
    let svg = std::fs::read_to_string(&picture).unwrap();
    let dates = svg.lines().filter(|line| line.trim().starts_with("202"));
    assert!((4..=11).contains(&dates.count()));

    refused(&[GAP, &["--plot", "gap.png"]].concat(), ".svg");
    let nowhere = folder.path().join("no such folder").join("gap.svg");
    refused(
        &[GAP, &["--plot", nowhere.to_str().unwrap()]].concat(),
        "cannot write",
    );
}

#[test]
fn pictures_follow_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let eqd = folder.path().join("eqd.svg");
    // with the parts of the model, each schedule with its own time and fractions a day
    let parts = [
        "bed",
        "50.4Gy/28",
        "--alpha-beta",
        "10Gy",
        "--start",
        "2026-12-07",
        "--kick-off",
        "21d",
        "--repair-half-time",
        "4h",
        "--compare",
        "60Gy/40, 2x6h",
        "--plot",
        eqd.to_str().unwrap(),
        "--loss-per-day",
    ];
    text(&[&parts[..], &["0.6Gy"]].concat());
    let svg = std::fs::read_to_string(&eqd).unwrap();
    for part in [
        "1.8 Gy, 38 d",
        "26 d, 2 a day, 6 h apart",
        "BED loss 0.6 Gy/d, kick-off time 21 d, repair half-time 4 h",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    refused(
        &[&parts[..], &["0.5..0.6Gy"]].concat(),
        "a picture over alpha/beta needs one value",
    );
    // a stated slope that is too steep at some alpha/beta of the axis: other ends help
    let steep = |range, part: Option<&str>| {
        let args = [
            "bed",
            "8Gy/1",
            "--alpha-beta",
            range,
            "--linear-above",
            "4Gy",
            "--final-slope",
            "3",
            "--plot",
            eqd.to_str().unwrap(),
        ];
        match part {
            Some(part) => refused(&args, part),
            None => drop(text(&args)),
        }
    };
    steep("2Gy", Some("alpha/beta 1 to 20 Gy"));
    steep("1..4Gy", None);
    let nine = ["--compare", "25Gy/5"].repeat(8);
    refused(
        &[
            &[
                "bed",
                "50.4Gy/28",
                "--alpha-beta",
                "10Gy",
                "--plot",
                "x.svg",
            ],
            &nine[..],
        ]
        .concat(),
        "at most 8 schedules",
    );
}

/// K, kick-off time and alpha/beta as intervals: 50.4 Gy in 28, 38 days.
#[test]
fn bed_over_intervals() {
    let of = |flags: &[&str]| json(&[&["bed", "50.4Gy/28"], flags].concat());
    let time = ["--overall-time", "38d"];
    let parts = ["--kick-off", "21..28d", "--loss-per-day", "0.5..0.8Gy"];
    let bed = of(&[&["--alpha-beta", "8..12Gy"], &time[..], &parts].concat());
    // a/b 12, K 0.8 from day 21: 57.96 - 13.6; a/b 8, K 0.5 from day 28: 61.74 - 5
    near(&bed["total"]["bed"]["low"], 44.36, 1e-12);
    near(&bed["total"]["bed"]["high"], 56.74, 1e-12);
    // EQD2 rises with a/b here: 44.36/(1 + 2/12) and 52.96/(1 + 2/12)
    near(&bed["total"]["eqd"]["low"], 44.36 * 6.0 / 7.0, 1e-12);
    near(&bed["total"]["eqd"]["high"], 52.96 * 6.0 / 7.0, 1e-12);
    assert_eq!(bed["total"]["bed"]["method"], "monotone");
    assert_eq!(bed["total"]["bed"]["unit"], "Gy");
    assert_eq!(bed["alpha_beta"]["low"]["value"], 8);
    assert_eq!(bed["parameters"]["loss_per_day"]["high"]["value"], 0.8);
    near(&bed["phases"][0]["bed"]["low"], 57.96, 1e-12);
    // the same with the unit on both ends, and as one value at a time
    let both = of(&[
        &["--alpha-beta", "8Gy..12Gy", "--kick-off", "21d..28d"],
        &time[..],
        &["--loss-per-day", "0.5Gy/d..80cGy/d"],
    ]
    .concat());
    assert_eq!(both["total"], bed["total"]);
    for (alpha_beta, kick_off, loss) in [("8Gy", "28d", "0.5Gy"), ("12Gy", "21d", "0.8Gy")] {
        let one = of(&[
            &["--alpha-beta", alpha_beta, "--kick-off", kick_off],
            &time[..],
            &["--loss-per-day", loss],
        ]
        .concat());
        let value = one["total"]["bed"]["value"].as_f64().unwrap();
        assert!(bed["total"]["bed"]["low"].as_f64().unwrap() <= value);
        assert!(value <= bed["total"]["bed"]["high"].as_f64().unwrap());
    }
    // alpha/beta that reaches zero: no bound of BED, and EQD2 tends to D d/2
    let open = of(&["--alpha-beta", "0..12Gy"]);
    assert!(open["total"]["bed"]["high"].is_null());
    near(&open["total"]["eqd"]["low"], 45.36, 1e-12);
    assert_eq!(open["alpha_beta"]["low"]["value"], 0);

    // a floor is said
    let lost = of(&[
        "--alpha-beta",
        "8..12Gy",
        "--overall-time",
        "38d",
        "--kick-off",
        "0d",
        "--loss-per-day",
        "0.5..5Gy",
    ]);
    assert_eq!(lost["total"]["bed"]["low"], 0.0);
    assert_eq!(lost["total"]["bed"]["floored"], true);
    let codes = lost["warnings"].as_array().unwrap();
    assert!(codes.iter().any(|w| w["code"] == "model.bed_floor"));

    // the published interval with the loss to time: Suwinski 2007, 5.06 Gy (-0.1 to 10.3)
    let record = of(&[
        &["--endpoint", "rectal-adenocarcinoma-locoregional-control"],
        &time[..],
        &["--kick-off", "28d", "--loss-per-day", "0.5Gy"],
    ]
    .concat());
    near(
        &record["over_interval"]["bed"]["low"],
        50.4 * (1.0 + 1.8 / 10.3) - 5.0,
        1e-9,
    );
    assert!(record["over_interval"]["bed"]["high"].is_null());

    let shown = text(&[
        "bed",
        "50.4Gy/28",
        "--alpha-beta",
        "8..12Gy",
        "--overall-time",
        "38d",
        "--kick-off",
        "21..28d",
        "--loss-per-day",
        "0.5..0.8Gy",
        "--compare",
        "25Gy/5, 5d",
        "--show-work",
    ]);
    for part in [
        "44.360 to 56.740",
        "(monotone)",
        "lower bound",
        "7.515 to 17.543",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn intervals_that_are_none() {
    let refuse = |flags: &[&str], part| {
        refused(&[&["bed", "45Gy/25", "--alpha-beta"], flags].concat(), part);
    };
    refuse(&["12..8Gy"], "lower end first");
    refuse(&["-0.1..10.3Gy"], "write 0..10.3 Gy");
    refuse(&["0..0Gy"], "must end above it");
    refuse(&["0Gy"], "greater than zero");
    refuse(&["8.."], "nothing was given");
    refuse(&["..12Gy"], "nothing was given");
    refuse(&["8..12"], "the unit is missing");
    refuse(&["8..12..14Gy"], "plain decimal");
    refuse(&["8mm..12Gy"], "unit");
    refuse(&["nan..12Gy"], "finite");
    let parts = |flags: &[&str], part| {
        let base = ["10Gy", "--overall-time", "38d", "--kick-off", "28d"];
        refuse(&[&base[..], flags].concat(), part);
    };
    parts(&["--loss-per-day", "0.8..0.5Gy"], "lower end first");
    parts(&["--loss-per-day", "0..0.5Gy"], "greater than zero");
    parts(&["--loss-per-day", "0.5..0.8"], "unit is missing");
    parts(
        &["--loss-per-day", "0.5..0.8Gy", "--alpha", "0.3..0.4/Gy"],
        "both or neither",
    );
    let tail = |slope, part| {
        let flags = ["10Gy", "--linear-above", "4..6Gy", "--final-slope", slope];
        refuse(&flags, part);
    };
    tail("1..9", "steeper than the tangent");
    tail("1..tangent", "tangent stands alone");
    tail("5..3", "lower end first");
    tail("0..1", "number above 0");
    // one value is needed for an inverse and for a gap
    refused(
        &[
            "solve",
            "--target-bed",
            "50Gy",
            "--fractions",
            "25",
            "--alpha-beta",
            "10Gy",
            "--overall-time",
            "38d",
            "--kick-off",
            "21..28d",
            "--loss-per-day",
            "0.5Gy",
        ],
        "solve needs one value",
    );
    let gap: Vec<&str> = GAP
        .iter()
        .map(|&arg| if arg == "28d" { "21..28d" } else { arg })
        .collect();
    refused(&gap, "gap needs one value");
}

#[test]
fn published_records_by_name() {
    let bed = json(&[
        "bed",
        "66Gy/33",
        "--alpha-beta",
        "10Gy",
        "--overall-time",
        "45d",
        "--repopulation-record",
        "larynx",
    ]);
    near(&bed["total"]["eqd"]["value"], 46.8, 1e-12);
    let twice = [
        "bed",
        "68 x 1.2 Gy",
        "--alpha-beta",
        "3Gy",
        "--per-day",
        "2",
        "--interval",
        "6h",
        "--repair-record",
    ];
    let named = json(&[&twice[..], &["subcutaneous-fibrosis"]].concat());
    near(&named["total"]["bed"]["value"], 126.924, 0.0005);
    let shown = text(&[&twice[..], &["subcutaneous-fibrosis"]].concat());
    assert!(shown.contains("published: repair half-time 4.4 h (subcutaneous fibrosis; Bentzen,"));
    refused(
        &[&twice[..], &["fibrosis"]].concat(),
        "known are: laryngeal-oedema",
    );
    refused(
        &[
            &twice[..],
            &["subcutaneous-fibrosis", "--repair-half-time", "4h"],
        ]
        .concat(),
        "cannot be used with",
    );
    // a gap keeps the names
    let gap: Vec<&str> = GAP.iter().take(13).copied().collect();
    let records = [
        "--repopulation-record",
        "larynx",
        "--late-repair-record",
        "subcutaneous-fibrosis",
        "--interval",
        "6h",
    ];
    let gap = [&gap[..], &records].concat();
    let result = json(&gap);
    assert_eq!(result["case"]["tumour"]["repopulation_record"], "larynx");
    assert_eq!(
        result["case"]["late"]["repair_record"],
        "subcutaneous-fibrosis"
    );
    // seven days at 0.8 Gy EQD2
    near(&result["lost"]["eqd2"], 5.6, 1e-12);
    assert!(text(&gap).contains("Roberts 1994"));
    let listed = json(&["endpoints"]);
    assert_eq!(listed["repair"].as_array().unwrap().len(), 3);
    assert_eq!(listed["repopulation"][0]["id"], "larynx");
}

#[test]
fn schedules_side_by_side() {
    let of =
        |flags: &[&str]| json(&[&["bed", "50.4Gy/28", "--alpha-beta", "10Gy"], flags].concat());
    let plain = of(&["--compare", "25Gy/5", "--compare", "45Gy/25+5.4Gy/3"]);
    let [short, same] = plain["comparisons"].as_array().unwrap().as_slice() else {
        panic!("two comparisons");
    };
    near(&short["eqd"]["value"], 31.25, 1e-12);
    near(&short["difference"]["eqd"]["value"], 18.31, 1e-12);
    near(&same["difference"]["bed"]["value"], 0.0, 1e-12);

    // one calendar for both: 28 fractions take 38 days, 5 take 5
    let loss = ["--kick-off", "4d", "--loss-per-day", "0.5Gy"];
    let dated = of(&[&["--start", "2026-12-07", "--compare", "25Gy/5"], &loss[..]].concat());
    near(&dated["total"]["bed"]["value"], 59.472 - 17.0, 1e-12);
    near(&dated["comparisons"][0]["bed"]["value"], 37.5 - 0.5, 1e-12);
    assert_eq!(dated["comparisons"][0]["overall_time"]["days"], 5);
    // a stated time for each
    let stated = ["--overall-time", "38d", "--compare", "25Gy/5, 5d"];
    let stated = of(&[&stated[..], &loss].concat());
    near(&stated["comparisons"][0]["bed"]["value"], 37.0, 1e-12);

    // twice daily against once: 81.6 Gy in 68 beside 70 Gy in 35
    let twice = json(&[
        "bed",
        "70Gy/35",
        "--alpha-beta",
        "3Gy",
        "--repair-half-time",
        "4.4h",
        "--compare",
        "81.6Gy/68, 2x6h",
    ]);
    near(&twice["comparisons"][0]["bed"]["value"], 126.924, 0.0005);

    let refuse = |flags: &[&str], part| {
        refused(
            &[&["bed", "50.4Gy/28", "--alpha-beta", "10Gy"], flags].concat(),
            part,
        );
    };
    refuse(
        &[&["--overall-time", "38d", "--compare", "25Gy/5"], &loss[..]].concat(),
        "it needs its own overall time",
    );
    refuse(
        &["--compare", "25Gy/5, 5d"],
        "changes nothing without a loss",
    );
    refuse(
        &["--per-day", "2", "--interval", "6h", "--compare", "25Gy/5"],
        "how many fractions a day",
    );
    refuse(&["--compare", "25Gy/5, 2x4h"], "below the minimum of 6 h");
    refuse(&["--compare", "25Gy/5, 5x1h"], "possible are 1 to 3");
    refuse(&["--compare", "25Gy/5, 5"], "neither an overall time");
    refuse(&["--compare", "25Gy/5, 5d, 6d"], "a second time");
    refuse(&["--compare", "25Gy"], "25Gy");
    refuse(&["--compare", ""], "fractionation");
}

/// The same interval means the same to every command.
#[test]
fn fractions_of_a_day_are_one_thing() {
    let commands: [&[&str]; 3] = [
        &["bed", "81.6Gy/68", "--alpha-beta", "3Gy"],
        &["schedule", "--start", "2026-12-07", "--phase", "81.6Gy/68"],
        &[
            "solve",
            "--target-bed",
            "80Gy",
            "--fractions",
            "60",
            "--alpha-beta",
            "3Gy",
        ],
    ];
    for command in commands {
        let refuse = |flags: &[&str], part| refused(&[command, flags].concat(), part);
        for number in ["0", "4", "5", "400"] {
            refuse(
                &["--per-day", number, "--interval", "6h"],
                "possible are 1 to 3",
            );
        }
        for number in ["-1", "two", "1.5", ""] {
            refuse(&["--per-day", number], "possible are 1 to 3");
        }
        refuse(&["--per-day", "2"], "--interval");
        refuse(&["--interval", "6h"], "leave the interval out");
        refuse(
            &["--per-day", "2", "--interval", "4h"],
            "below the minimum of 6 h; --minimum-interval",
        );
        refuse(&["--per-day", "3", "--interval", "12h"], "below 24 h");
        refuse(&["--per-day", "2", "--interval", "0h"], "greater than zero");
        let short = [
            "--per-day",
            "2",
            "--interval",
            "4h",
            "--minimum-interval",
            "4h",
        ];
        text(&[command, &short].concat());
    }
    let short = json(&[
        "bed",
        "81.6Gy/68",
        "--alpha-beta",
        "3Gy",
        "--per-day",
        "2",
        "--interval",
        "4h",
        "--minimum-interval",
        "4h",
    ]);
    let warned = |code: &str| {
        let warnings = short["warnings"].as_array().unwrap();
        warnings.iter().any(|warning| warning["code"] == code)
    };
    assert!(warned("model.interval_below_6_h") && warned("model.complete_repair_assumed"));
    refused(&[GAP, &["--per-day", "5"]].concat(), "possible are 1 to 3");
    // flags of the calendar do nothing without a calendar
    for flag in [["--weekdays", "mon-sat"], ["--convention", "days-between"]] {
        refused(
            &[&["bed", "45Gy/25", "--alpha-beta", "10Gy"], &flag[..]].concat(),
            "--start",
        );
    }
}

#[test]
fn a_sheet_with_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let good = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let time = "\n[time]\nconvention = \"inclusive\"\nalpha_beta = \"10 Gy\"\nkick_off = \"28 d\"\nloss_per_day = \"0.66 Gy/d\"\n";
    std::fs::write(&path, format!("{good}{time}")).unwrap();
    let name = path.to_str().unwrap();
    let sheet = json(&["sheet", name]);
    let volumes = sheet["time"]["volumes"].as_array().unwrap();
    let bed = volumes
        .iter()
        .find(|v| v["volume"] == "tumour bed")
        .unwrap();
    // 28 fractions from 7 December with two holidays: 40 days; 59.472 - 12 x 0.66
    assert_eq!(bed["overall_time"]["days"], 40);
    assert_eq!(bed["overall_time"]["convention"], "inclusive");
    near(&bed["bed"]["value"], 59.472 - 12.0 * 0.66, 1e-9);
    let shown = text(&["sheet", name]);
    assert!(shown.contains("less what overall time costs"), "{shown}");
    assert!(shown.contains("inclusive of first and last day"));
    // without the table nothing changes
    let plain = json(&[
        "sheet",
        example("adjuvant-chemoradiotherapy.toml").to_str().unwrap(),
    ]);
    assert!(plain.get("time").is_none());

    let refuse = |text: String, part: &str| {
        std::fs::write(&path, text).unwrap();
        refused(&["sheet", name], part);
    };
    refuse(
        format!("{good}{}", time.replace("10 Gy", "5 Gy")),
        "time.alpha_beta",
    );
    refuse(
        format!(
            "{good}{}",
            time.replace("loss_per_day = \"0.66 Gy/d\"\n", "")
        ),
        "without a loss",
    );
    let surveillance = std::fs::read_to_string(example("surveillance.toml")).unwrap();
    refuse(format!("{surveillance}{time}"), "leave [time] out");
    let undated = good.split("[calendar]").next().unwrap();
    refuse(format!("{undated}{time}"), "calendar is missing");
}

/// A schedule is its own solution, whatever the model.
#[test]
fn the_same_effect_is_taken_by_the_same_model() {
    for (schedule, fractions, dose, flags) in [
        (
            "24Gy/3",
            "3",
            8.0,
            &["--linear-above", "4Gy", "--final-slope", "tangent"][..],
        ),
        (
            "81.6Gy/68",
            "68",
            1.2,
            &[
                "--per-day",
                "2",
                "--interval",
                "6h",
                "--repair-half-time",
                "4.4h",
            ],
        ),
        ("50.4Gy/28", "28", 1.8, &[]),
    ] {
        let args = [
            "solve",
            "--same-as",
            schedule,
            "--fractions",
            fractions,
            "--alpha-beta",
            "3Gy",
        ];
        let solved = json(&[&args[..], flags].concat());
        near(&solved["dose_per_fraction"]["value"], dose, 1e-9);
    }
}

/// What must be known of a solution does not wait for it to be rounded.
#[test]
fn a_solution_has_its_cautions_without_rounding() {
    let codes = |args: &[&str]| -> Vec<String> {
        let solved = json(&[&["solve", "--alpha-beta", "10Gy"], args].concat());
        let warnings = solved["warnings"].as_array().unwrap().iter();
        warnings
            .map(|w| w["code"].as_str().unwrap().to_string())
            .collect()
    };
    let large = codes(&["--target-bed", "900Gy", "--fractions", "1"]);
    assert_eq!(large.len(), 1, "{large:?}");
    let of_time = [
        "--target-bed",
        "53.1Gy",
        "--fractions",
        "25",
        "--kick-off",
        "28d",
        "--loss-per-day",
        "0.66Gy",
        "--overall-time",
    ];
    for (days, code) in [
        ("5d", Some("model.time_too_short")),
        ("100d", Some("model.long_repopulation")),
        ("35d", None),
    ] {
        let found = codes(&[&of_time[..], &[days]].concat());
        assert_eq!(found.first().map(String::as_str), code, "{days}");
    }
    let twice = codes(&[
        "--target-bed",
        "53.1Gy",
        "--fractions",
        "25",
        "--per-day",
        "2",
        "--interval",
        "6h",
    ]);
    assert_eq!(
        twice,
        ["model.interval_below_8_h", "model.complete_repair_assumed"]
    );
    let no_number = codes(&["--target-eqd", "2Gy", "--dose-per-fraction", "30Gy"]);
    assert!(
        no_number.contains(&"solve.not_rounded".to_string()),
        "{no_number:?}"
    );
    let shown = text(&[&["solve", "--alpha-beta", "10Gy"], &of_time[..], &["40d"]].concat());
    assert!(
        shown.contains("after day 28") && shown.contains("40 d"),
        "{shown}"
    );
}

#[test]
fn holidays_that_change_nothing_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_string()
    };
    let args = |path: &str| {
        [
            "schedule",
            "--start",
            "2026-12-21",
            "--phase",
            "14.4Gy/8",
            "--holidays",
            path,
        ]
        .map(str::to_string)
    };
    let todo =
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART;VALUE=DATE:20261225\nEND:VTODO\nEND:VCALENDAR\n";
    for (name, content) in [
        ("empty.txt", ""),
        ("comment.txt", "# none\n"),
        ("empty.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ("todo.ics", todo),
    ] {
        let args = args(&file(name, content));
        refused(
            &args.each_ref().map(String::as_str),
            "no date of a whole day is in it",
        );
    }
    let warned = |content: &str| {
        let args = args(&file("days.txt", content));
        let calendar = json(&args.each_ref().map(String::as_str));
        let warnings = calendar["warnings"].as_array().cloned().unwrap_or_default();
        assert!(
            warnings
                .iter()
                .all(|one| one["code"] == "schedule.holidays_unused")
        );
        warnings.len()
    };
    assert_eq!(warned("2025-12-25\n"), 1);
    // a Saturday within the course
    assert_eq!(warned("2026-12-26\n"), 1);
    assert_eq!(warned("2026-12-25\n"), 0);
}

#[test]
fn a_phase_that_ends_within_a_day_is_said() {
    let bed = |args: &[&str]| {
        let flags = [
            "--alpha-beta",
            "3Gy",
            "--per-day",
            "2",
            "--interval",
            "6h",
            "--repair-half-time",
            "4.4h",
        ];
        let found = json(&[&["bed"], args, &flags].concat());
        let warnings = found["warnings"].as_array().unwrap().clone();
        warnings
            .iter()
            .any(|w| w["code"] == "model.phases_on_new_days")
    };
    assert!(bed(&["45Gy/25", "6Gy/3"]));
    assert!(!bed(&["45Gy/25"]));
    assert!(!bed(&["43.2Gy/24", "6Gy/3"]));
}

#[test]
fn a_difference_to_a_floor_is_refused() {
    refused(
        &[
            "bed",
            "50.4Gy/28",
            "--alpha-beta",
            "10Gy",
            "--overall-time",
            "38d",
            "--kick-off",
            "21d",
            "--loss-per-day",
            "0.8Gy",
            "--compare",
            "60Gy/30, 200d",
        ],
        "has no meaning",
    );
}

#[test]
fn repopulation_of_late_tissue_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let case = std::fs::read_to_string(example("gap-missed-monday.toml")).unwrap();
    let said = |case: &str| {
        let path = folder.path().join("gap.toml");
        std::fs::write(&path, case).unwrap();
        let gap = json(&["gap", path.to_str().unwrap()]);
        gap.to_string().contains("gap.late_repopulation")
    };
    assert!(!said(&case));
    let late = "[late]\nloss_per_day = \"0.1 Gy/d\"\nkick_off = \"28 d\"\n";
    assert!(said(&case.replace("[late]\n", late)));
}

/// 300 Gy is more often a slip than a tissue; that is a caution everywhere and ends no command.
#[test]
fn an_unusual_alpha_beta_is_said_everywhere() {
    let said = |args: &[&str]| {
        let answer = chemorad(&[args, &["--format", "json"]].concat());
        assert_eq!(answer.exit, Some(0), "{args:?}");
        String::from_utf8(answer.stdout)
            .unwrap()
            .contains("model.alpha_beta_unusual")
    };
    for (ratio, wanted) in [
        ("300Gy", true),
        ("0.4Gy", true),
        ("30Gy", false),
        ("0.5Gy", false),
    ] {
        for args in [
            vec!["bed", "45Gy/25"],
            vec!["bed", "45Gy/25", "--per-day", "2", "--interval", "6h"],
            vec!["solve", "--same-as", "45Gy/25", "--fractions", "20"],
        ] {
            let args = [&args[..], &["--alpha-beta", ratio]].concat();
            assert_eq!(said(&args), wanted, "{args:?}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for (command, name, usual) in [
        ("gap", "gap-missed-monday.toml", "10 Gy"),
        ("gap", "gap-missed-monday.toml", "3 Gy"),
        ("courses", "two-courses.toml", "2 Gy"),
        ("sheet", "radiotherapy-alone.toml", "10 Gy"),
    ] {
        let right = std::fs::read_to_string(example(name)).unwrap();
        let line = right
            .lines()
            .find(|line| line.starts_with("alpha_beta") && line.contains(&format!("\"{usual}\"")))
            .unwrap();
        let wrong = right.replacen(line, &line.replace(usual, "300 Gy"), 1);
        let path = folder.path().join(name);
        for (case, wanted) in [(right, false), (wrong, true)] {
            std::fs::write(&path, case).unwrap();
            assert_eq!(said(&[command, path.to_str().unwrap()]), wanted, "{name}");
        }
    }
}

/// The codes of dates in what a command answers.
fn of_dates(args: &[&str]) -> Vec<String> {
    let answer = json(args);
    let lists = ["warnings", "findings"].map(|key| answer[key].as_array().cloned());
    let found = lists.into_iter().flatten().flatten();
    let codes = found.map(|finding| finding["code"].as_str().unwrap().to_owned());
    codes.filter(|code| code.starts_with("schedule.")).collect()
}

#[test]
fn every_command_says_the_same_of_dates() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_string()
    };
    let of_2026 = file("2026.txt", "2026-12-25\n");
    let of_2024 = file("2024.txt", "2024-12-25\n2025-01-01\n");
    let closed: Vec<String> = (12..32).map(|day| format!("2026-12-{day}")).collect();
    let closed = format!("{}\n2027-01-01\n2027-01-04\n", closed.join("\n"));
    let closed = file("closed.txt", &closed);
    let start = ["--start", "2026-12-07"];
    let bed = ["bed", "50.4Gy/28", "--alpha-beta", "10Gy"];
    let loss = ["--kick-off", "28d", "--loss-per-day", "0.66Gy"];
    let solve = [
        "solve",
        "--target-bed",
        "59Gy",
        "--fractions",
        "28",
        "--alpha-beta",
        "10Gy",
    ];
    let drug = "capecitabine --height 170cm --weight 72kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --rounding nearest --ties up --days weekdays --fractions 28";
    let drug: Vec<&str> = drug.split(' ').collect();
    let commands: [Vec<&str>; 5] = [
        [&["schedule", "--phase", "50.4Gy/28"][..], &start].concat(),
        [&bed[..], &loss, &start].concat(),
        [&solve[..], &loss, &start].concat(),
        [&drug[..], &start].concat(),
        GAP.to_vec(),
    ];
    for (holidays, codes) in [
        (None, &["schedule.no_holidays"][..]),
        (Some("none"), &[]),
        (Some(&*of_2026), &["schedule.holidays_other_year"]),
        (Some(&*of_2024), &["schedule.holidays_unused"]),
        (Some(&*closed), &["schedule.long_closure"]),
    ] {
        for command in &commands {
            let mut args = command.clone();
            args.extend(holidays.iter().flat_map(|file| ["--holidays", file]));
            // what was delivered before the closure
            if holidays == Some(&*closed) && command[0] == "gap" {
                let count = args.iter_mut().find(|arg| **arg == "12").unwrap();
                *count = "4";
            }
            assert_eq!(of_dates(&args), codes, "{args:?}");
        }
        let listed = holidays.map(|file| match file {
            "none" => Vec::new(),
            file => std::fs::read_to_string(file)
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect(),
        });
        let case = file("case.toml", &case_with_holidays(listed));
        assert_eq!(of_sheet(&case), codes, "sheet, {holidays:?}");
    }
}

/// An example with a calendar; `None` says nothing of holidays.
fn case_with_holidays(holidays: Option<Vec<String>>) -> String {
    let case = std::fs::read_to_string(example("radiotherapy-alone.toml")).unwrap();
    let holidays = holidays.map_or_else(String::new, |dates| format!("holidays = {dates:?}\n"));
    format!(
        "{case}\n[calendar]\nstart = \"2026-12-07\"\nweekdays = \"mon-fri\"\nfractions_per_day = 1\n{holidays}"
    )
}

/// The codes of dates on a sheet; the start window needs the date of the operation as well.
fn of_sheet(case: &str) -> Vec<String> {
    let answer = chemorad(&["sheet", case, "--format", "json"]);
    let message = String::from_utf8_lossy(&answer.stderr).to_string();
    assert!(answer.stderr.is_empty(), "{message}");
    let sheet = strict(&answer.stdout);
    let codes = sheet["findings"].as_array().unwrap().iter();
    codes
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .filter(|code| code.starts_with("schedule.") && code != "schedule.start_window")
        .collect()
}

#[test]
fn a_list_of_closures_is_no_list_of_fractions() {
    let drug = "capecitabine --height 170cm --weight 72kg --formula mosteller --intensity 825mg/m2 --per administration --times-per-day 2 --tablets 500mg,150mg --rounding nearest --ties up --days weekdays --fractions";
    let of = |dates: &str| {
        let mut args: Vec<&str> = drug.split(' ').collect();
        args.push(dates);
        of_dates(&args)
    };
    let public = "2026-04-03,2026-04-06,2026-05-01,2026-12-25";
    assert_eq!(of(public), ["schedule.on_days_off", "schedule.sparse"]);
    assert!(of("2026-12-07,2026-12-08,2026-12-09").is_empty());
}

#[test]
fn a_gap_by_its_missed_dates() {
    let gap = gap_without_delivered();
    let dates = [
        "2026-12-23",
        "2026-12-24",
        "2026-12-25",
        "2026-12-28",
        "2026-12-29",
    ];
    let listed: Vec<&str> = dates.iter().flat_map(|date| ["--missed", date]).collect();
    let by_missed = json(&[&gap[..], &listed].concat());
    let by_number = json(GAP);
    for key in ["planned", "delivered", "uncompensated", "missed", "lost"] {
        assert_eq!(by_missed[key], by_number[key], "{key}");
    }
    assert_eq!(by_missed["missed"].as_array().unwrap().len(), 5);
    let page = text(&[GAP, &["--show-work"]].concat());
    assert!(
        page.contains("Wed 2026-12-23") && page.contains("Tue 2026-12-29"),
        "{page}"
    );
    assert!(page.contains("days between first and last"), "{page}");
}

#[test]
fn a_gap_by_flags_names_flags_and_one_by_file_does_not() {
    let by_flags = [
        "gap",
        "50.4Gy/28",
        "--start",
        "2026-12-07",
        "--ab",
        "10Gy",
        "--late-ab",
        "3Gy",
    ];
    let told = chemorad(&[&by_flags[..], &["--missed", "2026-12-15"]].concat());
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("--loss-per-day"), "{told}");
    let sunday = chemorad(&[&by_flags[..], &["--missed", "2026-12-13"]].concat());
    assert_eq!(sunday.exit, Some(2));
    let message = String::from_utf8(sunday.stderr).unwrap();
    assert!(message.contains("a Sunday"), "{message}");
    let file = example("gap-missed-monday.toml");
    let told = chemorad(&["gap", file.to_str().unwrap()]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(!told.contains("the flag is"), "{told}");
}

/// The tumour's loss is not that of the late tissue.
#[test]
fn one_loss_at_several_alpha_beta_is_a_warning() {
    const CODE: &str = "model.loss_at_every_alpha_beta";
    let loss = [
        "--overall-time",
        "38d",
        "--kick-off",
        "28d",
        "--loss-per-day",
        "0.66Gy",
    ];
    let says = |alpha_beta: &str, with: &[&str]| {
        let asked: &[&str] = &["bed", "50.4Gy/28", "--alpha-beta", alpha_beta];
        json(&[asked, with].concat()).to_string().contains(CODE)
    };
    assert!(says("10Gy,3Gy", &loss));
    assert!(!says("10Gy", &loss) && !says("10Gy,10Gy", &loss));
    assert!(!says("10Gy,3Gy", &[]));
}

#[test]
fn every_answer_says_its_outcome() {
    for (args, outcome) in [
        (&["bed", "45Gy/25", "--ab", "10Gy"][..], "pass"),
        (&["bed", "45Gy/25", "--ab", "10Gy,3Gy"], "pass"),
        (&["bed", "45Gy/25", "--ab", "300Gy"], "warn"),
        (&["bsa", "170cm", "72kg", "--formula", "mosteller"], "pass"),
        (&["bsa", "100cm", "72kg", "--formula", "mosteller"], "warn"),
        (
            &[
                "schedule",
                "45Gy/25",
                "--start",
                "2026-12-07",
                "--holidays",
                "none",
            ],
            "pass",
        ),
        (
            &[
                "clearance",
                "--age",
                "60",
                "--sex",
                "female",
                "--weight",
                "72kg",
                "--creatinine",
                "80umol/L",
                "--weight-basis",
                "actual",
            ],
            "pass",
        ),
        // meant as mg/dL
        (
            &[
                "clearance",
                "--age",
                "60",
                "--sex",
                "female",
                "--weight",
                "72kg",
                "--creatinine",
                "12umol/L",
                "--weight-basis",
                "actual",
            ],
            "cannot_tell",
        ),
    ] {
        assert_eq!(json(args)["outcome"], outcome, "{args:?}");
        let exit = if outcome == "cannot_tell" { 3 } else { 0 };
        assert_eq!(chemorad(args).exit, Some(exit), "{args:?}");
    }
    let gap = json(&[
        "gap",
        "45Gy/25+5.4Gy/3",
        "--start",
        "2026-11-02",
        "--missed",
        "2026-11-24,2026-11-25",
        "--ab",
        "10Gy",
        "--late-ab",
        "3Gy",
    ]);
    assert_eq!(gap["outcome"], "cannot_tell", "{gap}");
}

#[test]
fn a_way_that_waits_for_a_parameter_is_not_called_impossible() {
    let answer = chemorad(&[
        "gap",
        "45Gy/25+5.4Gy/3",
        "--start",
        "2026-11-02",
        "--missed",
        "2026-11-24,2026-11-25",
        "--ab",
        "10Gy",
        "--late-ab",
        "3Gy",
    ]);
    let page = String::from_utf8(answer.stdout).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("cannot tell: what the tumour loses to time"),
        "{page}"
    );
    assert!(
        !page.contains("not possible: what the tumour loses"),
        "{page}"
    );
}

#[test]
fn more_dose_than_a_course_has_is_said() {
    let said = |args: &[&str]| {
        let found = json(args);
        let warnings = found["warnings"].as_array().unwrap().clone();
        warnings
            .iter()
            .any(|one| one["code"] == "model.total_unusual")
    };
    assert!(said(&["bed", "180Gy/25", "--ab", "10Gy"]));
    assert!(said(&["bed", "45Gy/25+250Gy/25", "--ab", "8..12Gy"]));
    assert!(said(&[
        "bed",
        "45Gy/25",
        "--ab",
        "10Gy",
        "--compare",
        "180Gy/25"
    ]));
    assert!(!said(&["bed", "81.6Gy/68", "--ab", "10Gy"]));
    assert!(!said(&["bed", "45Gy/25+5.4Gy/3", "--ab", "10Gy"]));
}

#[test]
fn total_number_and_dose_per_fraction_are_read_together() {
    let written = json(&["bed", "45Gy/25 x 1.8Gy", "--ab", "10Gy"]);
    assert_eq!(written, json(&["bed", "45Gy/25", "--ab", "10Gy"]));
    refused(
        &["bed", "46Gy/25 x 1.8Gy", "--ab", "10Gy"],
        "25 x 1.8 Gy is 45 Gy, not 46 Gy",
    );
}
