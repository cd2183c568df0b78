//! A protocol as a page of Markdown (`CommonMark` with tables): who gets what, every dose with its sums,
//! BED and EQD2 at the α/β asked for, drugs, limits, every value and how it is known, what is open.

use core::fmt::Write as _;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{DoseSeries, LinearQuadratic};
use chemorad::report::decimal;
use chemorad::text::is_control_or_bidi;
use chemorad_protocol::{Action, PrescribedCourse, Protocol, Statement};

use crate::NOTICE;

/// The page of a protocol, with BED and EQD2 at each α/β.
///
/// Text of the protocol is escaped: nothing in a title or a quote becomes a heading, a link or HTML.
///
/// ```
/// use chemorad_protocol::find_builtin;
/// use chemorad_exchange::markdown;
/// let page = markdown(find_builtin("NCT06949098")?, &["10 Gy".parse()?]);
/// assert!(page.starts_with("# NCT06949098\n"));
/// assert!(page.contains("| tumour bed | 50.4 | 28 | 10 | 59.472 | 49.56 |"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn markdown(protocol: &Protocol, alpha_beta: &[AlphaBeta]) -> String {
    let mut page = Page(String::new());
    page.heading(1, &protocol.id);
    page.paragraph(&plain(&protocol.title));
    page.paragraph(&format!("**{NOTICE}**"));
    let source = &protocol.source;
    page.table(
        &["source", ""],
        &[
            row(["document", &source.document]),
            row(["version", &source.version]),
            row(["quotes", &source.quotes.to_string()]),
        ],
    );
    arms(&mut page, protocol);
    page.heading(2, "Courses");
    for prescribed in &protocol.courses {
        course(&mut page, protocol, prescribed, alpha_beta);
    }
    drugs(&mut page, protocol);
    for table in &protocol.limits {
        page.heading(2, &format!("Limits: {}", table.id));
        page.paragraph(&plain(&table.source));
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|limit| row([&limit.to_string()]))
            .collect();
        page.table(&["limit"], &rows);
    }
    values(&mut page, protocol);
    let questions = protocol.questions();
    if !questions.is_empty() {
        page.heading(2, "Left open");
        let rows: Vec<Vec<String>> = questions
            .iter()
            .map(|question| {
                let choices: Vec<&str> = question.choices.iter().map(|c| &**c).collect();
                row([
                    &question.id,
                    &question.question,
                    &question.why,
                    &choices.join("; "),
                ])
            })
            .collect();
        page.table(&["id", "question", "why", "choices"], &rows);
    }
    page.0
}

fn arms(page: &mut Page, protocol: &Protocol) {
    page.heading(2, "Who gets what");
    for arm in &protocol.arms {
        page.heading(3, &format!("{} ({})", arm.title, arm.id));
        page.paragraph(&plain(&format!("When: {}", arm.when)));
        let mut rows = Vec::new();
        for option in &arm.options {
            for (i, action) in option.actions.iter().enumerate() {
                let first = i == 0;
                rows.push(row([
                    if first { &option.id } else { "" },
                    if first { &option.title } else { "" },
                    &step(action),
                ]));
            }
        }
        page.table(&["option", "title", "step"], &rows);
    }
}

fn step(action: &Action) -> String {
    let listed = |drugs: &Statement<_>| drugs.value().map_or_else(|| "left open".into(), joined);
    match action {
        Action::ActiveSurveillance => "active surveillance".into(),
        Action::Surgery { procedure, .. } => procedure.to_string(),
        Action::Drugs { drugs, .. } => format!("drugs: {}", listed(drugs)),
        Action::Radiotherapy {
            course,
            concurrent_drugs,
            ..
        } => format!(
            "radiotherapy: {}; drugs: {}",
            course,
            listed(concurrent_drugs)
        ),
    }
}

fn joined(ids: &chemorad::text::List<chemorad::text::Text>) -> String {
    if ids.is_empty() {
        return "none".into();
    }
    let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
    ids.join(", ")
}

fn course(
    page: &mut Page,
    protocol: &Protocol,
    prescribed: &PrescribedCourse,
    alpha_beta: &[AlphaBeta],
) {
    page.heading(3, &format!("{} ({})", prescribed.title, prescribed.id));
    let mut rows = Vec::new();
    for phase in prescribed.phases.iter().filter_map(|p| protocol.phase(p)) {
        let apart = phase.modality.value().is_some_and(|m| !m.adds_up());
        let added = if apart { "no" } else { "yes" };
        for dose in &phase.doses {
            rows.push(row([
                &phase.name,
                &dose.volume,
                &dose.fractionation.to_string(),
                &phase.modality.to_string(),
                added,
            ]));
        }
    }
    page.table(
        &["phase", "volume", "prescription", "modality", "in the sum"],
        &rows,
    );
    let Some(course) = &prescribed.course else {
        page.paragraph("No sums: the protocol does not settle every dose of the course.");
        return;
    };
    let mut sums = Vec::new();
    for volume in course.volumes() {
        let (Some(total), Some(series)) = (
            course.cumulative_dose(&volume.name),
            DoseSeries::from_volume(course, &volume.name),
        ) else {
            continue;
        };
        let start = [
            volume.name.to_string(),
            decimal(total.gray()),
            course.number_of_fractions(&volume.name).to_string(),
        ];
        if alpha_beta.is_empty() {
            sums.push(start.iter().map(|cell| escaped(cell)).collect());
        }
        for alpha_beta in alpha_beta {
            let model = LinearQuadratic::new(*alpha_beta);
            let mut cells = start.to_vec();
            cells.push(decimal(alpha_beta.gray()));
            cells.push(decimal(model.bed_of(&series).gray()));
            cells.push(decimal(model.eqd2_of(&series).gray()));
            sums.push(cells.iter().map(|cell| escaped(cell)).collect());
        }
    }
    let header: &[&str] = if alpha_beta.is_empty() {
        &["volume", "sum, Gy", "fractions"]
    } else {
        &[
            "volume",
            "sum, Gy",
            "fractions",
            "α/β, Gy",
            "BED, Gy",
            "EQD2, Gy",
        ]
    };
    page.table(header, &sums);
}

fn drugs(page: &mut Page, protocol: &Protocol) {
    if protocol.drugs.is_empty() {
        return;
    }
    page.heading(2, "Drugs");
    let optional = |text: Option<String>| text.unwrap_or_default();
    let rows: Vec<Vec<String>> = protocol
        .drugs
        .iter()
        .map(|drug| {
            row([
                &drug.id,
                &drug.drug.to_string(),
                &optional(drug.intensity.as_ref().map(ToString::to_string)),
                &optional(
                    drug.administrations_per_day
                        .as_ref()
                        .map(ToString::to_string),
                ),
                &optional(drug.intensity_per_day.as_ref().map(ToString::to_string)),
                &optional(drug.infusion.as_ref().map(ToString::to_string)),
                &drug.days.to_string(),
            ])
        })
        .collect();
    page.table(
        &[
            "id",
            "drug",
            "each administration",
            "administrations a day",
            "each day",
            "infusion",
            "days",
        ],
        &rows,
    );
}

fn values(page: &mut Page, protocol: &Protocol) {
    page.heading(2, "Every value and how it is known");
    let rows: Vec<Vec<String>> = protocol
        .statements()
        .iter()
        .map(|view| {
            let words = match (view.question, view.reason) {
                (Some(question), _) => format!("{} {}", question.question, question.why),
                (None, reason) => {
                    let quotes = view.quotes.iter().map(ToString::to_string);
                    let parts: Vec<String> = reason
                        .map(ToString::to_string)
                        .into_iter()
                        .chain(quotes)
                        .collect();
                    parts.join("; ")
                }
            };
            row([&view.at, &view.status.to_string(), &words])
        })
        .collect();
    page.table(&["value", "status", "words"], &rows);
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(|cell| escaped(cell)).collect()
}

/// What Markdown or HTML would read as more than text, escaped; control characters are shown as such.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            steering if is_control_or_bidi(steering) => out.extend(steering.escape_default()),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' | '&' | '$' => {
                out.push('\\');
                out.push(character);
            }
            plain => out.push(plain),
        }
    }
    out
}

/// A paragraph must not begin like a list or a heading.
fn plain(text: &str) -> String {
    let text = escaped(text.trim());
    if text.starts_with(['-', '+', '=']) || text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("\u{200b}{text}")
    } else {
        text
    }
}

struct Page(String);

impl Page {
    fn heading(&mut self, level: usize, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        let _ = writeln!(self.0, "{} {}", "#".repeat(level), escaped(text.trim()));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = write!(self.0, "\n{text}\n");
    }

    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.0.push('\n');
        let header: Vec<String> = header.iter().map(|cell| (*cell).to_string()).collect();
        self.line(&header);
        self.line(&vec!["---".to_string(); header.len()]);
        for row in rows {
            self.line(row);
        }
    }

    fn line(&mut self, cells: &[String]) {
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }
}
