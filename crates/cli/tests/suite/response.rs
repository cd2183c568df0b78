//! `ntcp` and `tcp`: what they answer, and what they refuse.
#![allow(clippy::unreadable_literal, reason = "numbers as they were printed")]

use std::path::Path;

use chemorad_cli::files::Memory;
use chemorad_cli::{Output, run};
use serde_json::Value;

use crate::harness::{environment, near};
use crate::strict_json::strict;

/// 25 % 20, 35 % 40, 25 % 50, 10 % 60, 5 % 70 Gy.
const FIVE: &str = "dose_gy,differential_percent\n20,25\n40,35\n50,25\n60,10\n70,5\n";
const SAID: [&str; 4] = ["--endpoint", "bleeding", "--source", "Author 2020"];
const LKB: [&str; 9] = [
    "ntcp", "h.csv", "--model", "lkb", "--n", "0.09", "--m", "0.13", "--td50",
];

fn answered(histogram: &str, args: &[&str]) -> Output {
    let files: Memory = [("h.csv", histogram.as_bytes().to_vec())]
        .into_iter()
        .collect();
    let arguments = std::iter::once("chemorad").chain(args.iter().copied());
    run(arguments, &environment(), &files)
}

#[track_caller]
fn json(histogram: &str, args: &[&str]) -> Value {
    let output = answered(histogram, &[args, &["--format", "json"]].concat());
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    strict(output.stdout.as_bytes())
}

#[track_caller]
fn refused(histogram: &str, args: &[&str], part: &str) {
    let output = answered(histogram, args);
    assert_eq!(output.exit, 2, "{args:?}: {}", output.stdout);
    assert!(output.stdout.is_empty() && output.files.is_empty());
    assert!(output.stderr.contains(part), "{args:?}: {}", output.stderr);
}

fn codes(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_published_set_is_named_with_all_that_it_rests_on() {
    let answer = json(
        FIVE,
        &["ntcp", "h.csv", "--set", "rectum-late-grade-2-quantec"],
    );
    near(&answer["ntcp"]["value"], 0.0158416714176, 1e-12);
    near(&answer["geud"]["value"], 55.422615235, 1e-8);
    let interval = &answer["ntcp"]["interval"];
    assert!(
        interval["low"].as_f64().unwrap() < 0.0158 && interval["high"].as_f64().unwrap() > 0.0159
    );
    let model = &answer["model"];
    assert_eq!(model["parameters"][2]["symbol"], "TD50");
    assert_eq!(model["parameters"][2]["interval"]["low"], 73.7);
    assert!(model["source"].as_str().unwrap().contains("Michalski 2010"));
    assert!(
        model["set"]["patients"]
            .as_str()
            .unwrap()
            .contains("prostate")
    );
    assert_eq!(answer["dose"]["quantity"], "absorbed_dose");
    assert_eq!(
        codes(&answer),
        ["response.patients", "response.fraction_size"]
    );
    assert!(
        answer["notice"]
            .as_str()
            .unwrap()
            .contains("cleared by no authority")
    );
}

#[test]
fn typed_parameters_and_every_bin_as_eqd2() {
    let lkb = [&LKB[..], &["76.9Gy"], &SAID[..]].concat();
    let answer = json(FIVE, &lkb);
    near(&answer["ntcp"]["value"], 0.0158416714176, 1e-12);
    assert!(answer["ntcp"].get("interval").is_none() && answer["ntcp"].get("binning").is_none());
    assert_eq!(codes(&answer), ["response.fraction_size"]);
    // 20 Gy in 25 at 3 Gy are 15.2 Gy, 40 are 36.8
    let two = "dose_gy,differential_percent\n20,50\n40,50\n";
    let mean = [
        "ntcp", "h.csv", "--model", "lkb", "--n", "1", "--m", "0.2", "--td50", "26Gy",
    ];
    let mean = [&mean[..], &SAID[..]].concat();
    let corrected = [&mean[..], &["--fractions", "25", "--ab", "3Gy"]].concat();
    let answer = json(two, &corrected);
    near(&answer["geud"]["value"], 26.0, 1e-12);
    near(&answer["ntcp"]["value"], 0.5, 1e-12);
    assert_eq!(answer["dose"]["fractions"], 25);
    assert!(codes(&answer).is_empty());
    // what is EQD2 already is not corrected again
    let eqd2 = two.replace("dose_gy", "eqd2_gy");
    near(&json(&eqd2, &mean)["geud"]["value"], 30.0, 1e-12);
    refused(&eqd2, &corrected, "EQD2 already");
    // an interval of alpha/beta is one of the result
    let interval = [&mean[..], &["--fractions", "25", "--ab", "3Gy (1..10Gy)"]].concat();
    let answer = json(two, &interval);
    let ends = &answer["ntcp"]["interval"];
    assert!(ends["low"].as_f64().unwrap() < 0.5 && ends["high"].as_f64().unwrap() > 0.5);
}

#[test]
fn tumours() {
    let logistic = [
        "tcp",
        "h.csv",
        "--model",
        "logistic",
        "--a",
        "-10",
        "--tcd50",
        "50Gy",
        "--gamma50",
        "2",
    ];
    let logistic = [&logistic[..], &SAID[..]].concat();
    let uniform = "dose_gy,differential_percent\n50,100\n";
    near(&json(uniform, &logistic)["tcp"]["value"], 0.5, 1e-12);
    let cold = json("dose_gy,differential_cc\n0,1\n50,9\n", &logistic);
    assert_eq!(cold["tcp"]["value"], 0.0);
    assert!(codes(&cold).contains(&"response.no_dose"));

    let poisson = [
        "tcp",
        "h.csv",
        "--model",
        "poisson",
        "--alpha",
        "0.3/Gy",
        "--ab",
        "10Gy",
        "--fractions",
        "28",
        "--endpoint",
        "control",
        "--source",
        "Author 2020",
    ];
    let one = "dose_gy,differential_cc\n50.4,10\n";
    let total = [&poisson[..], &["--clonogens", "1e7"]].concat();
    let density = [&poisson[..], &["--clonogen-density", "1e6/cc"]].concat();
    near(&json(one, &total)["tcp"]["value"], 0.8365745, 5e-8);
    near(&json(one, &density)["tcp"]["value"], 0.8365745, 5e-8);
    assert!(codes(&json(one, &total)).is_empty());
    let percent = "dose_gy,differential_percent\n50.4,100\n";
    refused(percent, &density, "cubic centimetres");
    refused(&percent.replace("dose", "eqd2"), &total, "absorbed dose");
    refused(one, &poisson, "--clonogens");
    refused(
        one,
        &[&total[..], &["--clonogen-density", "1e6/cc"]].concat(),
        "does not apply",
    );
    refused(
        one,
        &[&total[..], &["--a", "-10"]].concat(),
        "--a does not apply",
    );
    let without: Vec<&str> = total
        .iter()
        .copied()
        .filter(|word| !["--fractions", "28"].contains(word))
        .collect();
    refused(one, &without, "--fractions");
}

#[test]
fn options_that_do_not_apply_or_are_missing() {
    let set = ["ntcp", "h.csv", "--set", "rectum-late-grade-2-quantec"];
    let typed = [&LKB[..], &["76.9Gy"], &SAID[..]].concat();
    let with =
        |args: &[&str], more: &[&str], part: &str| refused(FIVE, &[args, more].concat(), part);
    with(&set, &["--n", "0.1"], "--n does not apply");
    with(
        &set,
        &["--endpoint", "bleeding"],
        "--endpoint does not apply",
    );
    with(&set, &["--model", "lkb"], "cannot be used with");
    with(
        &set,
        &["--fractions", "25"],
        "--alpha-beta, which is missing",
    );
    with(&set, &["--ab", "3Gy"], "--fractions, which is missing");
    with(&set, &["--structure", "Rectum"], "no column structure");
    with(&set, &["--histogram", "cumulative"], "which is right");
    with(&typed, &["--a", "8"], "--a does not apply");
    with(&typed, &["--form", "two-power"], "--form does not apply");
    with(&["ntcp", "h.csv"], &[], "--set");
    with(
        &["ntcp", "h.csv", "--set", "rectum"],
        &[],
        "rectum-late-grade-2-quantec",
    );
    with(&LKB[..8], &SAID, "--td50");
    with(&[&LKB[..], &["76.9"]].concat(), &SAID, "TD50");
    with(&[&LKB[..], &["76.9Gy"]].concat(), &[], "--endpoint");
    let seriality = [
        "ntcp",
        "h.csv",
        "--model",
        "relative-seriality",
        "--s",
        "1",
        "--td50",
        "52.3Gy",
        "--gamma",
        "1.28",
    ];
    with(&seriality, &SAID, "two-power");
    with(
        &[&seriality[..], &["--form", "poisson"]].concat(),
        &SAID,
        "double-exponential",
    );
    let tissue = [
        "ntcp",
        "h.csv",
        "--model",
        "logistic",
        "--a",
        "-8",
        "--td50",
        "80Gy",
        "--gamma50",
        "4",
    ];
    with(&tissue, &SAID, "more than 0");
    let open = FIVE.replace("differential", "volume");
    refused(&open, &typed, "--histogram");
    let said = json(
        &open,
        &[&typed[..], &["--histogram", "differential"]].concat(),
    );
    near(&said["ntcp"]["value"], 0.0158416714176, 1e-12);
    let two = "structure,dose_gy,differential_cc\nA,20,1\nB,40,1\n";
    refused(two, &typed, "--structure");
    near(
        &json(two, &[&typed[..], &["--structure", "B"]].concat())["geud"]["value"],
        40.0,
        1e-12,
    );
    let name = Path::new("nowhere.csv").display().to_string();
    refused(
        FIVE,
        &["ntcp", &name, "--set", "rectum-late-grade-2-quantec"],
        "nowhere.csv",
    );
}

#[test]
fn what_cannot_be_right_is_not_passed_over() {
    let typed = [&LKB[..], &["76.9Gy"], &SAID[..]].concat();
    // cumulative volumes as differential ones
    let fed = "dose_gy,differential_cc\n0,80\n10,75\n20,60\n30,40\n40,15\n50,5\n";
    let answer = answered(fed, &typed);
    assert_eq!(answer.exit, 3, "{}", answer.stdout);
    assert!(answer.stdout.contains("response.looks_cumulative"));
    // centigray as gray
    let large = "dose_gy,differential_percent\n450,100\n";
    assert!(codes(&json(large, &typed)).contains(&"response.dose_size"));
    refused(
        "dose_gy,differential_percent\n4500,100\n",
        &typed,
        "centigray",
    );
    // two rows of a cumulative histogram tell little
    let wide = "dose_gy,cumulative_percent\n0,100\n90,0\n";
    assert!(codes(&json(wide, &typed)).contains(&"response.bins"));
}
