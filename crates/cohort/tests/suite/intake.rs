//! Days of intake that no column gives.

use std::collections::BTreeMap;

use chemorad::capecitabine::CapecitabineDays;
use chemorad::radiotherapy::Weekdays;
use chemorad_cohort::{
    Arms, Calendar, Cohort, CohortError, CsvOptions, Intake, Layout, Pieces, Records, Remark,
};

use crate::common::{all, plain};

fn site(days: CapecitabineDays) -> Intake {
    let holidays = vec!["2026-12-25".parse().unwrap(), "2027-01-01".parse().unwrap()];
    Intake::new(days, Calendar::new(Weekdays::MONDAY_TO_FRIDAY, holidays, 1))
}

/// Codes of each row, and how many rows have unknown days.
fn codes(file: &str, arm: Option<&str>, intake: Option<Intake>) -> (Vec<String>, u64) {
    let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = match arm {
        None => Cohort::new(layout, Some(plain()), None),
        Some(arm) => {
            let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
            let arms = Arms::new(trial, Some(arm), &BTreeMap::new(), |_| {
                Ok::<_, CohortError>(Some(plain()))
            });
            Cohort::of_protocol(layout, arms.unwrap(), None)
        }
    };
    let cohort = cohort.unwrap().with_intake(intake);
    let (written, tally) = all(&cohort, pieces, Records::Csv);
    let text = String::from_utf8(written).unwrap();
    let codes = text.lines().skip(1);
    let codes = codes.map(|line| line.rsplit(',').next().unwrap().to_string());
    (
        codes.collect(),
        tally.saying(&[Remark::OrderDaysUnknown, Remark::DispensedUnknown]),
    )
}

const OF_28: &str = "height_cm,weight_kg,ordered,dispensed,start_date\n\
                     170,70,1500mg bid,168x500mg,2026-12-07\n\
                     170,70,1500mg bid,162x500mg,2026-12-07\n";

#[test]
fn days_follow_from_protocol_start_and_site() {
    let radiotherapy = Some(site(CapecitabineDays::RadiotherapyDays));
    let (found, unknown) = codes(OF_28, Some("adverse"), radiotherapy);
    assert_eq!(found, ["", "order.supply"]);
    assert_eq!(unknown, 0);
    // 2026-12-07 to 2027-01-15 with two holidays: 30 weekdays, 40 calendar days
    let of_40 = OF_28.replace("168x500mg", "240x500mg");
    let (found, _) = codes(
        &of_40,
        Some("adverse"),
        Some(site(CapecitabineDays::CalendarDays)),
    );
    assert_eq!(found, ["", "order.supply"]);
}

#[test]
fn days_that_are_not_settled_are_not_guessed() {
    let radiotherapy = || Some(site(CapecitabineDays::RadiotherapyDays));
    // nothing of a site; no protocol; a Sunday; no date
    let (found, unknown) = codes(OF_28, Some("adverse"), None);
    assert_eq!(found, ["order.supply", "order.supply"]);
    assert_eq!(unknown, 2);
    assert_eq!(codes(OF_28, None, radiotherapy()).1, 2);
    let sunday = OF_28.replace("2026-12-07", "2026-12-06");
    assert_eq!(codes(&sunday, Some("adverse"), radiotherapy()).1, 2);
    let undated = OF_28.replace("2026-12-07", "");
    assert_eq!(codes(&undated, Some("adverse"), radiotherapy()).1, 2);
    // a last date that the calendar does not give
    let file = "height_cm,weight_kg,ordered,dispensed,start_date,end_date\n\
                170,70,1500mg bid,168x500mg,2026-12-07,2027-01-15\n\
                170,70,1500mg bid,168x500mg,2026-12-07,2027-01-18\n";
    assert_eq!(
        codes(file, Some("adverse"), radiotherapy()),
        (vec![String::new(), "order.supply".into()], 1)
    );
    // an empty cell of a column of days
    let file = "height_cm,weight_kg,ordered,dispensed,start_date,days\n\
                170,70,1500mg bid,168x500mg,2026-12-07,\n";
    assert_eq!(codes(file, Some("adverse"), radiotherapy()).1, 1);
}

#[test]
fn days_follow_from_the_course_of_a_row() {
    let file = "height_cm,weight_kg,ordered,dispensed,start_date,planned\n\
                170,70,1500mg bid,168x500mg,2026-12-07,45Gy/25+5.4Gy/3\n\
                170,70,1500mg bid,168x500mg,2026-12-07,45Gy/25\n";
    let (found, unknown) = codes(file, None, Some(site(CapecitabineDays::RadiotherapyDays)));
    assert_eq!(found, ["", "order.supply"]);
    assert_eq!(unknown, 0);
}

#[test]
fn decimal_commas_of_a_whole_file_are_seen() {
    let commas = |file: &str| -> Vec<(String, u64)> {
        let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default()).unwrap();
        let layout = Layout::new(pieces.header(), &[]).unwrap();
        let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
        let cohort = cohort.written(pieces.options());
        let (_, tally) = all(&cohort, pieces, Records::Csv);
        let found = tally.decimal_commas(cohort.layout());
        found.map(|(name, rows)| (name.to_string(), rows)).collect()
    };
    let file = "height_cm;weight_kg\n170;70,5\n171;72\n172;80,25\n";
    assert_eq!(commas(file), [("weight_kg".to_string(), 2)]);
    // one with a point: the file has no one way of writing
    let mixed = "height_cm;weight_kg\n170;70,5\n171;72.5\n";
    assert_eq!(commas(mixed), []);
    let other = "height_cm;weight_kg\n170;70kg\n171;72\n";
    assert_eq!(commas(other), []);
}
