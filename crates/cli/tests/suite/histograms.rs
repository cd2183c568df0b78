//! Histograms as files and pictures, doses as EQD2 and BED, indices.

use serde_json::Value;

use crate::harness::{chemorad, near};
use crate::limits::Case;
use crate::strict_json::strict;

struct Run {
    folder: tempfile::TempDir,
    plan: bool,
}

impl Run {
    fn new(plan: bool) -> Self {
        Self {
            folder: Case::default().folder(),
            plan,
        }
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn run(&self, flags: &[&str]) -> (Option<i32>, Result<Value, String>) {
        let mut words = vec!["dvh".to_string(), self.at("rs.dcm"), self.at("rd.dcm")];
        words.extend(self.plan.then(|| self.at("rp.dcm")));
        words.extend(["--format", "json", "--solid", "slab"].map(String::from));
        words.extend(flags.iter().map(ToString::to_string));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let answer = chemorad(&words);
        match answer.exit {
            Some(2) => (answer.exit, Err(String::from_utf8(answer.stderr).unwrap())),
            exit => (exit, Ok(strict(&answer.stdout))),
        }
    }
}

#[test]
fn a_histogram_is_written_with_bounds_and_not_over_another_file() {
    let run = Run::new(true);
    let (csv, svg) = (run.at("dvh.csv"), run.at("dvh.svg"));
    let files = [
        "--csv",
        &csv,
        "--plot",
        &svg,
        "--limits",
        &run.at("limits.csv"),
    ];
    let (exit, shown) = run.run(&files);
    assert_eq!(exit, Some(0), "{shown:?}");
    let text = std::fs::read_to_string(&csv).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "structure,quantity,dose_gy,volume_cc,volume_lower_cc,volume_upper_cc,outside_grid_cc"
        )
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let number = |text: &str| text.parse::<f64>().unwrap();
    let of = |name: &str| rows.iter().filter(|row| row[0] == name).collect::<Vec<_>>();
    let bladder = of("Bladder");
    assert!(bladder.len() > 50);
    assert_eq!(of("Bag_Bowel").len(), bladder.len());
    assert_eq!(bladder[0][1..4], ["absorbed dose", "0.00", "0.5120"]);
    assert_eq!(bladder.last().unwrap()[3], "0.0000");
    for pair in bladder.windows(2) {
        assert!(
            number(pair[1][3]) <= number(pair[0][3]),
            "volumes never rise"
        );
    }
    for row in &bladder {
        // 2.1 to 18.9 Gy, evenly
        let wanted = (0.512 * (18.9 - number(row[2])) / 16.8).clamp(0.0, 0.512);
        assert!(
            number(row[4]) - 1e-4 <= wanted && wanted <= number(row[5]) + 1e-4,
            "{row:?}"
        );
        assert!((number(row[3]) - wanted).abs() < 0.003, "{row:?}");
    }
    let picture = std::fs::read_to_string(&svg).unwrap();
    assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"));
    for part in [
        "Bladder",
        "Bag_Bowel",
        "1: bladder: max[Gy]",
        "Volume over dose",
    ] {
        assert!(picture.contains(part), "{part}");
    }
    let words = picture.split('<').filter_map(|part| part.split_once('>'));
    let words: Vec<&str> = words
        .flat_map(|(_, text)| text.split_whitespace())
        .collect();
    let words = words.join(" ");
    assert!(
        words.contains("limits not drawn: bladder: mean[Gy]"),
        "{words}"
    );
    // there already, and not replaced unless asked for
    let before = std::fs::read(&csv).unwrap();
    let (exit, message) = run.run(&["--csv", &csv, "--eqd2", "3Gy"]);
    assert_eq!(exit, Some(2));
    assert!(message.unwrap_err().contains("--force"));
    assert_eq!(std::fs::read(&csv).unwrap(), before);
    let (exit, _) = run.run(&["--csv", &csv, "--eqd2", "3Gy", "--force"]);
    assert_eq!(exit, Some(0));
    let after = std::fs::read_to_string(&csv).unwrap();
    assert!(after.contains("Bladder,EQD2Gy(a/b = 3),"));
    for (flag, path, part) in [
        ("--csv", run.at("dvh.txt"), ".csv"),
        ("--plot", run.at("dvh.png"), ".svg"),
        ("--csv", run.at("limits.csv"), "--force"),
    ] {
        let message = run.run(&[flag, &path]).1.unwrap_err();
        assert!(message.contains(part), "{message}");
    }
    let refused = run.run(&["--plot", &run.at("rd.dcm")]).1;
    assert!(refused.is_err());
}

#[test]
fn a_report_holds_the_picture() {
    let run = Run::new(true);
    let page = run.at("page.html");
    let (exit, _) = run.run(&["--limits", &run.at("limits.csv"), "--report", &page]);
    assert_eq!(exit, Some(0));
    let page = std::fs::read_to_string(&page).unwrap();
    for part in [
        "<svg",
        "Volume over dose",
        "bowel bag",
        "V27.3Gy[cc] &lt;= 0.26 cc",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn metrics_in_eqd2_and_bed_take_the_fractions_of_the_plan() {
    let run = Run::new(true);
    let asked = ["--structure", "Bladder", "--metric", "max,mean,V12Gy[%]"];
    let (exit, shown) = run.run(&[&asked[..], &["--eqd2", "3Gy"]].concat());
    let shown = shown.unwrap();
    assert_eq!(exit, Some(0));
    assert_eq!(shown["effect"]["label"], "EQD2Gy(a/b = 3)");
    assert_eq!(shown["effect"]["fractions"], 25);
    let metrics = shown["structures"][0]["metrics"].clone();
    near(&metrics[0]["value"], 18.9 * (3.0 + 0.756) / 5.0, 1e-3);
    // the mean of D (1 + D / 75) / (1 + 2/3), D even between 2.1 and 18.9 Gy
    let square = (18.9_f64.powi(3) - 2.1_f64.powi(3)) / 3.0 / 16.8;
    near(&metrics[1]["value"], 0.6 * (10.5 + square / 75.0), 1e-3);
    let (_, bed) = run.run(&[&asked[..], &["--bed", "3Gy"]].concat());
    let bed = bed.unwrap()["structures"][0]["metrics"][1]["value"].clone();
    near(&bed, 10.5 + square / 75.0, 1e-3);
    // no plan, no number of fractions, no guess
    let alone = Run::new(false);
    let message = alone.run(&["--eqd2", "3Gy"]).1.unwrap_err();
    assert!(message.contains("--fractions"), "{message}");
    let given = [&asked[..], &["--eqd2", "3Gy", "--fractions", "25"]].concat();
    assert_eq!(alone.run(&given).0, Some(0));
    let other = [&asked[..], &["--eqd2", "3Gy", "--fractions", "20"]].concat();
    assert!(run.run(&other).1.unwrap_err().contains("the plan has 25"));
    assert!(run.run(&["--eqd2", "3Gy", "--bed", "3Gy"]).1.is_err());
}

#[test]
fn indices_are_of_a_stated_dose() {
    let alone = Run::new(false);
    let asked = ["--structure", "PTV", "--indices"];
    let message = alone.run(&asked).1.unwrap_err();
    assert!(message.contains("--prescription"), "{message}");
    assert!(
        alone
            .run(&["--indices", "--prescription", "36Gy"])
            .1
            .is_err()
    );
    let (_, shown) = alone.run(&[&asked[..], &["--prescription", "36Gy"]].concat());
    let indices = shown.unwrap()["structures"][0]["indices"].clone();
    let of = |name: &str| {
        let mut all = indices.as_array().unwrap().iter();
        all.find(|one| one["index"] == name).unwrap().clone()
    };
    // 36 Gy at 17.143 mm, of 17 to 21 mm
    near(&of("coverage")["value"], (21.0 - 36.0 / 2.1) / 4.0, 2e-3);
    near(&of("homogeneity_icru83")["value"], 0.96 * 8.4 / 39.9, 1e-3);
    // the dose rises to the edge of the grid, so its isodoses are cut
    assert!(of("conformity_rtog").get("value").is_none());
    assert_eq!(of("conformity_rtog")["formula"], "PIV / TV");
}

/// What `dvh` writes is what the models read, without a word more.
#[test]
fn a_histogram_goes_from_dvh_to_a_model() {
    let mut case = Case::default();
    case.organs[0].name = "=Bladder, \"old\"\nand = new";
    case.organs[1].name = "#2";
    // as large as the largest dose of the grid, from end to end
    case.dose.stored.fill(450);
    let run = Run {
        folder: case.folder(),
        plan: true,
    };
    let csv = run.at("dvh.csv");
    let (exit, shown) = run.run(&["--csv", &csv]);
    let shown = shown.unwrap();
    assert_eq!(exit, Some(0), "{shown:#}");
    let model = [
        "--model",
        "logistic",
        "--a",
        "-10",
        "--tcd50",
        "45Gy",
        "--gamma50",
        "2",
        "--endpoint",
        "control",
        "--source",
        "nobody",
        "--format",
        "json",
    ];
    for structure in shown["structures"].as_array().unwrap() {
        let name = structure["name"].as_str().unwrap();
        let answer = chemorad(&[&["tcp", &csv, "--structure", name], &model[..]].concat());
        assert_eq!(answer.exit, Some(0), "{name}: {answer:?}");
        let answer = strict(&answer.stdout);
        assert_eq!(answer["histogram"]["kind"], "cumulative");
        // bins of 0.5 Gy
        near(&answer["geud"]["value"], 45.0, 0.26);
        near(
            &answer["histogram"]["volume"]["value"],
            structure["volume"]["value"].as_f64().unwrap(),
            1e-4,
        );
    }
    // the outermost frames are gone: the bladder begins before the first one
    let mut case = Case::default();
    case.dose.size = (12, 12, 9);
    case.dose.position = "0\\0\\6";
    case.dose.offsets = Some("0\\2\\4\\6\\8\\10\\12\\14\\16");
    case.dose.stored.drain(..3 * 144);
    let run = Run {
        folder: case.folder(),
        plan: true,
    };
    let csv = run.at("dvh.csv");
    assert_eq!(run.run(&["--csv", &csv]).0, Some(3));
    let cut = chemorad(&[&["tcp", &csv, "--structure", "Bladder"], &model[..]].concat());
    let message = String::from_utf8(cut.stderr).unwrap();
    assert_eq!(cut.exit, Some(2));
    assert!(
        message.contains("0.32 cc lie outside the dose grid"),
        "{message}"
    );
    let whole = chemorad(&[&["tcp", &csv, "--structure", "PTV"], &model[..]].concat());
    assert_eq!(whole.exit, Some(0));
}

/// Those of other programs stand beside ours.
#[test]
fn histograms_of_the_dose_file_are_compared() {
    use crate::common::{encoded, sequence, text};
    use dicom_core::VR;
    use dicom_dictionary_std::{tags, uids};
    use dicom_object::InMemDicomObject;

    let stored = |region: &str| {
        let mut roi = InMemDicomObject::new_empty();
        text(&mut roi, tags::REFERENCED_ROI_NUMBER, VR::IS, region);
        let mut histogram = InMemDicomObject::new_empty();
        for (tag, vr, value) in [
            (tags::DVH_TYPE, VR::CS, "CUMULATIVE"),
            (tags::DOSE_UNITS, VR::CS, "GY"),
            (tags::DVH_DOSE_SCALING, VR::DS, "1"),
            (tags::DVH_VOLUME_UNITS, VR::CS, "CM3"),
            (tags::DVH_NUMBER_OF_BINS, VR::IS, "2"),
            (tags::DVH_MEAN_DOSE, VR::DS, "10.7"),
            (tags::DVH_DATA, VR::DS, "18.9\\0.5\\0.5\\0"),
        ] {
            text(&mut histogram, tag, vr, value);
        }
        sequence(&mut histogram, tags::DVH_REFERENCED_ROI_SEQUENCE, vec![roi]);
        histogram
    };
    let run = Run::new(true);
    let mut dose = Case::default().dose.object();
    sequence(
        &mut dose,
        tags::DVH_SEQUENCE,
        vec![stored("1"), stored("9")],
    );
    let bytes = encoded(dose, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    std::fs::write(run.at("rd.dcm"), bytes).unwrap();
    let shown = run.run(&[]).1.unwrap();
    let found = &shown["structures"][0]["stored"];
    assert_eq!(found[0]["metric"], "volume");
    near(&found[0]["stored"], 0.5, 1e-12);
    near(&found[0]["difference"], -0.012, 1e-9);
    assert_eq!(found[1]["metric"], "mean");
    near(&found[1]["difference"], 0.2, 1e-5);
    assert_eq!(found[1]["unit"], "Gy");
    assert!(shown["structures"][1].get("stored").is_none());
    let words = [
        "dvh",
        &run.at("rs.dcm"),
        &run.at("rd.dcm"),
        "--solid",
        "slab",
    ];
    let page = String::from_utf8(chemorad(&words).stdout).unwrap();
    assert!(
        page.contains("Histograms that the dose file holds") && page.contains("+0.200"),
        "{page}"
    );
}
