use std::path::{Path, PathBuf};

use chemorad::capecitabine::RoundingPolicy;
use chemorad::report::Finding;
use chemorad::report::decimal;
use chemorad_case::{Case, DrugSheet, Provenance, Schedule, Sheet, TimeSheet, VolumeSheet};
use chemorad_protocol::library;

use crate::chain;
use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;
use crate::rules;
use chemorad_render::Document;

/// One patient's treatment sheet from a case file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad sheet examples/adjuvant-chemoradiotherapy.toml
  chemorad sheet case.json --format json
  chemorad sheet case.toml --show-work=false")]
pub(crate) struct Args {
    /// The case: a TOML or JSON file.
    case: PathBuf,
    /// Print how every number was reached.
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_value_t = true,
        default_missing_value = "true",
        action = clap::ArgAction::Set
    )]
    show_work: bool,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut case: Case = input::read(context.files, &self.case)?;
        let name = self.case.display();
        rule_files(context, &mut case, &self.case)?;
        if case.protocol.trim().is_empty() {
            let known: Vec<&str> = library::ids().collect();
            return Err(Failure::new(format!(
                "{name}: protocol is missing: name the protocol of this case, or a file beside it. Choices: {}.",
                known.join(", ")
            )));
        }
        let trial = protocols::beside(context, &case.protocol, &self.case)?;
        case.protocol = trial.id.to_string();
        let sheet = Sheet::new(&case, &trial).map_err(|faults| {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| format!("{name}: {fault}"))
                .collect();
            Failure::new(lines.join("\n"))
        })?;
        let page = self.page(&sheet);
        Ok(Report::new(page, &sheet).judged(sheet.outcome))
    }

    fn page(&self, sheet: &Sheet<'_>) -> Document {
        let mut page = Document::new(format!("Treatment sheet, {}", sheet.protocol));
        page.line(sheet.protocol_title);
        if let Some(title) = &sheet.title {
            page.line(title);
        }
        page.section("Patient");
        page.line(&sheet.patient_text());
        arm(&mut page, sheet);
        if let Some(course) = &sheet.course {
            page.section("Course");
            let rows: Vec<Vec<String>> = course
                .phases()
                .iter()
                .flat_map(|phase| {
                    phase.prescriptions().iter().map(|prescription| {
                        let fractionation = prescription.fractionation;
                        vec![
                            phase.name().to_string(),
                            prescription.volume.to_string(),
                            fractionation.fractions().to_string(),
                            decimal(fractionation.gray_per_fraction()),
                            decimal(fractionation.total().gray()),
                        ]
                    })
                })
                .collect();
            page.mixed_table(&["phase", "volume", "n", "d Gy", "D Gy"], &rows, 2);
            for apart in &sheet.apart {
                let text = format!(
                    "{}, {}: {}; stands apart, no dose below holds it",
                    apart.volume, apart.modality, apart.dose
                );
                page.item(&format!("{}  ", apart.phase), &text);
            }
            doses(&mut page, &sheet.volumes);
        }
        if let Some(drug) = &sheet.drug {
            drug_section(&mut page, drug);
        } else if sheet.course.is_some() && sheet.other_drugs.is_empty() {
            page.section("Drug");
            page.line("none with this treatment (see who settled each value)");
        }
        if !sheet.other_drugs.is_empty() {
            page.section("Other drugs");
            for other in &sheet.other_drugs {
                page.item(&format!("{}  ", other.drug), &other.regimen);
            }
            page.line("Their amounts are not calculated here.");
        }

        if let Some(schedule) = &sheet.schedule {
            schedule_section(&mut page, schedule);
        }
        if let Some(time) = &sheet.time {
            time_section(&mut page, time);
        }
        settled(&mut page, &sheet.supplied);
        page.section("Checks");
        // what a rule did to the drug is said with the drug
        let drug = sheet.drug.as_ref();
        let marked = drug.and_then(|drug| chain::marked(&drug.order));
        let checks: Vec<Finding> = sheet
            .findings
            .iter()
            .filter(|finding| !chain::in_chain(finding))
            .chain(marked.as_ref())
            .cloned()
            .collect();
        page.findings(&checks);
        if !sheet.not_checked.is_empty() {
            page.item(
                "not checked    ",
                &format!(
                    "{}: review apart from this sheet",
                    sheet.not_checked.join("; ")
                ),
            );
        }
        if self.show_work && !sheet.derivations.is_empty() {
            page.section("Work");
            page.line("Shown to 6 decimals; every result is calculated from unrounded values.");
            page.work(&sheet.derivations);
        }
        page
    }
}

fn settled(page: &mut Document, supplied: &[Provenance]) {
    if supplied.is_empty() {
        return;
    }

    page.section("Who settled each value");
    let rows: Vec<Vec<String>> = supplied
        .iter()
        .map(|value| {
            vec![
                value.what.clone(),
                value.value.clone(),
                value.by.to_string(),
            ]
        })
        .collect();
    page.text_table(&["what", "value", "settled by"], &rows);
    page.line("");
    for value in supplied {
        if let Some(basis) = &value.basis {
            page.item(&format!("{}: ", value.what), basis);
        }
    }
}

/// Reads the rule-set files a case names, from the folder of the case.
fn rule_files(context: &Context<'_>, case: &mut Case, path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = case.drug_rules.iter().flat_map(|rules| &rules.rule_sets);
    let table = case
        .site
        .rounding
        .iter()
        .filter_map(|rounding| RoundingPolicy::table_name(rounding));
    let mut files: Vec<String> = named
        .map(|name| name.split_once('=').map_or(name.as_str(), |(_, rest)| rest))
        .chain(table)
        .filter(|file| rules::is_file(file))
        .map(ToString::to_string)
        .collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let set = rules::load(context, &folder.join(&file).display().to_string())?;
        case.rule_set_files.push((file, set));
    }
    Ok(())
}

fn arm(page: &mut Document, sheet: &Sheet<'_>) {
    page.section("Arm and treatment");
    let option = &sheet.option;
    page.pairs(&[
        ("arm", format!("{} ({})", option.arm_title, option.arm)),
        ("treatment", format!("{} ({})", option.title, option.id)),
        ("steps", option.steps.join("; then ")),
        ("in the text", format!("\"{}\"", option.quote)),
    ]);
    page.line("");
    for reason in &sheet.assignment.reasons {
        if reason.arm != option.arm {
            continue;
        }
        for evidence in &reason.evidence {
            page.item("  because ", &evidence.to_string());
        }
    }
}

fn doses(page: &mut Document, volumes: &[VolumeSheet]) {
    page.section("Cumulative dose");
    let mut rows = Vec::new();
    for volume in volumes {
        for phase in &volume.phases {
            rows.push(vec![
                volume.volume.clone(),
                phase.phase.clone(),
                phase.fractionation.fractions().to_string(),
                decimal(phase.fractionation.total().gray()),
            ]);
        }
        rows.push(vec![
            volume.volume.clone(),
            "total".into(),
            volume.fractions.to_string(),
            decimal(volume.dose.gray()),
        ]);
    }
    page.mixed_table(&["volume", "phase", "n", "D Gy"], &rows, 2);

    page.section("BED and EQD2 (shown to 3 decimals)");
    let mut rows = Vec::new();
    for volume in volumes {
        for effect in &volume.effects {
            rows.push(vec![
                volume.volume.clone(),
                decimal(effect.alpha_beta.gray()),
                decimal(volume.dose.gray()),
                format!("{:.3}", effect.bed.gray()),
                format!("{:.3}", effect.eqd.gray()),
            ]);
        }
    }
    page.mixed_table(&["volume", "a/b Gy", "D Gy", "BED Gy", "EQD2 Gy"], &rows, 1);
    for volume in volumes {
        for effect in &volume.effects {
            let (Some(record), Some(bed), Some(eqd)) = (
                effect.endpoint,
                effect.bed_over_interval,
                effect.eqd_over_interval,
            ) else {
                continue;
            };
            let high = bed.high.map_or_else(
                || "no bound (the interval reaches zero)".to_string(),
                |high| format!("{:.3} Gy", high.gray()),
            );
            let note = record
                .note
                .map_or_else(String::new, |note| format!("; {note}"));
            page.item(
                "  ",
                &format!(
                    "{}, {}, over its published interval: BED {:.3} Gy to {high}, EQD2 {:.3} to {:.3} Gy ({}{note})",
                    volume.volume, record.name, bed.low.gray(), eqd.low, eqd.high, record.source
                ),
            );
        }
    }
}

fn drug_section(page: &mut Document, drug: &DrugSheet) {
    page.section(&format!("Drug: {}", drug.drug));
    let measured = format!("height {}, weight {}", drug.height, drug.weight);
    let mut pairs = chain::pairs(measured, &drug.order);
    if drug.order.supply().is_none() {
        pairs.push(("days", drug.days.to_string()));
    }
    page.pairs(&pairs);
    if drug.order.day().is_none() {
        chain::no_dose(page, &drug.order);
    }
    if let Some(supply) = drug.order.supply() {
        chain::periods(page, supply);
    }
}

fn time_section(page: &mut Document, time: &TimeSheet) {
    page.section("BED and EQD2 less what overall time costs");
    page.pairs(&[
        ("parameters", time.in_words.clone()),
        ("overall time", time.parameters.convention.to_string()),
    ]);
    let rows: Vec<Vec<String>> = time
        .volumes
        .iter()
        .map(|volume| {
            let lost: f64 = volume
                .terms
                .iter()
                .filter(|term| term.name == "repopulation")
                .map(|term| term.gray)
                .sum();
            vec![
                volume.volume.clone(),
                volume.overall_time.days().to_string(),
                format!("{lost:.3}"),
                format!("{:.3}", volume.bed.gray()),
                format!("{:.3}", volume.eqd.gray()),
            ]
        })
        .collect();
    page.mixed_table(
        &["volume", "days", "time Gy", "BED Gy", "EQD2 Gy"],
        &rows,
        1,
    );
}

fn schedule_section(page: &mut Document, schedule: &Schedule) {
    page.section("Schedule");
    let mut pairs = vec![(
        "fractions",
        format!(
            "{} at {} a week",
            schedule.fractions, schedule.fractions_per_week
        ),
    )];
    if let Some(window) = schedule.start_window_days {
        pairs.push(("start", format!("day {window} after the operation")));
    }
    match &schedule.dates {
        Some(dates) => {
            pairs.push(("first fraction", dates.first.to_string()));
            pairs.push(("last fraction", dates.last.to_string()));
            for time in dates.overall_time {
                pairs.push((
                    "overall time",
                    format!("{} days ({})", time.days, time.convention),
                ));
            }
        }
        None => pairs.push((
            "dates",
            "no start date given; overall treatment time needs dates".to_string(),
        )),
    }
    page.pairs(&pairs);
}
