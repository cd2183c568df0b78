//! The dose of a plan against limits: what is kept, what is not, what cannot be told, and injected errors.

use serde_json::Value;
use tempfile::TempDir;

use crate::common::contoured::{Block, blocks, blocks_of};
use crate::common::{DoseFixture, GroupFixture, PlanFixture, beam, dose, pelvis, target};
use crate::harness::{chemorad, near};
use crate::strict_json::strict;

const LIMITS: &str = "structure,metric,limit,variation,note
bladder,mean,<= 10.6 Gy,<= 11 Gy,
bladder,max,<= 19 Gy,,synthetic
bowel bag,V27.3Gy,<= 0.26 cc,,
PTV,D98%,>= 35.5 Gy,,
";

/// As the page of limits shows it.
const OF_THE_BOOK: &str = "structure,metric,limit,variation,note
bladder,mean,<= 10.6 Gy,<= 11 Gy,synthetic limits of a synthetic plan
bowel bag,V27.3Gy,<= 0.25 cc,<= 0.26 cc,
PTV,D98%,>= 35.5 Gy,,
rectum,D2cc,<= 60 Gy,,
";

/// 4.2 Gy more for each frame of 2 mm, to 46.2 Gy.
fn rising() -> DoseFixture {
    DoseFixture {
        scaling: "0.1",
        size: (12, 12, 12),
        offsets: Some("0\\2\\4\\6\\8\\10\\12\\14\\16\\18\\20\\22"),
        position: "0\\0\\0",
        stored: (0..12).flat_map(|frame| [42 * frame; 144]).collect(),
        ..dose()
    }
}

/// Each from where the one before ends: 1, 9, 17 and 21 mm; 2.1 Gy a millimetre.
fn organs() -> Vec<Block> {
    let block = |name, first: i32, planes: i32| Block {
        name,
        low: 1.0,
        high: 9.0,
        planes: (0..planes)
            .map(|plane| f64::from(first + 2 * plane))
            .collect(),
    };
    vec![
        block("Bladder", 2, 4),
        block("Bag_Bowel", 10, 4),
        block("PTV", 18, 2),
    ]
}

pub(crate) struct Case {
    pub(crate) organs: Vec<Block>,
    pub(crate) dose: DoseFixture,
    pub(crate) frame: Option<&'static str>,
    /// SOP Instance UID of the structure set.
    pub(crate) set: &'static str,
    pub(crate) limits: &'static str,
    pub(crate) plan: bool,
    /// What the plan says.
    pub(crate) planned: PlanFixture,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            organs: organs(),
            dose: rising(),
            frame: Some("2.25.5"),
            set: "2.25.4",
            limits: LIMITS,
            plan: true,
            planned: pelvis(),
        }
    }
}

impl Case {
    pub(crate) fn folder(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        let set = blocks_of(self.set, "synthetic-1", self.frame, &self.organs);
        write("rs.dcm", &set);
        write("rd.dcm", &self.dose.bytes());
        write("rp.dcm", &self.planned.bytes());
        write("limits.csv", self.limits.as_bytes());
        folder
    }

    pub(crate) fn run(&self, flags: &[&str]) -> (i32, Result<Value, String>) {
        let folder = self.folder();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let names: &[&str] = if self.plan {
            &["rs.dcm", "rd.dcm", "rp.dcm"]
        } else {
            &["rs.dcm", "rd.dcm"]
        };
        let mut words = vec!["dvh".to_string()];
        words.extend(names.iter().map(|name| at(name)));
        words.extend(["--format", "json", "--solid", "slab"].map(String::from));
        if !flags.contains(&"--limits") {
            words.extend(["--limits".to_string(), at("limits.csv")]);
        }
        words.extend(flags.iter().map(ToString::to_string));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let answer = chemorad(&words);
        match answer.exit.unwrap() {
            2 => (2, Err(String::from_utf8(answer.stderr).unwrap())),
            exit => (exit, Ok(strict(&answer.stdout))),
        }
    }

    pub(crate) fn outcomes(&self, flags: &[&str]) -> (i32, Vec<String>) {
        let (exit, shown) = self.run(flags);
        let shown = shown.unwrap();
        let limits = shown["limits"].as_array().unwrap().iter();
        let outcomes = limits.map(|limit| limit["outcome"].as_str().unwrap().to_string());
        (exit, outcomes.collect())
    }
}

/// The files that the book names.
pub(crate) fn of_the_book() -> [(&'static str, Vec<u8>); 4] {
    [
        ("limits.csv", OF_THE_BOOK.into()),
        (
            "organs.dcm",
            blocks("synthetic-1", Some("2.25.5"), &organs()),
        ),
        ("organ-dose.dcm", rising().bytes()),
        ("organ-plan.dcm", pelvis().bytes()),
    ]
}

/// The page of limits lists the shipped ones as they are.
#[test]
fn the_book_lists_every_shipped_limit() {
    let page = std::fs::read_to_string(crate::book::root().join("docs/dose-limits.md")).unwrap();
    assert!(page.contains(&format!("```csv\n{OF_THE_BOOK}```")));
    let mut count = 0;
    for id in chemorad_crosscheck::shipped_ids() {
        let table = chemorad_crosscheck::shipped(id).unwrap();
        assert!(
            page.contains(&format!("| `{id}` | {} |", table.source)),
            "{id}"
        );
        for limit in &table.limits {
            let goal = limit.goal.unwrap();
            let row = format!("| `{id}` | {} | {} {goal} |", limit.structure, limit.metric);
            assert!(page.contains(&row), "{row}");
            count += 1;
        }
    }
    assert!(count > 20);
}

#[test]
fn limits_that_are_kept_pass_with_value_bounds_limit_and_source() {
    let (exit, shown) = Case::default().run(&[]);
    let shown = shown.unwrap();
    assert_eq!(exit, 0, "{shown:#}");
    let limits = shown["limits"].as_array().unwrap();
    assert_eq!(limits.len(), 4);
    let mean = &limits[0];
    assert_eq!(mean["structure"], "bladder");
    assert_eq!(mean["name"], "Bladder");
    assert_eq!(mean["metric"], "mean[Gy]");
    assert_eq!(mean["comparison"], "<=");
    assert_eq!(mean["limit"]["value"], 10.6);
    assert_eq!(mean["limit"]["unit"], "Gy");
    assert_eq!(mean["variation"]["value"], 11.0);
    assert_eq!(mean["outcome"], "pass");
    assert_eq!(mean["code"], "limit.dose_volume");
    assert!(mean["table"].as_str().unwrap().ends_with("limits.csv"));
    near(&mean["value"], 10.5, 1e-6);
    assert!(mean["lower"].as_f64().unwrap() <= 10.5 && mean["upper"].as_f64().unwrap() >= 10.5);
    // the volume has the unit of its limit, and the name the words of TG-263
    assert_eq!(limits[2]["metric"], "V27.3Gy[cc]");
    assert_eq!(limits[2]["name"], "Bag_Bowel");
    near(&limits[2]["value"], 0.256, 1e-4);
}

fn changed(change: &dyn Fn(&mut Case)) -> Case {
    let mut case = Case::default();
    change(&mut case);
    case
}

/// Each is said, and none passes.
#[test]
fn injected_errors_do_not_pass_silently() {
    let cases: Vec<(&str, Case, i32)> = vec![
        (
            "shifted by a slice",
            changed(&|case| {
                let planes = case.organs.iter_mut().flat_map(|organ| &mut organ.planes);
                planes.for_each(|plane| *plane += 2.0);
            }),
            1,
        ),
        (
            "shifted the other way",
            changed(&|case| {
                let planes = case.organs.iter_mut().flat_map(|organ| &mut organ.planes);
                planes.for_each(|plane| *plane -= 2.0);
            }),
            1,
        ),
        (
            "scaled",
            changed(&|case| case.organs.iter_mut().for_each(|organ| organ.high = 11.0)),
            1,
        ),
        (
            "renamed",
            changed(&|case| case.organs[0].name = "Bladder_2"),
            3,
        ),
        (
            "swapped",
            changed(&|case| {
                case.organs[0].name = "Bag_Bowel";
                case.organs[1].name = "Bladder";
            }),
            1,
        ),
        (
            "another plan",
            changed(&|case| case.dose.plan = "2.25.77"),
            1,
        ),
        (
            "another frame of reference",
            changed(&|case| case.dose.frame_of_reference = "2.25.55"),
            3,
        ),
        (
            "no frame of reference",
            changed(&|case| case.frame = None),
            3,
        ),
        (
            "half the dose",
            changed(&|case| case.dose.scaling = "0.05"),
            1,
        ),
        ("centigray", changed(&|case| case.dose.scaling = "10"), 1),
        (
            "a part of the dose",
            changed(&|case| case.dose.summation = "BEAM"),
            3,
        ),
        (
            "a grid that cuts an organ",
            changed(&|case| {
                case.dose.size = (12, 12, 10);
                case.dose.offsets = Some("0\\2\\4\\6\\8\\10\\12\\14\\16\\18");
                case.dose.stored.truncate(10 * 144);
            }),
            1,
        ),
        (
            "a grid that cuts the bladder",
            changed(&|case| {
                case.dose.size = (12, 12, 9);
                case.dose.position = "0\\0\\6";
                case.dose.offsets = Some("0\\2\\4\\6\\8\\10\\12\\14\\16");
                case.dose.stored.drain(..3 * 144);
            }),
            3,
        ),
        ("without the plan", changed(&|case| case.plan = false), 3),
    ];
    for (what, case, wanted) in cases {
        let (exit, shown) = case.run(&[]);
        assert_eq!(exit, wanted, "{what}: {:#}", shown.unwrap());
    }
}

/// It would keep every upper limit.
#[test]
fn half_the_dose_or_a_hundredth_passes_no_limit() {
    let upper = "structure,metric,limit\nbladder,max,<= 19 Gy\nbowel bag,max,<= 40 Gy\n";
    for (scaling, exit) in [("0.1", 0), ("0.05", 1), ("0.001", 1)] {
        let case = changed(&|case| {
            case.limits = upper;
            case.dose.scaling = scaling;
        });
        assert_eq!(case.run(&[]).0, exit, "{scaling}");
        let given = changed(&|case| {
            case.limits = upper;
            case.dose.scaling = scaling;
            case.plan = false;
        });
        assert_eq!(given.run(&["--prescription", "45Gy"]).0, exit, "{scaling}");
    }
}

/// What is said where a limit is not held against a value.
/// Each fraction group has a number of fractions of its own, and each target a dose of its own.
#[test]
fn one_number_or_dose_does_not_stand_for_several() {
    let of = |change: &dyn Fn(&mut PlanFixture)| {
        let mut planned = pelvis();
        change(&mut planned);
        changed(&|case| {
            case.limits = "structure,metric,limit\nbladder,max,<= 40 Gy\n";
            case.planned = planned.clone();
        })
    };
    let boosted = of(&|plan| {
        plan.groups.push(GroupFixture {
            fractions: Some(8),
            beams: vec![beam(3, "1.8")],
        });
        plan.targets = vec![target("pelvis", "45"), target("boost", "14.4")];
    });
    let refused = boosted.run(&["--fractions", "33"]).1.unwrap_err();
    assert!(refused.contains("2 fraction groups"), "{refused}");
    // 48.3 Gy at most, and the groups give 59.4 Gy
    let (exit, shown) = boosted.run(&[]);
    let shown = shown.unwrap();
    assert_eq!((exit, &shown["limits"][0]["outcome"]), (1, &"pass".into()));
    let mut findings = shown["findings"].as_array().unwrap().iter();
    assert!(findings.any(|one| one["code"] == "dose.scale" && one["outcome"] == "fail"));
    let single = of(&|_| {});
    assert_eq!(single.run(&[]).0, 0);
    // the flag does not overrule the plan
    let refused = single.run(&["--prescription", "25Gy"]).1.unwrap_err();
    assert!(refused.contains("the plan has 45 Gy"), "{refused}");
    assert_eq!(single.run(&["--prescription", "45Gy"]).0, 0);
    let mut integrated = of(&|plan| {
        plan.targets = vec![target("low", "42"), target("high", "45")];
    });
    integrated.limits = "structure,metric,limit\nPTV,V95%,<= 2 %\n";
    assert_eq!(
        integrated.outcomes(&[]),
        (3, vec!["cannot_tell".to_string()])
    );
    assert_eq!(integrated.outcomes(&["--prescription", "42Gy"]).1, ["fail"]);
}

#[test]
fn a_table_of_limits_is_never_replaced() {
    let folder = Case::default().folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let before = std::fs::read(at("limits.csv")).unwrap();
    let files = ["rs.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
    let [structures, dose, plan, limits] = &files;
    let words = [
        "dvh", structures, dose, plan, "--limits", limits, "--csv", limits, "--force",
    ];
    let answer = chemorad(&words);
    assert_eq!(answer.exit, Some(2));
    assert_eq!(std::fs::read(limits).unwrap(), before);
}

#[test]
fn what_is_in_doubt_has_its_code() {
    let said = |case: &Case| case.run(&[]).1.unwrap();
    let without_plan = Case {
        plan: false,
        ..Case::default()
    };
    assert_eq!(
        said(&without_plan)["findings"][0]["code"],
        "limit.whole_dose"
    );
    let without_frame = Case {
        frame: None,
        ..Case::default()
    };
    let shown = said(&without_frame);
    let findings = shown["structures"][0]["findings"].as_array().unwrap();
    let mut codes = findings.iter().map(|finding| &finding["code"]);
    assert!(codes.any(|code| code == "structure.frame_of_reference"));
    let mut renamed = Case::default();
    renamed.organs[0].name = "Bladder_2";
    let limit = &said(&renamed)["limits"][0];
    assert_eq!(limit["code"], "limit.structure");
    assert_eq!(limit["name"], Value::Null);
    let message = limit["message"].as_str().unwrap();
    assert!(message.contains("\"Bladder_2\""), "{message}");
}

/// The patient is called SYNTHETIC^DOSE.
#[test]
fn what_names_the_patient_is_withheld() {
    let mut case = Case::default();
    case.organs[0].name = "Synthetic Dose bladder";
    let folder = case.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let named = at("synthetic dose.csv");
    std::fs::write(&named, "structure,metric,limit\nbladder,max,<= 19 Gy\n").unwrap();
    let files = [
        at("rs.dcm"),
        at("rd.dcm"),
        at("rp.dcm"),
        at("dvh.csv"),
        at("dvh.svg"),
    ];
    let [structures, dose, plan, csv, svg] = files.each_ref().map(String::as_str);
    let words = [
        "dvh", structures, dose, plan, "--limits", &named, "--csv", csv, "--plot", svg,
    ];
    let by_hand = ["--organ", "Synthetic Dose bladder=bladder", "--force"];
    for format in ["text", "json"] {
        let flags = [&words[..], &by_hand, &["--format", format]].concat();
        let answer = chemorad(&flags);
        assert_eq!(answer.exit, Some(0));
        let written = [csv, svg].map(|path| std::fs::read_to_string(path).unwrap());
        let shown = String::from_utf8(answer.stdout).unwrap();
        for shown in [&shown, &written[0], &written[1]] {
            assert!(!shown.to_lowercase().contains("synthetic dose"), "{shown}");
            assert!(
                shown.contains("withheld") || shown.contains("<svg"),
                "{shown}"
            );
        }
        let answer = chemorad(&[&flags[..], &["--show-patient"]].concat());
        let shown = String::from_utf8(answer.stdout).unwrap();
        assert!(shown.contains("Synthetic Dose bladder") && shown.contains("synthetic dose.csv"));
        // and where no structure is the organ
        let answer = chemorad(&[&words[..], &["--format", format, "--force"]].concat());
        assert_eq!(answer.exit, Some(3));
        let shown = String::from_utf8(answer.stdout).unwrap();
        assert!(!shown.to_lowercase().contains("synthetic dose"), "{shown}");
    }
}

#[test]
fn a_variation_warns_and_bounds_on_both_sides_are_not_told() {
    let table = |limits| Case {
        limits,
        ..Case::default()
    };
    let varied = table("structure,metric,limit,variation\nbladder,mean,<= 10.4 Gy,<= 11 Gy\n");
    assert_eq!(varied.outcomes(&[]), (0, vec!["warn".into()]));
    let beyond = table("structure,metric,limit,variation\nbladder,mean,<= 10 Gy,<= 10.4 Gy\n");
    assert_eq!(beyond.outcomes(&[]), (1, vec!["fail".into()]));
    // with and without end caps: to 18.9 and to 16.8 Gy, so 0.271 and 0.207 cc
    let ends = table("structure,metric,limit\nbladder,V10Gy,<= 0.25 cc\n");
    assert_eq!(ends.outcomes(&[]), (1, vec!["fail".into()]));
    let folder = ends.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let words = [
        "dvh",
        &at("rs.dcm"),
        &at("rd.dcm"),
        &at("rp.dcm"),
        "--limits",
        &at("limits.csv"),
    ];
    assert_eq!(chemorad(&words).exit, Some(3));
    let without = [&words[..], &["--solid", "slab-no-caps"]].concat();
    assert_eq!(chemorad(&without).exit, Some(0));
    // a share of the prescription, which the plan gives
    let share = table("structure,metric,limit\nPTV,V80%,>= 95 %\nPTV,V90%[%],>= 95 %\n");
    assert_eq!(share.outcomes(&[]), (1, vec!["pass".into(), "fail".into()]));
    let share = table("structure,metric,limit\nPTV,V79%,>= 95 %\n");
    assert_eq!(share.outcomes(&[]), (0, vec!["pass".into()]));
    let open = Case {
        plan: false,
        ..share
    };
    assert_eq!(open.outcomes(&[]), (3, vec!["cannot_tell".into()]));
}

#[test]
fn an_organ_is_named_by_hand_or_said_not_to_be_there() {
    let case = Case {
        limits: "structure,metric,limit\nfemoral heads,mean,<= 40 Gy\nrectum,V30Gy[cc],<= 1 cc\n",
        ..Case::default()
    };
    let (exit, outcomes) = case.outcomes(&[]);
    assert_eq!((exit, outcomes), (3, vec!["cannot_tell".into(); 2]));
    let hand = [
        "--organ",
        "Bladder=femoral heads",
        "--organ",
        "Bag_Bowel=femoral heads",
    ];
    let (exit, outcomes) = case.outcomes(&[&hand[..], &["--without", "rectum"]].concat());
    let wanted = ["pass", "pass", "not_applicable"].map(String::from);
    assert_eq!((exit, outcomes), (0, wanted.to_vec()));
    // an absolute volume is that of both
    let both = [
        "--organ",
        "Bladder=rectum",
        "--organ",
        "PTV=rectum",
        "--without",
        "femoral heads",
    ];
    assert_eq!(case.outcomes(&both).0, 3);
    let refused = |flags: &[&str], part: &str| {
        let message = case.run(flags).1.unwrap_err();
        assert!(message.contains(part), "{message}");
    };
    refused(
        &["--organ", "Bladder=bowel"],
        "there are: femoral heads, rectum",
    );
    refused(
        &["--organ", "Blader=rectum"],
        "there are: Bladder, Bag_Bowel, PTV",
    );
    refused(&["--without", "liver"], "no limit is for");
    refused(&["--limits", "quantec"], "quantec-bowel");
    refused(
        &["--organ", "PTV=rectum", "--organ", "PTV=femoral heads"],
        "keep one",
    );
}

#[test]
fn tables_come_by_name_and_from_protocols() {
    let case = Case::default();
    let bowel = ["--limits", "quantec-bowel", "--without", "bowel loops"];
    let (exit, outcomes) = case.outcomes(&bowel);
    // a bag of 0.512 cc keeps 195 cc whatever its dose is
    assert_eq!(
        (exit, outcomes),
        (3, vec!["not_applicable".into(), "cannot_tell".into()])
    );
    let (exit, shown) = case.run(&["--limits", "RTOG-0529"]);
    let shown = shown.unwrap();
    assert_eq!(exit, 3);
    let limits = shown["limits"].as_array().unwrap();
    let of = |organ: &str| {
        limits
            .iter()
            .filter(|limit| limit["structure"] == organ)
            .count()
    };
    assert_eq!(of("small bowel"), 4);
    assert_eq!(of("bladder"), 3);
    let bladder = limits
        .iter()
        .find(|limit| limit["structure"] == "bladder")
        .unwrap();
    assert_eq!(bladder["outcome"], "pass");
    let folder = case.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let words = [
        "dvh",
        &at("rs.dcm"),
        &at("rd.dcm"),
        &at("rp.dcm"),
        "--protocol",
        "NCT06949098",
    ];
    let answer = chemorad(&words);
    assert_eq!(answer.exit, Some(2));
    assert!(
        String::from_utf8(answer.stderr)
            .unwrap()
            .contains("states no limits")
    );
}

#[test]
fn a_table_that_is_wrong_is_refused_with_its_place() {
    for (table, part) in [
        ("structure,metric,limit\nbladder,V40Gy,50 %\n", "line 2"),
        ("structure,metric,limit\nbladder,V40,< 50 %\n", "V45Gy[cc]"),
        ("structure,metric,limit\nbladder,D2cc,< 50 %\n", "is in Gy"),
        (
            "structure,metric,limit\nbladder,V40Gy,< 101 %\n",
            "at most 100 %",
        ),
        (
            "structure,metric,limit,varation\nbladder,V40Gy,< 10 %,\n",
            "variation",
        ),
        ("structure,metric\nbladder,V40Gy\n", "\"limit\" is missing"),
        ("structure,metric,limit\n", "no limit"),
        (
            "structure,metric,limit\nbladder,V40Gy,< 10 %\nbladder,V40Gy[%],< 20 %\n",
            "two limits",
        ),
        (
            "structure,metric,limit,variation\nbladder,V40Gy,< 10 %,< 5 %\n",
            "permit more",
        ),
    ] {
        let case = Case {
            limits: table,
            ..Case::default()
        };
        let message = case.run(&[]).1.unwrap_err();
        assert!(message.contains(part), "{table}: {message}");
    }
}

#[test]
fn a_limit_in_eqd2_takes_the_fractions_of_the_plan() {
    // 18.9 Gy in 25 fractions at 3 Gy: 18.9 (3 + 0.756) / 5 = 14.2 Gy
    let case = Case {
        limits: "structure,metric,limit,alpha_beta\nbladder,max,<= 14.3 Gy,3 Gy\nbladder,max,<= 14.1 Gy,2.9 Gy\n",
        ..Case::default()
    };
    let (exit, outcomes) = case.outcomes(&[]);
    assert_eq!((exit, outcomes), (1, vec!["pass".into(), "fail".into()]));
    let open = Case {
        plan: false,
        ..case
    };
    let outcomes = |flags: &[&str]| open.outcomes(flags).1;
    assert_eq!(outcomes(&[]), ["cannot_tell", "cannot_tell"]);
    assert_eq!(outcomes(&["--fractions", "25"]), ["pass", "fail"]);
}

#[test]
fn check_holds_the_plan_against_limits_too() {
    let case = Case::default();
    let folder = case.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let files = ["rp.dcm", "rd.dcm", "rs.dcm"].map(at);
    let files = files.each_ref().map(String::as_str);
    let check = |limits: &str| {
        std::fs::write(folder.path().join("limits.csv"), limits).unwrap();
        let table = at("limits.csv");
        let flags = [
            "--prescribed",
            "45Gy/25",
            "--limits",
            &table,
            "--solid",
            "slab",
            "--format",
            "json",
        ];
        let answer = chemorad(&[&["check"], &files[..], &flags].concat());
        (answer.exit, strict(&answer.stdout))
    };
    let (exit, shown) = check(LIMITS);
    assert_eq!(exit, Some(0), "{shown:#}");
    assert_eq!(shown["limits"].as_array().unwrap().len(), 4);
    let (exit, shown) = check("structure,metric,limit\nbladder,max,<= 18 Gy\n");
    assert_eq!(exit, Some(1));
    assert_eq!(shown["outcome"], "fail");
    let findings = shown["findings"].as_array().unwrap();
    let of_limit = findings
        .iter()
        .find(|one| one["code"] == "limit.dose_volume");
    assert_eq!(of_limit.unwrap()["outcome"], "fail");
    let alone = [
        "check",
        files[0],
        "--prescribed",
        "45Gy/25",
        "--limits",
        "quantec-bowel",
    ];
    let answer = chemorad(&alone);
    assert_eq!(answer.exit, Some(2));
    assert!(
        String::from_utf8(answer.stderr)
            .unwrap()
            .contains("RT Structure Set")
    );
}
