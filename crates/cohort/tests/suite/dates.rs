//! Dates and days of intake: what the single command refuses or warns of is no pass in a row.

use std::collections::BTreeMap;

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{CapecitabineDays, Regimen};
use chemorad::patient::BodySurfaceAreaFormula;
use chemorad::radiotherapy::Weekdays;
use chemorad_cohort::{
    Arms, Calendar, Cohort, CohortError, CsvOptions, Intake, Layout, Pieces, Records,
};

use crate::common::{all, every, plain};

fn holidays() -> Vec<jiff::civil::Date> {
    ["2026-12-25", "2027-01-01"]
        .map(|day| day.parse().unwrap())
        .into()
}

fn week() -> Calendar {
    Calendar::new(Weekdays::MONDAY_TO_FRIDAY, holidays(), 1)
}

/// What is the same for every row.
#[derive(Default)]
struct Same<'a> {
    calendar: Option<Calendar>,
    days: Option<CapecitabineDays>,
    arm: Option<&'a str>,
    intensity: Option<&'a str>,
}

/// Outcome and codes of each row.
fn said(same: &Same<'_>, file: &str) -> Vec<String> {
    let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let rules = match same.intensity {
        None => plain(),
        Some(intensity) => {
            let mut every = every();
            every.regimen = Regimen::new(intensity.parse().unwrap(), 2).unwrap();
            CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None).unwrap()
        }
    };
    let has_orders = layout.has_orders();
    let rules = has_orders.then_some(rules);
    let cohort = match same.arm {
        None => Cohort::new(layout, rules, None),
        Some(arm) => {
            let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
            let arms = Arms::new(trial, Some(arm), &BTreeMap::new(), |_| {
                Ok::<_, CohortError>(rules.clone())
            });
            Cohort::of_protocol(layout, arms.unwrap(), None)
        }
    };
    let intake = same.days.clone();
    let intake = intake.map(|days| Intake::new(days, same.calendar.clone()));
    let cohort = cohort
        .unwrap()
        .with_calendar(same.calendar.clone())
        .with_intake(intake);
    let (written, _) = all(&cohort, pieces, Records::Csv);
    let written = String::from_utf8(written).unwrap();
    let rows = written.lines().skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.rsplitn(3, ',').collect();
        format!("{} {}", cells[1], cells[0]).trim().to_string()
    })
    .collect()
}

const STARTS: &str = "planned,prescribed,start_date\n\
    45Gy/25,45Gy/25,2026-12-07\n45Gy/25,45Gy/25,2026-12-05\n45Gy/25,45Gy/25,2026-12-06\n\
    45Gy/25,45Gy/25,2026-12-25\n";

#[test]
fn a_first_date_is_a_day_of_treatment() {
    let of_site = Same {
        calendar: Some(week()),
        ..Same::default()
    };
    let off = "fail cohort.treatment_day";
    assert_eq!(said(&of_site, STARTS), ["pass", off, off, off]);
    // a site that treats on Saturdays, and on 25 December
    let saturdays: Weekdays = "mon-sat".parse().unwrap();
    let open = Same {
        calendar: Some(Calendar::new(saturdays, Vec::new(), 1)),
        ..Same::default()
    };
    assert_eq!(said(&open, STARTS), ["pass", "pass", off, "pass"]);
    // holidays without weekdays, and nothing of a site
    let unknown = "cannot_tell cohort.treatment_day";
    let listed = Same {
        calendar: Some(Calendar::new(None, holidays(), None)),
        ..Same::default()
    };
    assert_eq!(said(&listed, STARTS), ["pass", unknown, unknown, off]);
    assert_eq!(
        said(&Same::default(), STARTS),
        ["pass", unknown, unknown, unknown]
    );
    // an arm without radiotherapy has no first fraction
    let none = Same {
        arm: Some("surveillance"),
        ..of_site
    };
    assert_eq!(
        said(&none, "start_date,event_date\n2026-12-05,2026-11-02\n"),
        ["pass"]
    );
}

#[test]
fn a_last_date_may_catch_up() {
    let of_site = Same {
        calendar: Some(week()),
        ..Same::default()
    };
    let file = "start_date,end_date\n2026-12-07,2027-01-09\n2026-12-07,2027-01-08\n";
    let off = "warn cohort.treatment_day";
    assert_eq!(said(&of_site, file), [off, "pass"]);
    assert_eq!(said(&Same::default(), file), [off, "pass"]);
}

/// As one order with dates.
#[test]
fn dates_that_were_planned_have_the_findings_of_one_course() {
    let file =
        "planned,prescribed,start_date\n45Gy/25,45Gy/25,2026-12-07\n45Gy/25,45Gy/25,2028-06-05\n";
    let of = |calendar| Same {
        calendar: Some(calendar),
        ..Same::default()
    };
    assert_eq!(
        said(&of(week()), file),
        ["pass", "warn schedule.holidays_unused"]
    );
    let one_year = vec![holidays()[0]];
    let calendar = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, one_year, 1);
    assert_eq!(
        said(&of(calendar), file),
        [
            "warn schedule.holidays_other_year",
            "warn schedule.holidays_unused"
        ]
    );
    let calendar = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, None, 1);
    let none = "warn schedule.no_holidays";
    assert_eq!(said(&of(calendar), file), [none, none]);
    // none is an answer
    let calendar = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, Vec::new(), 1);
    assert_eq!(said(&of(calendar), file), ["pass", "pass"]);
    let january = (11..=24).map(|day| format!("2027-01-{day}").parse().unwrap());
    let closed = Calendar::new(
        Weekdays::MONDAY_TO_FRIDAY,
        holidays().into_iter().chain(january).collect::<Vec<_>>(),
        1,
    );
    let of_28 = "planned,prescribed,start_date\n50.4Gy/28,50.4Gy/28,2026-12-07\n";
    assert_eq!(said(&of(closed), of_28), ["warn schedule.long_closure"]);
}

const ORDER: &str = "170,70,1500mg bid";

/// Rows of an order with the tablets for the days.
fn rows(header: &str, rows: &[(u32, &str)]) -> String {
    let rows = rows.iter().map(|(days, rest)| {
        let tablets = 6 * days;
        format!("{ORDER},{tablets}x500mg,{days},{rest}\n")
    });
    let header = format!("height_cm,weight_kg,ordered,dispensed,days,{header}\n");
    std::iter::once(header).chain(rows).collect()
}

#[test]
fn days_are_those_of_the_course() {
    let of = |days| Same {
        calendar: Some(week()),
        days: Some(days),
        ..Same::default()
    };
    let course = "50.4Gy/28,50.4Gy/28,2026-12-07";
    let header = "planned,prescribed,start_date";
    let file = rows(
        header,
        &[(28, course), (27, course), (30, course), (40, course)],
    );
    let wrong = "fail cohort.days";
    let radiotherapy = of(CapecitabineDays::RadiotherapyDays);
    assert_eq!(said(&radiotherapy, &file), ["pass", wrong, wrong, wrong]);
    // 2026-12-07 to 2027-01-15 with two holidays: 30 weekdays, 40 calendar days
    assert_eq!(
        said(&of(CapecitabineDays::Weekdays), &file),
        [wrong, wrong, "pass", wrong]
    );
    assert_eq!(
        said(&of(CapecitabineDays::CalendarDays), &file),
        [wrong, wrong, wrong, "pass"]
    );
    let cycles: CapecitabineDays = "1-5/7x6".parse().unwrap();
    assert_eq!(said(&of(cycles), &file), [wrong, wrong, "pass", wrong]);
    // without dates the days of radiotherapy are known, and others are not
    let undated = rows(
        "planned,prescribed",
        &[(28, "50.4Gy/28,50.4Gy/28"), (27, "50.4Gy/28,50.4Gy/28")],
    );
    assert_eq!(said(&radiotherapy, &undated), ["pass", wrong]);
    assert_eq!(
        said(&of(CapecitabineDays::CalendarDays), &undated),
        ["pass", "pass"]
    );
    // two courses of different length settle nothing
    let two = rows(header, &[(27, "50.4Gy/28,45Gy/25,2026-12-07")]);
    assert_eq!(said(&radiotherapy, &two), ["fail cohort.course"]);
}

/// What was given later than planned goes by the last date.
#[test]
fn days_go_by_the_last_date_where_it_is_given() {
    let of = |days| Same {
        calendar: Some(week()),
        days: Some(days),
        ..Same::default()
    };
    let course = "50.4Gy/28,50.4Gy/28,2026-12-07,2027-01-18";
    let file = rows(
        "planned,prescribed,start_date,end_date",
        &[(28, course), (43, course), (31, course)],
    );
    let (late, wrong) = (
        "warn cohort.overall_time",
        "fail cohort.days cohort.overall_time",
    );
    assert_eq!(
        said(&of(CapecitabineDays::RadiotherapyDays), &file),
        [late, wrong, wrong]
    );
    assert_eq!(
        said(&of(CapecitabineDays::CalendarDays), &file),
        [wrong, late, wrong]
    );
    assert_eq!(
        said(&of(CapecitabineDays::Weekdays), &file),
        [wrong, wrong, late]
    );
    // nothing says on which days: no more than the dates have
    let open = Same {
        calendar: Some(week()),
        ..Same::default()
    };
    let file = rows(
        "start_date,end_date,planned,prescribed",
        &[
            (43, "2026-12-07,2027-01-18,50.4Gy/28,50.4Gy/28"),
            (44, "2026-12-07,2027-01-18,50.4Gy/28,50.4Gy/28"),
        ],
    );
    assert_eq!(
        said(&open, &file),
        [late, "cannot_tell cohort.days cohort.overall_time"]
    );
}

#[test]
fn days_are_those_of_the_arm() {
    let radiotherapy = Same {
        calendar: Some(week()),
        days: Some(CapecitabineDays::RadiotherapyDays),
        arm: Some("adverse"),
        ..Same::default()
    };
    let file = rows(
        "start_date",
        &[(28, "2026-12-07"), (27, "2026-12-07"), (28, "")],
    );
    assert_eq!(
        said(&radiotherapy, &file),
        ["pass", "fail cohort.days", "pass"]
    );
    // days that the protocol does not offer
    let cycles = Same {
        days: Some("1-14/21".parse().unwrap()),
        ..radiotherapy
    };
    let found = said(&cycles, &file);
    assert_eq!(found[0], "fail cohort.days");
    assert_eq!(found[2], "pass");
}

/// As one order with dates.
#[test]
fn an_intensity_without_radiotherapy_is_not_told_beside_a_course() {
    let file = "height_cm,weight_kg,planned,prescribed,start_date\n\
                170,70,50.4Gy/28,50.4Gy/28,2026-12-07\n170,70,,,\n";
    let of = |days: Option<&str>, intensity| Same {
        days: days.map(|days| days.parse().unwrap()),
        intensity: Some(intensity),
        ..Same::default()
    };
    let untold = "cannot_tell capecitabine.without_radiotherapy";
    for days in [
        None,
        Some("radiotherapy_days"),
        Some("calendar_days"),
        Some("1-14/21"),
    ] {
        let found = said(&of(days, "1250 mg/m2"), file);
        assert_eq!(found[0], untold, "{days:?}");
        assert!(!found[1].contains("without_radiotherapy"), "{found:?}");
    }
    assert_eq!(said(&of(None, "825 mg/m2"), file)[0], "pass");
}
