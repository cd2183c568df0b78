//! The pages of `check`, `inspect` and `dose` on synthetic files: text, JSON and HTML are held as they
//! are.

use chemorad::text::is_control_or_bidi;
use chemorad_cli::answer;
use chemorad_cli::files::Memory;

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use crate::common::cases::{doses, plans};
use crate::common::{dose, encoded, sequence, text};
use crate::fixtures;
use crate::harness::environment;
use crate::snapshots::hold;

/// A cumulative histogram of a region; the tag of its maximum may be in percent.
fn histogram(region: &str, maximum: &str) -> InMemDicomObject {
    let mut roi = InMemDicomObject::new_empty();
    text(&mut roi, tags::REFERENCED_ROI_NUMBER, VR::IS, region);
    let mut histogram = InMemDicomObject::new_empty();
    for (tag, vr, value) in [
        (tags::DVH_TYPE, VR::CS, "CUMULATIVE"),
        (tags::DOSE_UNITS, VR::CS, "GY"),
        (tags::DVH_DOSE_SCALING, VR::DS, "1.0"),
        (tags::DVH_VOLUME_UNITS, VR::CS, "CM3"),
        (tags::DVH_NUMBER_OF_BINS, VR::IS, "2"),
        (tags::DVH_MAXIMUM_DOSE, VR::DS, maximum),
        (tags::DVH_MEAN_DOSE, VR::DS, "3.35e+001"),
        (tags::DVH_DATA, VR::DS, "45.5\\100\\0.5\\0"),
    ] {
        text(&mut histogram, tag, vr, value);
    }
    sequence(&mut histogram, tags::DVH_REFERENCED_ROI_SEQUENCE, vec![roi]);
    histogram
}

/// A dose with three histograms, two of them with a maximum in percent.
fn histograms() -> Vec<u8> {
    let mut object = dose().object();
    let histograms = [("1", "4.6e+001"), ("2", "102.2"), ("5", "98.76543")];
    let histograms = histograms.map(|(region, maximum)| histogram(region, maximum));
    sequence(&mut object, tags::DVH_SEQUENCE, histograms.into());
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// Every synthetic file, those of `check` by their names and those of the reader as `NAME.dcm`.
fn files() -> Memory {
    let of_the_reader = plans().into_iter().chain(doses());
    let of_the_reader = of_the_reader.map(|(name, bytes)| (format!("{name}.dcm"), bytes));
    let of_check = fixtures::all().into_iter();
    let of_check = of_check.map(|(name, bytes)| (name.to_string(), bytes));
    let others = [
        ("structures.dcm".to_string(), fixtures::structures()),
        ("hostile.dcm".to_string(), fixtures::hostile()),
        ("histograms.dcm".to_string(), histograms()),
    ];
    let of_limits = crate::limits::of_the_book().into_iter();
    let of_limits = of_limits.map(|(name, bytes)| (name.to_string(), bytes));
    of_the_reader
        .chain(of_check)
        .chain(others)
        .chain(of_limits)
        .collect()
}

/// Text and JSON of a command, and its report where it writes one, else its page.
#[track_caller]
fn snapshot(name: &str, command: &str) {
    let words = command
        .split_whitespace()
        .map(|word| word.replace('_', " "));
    let arguments = std::iter::once("chemorad".to_string()).chain(words);
    let answered = answer(arguments, &environment(), &files()).unwrap();
    let report = answered
        .files
        .iter()
        .find(|file| file.path.extension().is_some_and(|ending| ending == "html"));
    let page = match report {
        Some(file) => String::from_utf8(file.bytes.clone()).unwrap(),
        None => answered.document.to_html(),
    };
    let (_, body) = page.split_once("<body>").unwrap();
    let text = answered.document.to_text(80);
    let body = body.replace("><", ">\n<");
    hold(name, command, answered.exit, &[text, answered.json, body]);
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
    check_passes: "check pelvis.dcm boost.dcm dose.dcm --protocol NCT06949098 --arm adverse --report r.html",
    check_fails: "check boost.dcm one-fraction-too-many.dcm --protocol NCT06949098 --arm adverse --report r.html",
    check_cannot_tell: "check target-without-dose.dcm structures.dcm --prescribed pelvis=45Gy/25 --report r.html",
    check_with_work: "check rounded-beams.dcm --prescribed 45Gy/25 --tolerance total=0.5% --show-work",
    check_of_typed_numbers: "check --planned 20_x_1.8Gy --prescribed 36Gy/12",
    check_with_histograms: "check pelvis.dcm histograms.dcm --prescribed pelvis=45Gy/25",
    check_of_each: "check pelvis.dcm rejected.dcm ion.dcm dose-elsewhere.dcm --each --prescribed pelvis=45Gy/25 --report r.html",
    check_of_a_hostile_plan: "check hostile.dcm --prescribed 45Gy/25",
    inspect_a_plan: "inspect plan-with-boost.dcm",
    inspect_a_plan_with_faults: "inspect plan-setup-beams.dcm",
    inspect_a_plan_without_doses: "inspect plan-no-beam-dose.dcm",
    inspect_a_dose: "inspect dose-pelvis.dcm",
    inspect_histograms: "inspect histograms.dcm",
    inspect_an_implausible_dose: "inspect dose-implausible.dcm",
    inspect_structures: "inspect structures.dcm",
    inspect_several: "inspect pelvis.dcm boost.dcm dose.dcm structures.dcm",
    dvh: "dvh organs.dcm organ-dose.dcm --solid slab --structure PTV --prescription 36Gy --indices",
    dvh_in_eqd2: "dvh organs.dcm organ-dose.dcm organ-plan.dcm --eqd2 3Gy --metric mean,max",
    dvh_against_limits: "dvh organs.dcm organ-dose.dcm organ-plan.dcm --limits limits.csv --solid slab --report r.html",
    check_against_limits: "check organ-plan.dcm organ-dose.dcm organs.dcm --prescribed pelvis=45Gy/25 --limits limits.csv --solid slab --report r.html",
    dose_statistics: "dose stats dose-pelvis.dcm --dose-at-volume 2%",
    dose_statistics_of_relative_dose: "dose stats dose-relative.dcm",
    dose_statistics_of_an_implausible_dose: "dose stats dose-implausible.dcm",
    dose_sum: "dose sum dose-pelvis.dcm dose-boost.dcm -o sum.dcm",
    dose_eqd2: "dose eqd2 --phase dose-pelvis.dcm=25 --phase dose-boost.dcm=8 --alpha-beta 3Gy -o eqd2.dcm --show-work",
    dose_bed: "dose bed dose-pelvis.dcm --fractions 25 --endpoint rectal-adenocarcinoma-locoregional-control -o bed.dcm",
}

/// A name can hold characters that drive a terminal or turn the direction of writing.
#[test]
fn no_format_lets_a_name_steer_its_reader() {
    let name = "a\u{202e}\u{9b}b.dcm";
    let files = Memory::from_iter([(name, fixtures::hostile())]);
    let arguments = ["chemorad", "check", name, "--prescribed", "45Gy/25"];
    let answered = answer(arguments, &environment(), &files).unwrap();
    for shown in [
        answered.document.to_text(80),
        answered.document.to_html(),
        answered.document.to_markdown(),
        answered.json,
    ] {
        let steering = shown.chars().find(|c| is_control_or_bidi(*c) && *c != '\n');
        assert_eq!(steering, None, "{shown}");
        assert!(shown.contains("202e"), "{shown}");
    }
}
