//! The library answers the cases that every face runs (`tests/faces/README.md`).

use std::path::Path;

use chemorad::Error;
use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance,
};
use chemorad::radiobiology::{
    DoseSeries, EffectModel, LinearQuadratic, ModelParameters, TWO_GRAY, Target, Treatment,
    TreatmentTime,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation, Fractionations};
use serde_json::Value;

/// What a case gives to a function, by name.
struct Given<'a>(&'a Value);

impl Given<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn read<T>(&self, name: &str) -> Result<T, Error>
    where
        T: std::str::FromStr<Err: Into<Error>>,
    {
        self.text(name).unwrap().parse().map_err(Into::into)
    }

    fn optional<T>(&self, name: &str) -> Result<Option<T>, Error>
    where
        T: std::str::FromStr<Err: Into<Error>>,
    {
        let parsed = self.text(name).map(str::parse);
        parsed.transpose().map_err(Into::into)
    }

    fn number(&self, name: &str) -> Option<u32> {
        let number = self.0.get(name).and_then(Value::as_u64);
        number.map(|number| number.try_into().unwrap())
    }

    fn phases(&self) -> Result<Vec<Fractionation>, Error> {
        Ok(self.read::<Fractionations>("course")?.into_vec())
    }

    fn series(&self) -> Result<DoseSeries, Error> {
        Ok(DoseSeries::from_fractionations(&self.phases()?).unwrap())
    }

    fn model(&self) -> Result<EffectModel, Error> {
        let parameters = ModelParameters {
            alpha: self.optional("alpha")?,
            doubling_time: self.optional("doubling_time")?,
            kick_off: self.optional("kick_off")?,
            linear_above: self.optional("linear_above")?,
            final_slope: self.optional("final_slope")?,
            ..ModelParameters::at(self.read("alpha_beta")?)
        };
        Ok(parameters.model()?)
    }

    fn treatment(&self) -> Result<Treatment, Error> {
        let treatment = Treatment::from_fractionations(&self.phases()?)?;
        Ok(match self.number("overall_days") {
            Some(days) => treatment.with_time(TreatmentTime::stated(days)),
            None => treatment,
        })
    }

    fn target(&self) -> Result<Target, Error> {
        self.read("target").map(Target::Eqd)
    }
}

fn answer(function: &str, given: &Given<'_>) -> Result<f64, Error> {
    Ok(match function {
        "bed" => LinearQuadratic::new(given.read("alpha_beta")?)
            .bed_of(&given.series()?)
            .gray(),
        "eqd2" => LinearQuadratic::new(given.read("alpha_beta")?)
            .eqd2_of(&given.series()?)
            .gray(),
        "effect_bed" => given.model()?.effect(&given.treatment()?)?.bed().gray(),
        "effect_eqd2" => {
            let effect = given.model()?.effect(&given.treatment()?)?;
            effect.eqd(TWO_GRAY)?.gray()
        }
        "dose_per_fraction_for" => {
            let fractions = FractionCount::new(given.number("fractions").unwrap())?;
            let solution = given.model()?.dose_per_fraction_for(
                given.target()?,
                fractions,
                DailyPattern::ONCE,
                None,
            )?;
            solution.gray()
        }
        "fractions_for" => {
            let each = given.read("dose_per_fraction")?;
            let solution =
                given
                    .model()?
                    .fractions_for(given.target()?, each, DailyPattern::ONCE, None)?;
            solution.exact()
        }
        "bsa" => {
            let size = BodySize::new(given.read("height")?, given.read("weight")?)?;
            let formula: BodySurfaceAreaFormula = given.read("formula")?;
            let sex = given.optional("sex")?;
            BodySurfaceArea::from_formula(formula, size, sex)?.square_meters()
        }
        "clearance" => CreatinineClearance::cockcroft_gault(CockcroftGault {
            age: given.read("age")?,
            sex: given.read("sex")?,
            weight: ClearanceWeight::Actual(given.read("weight")?),
            creatinine: given.read("creatinine")?,
        })?
        .milliliters_per_minute(),
        other => panic!("no function {other}"),
    })
}

#[test]
fn the_library_answers_every_case_to_the_last_bit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faces");
    let (mut answered, mut refused) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let Some(function) = case["function"].as_str() else {
                continue;
            };
            let found = answer(function, &Given(&case["given"]));
            if let Some(words) = case["refused"].as_str() {
                let message = found.unwrap_err().to_string();
                assert!(message.contains(words), "{id}: {message}");
                refused += 1;
                continue;
            }
            let found = found.unwrap_or_else(|error| panic!("{id}: {error}"));
            let wanted = &case["answer"][case["returns"].as_str().unwrap()];
            let wanted = wanted.as_f64().unwrap();
            assert_eq!(
                found.to_bits(),
                wanted.to_bits(),
                "{id}: {found}, not {wanted}"
            );
            answered += 1;
        }
    }
    assert!(
        answered > 50 && refused > 5,
        "{answered} answered, {refused} refused"
    );
}
