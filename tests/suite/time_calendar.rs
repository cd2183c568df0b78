//! The calendar of fractions: published and hand-counted overall times, and its invariants.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::missing_panics_doc,
    reason = "tests"
)]

use std::collections::BTreeSet;

use chemorad::radiotherapy::{
    CalendarError, CalendarFinding, CalendarRules, Course, FractionCalendar, OverallTimeConvention,
    Phase, Volume, Weekdays, treatment_date,
};
use chemorad::report::Finding;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

fn course(fractions: &[u32]) -> Course {
    let phases: Vec<Phase> = fractions
        .iter()
        .zip(1..)
        .map(|(n, number)| {
            let text = format!("{n} x 1.8 Gy");
            Phase::single(format!("phase {number}"), "tumour", text.parse().unwrap())
        })
        .collect();
    Course::new(vec![Volume::new("tumour")], phases).unwrap()
}

fn rules(start: Date) -> CalendarRules {
    CalendarRules {
        start,
        weekdays: Weekdays::MONDAY_TO_FRIDAY,
        holidays: vec![],
        fractions_per_day: 1,
    }
}

/// A Monday.
const MONDAY: Date = date(2026, 12, 7);

#[test]
fn overall_times_for_every_start_weekday() {
    // days first to last, inclusive, no holidays, counted on a paper calendar:
    // Monday start 5 -> 5, 25 -> 33, 28 -> 38 ("d1-d38", NCT03034473), 31 -> 43
    for (start, fractions, days) in [
        (0, 5, 5),
        (0, 25, 33),
        (0, 28, 38),
        (0, 31, 43),
        (1, 25, 35),
        (2, 25, 35),
        (3, 25, 35),
        (4, 25, 35),
        (1, 28, 38),
        (2, 28, 38),
        (3, 28, 40),
        (4, 28, 40),
    ] {
        let start = MONDAY + start.days();
        let calendar = FractionCalendar::plan(&course(&[fractions]), &rules(start)).unwrap();
        let inclusive = calendar.overall_time(OverallTimeConvention::Inclusive);
        let between = calendar.overall_time(OverallTimeConvention::DaysBetween);
        assert_eq!(
            inclusive.days,
            days,
            "{fractions} from {:?}",
            start.weekday()
        );
        assert_eq!(between.days, days - 1);
    }
}

#[test]
fn a_holiday_moves_the_end_and_several_a_day_bring_it_forward() {
    let with = |holidays: &[Date], per_day| {
        let rules = CalendarRules {
            holidays: holidays.to_vec(),
            fractions_per_day: per_day,
            ..rules(MONDAY)
        };
        FractionCalendar::plan(&course(&[25, 3]), &rules).unwrap()
    };
    // Christmas Day and New Year's Day 2026/27 are Fridays: two treatment days later
    let holidays = [date(2026, 12, 25), date(2027, 1, 1)];
    assert_eq!(with(&[], 1).last(), date(2027, 1, 13));
    assert_eq!(with(&holidays, 1).last(), date(2027, 1, 15));
    // a holiday on a Saturday changes nothing
    assert_eq!(with(&[date(2026, 12, 26)], 1).last(), date(2027, 1, 13));
    // 28 in 14 days of two; the boost begins as the second fraction of its day
    let twice = with(&[], 2);
    assert_eq!(twice.last(), date(2026, 12, 24));
    let boost = twice.fractions()[25];
    assert_eq!((boost.phase, boost.of_phase, boost.of_day), (1, 1, 2));
}

#[test]
fn weekdays_in_text() {
    for (text, days, per_week) in [
        ("mon-fri", &[0, 1, 2, 3, 4][..], 5),
        ("mon,wed,fri", &[0, 2, 4], 3),
        ("Sat-sun", &[5, 6], 2),
        ("tue", &[1], 1),
        ("mon-tue,thu-sun", &[0, 1, 3, 4, 5, 6], 6),
    ] {
        let weekdays: Weekdays = text.parse().unwrap();
        assert_eq!(weekdays.per_week(), per_week, "{text}");
        for day in 0..7 {
            let weekday = Weekday::from_monday_zero_offset(day).unwrap();
            assert_eq!(weekdays.contains(weekday), days.contains(&day), "{text}");
        }
        assert_eq!(weekdays.to_string().parse::<Weekdays>().unwrap(), weekdays);
    }
    // twice, backwards, unknown, nothing
    for text in ["mon,mon", "mon-wed,tue", "fri-mon", "day", "", "mon,"] {
        assert!(text.parse::<Weekdays>().is_err(), "{text:?}");
    }
}

/// 45 Gy in 25 and 5.4 Gy in 3 are 1.8 Gy a fraction throughout; the pelvis misses the boost.
/// 50 Gy in 30 is 1.6666... Gy a fraction, and whole again after every third.
#[test]
fn doses_received_so_far() {
    let volumes = || {
        vec![
            Volume::new("pelvis"),
            Volume::inside("tumour bed", "pelvis"),
        ]
    };
    let course = Course::new(
        volumes(),
        vec![
            Phase::single("pelvis", "pelvis", "45Gy/25".parse().unwrap()),
            Phase::single("boost", "tumour bed", "5.4Gy/3".parse().unwrap()),
        ],
    )
    .unwrap();
    let mut rules = rules(MONDAY);
    let calendar = FractionCalendar::plan(&course, &rules).unwrap();
    for (number, pelvis, bed) in [
        (0, 0.0, 0.0),
        (1, 1.8, 1.8),
        (10, 18.0, 18.0),
        (25, 45.0, 45.0),
        (26, 45.0, 46.8),
        (28, 45.0, 50.4),
        (29, 45.0, 50.4),
    ] {
        assert_eq!(calendar.running_dose(&course, "pelvis", number), pelvis);
        assert_eq!(calendar.running_dose(&course, "tumour bed", number), bed);
        assert_eq!(calendar.running_dose(&course, "heart", number), 0.0);
    }

    // 0.1 and 0.2 Gy are 0.3 Gy: the sum is that of the prescription, not of floats
    let small = Course::new(
        volumes(),
        vec![
            Phase::single("first", "pelvis", "0.1Gy/1".parse().unwrap()),
            Phase::single("second", "pelvis", "0.2Gy/1".parse().unwrap()),
        ],
    )
    .unwrap();
    assert_eq!(calendar.running_dose(&small, "pelvis", 2), 0.3);

    let course = Course::new(
        volumes(),
        vec![
            Phase::single("whole breast", "pelvis", "50Gy/30".parse().unwrap()),
            Phase::single("boost", "tumour bed", "10Gy/7".parse().unwrap()),
        ],
    )
    .unwrap();
    rules.weekdays = "mon-sun".parse().unwrap();
    let calendar = FractionCalendar::plan(&course, &rules).unwrap();
    for (number, dose) in [
        (1, 50.0 / 30.0),
        (3, 5.0),
        (4, 200.0 / 30.0),
        (30, 50.0),
        (32, 50.0 + 20.0 / 7.0),
        (37, 60.0),
    ] {
        let given = calendar.running_dose(&course, "tumour bed", number);
        assert!(
            (given - dose).abs() < 1e-12,
            "{number}: {given}, not {dose}"
        );
    }
}

/// Delivered fractions are checked as listed, not put in order.
#[test]
fn delivered_dates() {
    let on = |dates: &[Date]| FractionCalendar::from_dates(&course(&[3, 1]), dates);
    let day = |n: i64| MONDAY.checked_add(n.days()).unwrap();
    let calendar = on(&[day(0), day(1), day(1), day(4)]).unwrap();
    assert_eq!((calendar.first(), calendar.last()), (day(0), day(4)));
    assert_eq!(
        calendar.treatment_days().collect::<Vec<_>>(),
        [day(0), day(1), day(4)]
    );
    assert_eq!(
        on(&[day(0), day(2), day(1), day(4)]),
        Err(CalendarError::OutOfOrder {
            earlier: day(2),
            later: day(1)
        })
    );
    assert!(on(&[day(0), day(1), day(2), day(1)]).is_err());
    assert_eq!(
        on(&[day(0); 4]),
        Err(CalendarError::TooManyOnOneDay(day(0)))
    );
    assert!(on(&[day(0), day(0), day(0), day(1)]).is_ok());
    for dates in [&[][..], &[day(0); 3], &[day(0); 5]] {
        assert!(matches!(on(dates), Err(CalendarError::Count { .. })));
    }
}

#[test]
fn dates_in_text() {
    assert_eq!(treatment_date("2026-12-07"), Ok(MONDAY));
    assert_eq!(treatment_date("1900-01-01"), Ok(date(1900, 1, 1)));
    assert_eq!(treatment_date("2199-12-31"), Ok(date(2199, 12, 31)));
    for wrong in [
        "",
        "26-12-07",
        "0026-12-07",
        "1899-12-31",
        "2200-01-01",
        "20226-12-7",
        "+020226-12-07",
        "2026-12-7",
        "2026-12-071",
        "2026/12/07",
        "20261207",
        "2026-1207-",
        "2026-02-29",
        "2026-13-01",
        "2026-12-07T00:00",
        "2026-12-0\u{661}",
    ] {
        assert!(treatment_date(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn dates_that_cannot_be_meant() {
    let plan = |start| FractionCalendar::plan(&course(&[5]), &rules(start)).unwrap_err();
    for start in [
        date(26, 12, 7),
        date(1899, 12, 29),
        date(2200, 1, 1),
        Date::MIN,
        Date::MAX,
    ] {
        assert_eq!(plan(start), CalendarError::Year(start));
    }
    // the year ends the search, not a panic
    assert!(matches!(plan(date(2199, 12, 31)), CalendarError::Year(_)));
    assert_eq!(
        plan(date(2026, 12, 6)),
        CalendarError::Start(date(2026, 12, 6), Weekday::Sunday)
    );
    let delivered = [date(2026, 12, 7), date(9999, 12, 31)];
    assert_eq!(
        FractionCalendar::from_dates(&course(&[2]), &delivered),
        Err(CalendarError::Year(date(9999, 12, 31)))
    );
    let misread = CalendarRules {
        holidays: vec![date(26, 12, 25)],
        ..rules(MONDAY)
    };
    assert_eq!(
        FractionCalendar::plan(&course(&[2]), &misread),
        Err(CalendarError::Year(date(26, 12, 25)))
    );
    let every_day_off: Vec<Date> = MONDAY.series(1.day()).skip(1).take(400).collect();
    let rules = CalendarRules {
        holidays: every_day_off,
        ..rules(MONDAY)
    };
    assert_eq!(
        FractionCalendar::plan(&course(&[2]), &rules),
        Err(CalendarError::NoTreatmentDay(MONDAY))
    );
}

prop_compose! {
    fn any_rules()(
        start in 0_i64..3650,
        weekdays in prop::sample::subsequence(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 1..=7),
        off in prop::collection::btree_set(0_i64..120, 0..30),
        per_day in 1_u32..=3,
    ) -> CalendarRules {
        let start = date(2025, 1, 1) + start.days();
        CalendarRules {
            start,
            weekdays: weekdays.join(",").parse().unwrap(),
            holidays: off.into_iter().map(|day| start + day.days()).collect(),
            fractions_per_day: per_day,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn invariants_of_a_planned_calendar(
        mut rules in any_rules(),
        phases in prop::collection::vec(1_u32..40, 1..4),
    ) {
        // move a start on a day without treatment to the next with it; other starts are errors
        if !rules.is_treatment_day(rules.start) {
            let error = FractionCalendar::plan(&course(&phases), &rules).unwrap_err();
            prop_assert!(matches!(error, CalendarError::Start(..)));
            rules.start = rules.start.series(1.day()).find(|&day| rules.is_treatment_day(day)).unwrap();
        }
        let course = course(&phases);
        let calendar = FractionCalendar::plan(&course, &rules).unwrap();
        let fractions = calendar.fractions();
        let n = course.fractions();
        // the number is right, each has its own number, phases in order
        prop_assert_eq!(fractions.len(), n as usize);
        prop_assert!(fractions.iter().zip(1..).all(|(f, number)| f.number == number));
        for (index, &count) in phases.iter().enumerate() {
            let of_phase: Vec<u32> = fractions.iter().filter(|f| f.phase == index).map(|f| f.of_phase).collect();
            prop_assert_eq!(of_phase, (1..=count).collect::<Vec<_>>());
        }
        // in order, never on a day without treatment, never more than asked for
        prop_assert!(fractions.windows(2).all(|w| (w[0].date, w[0].of_day) < (w[1].date, w[1].of_day)));
        prop_assert!(fractions.iter().all(|f| rules.is_treatment_day(f.date)));
        prop_assert!(fractions.iter().all(|f| f.of_day <= rules.fractions_per_day));
        // no treatment day between first and last is left out, and all but the last are full
        let days: Vec<Date> = calendar.treatment_days().collect();
        let possible: Vec<Date> = rules.start.series(1.day())
            .take_while(|&day| day <= calendar.last())
            .filter(|&day| rules.is_treatment_day(day)).collect();
        prop_assert_eq!(&days, &possible);
        let unique: BTreeSet<Date> = days.iter().copied().collect();
        prop_assert_eq!(unique.len(), n.div_ceil(rules.fractions_per_day) as usize);
        // overall time is at least the treatment days, and one convention is one more than the other
        let inclusive = calendar.overall_time(OverallTimeConvention::Inclusive).days;
        prop_assert!(inclusive >= n.div_ceil(rules.fractions_per_day));
        prop_assert_eq!(inclusive, calendar.overall_time(OverallTimeConvention::DaysBetween).days + 1);
        // read back as delivered dates it is the same calendar
        let dates: Vec<Date> = fractions.iter().map(|f| f.date).collect();
        prop_assert_eq!(FractionCalendar::from_dates(&course, &dates).unwrap(), calendar);
    }

    #[test]
    fn a_further_holiday_never_ends_a_course_earlier(
        start in 0_i64..7, n in 1_u32..40, holiday in 1_i64..60,
    ) {
        let start = MONDAY + start.days();
        let plain = rules(start);
        prop_assume!(plain.is_treatment_day(start));
        let without = FractionCalendar::plan(&course(&[n]), &plain).unwrap();
        let closed = CalendarRules { holidays: vec![start + holiday.days()], ..plain };
        let with = FractionCalendar::plan(&course(&[n]), &closed).unwrap();
        prop_assert!(with.last() >= without.last());
    }

    #[test]
    fn holiday_texts_never_panic(text in ".{0,200}", lines in "(BEGIN:VEVENT|END:VEVENT|DTSTART[:;0-9A-Z=]{0,20}|DTEND:[0-9]{0,9}|\n| ){0,30}") {
        let _ = chemorad::radiotherapy::holidays(&text);
        let _ = chemorad::radiotherapy::holidays(&format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR"));
    }
}

fn with_holidays(holidays: &[Date]) -> CalendarRules {
    CalendarRules {
        start: date(2026, 12, 7),
        weekdays: Weekdays::MONDAY_TO_FRIDAY,
        holidays: holidays.to_vec(),
        fractions_per_day: 1,
    }
}

#[test]
fn planned_dates_and_the_list_of_holidays() {
    let codes = |holidays: &[Date], stated| {
        let rules = with_holidays(holidays);
        let found = CalendarFinding::of_plan(&rules, stated, &rules.dates(28).unwrap());
        let codes = found
            .into_iter()
            .map(|f| Finding::from(f).code().to_owned());
        codes.collect::<Vec<_>>()
    };
    let (christmas, new_year) = (date(2026, 12, 25), date(2027, 1, 1));
    assert_eq!(codes(&[christmas, new_year], true), [""; 0]);
    assert_eq!(codes(&[], true), [""; 0]);
    assert_eq!(codes(&[], false), ["schedule.no_holidays"]);
    assert_eq!(codes(&[christmas], true), ["schedule.holidays_other_year"]);
    assert_eq!(
        codes(&[date(2025, 12, 25), date(2026, 1, 1)], true),
        ["schedule.holidays_unused"]
    );
    // 24 days in a row from Saturday 12 December to Monday 4 January
    let closed: Vec<Date> = (0..24)
        .map(|day| date(2026, 12, 12).checked_add(day.days()).unwrap())
        .collect();
    let rules = with_holidays(&closed);
    let found = CalendarFinding::of_plan(&rules, true, &rules.dates(28).unwrap());
    assert_eq!(
        found,
        [CalendarFinding::LongClosure {
            days: 24,
            after: date(2026, 12, 11),
            until: date(2027, 1, 5)
        }]
    );
}

#[test]
fn listed_dates_of_fractions() {
    let codes = |dates: &[Date]| {
        let found = CalendarFinding::of_dates(dates).into_iter();
        let codes = found.map(|f| Finding::from(f).code().to_owned());
        codes.collect::<Vec<_>>()
    };
    let days: Vec<Date> = with_holidays(&[date(2026, 12, 25), date(2027, 1, 1)])
        .dates(28)
        .unwrap();
    assert_eq!(codes(&days), [""; 0]);
    assert_eq!(codes(&days[..1]), [""; 0]);
    assert_eq!(codes(&[]), [""; 0]);
    let mut twice = days.clone();
    twice.insert(3, twice[3]);
    assert_eq!(codes(&twice), ["schedule.repeated"]);
    let mut swapped = days.clone();
    swapped.swap(3, 4);
    assert_eq!(codes(&swapped), ["schedule.unordered"]);
    // once a week is a course, the public holidays of a year are none
    let weekly: Vec<Date> = days.iter().copied().step_by(5).take(3).collect();
    assert_eq!(codes(&weekly), [""; 0]);
    let public = [
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 12, 25),
    ];
    assert_eq!(codes(&public), ["schedule.on_days_off", "schedule.sparse"]);
    // a closure over the turn of the year
    let closure: Vec<Date> = (0..10)
        .map(|day| date(2026, 12, 24).checked_add(day.days()).unwrap())
        .collect();
    assert_eq!(codes(&closure), ["schedule.on_days_off"]);
}
