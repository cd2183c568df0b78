//! One request and its answer: arguments, the world and files in; text, a page, JSON and files out.

use std::path::PathBuf;

use chemorad_cli::files::Memory;
use chemorad_cli::{Environment, Identity, Output, OutputFile, Refusal, answer, run};
use jiff::Zoned;
use serde::{Deserialize, Serialize};

/// What a page asks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// The arguments after the name of the command.
    arguments: Vec<String>,
    /// The date and time, in the zone of the reader: a module has no clock.
    now: String,
    /// The site file that commands take unless another is named.
    #[serde(default)]
    site: Option<PathBuf>,
    /// The names of the files that come with it, in their order.
    #[serde(default)]
    files: Vec<String>,
    /// What is printed as the command prints it, instead of a page.
    #[serde(default)]
    printed: bool,
    /// The characters of a line.
    #[serde(default)]
    width: Option<usize>,
}

/// What a page gets.
#[derive(Serialize, Default)]
struct Answer<'a> {
    exit: u8,
    stdout: String,
    stderr: String,
    /// The document as a page without anything from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// What `--format json` prints, as it prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<String>,
    refusals: Vec<Refused<'a>>,
    /// The names of the files that come with it, in their order.
    files: Vec<String>,
}

#[derive(Serialize)]
struct Refused<'a> {
    argument: Option<&'a str>,
    given: Option<&'a str>,
    code: &'static str,
    message: &'a str,
    predicate: Option<&'a str>,
}

impl<'a> From<&'a Refusal> for Refused<'a> {
    fn from(refusal: &'a Refusal) -> Self {
        Self {
            argument: refusal.argument.as_deref(),
            given: refusal.given.as_deref(),
            code: refusal.code.name,
            message: &refusal.message,
            predicate: refusal.predicate.as_deref(),
        }
    }
}

/// The answer to a request as JSON, and after it the files that the command would write.
#[must_use]
pub fn answered(request: &[u8], files: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    match asked(request, files) {
        Ok(answer) => answer,
        Err(message) => of_output(Output::refused(&message)),
    }
}

fn asked(request: &[u8], files: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, String> {
    let request: Request =
        serde_json::from_slice(request).map_err(|error| format!("not a request: {error}"))?;
    if request.files.len() != files.len() {
        return Err(format!(
            "not a request: it names {} files, and {} came with it",
            request.files.len(),
            files.len()
        ));
    }
    let now: Zoned = request
        .now
        .parse()
        .map_err(|error| format!("not a request: now: {error}"))?;
    let environment = Environment {
        now,
        colour: false,
        width: request.width.unwrap_or(chemorad_cli::WIDTH),
        site: request.site,
        watched: false,
        identity: Some(Identity::default()),
    };
    let files: Memory = request.files.into_iter().zip(files).collect();
    let name = std::iter::once("chemorad".to_string());
    let arguments = name.chain(request.arguments);
    if request.printed {
        return Ok(of_output(run(arguments, &environment, &files)));
    }
    Ok(match answer(arguments, &environment, &files) {
        Ok(answered) => pieces(
            Answer {
                exit: answered.exit,
                stdout: answered.document.to_text(environment.width),
                page: Some(answered.document.to_html()),
                json: Some(answered.json),
                ..Answer::default()
            },
            answered.files,
        ),
        Err(output) => of_output(output),
    })
}

fn of_output(output: Output) -> Vec<Vec<u8>> {
    let answer = Answer {
        exit: output.exit,
        stdout: output.stdout,
        stderr: output.stderr,
        refusals: output.refusals.iter().map(Refused::from).collect(),
        ..Answer::default()
    };
    pieces(answer, output.files)
}

fn pieces(mut answer: Answer<'_>, files: Vec<OutputFile>) -> Vec<Vec<u8>> {
    let mut contents = Vec::with_capacity(files.len() + 1);
    contents.push(Vec::new());
    for file in files {
        answer.files.push(file.path.to_string_lossy().into_owned());
        contents.push(file.bytes);
    }
    // text, numbers and JSON that was written before cannot fail to be written
    if let Some(first) = contents.first_mut() {
        *first = serde_json::to_vec(&answer).unwrap_or_default();
    }
    contents
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn said(request: &Value, files: &[&[u8]]) -> (Value, Vec<Vec<u8>>) {
        let files = files.iter().map(|file| file.to_vec()).collect();
        let mut pieces = answered(request.to_string().as_bytes(), files).into_iter();
        let first = serde_json::from_slice(&pieces.next().unwrap()).unwrap();
        (first, pieces.collect())
    }

    #[test]
    fn the_form_has_the_formulas_of_the_library() {
        let page = include_str!("../page/forms.js");
        let (_, list) = page.split_once("const FORMULAS = [").unwrap();
        let list = list.split_once(']').unwrap().0.replace('\'', "");
        let size = ["bsa", "--height", "170cm", "--weight", "70kg"];
        let arguments = [&size[..], &["--formula", "none"]].concat();
        let (answer, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
        let message = answer["stderr"].as_str().unwrap();
        assert!(
            message.contains(&format!("choose one of: {list}")),
            "{message}"
        );
    }

    const NOW: &str = "2026-12-07T10:20:00+01:00[+01:00]";

    #[test]
    fn a_page_gets_what_the_command_prints() {
        let arguments = ["bed", "45Gy/25", "--alpha-beta", "10Gy"];
        let environment = Environment {
            now: NOW.parse().unwrap(),
            colour: false,
            width: chemorad_cli::WIDTH,
            site: None,
            watched: false,
            identity: Some(Identity::default()),
        };
        let native = |format| {
            let all = ["chemorad", "--format", format]
                .into_iter()
                .chain(arguments);
            run(all, &environment, &Memory::default()).stdout
        };
        let (page, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
        assert_eq!(page["stdout"], native("text"));
        assert_eq!(page["json"], native("json"));
        let printed = json!({"arguments": arguments, "now": NOW, "printed": true});
        assert_eq!(said(&printed, &[]).0["stdout"], native("text"));
    }

    #[test]
    fn files_go_in_and_come_out() {
        let write = json!({"arguments": ["site", "new", "-o", "a.toml"], "now": NOW});
        let (answer, files) = said(&write, &[]);
        assert_eq!(answer["files"], json!(["a.toml"]));
        assert!(files[0].starts_with(b"# What this site has decided"));
        let read =
            json!({"arguments": ["protocol", "lint", "p.toml"], "now": NOW, "files": ["p.toml"]});
        let (answer, _) = said(&read, &[b"schema = \"x\""]);
        let result: Value = serde_json::from_str(answer["json"].as_str().unwrap()).unwrap();
        assert_eq!(answer["exit"], 1);
        assert_eq!(result["findings"][0]["line"], 1);
    }

    #[test]
    fn a_refusal_names_its_field() {
        let field = |arguments: &[&str]| {
            let (answer, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
            assert_eq!(answer["exit"], 2);
            let refusals = answer["refusals"].as_array().unwrap().clone();
            let named = refusals
                .into_iter()
                .map(|refusal| refusal["argument"].clone());
            named.collect::<Vec<_>>()
        };
        assert_eq!(field(&["bsa", "--height", "170"]), ["--height"]);
        assert_eq!(field(&["bsa"]), ["--height", "--weight", "--formula"]);
        assert_eq!(field(&["bed", "45Gy/25"]), ["--alpha-beta"]);
        assert_eq!(field(&["bed", "45/25"]), ["<45Gy/25+5.4Gy/3>..."]);
        assert_eq!(field(&["protocol", "lint", "none.toml"]), [Value::Null]);
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "one case after the other")]
    fn what_two_fields_make_stands_at_the_one_to_change() {
        let gap = |more: &[&'static str]| -> Vec<&'static str> {
            let given = |flag: &str| more.iter().any(|one| one.starts_with(flag));
            let base = [
                "gap",
                "--start=2026-11-02",
                "--missed=2026-11-24,2026-11-25",
                "--alpha-beta=10Gy",
                "--late-alpha-beta=3Gy",
            ];
            let base = base
                .into_iter()
                .filter(|one| !given(one.split('=').next().unwrap()) || !one.contains('='));
            base.chain(more.iter().copied().filter(|one| !one.ends_with('=')))
                .chain(["--", "45Gy/25+5.4Gy/3"])
                .collect()
        };
        let tablets = |more: &[&'static str]| -> Vec<&'static str> {
            let base = [
                "capecitabine",
                "--height=170cm",
                "--weight=72kg",
                "--formula=mosteller",
                "--intensity=825 mg/m2 bid",
                "--tablets=500mg,150mg",
            ];
            base.into_iter().chain(more.iter().copied()).collect()
        };
        let check = |more: &[&'static str]| -> Vec<&'static str> {
            let planned = ["check", "--planned=45Gy/25"];
            planned.into_iter().chain(more.iter().copied()).collect()
        };
        let bed = |more: &'static str| vec!["bed", "45Gy/25", "--alpha-beta=10Gy", more];
        let cases = [
            (gap(&["--start=2026-11-01"]), "--start"),
            (gap(&["--missed=2026-11-28"]), "--missed"),
            (gap(&["--missed="]), "--missed"),
            (gap(&["--resume=2026-11-20"]), "--resume"),
            (gap(&["--delivered=99"]), "--delivered"),
            (gap(&["--loss-per-day=0.66Gy"]), "--kick-off"),
            (gap(&["--kick-off=28d"]), "--loss-per-day"),
            (gap(&["--holidays=2026-02-30"]), "--holidays"),
            (tablets(&["--rounding=up", "--ties=up"]), "--ties"),
            (tablets(&["--rounding=nearest"]), "--ties"),
            (
                tablets(&["--rounding=down", "--rule-set=nope"]),
                "--rule-set",
            ),
            (
                tablets(&[
                    "--rounding=down",
                    "--interacting-drug=warfarin",
                    "--interacting-drug=none",
                ]),
                "--interacting-drug",
            ),
            (
                tablets(&[
                    "--rounding=down",
                    "--rule-set=renal=fda-label-2026",
                    "--without=renal",
                ]),
                "--without",
            ),
            (
                tablets(&[
                    "--rounding=down",
                    "--days=weekdays",
                    "--start=2026-11-01",
                    "--fractions=28",
                ]),
                "--start",
            ),
            (
                tablets(&["--rounding=down", "--days=weekdays", "--fractions=28"]),
                "--start",
            ),
            (
                tablets(&[
                    "--rounding=down",
                    "--days=weekdays",
                    "--start=2026-11-02",
                    "--fractions=x",
                ]),
                "--fractions",
            ),
            (check(&["--protocol=NCT06949098"]), "--arm"),
            (check(&["--protocol=NCT06949098/surveillance"]), "--arm"),
            (check(&["--protocol=NCT06949098/nope"]), "--protocol"),
            (
                check(&["--protocol=NCT06949098/adverse", "--course=nope"]),
                "--course",
            ),
            (
                check(&["--prescribed=45Gy/25", "--tolerance=x"]),
                "--tolerance",
            ),
            (
                check(&["--prescribed=45Gy/25", "--target=PTV=pelvis"]),
                "--target",
            ),
            (
                check(&["--prescribed=45Gy/25", "--target=PTV=target"]),
                "--target",
            ),
            (
                check(&["--prescribed=45Gy/25", "--map=typed=nope"]),
                "--map",
            ),
            (check(&["--prescribed=45Gy/25", "--phase=nope"]), "--phase"),
            (bed("--compare=25Gy/5, 5d"), "--compare"),
            (bed("--overall-time=38d"), "--overall-time"),
        ];
        let mut wrong = Vec::new();
        for (arguments, field) in cases {
            let (answer, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
            let refusals = answer["refusals"].as_array().unwrap();
            let named = refusals
                .iter()
                .map(|refusal| refusal["argument"].as_str().unwrap_or("none"));
            if refusals.is_empty() || named.clone().any(|name| name != field) {
                wrong.push(format!("{arguments:?}: {field}: {refusals:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn an_answer_without_a_place_is_said_without_usage() {
        let both = json!({"arguments": ["check", "--planned=36Gy/12", "--prescribed=36Gy/12",
            "--protocol=NCT06949098/adverse"], "now": NOW});
        let (answer, _) = said(&both, &[]);
        let message = answer["refusals"][0]["message"].as_str().unwrap();
        assert!(message.ends_with("give one of them"), "{message}");
        let none = json!({"arguments": ["sheet", "none.toml"], "now": NOW});
        let (answer, _) = said(&none, &[]);
        let message = answer["refusals"][0]["message"].as_str().unwrap();
        assert!(
            message.contains("it is not among the files opened here"),
            "{message}"
        );
    }

    #[test]
    fn closed_dates_are_typed() {
        let arguments = |holidays: &str| {
            let all = [
                "gap",
                "--start=2026-11-02",
                "--missed=2026-11-24",
                "--alpha-beta=10Gy",
                "--late-alpha-beta=3Gy",
                holidays,
                "--",
                "45Gy/25+5.4Gy/3",
            ];
            let (answer, _) = said(&json!({"arguments": all, "now": NOW}), &[]);
            answer["json"].as_str().unwrap().to_string()
        };
        assert!(arguments("--closed=2026-12-25").contains("schedule.no_holidays"));
        assert!(!arguments("--holidays=none").contains("schedule.no_holidays"));
        let dated = arguments("--holidays=2026-12-25, 2026-11-10,2026-11-10");
        assert!(!dated.contains("schedule.no_holidays"));
        let holidays: Value = serde_json::from_str(&dated).unwrap();
        assert_eq!(
            holidays["case"]["calendar"]["holidays"],
            json!(["2026-11-10", "2026-12-25"])
        );
    }

    #[test]
    fn what_is_missing_is_said_without_the_name_of_a_flag() {
        let commands: [&[&str]; 6] = [
            &["bsa"],
            &["bed", "45Gy/25"],
            &["capecitabine"],
            &["capecitabine", "--intensity=825mg/m2"],
            &["gap"],
            &["check"],
        ];
        for arguments in commands {
            let (answer, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
            let refusals = answer["refusals"].as_array().unwrap();
            assert!(!refusals.is_empty(), "{arguments:?}");
            for refusal in refusals {
                let predicate = refusal["predicate"].as_str().unwrap_or_default();
                assert!(predicate.starts_with("is "), "{arguments:?} {refusal}");
                assert!(!predicate.contains("--"), "{arguments:?} {refusal}");
                assert_eq!(refusal["code"], "input.missing", "{arguments:?}");
            }
        }
    }

    #[test]
    fn a_brief_page_names_no_flag_for_the_rest() {
        let commands: [&[&str]; 4] = [
            &["bed", "45Gy/25", "--alpha-beta", "10Gy"],
            &[
                "solve",
                "--same-as",
                "50.4Gy/28",
                "--fractions",
                "20",
                "--alpha-beta",
                "10Gy",
            ],
            &[
                "check",
                "--planned",
                "20 x 1.8Gy",
                "--prescribed",
                "36Gy/12",
            ],
            &["selftest", "--quick"],
        ];
        for arguments in commands {
            let (answer, _) = said(&json!({"arguments": arguments, "now": NOW}), &[]);
            let page = answer["page"].as_str().unwrap();
            assert!(!page.contains("--show-work"), "{arguments:?}");
            assert!(page.contains("with working and sources"), "{arguments:?}");
            let text = answer["stdout"].as_str().unwrap();
            assert!(text.contains("--show-work"), "{arguments:?}");
        }
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let empty = answered(b"", Vec::new());
        let none = said(&json!({"arguments": [], "now": "today"}), &[]).0;
        let more = said(&json!({"arguments": [], "now": NOW}), &[b"x"]).0;
        let empty: Value = serde_json::from_slice(&empty[0]).unwrap();
        for answer in [empty, none, more] {
            assert_eq!(answer["exit"], 2);
            assert!(
                answer["stderr"]
                    .as_str()
                    .unwrap()
                    .starts_with("error: not a request")
            );
        }
    }
}
