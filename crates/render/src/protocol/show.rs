//! A protocol: who gets what as a tree, then every value and how it is known.

use chemorad::text::{List, Text};
use chemorad_protocol::{
    Action, Arm, DrugRegimen, PrescribedCourse, PrescribedDose, Protocol, Question, StartWindow,
    Statement, Status,
};

use crate::document::Document;

/// Arms, doses, drugs, limits, and what is left open; with `values`, every value and its quote.
#[must_use]
pub fn show(protocol: &Protocol, values: bool) -> Document {
    let mut page = Document::new(format!("Protocol {}", protocol.id));
    page.line(&protocol.title);
    page.item("source: ", &protocol.source.document);
    page.item("version: ", &protocol.source.version);
    page.item("quotes: ", &protocol.source.quotes.to_string());

    page.section("Who gets what");
    for arm in &protocol.arms {
        tree(&mut page, protocol, arm);
    }
    if !protocol.risk_features.is_empty() {
        page.line("risk features:");
        for feature in &protocol.risk_features {
            let text = format!("{}: {}", feature.title, feature.test);
            page.item("    ", &text);
        }
        page.line("");
    }
    if let Some(window) = &protocol.start {
        page.item("start: ", &start(window));
    }
    if !protocol.eligibility.is_empty() {
        page.section("Eligibility");
        for criterion in &protocol.eligibility {
            let quotes = criterion.tests.iter().flat_map(Statement::quotes);
            let words: Vec<String> = quotes.map(|quote| quote.to_string()).collect();
            page.item(&format!("{}  ", criterion.kind), &words.join("; "));
        }
    }

    page.section("Courses");
    for prescribed in &protocol.courses {
        course(&mut page, protocol, prescribed);
    }
    if !protocol.drugs.is_empty() {
        page.section("Drugs");
        for regimen in &protocol.drugs {
            drug(&mut page, regimen);
        }
    }
    for table in &protocol.limits {
        page.section(&format!("Limits: {}", table.id));
        page.item("source: ", &table.source);
        for row in &table.rows {
            page.item("    ", &row.to_string());
        }
    }
    for amendment in &protocol.amendments {
        page.section(&format!("Amendment {}", amendment.version));
        page.item("    ", &amendment.quote.to_string());
        for before in &amendment.before {
            page.item("    before: ", &format!("{} {}", before.at, before.value));
        }
    }
    if values {
        every_value(&mut page, protocol);
    }
    let questions: Vec<_> = protocol.questions().into_iter().collect();
    if !questions.is_empty() {
        page.section("Left open: the site or the investigators decide");
        for question in questions {
            ask(&mut page, question);
        }
    }
    page
}

fn tree(page: &mut Document, protocol: &Protocol, arm: &Arm) {
    page.item("", &format!("{} ({})", arm.title, arm.id));
    let when = match arm.when.value() {
        Some(condition) => condition.to_string(),
        None => "left open by the text".into(),
    };
    page.item("  when ", &when);
    for (index, option) in arm.options.iter().enumerate() {
        let last = index + 1 == arm.options.len();
        let (branch, trunk) = if last {
            ("  '- ", "       ")
        } else {
            ("  |- ", "  |    ")
        };
        let title = format!("{} ({})", option.title, option.id);
        page.hanging(branch, &trunk[..5], &title);
        for (step, action) in option.actions.iter().enumerate() {
            let then = if step == 0 { "" } else { "then " };
            let step = format!("{then}{}", words(protocol, action));
            page.hanging(trunk, trunk, &step);
        }
    }
    page.line("");
}

fn words(protocol: &Protocol, action: &Action) -> String {
    let mut text = match action {
        Action::ActiveSurveillance => "active surveillance".to_string(),
        Action::Surgery { procedure, .. } => procedure.to_string(),
        Action::Drugs { drugs, .. } => format!("drugs: {}", listed(drugs)),
        Action::Radiotherapy {
            course,
            concurrent_drugs,
            ..
        } => {
            let course = match course.value() {
                Some(id) => protocol
                    .course(id)
                    .map_or(&**id, |course| &*course.title)
                    .to_string(),
                None => "course left open by the text".to_string(),
            };
            format!(
                "radiotherapy: {course}; drugs: {}",
                listed(concurrent_drugs)
            )
        }
    };
    if let Some(window) = action.start() {
        text = format!("{text}, {}", start(window));
    }
    text
}

fn joined(texts: &[Text], between: &str) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    texts.join(between)
}

fn listed(drugs: &Statement<List<Text>>) -> String {
    match drugs.value() {
        Some(ids) if ids.is_empty() => "none".into(),
        Some(ids) => joined(ids, ", "),
        None => "left open by the text".into(),
    }
}

fn start(window: &StartWindow) -> String {
    let from = window.from.to_string();
    match window.in_days() {
        Some(days) => format!("day {days} after {from}"),
        None => format!("after {from}"),
    }
}

fn course(page: &mut Document, protocol: &Protocol, prescribed: &PrescribedCourse) {
    page.item("", &format!("{} ({})", prescribed.title, prescribed.id));
    for name in &prescribed.phases {
        let Some(phase) = protocol.phase(name) else {
            continue;
        };
        let modality = phase.modality.to_string();
        for dose in &phase.doses {
            let text = format!("{}: {} ({modality})", dose.volume, prescription(dose));
            page.item(&format!("    {name}: "), &text);
        }
        let apart = phase.modality.value().is_some_and(|m| !m.adds_up());
        if apart {
            page.item("      ", "not added to the other phases");
        }
    }
    if let Some(course) = &prescribed.course {
        for volume in course.volumes() {
            if let Some(sum) = course.cumulative_dose(&volume.name) {
                page.item("    sum: ", &format!("{} {sum}", volume.name));
            }
        }
    } else {
        page.item("    sum: ", "none until the doses are decided");
    }
    page.item(
        "    fractions a week: ",
        &prescribed.fractions_per_week.to_string(),
    );
}

fn prescription(dose: &PrescribedDose) -> String {
    if let Some(prescribed) = dose.fractionation.value() {
        return prescribed.to_string();
    }
    let named: Vec<String> = dose.named().iter().map(ToString::to_string).collect();
    if named.is_empty() {
        "left open".to_string()
    } else {
        format!("left open: {}", named.join(" or "))
    }
}

fn drug(page: &mut Document, drug: &DrugRegimen) {
    page.item("", &format!("{} ({})", drug.drug, drug.id));
    let optional = |page: &mut Document, what: &str, text: Option<String>| {
        if let Some(text) = text {
            page.item(&format!("    {what}: "), &text);
        }
    };
    optional(
        page,
        "each administration",
        drug.intensity.as_ref().map(ToString::to_string),
    );
    optional(
        page,
        "administrations a day",
        drug.administrations_per_day
            .as_ref()
            .map(ToString::to_string),
    );
    optional(
        page,
        "each day",
        drug.intensity_per_day.as_ref().map(ToString::to_string),
    );
    optional(page, "dose", drug.dose.as_ref().map(ToString::to_string));
    optional(page, "at most", drug.cap.as_ref().map(ToString::to_string));
    optional(
        page,
        "infusion",
        drug.infusion.as_ref().map(ToString::to_string),
    );
    optional(page, "route", Some(drug.route.to_string()));
    optional(page, "days", Some(drug.days.to_string()));
    let counted = drug.day_one.as_ref().map(ToString::to_string);
    optional(page, "day 1", counted);
    for adjustment in &drug.adjustments {
        let text = format!("by {}: {}", adjustment.to, adjustment.rule_set);
        optional(page, "adjusted", Some(text));
    }
}

fn every_value(page: &mut Document, protocol: &Protocol) {
    page.section("Every value and how it is known");
    let views = protocol.statements();
    for status in [Status::Stated, Status::Derived, Status::Unspecified] {
        page.line(&format!("{status}:"));
        for view in views.iter().filter(|view| view.status == status) {
            let words = match (view.reason, view.question) {
                (Some(reason), _) => reason.to_string(),
                (None, Some(question)) => question.question.to_string(),
                (None, None) => view
                    .quotes
                    .first()
                    .map(|quote| format!("\"{}\" ({})", quote.text, quote.locator))
                    .unwrap_or_default(),
            };
            page.item(&format!("  {}: ", view.at), &words);
        }
    }
}

fn ask(page: &mut Document, question: &Question) {
    page.item("- ", &format!("{} ({})", question.question, question.id));
    page.item("    ", &question.why);
    page.item("    choices: ", &joined(&question.choices, "; "));
}
