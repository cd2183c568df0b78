//! `cohort`: many patients from a file, one record each.

mod settings;
mod work;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chemorad::quantity::AlphaBeta;
use chemorad_cohort::{Cohort, CsvOptions, Ids, Layout, Pieces, Records};
use chemorad_render::cohort::Results;

use crate::args::site::SiteArgs;
use crate::failure::Failure;
use crate::files::FileKind;
use crate::output::{Context, OutputFile};
use crate::report::Report;
use settings::Settings;

/// Many patients, courses or orders from a file with one row each: body surface area, clearance,
/// calculated and ordered dose, tablets, rules, EQD2.
///
/// A column says its unit in its name, as in the examples and docs/cohort.md. A row that cannot be read
/// has the outcome "cannot tell" with a code, and stops nothing. The summary is printed; the records are
/// written to a file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad cohort examples/cohort.csv --formula mosteller --intensity 825mg/m2 \\
    --per administration --times-per-day 2 --tablets 500mg,150mg --max-150 2 \\
    --rounding nearest --ties up --without renal,dpyd,interactions \\
    --ignore creatinine_umol_l --ignore dpyd -o records.csv
  with a site file, which says the same once:
    chemorad cohort examples/cohort.csv --intensity \"825 mg/m2 bid\" --site clinic.toml")]
pub(crate) struct Args {
    /// The file: .csv with a header, or .ndjson with one object a line.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Where the records are written: .csv or .ndjson.
    #[arg(short, long, value_name = "OUT.csv")]
    output: Option<PathBuf>,
    /// Replace the file of records.
    #[arg(long, requires = "output")]
    force: bool,
    /// A column of the file under another name than the known one; may be repeated.
    #[arg(long = "column", value_name = "NAME=COLUMN")]
    columns: Vec<String>,
    /// Leave a column of the file out; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Numbers have decimal commas: 70,5.
    #[arg(long)]
    decimal_comma: bool,
    /// Identifiers are known to be unique, or may repeat: they are not compared.
    #[arg(long)]
    ids_unique: bool,
    /// The alpha/beta of the courses in the file: with it the records have their EQD2.
    #[arg(long, alias = "ab", value_name = "10Gy")]
    alpha_beta: Option<AlphaBeta>,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    settings: Settings,
}

/// How rows stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Csv,
    Lines,
}

impl Written {
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Lines),
            _ => None,
        }
    }

    const fn records(self) -> Records {
        match self {
            Self::Csv => Records::Csv,
            Self::Lines => Records::Lines,
        }
    }
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mapped = self.mapped()?;
        let mut site = self.site.read(context)?;
        let records = match &self.output {
            Some(output) => self.records(context, output)?,
            None => Records::Csv,
        };
        let name = self.file.display();
        let refused =
            |error: chemorad_cohort::CohortError| Failure::new(format!("{name}: {error}"));
        let mut options = CsvOptions::default();
        options.decimal_comma = self.decimal_comma;
        let (input, size) = open(context, &self.file)?;
        let pieces = match Written::of(&self.file) {
            Some(Written::Csv) => Pieces::csv(input, options),
            Some(Written::Lines) => Pieces::lines(input, options),
            None => {
                return Err(Failure::new(format!(
                    "{name}: the name must end in .csv, .tsv, .ndjson or .jsonl, to say how it is written"
                )));
            }
        };
        let pieces = pieces.map_err(refused)?;
        let layout = Layout::new(pieces.header(), &mapped).map_err(refused)?;
        let rules = if layout.has_orders() {
            Some(self.settings.rules(context, &mut site)?)
        } else {
            None
        };
        let cohort = Cohort::new(layout, rules, self.alpha_beta).map_err(refused)?;
        let cohort = cohort.written(pieces.options());
        let ids = if self.ids_unique {
            Ids::unchecked()
        } else {
            Ids::new()
        };
        let progress = work::progress(context.environment.watched, size);
        let done = match &self.output {
            None => work::all(
                &cohort,
                pieces,
                ids,
                (&mut std::io::sink(), records),
                &progress,
            ),
            Some(output) => {
                if let Some(mut growing) = context.files.grow(output, self.force)? {
                    growing.write_all(&cohort.header(records))?;
                    let done = work::all(&cohort, pieces, ids, (&mut growing, records), &progress);
                    if done.is_ok() {
                        growing.finish().map_err(|error| {
                            Failure::new(format!("cannot write {}: {error}", output.display()))
                        })?;
                    }
                    done
                } else {
                    let mut bytes = cohort.header(records);
                    let done = work::all(&cohort, pieces, ids, (&mut bytes, records), &progress);
                    context.write(OutputFile {
                        path: output.clone(),
                        bytes,
                        replace: self.force,
                    })?;
                    done
                }
            }
        };
        progress.finish();
        let tally = done.map_err(refused)?;
        let path = self.output.as_ref();
        let results = Results::new(&tally, &cohort, path.map(|path| path.display().to_string()));
        site.tell(context);
        Ok(context
            .report(results.page(), &results)
            .judged(results.outcome()))
    }

    fn mapped(&self) -> Result<Vec<(String, String)>, Failure> {
        let mut mapped = Vec::new();
        for pair in &self.columns {
            let (name, column) = pair.split_once('=').ok_or_else(|| {
                Failure::new(format!(
                    "--column {pair:?}: write the known name and the column of the file, such as \
                     height_cm=Groesse"
                ))
            })?;
            mapped.push((name.trim().to_string(), column.trim().to_string()));
        }
        mapped.extend(
            self.ignore
                .iter()
                .map(|column| (String::new(), column.clone())),
        );
        Ok(mapped)
    }

    /// How the records are written, where they can be.
    fn records(&self, context: &Context<'_>, output: &Path) -> Result<Records, Failure> {
        let name = output.display();
        let written = Written::of(output).filter(|_| output.extension() != Some("tsv".as_ref()));
        let written = written.ok_or_else(|| {
            Failure::new(format!(
                "{name}: records are CSV or NDJSON, so the name must end in .csv or .ndjson"
            ))
        })?;
        if context.files.is_same(output, &self.file) {
            return Err(Failure::new(format!(
                "{name} is the file that is read: write the records to another one"
            )));
        }
        if context.exists(output) && !self.force {
            return Err(Failure::new(format!(
                "{name} exists already: choose another name, or replace it with --force"
            )));
        }
        Ok(written.records())
    }
}

fn open<'f>(
    context: &'f Context<'_>,
    path: &Path,
) -> Result<(Box<dyn Read + Send + 'f>, u64), Failure> {
    let name = path.display();
    if matches!(context.files.kind(path), Ok(FileKind::Folder)) {
        return Err(Failure::new(format!("{name} is a folder, not a file")));
    }
    context
        .files
        .open(path)
        .map_err(|error| Failure::new(format!("cannot read {name}: {error}")))
}
