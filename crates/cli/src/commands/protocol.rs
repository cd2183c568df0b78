mod explain;
mod lint;
mod verify;

use chemorad::protocol::{self, Action, Protocol, Question, Statement, Status};
use clap::Subcommand;
use serde::Serialize;

use crate::failure::Failure;
use crate::report::{Page, Report};

/// The built-in protocols.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol list
  chemorad protocol show NCT06949098
  chemorad protocol show NCT06949098 --format json")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the built-in protocols.
    List,
    /// Show a protocol: arms, doses, drugs, what is stated and what is left open.
    Show {
        /// The protocol, by its id.
        id: String,
    },
    Lint(lint::Args),
    Verify(verify::Args),
    Explain(explain::Args),
}

#[derive(Serialize)]
struct Listed {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct List {
    protocols: Vec<Listed>,
}

impl Args {
    pub(crate) fn run(self) -> Result<Report, Failure> {
        match self.what {
            What::List => Ok(list()),
            What::Show { id } => {
                let trial = protocol::find_builtin(&id)?;
                Ok(Report::new(show(trial), trial))
            }
            What::Lint(args) => args.run(),
            What::Verify(args) => args.run(),
            What::Explain(args) => args.run(),
        }
    }
}

fn list() -> Report {
    let protocols: Vec<Listed> = protocol::builtin_ids()
        .filter_map(protocol::builtin)
        .map(|trial| Listed {
            id: &trial.id,
            title: &trial.title,
        })
        .collect();
    let mut page = Page::new("Protocols");
    for listed in &protocols {
        page.indented(&format!("{}  ", listed.id), listed.title);
    }
    Report::new(page, &List { protocols })
}

fn show(trial: &Protocol) -> Page {
    let mut page = Page::new(&format!("Protocol {}", trial.id));
    page.line(&trial.title);
    page.indented("source: ", &trial.source.document);
    page.indented("version: ", &trial.source.version);

    page.section("Who gets what");
    for arm in &trial.arms {
        page.line(&format!("{} ({})", arm.title, arm.id));
        for (index, option) in arm.options.iter().enumerate() {
            let lead = if index + 1 < arm.options.len() {
                "  |- "
            } else {
                "  '- "
            };
            page.indented(lead, &format!("{} ({})", option.title, option.id));
            for action in &option.actions {
                page.indented("       ", &step(action));
            }
        }
    }

    page.section("Courses");
    for course in &trial.courses {
        page.line(&format!("{} ({})", course.title, course.id));
        for total in &course.totals {
            if let Some(fractionation) = total.fractionation.value() {
                page.indented("    ", &format!("{}: {fractionation}", total.volume));
            }
        }
    }

    page.section("Every value and how it is known");
    let views = trial.statements();
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
            page.indented(&format!("  {}: ", view.at), &words);
        }
    }

    page.section("Left open: to be settled by the site or the investigators");
    for question in trial.questions() {
        ask(&mut page, question);
    }
    page
}

fn ask(page: &mut Page, question: &Question) {
    page.indented("- ", &format!("{} ({})", question.question, question.id));
    page.indented("    ", &question.why);
    let choices: Vec<&str> = question.choices.iter().map(|choice| &**choice).collect();
    page.indented("    choices: ", &choices.join("; "));
}

fn step(action: &Action) -> String {
    match action {
        Action::ActiveSurveillance => "active surveillance".to_string(),
        Action::Surgery { procedure, .. } => procedure.to_string(),
        Action::Radiotherapy {
            course,
            concurrent_drugs,
            ..
        } => format!(
            "radiotherapy: course {}; drugs: {}",
            course.value().map_or("open", |id| id),
            match concurrent_drugs {
                Statement::Unspecified { .. } => "left open by the text".to_string(),
                known => known.value().map_or_else(String::new, |ids| {
                    if ids.is_empty() {
                        "none".to_string()
                    } else {
                        let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
                        ids.join(", ")
                    }
                }),
            }
        ),
        _ => "another step".to_string(),
    }
}
