//! A prescription typed as one text: phases joined by `+`, each with its name where it has one.

use std::str::FromStr;

use chemorad_dosimetry::TypedPrescription;

/// `45Gy/25+boost=5.4Gy/3`.
#[derive(Debug, Clone)]
pub(super) struct TypedCourse(Vec<TypedPrescription>);

impl TypedCourse {
    /// The phases of all of them.
    pub(super) fn joined(courses: &[Self]) -> Vec<TypedPrescription> {
        courses.iter().flat_map(|course| course.0.clone()).collect()
    }
}

impl FromStr for TypedCourse {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // the name of a phase may hold a plus sign
        if let Ok(one) = text.parse() {
            return Ok(Self(vec![one]));
        }
        let phases = text.split('+').map(str::parse);
        let phases: Result<Vec<TypedPrescription>, _> = phases.collect();
        phases.map(Self).map_err(|error| format!("{error}"))
    }
}
