//! Gaps: what was lost and the ways to make it good, against numbers by hand and invariants.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::missing_panics_doc,
    reason = "tests"
)]

use chemorad::gap::{
    Delivered, Derived, Description, GapAnalysis, GapCase, GapError, GapProblem, Method, Status,
};
use chemorad::radiobiology::{LinearQuadratic, ModelParameters, ParametersError, Rounding};
use chemorad::radiotherapy::{CalendarError, DailyPatternError, OverallTimeConvention, Weekdays};
use chemorad::report::{Faults, Finding, Outcome};
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

fn case(prescription: &[&str], start: Date, delivered: u32, resume: Date) -> GapCase {
    let phases = prescription.iter().map(|text| text.parse().unwrap());
    let mut case = GapCase::new(phases.collect(), start, resume);
    case.delivered.fractions = Some(delivered);
    case.tumour = ModelParameters::at("10 Gy".parse().unwrap());
    case.tumour.loss_per_day = Some("0.66 Gy/d".parse().unwrap());
    case.tumour.kick_off = Some("28 d".parse().unwrap());
    case.late = ModelParameters::at("3 Gy".parse().unwrap());
    case
}

/// The problem, or the only reason why there is none.
fn only(problem: Result<GapProblem, Faults<GapError>>) -> Result<GapProblem, GapError> {
    problem.map_err(|faults| faults.only().unwrap().clone())
}

fn analyse(case: &GapCase) -> GapAnalysis {
    GapProblem::new(case).unwrap().analyse().unwrap()
}

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!(
        (value - expected).abs() <= tolerance,
        "{value} is not {expected} within {tolerance}"
    );
}

const MONDAY: Date = date(2027, 1, 4);

#[test]
fn no_gap_loses_nothing() {
    let case = case(&["45Gy/25", "5.4Gy/3"], MONDAY, 10, date(2027, 1, 18));
    let analysis = analyse(&case);
    assert_eq!(analysis.lost.days, 0);
    assert_eq!(analysis.lost.fractions_behind, 0);
    assert_eq!(analysis.lost.bed, Some(0.0));
    assert_eq!(
        analysis.uncompensated.fractions(),
        analysis.planned.fractions()
    );
    for way in &analysis.compensations {
        assert_eq!(way.status, Status::NotNeeded, "{:?}", way.method);
    }
}

#[test]
fn the_ways_come_in_the_order_of_the_guidance() {
    let case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    let methods: Vec<Method> = analyse(&case)
        .compensations
        .iter()
        .map(|way| way.method)
        .collect();
    assert_eq!(
        methods,
        [
            Method::ExtraDays,
            Method::SecondFraction,
            Method::DosePerFraction,
            Method::DoseWithinLate,
            Method::NumberOfFractions
        ]
    );
}

#[test]
fn weekend_and_second_fractions_together_where_neither_is_enough() {
    // 28 planned until Wednesday 10 February; 20 left on Thursday 28 January: 10 usual days, of
    // which Saturdays add 2: neither 12 nor 20 days' worth is missed by the other alone
    let mut case = case(&["54Gy/30"], MONDAY, 8, date(2027, 1, 28));
    case.possible.extra_weekdays = Some("sat".parse().unwrap());
    case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
    let analysis = analyse(&case);
    // planned: 30 fractions, the last on Friday 12 February; 22 left, 12 usual days and 2 Saturdays
    assert_eq!(analysis.planned.last(), date(2027, 2, 12));
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.delivery.as_ref().unwrap().last(), date(2027, 2, 12));
    assert_eq!(second.twice_daily_days.len(), 10);
    assert!(
        analysis
            .compensation(Method::ExtraDaysAndSecondFraction)
            .is_none()
    );

    // 26 left in 12 usual days and 2 Saturdays: 2 + 24 fractions
    case.delivered.fractions = Some(4);
    let analysis = analyse(&case);
    let both = analysis
        .compensation(Method::ExtraDaysAndSecondFraction)
        .unwrap();
    assert_eq!(both.delivery.as_ref().unwrap().last(), date(2027, 2, 12));
    assert_eq!(both.extra_days, [date(2027, 1, 30), date(2027, 2, 6)]);
    assert_eq!(both.twice_daily_days.len(), 12);
}

#[test]
fn what_has_caution_a_way() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 15, date(2027, 2, 1));
    let plain = analyse(&case);
    let of = |analysis: &GapAnalysis, method| analysis.compensation(method).unwrap().clone();
    assert!(of(&plain, Method::ExtraDays).has_caution("gap.extra_days_assumed"));
    assert!(of(&plain, Method::SecondFraction).has_caution("gap.interval_not_stated"));
    assert!(of(&plain, Method::DosePerFraction).has_caution("gap.late_excess"));
    assert!(of(&plain, Method::NumberOfFractions).has_caution("gap.longer"));

    // below 6 h is an error, unless the site's own minimum is lower; then it is warned of
    case.possible.second_fraction_interval = Some("4 h".parse().unwrap());
    assert!(matches!(
        only(GapProblem::new(&case)),
        Err(GapError::Daily {
            field: "possible.second_fraction_interval",
            error: DailyPatternError::BelowMinimum { .. }
        })
    ));
    case.possible.minimum_interval = Some("4 h".parse().unwrap());
    let short = analyse(&case);
    assert!(of(&short, Method::SecondFraction).has_caution("gap.interval_below_6_h"));
    case.possible.minimum_interval = None;
    case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
    let enough = of(&analyse(&case), Method::SecondFraction);
    assert!(!enough.has_caution("gap.interval_below_6_h"));
    assert!(!enough.has_caution("gap.twice_daily_dose"));

    // 2.2 Gy twice daily is at the limit, 2.25 Gy above it
    for (prescription, above) in [("61.6Gy/28", false), ("63Gy/28", true)] {
        case.prescription = vec![prescription.parse().unwrap()];
        let way = of(&analyse(&case), Method::SecondFraction);
        assert_eq!(way.has_caution("gap.twice_daily_dose"), above);
    }
}

#[test]
fn an_interval_is_needed_where_repair_is_not_complete() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    case.late.repair_half_time = Some("4.4 h".parse().unwrap());
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.status, Status::NotPossible);
    assert!(
        second
            .description
            .to_string()
            .contains("second_fraction_interval")
    );
    // the other ways do not need it
    let dose = analysis.compensation(Method::DosePerFraction).unwrap();
    assert_eq!(dose.status, Status::Calculated);
}

#[test]
fn a_loss_faster_than_the_treatment_is_said() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 2, 1));
    case.tumour.loss_per_day = Some("2 Gy/d".parse().unwrap());
    let analysis = analyse(&case);
    let number = analysis.compensation(Method::NumberOfFractions).unwrap();
    assert_eq!(number.status, Status::NotPossible);
    assert!(number.description.to_string().contains("lost in the time"));
}

#[test]
fn without_a_loss_per_day_the_loss_to_time_is_not_told() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 2, 1));
    case.tumour = ModelParameters::at("10 Gy".parse().unwrap());
    let analysis = analyse(&case);
    let lost = analysis.lost;
    assert!(lost.days > 0);
    assert_eq!((lost.bed, lost.bed_to_time, lost.eqd2), (None, None, None));
    assert_eq!(lost.bed_to_dose, 0.0);
    assert_eq!(analysis.outcome(), Outcome::CannotTell);
    let said = |code| analysis.findings.iter().any(|f| f.is(code));
    assert!(said("gap.no_repopulation"));
    // what reaches the tumour BED of the plan is not known, what keeps the late BED is
    for method in [Method::DosePerFraction, Method::NumberOfFractions] {
        let way = analysis.compensation(method).unwrap();
        assert_eq!(way.description, Description::TumourNotTold);
    }
    for way in analysis
        .compensations
        .iter()
        .filter(|way| way.delivery.is_some())
    {
        let same = way.delivery.as_ref().unwrap().overall_time() == analysis.planned.overall_time();
        assert_eq!(way.tumour_excess.is_some(), same);
        assert_eq!(way.has_caution("gap.tumour_not_told"), !same);
        assert_eq!(way.late_excess.is_some(), way.twice_daily_days.is_empty());
    }
}

#[test]
fn without_a_loss_per_day_a_plan_on_time_is_told() {
    // three Saturdays make three missed days good
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 21));
    case.possible.extra_weekdays = Some("sat".parse().unwrap());
    case.tumour = ModelParameters::at("10 Gy".parse().unwrap());
    let analysis = analyse(&case);
    let extra = analysis.compensation(Method::ExtraDays).unwrap();
    assert_eq!(extra.tumour_excess, Some(0.0));
    assert!(!extra.has_caution("gap.tumour_not_told"));
}

#[test]
fn resumption_and_fractions_follow_from_the_missed_dates() {
    let mut case = case(
        &["45Gy/25", "5.4Gy/3"],
        date(2026, 11, 2),
        16,
        date(2026, 11, 26),
    );
    let given = analyse(&case);
    case.delivered.missed = vec![date(2026, 11, 24), date(2026, 11, 25)];
    case.delivered.fractions = None;
    case.possible.resume = None;
    let derived = analyse(&case);
    assert_eq!(derived.resume, date(2026, 11, 26));
    assert_eq!(derived.derived, [Derived::Resume, Derived::Delivered]);
    assert_eq!(derived.delivered, given.delivered);
    assert_eq!(derived.lost, given.lost);
    assert!(given.derived.is_empty());
    // a weekend, a holiday and a closed day lie between
    case.delivered.missed = vec![date(2026, 11, 26), date(2026, 11, 27)];
    case.calendar.holidays = Some(vec![date(2026, 11, 30)]);
    case.possible.closed = vec![date(2026, 12, 1)];
    assert_eq!(analyse(&case).resume, date(2026, 12, 2));
    // nothing to derive it from
    case.delivered = Delivered {
        fractions: Some(16),
        ..Delivered::default()
    };
    assert_eq!(
        only(GapProblem::new(&case)).unwrap_err(),
        GapError::NoResume
    );
    let case: GapCase = serde_json::from_value(serde_json::json!({
        "prescription": "45Gy/25+5.4Gy/3",
        "calendar": { "start": "2026-11-02", "weekdays": "mon-fri", "fractions_per_day": 1 },
        "delivered": { "missed": ["2026-11-24", "2026-11-25"] },
        "tumour": { "alpha_beta": "10 Gy" },
        "late": { "alpha_beta": "3 Gy" },
        "convention": "inclusive",
    }))
    .unwrap();
    assert_eq!(analyse(&case).resume, date(2026, 11, 26));
    assert_eq!(analyse(&case).delivered.fractions().len(), 16);
}

#[test]
fn delivered_doses_and_dates_of_their_own() {
    // every fraction delivered with its own dose and date, one of them on a Saturday
    let mut case = case(&["9Gy/5"], MONDAY, 3, date(2027, 1, 12));
    case.delivered.fractions = None;
    case.delivered.dates = Some(vec![MONDAY, date(2027, 1, 6), date(2027, 1, 9)]);
    case.delivered.doses = Some(
        ["1.8 Gy", "2 Gy", "1.5 Gy"]
            .map(|text| text.parse().unwrap())
            .into(),
    );
    let analysis = analyse(&case);
    near(
        analysis.uncompensated.dose_gray(),
        1.8 + 2.0 + 1.5 + 3.6,
        1e-12,
    );
    let bed = 3.0 * 1.8 * 1.18 + 2.0 * 1.2 + 1.5 * 1.15;
    near(analysis.uncompensated.tumour().bed().gray(), bed, 1e-12);
    assert_eq!(analysis.uncompensated.overall_time().days, 10);
    let written = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<GapCase>(&written).unwrap(), case);
    let misread = written.replace("2027-01-06", "0027-01-06");
    assert!(serde_json::from_str::<GapCase>(&misread).is_err());
}

#[test]
fn a_loss_above_the_whole_effect_is_a_loss_to_time() {
    // 27 fractions, then half a year: 27 + 1 x 1.8 x 1.18 Gy before time, all of it lost
    let whole = case(&["50.4Gy/28"], MONDAY, 27, date(2027, 8, 9));
    let analysis = analyse(&whole);
    assert_eq!(analysis.uncompensated.tumour().bed().gray(), 0.0);
    assert_eq!(analysis.lost.bed_to_dose, 0.0);
    assert_eq!(analysis.lost.bed_to_time, analysis.lost.bed);
    assert!(analysis.findings.iter().any(|f| f.is("model.bed_floor")));
    // one fraction cannot be two of a day
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.status, Status::NotPossible);

    let mut hopeless = whole;
    hopeless.tumour.loss_per_day = Some("5 Gy/d".parse().unwrap());
    hopeless.tumour.kick_off = Some("0 d".parse().unwrap());
    assert_eq!(
        GapProblem::new(&hopeless).unwrap().analyse(),
        Err(GapError::PlanBelowZero)
    );
}

#[test]
fn delivered_fractions_begin_with_the_calendar() {
    let mut odd = case(&["9Gy/5"], MONDAY, 2, date(2027, 1, 12));
    odd.delivered.fractions = None;
    let code = |case: &GapCase, code: &str| {
        let found = analyse(case).findings;
        found.into_iter().find(|f| f.is(code))
    };
    for first in [date(2027, 1, 3), date(2027, 1, 5), date(2026, 1, 4)] {
        odd.delivered.dates = Some(vec![first, date(2027, 1, 6)]);
        assert_eq!(
            only(GapProblem::new(&odd)),
            Err(GapError::FirstDelivered {
                first,
                start: MONDAY
            })
        );
    }
    odd.delivered.dates = Some(vec![MONDAY, date(2027, 1, 9)]);
    let unplanned = code(&odd, "gap.delivered_on_unplanned_day").unwrap();
    assert_eq!(unplanned.found().as_deref(), Some("2027-01-09"));
    odd.delivered.dates = Some(vec![MONDAY, date(2027, 1, 5)]);
    assert_eq!(code(&odd, "gap.delivered_on_unplanned_day"), None);
    odd.calendar.holidays = Some(vec![date(2027, 1, 5)]);
    assert!(code(&odd, "gap.delivered_on_unplanned_day").is_some());

    odd.possible.second_fraction_interval = Some("7 h".parse().unwrap());
    odd.delivered.dates = Some(vec![MONDAY, MONDAY]);
    let interval = code(&odd, "gap.delivered_interval").unwrap();
    assert_eq!(interval.found().as_deref(), Some("2027-01-04, 7 h apart"));
}

#[test]
fn what_is_given_is_looked_at_like_what_is_planned() {
    let mut large = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    large.delivered.dose_per_fraction = Some("20 Gy".parse().unwrap());
    let of_dose = |case: &GapCase| {
        let found = analyse(case).findings;
        found.iter().filter(|f| f.at() == "delivered").count()
    };
    assert_eq!(of_dose(&large), 1);
    large.delivered.dose_per_fraction = None;
    assert_eq!(of_dose(&large), 0);
    // a late reaction in the place of the tumour, and the other way round
    large.tumour.alpha_beta = None;
    large.tumour.endpoint = Some("late-rectum-bleeding-g1".into());
    large.late.alpha_beta = None;
    large.late.endpoint = Some("rectal-adenocarcinoma-locoregional-control".into());
    let kinds = |case: &GapCase| {
        let found = analyse(case).findings;
        found.iter().filter(|f| f.is("gap.endpoint_kind")).count()
    };
    assert_eq!(kinds(&large), 2);
    core::mem::swap(&mut large.tumour.endpoint, &mut large.late.endpoint);
    assert_eq!(kinds(&large), 0);
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    case.title = Some("two\nlines".into());
    case.dose_step = Some("0.01 Gy".parse().unwrap());
    case.calendar.fractions_per_day = 2;
    case.delivered.missed = vec![date(2027, 1, 9)];
    case.late.alpha_beta = None;
    let faults = GapProblem::new(&case).unwrap_err();
    assert!(matches!(
        faults.iter().collect::<Vec<_>>()[..],
        [
            GapError::Title,
            GapError::HalfRounding,
            GapError::NotPlanned(_),
            GapError::NoInterval(2),
            GapError::Parameters { field: "late", .. }
        ]
    ));
}

#[test]
fn what_is_refused() {
    let good = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    let refused = |change: &dyn Fn(&mut GapCase)| {
        let mut case = good.clone();
        change(&mut case);
        GapProblem::new(&case).unwrap_err().only().unwrap().clone()
    };
    assert_eq!(
        refused(&|c| c.prescription.clear()),
        GapError::NoPrescription
    );
    assert_eq!(
        refused(&|c| c.possible.closed = vec![date(2027, 1, 19)]),
        GapError::ResumeClosed(date(2027, 1, 19))
    );
    assert_eq!(
        refused(&|c| c.delivered.fractions = Some(0)),
        GapError::NothingDelivered
    );
    assert_eq!(
        refused(&|c| c.delivered.fractions = Some(29)),
        GapError::TooManyDelivered {
            delivered: 29,
            prescribed: 28
        }
    );
    assert_eq!(
        refused(&|c| c.delivered.fractions = None),
        GapError::DeliveredForm
    );
    assert_eq!(
        refused(&|c| c.delivered.dates = Some(vec![MONDAY])),
        GapError::DeliveredForm
    );
    assert_eq!(
        refused(&|c| c.possible.resume = Some(date(2027, 1, 15))),
        GapError::ResumeTooEarly {
            resume: date(2027, 1, 15),
            last: date(2027, 1, 15)
        }
    );
    assert_eq!(
        refused(&|c| c.delivered.missed = vec![date(2027, 1, 9)]),
        GapError::NotPlanned(date(2027, 1, 9))
    );
    assert_eq!(
        refused(&|c| c.delivered.doses = Some(vec!["1.8 Gy".parse().unwrap()])),
        GapError::Doses { fractions: 10 }
    );
    assert_eq!(
        refused(&|c| c.dose_rounding = Some(Rounding::Up)),
        GapError::HalfRounding
    );
    assert_eq!(
        refused(&|c| c.tumour.kick_off = None),
        GapError::Parameters {
            field: "tumour",
            error: ParametersError::NoKickOff
        }
    );
    assert_eq!(
        refused(&|c| c.late.alpha_beta = None),
        GapError::Parameters {
            field: "late",
            error: ParametersError::NoAlphaBeta
        }
    );
    assert!(matches!(
        refused(&|c| c.calendar.interval = Some("6 h".parse().unwrap())),
        GapError::Daily {
            error: DailyPatternError::IntervalForOne,
            ..
        }
    ));
    assert!("weekdays".parse::<Weekdays>().is_err());
    for title in [
        "two\nlines",
        "a\u{1b}[2Jb",
        "\u{202e}turned",
        &"x".repeat(201),
    ] {
        assert_eq!(refused(&|c| c.title = Some(title.into())), GapError::Title);
    }
}

/// 0026 and 20226 for 2026, wherever a date stands.
#[test]
fn misread_years_are_refused_everywhere() {
    let good = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    for year in [26, 1899, 2200, 9999] {
        let misread = date(year, 1, 5);
        let changes: [&dyn Fn(&mut GapCase); 6] = [
            &|c| c.calendar.start = misread,
            &|c| c.calendar.holidays = Some(vec![misread]),
            &|c| c.delivered.missed = vec![misread],
            &|c| c.possible.resume = Some(misread),
            &|c| c.possible.closed = vec![misread],
            &|c| {
                c.delivered.fractions = None;
                c.delivered.dates = Some(vec![misread]);
            },
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut case = good.clone();
            change(&mut case);
            assert_eq!(
                only(GapProblem::new(&case)),
                Err(GapError::Calendar(CalendarError::Year(misread))),
                "{index}"
            );
        }
    }
}

#[test]
fn a_treatment_day_that_never_comes_is_an_error() {
    let mut case = case(&["9Gy/5"], MONDAY, 2, date(2027, 1, 12));
    case.calendar.weekdays = "mon".parse().unwrap();
    case.possible.closed = (1..=60)
        .map(|week| {
            MONDAY
                .checked_add(jiff::Span::new().days(7 * week))
                .unwrap()
        })
        .collect();
    let problem = GapProblem::new(&case).unwrap();
    assert_eq!(
        problem.analyse(),
        Err(GapError::Calendar(CalendarError::NoTreatmentDay(date(
            2027, 1, 12
        ))))
    );
    // a misread year
    case.possible.resume = Some(date(2720, 1, 19));
    assert_eq!(
        only(GapProblem::new(&case)),
        Err(GapError::Calendar(CalendarError::Year(date(2720, 1, 19))))
    );
}

#[test]
fn the_course_day_by_day() {
    let case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 19));
    let problem = GapProblem::new(&case).unwrap();
    let analysis = problem.analyse().unwrap();
    let days = problem.day_by_day(analysis.planned.fractions()).unwrap();
    assert_eq!(days.len(), 38);
    near(days[0].bed.gray(), 2.124, 1e-12);
    // the weekend before the kick-off time costs nothing, the one after it two days
    assert_eq!(days[4].bed, days[6].bed);
    near(days[32].bed.gray() - days[34].bed.gray(), 2.0 * 0.66, 1e-12);
    let last = days.last().unwrap();
    assert_eq!(last.bed, analysis.planned.tumour().bed());
    assert_eq!(last.fractions, 28);
}

/// The five stories: what their comments work out by hand, against the library.
#[test]
fn stories_worked_by_hand() {
    for (text, at_least) in [
        (include_str!("../../examples/gap-missed-monday.toml"), 17),
        (
            include_str!("../../examples/gap-machine-down-in-boost.toml"),
            17,
        ),
        (include_str!("../../examples/gap-holiday-on-day-6.toml"), 11),
        (
            include_str!("../../examples/gap-wrong-fraction-size.toml"),
            18,
        ),
        (
            include_str!("../../examples/gap-switch-to-twice-daily.toml"),
            12,
        ),
    ] {
        let case: GapCase = toml::from_str(text).unwrap();
        let analysis = serde_json::to_value(analyse(&case)).unwrap();
        let checks = text.lines().filter_map(|line| {
            line.strip_prefix("# check ")
                .and_then(|check| check.split_once(" = "))
        });
        let mut checked = 0;
        for (pointer, expected) in checks {
            match analysis.pointer(pointer).unwrap() {
                serde_json::Value::Number(number) => {
                    let expected: f64 = expected.parse().unwrap();
                    near(number.as_f64().unwrap(), expected, 0.000_51);
                }
                value => assert_eq!(value.as_str().unwrap(), expected, "{pointer}"),
            }
            checked += 1;
        }
        assert!(checked >= at_least);
        // written and read back it is the same case
        let written = serde_json::to_string(&case).unwrap();
        assert_eq!(serde_json::from_str::<GapCase>(&written).unwrap(), case);
    }
}

#[test]
fn the_words_of_a_way() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 20));
    case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
    case.possible.extra_weekdays = Some("sat".parse().unwrap());
    let analysis = analyse(&case);
    let of = |method| analysis.compensation(method).unwrap();
    let extra = of(Method::ExtraDays);
    assert_eq!(
        extra.description.to_string(),
        "treatment also on 2027-01-23, 2027-01-30"
    );
    assert_eq!(extra.interval, None);
    // said, so not assumed
    assert!(!extra.has_caution("gap.extra_days_assumed"));
    let second = of(Method::SecondFraction);
    assert_eq!(
        second.description.to_string(),
        "two fractions (6 h apart) on 2027-01-20, 2027-01-21"
    );
    assert_eq!(second.interval, "6 h".parse().ok());
    let number = of(Method::NumberOfFractions);
    assert!(
        number.description.to_string().contains("more"),
        "{}",
        number.description
    );
    assert!(!of(Method::DosePerFraction).has_caution("gap.late_excess"));
    // repair taken as complete is said once, though two tissues are calculated
    let codes = |way: &chemorad::gap::Compensation, code: &str| {
        way.cautions.iter().filter(|f| f.is(code)).count()
    };
    assert_eq!(codes(second, "model.complete_repair_assumed"), 1);
    assert_eq!(codes(second, "gap.interval_not_stated"), 0);
    let of = |analysis: &GapAnalysis| {
        let second = analysis.compensation(Method::SecondFraction).unwrap();
        let assumed = "model.complete_repair_assumed";
        let found = second.cautions.iter().find(|f| f.is(assumed));
        let late = second.has_caution("gap.late_not_told");
        (found.map(Finding::at), late)
    };
    let tumour = Some("tumour".to_owned());
    // without its half-time of repair the late tissue cannot be told
    assert_eq!(of(&analysis), (tumour.clone(), true));
    let mut tissue = case.clone();
    tissue.late.repair_half_time = Some("4 h".parse().unwrap());
    assert_eq!(of(&analyse(&tissue)), (tumour, false));
    tissue.late.repair_half_time = None;
    tissue.tumour.repair_half_time = Some("1.5 h".parse().unwrap());
    assert_eq!(of(&analyse(&tissue)), (None, true));
    case.possible.second_fraction_interval = None;
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(codes(second, "model.complete_repair_assumed"), 0);
    assert_eq!(codes(second, "gap.interval_not_stated"), 1);
    let titles: std::collections::BTreeSet<&str> = analysis
        .compensations
        .iter()
        .map(|way| way.method.title())
        .collect();
    assert_eq!(titles.len(), analysis.compensations.len());
    assert!(titles.iter().all(|title| title.len() > 10));

    // too much was given: fewer
    case.delivered.dose_per_fraction = Some("2.2 Gy".parse().unwrap());
    case.possible.resume = Some(date(2027, 1, 18));
    let analysis = analyse(&case);
    let number = analysis.compensation(Method::NumberOfFractions).unwrap();
    assert!(number.fractions_added < 0 && number.description.to_string().contains("fewer"));
}

/// 60 x 1.2 Gy, two a day 6 h apart: 30 days; after 20 fractions a week is missed.
#[test]
fn a_plan_with_two_fractions_a_day() {
    let mut case = case(&["72Gy/60"], MONDAY, 20, date(2027, 1, 25));
    case.calendar.fractions_per_day = 2;
    case.calendar.interval = Some("6 h".parse().unwrap());
    case.late.repair_half_time = Some("4.4 h".parse().unwrap());
    case.possible.extra_weekdays = Some("sat".parse().unwrap());
    let problem = GapProblem::new(&case).unwrap();
    assert_eq!(problem.planned().len(), 60);
    let analysis = analyse(&case);
    assert_eq!(analysis.planned.last(), date(2027, 2, 12));
    assert_eq!(analysis.uncompensated.last(), date(2027, 2, 19));
    assert_eq!(analysis.lost.fractions_behind, 10);
    // five more days are needed; three Saturdays are there, so five Saturdays from the first on
    let extra = analysis.compensation(Method::ExtraDays).unwrap();
    assert_eq!(extra.extra_days.len(), 3);
    assert_eq!(extra.delivery.as_ref().unwrap().last(), date(2027, 2, 16));
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.status, Status::NotPossible);
    assert!(
        second
            .description
            .to_string()
            .contains("several fractions a day already")
    );
    // 20 full days: 30 x 2 x 1.44 x 2^(-6/4.4)/3 more than with full repair, as planned
    let plain = 72.0 * (1.0 + 1.2 / 3.0);
    let extra_late = 30.0 * 2.0 * 1.44 * 2_f64.powf(-6.0 / 4.4) / 3.0;
    near(
        analysis.planned.late().unwrap().bed().gray(),
        plain + extra_late,
        1e-9,
    );
    // a new dose for all that is left reaches the plan by the same pattern
    let dose = analysis.compensation(Method::DosePerFraction).unwrap();
    assert!((-1e-9..1e-3).contains(&dose.tumour_excess.unwrap()));
    // a holiday makes a short day before the planned end: nine fractions behind need five days
    case.possible.resume = Some(date(2027, 1, 19));
    case.possible.extra_weekdays = Some("sat,sun".parse().unwrap());
    let extra = analyse(&case);
    let extra = extra.compensation(Method::ExtraDays).unwrap();
    assert_eq!(extra.extra_days.len(), 1);
}

#[test]
fn one_dose_for_phases_that_differ() {
    let against = |prescription: &[&str], delivered| {
        let case = case(prescription, MONDAY, delivered, date(2027, 2, 12));
        let analysis = analyse(&case);
        let way = analysis.compensation(Method::DosePerFraction).unwrap();
        assert_eq!(way.status, Status::Calculated);
        way.has_caution("gap.one_dose_for_all")
    };
    assert!(against(&["45Gy/25", "5Gy/2"], 24));
    assert!(!against(&["45Gy/25", "5Gy/2"], 25));
    assert!(!against(&["45Gy/25", "5.4Gy/3"], 24));
}

/// 25 fractions to Friday 5 February; on Monday 1 February 12 are left. Two a day end on Monday the
/// 8th, with the Saturday too: both together bring nothing more and are not listed.
#[test]
fn both_together_only_where_they_end_earlier() {
    let mut case = case(&["45Gy/25"], MONDAY, 13, date(2027, 2, 1));
    case.possible.extra_weekdays = Some("sat".parse().unwrap());
    case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.delivery.as_ref().unwrap().last(), date(2027, 2, 8));
    assert!(
        analysis
            .compensation(Method::ExtraDaysAndSecondFraction)
            .is_none()
    );
    // a Sunday more and they end on it
    case.possible.extra_weekdays = Some("sat,sun".parse().unwrap());
    let analysis = analyse(&case);
    let both = analysis
        .compensation(Method::ExtraDaysAndSecondFraction)
        .unwrap();
    assert_eq!(both.delivery.as_ref().unwrap().last(), date(2027, 2, 7));
    // without a second fraction there is no such way
    case.tumour.repair_half_time = Some("1.5 h".parse().unwrap());
    case.possible.second_fraction_interval = None;
    let analysis = analyse(&case);
    assert!(
        analysis
            .compensation(Method::ExtraDaysAndSecondFraction)
            .is_none()
    );
}

/// 2 Gy instead of 1.8 Gy for 10 fractions, and a missed week.
#[test]
fn what_time_and_what_doses_cost() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 25));
    case.delivered.dose_per_fraction = Some("2 Gy".parse().unwrap());
    let analysis = analyse(&case);
    near(analysis.lost.bed_to_time.unwrap(), 7.0 * 0.66, 1e-12);
    near(analysis.lost.bed_to_dose, 10.0 * (2.124 - 2.4), 1e-12);
    near(
        analysis.lost.bed.unwrap(),
        analysis.lost.bed_to_time.unwrap() + analysis.lost.bed_to_dose,
        1e-12,
    );
    // without a step a dose within the late BED is a microgray below at most, never above
    let within = analysis.compensation(Method::DoseWithinLate).unwrap();
    let dose = within.dose_per_fraction.unwrap();
    assert!(dose.given.gray() <= dose.exact && dose.exact - dose.given.gray() < 1e-6);
    assert!(within.late_excess.unwrap() <= 0.0);
    // the loss goes on for more than three weeks, which is said once for the whole
    case.tumour.kick_off = Some("21 d".parse().unwrap());
    let analysis = analyse(&case);
    let said = |code: &str| analysis.findings.iter().filter(|f| f.is(code)).count();
    assert_eq!(said("model.long_repopulation"), 1);
}

#[test]
fn nothing_left_to_move() {
    let analysis = analyse(&case(&["50.4Gy/28"], MONDAY, 28, date(2027, 2, 15)));
    for way in analysis.compensations.iter().take(2) {
        assert_eq!(way.status, Status::NotNeeded);
        assert_eq!(way.description, Description::NoFractionToMove);
    }
    let analysis = analyse(&case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 18)));
    let way = analysis.compensation(Method::ExtraDays).unwrap();
    assert!(
        way.description
            .to_string()
            .contains("fit before the planned end")
    );
}

#[test]
fn what_was_given_is_enough() {
    // 20 x 3 Gy give 78 Gy BED, more than the plan's 59.472 - 6.6
    let mut case = case(&["50.4Gy/28"], MONDAY, 20, date(2027, 2, 1));
    case.delivered.dose_per_fraction = Some("3 Gy".parse().unwrap());
    let analysis = analyse(&case);
    for method in [Method::DosePerFraction, Method::DoseWithinLate] {
        let way = analysis.compensation(method).unwrap();
        assert_eq!(way.status, Status::NotPossible);
        assert!(way.description.to_string().contains("already gives"));
    }
}

/// A slip of the month or year: nothing is due after the last fraction, so nothing was missed.
#[test]
fn a_date_after_the_last_fraction_was_not_missed() {
    // 50.4 Gy in 28 from Monday 4 January ends on Wednesday 10 February
    let missed = |dates: &[Date]| {
        let mut case = case(&["50.4Gy/28"], MONDAY, 0, date(2027, 3, 1));
        case.delivered.fractions = None;
        case.possible.resume = None;
        case.delivered.missed = dates.to_vec();
        only(GapProblem::new(&case)).map(|problem| problem.delivered().len())
    };
    let slip = date(2028, 1, 6);
    assert_eq!(missed(&[slip]), Err(GapError::NotPlanned(slip)));
    let late = date(2027, 2, 12);
    assert_eq!(
        missed(&[date(2027, 1, 6), late]),
        Err(GapError::NotPlanned(late))
    );
    // the fraction of 6 January moved to 11 February, where it could be missed again
    assert_eq!(missed(&[date(2027, 1, 6), date(2027, 2, 11)]), Ok(27));
}

#[test]
fn a_missed_date_is_a_planned_one_before_the_resumption() {
    let mut case = case(&["50.4Gy/28"], MONDAY, 10, date(2027, 1, 20));
    let missed = |case: &mut GapCase, date| {
        case.delivered.missed = vec![date];
        only(GapProblem::new(case))
    };
    // Wednesday 6 January was missed: ten fractions up to Monday 18 January
    let problem = missed(&mut case, date(2027, 1, 6)).unwrap();
    assert_eq!(problem.delivered().last().unwrap().date, date(2027, 1, 18));
    assert_eq!(
        missed(&mut case, MONDAY),
        Err(GapError::StartMissed(MONDAY))
    );
    for outside in [
        date(2027, 1, 1),
        date(2027, 1, 20),
        date(2027, 1, 21),
        date(2027, 1, 9),
    ] {
        assert_eq!(
            missed(&mut case, outside),
            Err(GapError::NotPlanned(outside))
        );
    }
    let mut twice = case.clone();
    twice.delivered.missed = vec![date(2027, 1, 6), date(2027, 1, 6)];
    assert_eq!(
        only(GapProblem::new(&twice)),
        Err(GapError::MissedTwice(date(2027, 1, 6)))
    );
    case.delivered.fractions = None;
    case.delivered.dates = Some(vec![MONDAY]);
    assert_eq!(
        missed(&mut case, date(2027, 1, 6)),
        Err(GapError::DeliveredForm)
    );
}

fn cases() -> impl Strategy<Value = GapCase> {
    (
        (5_u32..=35, 150_u32..=220, 0_u32..=10),
        (0_i32..5, 1_u32..35, 1_i32..14),
        prop::collection::vec(0_i32..70, 0..4),
        (3_u32..=20, 1_u32..=4, 0_u32..=90, 0_u32..=40),
        prop::bool::ANY,
    )
        .prop_map(
            |((n, cgy, boost), (weekday, given, gap), closed, tissue, inclusive)| {
                let (tumour, late, loss, kick_off) = tissue;
                let mut prescription = vec![format!("{n} x {cgy} cGy").parse().unwrap()];
                if boost > 0 {
                    prescription.push(format!("{boost} x {cgy} cGy").parse().unwrap());
                }
                let start = MONDAY.checked_add(jiff::Span::new().days(weekday)).unwrap();
                let given = given.min(n + boost);
                let mut case = GapCase::new(prescription, start, start);
                case.delivered.fractions = Some(given);
                case.calendar.holidays = Some(
                    closed
                        .into_iter()
                        .map(|day| start.checked_add(jiff::Span::new().days(day + 1)).unwrap())
                        .collect(),
                );
                case.tumour = ModelParameters::at(format!("{tumour} Gy").parse().unwrap());
                if loss > 0 {
                    case.tumour.loss_per_day = Some(format!("{loss} cGy/d").parse().unwrap());
                    case.tumour.kick_off = Some(format!("{kick_off} d").parse().unwrap());
                }
                case.late = ModelParameters::at(format!("{late} Gy").parse().unwrap());
                if !inclusive {
                    case.convention = OverallTimeConvention::DaysBetween;
                }
                // resume: the day after the last fraction given, and the gap
                case.possible.resume = Some(date(2030, 1, 1));
                let delivered = GapProblem::new(&case)
                    .unwrap()
                    .delivered()
                    .last()
                    .unwrap()
                    .date;
                case.possible.resume = delivered.checked_add(jiff::Span::new().days(gap)).ok();
                case
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn losing_time_never_raises_tumour_bed(case in cases(), more in 1_i32..20) {
        let first = analyse(&case);
        let mut later = case.clone();
        later.possible.resume = case
            .possible
            .resume
            .and_then(|resume| resume.checked_add(jiff::Span::new().days(more)).ok());
        let second = analyse(&later);
        let (first, second) = (&first.uncompensated, &second.uncompensated);
        prop_assert!(second.overall_time().days >= first.overall_time().days);
        prop_assert!(second.tumour().bed().gray() <= first.tumour().bed().gray());
        prop_assert_eq!(second.late().unwrap().bed(), first.late().unwrap().bed());
    }

    #[test]
    fn every_way_reaches_what_it_says(case in cases(), step in prop::option::of(1_u32..20)) {
        let mut case = case;
        if let Some(step) = step {
            case.dose_step = Some(format!("{step} cGy").parse().unwrap());
            case.dose_rounding = Some(Rounding::Up);
        }
        let problem = GapProblem::new(&case).unwrap();
        let analysis = problem.analyse().unwrap();
        let plan = &analysis.planned;
        let target = plan.tumour().bed().gray();
        let step = step.map_or(1e-6, |step| f64::from(step) / 100.0);
        for way in &analysis.compensations {
            let Some(delivery) = &way.delivery else { continue };
            let reached = delivery.tumour().bed().gray();
            // what was delivered stays as it was
            let given = problem.delivered();
            prop_assert_eq!(&delivery.fractions()[..given.len()], given);
            // no fraction on a closed day
            for fraction in &delivery.fractions()[given.len()..] {
                prop_assert!(!case.calendar.holidays.as_ref().unwrap().contains(&fraction.date));
                prop_assert!(fraction.date >= problem.resume());
                let weekend = matches!(
                    fraction.date.weekday(),
                    Weekday::Saturday | Weekday::Sunday
                );
                prop_assert_eq!(weekend, way.extra_days.contains(&fraction.date));
            }
            let left = problem.remaining().len();
            // the days that are named are those that are used
            let rest = &delivery.fractions()[given.len()..];
            let on = |day: &Date| rest.iter().filter(|f| f.date == *day).count();
            prop_assert!(way.extra_days.iter().all(|day| on(day) == 1));
            prop_assert!(way.twice_daily_days.iter().all(|day| on(day) == 2));
            prop_assert_eq!(
                rest.iter().filter(|f| on(&f.date) == 2).count(),
                2 * way.twice_daily_days.len()
            );
            // no more of them than it takes, and the first there are
            let open = problem.resume().series(jiff::Span::new().days(1));
            let usual = open
                .take_while(|&day| day <= plan.last())
                .filter(|day| {
                    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                        && !case.calendar.holidays.as_ref().unwrap().contains(day)
                })
                .count();
            let named = way.extra_days.len() + way.twice_daily_days.len();
            if delivery.last() <= plan.last() && named > 0 {
                prop_assert_eq!(named, left - usual);
            }
            match way.method {
                Method::ExtraDays
                | Method::SecondFraction
                | Method::ExtraDaysAndSecondFraction => {
                    prop_assert_eq!(delivery.fractions().len(), plan.fractions().len());
                    let stands = &analysis.uncompensated;
                    prop_assert!(delivery.last() <= stands.last());
                    prop_assert!(reached >= stands.tumour().bed().gray());
                    if delivery.last() == plan.last() && analysis.lost.bed_to_dose.abs() < 1e-9 {
                        prop_assert!((reached - target).abs() < 1e-9);
                    }
                }
                Method::DosePerFraction => {
                    prop_assert!(reached >= target * (1.0 - 1e-8), "{reached} {target}");
                    prop_assert!(!way.has_caution("gap.target_not_reached"));
                    // one step less in each fraction would be too little
                    let d = way.dose_per_fraction.unwrap();
                    prop_assert!(d.given.gray() - d.exact < step * (1.0 + 1e-9));
                    let alpha_beta = case.tumour.alpha_beta.unwrap().gray();
                    let slope = 1.0 + 2.0 * d.given.gray() / alpha_beta;
                    let n = f64::from(u32::try_from(left).unwrap());
                    prop_assert!(reached - target <= n * step * slope * (1.0 + 1e-6) + 1e-9);
                }
                Method::DoseWithinLate => {
                    let d = way.dose_per_fraction.unwrap();
                    prop_assert!(d.given.gray() <= d.exact * (1.0 + 1e-9));
                    let late = delivery.late().unwrap().bed().gray();
                    prop_assert!(late <= plan.late().unwrap().bed().gray() * (1.0 + 1e-9));
                }
                Method::NumberOfFractions => {
                    prop_assert!(reached >= target * (1.0 - 1e-8));
                    let added = i64::try_from(delivery.fractions().len()).unwrap()
                        - i64::try_from(plan.fractions().len()).unwrap();
                    prop_assert_eq!(way.fractions_added, added);
                }
            }
            // late BED by the plain formula, fraction by fraction
            let alpha_beta = case.late.alpha_beta.unwrap().gray();
            let late: f64 = delivery
                .fractions()
                .iter()
                .map(|fraction| fraction.dose.gray() * (1.0 + fraction.dose.gray() / alpha_beta))
                .sum();
            let several = delivery.fractions().windows(2).any(|p| p[0].date == p[1].date);
            prop_assert_eq!(delivery.late().is_none(), several);
            prop_assert_eq!(way.late_excess.is_none(), several);
            if let Some(told) = delivery.late() {
                prop_assert!((late - told.bed().gray()).abs() < 1e-9 * late);
            }
        }
    }

    #[test]
    fn the_fewest_fractions_are_the_fewest(case in cases()) {
        let problem = GapProblem::new(&case).unwrap();
        let analysis = problem.analyse().unwrap();
        let way = analysis.compensation(Method::NumberOfFractions).unwrap();
        let Some(delivery) = &way.delivery else { return Ok(()) };
        // what was delivered cannot be taken back
        prop_assume!(delivery.fractions().len() > problem.delivered().len());
        let shorter = &delivery.fractions()[..delivery.fractions().len() - 1];
        let days = problem.day_by_day(shorter).unwrap();
        let reached = days.last().unwrap().bed.gray();
        prop_assert!(reached < analysis.planned.tumour().bed().gray());
    }
}

/// 33 fractions of 1.5 Gy, the last on a Monday: with 0.88 Gy lost a day the weekend before it costs
/// more than the fraction brings. Nothing was missed, so nothing is to be made good by leaving it out.
#[test]
fn a_plan_on_time_needs_no_other_number() {
    let mut case = case(
        &["46.5Gy/31", "3Gy/2"],
        date(2027, 1, 6),
        32,
        date(2027, 2, 20),
    );
    case.calendar.holidays = Some(vec![date(2027, 1, 11)]);
    case.tumour.loss_per_day = Some("0.88 Gy/d".parse().unwrap());
    case.tumour.kick_off = Some("0 d".parse().unwrap());
    let analysis = analyse(&case);
    assert_eq!(analysis.lost.bed, Some(0.0));
    for way in &analysis.compensations {
        assert_eq!(way.status, Status::NotNeeded, "{:?}", way.method);
    }
}

#[test]
fn a_third_of_a_microgray_is_not_lost() {
    // 50 Gy in 30: 1.666... Gy a fraction
    let case = case(&["50Gy/30"], MONDAY, 7, date(2027, 1, 18));
    let analysis = analyse(&case);
    assert_eq!(analysis.planned.dose_gray(), 50.0);
    assert_eq!(analysis.uncompensated.dose_gray(), 50.0);
    let plain = LinearQuadratic::new("3 Gy".parse().unwrap()).bed("50Gy/30".parse().unwrap());
    near(
        analysis.planned.late().unwrap().bed().gray(),
        plain.gray(),
        1e-10,
    );
    let dose = analysis.compensation(Method::DosePerFraction).unwrap();
    assert!(!dose.has_caution("gap.one_dose_for_all"));
}

/// 70 Gy in 35 from a Monday, a week missed after 15 fractions, second fractions 6 h apart.
fn a_week_of_70_gy() -> GapCase {
    let mut case = case(&["70Gy/35"], MONDAY, 15, date(2027, 2, 1));
    case.calendar.holidays = Some(vec![]);
    case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
    case
}

#[test]
fn second_fractions_without_the_half_time_cannot_be_told() {
    let mut case = a_week_of_70_gy();
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert_eq!(second.twice_daily_days.len(), 5);
    assert_eq!(
        (second.late_excess, second.late_excess_percent),
        (None, None)
    );
    let told: Vec<_> = second
        .cautions
        .iter()
        .map(|f| (f.code(), f.outcome))
        .collect();
    assert!(
        told.contains(&("gap.late_not_told", Outcome::CannotTell)),
        "{told:?}"
    );
    // the other ways and the plan have one fraction a day
    let dose = analysis.compensation(Method::DosePerFraction).unwrap();
    assert!(dose.late_excess_percent.is_some());
    assert_eq!(analysis.outcome(), Outcome::Warn);
    let json = serde_json::to_value(&analysis).unwrap();
    let way = &json["compensations"][1];
    assert!(way["late_excess_percent"].is_null() && way["delivery"]["late"].is_null());

    case.late.repair_half_time = Some("4.4 h".parse().unwrap());
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    // 5 pairs x 2 x 2 Gy x (2 Gy / 3 Gy) x 2^(-6/4.4) of 70 x (1 + 2/3) Gy
    let phi = 2_f64.powf(-6.0 / 4.4);
    let more = 100.0 * (5.0 * 4.0 * (2.0 / 3.0) * phi) / (70.0 * (1.0 + 2.0 / 3.0));
    near(second.late_excess_percent.unwrap(), more, 1e-9);
    assert_eq!(format!("{more:+.1}"), "+4.4");
    assert!(!second.has_caution("gap.late_not_told"));
    assert!(second.has_caution("model.interval_below_8_h"));
    case.possible.second_fraction_interval = Some("8 h".parse().unwrap());
    let analysis = analyse(&case);
    let second = analysis.compensation(Method::SecondFraction).unwrap();
    assert!(!second.has_caution("model.interval_below_8_h"));
}

#[test]
fn a_plan_twice_a_day_needs_the_half_time_too() {
    let mut case = case(&["60 x 1.2 Gy"], MONDAY, 20, date(2027, 1, 25));
    case.calendar.fractions_per_day = 2;
    case.calendar.interval = Some("6 h".parse().unwrap());
    let open = analyse(&case);
    assert!(open.planned.late().is_none() && open.uncompensated.late_eqd2().is_none());
    assert_eq!(open.outcome(), Outcome::CannotTell);
    let within = open.compensation(Method::DoseWithinLate).unwrap();
    assert_eq!(within.status, Status::NotPossible);
    assert!(
        within
            .description
            .to_string()
            .contains("half-time of repair")
    );
    case.late.repair_half_time = Some("4.4 h".parse().unwrap());
    let told = analyse(&case);
    assert!(told.planned.late().is_some());
    assert_eq!(told.outcome(), Outcome::Warn);
}

#[test]
fn planned_less_missed_is_delivered_before_the_resumption() {
    let week: Vec<Date> = (25..=29).map(|day| date(2027, 1, day)).collect();
    let found = |case: &GapCase| {
        let problem = only(GapProblem::new(case)).unwrap();
        let analysis = problem.analyse().unwrap();
        let odd = analysis
            .findings
            .iter()
            .find(|f| f.is("gap.unexplained_date"));
        (
            problem.delivered().len(),
            analysis.missed.clone(),
            odd.map(|f| (f.found().unwrap(), f.outcome)),
        )
    };
    let mut case = a_week_of_70_gy();
    // the missed dates are named whether or not they were listed
    assert_eq!(found(&case), (15, week.clone(), None));
    case.delivered.missed = week.clone();
    assert_eq!(found(&case), (15, week.clone(), None));
    case.delivered.fractions = None;
    assert_eq!(found(&case), (15, week.clone(), None));
    // one date less is a fraction more
    case.delivered.missed.pop();
    assert_eq!(found(&case), (16, week[..4].to_vec(), None));
    // and together with the number it is unexplained
    case.delivered.fractions = Some(15);
    let unexplained = ("2027-01-29".to_owned(), Outcome::CannotTell);
    assert_eq!(found(&case), (15, week, Some(unexplained)));
    // more than were planned before the resumption
    case.delivered.fractions = Some(17);
    assert!(matches!(
        only(GapProblem::new(&case)),
        Err(GapError::ResumeTooEarly { .. })
    ));
    case.delivered.fractions = None;
    case.delivered.missed.clear();
    assert!(matches!(
        only(GapProblem::new(&case)),
        Err(GapError::DeliveredForm)
    ));
}

#[test]
fn the_dates_of_the_plan_are_looked_at() {
    let mut case = a_week_of_70_gy();
    let has = |case: &GapCase, code: &str| analyse(case).findings.iter().any(|f| f.is(code));
    let code = "schedule.no_holidays";
    assert!(!has(&case, code));
    case.calendar.holidays = None;
    assert!(has(&case, code));
    case.calendar.holidays = Some(vec![date(2026, 1, 5)]);
    assert!(has(&case, "schedule.holidays_unused"));
    case.calendar.holidays = Some(vec![]);
    case.possible.closed = (2..=18).map(|day| date(2027, 2, day)).collect();
    assert!(has(&case, "schedule.long_closure"));
}
