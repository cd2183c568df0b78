//! Worked examples, computed and compared.

use super::fault::{ExampleFault, ProtocolFault};
use super::finding::{Findings, ProtocolFinding};
use crate::facts::known::PatientFacts;
use crate::model::assertion::{
    Assertion, AssignmentExample, DoseExample, OrderExample, PrintedValue,
};
use crate::model::place;
use crate::model::protocol::Protocol;
use chemorad::capecitabine::{
    CalculatedAdministration, Caps, OrderedAdministration, Regimen, RoundingPolicy, TabletStock,
};
use chemorad::patient::{BodySize, BodySurfaceArea};
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Derivation, decimal};
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;

impl Protocol {
    /// Computes worked examples that stand outside the protocol, and compares: one finding for each
    /// value that comes out differently, with its arithmetic. Those inside it are part of
    /// [`lint`](Self::lint).
    #[must_use]
    pub fn assert_examples(&self, examples: &[Assertion]) -> Vec<Finding> {
        self.example_findings(examples).finish()
    }

    pub(super) fn example_findings(&self, examples: &[Assertion]) -> Findings {
        let mut out = Findings::default();
        let mut known: Vec<&str> = Vec::new();
        for (at, example) in place::of(examples, "assertions", |example| &example.id) {
            if example.id.trim().is_empty() || known.contains(&&*example.id) {
                out.push(&at, ProtocolFault::UnnamedExample);
            }
            known.push(&example.id);
            let parts = [
                example
                    .dose
                    .as_ref()
                    .map(|dose| self.dose(dose, &format!("{at}.dose"))),
                example
                    .order
                    .as_ref()
                    .map(|order| self.order(order, &format!("{at}.order"))),
                example
                    .assignment
                    .as_ref()
                    .map(|patient| self.assignment(patient, &format!("{at}.assignment"))),
            ];
            if parts.iter().all(Option::is_none) {
                out.push(&at, ProtocolFault::ExampleWithoutPart);
            }
            for part in parts.into_iter().flatten() {
                match part {
                    Ok(findings) => out.0.extend(findings),
                    Err(finding) => out.0.push(*finding),
                }
            }
        }
        out
    }

    fn dose(&self, example: &DoseExample, at: &str) -> Result<Vec<ProtocolFinding>, Boxed> {
        let unknown = |kind: &'static str, name: &Text| {
            let name = name.clone();
            let fault = ProtocolFault::ExampleReference { kind, name };
            boxed(&format!("{at}.{kind}"), fault)
        };
        let prescribed = self
            .course(&example.course)
            .ok_or_else(|| unknown("course", &example.course))?;
        let course = self
            .course_with(prescribed, |_, _| None)
            .map_err(|error| input(&format!("{at}.course"), &error))?;
        if !course
            .volumes()
            .iter()
            .any(|volume| volume.name == example.volume)
        {
            return Err(unknown("volume", &example.volume));
        }
        let parts: Vec<Fractionation> = course
            .contributions(&example.volume)
            .map(|part| part.fractionation)
            .collect();
        let mut compare = Compare::new(at);
        if let Some(expected) = example.total {
            let total = course.cumulative_dose(&example.volume);
            let terms: Vec<String> = parts.iter().map(|part| part.total().to_string()).collect();
            compare.exact("total", &expected, total.as_ref(), || terms.join(" + "));
        }
        if let Some(expected) = example.fractions {
            let fractions: u32 = parts.iter().map(|part| part.fractions().get()).sum();
            let terms: Vec<String> = parts
                .iter()
                .map(|part| part.fractions().to_string())
                .collect();
            compare.exact("fractions", &expected, Some(&fractions), || {
                terms.join(" + ")
            });
        }
        if example.bed.is_some() || example.eqd2.is_some() {
            let alpha_beta = example
                .alpha_beta
                .ok_or_else(|| boxed(at, ProtocolFault::ExampleInput(ExampleFault::AlphaBeta)))?;
            let model = LinearQuadratic::new(alpha_beta);
            let sum = |value: &dyn Fn(Fractionation) -> f64| parts.iter().map(|&p| value(p)).sum();
            let work = model.derive_sums(&example.volume, &parts, TWO_GRAY);
            let bed = example.bed.as_ref();
            compare.printed(
                "bed",
                bed,
                sum(&|p| model.bed(p).gray()),
                "Gy",
                work.first(),
            );
            let eqd2 = example.eqd2.as_ref();
            compare.printed(
                "eqd2",
                eqd2,
                sum(&|p| model.eqd2(p).gray()),
                "Gy",
                work.get(1),
            );
        }
        compare.finish(at)
    }

    fn order(&self, example: &OrderExample, at: &str) -> Result<Vec<ProtocolFinding>, Boxed> {
        let Some(drug) = self.drug(&example.drug) else {
            let fault = ProtocolFault::ExampleReference {
                kind: "drug",
                name: example.drug.clone(),
            };
            return Err(boxed(&format!("{at}.drug"), fault));
        };
        let (Some(intensity), Some(times)) = (drug.intensity(), drug.administrations_per_day())
        else {
            let fault = ProtocolFault::ExampleInput(ExampleFault::OpenDrug);
            return Err(boxed(&format!("{at}.drug"), fault));
        };
        let size = BodySize::new(example.height, example.weight).map_err(|e| input(at, &e))?;
        let formula = example.body_surface_area_formula;
        let area = BodySurfaceArea::from_formula(formula, size, example.sex)
            .map_err(|error| input(at, &error))?;
        let regimen = Regimen::new(intensity, u32::from(times.get())).map_err(|e| input(at, &e))?;
        let caps = Caps {
            body_surface_area: example.body_surface_area_cap,
            dose_per_administration: example.dose_cap,
        };
        let calculated = CalculatedAdministration::new(regimen, &area, caps)
            .map_err(|error| input(at, &error))?;
        let strengths: Vec<&str> = example
            .tablet_strengths
            .iter()
            .map(|text| &**text)
            .collect();
        let stock: TabletStock = strengths
            .join(", ")
            .parse()
            .map_err(|error| input(&format!("{at}.tablet_strengths"), &error))?;
        let rounding = RoundingPolicy::parse(&example.rounding, example.ties)
            .map_err(|error| input(&format!("{at}.rounding"), &error))?;
        let ordered = OrderedAdministration::choose(&calculated, &stock, &rounding, None)
            .map_err(|error| input(at, &error))?;

        let mut compare = Compare::new(at);
        let printed = example.body_surface_area.as_ref();
        let work = area.derivation();
        compare.printed(
            "body_surface_area",
            printed,
            area.square_meters(),
            "m2",
            Some(&work),
        );
        let printed = example.calculated.as_ref();
        let value = calculated.dose().milligrams();
        let work = calculated.derivation();
        compare.printed("calculated", printed, value, "mg", Some(&work));
        let why = || {
            format!(
                "{} = {}; {}",
                work.substitution,
                work.result,
                ordered.explanation()
            )
        };
        if let Some(expected) = example.ordered {
            compare.exact("ordered", &expected, Some(&ordered.dose()), why);
        }
        if let Some(expected) = example.ordered_per_day {
            compare.exact(
                "ordered_per_day",
                &expected,
                Some(&ordered.dose_per_day()),
                why,
            );
        }
        compare.finish(at)
    }

    fn assignment(
        &self,
        example: &AssignmentExample,
        at: &str,
    ) -> Result<Vec<ProtocolFinding>, Boxed> {
        for id in &example.arms {
            if self.arm(id).is_none() {
                let fault = ProtocolFault::ExampleReference {
                    kind: "arm",
                    name: id.clone(),
                };
                return Err(boxed(&format!("{at}.arms"), fault));
            }
        }
        let given = example
            .facts
            .iter()
            .map(|(id, text)| (id.as_str(), text.as_str()));
        let declared = self
            .declared_facts(given)
            .map_err(|error| input(&format!("{at}.facts"), &error))?;
        let facts = PatientFacts {
            pathology: example.pathology,
            declared,
        };
        let assignment = self.assign(&facts);
        let found: Vec<Text> = assignment.arms.iter().map(|arm| arm.id.clone()).collect();
        let decided = assignment.outcome != Outcome::CannotTell;
        if decided && found == *example.arms {
            return Ok(Vec::new());
        }
        let fault = ProtocolFault::ExampleArms {
            expected: example.arms.to_vec(),
            found: decided.then_some(found),
            reasons: assignment.reasons.iter().map(ToString::to_string).collect(),
            missing: assignment.missing,
        };
        Ok(vec![ProtocolFinding::new(format!("{at}.arms"), fault)])
    }
}

type Boxed = Box<ProtocolFinding>;

fn boxed(at: &str, fault: ProtocolFault) -> Boxed {
    Box::new(ProtocolFinding::new(at, fault))
}

fn input(at: &str, error: &dyn core::fmt::Display) -> Boxed {
    let why = ExampleFault::Input(error.to_string());
    boxed(at, ProtocolFault::ExampleInput(why))
}

/// What an example expects against what comes out.
struct Compare<'a> {
    at: &'a str,
    compared: usize,
    findings: Vec<ProtocolFinding>,
}

impl<'a> Compare<'a> {
    const fn new(at: &'a str) -> Self {
        Self {
            at,
            compared: 0,
            findings: Vec::new(),
        }
    }

    fn wrong(&mut self, field: &str, expected: &dyn ToString, found: &str, work: &str) {
        self.findings.push(ProtocolFinding::new(
            format!("{}.{field}", self.at),
            ProtocolFault::ExampleValue {
                expected: expected.to_string(),
                found: found.to_string(),
                work: work.to_string(),
            },
        ));
    }

    fn exact<T: PartialEq + ToString>(
        &mut self,
        field: &str,
        expected: &T,
        found: Option<&T>,
        work: impl FnOnce() -> String,
    ) {
        self.compared += 1;
        if found != Some(expected) {
            let found = found.map_or_else(|| "no dose".to_string(), ToString::to_string);
            self.wrong(field, expected, &found, &work());
        }
    }

    fn printed(
        &mut self,
        field: &str,
        expected: Option<&PrintedValue>,
        found: f64,
        unit: &str,
        work: Option<&Derivation>,
    ) {
        let Some(expected) = expected else { return };
        self.compared += 1;
        if !expected.is(found, unit) {
            let work = work.map_or_else(String::new, |work| work.substitution.clone());
            let found = format!("{} {unit}", decimal(found));
            self.wrong(field, expected, &found, &work);
        }
    }

    fn finish(self, at: &str) -> Result<Vec<ProtocolFinding>, Boxed> {
        if self.compared == 0 {
            return Err(boxed(at, ProtocolFault::ExampleWithoutExpectation));
        }
        Ok(self.findings)
    }
}
