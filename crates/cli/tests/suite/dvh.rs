//! Dose in structures, from files.

use std::path::Path;

use dicom_dictionary_std::uids;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::contoured::contoured as structures;
use crate::common::{DoseFixture, dose, encoded};
use crate::harness::{chemorad, near};
use crate::strict_json::strict;

/// 2 Gy more for each frame of 2 mm.
pub(crate) fn rising(units: &'static str) -> DoseFixture {
    DoseFixture {
        units: Some(units),
        scaling: "1",
        size: (6, 6, 6),
        offsets: Some("0\\2\\4\\6\\8\\10"),
        position: "0\\0\\0",
        stored: (0..6).flat_map(|frame| [2 * frame; 36]).collect(),
        ..dose()
    }
}

fn folder(structures: &[u8], dose: &DoseFixture) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dose = encoded(dose.object(), uids::EXPLICIT_VR_LITTLE_ENDIAN);
    std::fs::write(folder.path().join("rs.dcm"), structures).unwrap();
    std::fs::write(folder.path().join("rd.dcm"), dose).unwrap();
    folder
}

fn dvh(folder: &Path, flags: &[&str]) -> (Option<i32>, Result<Value, String>) {
    let files = ["rs.dcm", "rd.dcm"].map(|name| folder.join(name).display().to_string());
    let files = files.each_ref().map(String::as_str);
    let answer = chemorad(&[&["dvh"], &files[..], flags, &["--format", "json"]].concat());
    let shown = match answer.exit {
        Some(2) => Err(String::from_utf8(answer.stderr).unwrap()),
        _ => Ok(strict(&answer.stdout)),
    };
    (answer.exit, shown)
}

#[test]
fn a_box_in_a_dose_that_rises() {
    let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &rising("GY"));
    let metrics = "mean,D95%,D50%,V5Gy[cc],V5Gy[%],CV5Gy[cc],DC0.128cc";
    let flags = ["--structure", "Box", "--metric", metrics, "--solid", "slab"];
    let (exit, found) = dvh(folder.path(), &flags);
    let found = found.unwrap();
    assert_eq!(exit, Some(0), "{found}");
    let structure = &found["structures"][0];
    // 8 x 8 x 8 mm, from 1 to 9 mm: 1 to 9 Gy
    near(&structure["volume"]["value"], 0.512, 1e-9);
    let wanted = [5.0, 1.4, 5.0, 0.256, 50.0, 0.256, 3.0];
    for (metric, wanted) in structure["metrics"].as_array().unwrap().iter().zip(wanted) {
        near(&metric["value"], wanted, 0.02);
        assert!(
            metric["lower"].as_f64().unwrap() <= wanted + 1e-9,
            "{metric}"
        );
        assert!(
            metric["upper"].as_f64().unwrap() >= wanted - 1e-9,
            "{metric}"
        );
    }
    assert_eq!(structure["metrics"][3]["metric"], "V5Gy[cc]");
    assert_eq!(structure["metrics"][3]["unit"], "cc");
    // without a choice the bounds enclose the solid that ends at its end planes
    let (_, both) = dvh(folder.path(), &["--structure", "Box"]);
    let volume = &both.unwrap()["structures"][0]["volume"];
    near(&volume["value"], 0.512, 1e-9);
    near(&volume["lower"], 0.384, 1e-9);
    let (_, without) = dvh(
        folder.path(),
        &["--structure", "Box", "--solid", "slab-no-caps"],
    );
    near(
        &without.unwrap()["structures"][0]["volume"]["value"],
        0.384,
        1e-9,
    );
}

#[test]
fn what_has_no_value_is_said() {
    let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &rising("GY"));
    let (exit, all) = dvh(folder.path(), &[]);
    let all = all.unwrap();
    assert_eq!(exit, Some(3));
    let why = all["structures"][1]["not_calculated"].as_str().unwrap();
    assert!(why.contains("not a volume of 0 cc"));
    // 4 x 4 and 6 x 6 mm, of which 2 x 2 are in both
    let crossing = &all["structures"][2];
    near(&crossing["volume"]["value"], 0.352, 1e-9);
    assert_eq!(crossing["findings"][0]["code"], "structure.overlap");
    for name in ["Empty", "Crossing"] {
        assert_eq!(dvh(folder.path(), &["--structure", name]).0, Some(3));
    }
    let refused = |flags: &[&str]| dvh(folder.path(), flags).1.unwrap_err();
    assert!(refused(&["--structure", "box"]).contains("Box, Empty, Crossing"));
    assert!(refused(&["--metric", "V45Gy"]).contains("V45Gy[cc]"));
    assert_eq!(dvh(folder.path(), &["--structure", "Box"]).0, Some(0));
    assert!(refused(&["--spacing", "3"]).contains("3mm"));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    for (set, dose, part) in [
        (
            structures("synthetic-2", "CLOSED_PLANAR"),
            rising("GY"),
            "different patients",
        ),
        (
            structures("synthetic-1", "CLOSED_PLANAR"),
            rising("RELATIVE"),
            "gray",
        ),
    ] {
        let folder = folder(&set, &dose);
        let message = dvh(folder.path(), &[]).1.unwrap_err();
        assert!(message.contains(part), "{message}");
    }
    // lines that are not closed enclose nothing
    let open = folder(&structures("synthetic-1", "OPEN_PLANAR"), &rising("GY"));
    assert_eq!(dvh(open.path(), &["--structure", "Box"]).0, Some(3));
}

/// The codes of what is said of contours and of the grid.
#[test]
fn a_structure_that_the_grid_cuts_has_no_mean() {
    let mut cut = rising("GY");
    cut.size = (6, 6, 4);
    cut.offsets = Some("0\\2\\4\\6");
    cut.stored.truncate(4 * 36);
    let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &cut);
    let (exit, found) = dvh(folder.path(), &["--structure", "Box", "--metric", "mean"]);
    let found = found.unwrap();
    assert_eq!(exit, Some(3));
    // without a name too: what is not known does not pass
    assert_eq!(dvh(folder.path(), &[]).0, Some(3));
    let codes = found["structures"][0]["findings"].as_array().unwrap();
    let codes: Vec<&str> = codes
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["structure.small", "structure.outside_grid"]);
}

/// The dose of a beam or a fraction group looks like that of a plan that gives too little.
#[test]
fn the_dose_of_a_part_is_not_that_of_a_plan() {
    for (summation, exit) in [
        ("PLAN", 0),
        ("MULTI_PLAN", 0),
        ("BEAM", 3),
        ("FRACTION", 3),
        ("RECORD", 3),
    ] {
        let mut dose = rising("GY");
        dose.summation = summation;
        let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &dose);
        let (found, shown) = dvh(folder.path(), &["--structure", "Box"]);
        assert_eq!(found, Some(exit), "{summation}: {shown:?}");
        let shown = shown.unwrap();
        let mut said = shown["findings"].as_array().unwrap().iter();
        let is_said = said.any(|one| one["code"] == "structure.dose_of_part");
        assert_eq!(is_said, exit == 3, "{summation}");
        let stated = ["--structure", "Box", "--part-of-plan"];
        assert_eq!(dvh(folder.path(), &stated).0, Some(0), "{summation}");
    }
}

/// The smallest dose is that of all of the structure, by both names.
#[test]
fn a_minimum_is_the_dose_of_the_whole() {
    let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &rising("GY"));
    let metrics = "D100%,min,max";
    let flags = ["--structure", "Box", "--metric", metrics, "--solid", "slab"];
    let (exit, found) = dvh(folder.path(), &flags);
    assert_eq!(exit, Some(0));
    let found = found.unwrap()["structures"][0]["metrics"].clone();
    assert_eq!(found[0], found[1]);
    near(&found[0]["value"], 1.0, 1e-6);
    near(&found[2]["value"], 9.0, 1e-6);
}

/// A stated spacing is for one plane; that of several planes is theirs.
#[test]
fn a_stated_spacing_that_is_not_that_of_the_planes_is_said() {
    let folder = folder(&structures("synthetic-1", "CLOSED_PLANAR"), &rising("GY"));
    for (stated, codes) in [
        ("2mm", vec!["structure.small"]),
        ("5mm", vec!["structure.spacing", "structure.small"]),
    ] {
        let (exit, found) = dvh(folder.path(), &["--structure", "Box", "--spacing", stated]);
        assert_eq!(exit, Some(0));
        let structure = found.unwrap()["structures"][0].clone();
        near(&structure["volume"]["value"], 0.512, 1e-9);
        let findings = structure["findings"].as_array().unwrap().iter();
        let found: Vec<&str> = findings.map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(found, codes);
    }
}
