//! Slips in structures and doses: contours moved by a plane, scaled, exchanged, renamed; a dose of another plan, of half
//! the fractions, in centigray, or cut off. None of them passes without a word.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use serde_json::Value;

use crate::common::contoured::{Block, blocks_of};
use crate::common::{encoded, sequence, text};
use crate::harness::chemorad;
use crate::limits::Case;
use crate::strict_json::strict;

/// Wide organs: each from where the one before ends.
fn organs() -> Vec<Block> {
    let block = |name, first: i32, planes: i32| Block {
        name,
        low: 1.0,
        high: 25.0,
        planes: (0..planes)
            .map(|plane| f64::from(first + 2 * plane))
            .collect(),
    };
    vec![block("Bladder", 2, 4), block("PTV", 16, 3)]
}

/// What a planning system stored of the organs: volume, mean and maximum.
const STORED: [(&str, &str, &str, &str); 2] = [
    ("1", "4.608", "10.5", "18.9"),
    ("2", "3.456", "37.8", "44.1"),
];

/// How a planning system stores a histogram.
#[derive(Clone, Copy, PartialEq)]
enum Stored {
    Nothing,
    /// Its mean and maximum in tags, and one bin.
    Tags,
    /// Bins alone.
    Bins,
}

/// Bins of 0.1 Gy of a dose that is spread evenly.
fn even(volume: &str, mean: &str, maximum: &str) -> String {
    let [volume, mean, maximum] = [volume, mean, maximum].map(|text| text.parse::<f64>().unwrap());
    let minimum = 2.0 * mean - maximum;
    let bins = (0..1000).map(|bin| f64::from(bin) * 0.1);
    let bins = bins.take_while(|dose| *dose < maximum + 0.2).map(|dose| {
        let share = ((maximum - dose) / (maximum - minimum)).clamp(0.0, 1.0);
        format!("0.1\\{:.4}", volume * share)
    });
    bins.collect::<Vec<_>>().join("\\")
}

fn histograms(stored: Stored) -> Vec<InMemDicomObject> {
    let all = STORED.iter().map(|(region, volume, mean, maximum)| {
        let mut roi = InMemDicomObject::new_empty();
        text(&mut roi, tags::REFERENCED_ROI_NUMBER, VR::IS, region);
        let mut histogram = InMemDicomObject::new_empty();
        for (tag, vr, value) in [
            (tags::DVH_TYPE, VR::CS, "CUMULATIVE"),
            (tags::DOSE_UNITS, VR::CS, "GY"),
            (tags::DVH_DOSE_SCALING, VR::DS, "1"),
            (tags::DVH_VOLUME_UNITS, VR::CS, "CM3"),
        ] {
            text(&mut histogram, tag, vr, value);
        }
        let data = if stored == Stored::Tags {
            text(&mut histogram, tags::DVH_MEAN_DOSE, VR::DS, mean);
            text(&mut histogram, tags::DVH_MAXIMUM_DOSE, VR::DS, maximum);
            format!("{maximum}\\{volume}\\0.5\\0")
        } else {
            even(volume, mean, maximum)
        };
        let bins = data.matches('\\').count().div_ceil(2);
        text(
            &mut histogram,
            tags::DVH_NUMBER_OF_BINS,
            VR::IS,
            &bins.to_string(),
        );
        text(&mut histogram, tags::DVH_DATA, VR::DS, &data);
        sequence(&mut histogram, tags::DVH_REFERENCED_ROI_SEQUENCE, vec![roi]);
        histogram
    });
    all.collect()
}

/// The exit code, and what is warned of or worse, without the size of the small structures and the fixture's names.
fn said(case: &Case, stored: Stored, by: &str) -> (i32, Vec<String>) {
    let folder = case.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let mut dose = case.dose.object();
    if stored != Stored::Nothing {
        sequence(&mut dose, tags::DVH_SEQUENCE, histograms(stored));
    }
    std::fs::write(at("rd.dcm"), encoded(dose, uids::EXPLICIT_VR_LITTLE_ENDIAN)).unwrap();
    let set = blocks_of(case.set, "synthetic-1", case.frame, &case.organs);
    std::fs::write(at("rs.dcm"), set).unwrap();
    let files = ["rs.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
    let [set, dose, plan, limits] = files.each_ref().map(String::as_str);
    let words: &[&str] = match by {
        "check" => &["check", "--prescribed", "45Gy/25"],
        _ => &["dvh"],
    };
    let flags = [
        set, dose, plan, "--limits", limits, "--solid", "slab", "--format", "json",
    ];
    let answer = chemorad(&[words, &flags].concat());
    let shown: Value = strict(&answer.stdout);
    let of_structures = shown["structures"].as_array().into_iter().flatten();
    let findings = shown["findings"].as_array().into_iter().flatten();
    let limits = shown["limits"].as_array().into_iter().flatten();
    let mut codes: Vec<String> = of_structures
        .flat_map(|one| one["findings"].as_array().into_iter().flatten())
        .chain(findings)
        .chain(limits)
        .filter(|one| !["pass", "not_applicable"].contains(&one["outcome"].as_str().unwrap()))
        .map(|one| one["code"].as_str().unwrap().to_string())
        .filter(|code| !["structure.small", "plan.patient"].contains(&&**code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    (answer.exit.unwrap(), codes)
}

fn right() -> Case {
    Case {
        organs: organs(),
        limits: "structure,metric,limit\nbladder,mean,<= 30 Gy\nPTV,max,<= 48 Gy\n",
        ..Case::default()
    }
}

type Slip = fn(&mut Case);

#[test]
fn structures_that_are_not_those_of_the_plan_are_named() {
    for stored in [Stored::Tags, Stored::Bins, Stored::Nothing] {
        assert_eq!(said(&right(), stored, "dvh"), (0, vec![]));
    }
    let slips: [(&str, Slip, bool); 6] = [
        (
            "moved by a plane",
            |case| {
                let organs = case.organs.iter_mut();
                for plane in organs.flat_map(|organ| &mut organ.planes) {
                    *plane += 2.0;
                }
            },
            true,
        ),
        (
            "scaled",
            |case| {
                for organ in &mut case.organs {
                    (organ.low, organ.high) = (1.0, 22.6);
                }
            },
            true,
        ),
        (
            "contours exchanged",
            |case| {
                let [one, other] = case.organs.as_mut_slice() else {
                    return;
                };
                std::mem::swap(&mut one.planes, &mut other.planes);
            },
            true,
        ),
        (
            "names exchanged",
            |case| {
                let names = ["PTV", "Bladder"];
                for (organ, name) in case.organs.iter_mut().zip(names) {
                    organ.name = name;
                }
            },
            false,
        ),
        ("renamed", |case| case.organs[0].name = "Blase", false),
        (
            "a plane left out",
            |case| case.organs[0].planes.retain(|plane| *plane != 4.0),
            false,
        ),
    ];
    for (what, slip, needs_stored) in slips {
        let mut case = right();
        slip(&mut case);
        let kinds: &[Stored] = if needs_stored {
            &[Stored::Tags, Stored::Bins]
        } else {
            &[Stored::Nothing]
        };
        for stored in kinds {
            let (exit, codes) = said(&case, *stored, "dvh");
            assert!(!codes.is_empty(), "{what}: {exit} {codes:?}");
            let by_stored = codes.contains(&"structure.stored_differs".into());
            assert_eq!(by_stored, needs_stored, "{what}: {codes:?}");
        }
    }
    let mut exchanged = right();
    exchanged.organs[0].name = "PTV";
    exchanged.organs[1].name = "Bladder";
    for by in ["dvh", "check"] {
        let (_, codes) = said(&exchanged, Stored::Nothing, by);
        assert!(
            codes.contains(&"limit.target_dose".into()),
            "{by}: {codes:?}"
        );
    }
}

/// Half of the target gets far more than is prescribed.
#[test]
fn a_hot_target_is_said() {
    for (scale, is_said) in [
        (1.0, false),
        (1.07, false),
        (1.4, false),
        (1.5, true),
        (1.9, true),
    ] {
        let mut case = right();
        let scaling: f64 = case.dose.scaling.parse().unwrap();
        case.dose.scaling = format!("{:.9}", scaling * scale).leak();
        for by in ["dvh", "check"] {
            let (exit, codes) = said(&case, Stored::Nothing, by);
            let found = codes.contains(&"limit.target_dose".into());
            assert_eq!(found, is_said, "{by} {scale}: {exit} {codes:?}");
        }
    }
}

#[test]
fn a_check_says_of_structures_with_limits_what_dvh_says() {
    for stored in [Stored::Tags, Stored::Bins, Stored::Nothing] {
        assert_eq!(said(&right(), stored, "check"), (0, vec![]));
    }
    let slips: [(&str, &str, Slip); 3] = [
        ("structure.stored_differs", "moved by a plane", |case| {
            let organs = case.organs.iter_mut();
            for plane in organs.flat_map(|organ| &mut organ.planes) {
                *plane += 2.0;
            }
        }),
        ("structure.gap", "a plane left out", |case| {
            case.organs[0].planes.retain(|plane| *plane != 4.0);
        }),
        ("structure.outside_grid", "a grid that cuts", |case| {
            case.dose.position = "0\\0\\4";
        }),
    ];
    for (code, what, slip) in slips {
        let mut case = right();
        slip(&mut case);
        for by in ["dvh", "check"] {
            let (_, codes) = said(&case, Stored::Tags, by);
            assert!(codes.contains(&code.into()), "{what} {by}: {codes:?}");
        }
    }
    // a histogram of a structure without a limit is compared too
    let mut case = right();
    case.limits = "structure,metric,limit\nbladder,mean,<= 30 Gy\n";
    case.organs[1].planes.pop();
    let (_, codes) = said(&case, Stored::Tags, "check");
    assert!(
        codes.contains(&"structure.stored_differs".into()),
        "{codes:?}"
    );
}

#[test]
fn planes_between_those_of_the_others_are_named_by_both_commands() {
    let mut case = right();
    for plane in &mut case.organs[1].planes {
        *plane += 1.0;
    }
    for by in ["dvh", "check"] {
        let (_, codes) = said(&case, Stored::Nothing, by);
        assert!(codes.contains(&"structure.place".into()), "{by}: {codes:?}");
    }
}

#[test]
fn a_dose_that_is_not_that_of_the_plan_is_named() {
    let slips: [(&str, Slip); 5] = [
        ("half the dose", |case| case.dose.scaling = "0.05"),
        ("centigray", |case| case.dose.scaling = "10"),
        ("hectogray", |case| case.dose.scaling = "0.001"),
        ("another plan", |case| case.dose.plan = "2.25.99"),
        ("a grid that cuts", |case| {
            case.dose.position = "0\\0\\4";
        }),
    ];
    for (what, slip) in slips {
        let mut case = right();
        slip(&mut case);
        for by in ["dvh", "check"] {
            let (exit, codes) = said(&case, Stored::Nothing, by);
            assert_ne!(exit, 0, "{what} {by}: {codes:?}");
        }
    }
}
