//! Tables of limits by name or file, and what the dose of a plan makes of them.

use std::path::{Path, PathBuf};

use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::alpha_beta_caution;
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Subject};
use chemorad_crosscheck::{
    LimitCheck, OrganLimits, OtherOrgan, PublishedLimits, TargetName, shipped, shipped_ids,
};
use chemorad_protocol::library;
use chemorad_reader::{Document, Format, OpenQuote, line_of_record};
use chemorad_render::dose_basis::{DoseBasis, Fractions, PrescribedDose};

use super::structures::{Calculated, Opened};
use crate::failure::Failure;
use crate::input::read_text;
use crate::output::Context;
use crate::protocols::{self, Part};
use crate::refused;

#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitArgs {
    /// Limits of dose and volume to hold the plan against: a file (.csv, .toml, .json), the name of a shipped
    /// table, or a protocol with its arm. Several by commas, or repeated; there is no default.
    #[arg(long, value_name = "FILE|TABLE|PROTOCOL[/ARM]", value_delimiter = ',')]
    pub(super) limits: Vec<String>,
    /// Which organ of the limits a structure is, where its name does not say it: "Bag=bowel bag". May be
    /// repeated; several structures may be the parts of one organ. NAME=- says that it is none of them.
    #[arg(long, value_name = "NAME=ORGAN")]
    organ: Vec<TargetName>,
    /// The same for many, in a file with the columns name and organ.
    #[arg(long, value_name = "FILE.csv")]
    organs: Option<PathBuf>,
    /// An organ that the patient does not have: its limits are not applicable. May be repeated.
    #[arg(long, value_name = "ORGAN")]
    without: Vec<String>,
}

/// What limits may need of the plan.
pub(crate) struct OfPlan {
    /// The number of fractions, for limits in EQD2.
    pub(crate) fractions: Option<FractionCount>,
    /// The prescribed dose in gray, for shares of it; none where there are several.
    pub(crate) prescribed: Option<Decimal>,
    /// Every prescribed dose in gray, where they are known.
    pub(crate) known: Vec<Decimal>,
    /// The dose of a part is what is meant.
    pub(crate) part_is_meant: bool,
    /// Where both are from.
    pub(crate) basis: DoseBasis,
}

impl OfPlan {
    /// The prescribed dose in gray and the number of fractions, each with where it is from.
    pub(crate) fn new(
        prescribed: Option<(Decimal, String)>,
        fractions: Option<(FractionCount, String)>,
        part_is_meant: bool,
    ) -> Self {
        Self {
            fractions: fractions.as_ref().map(|(count, _)| *count),
            prescribed: prescribed.as_ref().map(|(dose, _)| *dose),
            known: Vec::new(),
            part_is_meant,
            basis: DoseBasis {
                prescribed_dose: prescribed.map(|(dose, source)| PrescribedDose {
                    value: dose.to_f64(),
                    unit: "Gy",
                    source,
                }),
                fractions: fractions.map(|(count, source)| Fractions {
                    value: count.get(),
                    source,
                }),
            },
        }
    }
}

impl OfPlan {
    /// One dose was named of several, and shares are asked of several structures: one of them may be of another.
    fn is_open_for(&self, tables: &[OrganLimits]) -> bool {
        let limits = tables.iter().flat_map(|table| &table.limits);
        let shares =
            limits.filter(|limit| limit.metric.needs_prescription() && limit.prescribed.is_none());
        let mut structures: Vec<&str> = shares.map(|limit| limit.structure.as_str()).collect();
        structures.sort_unstable();
        structures.dedup();
        self.known.len() > 1 && structures.len() > 1
    }
}

/// The doses that the limits name are prescribed.
fn are_prescribed(tables: &[OrganLimits], known: &[Decimal]) -> Result<(), Failure> {
    let limits = tables.iter().flat_map(|table| &table.limits);
    for limit in limits {
        let gray = |dose: AbsorbedDose| Decimal::new(dose.micrograys().into(), -6);
        let named = limit.prescribed.and_then(gray);
        if named.is_some_and(|named| !known.is_empty() && !known.contains(&named)) {
            let known: Vec<String> = known.iter().map(|dose| format!("{dose} Gy")).collect();
            return Err(Failure::new(
                refused::INPUT_CONTRADICTED,
                format!(
                    "--limits: {limit}: this dose is not prescribed; there is: {}",
                    known.join(", ")
                ),
            ));
        }
    }
    Ok(())
}

/// What a structure is that no limit is for: NAME=-.
const NO_ORGAN: &str = "-";

impl LimitArgs {
    pub(crate) fn is_given(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The files that are read, which nothing may replace.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let limits = self.limits.iter().map(PathBuf::from);
        limits.chain(self.organs.clone()).collect()
    }

    /// Nothing is found where no limits are asked for; what is for limits is then a slip.
    pub(crate) fn none(&self) -> Result<Vec<Finding>, Failure> {
        let given = [
            ("--organ", !self.organ.is_empty()),
            ("--organs", self.organs.is_some()),
            ("--without", !self.without.is_empty()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!("{flag} is for limits: give --limits too"),
            )),
            None => Ok(Vec::new()),
        }
    }

    /// What is found of every limit.
    pub(crate) fn findings(
        &self,
        context: &Context<'_>,
        calculated: &Calculated<'_>,
        plan: &OfPlan,
    ) -> Result<Vec<Finding>, Failure> {
        if self.limits.is_empty() {
            return self.none();
        }
        let tables = self.tables(context, calculated.opened)?;
        self.judged(context, &tables, (calculated, &[]), plan)
    }

    /// The tables that were asked for.
    pub(crate) fn tables(
        &self,
        context: &Context<'_>,
        opened: &Opened,
    ) -> Result<Vec<OrganLimits>, Failure> {
        let mut tables: Vec<OrganLimits> = Vec::new();
        for (given, number) in self.limits.iter().zip(1..) {
            let name = Path::new(given).file_name().and_then(|name| name.to_str());
            let stand_in = format!("table {number} (name not shown)");
            let name = opened.shown(name.unwrap_or(given), &stand_in);
            for table in read(context, given, &name)? {
                if tables.iter().any(|known| known.id == table.id) {
                    return Err(Failure::new(
                        refused::INPUT_CONFLICT,
                        format!("--limits: the table {} is given twice", table.id),
                    ));
                }
                tables.push(table);
            }
        }
        Ok(tables)
    }

    /// What is found of the limits of these tables; effects are EQD2 by their ratio.
    pub(crate) fn judged(
        &self,
        context: &Context<'_>,
        tables: &[OrganLimits],
        (calculated, effects): (&Calculated<'_>, &[(AlphaBeta, Calculated<'_>)]),
        plan: &OfPlan,
    ) -> Result<Vec<Finding>, Failure> {
        let mut names = self.organ.clone();
        if let Some(path) = &self.organs {
            names.extend(organs(context, path)?);
        }
        let structures = calculated.opened.names();
        self.are_known(tables, &names, &structures)?;
        are_prescribed(tables, &plan.known)?;
        let published = PublishedLimits::read();
        let part = calculated.opened.part().filter(|_| !plan.part_is_meant);
        let check = LimitCheck {
            tables,
            names: &names,
            without: &self.without,
            structures: &structures,
            kinds: &calculated.opened.kinds(),
            published: &published,
            dose_of: &|place| calculated.of(place),
            effect_in: &|place, ratio| {
                let (_, effect) = effects.iter().find(|(known, _)| *known == ratio)?;
                Some(effect.of(place))
            },
            part,
            left_out: &calculated.opened.left_out,
            fractions: plan.fractions,
            prescribed: plan.prescribed.filter(|_| !plan.is_open_for(tables)),
        };
        let mut findings: Vec<Finding> = check.findings().into_iter().map(Finding::from).collect();
        let others = OtherOrgan::of(&names, tables, &published);
        findings.extend(others.into_iter().map(Finding::from));
        for limit in tables.iter().flat_map(|table| &table.limits) {
            findings.extend(published.compared(limit).map(Finding::from));
            let subject = Subject::path(limit.structure.clone());
            let ratio = limit.alpha_beta;
            findings.extend(ratio.and_then(|ratio| alpha_beta_caution(subject, ratio)));
        }
        Ok(findings)
    }

    /// A name that nothing has is a slip, and what was meant by it would be left out.
    fn are_known(
        &self,
        tables: &[OrganLimits],
        names: &[TargetName],
        structures: &[Option<chemorad::report::Identifying<String>>],
    ) -> Result<(), Failure> {
        let mut organs: Vec<&str> = tables
            .iter()
            .flat_map(|table| &table.limits)
            .map(|limit| limit.structure.as_str())
            .collect();
        organs.sort_unstable();
        organs.dedup();
        let is_organ = |given: &str| {
            let mut organs = organs.iter();
            organs.any(|organ| chemorad_dosimetry::same_name(organ, given))
        };
        let of_names = names.iter().map(|given| ("--organ", &given.volume));
        let without = self.without.iter().map(|organ| ("--without", organ));
        for (flag, organ) in of_names.chain(without) {
            if !is_organ(organ) && organ.as_str() != NO_ORGAN {
                return Err(Failure::new(
                    refused::INPUT_UNKNOWN_NAME,
                    format!(
                        "{flag}: no limit is for {organ:?}; there are: {}",
                        organs.join(", ")
                    ),
                ));
            }
        }
        for given in names {
            let is_called = |name: &&chemorad::report::Identifying<String>| {
                name.reveal().trim() == given.name.trim()
            };
            if !structures.iter().flatten().any(|name| is_called(&name)) {
                let known: Vec<String> = structures
                    .iter()
                    .flatten()
                    .map(ToString::to_string)
                    .collect();
                return Err(Failure::new(
                    refused::INPUT_UNKNOWN_NAME,
                    format!(
                        "--organ: no structure is called {:?}; there are: {}",
                        given.name,
                        known.join(", ")
                    ),
                ));
            }
            let other = names
                .iter()
                .find(|other| other.name == given.name && other.volume != given.volume);
            if let Some(other) = other {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!(
                        "--organ: {:?} is given as {:?} and as {:?}: keep one of them",
                        given.name, given.volume, other.volume
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// The tables of a file, a name or a protocol; a file in CSV is called `name`.
fn read(context: &Context<'_>, given: &str, name: &str) -> Result<Vec<OrganLimits>, Failure> {
    let path = Path::new(given);
    let ending = path.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        let text = read_text(context.files, path)?;
        return Ok(vec![OrganLimits::from_csv(name, &text)?]);
    }
    if let Some(format) = Format::of(path) {
        let text = read_text(context.files, path)?;
        let document = Document::parse(given, &text, format)?;
        let schema = document.text_of("schema");
        if !schema.is_some_and(|schema| schema.starts_with("chemorad.protocol/")) {
            return Ok(vec![OrganLimits::from_text(given, &text, format)?]);
        }
        return of_protocol(context, given);
    }
    if shipped_ids().any(|id| id.eq_ignore_ascii_case(given.trim())) {
        context.used.borrow_mut().shipped_limits(given.trim());
        return Ok(vec![shipped(given)?]);
    }
    let id = given.split('/').next().unwrap_or(given);
    if library::text(id.trim()).is_some() || protocols::is_file(context, id) {
        return of_protocol(context, given);
    }
    Ok(vec![shipped(given)?])
}

fn of_protocol(context: &Context<'_>, given: &str) -> Result<Vec<OrganLimits>, Failure> {
    let (protocol, part) = protocols::with_part(context, given)?;
    let (arm, option) = match part {
        Some(Part::Option(arm, option)) => (Some(arm), Some(option)),
        Some(Part::Arm(arm)) => (Some(arm), None),
        None => (None, None),
    };
    Ok(OrganLimits::of_protocol(
        &protocol,
        arm.as_deref(),
        option.as_deref(),
    )?)
}

/// A file with the columns `name` and `organ`.
fn organs(context: &Context<'_>, path: &Path) -> Result<Vec<TargetName>, Failure> {
    let text = read_text(context.files, path)?;
    let about =
        |what: String| Failure::new(refused::LIMITS_TABLE, format!("{}: {what}", path.display()));
    if let Some(open) = OpenQuote::first(&text, b',', Some(b'#')) {
        return Err(about(open.to_string()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|error| about(error.to_string()))?
        .iter()
        .map(str::to_lowercase)
        .collect();
    if header != ["name", "organ"] {
        return Err(about(format!(
            "its columns are {}, and must be name,organ",
            header.join(",")
        )));
    }
    let mut names = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| about(error.to_string()))?;
        let line = record.position().map_or(0, |at| {
            line_of_record(&text, at.line(), at.byte(), Some(b'#'))
        });
        match (record.get(0), record.get(1)) {
            (Some(name), Some(organ)) if !name.is_empty() && !organ.is_empty() => {
                names.push(TargetName {
                    name: name.into(),
                    volume: organ.into(),
                });
            }
            _ => {
                return Err(about(format!(
                    "line {line}: a name and an organ are needed"
                )));
            }
        }
    }
    Ok(names)
}
