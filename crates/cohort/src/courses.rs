//! Courses in the cells of a column: few are different in a file.

use std::collections::HashMap;
use std::rc::Rc;

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{EffectModel, Treatment};
use chemorad::radiotherapy::Fractionations;

use crate::intake::KnownDates;

/// A course as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Course {
    pub(crate) phases: Fractionations,
    /// NaN without an α/β.
    pub(crate) eqd2_gy: f64,
}

/// The courses of a piece, each read once.
#[derive(Debug)]
pub(crate) struct Courses {
    alpha_beta: Option<AlphaBeta>,
    known: HashMap<Vec<u8>, Option<Rc<Course>>>,
    /// The dates that the calendar of the site gives them.
    pub(crate) dates: KnownDates,
}

/// More are not kept: a file with another course in each row has its rows read one by one.
const KEPT: usize = 4096;

const TWO_GRAY: AbsorbedDose = AbsorbedDose::constant("2 Gy");

impl Courses {
    pub(crate) fn new(alpha_beta: Option<AlphaBeta>) -> Self {
        Self {
            alpha_beta,
            known: HashMap::new(),
            dates: KnownDates::default(),
        }
    }

    /// The course of a cell; none where it is none.
    pub(crate) fn get(&mut self, cell: &[u8]) -> Option<Rc<Course>> {
        if let Some(known) = self.known.get(cell) {
            return known.clone();
        }
        let course = self.read(cell).map(Rc::new);
        if self.known.len() < KEPT {
            self.known.insert(cell.into(), course.clone());
        }
        course
    }

    fn read(&self, cell: &[u8]) -> Option<Course> {
        let phases: Fractionations = std::str::from_utf8(cell).ok()?.parse().ok()?;
        let eqd2_gy = match self.alpha_beta {
            None => f64::NAN,
            Some(alpha_beta) => {
                let all: Vec<_> = phases.iter().collect();
                let treatment = Treatment::from_fractionations(&all).ok()?;
                let effect = EffectModel::new(alpha_beta).effect(&treatment).ok()?;
                effect.eqd(TWO_GRAY).ok()?.gray()
            }
        };
        Some(Course { phases, eqd2_gy })
    }
}
