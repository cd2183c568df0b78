//! Slips in limits, in what an organ is called, and in contours: none makes a limit pass.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use crate::common::{encoded, sequence, text};
use crate::harness::chemorad;
use crate::limits::Case;
use crate::strict_json::strict;

const CANNOT_TELL: &str = "cannot_tell";

fn of(limits: &str) -> Case {
    Case {
        limits: String::leak(format!("structure,metric,limit,variation\n{limits}\n")),
        ..Case::default()
    }
}

/// The first limit: its outcome, its code and what is said.
fn first(case: &Case, flags: &[&str]) -> [String; 3] {
    let shown = case.run(flags).1.unwrap();
    let limit = &shown["limits"][0];
    ["outcome", "code", "message"].map(|key| limit[key].as_str().unwrap().to_string())
}

#[test]
fn a_limit_that_every_dose_keeps_settles_nothing() {
    for (limit, part) in [
        ("bladder,mean,<= 4400 Gy,", "44 Gy"),
        ("bladder,max,< 201 Gy,", "2.01 Gy"),
        ("bladder,V4000Gy,<= 50 %,", "40 Gy"),
        ("bladder,D2%,<= 5000 Gy,", "50 Gy"),
        ("PTV,D98%,>= 45 cGy,", "45 Gy"),
        ("PTV,min,>= 0 Gy,", "0 Gy"),
        ("PTV,V0.4275Gy,>= 95 %,", "42.75 Gy"),
        ("bladder,CV4000Gy[cc],>= 0.1 cc,", "40 Gy"),
        ("PTV,CV0.4Gy[cc],<= 0.1 cc,", "40 Gy"),
        ("bladder,V15Gy,< 120 cc,", "0.512 cc in all"),
        ("bladder,V15Gy,<= 0.513 cc,", "whole organ"),
        ("bladder,V15Gy,<= 100 %,", "every share"),
        ("bladder,V15Gy,>= 0 cc,", "0.512 cc in all"),
        // what is kept is the variation
        ("bladder,mean,<= 10 Gy,<= 1100 Gy", "11 Gy"),
    ] {
        let [outcome, code, message] = first(&of(limit), &[]);
        assert_eq!(outcome, CANNOT_TELL, "{limit}: {message}");
        assert_eq!(code, "limit.dose_volume");
        assert!(message.contains(part), "{limit}: {message}");
        assert_eq!(of(limit).run(&[]).0, 3, "{limit}");
    }
    // a limit that could be broken passes, and one that is broken fails
    for (limit, outcome) in [
        ("bladder,max,<= 50 Gy,", "pass"),
        ("bladder,max,<= 200 Gy,", "pass"),
        ("bladder,V40Gy,<= 50 %,", "pass"),
        ("bladder,V60Gy,<= 0 %,", "pass"),
        ("bladder,V15Gy,< 100 %,", "pass"),
        ("bladder,V15Gy,<= 0.5 cc,", "pass"),
        ("bladder,V0.5Gy,>= 0.5 cc,", CANNOT_TELL),
        ("PTV,D98%,>= 1 Gy,", "pass"),
        ("PTV,D98%,>= 3500 cGy,", "pass"),
        ("PTV,D98%,>= 3500 Gy,", "fail"),
        ("bladder,max,<= 0.5 Gy,", "fail"),
        ("bladder,V0.5Gy,<= 5 %,", "fail"),
    ] {
        let [found, _, message] = first(&of(limit), &[]);
        assert_eq!(found, outcome, "{limit}: {message}");
    }
}

#[test]
fn an_organ_that_is_there_is_not_left_out() {
    let case = of("bladder,max,<= 18 Gy,\nrectum,max,<= 18 Gy,");
    let [outcome, code, message] = first(&case, &["--without", "bladder"]);
    assert_eq!(
        (outcome.as_str(), code.as_str()),
        (CANNOT_TELL, "limit.structure")
    );
    assert!(message.contains("\"Bladder\""), "{message}");
    let by_hand = ["--without", "rectum", "--organ", "PTV=rectum"];
    assert_eq!(case.outcomes(&by_hand).1, ["fail", CANNOT_TELL]);
    assert_eq!(
        case.outcomes(&["--without", "rectum"]).1,
        ["fail", "not_applicable"]
    );
    // a region without contours is one that the patient does not have
    let mut empty = of("bladder,max,<= 18 Gy,");
    empty.organs[0].planes.clear();
    assert_eq!(
        empty.outcomes(&["--without", "bladder"]).1,
        ["not_applicable"]
    );
    assert_eq!(empty.outcomes(&[]).1, [CANNOT_TELL]);
}

#[test]
fn a_name_that_is_there_is_not_replaced_by_hand() {
    let case = of("bag bowel,max,<= 19 Gy,");
    let by_hand = ["--organ", "Bladder=bag bowel"];
    let [outcome, code, message] = first(&case, &by_hand);
    assert_eq!(
        (outcome.as_str(), code.as_str()),
        (CANNOT_TELL, "limit.structure")
    );
    assert!(
        message.contains("\"Bladder\"") && message.contains("\"Bag_Bowel\""),
        "{message}"
    );
    let said = [&by_hand[..], &["--organ", "Bag_Bowel=-"]].concat();
    assert_eq!(case.outcomes(&said), (0, vec!["pass".into()]));
    let taken = of("bag bowel,max,<= 19 Gy,\nrectum,max,<= 50 Gy,");
    let [outcome, _, message] = first(&taken, &["--organ", "Bag_Bowel=rectum"]);
    assert_eq!(outcome, CANNOT_TELL);
    assert!(message.contains("\"Bag_Bowel\" has the name"), "{message}");
    let parts = [&by_hand[..], &["--organ", "Bag_Bowel=bag bowel"]].concat();
    assert_eq!(case.outcomes(&parts).1, ["pass", "fail"]);
    let mut empty = case;
    empty.organs[1].planes.clear();
    assert_eq!(empty.outcomes(&by_hand).1, ["pass"]);
}

/// Between 4 and 8 mm a plane is missing: the space from 5 to 7 mm is filled, or nothing lies there.
#[test]
fn a_verdict_that_hangs_on_missing_planes_is_not_told() {
    for (limit, outcome) in [
        ("bladder,V12.6Gy,<= 0.3 cc,", CANNOT_TELL),
        ("bladder,V12.6Gy,<= 0.33 cc,", "pass"),
        ("bladder,V12.6Gy,<= 0.25 cc,", "fail"),
    ] {
        let mut case = of(limit);
        case.organs[0].planes = vec![2.0, 4.0, 8.0, 10.0];
        assert_eq!(case.outcomes(&[]).1, [outcome], "{limit}");
    }
    // in three places: not every reading is enclosed
    let mut case = of("bladder,max,<= 40 Gy,");
    case.organs[0].planes = vec![2.0, 4.0, 6.0, 8.0, 12.0, 14.0, 18.0, 20.0];
    assert_eq!(case.outcomes(&[]).1, ["fail"]);
    case.organs[0].planes = vec![2.0, 4.0, 6.0, 10.0, 12.0];
    assert_eq!(case.outcomes(&[]).1, ["pass"]);
    case.organs[0].planes = vec![1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 9.0, 10.0, 12.0, 13.0];
    let [outcome, _, message] = first(&case, &[]);
    assert_eq!(outcome, CANNOT_TELL, "{message}");
    assert!(message.contains("more than two places"), "{message}");
}

/// The plan names another structure set.
#[test]
fn structures_of_another_plan_settle_nothing() {
    let mut case = Case::default();
    assert_eq!(case.run(&[]).0, 0);
    case.set = "2.25.44";
    let (exit, shown) = case.run(&[]);
    let shown = shown.unwrap();
    assert_eq!(exit, 3, "{shown:#}");
    let mut findings = shown["findings"].as_array().unwrap().iter();
    assert!(findings.any(|finding| {
        finding["code"] == "plan.references_structures" && finding["outcome"] == CANNOT_TELL
    }));
}

/// A dose that is weighted for its effect, or a difference of doses, is not taken for absorbed dose.
#[test]
fn a_dose_of_another_kind_is_refused() {
    let mut case = Case::default();
    for kind in ["EFFECTIVE", "ERROR"] {
        case.dose.dose_type = kind;
        let message = case.run(&["--eqd2", "3Gy"]).1.unwrap_err();
        assert!(message.contains("needs PHYSICAL dose"), "{message}");
        assert!(case.run(&[]).1.is_err());
    }
}

/// What shares are of is printed with its origin, in both commands.
#[test]
fn the_prescribed_dose_of_shares_has_its_origin() {
    let case = of("PTV,V79%,>= 95 %,");
    let basis = |flags: &[&str]| case.run(flags).1.unwrap()["dose_basis"].clone();
    let of_plan = basis(&[]);
    assert_eq!(of_plan["prescribed_dose"]["value"], 45.0);
    assert!(
        of_plan["prescribed_dose"]["source"]
            .as_str()
            .unwrap()
            .ends_with("rp.dcm")
    );
    assert_eq!(of_plan["fractions"]["value"], 25);
    let given = basis(&["--prescription", "45Gy", "--fractions", "25"]);
    assert_eq!(given["prescribed_dose"]["source"], "--prescription");
    assert_eq!(given["fractions"]["source"], "--fractions");
    let folder = case.folder();
    let check = |prescribed: &str, flags: &[&str]| {
        let at = |name: &str| folder.path().join(name).display().to_string();
        let files = ["rp.dcm", "rd.dcm", "rs.dcm", "limits.csv"].map(at);
        let [plan, dose, set, limits] = files.each_ref().map(String::as_str);
        let words = [
            "check",
            plan,
            dose,
            set,
            "--prescribed",
            prescribed,
            "--solid",
            "slab",
        ];
        let asked: &[&str] = if flags.contains(&"alone") {
            &["--fractions", "25"]
        } else {
            &["--limits", limits]
        };
        let rest = if flags.contains(&"alone") { &[] } else { flags };
        let answer = chemorad(&[&words[..], asked, rest, &["--format", "json"]].concat());
        match answer.exit {
            Some(2) => Err(String::from_utf8(answer.stderr).unwrap()),
            _ => Ok(strict(&answer.stdout)),
        }
    };
    let shown = check("45Gy/25", &[]).unwrap();
    assert_eq!(
        shown["dose_basis"]["prescribed_dose"]["source"],
        "the prescribed course"
    );
    assert_eq!(shown["dose_basis"]["fractions"]["value"], 25);
    assert_eq!(shown["limits"][0]["outcome"], "pass");
    let two = "x@PTV=45Gy/25";
    let integrated = [two, "x@low=42Gy/25"].join("+");
    for (prescribed, flags, part) in [
        ("45Gy/25", &["--prescription", "42Gy"][..], "has 45 Gy"),
        ("45Gy/25", &["--fractions", "20"], "has 25"),
        ("45Gy/25+5.4Gy/3", &["--fractions", "28"], "2 phases"),
        ("45Gy/25", &["alone"], "give --limits too"),
    ] {
        let message = check(prescribed, flags).unwrap_err();
        assert!(message.contains(part), "{message}");
    }
    let open = check(&integrated, &[]).unwrap();
    assert_eq!(open["limits"][0]["outcome"], CANNOT_TELL);
    let named = check(&integrated, &["--prescription", "45Gy"]).unwrap();
    assert_eq!(named["limits"][0]["outcome"], "pass");
    assert_eq!(
        named["dose_basis"]["prescribed_dose"]["source"],
        "--prescription"
    );
}

/// Drawn, it would press every line against the axis.
#[test]
fn a_limit_far_from_every_line_is_named_and_not_drawn() {
    let case = of("bladder,V4000Gy,<= 50 %,");
    let folder = case.folder();
    let svg = folder.path().join("dvh.svg").display().to_string();
    case.run(&["--plot", &svg]).1.unwrap();
    let picture = std::fs::read_to_string(&svg).unwrap();
    assert!(picture.contains("limits not drawn: bladder: V4000Gy"));
    assert!(!picture.contains("limits: 1"));
}

/// What a target is to get, as the most; what an organ is to be spared, as the least.
#[test]
fn a_limit_on_the_wrong_side_settles_nothing() {
    for (limit, part) in [
        ("PTV,D95%,<= 45 Gy,", "to a target"),
        ("PTV,D98%,<= 45 Gy,", "to a target"),
        ("PTV,min,< 45 Gy,", "to a target"),
        ("PTV,DC2%,<= 45 Gy,", "to a target"),
        ("PTV,D0.25cc,<= 45 Gy,", "to a target"),
        ("PTV,V95%,<= 95 %,", "to a target"),
        ("PTV,V43Gy,<= 95 %,", "to a target"),
        ("PTV,CV95%[%],>= 5 %,", "to a target"),
        ("bladder,mean,>= 2 Gy,", "in an organ"),
        ("bladder,D2%,>= 2 Gy,", "in an organ"),
        ("bowel bag,V20Gy,>= 30 %,", "in an organ"),
        ("bladder,CV15Gy[%],<= 95 %,", "in an organ"),
        // what is kept is the variation
        ("bladder,mean,>= 20 Gy,>= 2 Gy", "in an organ"),
        // a fraction for percent
        ("PTV,V79%,>= 0.95 %,", "95 % meant"),
    ] {
        let [outcome, code, message] = first(&of(limit), &[]);
        assert_eq!(outcome, CANNOT_TELL, "{limit}: {message}");
        assert_eq!(code, "limit.dose_volume");
        assert!(message.contains(part), "{limit}: {message}");
        assert_eq!(of(limit).run(&[]).0, 3, "{limit}");
    }
    for (limit, outcome) in [
        ("PTV,D2%,<= 48.15 Gy,", "pass"),
        ("PTV,D50%,<= 45 Gy,", "pass"),
        ("PTV,mean,<= 45 Gy,", "pass"),
        ("PTV,max,<= 45 Gy,", "pass"),
        ("PTV,D0.03cc,<= 45 Gy,", "pass"),
        ("PTV,V107%,<= 2 %,", "pass"),
        ("PTV,V46Gy,<= 2 %,", "pass"),
        ("PTV,V79%,>= 95 %,", "pass"),
        ("PTV,CV79%[%],<= 5 %,", "pass"),
        ("bladder,CV15Gy[%],>= 5 %,", "pass"),
        ("bladder,DC10%,<= 19 Gy,", "pass"),
        // not kept, and so said anyway
        ("PTV,D95%,<= 20 Gy,", "fail"),
        ("bladder,mean,>= 20 Gy,", "fail"),
    ] {
        let [found, _, message] = first(&of(limit), &[]);
        assert_eq!(found, outcome, "{limit}: {message}");
    }
    // an organ that nobody has published, by what the file says that it is; a target that is called as an organ
    let typed = |kind: &str, limit: &str| {
        let case = of(limit);
        let folder = case.folder();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let bytes = std::fs::read(at("rs.dcm")).unwrap();
        let mut set = dicom_object::from_reader(bytes.as_slice())
            .unwrap()
            .into_inner();
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::REFERENCED_ROI_NUMBER, VR::IS, "2");
        text(&mut item, tags::RTROI_INTERPRETED_TYPE, VR::CS, kind);
        sequence(&mut set, tags::RTROI_OBSERVATIONS_SEQUENCE, vec![item]);
        let bytes = encoded(set, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        std::fs::write(at("rs.dcm"), bytes).unwrap();
        let files = ["rs.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
        let [set, dose, plan, limits] = files.each_ref().map(String::as_str);
        let flags = [
            "--organ",
            "Bag_Bowel=gland",
            "--solid",
            "slab",
            "--format",
            "json",
        ];
        let answer =
            chemorad(&[&["dvh", set, dose, plan, "--limits", limits], &flags[..]].concat());
        let outcome = strict(&answer.stdout)["limits"][0]["outcome"].clone();
        outcome.as_str().unwrap().to_string()
    };
    for (kind, limit, outcome) in [
        ("ORGAN", "gland,mean,>= 20 Gy,", CANNOT_TELL),
        ("ORGAN", "gland,mean,<= 40 Gy,", "pass"),
        ("ORGAN", "gland,D95%,>= 15 Gy,", "pass"),
        ("CTV", "gland,mean,>= 20 Gy,", "pass"),
        ("CTV", "gland,D95%,>= 15 Gy,", "pass"),
        ("CTV", "gland,D95%,<= 45 Gy,", CANNOT_TELL),
    ] {
        assert_eq!(typed(kind, limit), outcome, "{kind} {limit}");
    }
}

#[test]
fn a_limit_far_from_what_is_published_is_named_with_its_source() {
    let named = |limit: &str| {
        let (exit, shown) = of(limit).run(&[]);
        let shown = shown.unwrap();
        let found = shown["findings"].as_array().unwrap().iter();
        let said = found
            .filter(|one| one["code"] == "limit.published")
            .map(|one| format!("{} {}", one["outcome"], one["message"]))
            .collect::<Vec<_>>();
        (exit, said.join("; "))
    };
    for (limit, source) in [
        ("bladder,V65Gy,< 5 %,", "QUANTEC"),
        ("bladder,V65Gy,< 50 cc,", "QUANTEC"),
        ("bowel bag,V4.5Gy,< 195 cc,", "Kavanagh"),
    ] {
        let (_, said) = named(limit);
        assert!(
            said.starts_with("\"warn\"") && said.contains(source),
            "{limit}: {said}"
        );
    }
    for limit in [
        "bladder,V65Gy,< 40 %,",
        "bladder,mean,<= 11 Gy,",
        "PTV,D98%,>= 35 Gy,",
    ] {
        assert_eq!(named(limit), (0, String::new()), "{limit}");
    }
    for id in chemorad_crosscheck::shipped_ids() {
        let text = chemorad_crosscheck::shipped_text(id).unwrap();
        let case = Case::default();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.toml").display().to_string();
        std::fs::write(&file, text).unwrap();
        let shown = case.run(&["--limits", &file]).1.unwrap();
        let mut found = shown["findings"].as_array().unwrap().iter();
        assert!(found.all(|one| one["code"] != "limit.published"), "{id}");
    }
}

#[test]
fn a_structure_with_the_name_of_another_organ_is_named() {
    let said = |limits: &str, given: &str| {
        let shown = of(limits).run(&["--organ", given]).1.unwrap();
        let found = shown["findings"].as_array().unwrap().iter();
        let mut said = found.filter(|one| one["code"] == "limit.other_organ");
        said.next()
            .map(|one| format!("{} {}", one["outcome"], one["message"]))
    };
    let rectum = "rectum,max,<= 50 Gy,";
    for given in ["Bladder=rectum", "Bag_Bowel=rectum"] {
        let said = said(rectum, given).unwrap_or_default();
        assert!(said.starts_with("\"warn\" \""), "{given}: {said}");
        assert!(said.contains("another organ"), "{given}: {said}");
    }
    // the same organ, one that is no organ of any limit, and none
    assert_eq!(said("bladder,max,<= 50 Gy,", "Bladder=bladder"), None);
    assert_eq!(said(rectum, "PTV=rectum"), None);
    let both = "rectum,max,<= 50 Gy,\nPTV,D98%,>= 35 Gy,";
    assert!(said(both, "PTV=rectum").is_some(), "the limits have a PTV");
    assert_eq!(said("bladder,max,<= 50 Gy,", "PTV=-"), None);
}

/// With two doses one number is not that of every structure.
#[test]
fn a_share_is_of_the_dose_that_its_limit_names() {
    let check = |limits: &str, flags: &[&str]| {
        let folder = Case::default().folder();
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(at("limits.csv"), limits).unwrap();
        let files = ["rp.dcm", "rd.dcm", "rs.dcm", "limits.csv"].map(at);
        let [plan, dose, set, limits] = files.each_ref().map(String::as_str);
        let course = "x@PTV=45Gy/25+x@low=42Gy/25";
        let words = [
            "check",
            plan,
            dose,
            set,
            "--prescribed",
            course,
            "--solid",
            "slab",
        ];
        let limits = ["--limits", limits, "--format", "json"];
        let answer = chemorad(&[&words[..], &limits, flags].concat());
        if answer.exit == Some(2) {
            return Err(String::from_utf8(answer.stderr).unwrap());
        }
        let shown = strict(&answer.stdout);
        let limits = shown["limits"].as_array().unwrap().iter();
        let outcomes = limits.map(|limit| limit["outcome"].as_str().unwrap().to_string());
        Ok(outcomes.collect::<Vec<_>>())
    };
    let shares = "structure,metric,limit,prescribed\nPTV,V79%,>= 95 %,\nbowel bag,V40%,<= 99 %,\n";
    // neither is known; one that is named may be that of the other
    assert_eq!(check(shares, &[]).unwrap(), [CANNOT_TELL; 2]);
    let named = ["--prescription", "45Gy"];
    assert_eq!(check(shares, &named).unwrap(), [CANNOT_TELL; 2]);
    let one = "structure,metric,limit\nPTV,V79%,>= 95 %\n";
    assert_eq!(check(one, &named).unwrap(), ["pass"]);
    let table = shares
        .replace("95 %,", "95 %,45Gy")
        .replace("99 %,", "99 %,42 Gy");
    assert_eq!(check(&table, &[]).unwrap(), ["pass", "fail"]);
    for (table, part) in [
        (
            shares.replace("95 %,", "95 %,60 Gy"),
            "is not prescribed; there is: 42 Gy, 45 Gy",
        ),
        (shares.replace("95 %,", "95 %,4500"), "prescribed"),
        (
            shares.replace("V79%,>= 95 %,", "mean,>= 40 Gy,45 Gy"),
            "no share",
        ),
    ] {
        let message = check(&table, &[]).unwrap_err();
        assert!(message.contains(part), "{message}");
    }
}
