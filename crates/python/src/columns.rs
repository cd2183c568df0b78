//! Orders of many patients: numpy columns in, numpy columns out.

use std::collections::{HashMap, HashSet};
use std::thread;

use chemorad::capecitabine::columns::{CohortRules, OrderedRow, RowFindings};
use chemorad::capecitabine::{
    CapecitabineError, Caps, ClinicalFacts, OrderRequest, Regimen, RoundingRule, RuleSelection,
    RuleSet, RuleSetChoice, RuleTopic, TabletStock,
};
use chemorad::patient::{BodySurfaceArea, CreatinineUnit, SurfaceArea};
use chemorad::radiotherapy::treatment_date;
use chemorad::report::Outcome;
use chemorad_cohort::Remark;
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::derivation::word;
use crate::error::{OrRefuse as _, defect};
use crate::patient::named;
use crate::read::{Texts, Whole, date_text, optional, value, whole_text};
use crate::rows::{Patients, read_dpyd, read_sex, texts};
use crate::threads::threads;

/// What is the same for every patient of a cohort, made ready once: formula, intensity, tablets, rounding,
/// ties, and where they are given caps, a tolerance of the deviation, rule sets and a weight for the
/// clearance. Nothing has a default. Topics that have no rule set and were not checked elsewhere
/// (`without=`) are reported in every row, as `chemorad cohort` does.
///
/// >>> import chemorad
/// >>> rules = chemorad.CohortRules(
/// ...     formula="mosteller", intensity="825 mg/m2 bid", tablets="500mg,150mg",
/// ...     rounding="nearest", ties="up", without=["renal", "dpyd", "interactions"])
/// >>> orders = chemorad.cohort({"height_cm": [170, 160], "weight_kg": [72, None]}, rules=rules)
/// >>> orders["ordered_mg"]
/// array([1500.,   nan])
/// >>> list(orders["codes"])
/// ['capecitabine.near_step', 'cohort.weight']
#[pyclass(frozen, module = "chemorad", name = "CohortRules")]
pub(crate) struct PyCohortRules {
    pub(crate) rules: CohortRules,
    /// What `pickle` makes it from again.
    given: Py<PyDict>,
}

#[pymethods]
impl PyCohortRules {
    #[new]
    #[pyo3(signature = (*, formula, intensity, tablets, rounding, ties = None, bsa_cap = None,
        dose_cap = None, tolerance = None, rule_sets = Texts::default(), without = Texts::default(), as_of = None,
        weight_basis = None))]
    #[allow(clippy::too_many_arguments, reason = "each is named at every call")]
    fn new(
        py: Python<'_>,
        formula: &Bound<'_, PyAny>,
        intensity: &Bound<'_, PyAny>,
        tablets: &Bound<'_, PyAny>,
        rounding: &Bound<'_, PyAny>,
        ties: Option<&Bound<'_, PyAny>>,
        bsa_cap: Option<&Bound<'_, PyAny>>,
        dose_cap: Option<&Bound<'_, PyAny>>,
        tolerance: Option<&Bound<'_, PyAny>>,
        rule_sets: Texts,
        without: Texts,
        as_of: Option<&Bound<'_, PyAny>>,
        weight_basis: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let regimen: Regimen = value(intensity, "intensity", "825 mg/m2 bid")?;
        let stock: TabletStock = value(tablets, "tablets", "500 mg, 150 mg")?;
        let rule: RoundingRule = value(rounding, "rounding", "nearest")?;
        let find =
            |name: &chemorad::capecitabine::RuleSetName| -> Result<RuleSet, CapecitabineError> {
                RuleSet::named(name.as_str()).cloned()
            };
        let policy = rule
            .policy(optional(ties, "ties", "up")?, find)
            .or_refuse()?;
        let choices = rule_sets.0.iter().map(|choice| choice.parse());
        let choices: Vec<RuleSetChoice> = choices.collect::<Result<_, _>>().or_refuse()?;
        let mut selection = RuleSelection::from_choices(&choices, find).or_refuse()?;
        if let Some(table) = rule.table() {
            selection = selection
                .with_dose_table(&find(table).or_refuse()?)
                .or_refuse()?;
        }
        let waived = without.0.iter().map(|topic| topic.parse());
        let waived: Vec<RuleTopic> = waived.collect::<Result<_, _>>().or_refuse()?;
        let caps = Caps {
            body_surface_area: optional(bsa_cap, "bsa_cap", "2 m2")?,
            dose_per_administration: optional(dose_cap, "dose_cap", "2000 mg")?,
        };
        let day = as_of.map(date_text).transpose()?;
        let day = match &day {
            Some(day) => Some(treatment_date(whole_text(day, "as_of")?).or_refuse()?),
            None => None,
        };
        // each row has its own
        let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own");
        let every = OrderRequest::new(regimen, area, stock, policy)
            .with_caps(caps)
            .with_tolerance(optional(tolerance, "tolerance", "5 %")?)
            .with_rules(selection, ClinicalFacts::NONE)
            .asking_for_rules(waived)
            .as_of(day);
        let basis = optional(weight_basis, "weight_basis", "actual")?;
        let rules = CohortRules::new(&every, named(formula)?, basis).or_refuse()?;
        let given = PyDict::new(py);
        given.set_item("formula", formula)?;
        given.set_item("intensity", intensity)?;
        given.set_item("tablets", tablets)?;
        given.set_item("rounding", rounding)?;
        given.set_item("ties", ties)?;
        given.set_item("bsa_cap", bsa_cap)?;
        given.set_item("dose_cap", dose_cap)?;
        given.set_item("tolerance", tolerance)?;
        given.set_item("rule_sets", rule_sets.0)?;
        given.set_item("without", without.0)?;
        given.set_item("as_of", as_of)?;
        given.set_item("weight_basis", weight_basis)?;
        Ok(Self {
            rules,
            given: given.unbind(),
        })
    }

    /// What it was made from.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.given.bind(py).copy()
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        Ok(((), self.to_dict(py)?))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        match other.cast::<Self>() {
            Ok(other) => self.given.bind(py).eq(other.get().given.bind(py)),
            Err(_) => Ok(false),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.given.bind(py).repr()?.hash()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<CohortRules {}>", self.given.bind(py).repr()?))
    }

    /// Columns of one length in, columns of that length out: what `chemorad.cohort` calls.
    #[pyo3(signature = (*, height_cm, weight_kg, sex = None, age_years = None, creatinine_umol_l = None,
        creatinine_mg_dl = None, dpyd = None, findings = true, threads = None))]
    #[allow(clippy::too_many_arguments, reason = "each is named at every call")]
    fn _columns<'py>(
        &self,
        py: Python<'py>,
        height_cm: PyReadonlyArray1<'py, f64>,
        weight_kg: PyReadonlyArray1<'py, f64>,
        sex: Option<&Bound<'py, PyList>>,
        age_years: Option<PyReadonlyArray1<'py, f64>>,
        creatinine_umol_l: Option<PyReadonlyArray1<'py, f64>>,
        creatinine_mg_dl: Option<PyReadonlyArray1<'py, f64>>,
        dpyd: Option<&Bound<'py, PyList>>,
        findings: bool,
        threads: Option<Whole>,
    ) -> PyResult<Columns<'py>> {
        let contiguous = |_| defect("a column is not contiguous");
        let (creatinine, unit) = match (&creatinine_umol_l, &creatinine_mg_dl) {
            (Some(_), Some(_)) => {
                return Err(PyTypeError::new_err(
                    "creatinine_umol_l and creatinine_mg_dl are both given: a row has one creatinine",
                ));
            }
            (None, Some(values)) => (Some(values), CreatinineUnit::MilligramsPerDeciliter),
            (values, None) => (values.as_ref(), CreatinineUnit::MicromolesPerLiter),
        };
        let mut unread = HashSet::new();
        let sex = texts(sex, read_sex, &mut unread)?;
        let dpyd = texts(dpyd, read_dpyd, &mut unread)?;
        let patients = Patients {
            height_cm: height_cm.as_slice().map_err(contiguous)?,
            weight_kg: weight_kg.as_slice().map_err(contiguous)?,
            sex,
            age_years: match &age_years {
                Some(values) => Some(values.as_slice().map_err(contiguous)?),
                None => None,
            },
            creatinine: match creatinine {
                Some(values) => Some(values.as_slice().map_err(contiguous)?),
                None => None,
            },
            unit,
            dpyd,
            unread,
        };
        let rows = patients.rows()?;
        // a thread is not worth its start for fewer rows
        let threads = self::threads(threads, 1 + rows / 50_000, "cohort.threads")?;
        let parts = py.detach(|| self.all(&patients, rows, threads, findings));
        self.columns(py, parts, rows)
    }
}

/// What decides outcome and codes of a row: few are different in a cohort.
type Signature = (Option<&'static str>, RowFindings);

/// The orders of some rows, column by column.
#[derive(Default)]
struct Part {
    numbers: Vec<Vec<f64>>,
    /// For each row, which of the signatures it has.
    signature: Vec<u32>,
    signatures: Vec<Signature>,
}

/// The columns of numbers before those of tablets.
const BEFORE: [&str; 5] = [
    "bmi",
    "bsa_m2",
    "creatinine_clearance_ml_min",
    "calculated_mg",
    "ordered_mg",
];

impl PyCohortRules {
    /// Every row, on so many threads, in their order.
    fn all(
        &self,
        patients: &Patients<'_>,
        rows: usize,
        threads: usize,
        findings: bool,
    ) -> Vec<Part> {
        let size = rows.div_ceil(threads).max(1);
        let part = |index: usize| {
            let from = (index * size).min(rows);
            self.some(patients, from..(from + size).min(rows), findings)
        };
        if threads == 1 {
            return vec![part(0)];
        }
        thread::scope(|scope| {
            let started: Vec<_> = (0..threads)
                .map(|index| scope.spawn(move || part(index)))
                .collect();
            // the arithmetic does not panic; a thread that did has nothing to give
            started
                .into_iter()
                .filter_map(|thread| thread.join().ok())
                .collect()
        })
    }

    fn some(&self, patients: &Patients<'_>, rows: std::ops::Range<usize>, findings: bool) -> Part {
        let tablets = self.rules.strengths().len();
        let columns = BEFORE.len() + tablets + 1;
        let mut numbers = vec![Vec::with_capacity(rows.len()); columns];
        let mut part = Part {
            signature: Vec::with_capacity(rows.len()),
            ..Part::default()
        };
        let mut known: HashMap<Signature, u32> = HashMap::new();
        let mut last: Option<(Signature, u32)> = None;
        for at in rows {
            let unread = patients.unread.contains(&at);
            let row = patients.row(at);
            let order = match (unread, findings) {
                (true, _) => OrderedRow::EMPTY,
                (false, true) => self.rules.order(&row),
                (false, false) => match self.rules.numbers(&row) {
                    // stopped by the rules: why is said in any case, or the row would pass
                    order if order.fault.is_none() && order.ordered_mg.is_nan() => {
                        self.rules.order(&row)
                    }
                    order => order,
                },
            };
            let values = [
                order.bmi,
                order.bsa_m2,
                order.creatinine_clearance_ml_min,
                order.calculated_mg,
                order.ordered_mg,
            ];
            let values = values
                .into_iter()
                .chain(order.tablets.into_iter().take(tablets));
            for (column, value) in numbers
                .iter_mut()
                .zip(values.chain([order.deviation_percent]))
            {
                column.push(value);
            }
            let refused = unread.then(|| Remark::Unreadable.code().name);
            let refused = refused.or_else(|| order.fault.map(|fault| fault.code().name));
            let signature = (refused, order.findings);
            let index = match last {
                Some((seen, index)) if seen == signature => index,
                _ => *known.entry(signature).or_insert_with(|| {
                    part.signatures.push(signature);
                    u32::try_from(part.signatures.len() - 1).unwrap_or(u32::MAX)
                }),
            };
            last = Some((signature, index));
            part.signature.push(index);
        }
        part.numbers = numbers;
        part
    }

    fn columns<'py>(
        &self,
        py: Python<'py>,
        parts: Vec<Part>,
        rows: usize,
    ) -> PyResult<Columns<'py>> {
        if parts.iter().map(|part| part.signature.len()).sum::<usize>() != rows {
            return Err(defect("rows of a cohort are missing"));
        }
        let tablets = self.rules.strengths().iter();
        let names = BEFORE.iter().map(ToString::to_string);
        let names = names
            .chain(tablets.map(|strength| format!("tablets_{}mg", strength.milligrams())))
            .chain(["deviation_percent".to_string()]);
        let mut numbers: Vec<Vec<Vec<f64>>> = Vec::new();
        let mut known: HashMap<Signature, u32> = HashMap::new();
        let (mut outcomes, mut codes) = (Vec::new(), Vec::new());
        let mut index: Vec<u32> = Vec::with_capacity(rows);
        for part in parts {
            let mut of_part = Vec::with_capacity(part.signatures.len());
            for signature in part.signatures {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                of_part.push(*known.entry(signature).or_insert_with(|| {
                    let (outcome, listed) = said(&signature);
                    outcomes.push(outcome);
                    codes.push(listed);
                    next
                }));
            }
            for at in part.signature {
                let all = of_part.get(at as usize);
                index.push(*all.ok_or_else(|| defect("a row of a cohort has no outcome"))?);
            }
            numbers.push(part.numbers);
        }
        let columns = PyDict::new(py);
        for (at, name) in names.enumerate() {
            let of_parts = numbers.iter_mut().filter_map(|part| part.get_mut(at));
            let mut pieces = of_parts.map(std::mem::take);
            let mut column = pieces.next().unwrap_or_default();
            pieces.for_each(|piece| column.extend(piece));
            columns.set_item(name, PyArray1::from_vec(py, column))?;
        }
        Ok((columns, outcomes, codes, PyArray1::from_vec(py, index)))
    }
}

/// Columns of numbers; outcomes and codes that rows have; and for each row, which of them.
type Columns<'py> = (
    Bound<'py, PyDict>,
    Vec<&'static str>,
    Vec<String>,
    Bound<'py, PyArray1<u32>>,
);

/// Outcome and codes as texts, as a record of `chemorad cohort` has them: what refuses the row first.
fn said((refused, findings): &Signature) -> (&'static str, String) {
    let refused = refused.map(|code| (Outcome::CannotTell, code));
    let found = findings.codes().map(|(outcome, code)| (outcome, code.name));
    let all: Vec<(Outcome, &str)> = refused.into_iter().chain(found).collect();
    let outcome = Outcome::worst(
        all.iter()
            .map(|(outcome, _)| *outcome)
            .chain([Outcome::Pass]),
    );
    let mut codes: Vec<&str> = Vec::new();
    for (outcome, code) in &all {
        let says = !matches!(outcome, Outcome::Pass | Outcome::NotApplicable);
        if says && !codes.contains(code) {
            codes.push(code);
        }
    }
    (word(outcome), codes.join(" "))
}

/// The published rule sets by name.
///
/// >>> import chemorad
/// >>> "fda-label-2026" in chemorad.rule_set_names()
/// True
#[pyfunction]
pub(crate) fn rule_set_names(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, RuleSet::PUBLISHED.iter().map(|set| set.id.as_str()))
}
