//! Limits held against the dose in structures: kept, broken, in doubt, or without a value.
//!
//! The organ lies from 1 to 9 mm in a dose of 2 Gy a millimetre: 0.512 cc with 2 to 18 Gy, mean 10 Gy.

use std::sync::LazyLock;

use chemorad::report::{Identifying, Observation, Outcome, Written};
use chemorad_crosscheck::{
    LeftOut, LimitCheck, LimitDoubt, LimitFinding, NoLimitValue, OrganLimits, PublishedLimits,
    StructureInDose, Unbreakable, WrongSide,
};
use chemorad_dosimetry::{ContouredDose, DoseGrid, StructureError, StructureNote, SummationType};

use crate::phantom::{block, dose_in, rising, square};

use Outcome::{CannotTell, Fail, NotApplicable, Pass, Warn};

static RISING: LazyLock<DoseGrid> = LazyLock::new(rising);
static PUBLISHED: LazyLock<PublishedLimits> = LazyLock::new(PublishedLimits::read);

fn organ() -> ContouredDose<'static> {
    dose_in(&block(2.0, 4), &RISING)
}

enum Given {
    Dose(ContouredDose<'static>),
    Empty,
    TwoTurned,
    OtherFrame,
}

impl Given {
    fn known(&self) -> StructureInDose<'_> {
        match self {
            Self::Dose(dose) => StructureInDose::Dose(dose),
            Self::Empty => StructureInDose::NoSolid(StructureError::NoContours),
            Self::TwoTurned => StructureInDose::NoSolid(StructureError::NotParallel),
            Self::OtherFrame => StructureInDose::OtherFrame,
        }
    }
}

/// Structures, and what is said of them.
struct Case {
    structures: Vec<(&'static str, Option<&'static str>, Given)>,
    names: Vec<&'static str>,
    without: Vec<String>,
    part: Option<SummationType>,
    left_out: Vec<LeftOut>,
    fractions: Option<&'static str>,
    prescribed: Option<&'static str>,
    /// The dose of all phases in EQD2.
    effect: Option<Given>,
}

fn case(structures: Vec<(&'static str, Option<&'static str>, Given)>) -> Case {
    Case {
        structures,
        names: vec![],
        without: vec![],
        part: None,
        left_out: vec![],
        fractions: None,
        prescribed: None,
        effect: None,
    }
}

/// One structure of this name and kind, and one dose.
fn one(name: &'static str, kind: Option<&'static str>) -> Case {
    case(vec![(name, kind, Given::Dose(organ()))])
}

impl Case {
    fn table(&self, table: &str) -> Vec<LimitFinding> {
        self.held(OrganLimits::from_csv("mine", table).unwrap())
    }

    fn held(&self, table: OrganLimits) -> Vec<LimitFinding> {
        let structures: Vec<Option<Identifying<String>>> = self
            .structures
            .iter()
            .map(|(name, ..)| (!name.is_empty()).then(|| (*name).to_string().into()))
            .collect();
        let kinds: Vec<Option<String>> = self
            .structures
            .iter()
            .map(|(_, kind, _)| kind.map(str::to_string))
            .collect();
        let names: Vec<_> = self
            .names
            .iter()
            .map(|name| name.parse().unwrap())
            .collect();
        LimitCheck {
            tables: &[table],
            names: &names,
            without: &self.without,
            structures: &structures,
            kinds: &kinds,
            published: &PUBLISHED,
            dose_of: &|place| self.structures[place].2.known(),
            effect_in: &|_, _| self.effect.as_ref().map(Given::known),
            part: self.part.clone(),
            left_out: &self.left_out,
            fractions: self.fractions.map(|count| count.parse().unwrap()),
            prescribed: self.prescribed.map(|dose| dose.parse().unwrap()),
        }
        .findings()
    }

    /// `structure,metric,limit` and a variation where there is one.
    fn limits(&self, row: &str) -> Vec<LimitFinding> {
        let columns = ["structure,metric,limit", "structure,metric,limit,variation"];
        let header = columns[usize::from(row.matches(',').count() > 2)];
        self.table(&format!("{header}\n{row}\n"))
    }

    #[track_caller]
    fn limit(&self, row: &str) -> LimitFinding {
        let [only] = self.limits(row).try_into().unwrap();
        only
    }

    #[track_caller]
    fn outcome(&self, row: &str, outcome: Outcome) -> LimitFinding {
        let found = self.limit(row);
        assert_eq!(found.outcome(), outcome, "{row}: {found}");
        found
    }
}

fn doubt(found: &LimitFinding) -> Option<&LimitDoubt> {
    found.against.value.as_ref().unwrap().in_doubt.as_ref()
}

fn missing(found: &LimitFinding) -> &NoLimitValue {
    found.against.value.as_ref().unwrap_err()
}

fn text(value: Option<Written>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

#[test]
fn a_limit_is_kept_broken_or_within_its_variation() {
    let bowel = one("Bowel", None);
    for (row, outcome) in [
        ("bowel,mean,<= 11 Gy", Pass),
        ("bowel,mean,<= 10 Gy", Pass),
        ("bowel,mean,<= 9 Gy", Fail),
        ("bowel,mean,<= 9 Gy,<= 11 Gy", Warn),
        ("bowel,mean,<= 8 Gy,<= 9 Gy", Fail),
        ("bowel,V10Gy,<= 0.257 cc", Pass),
        ("bowel,V10Gy,<= 0.255 cc", Fail),
        ("bowel,D50%,<= 9.9 Gy", Fail),
        ("bowel,D50%,>= 9.9 Gy", Pass),
        ("bowel,D50%,> 10.1 Gy", Fail),
    ] {
        let found = bowel.outcome(row, outcome);
        assert_eq!(found.code().to_string(), "limit.dose_volume");
        assert_eq!(doubt(&found), None);
        assert_eq!(found.against.name, Some("Bowel".to_string().into()));
    }
    // the ends are not known: 0.384 to 0.512 cc
    let both = ContouredDose::new(&block(2.0, 4), None, None, &RISING).unwrap();
    let bowel = case(vec![("Bowel", None, Given::Dose(both))]);
    for (row, outcome) in [
        ("bowel,V1Gy,<= 0.6 cc,", CannotTell),
        ("bowel,V3Gy,<= 0.4 cc", CannotTell),
        ("bowel,V3Gy,<= 0.3 cc,<= 0.4 cc", CannotTell),
        ("bowel,V3Gy,<= 0.3 cc", Fail),
        ("bowel,V3Gy,<= 0.49 cc", Pass),
    ] {
        bowel.outcome(row, outcome);
    }
}

#[test]
fn values_are_written_with_their_bounds() {
    let bowel = one("Bowel", None);
    let found = bowel.limit("bowel,V10Gy[%],<= 45 %,<= 55 %");
    let values = found.values();
    assert_eq!(text(values.expected), "V10Gy[%] <= 45 %");
    assert_eq!(text(values.found), "50.00 % (50.00 to 50.00)");
    assert_eq!(text(values.difference), "+5.00 %");
    assert_eq!(text(values.tolerance), "acceptable <= 55 %");
    let values = bowel.limit("bowel,mean,<= 11 Gy").values();
    assert_eq!(text(values.found), "10.000 Gy (10.000 to 10.000)");
    assert_eq!(text(values.difference), "-1.000 Gy");
    // in the histogram of a structure of 0.512 cc
    let point = |row: &str| bowel.limit(row).point(0.512);
    assert_eq!(point("bowel,V10Gy,<= 0.256 cc"), Some(((10.0, 50.0), true)));
    assert_eq!(point("bowel,D50%,>= 3 Gy"), Some(((3.0, 50.0), false)));
    assert_eq!(point("bowel,mean,<= 3 Gy"), None);
    assert_eq!(point("bowel,max,<= 300 Gy"), None, "every dose keeps it");
    assert_eq!(
        point("bowel,max,<= 10 Gy"),
        Some(((10.0, 0.0), true)),
        "a broken limit is shown"
    );
}

#[test]
fn a_limit_that_no_dose_breaks_settles_nothing() {
    let bowel = one("Bowel", None);
    for row in [
        "bowel,max,<= 300 Gy",
        "bowel,max,<= 10 Gy,<= 300 Gy",
        "bowel,V300Gy[%],<= 5 %",
        "bowel,CV201Gy[%],>= 5 %",
        "bowel,V0.9Gy[%],>= 95 %",
        "bowel,CV0.9Gy[%],<= 5 %",
        "bowel,D98%,>= 0.99 Gy",
        "bowel,V10Gy,<= 0.6 cc",
        "bowel,V10Gy,<= 0.512 cc",
        "bowel,V10Gy,>= 0 cc",
        "bowel,V10Gy[%],<= 100 %",
        "bowel,V10Gy[%],>= 0 %",
        "bowel,V10Gy[%],>= 0.5 %",
        "bowel,V10Gy[%],>= 1 %",
    ] {
        let found = bowel.outcome(row, CannotTell);
        assert!(
            matches!(doubt(&found), Some(LimitDoubt::Unbreakable(_))),
            "{row}: {found}"
        );
    }
    for row in [
        "bowel,max,<= 200 Gy",
        "bowel,V200Gy[%],<= 5 %",
        "bowel,V1Gy[%],>= 95 %",
        "bowel,CV200Gy[%],>= 5 %",
        "bowel,CV1Gy[%],<= 5 %",
        "bowel,D98%,>= 1 Gy",
        "bowel,V10Gy,<= 0.511 cc",
        "bowel,V10Gy,>= 0.001 cc",
        "bowel,V10Gy[%],<= 99.995 %",
        "bowel,V10Gy[%],>= 1.1 %",
        "bowel,V30Gy[%],<= 1 %",
        "bowel,V30Gy[%],<= 0 %",
    ] {
        assert_eq!(doubt(&bowel.outcome(row, Pass)), None, "{row}");
    }
    // a limit that is broken needs no such reason
    bowel.outcome("bowel,V0.9Gy[%],<= 95 %", Fail);
    bowel.outcome("bowel,V300Gy[%],>= 5 %", Fail);
    // which of the reasons it is
    let why = |row: &str| match doubt(&bowel.limit(row)) {
        Some(LimitDoubt::Unbreakable(why)) => *why,
        other => panic!("{row}: {other:?}"),
    };
    let gray = "300".parse().unwrap();
    assert_eq!(
        why("bowel,V300Gy[%],<= 5 %"),
        Unbreakable::AboveDoses { gray }
    );
    let gray = "0.9".parse().unwrap();
    assert_eq!(
        why("bowel,CV0.9Gy[%],<= 5 %"),
        Unbreakable::BelowDoses { gray }
    );
    assert_eq!(why("bowel,V10Gy[%],>= 0 %"), Unbreakable::EveryShare);
    let percent = "0.5".parse().unwrap();
    assert_eq!(
        why("bowel,V10Gy[%],>= 0.5 %"),
        Unbreakable::SmallShare { percent }
    );
    let Unbreakable::WholeStructure { cc } = why("bowel,V10Gy,<= 0.6 cc") else {
        panic!()
    };
    assert!((cc - 0.512).abs() < 1e-9);
}

#[test]
fn a_target_that_is_kept_low_is_on_the_wrong_side() {
    let is_low = |case: &Case, row: &str| {
        let found = case.limit(row);
        let low = doubt(&found) == Some(&LimitDoubt::WrongSide(WrongSide::TargetKeptLow));
        assert_eq!(
            found.outcome(),
            if low { CannotTell } else { Pass },
            "{row}"
        );
        low
    };
    for (name, kind) in [
        ("PTV", None),
        ("GTV primary", None),
        ("ctv_45", Some("ORGAN")),
        ("itv", None),
        ("volume", Some("PTV")),
        ("volume", Some(" CTV ")),
        ("volume", Some("GTV")),
    ] {
        let case = one(name, kind);
        for metric in ["D95%", "D90%", "min", "D0.48cc", "DC5%"] {
            assert!(is_low(&case, &format!("{name},{metric},<= 17 Gy")));
            assert!(!is_low(&case, &format!("{name},{metric},>= 2 Gy")));
        }
        for metric in ["D89%", "D2%", "max", "mean"] {
            assert!(
                !is_low(&case, &format!("{name},{metric},<= 19 Gy")),
                "{metric}"
            );
        }
        // within the variation it is kept as well
        let found = case.limit(&format!("{name},D95%,<= 1 Gy,<= 17 Gy"));
        assert_eq!(found.outcome(), CannotTell);
        // a broken limit fails
        case.outcome(&format!("{name},D95%,<= 1 Gy"), Fail);
    }
    // what is no target, and its helpers
    for (name, kind) in [
        ("volume", None),
        ("volume", Some("CONTROL")),
        ("old ptv", None),
        ("PTV_ring", None),
        ("ptv shell", Some("PTV")),
        ("PTV minus GTV", None),
    ] {
        assert!(
            !is_low(&one(name, kind), &format!("{name},D95%,<= 17 Gy")),
            "{name}"
        );
    }
    // a volume at a dose is coverage up to the prescribed one
    let mut target = one("PTV", None);
    assert!(!is_low(&target, "PTV,V10Gy[%],<= 60 %"));
    for (prescribed, low) in [("10", true), ("10.1", true), ("9.9", false)] {
        target.prescribed = Some(prescribed);
        assert_eq!(is_low(&target, "PTV,V10Gy[%],<= 60 %"), low, "{prescribed}");
        assert_eq!(
            is_low(&target, "PTV,CV10Gy[%],>= 40 %"),
            low,
            "{prescribed}"
        );
        assert!(!is_low(&target, "PTV,V10Gy[%],>= 40 %"));
        assert!(!is_low(&target, "PTV,CV10Gy[%],<= 60 %"));
    }
}

#[test]
fn an_organ_that_must_get_dose_is_on_the_wrong_side() {
    let is_high = |name: &'static str, kind: Option<&'static str>, limit: &str| {
        let row = format!("{name},{limit}");
        let found = one(name, kind).limit(&row);
        let high = doubt(&found) == Some(&LimitDoubt::WrongSide(WrongSide::OrganKeptHigh));
        let expected = if high { CannotTell } else { Pass };
        assert_eq!(found.outcome(), expected, "{row}: {found}");
        high
    };
    // limits are published for it
    for limit in [
        "mean,>= 5 Gy",
        "V10Gy[%],>= 40 %",
        "D95%,>= 2 Gy",
        "CV10Gy[%],<= 60 %",
    ] {
        assert!(is_high("Bladder", None, limit), "{limit}");
    }
    for limit in ["mean,<= 15 Gy", "V10Gy[%],<= 60 %", "CV10Gy[%],>= 40 %"] {
        assert!(!is_high("Bladder", Some("ORGAN"), limit), "{limit}");
    }
    // the file calls it an organ; what covers a target may be asked of what is called so
    for kind in ["ORGAN", "AVOIDANCE", " EXTERNAL "] {
        for limit in [
            "mean,>= 5 Gy",
            "max,>= 5 Gy",
            "D50%,>= 5 Gy",
            "D49.998%,>= 5 Gy",
        ] {
            assert!(is_high("parotid", Some(kind), limit), "{kind}, {limit}");
        }
        for limit in [
            "mean,<= 15 Gy",
            "D51%,>= 5 Gy",
            "D50.002%,>= 5 Gy",
            "V10Gy[%],>= 40 %",
        ] {
            assert!(!is_high("parotid", Some(kind), limit), "{kind}, {limit}");
        }
    }
    for kind in [None, Some("CONTROL"), Some("organ")] {
        assert!(!is_high("parotid", kind, "mean,>= 5 Gy"), "{kind:?}");
    }
}

#[test]
fn a_dose_of_a_part_settles_only_what_more_dose_does_not_change() {
    let mut bowel = one("Bowel", None);
    bowel.left_out = vec![LeftOut {
        plan: "boost".to_string().into(),
        parts: vec![],
    }];
    let more_changes = |row: &str, outcome: Outcome, changes: bool| {
        let found = bowel.outcome(row, outcome);
        let left_out = Some(LimitDoubt::LeftOut(bowel.left_out.clone()));
        assert_eq!(
            doubt(&found),
            left_out.as_ref().filter(|_| changes),
            "{row}"
        );
    };
    // an upper limit is kept more easily by a part, and broken for good
    more_changes("bowel,mean,<= 11 Gy", CannotTell, true);
    more_changes("bowel,mean,<= 9 Gy", Fail, false);
    more_changes("bowel,mean,<= 9 Gy,<= 11 Gy", CannotTell, true);
    more_changes("bowel,V10Gy[%],<= 60 %", CannotTell, true);
    more_changes("bowel,V10Gy[%],<= 40 %", Fail, false);
    // a lower limit the other way round
    more_changes("bowel,D98%,>= 2 Gy", Pass, false);
    more_changes("bowel,D98%,>= 4 Gy", CannotTell, true);
    // and a volume that gets less shrinks
    more_changes("bowel,CV10Gy[%],<= 60 %", Pass, false);
    more_changes("bowel,CV10Gy[%],<= 40 %", CannotTell, true);
    more_changes("bowel,CV10Gy[%],>= 40 %", CannotTell, true);
    more_changes("bowel,CV10Gy[%],>= 60 %", Fail, false);
    // nothing is left out
    bowel.left_out.clear();
    bowel.outcome("bowel,mean,<= 11 Gy", Pass);
    // the dose says itself that it is that of a part
    bowel.part = Some(SummationType::Beam);
    for row in ["bowel,mean,<= 11 Gy", "bowel,mean,<= 9 Gy"] {
        let found = bowel.outcome(row, CannotTell);
        assert_eq!(doubt(&found), Some(&LimitDoubt::Part(SummationType::Beam)));
    }
}

#[test]
fn contours_that_are_not_sure_settle_nothing() {
    let with = |contours: Vec<Vec<[f64; 3]>>| {
        case(vec![(
            "Bowel",
            None,
            Given::Dose(dose_in(&contours, &RISING)),
        )])
    };
    let at = |heights: &[f64]| heights.iter().map(|z| square(*z)).collect::<Vec<_>>();
    // planes are missing in three places; in two both readings are enclosed
    let found = with(at(&[2.0, 4.0, 8.0, 10.0, 14.0, 16.0, 20.0]))
        .outcome("bowel,max,<= 50 Gy", CannotTell);
    assert_eq!(doubt(&found), Some(&LimitDoubt::Gaps));
    with(at(&[2.0, 4.0, 8.0, 10.0, 14.0, 16.0])).outcome("bowel,max,<= 50 Gy", Pass);
    // two that overlap, and two apart
    let shifted = |by: f64| {
        let mut contours = block(2.0, 4);
        contours.extend(block(2.0, 4).into_iter().map(|contour| {
            let moved = contour.into_iter().map(|[x, y, z]| [x + by, y, z]);
            moved.collect()
        }));
        contours
    };
    let found = with(shifted(4.0)).outcome("bowel,max,<= 50 Gy", CannotTell);
    assert_eq!(doubt(&found), Some(&LimitDoubt::Overlap));
    with(shifted(9.0)).outcome("bowel,max,<= 50 Gy", Pass);
    // notes of the reading
    for (note, doubted) in [
        (StructureNote::NoFrame, Some(LimitDoubt::NoFrame)),
        (StructureNote::PlanesTooClose, Some(LimitDoubt::Planes)),
        (
            StructureNote::CrossesItself { contours: 1 },
            Some(LimitDoubt::Crosses),
        ),
        (
            StructureNote::Cancelled { planes: 1 },
            Some(LimitDoubt::Overlap),
        ),
        (StructureNote::WithoutArea { contours: 1 }, None),
        (StructureNote::NotClosed { contours: 1 }, None),
        (StructureNote::Copies { contours: 1 }, None),
    ] {
        let mut dose = organ();
        dose.notes.push(note);
        let found = case(vec![("Bowel", None, Given::Dose(dose))]).limit("bowel,max,<= 50 Gy");
        assert_eq!(doubt(&found), doubted.as_ref());
    }
}

#[test]
fn a_limit_without_a_value_says_why() {
    let no_value = |case: &Case, row: &str| {
        let found = case.outcome(row, CannotTell);
        assert_eq!(found.code().to_string(), "limit.dose_volume", "{found}");
        assert_eq!(found.value(), None);
        assert_eq!(found.values().found, None);
        missing(&found).clone()
    };
    let with = |given| case(vec![("Bowel", None, given)]);
    assert_eq!(
        no_value(&with(Given::OtherFrame), "bowel,max,<= 50 Gy"),
        NoLimitValue::OtherFrame
    );
    for (given, error) in [
        (Given::Empty, StructureError::NoContours),
        (Given::TwoTurned, StructureError::NotParallel),
    ] {
        assert_eq!(
            no_value(&with(given), "bowel,max,<= 50 Gy"),
            NoLimitValue::NoSolid(error)
        );
    }
    // from 19 mm to 25 mm, and the grid ends at 22 mm
    let cut = with(Given::Dose(dose_in(&block(20.0, 3), &RISING)));
    assert_eq!(no_value(&cut, "bowel,mean,<= 50 Gy"), NoLimitValue::Outside);
    let bowel = one("Bowel", None);
    assert_eq!(
        no_value(&bowel, "bowel,D2cc,<= 50 Gy"),
        NoLimitValue::NotDefined
    );
    assert_eq!(
        no_value(&bowel, "bowel,V95%[%],<= 50 %"),
        NoLimitValue::NoPrescription
    );
    // a source that leaves it open
    let mut open =
        OrganLimits::from_csv("mine", "structure,metric,limit\nbowel,max,<= 1 Gy\n").unwrap();
    open.limits[0].goal = None;
    let found = bowel.held(open);
    assert_eq!(found[0].outcome(), CannotTell);
    assert_eq!(*missing(&found[0]), NoLimitValue::LeftOpen);
    assert_eq!(text(found[0].values().expected), "max[Gy] left open");
}

#[test]
fn what_is_found_is_said_in_words() {
    let bowel = one("Bowel", None);
    for (row, words) in [
        (
            "bowel,mean,<= 11 Gy",
            "\"Bowel\" keeps the limit; source: mine",
        ),
        (
            "bowel,mean,<= 9 Gy",
            "\"Bowel\" is beyond the limit; source: mine",
        ),
        (
            "bowel,mean,<= 9 Gy,<= 11 Gy",
            "\"Bowel\" is beyond the limit and within the acceptable variation; source: mine",
        ),
        (
            "bowel,mean,<= 8 Gy,<= 9 Gy",
            "\"Bowel\" is beyond the limit and beyond the acceptable variation; source: mine",
        ),
    ] {
        assert_eq!(bowel.limit(row).to_string(), words);
    }
    // thirty of the structures are listed
    let said = |count: usize| {
        let names = (0..count).map(|_| ("Rectum", None, Given::Empty));
        case(names.collect())
            .limit("bladder,mean,<= 11 Gy")
            .to_string()
    };
    assert!(said(0).contains("no structure with a name"), "{}", said(0));
    assert!(said(1).contains("there are: \"Rectum\""), "{}", said(1));
    assert_eq!(said(30).matches("Rectum").count(), 30);
    assert!(!said(30).contains("more"), "{}", said(30));
    assert_eq!(said(31).matches("Rectum").count(), 30);
    assert!(said(31).contains("and 1 more"), "{}", said(31));
}

#[test]
fn a_share_is_of_its_own_dose_or_of_the_only_one() {
    let mut bowel = one("Bowel", None);
    // 10 Gy is half of 20 Gy
    for (prescribed, outcome) in [("20", Pass), ("16", Fail)] {
        bowel.prescribed = Some(prescribed);
        bowel.outcome("bowel,V50%[%],<= 51 %", outcome);
    }
    let own = "structure,metric,limit,prescribed\nbowel,V50%[%],<= 51 %,20 Gy\n";
    assert_eq!(bowel.table(own)[0].outcome(), Pass);
    bowel.prescribed = None;
    assert_eq!(bowel.table(own)[0].outcome(), Pass);
    let other = "structure,metric,limit,prescribed\nbowel,V50%[%],<= 51 %,16 Gy\n";
    assert_eq!(bowel.table(other)[0].outcome(), Fail);
}

#[test]
fn a_limit_in_eqd2_needs_the_fractions() {
    let table = "structure,metric,limit,alpha_beta\nbowel,max,<= 20 Gy,3 Gy\n";
    let mut bowel = one("Bowel", None);
    let found = bowel.table(table);
    assert_eq!(found[0].outcome(), CannotTell);
    assert_eq!(*missing(&found[0]), NoLimitValue::NoFractions);
    // 18 Gy in 9 fractions of 2 Gy stay 18 Gy, in 6 of 3 Gy they are 18 (3 + 3) / (2 + 3) = 21.6 Gy
    for (fractions, value, outcome) in [("9", 18.0, Pass), ("6", 21.6, Fail)] {
        bowel.fractions = Some(fractions);
        let found = bowel.table(table);
        assert_eq!(found[0].outcome(), outcome);
        assert!((found[0].value().unwrap().value - value).abs() < 1e-6);
        assert_eq!(
            found[0].point(0.512),
            None,
            "its axis is not that of the dose"
        );
    }
    // each phase with its own fractions: the doses are EQD2 already
    bowel.fractions = None;
    bowel.effect = Some(Given::Dose(dose_in(&block(2.0, 5), &RISING)));
    let found = bowel.table(table);
    assert!((found[0].value().unwrap().value - 22.0).abs() < 1e-6);
    bowel.effect = Some(Given::OtherFrame);
    assert_eq!(*missing(&bowel.table(table)[0]), NoLimitValue::OtherFrame);
    // a limit of absorbed dose does not ask for it
    bowel.outcome("bowel,max,<= 20 Gy", Pass);
}

#[test]
fn the_structure_of_an_organ_is_settled_or_asked_for() {
    let two = |first: &'static str, second: &'static str| {
        case(vec![
            (first, None, Given::Dose(organ())),
            (second, None, Given::Dose(organ())),
        ])
    };
    let why = |case: &Case, row: &str| {
        let found = case.outcome(row, CannotTell);
        assert_eq!(found.code().to_string(), "limit.structure", "{found}");
        missing(&found).clone()
    };
    let listed = |names: &[&str]| -> Vec<Identifying<String>> {
        names
            .iter()
            .map(|name| (*name).to_string().into())
            .collect()
    };
    let limit = "bladder,max,<= 50 Gy";
    assert_eq!(
        why(&two("Rectum", ""), limit),
        NoLimitValue::Missing {
            known: listed(&["Rectum"])
        }
    );
    assert_eq!(
        why(&two("Bladder", "bladder"), limit),
        NoLimitValue::Several {
            found: listed(&["Bladder", "bladder"])
        }
    );
    // one of them is empty
    let mut case_of_empty = two("Bladder", "bladder");
    case_of_empty.structures[0].2 = Given::Empty;
    let found = case_of_empty.outcome(limit, Pass);
    assert_eq!(found.against.name, Some("bladder".to_string().into()));
    // one that is no solid is not empty
    case_of_empty.structures[0].2 = Given::TwoTurned;
    assert!(matches!(
        why(&case_of_empty, limit),
        NoLimitValue::Several { .. }
    ));
    // both are empty
    case_of_empty.structures[0].2 = Given::Empty;
    case_of_empty.structures[1].2 = Given::Empty;
    assert!(matches!(
        why(&case_of_empty, limit),
        NoLimitValue::Several { .. }
    ));
    // and a third has the same words in another order: it is not as the organ is called
    let mut three = two("Bag_Bowel", "bag bowel");
    three.structures[0].2 = Given::Empty;
    three.structures[1].2 = Given::Empty;
    three
        .structures
        .push(("Bowel Bag", None, Given::Dose(organ())));
    assert_eq!(
        why(&three, "bag bowel,max,<= 50 Gy"),
        NoLimitValue::Several {
            found: listed(&["Bag_Bowel", "bag bowel"])
        }
    );
    // the same words in another order
    two("Urinary_Bladder", "Rectum").outcome("bladder urinary,max,<= 50 Gy", Pass);
    assert!(matches!(
        why(
            &two("Bladder_Urinary", "bladder urinary"),
            "urinary bladder,max,<= 50 Gy"
        ),
        NoLimitValue::Several { .. }
    ));
    // by hand: another organ, or two of one
    let mut given = two("Bladder", "Ureter");
    given.names = vec!["Bladder=rectum"];
    assert_eq!(
        why(&given, limit),
        NoLimitValue::Taken {
            found: listed(&["Bladder"])
        }
    );
    given.names = vec!["Ureter=bladder"];
    assert_eq!(
        why(&given, limit),
        NoLimitValue::Overruled {
            given: listed(&["Ureter"]),
            named: listed(&["Bladder"])
        }
    );
    given.structures[0].2 = Given::Empty;
    given.outcome(limit, Pass);
    // parts: each has its value, and no absolute volume is that of both
    let mut heads = two("Femur L", "Femur R");
    heads.names = vec!["Femur L=femoral heads", "Femur R=femoral heads"];
    let found = heads.limits("femoral heads,V10Gy[%],<= 60 %");
    let outcomes: Vec<Outcome> = found.iter().map(Observation::outcome).collect();
    assert_eq!(outcomes, [Pass, Pass]);
    assert_eq!(found[1].against.name, Some("Femur R".to_string().into()));
    assert_eq!(
        why(&heads, "femoral heads,V10Gy,<= 0.3 cc"),
        NoLimitValue::Parts { parts: 2 }
    );
}

#[test]
fn an_organ_that_the_patient_does_not_have_is_not_in_the_file() {
    let limit = "bladder,max,<= 50 Gy";
    let mut case = case(vec![("Bladder", None, Given::Dose(organ()))]);
    case.without = vec!["bladder".into()];
    let found = case.outcome(limit, CannotTell);
    assert_eq!(
        *missing(&found),
        NoLimitValue::Present {
            found: vec!["Bladder".to_string().into()]
        }
    );
    assert_eq!(found.code().to_string(), "limit.structure");
    // its region is empty, it is given as another one, or there is none
    case.structures[0].2 = Given::Empty;
    let found = case.outcome(limit, NotApplicable);
    assert_eq!(*missing(&found), NoLimitValue::NoOrgan);
    assert_eq!(found.code().to_string(), "limit.structure");
    case.structures[0].2 = Given::Dose(organ());
    case.names = vec!["Bladder=-"];
    case.outcome(limit, NotApplicable);
    case.names.clear();
    case.structures[0].0 = "Rectum";
    case.outcome(limit, NotApplicable);
    // another organ is not meant
    case.without = vec!["bowel".into()];
    case.outcome("rectum,max,<= 50 Gy", Pass);
}
