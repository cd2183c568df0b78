//! Records of days on which nothing was given, of several plans for one phase, and of more than a case states.

use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Outcome, Subject};
use chemorad_dicom::{DicomFile, GivenTreatment, Limits, TreatmentRecord};
use jiff::civil::date;

use crate::common::record::{DAYS, RecordFixture, record, records, session_beam};

const PLANS: [&str; 10] = [
    "2.25.31", "2.25.32", "2.25.33", "2.25.34", "2.25.35", "2.25.36", "2.25.37", "2.25.38",
    "2.25.39", "2.25.40",
];

fn given(fixtures: &[RecordFixture]) -> GivenTreatment {
    let read = |fixture: &RecordFixture| {
        let bytes = fixture.bytes();
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        file.treatment_record().unwrap()
    };
    let read: Vec<TreatmentRecord> = fixtures.iter().map(read).collect();
    let named: Vec<_> = (1..)
        .zip(&read)
        .map(|(number, record)| (Subject::path(format!("record {number}")), record))
        .collect();
    GivenTreatment::of(&named)
}

fn phases(text: &str) -> Vec<Fractionation> {
    text.split('+')
        .map(|phase| phase.parse().unwrap())
        .collect()
}

fn codes(given: &GivenTreatment) -> Vec<(&str, Outcome)> {
    let findings = given.findings.iter();
    findings.map(|f| (f.code(), f.outcome)).collect()
}

/// What is found against a prescription, with the number of doses.
fn against(fixtures: &[RecordFixture], prescription: &str) -> (usize, Vec<(String, Outcome)>) {
    let mut given = given(fixtures);
    let doses = given.hold_against(&phases(prescription));
    let found = codes(&given).into_iter();
    (
        doses.len(),
        found.map(|(code, of)| (code.into(), of)).collect(),
    )
}

fn warns(code: &str) -> Vec<(String, Outcome)> {
    vec![(code.into(), Outcome::Warn)]
}

/// All beams of a session broken off before the first monitor unit.
fn broken_off_at_once(one: &mut RecordFixture) {
    for beam in &mut one.beams {
        beam.status = "MACHINE";
        beam.delivered = Some("0");
        beam.dose = Some("0");
    }
}

/// A plan a day, for one fraction each.
fn daily(count: u32) -> Vec<RecordFixture> {
    let mut all = records(count);
    for (one, plan) in all.iter_mut().zip(PLANS) {
        one.plan = plan;
        one.planned = Some("1");
        for beam in &mut one.beams {
            beam.fraction = Some(1);
        }
    }
    all
}

/// A plan for 28 fractions that is replaced after some by another.
fn replaced(after: usize, planned: &'static str, first: u32) -> Vec<RecordFixture> {
    let mut all = records(10);
    for (number, one) in (first..).zip(all.iter_mut().skip(after)) {
        one.plan = PLANS[0];
        one.planned = Some(planned);
        for beam in &mut one.beams {
            beam.fraction = Some(number);
        }
    }
    all
}

#[test]
fn a_day_on_which_nothing_was_given_is_none_of_treatment() {
    // fraction 5 is tried on Friday and given on Monday
    let mut tried = records(9);
    for (one, day) in tried.iter_mut().skip(4).zip(&DAYS[5..]) {
        one.date = Some(day);
    }
    let mut nothing = record(5, DAYS[4]);
    nothing.instance = "2.25.900".into();
    broken_off_at_once(&mut nothing);
    for dose in [Some("0"), None] {
        for beam in &mut nothing.beams {
            beam.dose = dose;
        }
        let mut all = tried.clone();
        all.push(nothing.clone());
        assert_eq!(
            against(&all, "50.4Gy/28"),
            (9, warns("record.nothing_delivered"))
        );
        let given = given(&all);
        assert_eq!(given.fractions[4].date, date(2026, 12, 14));
        assert_eq!(given.findings[0].at(), "fraction 5");
        assert_eq!(given.findings[0].found().unwrap(), "2026-12-11");
    }
    // what is given on the next day may be called a continuation
    let mut goes_on = tried.clone();
    for beam in &mut goes_on[4].beams {
        beam.purpose = "CONTINUATION";
    }
    goes_on.push(nothing.clone());
    assert_eq!(
        against(&goes_on, "50.4Gy/28").1,
        warns("record.nothing_delivered")
    );
    // no more than 1 % of the meterset is nothing, 2 % is a part
    for (units, found) in [("1", "record.nothing_delivered"), ("2", "record.split")] {
        let mut begun = nothing.clone();
        for beam in &mut begun.beams {
            beam.delivered = Some(units);
        }
        let mut all = tried.clone();
        all.push(begun);
        let (_, codes) = against(&all, "50.4Gy/28");
        assert!(codes.iter().any(|one| one.0 == found), "{units}: {codes:?}");
    }
    // its number is used up, and that of the last
    let mut used = records(10);
    broken_off_at_once(&mut used[4]);
    assert_eq!(
        against(&used, "50.4Gy/28"),
        (9, warns("record.nothing_delivered"))
    );
    let mut last = records(10);
    broken_off_at_once(&mut last[9]);
    let given_of_last = given(&last);
    assert_eq!(given_of_last.fractions.len(), 9);
    assert_eq!(given_of_last.fractions[8].ended, date(2026, 12, 17));

    // a dose without monitor units contradicts, whether or not a whole beam tells its rate
    for count in [1, 10] {
        let mut dosed = records(count);
        broken_off_at_once(&mut dosed[0]);
        for beam in &mut dosed[0].beams {
            beam.dose = Some("0.4");
        }
        let found = given(&dosed);
        assert!(!found.is_settled(), "{:?}", found.findings);
        assert!(found.fractions[0].dose.is_none());
    }
    // one of two beams was given: the day is one of treatment
    let mut one = records(10);
    one[4].beams[1].status = "MACHINE";
    one[4].beams[1].delivered = Some("0");
    one[4].beams[1].dose = Some("0");
    let mut part = given(&one);
    let doses = part.hold_against(&phases("50.4Gy/28"));
    assert_eq!(doses[4].gray(), 0.9);
    assert_eq!(part.fractions[4].date, date(2026, 12, 11));
}

#[test]
fn plans_that_are_made_anew_each_day_are_parts_of_a_phase() {
    assert_eq!(
        against(&daily(10), "50.4Gy/28"),
        (10, warns("record.phases"))
    );
    // a record that is missing is not seen by numbers that begin anew
    let is_asked = |fixtures: &[RecordFixture]| {
        let mut given = given(fixtures);
        given.hold_against(&phases("50.4Gy/28"));
        given.findings[0].message().contains("no record is missing")
    };
    assert!(is_asked(&daily(10)));
    assert!(!is_asked(&replaced(5, "23", 1)));
    // over two phases
    let found = against(&daily(10), "14.4Gy/8+5.4Gy/3");
    assert_eq!(found.0, 10);
    assert!(
        found.1.iter().all(|one| one.1 == Outcome::Warn),
        "{found:?}"
    );
    // the first of them, by its dose
    assert_eq!(against(&daily(1), "50.4Gy/28"), (1, warns("record.phases")));
    assert_eq!(against(&daily(1), "1.8Gy/1"), (1, vec![]));
    let (_, found) = against(&daily(1), "50Gy/5");
    assert!(
        found.contains(&("record.dose".into(), Outcome::Fail)),
        "{found:?}"
    );
    // numbers that go on, and plans that repeat the whole number
    let mut goes_on = records(10);
    for (one, plan) in goes_on.iter_mut().zip(PLANS) {
        one.plan = plan;
    }
    assert_eq!(against(&goes_on, "50.4Gy/28"), (10, warns("record.phases")));
    // the dose of each is held against the phase
    let mut double = daily(10);
    for beam in &mut double[5].beams {
        beam.dose = Some("1.8");
    }
    let mut found = given(&double);
    found.hold_against(&phases("50.4Gy/28"));
    let of_dose = found.findings.iter().find(|one| one.is("record.dose"));
    assert_eq!(of_dose.unwrap().at(), "fraction 6");
    assert_eq!(of_dose.unwrap().outcome, Outcome::Fail);
    // and where it is not stated, nothing says that they are alike
    let mut silent = daily(10);
    silent[3].beams[0].dose = None;
    silent[3].beams[1].dose = None;
    assert_eq!(
        against(&silent, "50.4Gy/28").1,
        [("record.phases".to_string(), Outcome::CannotTell)]
    );
    // each of 28 and each the first: that is not one course
    let mut each = daily(10);
    for one in &mut each {
        one.planned = Some("28");
    }
    let (_, found) = against(&each, "50.4Gy/28");
    assert!(found.contains(&("record.phases".into(), Outcome::CannotTell)));
    // more than the phase has
    let (_, found) = against(&daily(10), "14.4Gy/8");
    assert!(found.contains(&("record.phases".into(), Outcome::CannotTell)));
}

#[test]
fn a_plan_that_was_replaced_goes_on_in_the_next() {
    for next in [
        replaced(5, "23", 1),
        replaced(5, "23", 6),
        replaced(5, "28", 6),
    ] {
        assert_eq!(against(&next, "50.4Gy/28"), (10, warns("record.phases")));
    }
    // typed as it was given
    assert_eq!(
        against(&replaced(5, "23", 1), "9Gy/5+41.4Gy/23").1,
        warns("record.fractions_planned")
    );
    // a record is missing between them, or the next plan is not for the rest
    let mut lacks = replaced(5, "23", 1);
    lacks.remove(4);
    for other in [lacks, replaced(5, "25", 1), replaced(5, "28", 1)] {
        let (_, found) = against(&other, "50.4Gy/28");
        assert!(
            found.contains(&("record.phases".into(), Outcome::CannotTell)),
            "{found:?}"
        );
    }
    // the first was not yet over
    let mut overlaps = replaced(5, "23", 1);
    overlaps[4].date = Some(DAYS[7]);
    let (_, found) = against(&overlaps, "50.4Gy/28");
    assert!(
        found.contains(&("record.phases".into(), Outcome::CannotTell)),
        "{found:?}"
    );
}

/// The doses of one volume of a course, and what is found.
fn of_course(
    fixtures: &[RecordFixture],
    volumes: &[&str],
) -> (Vec<String>, Vec<(String, Outcome)>) {
    let mut given = given(fixtures);
    given.find_missing();
    let stated: Vec<Vec<Fractionation>> = volumes.iter().map(|text| phases(text)).collect();
    let named: Vec<_> = ["cord", "skin"]
        .into_iter()
        .zip(stated.iter().map(Vec::as_slice))
        .collect();
    let doses = given.given_of("first", &named);
    let texts = doses.iter().map(|doses| {
        let doses: Vec<String> = doses.iter().map(ToString::to_string).collect();
        doses.join(" + ")
    });
    let texts = texts.collect();
    let found = codes(&given).into_iter();
    (texts, found.map(|(code, of)| (code.into(), of)).collect())
}

#[test]
fn what_a_course_gave_is_stated_for_a_volume_or_not_known() {
    let not_stated = |outcome| vec![("record.not_stated".to_string(), outcome)];
    let mut boosted = records(10);
    for (number, one) in (1..).zip(&mut boosted) {
        one.planned = Some("7");
        if number > 7 {
            one.plan = PLANS[0];
            one.planned = Some("3");
            for beam in &mut one.beams {
                beam.fraction = Some(number - 7);
            }
        }
    }
    assert_eq!(of_course(&boosted, &["10.5Gy/7+4.5Gy/3"]).1, []);
    assert_eq!(
        of_course(&boosted, &["10.5Gy/7"]).1,
        not_stated(Outcome::CannotTell)
    );
    assert_eq!(
        of_course(&boosted, &["10.5Gy/7", "10.5Gy/7+4.5Gy/3"]).1,
        not_stated(Outcome::Warn)
    );
    // two groups with one number of fractions, and one is stated
    let mut twice = records(10);
    for (number, one) in (1..).zip(&mut twice) {
        one.planned = Some("5");
        if number > 5 {
            one.group = "2";
            for beam in &mut one.beams {
                beam.fraction = Some(number - 5);
            }
        }
    }
    assert_eq!(of_course(&twice, &["7.5Gy/5+7.5Gy/5"]).1, []);
    assert_eq!(
        of_course(&twice, &["7.5Gy/5"]).1,
        not_stated(Outcome::CannotTell)
    );
}

#[test]
fn a_course_of_several_plans_is_never_cut_to_the_first() {
    let mut all = replaced(4, "6", 1);
    for one in all.iter_mut().take(4) {
        one.planned = Some("10");
    }
    let whole = phases("15Gy/10")[0].to_string();
    let (doses, found) = of_course(&all, &["15Gy/10"]);
    assert_eq!(
        (doses, found),
        (vec![whole.clone()], warns("record.phases"))
    );
    // typed as it was given
    assert_eq!(of_course(&all, &["6Gy/4+9Gy/6"]).1, []);
    let (doses, found) = of_course(&daily(10), &["15Gy/10"]);
    assert_eq!((doses, found), (vec![whole], warns("record.phases")));
    // broken off: those that were given
    let (doses, found) = of_course(&daily(10), &["42Gy/28"]);
    assert_eq!(doses, [phases("15Gy/10")[0].to_string()]);
    assert!(
        found.contains(&("record.fewer_fractions".into(), Outcome::Warn)),
        "{found:?}"
    );
    // the second of two phases too
    let mut boosted = daily(10);
    for (number, one) in (1..).zip(boosted.iter_mut().take(6)) {
        one.plan = "2.25.1";
        one.planned = Some("6");
        for beam in &mut one.beams {
            beam.fraction = Some(number);
        }
    }
    let (doses, found) = of_course(&boosted, &["9Gy/6+15Gy/10"]);
    let given_doses = [
        phases("9Gy/6")[0].to_string(),
        phases("6Gy/4")[0].to_string(),
    ];
    assert_eq!(doses, [given_doses.join(" + ")]);
    assert!(found.iter().all(|one| one.1 == Outcome::Warn), "{found:?}");
    // two single fractions are two phases, whatever their doses are
    let mut single = daily(2);
    for beam in &mut single[1].beams {
        beam.dose = Some("8");
    }
    assert_eq!(of_course(&single, &["4Gy/1+3Gy/1"]).1, []);
    let (_, found) = of_course(&single, &["4Gy/1"]);
    assert!(
        found.iter().any(|one| one.1 == Outcome::CannotTell),
        "{found:?}"
    );
}

#[test]
fn a_whole_fraction_with_another_meterset_or_dose_is_not_like_the_others() {
    let mut double = records(10);
    for one in &mut double {
        one.planned = Some("10");
    }
    assert_eq!(of_course(&double, &["15Gy/10"]).1, []);
    let mut dosed = double.clone();
    for beam in &mut dosed[4].beams {
        beam.dose = Some("1.8");
    }
    assert_eq!(
        of_course(&dosed, &["15Gy/10"]).1,
        [("record.dose".to_string(), Outcome::CannotTell)]
    );
    for beam in &mut double[4].beams {
        (beam.specified, beam.delivered) = (Some("50"), Some("50"));
        beam.dose = None;
    }
    let found = given(&double);
    let said: Vec<String> = found.findings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("cannot tell record.meterset at fraction 5, beam 1: "));
    assert!(
        said[0].ends_with("expected meterset 100; found 50"),
        "{said:?}"
    );
    // within what a machine may be off by, and the rest of a beam
    for beam in &mut double[4].beams {
        (beam.specified, beam.delivered) = (Some("100.9"), Some("100.9"));
    }
    assert!(given(&double).is_settled());
}

#[test]
fn a_record_names_one_object_and_one_plan() {
    let mut copy = records(10);
    copy[9].instance = copy[8].instance.clone();
    assert_eq!(
        codes(&given(&copy)),
        [("record.same_object", Outcome::Fail)]
    );
    copy[9] = copy[8].clone();
    assert_eq!(
        codes(&given(&copy)),
        [("record.same_object", Outcome::Warn)]
    );
    let mut silent = records(3);
    for one in &mut silent {
        one.plan = "";
    }
    assert_eq!(codes(&given(&silent)), [("record.plan", Outcome::Warn)]);
    let mut several = records(3);
    several[1].plan = "2.25.1 2.25.2";
    let found = given(&several);
    assert!(
        codes(&found).contains(&("record.plan", Outcome::CannotTell)),
        "{:?}",
        found.findings
    );
    several[1].plan = "2.25.1 2.25.1";
    assert_eq!(codes(&given(&several)), []);
}

/// The last day of a course is that of the last session, not of the last fraction's first.
#[test]
fn a_course_ends_with_its_last_session() {
    let mut all = records(9);
    let mut rest = record(9, DAYS[9]);
    rest.instance = "2.25.900".into();
    rest.beams = vec![session_beam(2, 9)];
    all[8].beams.pop();
    all.push(rest);
    let ends = |day| {
        let mut given = given(&all);
        given.hold_against_day("first", "finished", day);
        codes(&given).contains(&("record.course_date", Outcome::Fail))
    };
    assert!(!ends(date(2026, 12, 18)));
    assert!(ends(date(2026, 12, 17)));
}

/// Fraction 2 of one plan is not fraction 2 of the next.
#[test]
fn what_is_found_in_one_of_several_groups_is_told_with_its_days() {
    let mut all = replaced(5, "23", 1);
    for at in [1, 6] {
        let beam = &mut all[at].beams[1];
        (beam.delivered, beam.status, beam.dose) = (Some("40"), "MACHINE", Some("0.36"));
    }
    let said: Vec<(String, String)> = given(&all)
        .findings
        .iter()
        .map(|one| (one.at(), one.message()))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for ((at, message), days) in said.iter().zip([
        "of the fraction group given from 2026-12-07 to 2026-12-11",
        "of the fraction group given from 2026-12-14 to 2026-12-18",
    ]) {
        assert_eq!(at, "fraction 2, beam 2");
        assert!(message.ends_with(days), "{message}");
    }
    // of one group nothing is to be told apart
    let mut one = records(10);
    let beam = &mut one[1].beams[1];
    (beam.delivered, beam.status, beam.dose) = (Some("40"), "MACHINE", Some("0.36"));
    assert!(!given(&one).findings[0].message().contains("fraction group"));
}

/// On some days a plan is made anew, on the others the first one is given; the numbers count through.
#[test]
fn a_plan_that_is_given_in_turn_with_others_is_a_part_of_the_phase() {
    let in_turn = |adapted: &[usize], planned: &'static str| {
        let mut all = records(10);
        for &at in adapted {
            all[at].plan = PLANS[at];
            all[at].planned = Some(planned);
        }
        all
    };
    let found = against(&in_turn(&[2, 3, 7], "1"), "50.4Gy/28");
    assert_eq!(found, (10, warns("record.phases")));
    // a record of a plan for a whole course may be one of another
    let (_, found) = against(&in_turn(&[3], "28"), "50.4Gy/28");
    assert!(
        found.iter().any(|one| one.1 == Outcome::CannotTell),
        "{found:?}"
    );
    let mut given = given(&in_turn(&[2, 3, 7], "1"));
    given.hold_against(&phases("50.4Gy/28"));
    assert!(
        given.findings[0]
            .message()
            .starts_with("4 plans gave 10 fractions")
    );
    let mut course = in_turn(&[2, 7], "1");
    for one in &mut course {
        one.planned = one
            .planned
            .map(|count| if count == "28" { "10" } else { count });
    }
    let (doses, found) = of_course(&course, &["15Gy/10"]);
    assert_eq!(doses, [phases("15Gy/10")[0].to_string()]);
    assert_eq!(found, warns("record.phases"));
    // numbers of their own show nothing
    let mut own = in_turn(&[2], "1");
    for beam in &mut own[2].beams {
        beam.fraction = Some(1);
    }
    let (_, found) = against(&own, "50.4Gy/28");
    assert!(
        found.iter().any(|one| one.1 == Outcome::CannotTell),
        "{found:?}"
    );
    // nor do two plans that are given side by side
    let mut beside = records(5);
    for one in records(5) {
        let mut other = one.clone();
        other.plan = PLANS[0];
        other.instance.push('0');
        other.time = "103000";
        beside.push(other);
    }
    let (_, found) = against(&beside, "50.4Gy/28");
    assert!(
        found.iter().any(|one| one.1 == Outcome::CannotTell),
        "{found:?}"
    );
}

/// Numbers that are missing are told as runs: a misread number does not fill the memory.
#[test]
fn missing_numbers_are_runs() {
    let mut all = records(10);
    for one in &mut all {
        one.planned = Some("2147483647");
    }
    all.remove(4);
    for beam in &mut all[8].beams {
        beam.fraction = Some(2_147_483_647);
    }
    let mut given = given(&all);
    given.find_missing();
    let missing = given.findings.iter().find(|one| one.is("record.missing"));
    let message = missing.unwrap().message();
    assert!(
        message.contains("no record of fractions 5, 10 to 2147483646:"),
        "{message}"
    );
}
