//! Many patients, courses or orders at once: columns in, one record each out.
//!
//! A file is read in [`Piece`]s that are worked out independently: a [`Pieces`] cuts the input, a
//! [`Cohort`] reads a piece into a [`Batch`] and turns it into records and a [`Tally`]. No thread is started
//! here and no file is opened; who calls decides how many pieces are in hand at once, and memory is
//! bounded by them.
//!
//! A row that cannot be read has the outcome `cannot_tell` with a code, and stops nothing.
//!
//! ```
//! use chemorad::capecitabine::columns::CohortRules;
//! use chemorad::capecitabine::{OrderRequest, Regimen};
//! use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea};
//! use chemorad_cohort::{Cohort, CsvOptions, Ids, Layout, Pieces, Records, Tally};
//!
//! let every = OrderRequest::new(
//!     Regimen::new("825 mg/m2".parse()?, 2)?,
//!     BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own"),
//!     "500 mg, 150 mg (at most 2)".parse()?,
//!     "nearest, ties up".parse()?,
//! );
//! let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None)?;
//! let file = "id,height_cm,weight_kg\nA,170,70\nB,,80\nA,160,55.5\n";
//!
//! let mut pieces = Pieces::csv(file.as_bytes(), CsvOptions::default())?;
//! let layout = Layout::new(pieces.header(), &[])?;
//! let cohort = Cohort::new(layout, Some(rules), None)?;
//! let (mut ids, mut all) = (Ids::new(), Tally::default());
//! let mut records = cohort.header(Records::Csv);
//! while let Some(piece) = pieces.next()? {
//!     let mut batch = cohort.read(&piece);
//!     ids.mark(&mut batch);
//!     let (bytes, tally) = cohort.records(&batch, Records::Csv);
//!     records.extend(bytes);
//!     all.add(tally);
//! }
//! let records = String::from_utf8(records)?;
//! let lines: Vec<&str> = records.lines().collect();
//! assert!(lines[1].starts_with("1,A,24.22"));
//! assert!(lines[2].ends_with(",cannot_tell,cohort.height"));
//! assert!(lines[3].contains("cohort.id_twice"));
//! assert_eq!(all.rows(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arm;
mod batch;
mod cell;
mod codes;
mod cohort;
mod column;
mod courses;
mod courses_of_row;
mod dates;
mod dates_of_row;
mod dose_words;
mod error;
mod file_finding;
mod flags;
mod histogram;
mod ids;
mod intake;
mod judged;
mod judging;
mod known_drugs;
mod layout;
mod lines;
mod near;
mod pieces;
mod reading;
mod record_number;
mod records;
mod remark;
mod slips;
#[cfg(feature = "parquet")]
mod table;
mod tally;
mod unread;
mod worst;

pub use arm::{Arms, StatedDrug};
pub use batch::{Batch, InputRow};
pub use codes::CODES;
pub use cohort::Cohort;
pub use column::{Column, ColumnName};
pub use error::CohortError;
pub use file_finding::FileFinding;
pub use histogram::Histogram;
pub use ids::Ids;
pub use intake::{Calendar, Intake};
pub use layout::Layout;
pub use pieces::{CsvOptions, Piece, Pieces};
pub use records::{Columns, Records};
pub use remark::{Remark, Remarks};
#[cfg(feature = "parquet")]
pub use table::TableWriter;
pub use tally::{CodeCount, RepeatedId, Tally};
pub use unread::{UnreadCell, UnreadReason};
pub use worst::WorstRow;
