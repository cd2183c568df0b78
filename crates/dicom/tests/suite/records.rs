//! Records of treatment: what is read, and which fractions they make.

use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Outcome, Subject};
use chemorad_dicom::{
    DicomFile, GivenTreatment, Kind, Limits, Plan, TreatmentRecord, records_against_plan,
};
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use jiff::civil::date;

use crate::common::record::{DAYS, RecordFixture, SessionBeam, record, records, session_beam};
use crate::common::{GroupFixture, PLAIN, PlanFixture, beam, encoded, pelvis, text};

/// What is changed in right records.
type Change = fn(&mut Vec<RecordFixture>);

fn read(fixture: &RecordFixture) -> TreatmentRecord {
    let bytes = fixture.bytes();
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    file.treatment_record().unwrap()
}

fn given(fixtures: &[RecordFixture]) -> GivenTreatment {
    let read: Vec<TreatmentRecord> = fixtures.iter().map(read).collect();
    let named = (1..).zip(&read);
    let named: Vec<_> = named
        .map(|(number, record)| (Subject::path(format!("record {number}")), record))
        .collect();
    GivenTreatment::of(&named)
}

fn codes(given: &GivenTreatment) -> Vec<(&str, Outcome)> {
    let findings = given.findings.iter();
    findings.map(|f| (f.code(), f.outcome)).collect()
}

fn prescribed(text: &str) -> Vec<Fractionation> {
    text.split('+')
        .map(|phase| phase.parse().unwrap())
        .collect()
}

/// What is found in sessions, held against 50.4 Gy in 28 fractions.
fn found(fixtures: &[RecordFixture]) -> Vec<(String, Outcome)> {
    let mut given = given(fixtures);
    given.hold_against(&prescribed("50.4Gy/28"));
    let codes = codes(&given).into_iter();
    codes
        .map(|(code, outcome)| (code.into(), outcome))
        .collect()
}

#[track_caller]
fn finds(fixtures: &[RecordFixture], code: &str, outcome: Outcome) {
    assert_eq!(found(fixtures), [(code.to_string(), outcome)]);
}

#[test]
fn what_several_records_lack_is_said_once() {
    let mut undated = records(8);
    for record in &mut undated[2..6] {
        record.date = None;
    }
    undated[6].beams.clear();
    undated[7].beams.clear();
    for beam in &mut undated[1].beams {
        beam.fraction = None;
    }
    let findings = given(&undated).findings;
    let said: Vec<_> = findings
        .iter()
        .map(|f| (f.code(), f.outcome, f.at(), f.message(), f.found()))
        .collect();
    let cannot_tell = Outcome::CannotTell;
    let unplaced = |beam| {
        (
            "record.fraction_number",
            cannot_tell,
            "record 2".to_string(),
            format!(
                "beam {beam} cannot be placed: it needs Referenced Beam Number and Current Fraction Number"
            ),
            None,
        )
    };
    let of_several = |code, message: &str, records: &str| {
        let (message, records) = (message.to_string(), Some(records.to_string()));
        (code, cannot_tell, "records".to_string(), message, records)
    };
    assert_eq!(
        said,
        [
            unplaced(1),
            unplaced(2),
            of_several(
                "record.date",
                "4 records have no Treatment Date, so they are not counted",
                "record 3, record 4, record 5, record 6"
            ),
            of_several(
                "record.no_beams",
                "2 records name no beam that treats",
                "record 7, record 8"
            ),
        ]
    );

    // and what a single one lacks is said of it
    let mut one = records(4);
    one[2].date = None;
    let findings = given(&one).findings;
    let said: Vec<_> = findings.iter().map(|f| (f.at(), f.message())).collect();
    assert_eq!(
        said,
        [(
            "record 3".to_string(),
            "the record has no Treatment Date, so it is not counted".to_string()
        )]
    );
}

#[test]
fn a_record_is_read_in_every_encoding() {
    for ion in [false, true] {
        for syntax in PLAIN {
            let mut fixture = record(3, "20261209");
            fixture.ion = ion;
            let bytes = encoded(fixture.object(), syntax);
            let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
            let kind = if ion {
                Kind::IonTreatmentRecord
            } else {
                Kind::TreatmentRecord
            };
            assert_eq!(*file.kind(), kind);
            let record = file.treatment_record().unwrap();
            assert_eq!(record.date, Some(date(2026, 12, 9)));
            assert_eq!(record.time.as_deref(), Some("101500"));
            assert_eq!(record.plan(), Some("2.25.1"));
            assert_eq!(record.fraction_group, Some(1));
            assert_eq!(record.fractions_planned, Some(28));
            assert_eq!(record.patient.id.as_deref(), Some("synthetic-1"));
            let [first, second] = record.beams.as_slice() else {
                panic!("{:?}", record.beams);
            };
            assert_eq!((first.number, second.number), (Some(1), Some(2)));
            assert_eq!(first.fraction, Some(3));
            assert!(first.is_completed());
            assert_eq!(first.delivered_meterset.as_ref().unwrap().text(), "100");
            assert_eq!(first.calculated[0].reference, Some(1));
            assert_eq!(first.calculated[0].dose.as_ref().unwrap().text(), "0.9");
            assert!(record.notes.is_empty(), "{:?}", record.notes);
            assert!(file.plan().is_err() && file.dose().is_err());
        }
    }
    let plan = pelvis().bytes();
    let file = DicomFile::from_bytes(&plan, Limits::default()).unwrap();
    let error = file.treatment_record().unwrap_err().to_string();
    assert_eq!(
        error,
        "this is not an RT Beams Treatment Record but an RT Plan"
    );
    for wrong in ["2026-12-7", "20261301", "00260101", "2026120"] {
        let mut object = record(1, "20261207").object();
        text(&mut object, tags::TREATMENT_DATE, VR::LO, wrong);
        let bytes = encoded(object, PLAIN[1]);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let error = file.treatment_record().unwrap_err().to_string();
        assert!(error.contains("eight digits"), "{wrong}: {error}");
    }
}

#[test]
fn beams_of_one_number_are_one_fraction_and_two_numbers_on_one_day_are_two() {
    assert_eq!(found(&records(10)), []);
    let given = given(&records(10));
    let days: Vec<String> = given
        .fractions
        .iter()
        .map(|fraction| fraction.date.strftime("%Y%m%d").to_string())
        .collect();
    assert_eq!(days, DAYS);
    assert!(
        given
            .fractions
            .iter()
            .all(|f| f.complete && f.beams == [1, 2])
    );
    assert_eq!(given.fractions[0].dose, Some("1.8".parse().unwrap()));

    // each beam in a record of its own, in any order
    let mut split = records(2);
    let mut others = records(2);
    for (number, (one, other)) in split.iter_mut().zip(&mut others).enumerate() {
        one.beams.pop();
        other.beams.remove(0);
        other.instance = format!("2.25.80{number}");
    }
    others.append(&mut split);
    let split = others;
    assert_eq!(found(&split), []);
    assert_eq!(self::given(&split).fractions.len(), 2);

    // on two days
    let mut days: Vec<RecordFixture> = split;
    days.retain(|one| one.beams[0].fraction == Some(1));
    days[0].date = Some("20261208");
    finds(&days, "record.split", Outcome::Warn);

    // a second fraction on the same day
    let mut twice = records(2);
    twice[1].date = Some("20261207");
    twice[1].time = "163000";
    assert_eq!(found(&twice), []);
    assert_eq!(self::given(&twice).fractions.len(), 2);

    // images do not treat
    let mut images = records(1);
    let mut image = session_beam(9, 1);
    image.purpose = "OPEN_PORTFILM";
    image.status = "OPERATOR";
    images[0].beams.push(image);
    assert_eq!(found(&images), []);
    assert_eq!(self::given(&images).fractions[0].beams, [1, 2]);
    images[0].beams.drain(..2);
    let nothing = self::given(&images);
    assert_eq!(codes(&nothing), [("record.no_beams", Outcome::CannotTell)]);
    assert!(nothing.fractions.is_empty() && !nothing.is_settled());
}

#[test]
fn a_fraction_that_was_broken_off_is_never_a_whole_one() {
    let mut off = records(3);
    off[1].beams[1].status = "MACHINE";
    off[1].beams[1].delivered = Some("40");
    off[1].beams[1].dose = Some("0.36");
    finds(&off, "record.broken_off", Outcome::Warn);
    let mut taken = given(&off);
    let doses = taken.hold_against(&prescribed("50.4Gy/28"));
    let gray: Vec<f64> = doses.iter().map(|dose| dose.gray()).collect();
    assert_eq!(gray, [1.8, 1.26, 1.8]);
    assert!(!taken.fractions[1].complete && taken.is_settled());

    // without a dose it is not known what was given
    let mut unknown = off.clone();
    unknown[1].beams[1].dose = None;
    finds(&unknown, "record.broken_off", Outcome::CannotTell);
    assert!(!given(&unknown).is_settled());
    // by its status alone
    unknown[1].beams[1].delivered = None;
    finds(&unknown, "record.broken_off", Outcome::CannotTell);
    // a beam that was never begun
    let mut missing = records(3);
    missing[1].beams.pop();
    finds(&missing, "record.broken_off", Outcome::Warn);

    // given to its end later
    let mut rest = record(2, "20261208");
    rest.instance = "2.25.900".into();
    rest.time = "113000";
    rest.beams = vec![session_beam(2, 2)];
    rest.beams[0].purpose = "CONTINUATION";
    rest.beams[0].specified = Some("60");
    rest.beams[0].delivered = Some("60");
    rest.beams[0].dose = Some("0.54");
    let mut resumed = off.clone();
    resumed.push(rest);
    finds(&resumed, "record.broken_off", Outcome::Warn);
    let whole = given(&resumed);
    assert!(whole.fractions[1].complete);
    assert_eq!(whole.fractions[1].dose, Some("1.8".parse().unwrap()));
}

#[test]
fn what_contradicts_is_said() {
    let change = |change: Change| {
        let mut fixtures = records(4);
        change(&mut fixtures);
        fixtures
    };
    let fails: [(Change, &str); 7] = [
        (|r| r[2].beams[0].specified = Some("0"), "record.meterset"),
        (|r| r[2].beams[0].delivered = Some("90"), "record.meterset"),
        (|r| r[2].beams[0].delivered = Some("102"), "record.meterset"),
        (
            |r| {
                // the third fraction once more, on the next day
                let mut again = record(3, "20261211");
                again.instance = "2.25.900".into();
                again.beams.pop();
                again.beams[0].dose = None;
                r[2].beams[0].dose = None;
                r.push(again);
            },
            "record.repeated",
        ),
        (
            |r| {
                r[2].date = Some("20261210");
                r[3].date = Some("20261209");
            },
            "record.order",
        ),
        (
            |r| r.iter_mut().for_each(|r| r.planned = Some("25")),
            "record.fractions_planned",
        ),
        (
            |r| {
                for beam in &mut r[2].beams {
                    beam.dose = Some("1.8");
                }
            },
            "record.dose",
        ),
    ];
    for (one, code) in fails {
        finds(&change(one), code, Outcome::Fail);
    }
    let cannot_tell: [(Change, &str); 3] = [
        (|r| drop(r.remove(1)), "record.missing"),
        (|r| r[3].date = None, "record.date"),
        (
            |r| r[3].beams.iter_mut().for_each(|b| b.fraction = None),
            "record.fraction_number",
        ),
    ];
    for (one, code) in cannot_tell {
        let found = found(&change(one));
        assert!(
            found.contains(&(code.into(), Outcome::CannotTell)),
            "{code}: {found:?}"
        );
    }
    let warns: [(Change, &str); 5] = [
        (|r| r.push(r[1].clone()), "record.same_object"),
        (
            |r| {
                for beam in &mut r[2].beams {
                    beam.dose = Some("0.92");
                }
            },
            "record.dose",
        ),
        // the whole meterset was given, and the status says something else, or nothing
        (|r| r[2].beams[0].status = "MACHINE", "record.termination"),
        (|r| r[2].beams[0].status = "UNKNOWN", "record.termination"),
        (
            |r| {
                r.iter_mut()
                    .flat_map(|r| &mut r.beams)
                    .for_each(|b| b.status = "");
            },
            "record.termination",
        ),
    ];
    for (one, code) in warns {
        finds(&change(one), code, Outcome::Warn);
    }
    // within what a machine and a point may be off by
    assert_eq!(
        found(&change(|r| r[2].beams[0].delivered = Some("100.9"))),
        []
    );
    assert_eq!(found(&change(|r| r[2].beams[0].dose = Some("0.91"))), []);
    // no doses, no number of fractions
    assert_eq!(
        found(&change(|r| {
            for one in r {
                one.planned = None;
                for beam in &mut one.beams {
                    beam.dose = None;
                }
            }
        })),
        []
    );
}

#[test]
fn groups_are_held_against_phases_in_their_order() {
    let two = |first: u32, planned: &'static str| {
        let mut all = records(10);
        for (number, one) in (1..).zip(&mut all) {
            one.planned = Some(planned);
            if number > first {
                one.plan = "2.25.9";
                one.planned = Some("28");
                for beam in &mut one.beams {
                    beam.fraction = Some(number - first);
                }
            }
        }
        all
    };
    let against = |fixtures: &[RecordFixture], prescription: &str| {
        let mut given = given(fixtures);
        let doses = given.hold_against(&prescribed(prescription));
        let codes: Vec<String> = codes(&given)
            .iter()
            .map(|(code, _)| (*code).into())
            .collect();
        (doses.len(), codes)
    };
    assert_eq!(against(&two(5, "5"), "9Gy/5+50.4Gy/28"), (10, vec![]));
    // numbers that go on from the first phase
    let mut goes_on = two(5, "5");
    for one in goes_on.iter_mut().skip(5) {
        for beam in &mut one.beams {
            beam.fraction = beam.fraction.map(|number| number + 5);
        }
    }
    assert_eq!(against(&goes_on, "9Gy/5+50.4Gy/28"), (10, vec![]));
    let (_, codes) = against(&two(4, "5"), "9Gy/5+50.4Gy/28");
    assert_eq!(codes, ["record.phases"]);
    let (_, codes) = against(&two(5, "28"), "50.4Gy/28");
    assert!(codes.contains(&"record.phases".to_string()), "{codes:?}");
    let mut many = records(6);
    for one in &mut many {
        one.planned = None;
    }
    let (_, codes) = against(&many, "9Gy/5");
    assert_eq!(codes, ["record.fractions_planned"]);
}

/// A record whose dose stays that of the whole beam says two things of what was given.
#[test]
fn a_part_of_the_meterset_with_the_dose_of_the_whole_is_not_known() {
    let off = |delivered: &'static str, dose: &'static str| {
        let mut off = records(3);
        off[1].beams[1].status = "MACHINE";
        off[1].beams[1].delivered = Some(delivered);
        off[1].beams[1].dose = Some(dose);
        off
    };
    for (delivered, dose) in [
        ("50", "0.9"),
        ("50", "0.36"),
        ("40", "36"),
        ("90", "0.9"),
        ("0", "0.9"),
    ] {
        let off = off(delivered, dose);
        finds(&off, "record.broken_off", Outcome::CannotTell);
        let given = given(&off);
        assert!(!given.fractions[1].complete && given.fractions[1].dose.is_none());
    }
    // in proportion, as far as it is rounded
    for (delivered, dose) in [
        ("50", "0.45"),
        ("50", "0.48"),
        ("33.3", "0.3"),
        ("0", "0"),
        ("98", "0.88"),
    ] {
        let off = off(delivered, dose);
        finds(&off, "record.broken_off", Outcome::Warn);
        assert!(given(&off).is_settled(), "{delivered} {dose}");
    }
    // a small dose is rounded to a centigray
    let mut small = records(3);
    for one in &mut small {
        one.beams[0].dose = Some("1.76");
        one.beams[1].dose = Some("0.04");
    }
    small[1].beams[1].status = "MACHINE";
    small[1].beams[1].delivered = Some("60");
    small[1].beams[1].dose = Some("0.03");
    finds(&small, "record.broken_off", Outcome::Warn);

    // a beam that was never whole: no share is known, and the fraction has the dose of a whole one
    let mut never = records(2);
    for one in &mut never {
        one.beams[1].status = "MACHINE";
        one.beams[1].delivered = Some("50");
    }
    let found = found(&never);
    assert!(
        found.contains(&("record.broken_off".into(), Outcome::CannotTell)),
        "{found:?}"
    );
    // a beam is missing, and the other one has the dose of both
    let mut missing = records(3);
    missing[1].beams.pop();
    missing[1].beams[0].dose = Some("1.8");
    let given = given(&missing);
    assert!(!given.is_settled() && given.fractions[1].dose.is_none());
}

/// Every fraction has its whole meterset, and a dose that is not the planned one.
#[test]
fn a_recorded_dose_far_from_the_planned_one_is_not_passed_over() {
    let doses = |dose: &'static str| {
        let mut all = records(10);
        for beam in all.iter_mut().flat_map(|one| &mut one.beams) {
            beam.dose = Some(dose);
        }
        let mut given = given(&all);
        given.hold_against(&prescribed("50.4Gy/28"));
        given
    };
    for (dose, outcome) in [
        ("0.91", Outcome::Warn),
        ("0.94", Outcome::Warn),
        ("0.95", Outcome::CannotTell),
        ("0.7", Outcome::CannotTell),
        ("1.0", Outcome::CannotTell),
        ("0.6", Outcome::Fail),
        ("90", Outcome::Fail),
    ] {
        let given = doses(dose);
        assert_eq!(codes(&given), [("record.dose", outcome)], "{dose}");
        // once for all of them
        let finding = given.findings[0].to_string();
        assert!(finding.contains("fractions 1 to 10"), "{finding}");
    }
    assert_eq!(codes(&doses("0.9")), []);
    assert_eq!(codes(&doses("0.905")), []);
}

#[test]
fn a_status_that_is_not_stated_is_said_as_what_it_is() {
    let mut nothing = records(10);
    for beam in nothing.iter_mut().flat_map(|one| &mut one.beams) {
        beam.status = "";
    }
    let without = given(&nothing);
    let finding = without.findings[0].to_string();
    assert_eq!(without.findings.len(), 1);
    assert!(
        finding.contains("fractions 1 to 10")
            && finding.contains("is not stated")
            && !finding.contains("broken"),
        "{finding}"
    );
    assert!(without.fractions.iter().all(|fraction| fraction.complete));
    // with no metersets either, nothing says that the beam is whole
    nothing[3].beams[0].delivered = None;
    nothing[3].beams[0].dose = None;
    let unknown = given(&nothing);
    assert!(!unknown.is_settled() && !unknown.fractions[3].complete);
    let finding = unknown
        .findings
        .iter()
        .find(|f| f.code() == "record.broken_off");
    let finding = finding.unwrap().to_string();
    assert!(finding.contains("neither how the beam ended"), "{finding}");
}

#[test]
fn what_a_beam_is_for_is_not_guessed() {
    for purpose in ["VERIFICATION", "MACHINE_QA"] {
        let mut all = records(10);
        for beam in all.iter_mut().flat_map(|record| &mut record.beams) {
            beam.purpose = purpose;
        }
        let found = given(&all);
        assert!(found.fractions.is_empty());
        assert_eq!(codes(&found), [("record.purpose", Outcome::CannotTell)]);
        assert!(!found.is_settled());
    }
    // a continuation is the rest of something
    let mut all = records(3);
    all[1].beams[0].purpose = "CONTINUATION";
    assert_eq!(
        codes(&given(&all)),
        [("record.purpose", Outcome::CannotTell)]
    );
    let mut first = record(2, DAYS[1]);
    first.instance = "2.25.7777".into();
    first.time = "090000";
    first.beams.truncate(1);
    first.beams[0].delivered = Some("40");
    first.beams[0].status = "MACHINE";
    all[1].beams[0].delivered = Some("60");
    all[1].beams[0].specified = Some("60");
    all.push(first);
    assert_eq!(codes(&given(&all)), [("record.broken_off", Outcome::Warn)]);
}

#[test]
fn metersets_that_are_not_stated_or_zero_are_said_once() {
    let with = |specified, delivered| {
        let mut all = records(5);
        for beam in all.iter_mut().flat_map(|record| &mut record.beams) {
            beam.specified = specified;
            beam.delivered = delivered;
        }
        let found = given(&all);
        (
            found.fractions.len(),
            codes(&found)
                .into_iter()
                .map(|one| one.1)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(with(Some("100"), Some("100")), (5, vec![]));
    assert_eq!(with(Some("100"), None), (5, vec![Outcome::Warn]));
    assert_eq!(with(None, None), (5, vec![Outcome::Warn]));
    assert_eq!(with(Some("0"), Some("0")), (5, vec![Outcome::CannotTell]));
    // twice the specified one, for every beam of every day
    assert_eq!(with(Some("100"), Some("200")), (5, vec![Outcome::Fail]));
}

/// What is alike in several beams and fractions is one line, with all of them and their numbers.
#[test]
fn what_is_alike_is_said_once() {
    let said = |change: &dyn Fn(u32, &mut SessionBeam)| -> Vec<String> {
        let mut all = records(10);
        for record in &mut all {
            for beam in &mut record.beams {
                change(beam.fraction.unwrap(), beam);
            }
        }
        let found = given(&all).findings;
        found.iter().map(ToString::to_string).collect()
    };
    let over = said(&|fraction, beam| {
        beam.delivered = Some(if fraction == 3 { "104" } else { "105" });
    });
    assert_eq!(
        over,
        [
            "fail record.meterset at fractions 1 to 10, beams 1, 2: the delivered metersets are not the specified ones, although the beams ended as they should (+4.0 % to +5.0 %); expected meterset 100; found 104 to 105"
        ]
    );
    // too much and too little are two things, and each beam stands with its own fractions
    let both = said(&|fraction, beam| match (fraction, beam.number) {
        (1..=4, 1) => beam.delivered = Some("105"),
        (5..=7, 1) | (7, 2) => beam.delivered = Some("90"),
        _ => {}
    });
    let at = |text: &str| text.split(": ").next().unwrap().to_string();
    assert_eq!(
        both.iter().map(|text| at(text)).collect::<Vec<_>>(),
        [
            "fail record.meterset at fractions 1 to 4, beam 1",
            "fail record.meterset at fractions 5, 6, beam 1; fraction 7, beams 1, 2",
        ]
    );
    assert!(both[1].contains("(-10.0 %)"), "{both:?}");
    // one alone reads as before
    let one = said(&|fraction, beam| {
        if (fraction, beam.number) == (4, 2) {
            beam.delivered = Some("105");
        }
    });
    assert_eq!(
        one,
        [
            "fail record.meterset at fraction 4, beam 2: the delivered meterset is not the specified one, although the beam ended as it should; expected meterset 100; found 105"
        ]
    );
    // with a dose and without one is known and not known
    let broken = said(&|fraction, beam| {
        if fraction > 6 && beam.number == 1 {
            (beam.delivered, beam.status) = (Some("50"), "OPERATOR");
            beam.dose = (fraction > 8).then_some("0.45");
        }
    });
    assert_eq!(
        broken.iter().map(|text| at(text)).collect::<Vec<_>>(),
        [
            "cannot tell record.broken_off at fractions 7, 8, beam 1",
            "warn record.broken_off at fractions 9, 10, beam 1",
        ]
    );
    assert!(broken[0].contains("is not known") && !broken[1].contains("is not known"));
    let missing = |numbers: &[usize]| -> Vec<String> {
        let mut all = records(10);
        for &at in numbers {
            all[at].beams.pop();
        }
        let found = given(&all).findings;
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(missing(&[2, 4]).len(), 1);
    assert!(missing(&[2, 4])[0].contains("at fractions 3, 5: beam 2"));
    assert!(missing(&[2])[0].contains("at fraction 3: beams"));
}

/// A plan that was changed after it was treated is not the one that was treated.
#[test]
fn a_session_before_the_day_of_the_plan_is_said() {
    let read: Vec<TreatmentRecord> = records(5).iter().map(read).collect();
    let read: Vec<&TreatmentRecord> = read.iter().collect();
    let on = |date: &str| -> Vec<String> {
        let mut plan = planned(|_| {});
        plan.date = Some(date.into());
        let found = records_against_plan(&read, &plan);
        found.iter().map(ToString::to_string).collect()
    };
    // the first session is on 7 December
    assert_eq!(on("20261201"), [""; 0]);
    assert_eq!(on("20261207"), [""; 0]);
    assert_eq!(
        on("20261209"),
        [
            "warn record.against_plan at fractions 1, 2: given before the plan was last changed (RT Plan Date): a date is wrong, or the plan was changed after it was treated; expected 2026-12-09 or later; found 2026-12-07"
        ]
    );
    // what is no date is said of the plan
    assert_eq!(on("yesterday"), [""; 0]);
    // the day of its approval, where it is approved
    let approved = |date: &str, status: Option<&'static str>| -> Vec<String> {
        let mut plan = planned(|fixture| fixture.approval = status);
        plan.review_date = Some(date.into());
        let found = records_against_plan(&read, &plan);
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(approved("20261207", Some("APPROVED")), [""; 0]);
    assert_eq!(approved("20261209", Some("UNAPPROVED")), [""; 0]);
    let late = approved("20261209", Some("APPROVED"));
    assert_eq!(late.len(), 1);
    assert!(late[0].starts_with("warn record.against_plan at fractions 1, 2: "));
    assert!(late[0].contains("Review Date"), "{late:?}");
}

#[test]
fn the_number_of_fractions_is_that_of_the_plan() {
    let against =
        |planned_fractions: u32, stated: Option<&'static str>| -> Vec<(Outcome, String)> {
            let plan = planned(|fixture| fixture.groups[0].fractions = Some(planned_fractions));
            let mut all = records(5);
            for one in &mut all {
                one.planned = stated;
            }
            let read: Vec<TreatmentRecord> = all.iter().map(read).collect();
            let read: Vec<&TreatmentRecord> = read.iter().collect();
            let found = records_against_plan(&read, &plan);
            found.iter().map(|f| (f.outcome, f.to_string())).collect()
        };
    assert_eq!(against(28, Some("28")), []);
    assert_eq!(against(5, None), []);
    let other = against(25, Some("28"));
    assert_eq!(other.len(), 1, "{other:?}");
    assert_eq!(other[0].0, Outcome::Warn);
    assert!(other[0].1.contains("expected 25 fractions; found 28"));
    let more = against(4, None);
    assert_eq!(more.len(), 1, "{more:?}");
    assert_eq!(more[0].0, Outcome::Fail);
    assert!(more[0].1.contains("expected at most 4 fractions; found 5"));
}

/// 28 fractions of two photon beams of 100 monitor units.
fn planned(change: impl FnOnce(&mut PlanFixture)) -> Plan {
    let mut fixture = pelvis();
    fixture.groups = vec![GroupFixture {
        fractions: Some(28),
        beams: vec![beam(1, "0.9"), beam(2, "0.9")],
    }];
    change(&mut fixture);
    let mut object = fixture.object();
    text(&mut object, tags::SOP_INSTANCE_UID, VR::UI, "2.25.1");
    let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    file.plan().unwrap()
}

#[test]
fn records_are_held_against_their_plan() {
    let plan = planned(|_| {});
    let found = |change: &dyn Fn(&mut SessionBeam), beams: usize| -> Vec<(Outcome, String)> {
        let mut all = records(5);
        for record in &mut all {
            record.beams.truncate(beams);
            record.beams.iter_mut().for_each(change);
        }
        let read: Vec<TreatmentRecord> = all.iter().map(read).collect();
        let read: Vec<&TreatmentRecord> = read.iter().collect();
        let found = records_against_plan(&read, &plan);
        found
            .iter()
            .map(|one| (one.outcome, one.message()))
            .collect()
    };
    assert_eq!(found(&|_| {}, 2), []);
    // a beam that is missing every day
    let missing = found(&|_| {}, 1);
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].1.ends_with("none of beam 2"), "{missing:?}");
    let fail = |change: &dyn Fn(&mut SessionBeam), words: &str| {
        let found = found(change, 2);
        assert!(!found.is_empty());
        for (outcome, message) in &found {
            assert_eq!(*outcome, Outcome::Fail, "{message}");
            assert!(message.contains(words), "{message}");
        }
        // one line for each beam, not for each day
        assert!(found.len() <= 2, "{found:?}");
    };
    fail(
        &|beam| beam.radiation = Some("ELECTRON"),
        "another kind of radiation",
    );
    fail(
        &|beam| (beam.specified, beam.delivered) = (Some("200"), Some("200")),
        "is not the planned one",
    );
    fail(
        &|beam| (beam.specified, beam.delivered) = (None, Some("200")),
        "is not the planned one",
    );
    // nothing is said of the records of another plan
    let mut other = records(1);
    other[0].plan = "2.25.2";
    other[0].beams.clear();
    assert!(records_against_plan(&[&read(&other[0])], &plan).is_empty());
    // a beam with two kinds of radiation, without the plan too
    let mut all = records(2);
    all[0].beams[0].radiation = Some("ELECTRON");
    assert_eq!(
        codes(&given(&all)),
        [("record.against_plan", Outcome::CannotTell)]
    );
}

#[test]
fn records_of_a_group_that_the_plan_does_not_have_fail() {
    let plan = planned(|_| {});
    let against = |group: &'static str| -> Vec<(Outcome, String)> {
        let mut all = records(3);
        for one in &mut all {
            one.group = group;
        }
        let read: Vec<TreatmentRecord> = all.iter().map(read).collect();
        let read: Vec<&TreatmentRecord> = read.iter().collect();
        let found = records_against_plan(&read, &plan);
        found.iter().map(|f| (f.outcome, f.to_string())).collect()
    };
    assert_eq!(against("1"), []);
    let found = against("2");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Outcome::Fail);
    assert!(found[0].1.contains("fractions 1 to 3"), "{found:?}");
    assert!(found[0].1.contains("fraction group 2"), "{found:?}");
}

/// The rest of a beam that was broken off is as long as what was left, whatever its purpose is called.
#[test]
fn the_rest_of_a_beam_is_no_other_meterset() {
    let plan = planned(|_| {});
    let against = |rest: &'static str| -> Vec<Outcome> {
        let mut first = record(1, "20261207");
        first.beams.pop();
        let beam = &mut first.beams[0];
        (beam.delivered, beam.status) = (Some("50"), "MACHINE");
        let mut second = record(1, "20261207");
        second.instance = "2.25.7999".into();
        second.time = "111500";
        let beam = &mut second.beams[0];
        (beam.specified, beam.delivered) = (Some(rest), Some(rest));
        // the later session first: the times tell the order
        let read = [read(&second), read(&first)];
        let found = records_against_plan(&[&read[0], &read[1]], &plan);
        found.iter().map(|one| one.outcome).collect()
    };
    assert_eq!(against("50"), []);
    assert_eq!(against("40"), [Outcome::Fail]);
    assert_eq!(against("60"), [Outcome::Fail]);
}

#[test]
fn a_value_that_was_accepted_at_the_machine_is_said() {
    let with = |status| {
        let mut all = records(3);
        all[1].beams[0].verified = status;
        codes(&given(&all))
            .iter()
            .map(|(code, outcome)| ((*code).to_string(), *outcome))
            .collect::<Vec<_>>()
    };
    assert_eq!(with(None), []);
    assert_eq!(with(Some("VERIFIED")), []);
    assert_eq!(
        with(Some("VERIFIED_OVR")),
        [("record.override".to_string(), Outcome::Warn)]
    );
}

#[test]
fn times_between_fractions_of_a_day_are_held_against_what_is_stated() {
    let found = |time: &'static str, stated: Option<&str>| -> Vec<(String, Outcome)> {
        let mut all = records(2);
        all[1].date = all[0].date;
        all[1].time = time;
        let mut given = given(&all);
        given.hold_against_interval(stated.map(|text| text.parse().unwrap()));
        let found = given
            .findings
            .iter()
            .filter(|one| one.is("record.interval"));
        found
            .map(|one| (one.found().unwrap(), one.outcome))
            .collect()
    };
    // the first begins at 10:15
    assert_eq!(found("161500", Some("6 h")), []);
    assert_eq!(found("161500", None), []);
    assert_eq!(found("181500", Some("6 h")), []);
    let short = |text: &str, outcome| vec![(text.to_string(), outcome)];
    assert_eq!(
        found("111500", Some("6 h")),
        short("1 h 00 min", Outcome::Fail)
    );
    assert_eq!(found("111500", None), short("1 h 00 min", Outcome::Warn));
    // within half an hour of what is stated, and below 6 h
    assert_eq!(
        found("160000", Some("6 h")),
        short("5 h 45 min", Outcome::Warn)
    );
    assert_eq!(
        found("181500", Some("10 h")),
        short("8 h 00 min", Outcome::Fail)
    );
    // without a time nothing is compared, which is said
    assert_eq!(found("", Some("6 h")), short("2026-12-07", Outcome::Warn));
    // over midnight too, and from the last session of a fraction on
    let mut night = records(3);
    night[1].time = "230000";
    night[2].time = "020000";
    let said = |fixtures: &[RecordFixture]| -> Vec<(String, Option<String>)> {
        let mut given = given(fixtures);
        given.hold_against_interval(None);
        let found = given.findings.iter();
        let found = found.filter(|one| one.is("record.interval"));
        found.map(|one| (one.at(), one.found())).collect()
    };
    assert_eq!(
        said(&night),
        [("2026-12-09".into(), Some("3 h 00 min".into()))]
    );
    night[2].time = "061500";
    assert_eq!(said(&night), []);
    // several days are said once
    let mut twice = records(4);
    for (at, time) in [(1, "131500"), (3, "141500")] {
        twice[at].date = twice[at - 1].date;
        twice[at].time = time;
    }
    assert_eq!(
        said(&twice),
        [(
            "2026-12-07, 2026-12-09".into(),
            Some("3 h 00 min to 4 h 00 min".into())
        )]
    );
}

/// A course is typed as it was given: the fractions of the plan that was replaced, and those of the new one.
#[test]
fn a_plan_that_was_replaced_stands_for_the_fractions_that_were_given() {
    let replan = |first: u32| {
        let mut all = records(10);
        for (number, one) in (1..).zip(&mut all) {
            one.planned = Some("25");
            if number > first {
                one.plan = "2.25.9";
                one.planned = Some("20");
                for beam in &mut one.beams {
                    beam.fraction = Some(number - first);
                }
            }
        }
        all
    };
    let against = |fixtures: &[RecordFixture]| -> Vec<(String, Outcome)> {
        let mut given = given(fixtures);
        given.hold_against(&prescribed("9Gy/5+36Gy/20"));
        let found = codes(&given).into_iter();
        found.map(|(code, of)| (code.to_string(), of)).collect()
    };
    let replaced = [("record.fractions_planned".to_string(), Outcome::Warn)];
    assert_eq!(against(&replan(5)), replaced);
    // another number than is prescribed, and the same plan throughout
    let found = against(&replan(4));
    assert!(found.iter().any(|one| one.1 == Outcome::Fail), "{found:?}");
    let found = against(&replan(10));
    assert!(found.iter().any(|one| one.1 == Outcome::Fail), "{found:?}");
}
