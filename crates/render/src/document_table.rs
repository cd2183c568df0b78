//! A table of a document.

/// How the cells of a column are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// The word of an outcome, which is never broken.
    Outcome,
    /// Numbers.
    Right,
}

/// A table: a header, and rows of as many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// How each column is placed.
    pub align: Vec<Align>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table whose columns from `numbers` on hold numbers.
    pub(crate) fn new(header: &[&str], rows: &[Vec<String>], numbers: usize) -> Self {
        let align = |column| {
            if column < numbers {
                Align::Left
            } else {
                Align::Right
            }
        };
        Self {
            header: header.iter().map(ToString::to_string).collect(),
            align: (0..header.len()).map(align).collect(),
            rows: rows.to_vec(),
        }
    }

    /// The same table, a column of which holds outcomes.
    pub(crate) fn with_outcomes(mut self, column: usize) -> Self {
        if let Some(align) = self.align.get_mut(column) {
            *align = Align::Outcome;
        }
        self
    }
}
