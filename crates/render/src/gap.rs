//! A gap in treatment.

use chemorad::gap::{Compensation, Delivery, Derived, Description, GapAnalysis, GapCase, Status};
use chemorad::report::{Derivation, Subject};
use serde::Serialize;

use jiff::civil::Date;

use crate::date::weekday;
use crate::document::Document;
use crate::number::{dose, effect, signed};

/// How the published examples count, next to how this page does.
const COLLEGE_CONVENTION: &str = "the examples of the Royal College of Radiologists count the days between first and last, one fewer than inclusive";

/// A gap as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results<'a> {
    /// What was given.
    pub case: &'a GapCase,
    /// What it comes to.
    #[serde(flatten)]
    pub analysis: &'a GapAnalysis,
    /// How the numbers were reached.
    pub derivations: Vec<Derivation>,
}

/// What was lost, and every way to compensate with what must be known of it.
#[must_use]
pub fn page(results: &Results<'_>) -> Document {
    let Results { case, analysis, .. } = *results;
    let mut page = Document::new(case.title.as_deref().unwrap_or("A gap in treatment"));
    let phases: Vec<String> = case.prescription.iter().map(ToString::to_string).collect();
    let tissues = [
        ("prescription", phases.join("; ")),
        ("tumour", case.tumour.in_words()),
        ("late tissue", case.late.in_words()),
    ];
    let of_gap = [
        ("missed", missed(&analysis.missed)),
        (
            "possible again",
            derived(weekday(analysis.resume), analysis, Derived::Resume),
        ),
        (
            "delivered",
            derived(
                format!("{} fractions", analysis.delivered.fractions().len()),
                analysis,
                Derived::Delivered,
            ),
        ),
    ];
    let time = (
        "overall time",
        format!("{}; {COLLEGE_CONVENTION}", case.convention),
    );
    page.in_brief(|page| page.pairs(&[&tissues[..], &of_gap].concat()));
    page.in_full(|page| {
        page.pairs(&[&tissues[..], &[time], &of_gap].concat());
        courses(page, analysis);
    });
    lost(&mut page, analysis);
    page.findings(&analysis.findings);
    page.section("Ways to compensate, in the order of the Royal College of Radiologists 2019");
    page.line("None is chosen.");
    ways(&mut page, analysis);
    let numbered = || (1..).zip(&analysis.compensations);
    page.in_full(|page| {
        for (number, way) in numbered() {
            page.line("");
            describe(page, number, way);
        }
    });
    page.in_brief(|page| {
        page.line("");
        for (number, way) in numbered().filter(|(_, way)| way.status == Status::Calculated) {
            describe(page, number, way);
        }
        others(page, analysis);
    });
    page.working(&results.derivations);
    page.left_out("delivered dose, EQD2, every way in full and working");
    page
}

/// The ways without numbers, those of one reason together.
fn others(page: &mut Document, analysis: &GapAnalysis) {
    let mut reasons: Vec<(&str, String, Vec<String>)> = Vec::new();
    for (number, way) in (1..).zip(&analysis.compensations) {
        if way.status == Status::Calculated {
            continue;
        }
        let name = format!("({number}) {}", way.method.title());
        let (word, why) = (word(way), way.description.to_string());
        let mut known = reasons.iter_mut();
        match known.find(|(known, reason, _)| *known == word && *reason == why) {
            Some((_, _, names)) => names.push(name),
            None => reasons.push((word, why, vec![name])),
        }
    }
    for (word, why, names) in reasons {
        page.item("", &format!("{}: {word}: {why}", names.join(", ")));
    }
}

/// Why a way has no numbers, in a word: where a parameter is missing it may well exist.
const fn word(way: &Compensation) -> &'static str {
    match (way.status, &way.description) {
        (Status::NotNeeded, _) => "not needed",
        (
            _,
            Description::IntervalNeeded | Description::LateNotTold | Description::TumourNotTold,
        ) => "cannot tell",
        _ => "not possible",
    }
}

/// What was planned, what was delivered, and what is given without compensation.
fn courses(page: &mut Document, analysis: &GapAnalysis) {
    page.section("Planned, delivered, uncompensated");
    let rows = vec![
        delivery_row("planned", &analysis.planned),
        delivery_row("delivered", &analysis.delivered),
        uncompensated_row(analysis),
    ];
    page.mixed_table(
        &[
            "", "n", "D Gy", "last", "days", "BED Gy", "EQD2 Gy", "late BED",
        ],
        &rows,
        1,
    );
    page.line(
        "Uncompensated: the fractions that are left, unchanged, on the usual days. BED and EQD2 are the tumour's.",
    );
}

fn lost(page: &mut Document, analysis: &GapAnalysis) {
    page.section("Lost without compensation");
    let lost = analysis.lost;
    page.pairs(&[
        (
            "overall time",
            format!(
                "{} {}",
                lost.days,
                if lost.days == 1 { "day" } else { "days" }
            ),
        ),
        ("fractions behind", lost.fractions_behind.to_string()),
        (
            "tumour BED",
            match lost.bed.zip(lost.bed_to_time) {
                Some((bed, to_time)) => format!(
                    "{} Gy ({} to time, {} to dose)",
                    effect(bed),
                    effect(to_time),
                    effect(lost.bed_to_dose)
                ),
                None => format!("cannot tell ({} Gy to dose)", effect(lost.bed_to_dose)),
            },
        ),
        (
            "tumour EQD2",
            lost.eqd2.map_or_else(
                || "cannot tell".into(),
                |gray| format!("{} Gy", effect(gray)),
            ),
        ),
    ]);
}

fn ways(page: &mut Document, analysis: &GapAnalysis) {
    let given = analysis.delivered.fractions().len();
    let rows: Vec<Vec<String>> = analysis
        .compensations
        .iter()
        .enumerate()
        .filter_map(|(index, way)| way_row(index + 1, way, given))
        .collect();
    page.in_full(|page| page.mixed_table(&WAYS, &rows, 1));
    let mut all = vec![
        plain_row("plan", &analysis.planned, 0),
        plain_row("as is", &analysis.uncompensated, given),
    ];
    if analysis.lost.bed.is_none() {
        if let Some(bed) = all.last_mut().and_then(|row| row.get_mut(5)) {
            *bed = UNTOLD.into();
        }
    }
    all.extend(rows);
    let is_untold = all.iter().flatten().any(|cell| cell == UNTOLD);
    page.in_brief(|page| page.mixed_table(&WAYS, &all, 1));
    page.in_brief(|page| {
        page.line("As is: the fractions that are left, unchanged, on the usual days.");
    });
    let untold = if is_untold {
        format!(" {UNTOLD}: cannot be told.")
    } else {
        String::new()
    };
    page.line(&format!(
        "BED is the tumour's. Change: from the plan. Days: {}.{untold}",
        analysis.planned.overall_time().convention
    ));
}

const WAYS: [&str; 9] = [
    "", "n", "d Gy", "last", "days", "BED Gy", "change", "late BED", "change",
];

/// A value of the table of ways that cannot be told, short enough to leave the dates whole.
const UNTOLD: &str = "?";

/// A course as it is, in the table of ways.
fn plain_row(name: &str, delivery: &Delivery, given: usize) -> Vec<String> {
    vec![
        name.to_string(),
        delivery.fractions().len().to_string(),
        remaining_doses(delivery, given),
        delivery.last().to_string(),
        delivery.overall_time().days.to_string(),
        effect(delivery.tumour().bed().gray()),
        String::new(),
        late_or(delivery, UNTOLD),
        String::new(),
    ]
}

/// A value, with how it was derived where it was not given.
fn derived(value: String, analysis: &GapAnalysis, what: Derived) -> String {
    if analysis.derived.contains(&what) {
        format!("{value} ({what})")
    } else {
        value
    }
}

/// The dates on which a planned fraction was not given.
fn missed(dates: &[Date]) -> String {
    if dates.is_empty() {
        return "no planned date before the resumption".into();
    }
    let dates: Vec<String> = dates.iter().map(|date| weekday(*date)).collect();
    dates.join(", ")
}

/// A late BED, where it can be told.
fn late(delivery: &Delivery) -> String {
    late_or(delivery, "cannot tell")
}

fn late_or(delivery: &Delivery, untold: &str) -> String {
    match delivery.late() {
        Some(late) => effect(late.bed().gray()),
        None => untold.into(),
    }
}

fn delivery_row(name: &str, delivery: &Delivery) -> Vec<String> {
    vec![
        name.to_string(),
        delivery.fractions().len().to_string(),
        dose(delivery.dose_gray()),
        delivery.last().to_string(),
        delivery.overall_time().days.to_string(),
        effect(delivery.tumour().bed().gray()),
        effect(delivery.tumour_eqd2().gray()),
        late(delivery),
    ]
}

/// Without a loss per day, nothing is said of the tumour where overall time differs from the plan's.
fn uncompensated_row(analysis: &GapAnalysis) -> Vec<String> {
    let mut row = delivery_row("uncompensated", &analysis.uncompensated);
    if analysis.lost.bed.is_none() {
        for of_tumour in row.iter_mut().skip(5).take(2) {
            *of_tumour = "cannot tell".into();
        }
    }
    row
}

fn way_row(number: usize, way: &Compensation, given: usize) -> Option<Vec<String>> {
    let delivery = way.delivery.as_ref()?;
    let each = match way.dose_per_fraction {
        Some(solved) => dose(solved.given.gray()),
        None => remaining_doses(delivery, given),
    };
    Some(vec![
        format!("({number})"),
        delivery.fractions().len().to_string(),
        each,
        delivery.last().to_string(),
        delivery.overall_time().days.to_string(),
        // without what it loses to time, the tumour's effect is not that of its doses alone
        match way.tumour_excess {
            Some(_) => effect(delivery.tumour().bed().gray()),
            None => UNTOLD.into(),
        },
        way.tumour_excess
            .map_or_else(|| UNTOLD.into(), |excess| signed(excess, 3)),
        late_or(delivery, UNTOLD),
        match way.late_excess_percent {
            Some(percent) => format!("{} %", signed(percent, 1)),
            None => UNTOLD.into(),
        },
    ])
}

/// The doses of the fractions after those given.
fn remaining_doses(delivery: &Delivery, given: usize) -> String {
    let left = delivery.fractions().iter().skip(given);
    let doses = left.map(|given| given.dose);
    match (doses.clone().min(), doses.max()) {
        // a microgray apart where a total is shared out
        (Some(least), Some(most)) if most.micrograys() - least.micrograys() > 1 => {
            format!("{}-{}", dose(least.gray()), dose(most.gray()))
        }
        (_, Some(most)) => dose(most.gray()),
        _ => "-".into(),
    }
}

fn describe(page: &mut Document, number: usize, way: &Compensation) {
    let lead = format!("({number}) ");
    let title = way.method.title();
    match way.status {
        Status::Calculated => {
            page.item(&lead, &format!("{title}: {}", way.description));
            if way.cautions.is_empty() {
                page.line("    nothing that is checked speaks against it");
            }
            for finding in &way.cautions {
                let detail = match (&finding.expected(), &finding.found()) {
                    (Some(expected), Some(found)) => format!(" ({found}; expected {expected})"),
                    (None, Some(found)) => format!(" ({found})"),
                    _ => String::new(),
                };
                // what speaks against a way itself needs no name
                let of = if *finding.subject() == Subject::compensation(title) {
                    String::new()
                } else {
                    format!("{}: ", finding.at())
                };
                page.item(
                    "    caution: ",
                    &format!("{of}{}{detail}", finding.message()),
                );
            }
        }
        Status::NotNeeded | Status::NotPossible => {
            page.item(
                &lead,
                &format!("{title}: {}: {}", word(way), way.description),
            );
        }
    }
}
