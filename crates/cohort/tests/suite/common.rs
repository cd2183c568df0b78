//! A cohort read from a text.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{ClinicalFacts, OrderRequest, Regimen, RuleSelection, RuleTopic};
use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea, WeightBasis};
use chemorad::quantity::AlphaBeta;
use chemorad_cohort::{Cohort, CohortError, CsvOptions, Ids, Layout, Pieces, Records, Tally};

pub(crate) fn every() -> OrderRequest {
    OrderRequest::new(
        Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own"),
        "500 mg, 150 mg (at most 2)".parse().unwrap(),
        "nearest, ties up".parse().unwrap(),
    )
}

pub(crate) fn plain() -> CohortRules {
    CohortRules::new(&every(), BodySurfaceAreaFormula::Mosteller, None).unwrap()
}

/// With renal rules and DPYD rules, and other drugs checked elsewhere.
pub(crate) fn judged() -> CohortRules {
    let sets = RuleSelection::NONE
        .with_topic(RuleTopic::Renal, &chemorad::capecitabine::FDA_LABEL_2026)
        .unwrap()
        .with(&chemorad::capecitabine::CPIC_DPYD_2018)
        .unwrap();
    let every = every()
        .with_rules(sets, ClinicalFacts::NONE)
        .asking_for_rules(vec![RuleTopic::Interactions]);
    let actual = Some(WeightBasis::Actual);
    CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, actual).unwrap()
}

/// Records, row by row and cell by cell, the header first; and what they add up to.
pub(crate) struct Read {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) tally: Tally,
    pub(crate) written: Vec<u8>,
}

impl Read {
    pub(crate) fn cell(&self, row: usize, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column).unwrap();
        &self.rows[row][at]
    }
}

/// Every record of a file, and what they add up to.
pub(crate) fn all(cohort: &Cohort, mut pieces: Pieces<'_>, records: Records) -> (Vec<u8>, Tally) {
    let (mut ids, mut tally) = (Ids::new(), Tally::default());
    let mut written = cohort.header(records);
    while let Some(piece) = pieces.next().unwrap() {
        let mut batch = cohort.read(&piece);
        ids.mark(&mut batch);
        let (bytes, more) = cohort.records(&batch, records);
        written.extend(bytes);
        tally.add(more);
    }
    (written, tally)
}

pub(crate) fn read_with(
    rules: CohortRules,
    file: &[u8],
    options: CsvOptions,
    mapped: &[(&str, &str)],
) -> Result<Read, CohortError> {
    read_courses(Some(rules), None, file, options, mapped)
}

pub(crate) fn read_courses(
    rules: Option<CohortRules>,
    alpha_beta: Option<AlphaBeta>,
    file: &[u8],
    options: CsvOptions,
    mapped: &[(&str, &str)],
) -> Result<Read, CohortError> {
    let mapped: Vec<(String, String)> = mapped
        .iter()
        .map(|(name, of)| ((*name).into(), (*of).into()))
        .collect();
    let mut pieces = Pieces::csv(file, options)?;
    let layout = Layout::new(pieces.header(), &mapped)?;
    let cohort = Cohort::new(layout, rules, alpha_beta)?.written(pieces.options());
    let (mut ids, mut tally) = (Ids::new(), Tally::default());
    let mut written = cohort.header(Records::Csv);
    while let Some(piece) = pieces.next()? {
        let mut batch = cohort.read(&piece);
        ids.mark(&mut batch);
        let (bytes, more) = cohort.records(&batch, Records::Csv);
        written.extend(bytes);
        tally.add(more);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(written.as_slice());
    let mut rows: Vec<Vec<String>> = reader
        .byte_records()
        .map(|record| {
            let record = record.unwrap();
            record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect()
        })
        .collect();
    let header = rows.remove(0);
    Ok(Read {
        header,
        rows,
        tally,
        written,
    })
}

pub(crate) fn read(rules: CohortRules, file: &str) -> Read {
    read_with(rules, file.as_bytes(), CsvOptions::default(), &[]).unwrap()
}
