//! The columns of an export, as they are called here or as the user says.

use std::str::FromStr;

use chemorad_reader::shell_word;

use crate::failure::Failure;
use crate::refused;

pub(super) const COLUMNS: &str = "course, plan, phase, volume, fractions, dose_per_fraction (or dose_per_fraction_gy, dose_per_fraction_cgy), total (or total_gy, total_cgy), approval, first_date";
/// What a column of the export is called here: `HEADER=COLUMN`.
#[derive(Debug, Clone)]
pub(super) struct ColumnName {
    header: String,
    column: Column,
}

impl FromStr for ColumnName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = text.rsplit_once('=');
        let Some((header, name)) = named.filter(|(header, _)| !header.trim().is_empty()) else {
            return Err("write HEADER=COLUMN, such as \"Fx=fractions\"".into());
        };
        let column = if name.trim() == "skip" {
            Column::Skipped
        } else {
            let name = name.trim();
            Column::of(name).ok_or_else(|| {
                let name: String = name.chars().take(60).collect();
                format!("no column is called {name:?}; there are: {COLUMNS}, and skip")
            })?
        };
        Ok(Self {
            header: header.trim().into(),
            column,
        })
    }
}

/// How the CSV of an export is written, where it is not as documented.
#[derive(clap::Args)]
pub(super) struct Form {
    /// What a column of a CSV export is: its header, and the column as it is called here, or skip; repeat it,
    /// or separate several by commas.
    #[arg(
        long,
        value_name = "HEADER=COLUMN",
        value_delimiter = ',',
        conflicts_with = "planned"
    )]
    pub(super) columns: Vec<ColumnName>,
    /// Numbers of a CSV export have a comma before their decimals (1,8).
    #[arg(long, conflicts_with = "planned")]
    pub(super) decimal_comma: bool,
}

impl Form {
    pub(super) fn is_given(&self) -> bool {
        !self.columns.is_empty() || self.decimal_comma
    }

    /// A number with a point before its decimals.
    pub(super) fn number(&self, text: &str) -> Result<String, String> {
        if !self.decimal_comma {
            return Ok(text.to_string());
        }
        if text.contains('.') || text.matches(',').count() > 1 {
            let text: String = text.chars().take(60).collect();
            return Err(format!(
                "{text:?}: with --decimal-comma a number has one comma before its decimals and no point"
            ));
        }
        Ok(text.replace(',', "."))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Not read, as the user said.
    Skipped,
    Course,
    Plan,
    Phase,
    Volume,
    Fractions,
    /// With the unit of the column, where the column names it.
    DosePerFraction(&'static str),
    Total(&'static str),
    Approval,
    FirstDate,
}

impl Column {
    fn of(header: &str) -> Option<Self> {
        Some(
            match header.to_lowercase().replace([' ', '-'], "_").as_str() {
                "course" => Self::Course,
                "plan" => Self::Plan,
                "phase" => Self::Phase,
                "volume" => Self::Volume,
                "fractions" => Self::Fractions,
                "dose_per_fraction" => Self::DosePerFraction(""),
                "dose_per_fraction_gy" => Self::DosePerFraction("Gy"),
                "dose_per_fraction_cgy" => Self::DosePerFraction("cGy"),
                "total" => Self::Total(""),
                "total_gy" => Self::Total("Gy"),
                "total_cgy" => Self::Total("cGy"),
                "approval" => Self::Approval,
                "first_date" => Self::FirstDate,
                _ => return None,
            },
        )
    }

    const fn is_same(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Course, Self::Course)
                | (Self::Plan, Self::Plan)
                | (Self::Phase, Self::Phase)
                | (Self::Volume, Self::Volume)
                | (Self::Fractions, Self::Fractions)
                | (Self::DosePerFraction(_), Self::DosePerFraction(_))
                | (Self::Total(_), Self::Total(_))
                | (Self::Approval, Self::Approval)
                | (Self::FirstDate, Self::FirstDate)
        )
    }
}

/// The column under each header.
pub(super) fn columns(
    header: &csv::StringRecord,
    named: &[ColumnName],
) -> Result<Vec<Column>, Failure> {
    let mut columns: Vec<Column> = Vec::new();
    for given in named {
        let name = &given.header;
        let twice = named.iter().filter(|other| other.header == *name).count() > 1;
        if twice || !header.iter().any(|known| known == name) {
            let why = if twice {
                "is given to --columns twice"
            } else {
                "is given to --columns, and the file has no such column"
            };
            let name: String = name.chars().take(60).collect();
            return Err(Failure::new(
                refused::EXPORT_COLUMN,
                format!("line 1: {name:?} {why}"),
            ));
        }
    }
    for name in header {
        let given = named.iter().find(|given| given.header == name);
        let known = given.map_or_else(|| Column::of(name), |given| Some(given.column));
        let Some(column) = known else {
            let shown: String = name.chars().take(60).collect();
            let words = [format!("{name}=fractions"), format!("{name}=skip")];
            let words = words.map(|word| shell_word(&word).filter(|_| !name.contains(',')));
            let say = match words {
                [Some(which), Some(skip)] => format!(
                    "Say with --columns {which} which of them it is, or {skip} to leave it out"
                ),
                _ => {
                    "Rename it, or leave it out of the file: its name cannot be given to --columns"
                        .into()
                }
            };
            return Err(Failure::new(
                refused::EXPORT_COLUMN,
                format!("line 1: no column is called {shown:?}; there are: {COLUMNS}. {say}"),
            ));
        };
        if columns.iter().any(|known| known.is_same(column)) {
            return Err(Failure::new(
                refused::EXPORT_COLUMN,
                format!("line 1: the column {name} comes twice"),
            ));
        }
        columns.push(column);
    }
    Ok(columns)
}
