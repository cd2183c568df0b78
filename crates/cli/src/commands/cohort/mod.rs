//! `cohort`: many patients from a file, one record each.

mod settings;
mod work;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chemorad::quantity::AlphaBeta;
use chemorad_cohort::{
    Arms, Batch, Cohort, CohortError, CsvOptions, Ids, Layout, Pieces, Records, Tally,
};
use chemorad_protocol::{Action, Protocol, Question, Statement};
use chemorad_render::cohort::Results;

use crate::args::site::SiteArgs;
use crate::failure::Failure;
use crate::files::FileKind;
use crate::input;
use crate::output::{Context, OutputFile};
use crate::protocols::{Part, with_part};
use crate::refused;
use crate::report::Report;
use settings::{Prepared, Settings, calendar, intake};

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
  chemorad cohort examples/cohort.csv --intensity \"825 mg/m2 bid\" --site examples/site.toml")]
pub(crate) struct Args {
    /// The file: .csv with a header, .ndjson with an object a line, .json with a list of objects, .parquet.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Where the records are written: .csv, .ndjson or .parquet.
    #[arg(short, long, value_name = "OUT.csv")]
    output: Option<PathBuf>,
    /// A column of the file under another name than the known one; may be repeated.
    #[arg(long = "column", value_name = "NAME=COLUMN")]
    columns: Vec<String>,
    /// A file that says which column is which: `[columns] height_cm = "Groesse"`, and `ignore = [...]`.
    #[arg(long, value_name = "columns.toml")]
    columns_file: Option<PathBuf>,
    /// Leave a column of the file out; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Numbers have decimal commas: 70,5.
    #[arg(long)]
    decimal_comma: bool,
    /// Identifiers are known to be unique, or may repeat: they are not compared.
    #[arg(long)]
    ids_unique: bool,
    /// The protocol by id or file; with /ARM where every row has one arm, else by the column arm.
    #[arg(long, value_name = "NCT06949098/adverse")]
    protocol: Option<String>,
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
    /// A JSON list of objects; it is read alone.
    List,
    Parquet,
}

/// A file that is read whole is not larger.
const LARGEST_WHOLE: u64 = 4096 * input::MIB;

/// A file that says which column of another file is which.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnsFile {
    #[allow(dead_code, reason = "reading it checks it")]
    schema: ColumnsSchema,
    /// Known names with the names in the file.
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// Columns that are left out.
    #[serde(default)]
    ignore: Vec<String>,
}

#[derive(serde::Deserialize)]
enum ColumnsSchema {
    #[serde(rename = "chemorad.columns/1")]
    One,
}

impl Written {
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Lines),
            "json" => Some(Self::List),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

#[cfg(not(feature = "parquet"))]
fn no_parquet(path: &Path) -> Failure {
    Failure::new(
        refused::FILE_FORMAT,
        format!(
            "{}: this build neither reads nor writes Parquet: use .csv or .ndjson",
            path.display()
        ),
    )
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mapped = self.mapped(context)?;
        let mut site = self.site.read(context)?;
        let written = match &self.output {
            Some(output) => Some((output.as_path(), self.written(context, output)?)),
            None => None,
        };
        let name = self.file.display();
        let refused = |error: CohortError| Failure::at(&format!("{name}: "), &error);
        let (pieces, size) = self.pieces(context)?;
        let pieces = pieces.map_err(refused)?;
        let layout = Layout::new(pieces.header(), &mapped).map_err(refused)?;
        if self.alpha_beta.is_some() && !layout.has_courses() {
            return Err(Failure::new(refused::INPUT_CONFLICT, format!(
                "--alpha-beta is for courses, and {name} has none: leave it out, or add a column planned or prescribed"
            ))
            .about("--alpha-beta"));
        }
        let protocol = self.protocol.as_deref();
        let protocol = protocol
            .map(|given| with_part(context, given))
            .transpose()?;
        let prepared = if layout.has_orders() {
            let has_protocol = protocol.is_some();
            Some(self.settings.prepare(context, &mut site, has_protocol)?)
        } else {
            self.settings.refuse(&name.to_string())?;
            None
        };
        let cohort = match &protocol {
            None => {
                let rules = prepared.as_ref().map(Prepared::rules).transpose()?;
                Cohort::new(layout, rules, self.alpha_beta)
            }
            Some((protocol, part)) => {
                let part = part.as_ref().map(|part| match part {
                    Part::Arm(id) | Part::Option(_, id) => id.as_str(),
                });
                let of_arm = |stated| {
                    let prepared = prepared.as_ref();
                    prepared.map(|prepared| prepared.of_arm(stated)).transpose()
                };
                let questions = questions_of_drugs(protocol).filter(|_| prepared.is_some());
                let answers = site.answers_to(questions);
                let arms = Arms::new(protocol, part, &answers, of_arm)?;
                Cohort::of_protocol(layout, arms, self.alpha_beta)
            }
        };
        let mut cohort = cohort.map_err(refused)?.written(pieces.options());
        if cohort.compares_dates() || cohort.compares_days() {
            let calendar = calendar(context, &mut site)?;
            cohort = cohort.with_calendar(calendar.clone());
            if cohort.compares_days() {
                cohort = cohort.with_intake(intake(&mut site, calendar));
            }
        }
        let tally = match written {
            None => {
                let nowhere = &mut std::io::sink();
                self.write(context, &cohort, (pieces, size), Written::Csv, nowhere)
            }
            Some((output, written)) => {
                let cannot_write = |error| CohortError::Write {
                    file: output.display().to_string(),
                    error,
                };
                let growing = context.files.grow(output, context.asked.force);
                let growing = growing.map_err(|error| {
                    Failure::new(refused::FILE_UNWRITABLE, cannot_write(error).to_string())
                })?;
                let input = (pieces, size);
                if let Some(mut growing) = growing {
                    let tally = self.write(context, &cohort, input, written, &mut growing);
                    if tally.is_ok() {
                        context.write_grown(output, growing);
                    }
                    tally
                } else {
                    let mut bytes = Vec::new();
                    let tally = self.write(context, &cohort, input, written, &mut bytes);
                    if tally.is_ok() {
                        context.write(OutputFile {
                            path: output.into(),
                            bytes,
                            replace: context.asked.force,
                        })?;
                    }
                    tally
                }
            }
        };
        let tally = tally.map_err(|error| match error {
            CohortError::Write { .. } => Failure::new(refused::FILE_UNWRITABLE, error.to_string()),
            error => refused(error),
        })?;
        let path = written.map(|(path, _)| path.display().to_string());
        let results = Results::new(&tally, &cohort, path);
        site.tell(context);
        Ok(context
            .report(results.page(), &results)
            .judged(results.outcome()))
    }

    /// The file in pieces, and its size where it is read as it goes.
    fn pieces<'f>(
        &self,
        context: &'f Context<'_>,
    ) -> Result<(Result<Pieces<'f>, CohortError>, u64), Failure> {
        let mut options = CsvOptions::default();
        options.decimal_comma = self.decimal_comma;
        let file = &self.file;
        let whole = || input::read_bytes(context.files, file, LARGEST_WHOLE);
        Ok(match Written::of(file) {
            None => {
                return Err(Failure::new(
                    refused::FILE_NAME,
                    format!(
                        "{}: the name must end in .csv, .tsv, .ndjson, .jsonl, .json or .parquet, to say how it \
                     is written",
                        file.display()
                    ),
                ));
            }
            Some(Written::Csv) => {
                let (input, size) = open(context, file)?;
                (Pieces::csv(input, options), size)
            }
            Some(Written::Lines) => {
                let (input, size) = open(context, file)?;
                (Pieces::lines(input, options), size)
            }
            Some(Written::List) => (Pieces::list(&whole()?, options), 0),
            #[cfg(feature = "parquet")]
            Some(Written::Parquet) => (Pieces::parquet(whole()?), 0),
            #[cfg(not(feature = "parquet"))]
            Some(Written::Parquet) => return Err(no_parquet(file)),
        })
    }

    /// Works out every record and writes it.
    fn write<W: Write + Send>(
        &self,
        context: &Context<'_>,
        cohort: &Cohort,
        (pieces, size): (Pieces<'_>, u64),
        written: Written,
        out: &mut W,
    ) -> Result<Tally, CohortError> {
        let ids = if self.ids_unique {
            Ids::unchecked()
        } else {
            Ids::new()
        };
        let bar = work::progress(context.environment.watched, size);
        let records = match written {
            #[cfg(feature = "parquet")]
            Written::Parquet => {
                let mut table = cohort.table(out)?;
                let columns = |batch: &Batch| cohort.columns(batch);
                let put = |part| table.write(&part);
                let tally = work::all(cohort, (pieces, ids), columns, put, &bar)?;
                table.finish()?;
                return Ok(tally);
            }
            Written::Lines => Records::Lines,
            _ => Records::Csv,
        };
        let file = self
            .output
            .as_ref()
            .map_or_else(String::new, |path| path.display().to_string());
        let mut put = |part: Vec<u8>| {
            let file = file.clone();
            out.write_all(&part)
                .map_err(|error| CohortError::Write { file, error })
        };
        put(cohort.header(records))?;
        let text = |batch: &Batch| cohort.records(batch, records);
        work::all(cohort, (pieces, ids), text, put, &bar)
    }

    fn mapped(&self, context: &Context<'_>) -> Result<Vec<(String, String)>, Failure> {
        let mut mapped = Vec::new();
        if let Some(path) = &self.columns_file {
            let file: ColumnsFile = input::read(context.files, path)?;
            for (name, column) in file.columns {
                mapped.push((known_name(name, &column)?, column));
            }
            let ignored = file.ignore.into_iter();
            mapped.extend(ignored.map(|column| (String::new(), column)));
        }
        for pair in &self.columns {
            let (name, column) = pair.split_once('=').ok_or_else(|| {
                Failure::new(refused::INPUT_VALUE, format!(
                    "--column {pair:?}: write the known name and the column of the file, such as \
                     height_cm=Groesse"
                ))
            })?;
            let column = column.trim();
            mapped.push((known_name(name.trim().into(), column)?, column.into()));
        }
        mapped.extend(
            self.ignore
                .iter()
                .map(|column| (String::new(), column.clone())),
        );
        Ok(mapped)
    }

    /// How the records are written, where they can be.
    fn written(&self, context: &Context<'_>, output: &Path) -> Result<Written, Failure> {
        let name = output.display();
        let ending = output.extension().and_then(|ending| ending.to_str());
        let is_read_alone = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
        let written = Written::of(output).filter(|how| *how != Written::List && !is_read_alone);
        let written = written.ok_or_else(|| {
            Failure::new(refused::FILE_NAME, format!(
                "{name}: records are CSV, NDJSON or Parquet, so the name must end in .csv, .ndjson or \
                 .parquet"
            ))
        })?;
        #[cfg(not(feature = "parquet"))]
        if written == Written::Parquet {
            return Err(no_parquet(output));
        }
        let other = [self.columns_file.as_deref(), Some(self.file.as_path())];
        context.may_write(output, other.into_iter().flatten())?;
        Ok(written)
    }
}

/// What a protocol leaves open of whether its treatments give a drug.
fn questions_of_drugs(protocol: &Protocol) -> impl Iterator<Item = &Question> {
    let options = protocol.arms.iter().flat_map(|arm| arm.options.iter());
    let actions = options.flat_map(|option| option.actions.iter());
    let drugs = actions.filter_map(Action::drugs);
    drugs.filter_map(Statement::question)
}

/// A known name that is there: one that is not leaves a column out, which is said in another way.
fn known_name(name: String, column: &str) -> Result<String, Failure> {
    if name.is_empty() {
        let of = column.to_string();
        return Err(CohortError::MappedNothing { of }.into());
    }
    Ok(name)
}

fn open<'f>(
    context: &'f Context<'_>,
    path: &Path,
) -> Result<(Box<dyn Read + Send + 'f>, u64), Failure> {
    let name = path.display();
    if matches!(context.files.kind(path), Ok(FileKind::Folder)) {
        let message = format!("{name} is a folder, not a file");
        return Err(Failure::new(refused::FILE_UNREADABLE, message));
    }
    context
        .files
        .open(path)
        .map_err(|error| Failure::at(&format!("cannot read {name}: "), &error))
}
