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
        let mut phases: Vec<TypedPrescription> = Vec::new();
        // the name of a phase may hold a plus sign: what is no phase by itself begins the next one
        let mut begun: Option<(String, String)> = None;
        for part in text.split('+') {
            let (candidate, first) = match begun.take() {
                None => (part.to_string(), None),
                Some((before, error)) => (format!("{before}+{part}"), Some(error)),
            };
            match candidate.parse::<TypedPrescription>() {
                Ok(phase) => phases.push(phase),
                // a phase with a slip is no part of a name
                Err(error) if is_slip(part) => return Err(error.to_string()),
                Err(error) => {
                    let first = first.unwrap_or_else(|| error.to_string());
                    begun = Some((candidate, first));
                }
            }
        }
        match begun {
            None => Ok(Self(phases)),
            Some((_, error)) => Err(error),
        }
    }
}

/// Whether what is no phase was meant as one: it begins with a number, or holds one with a unit of dose.
fn is_slip(text: &str) -> bool {
    let text = text.trim_start().to_ascii_lowercase();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mut units = text.match_indices("gy");
    units.any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let before = before.strip_suffix('c').unwrap_or(before);
        before.trim_end().ends_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phases(text: &str) -> Result<Vec<String>, String> {
        let course: TypedCourse = text.parse()?;
        let named = course.0.iter().map(|one| {
            let phase = one.phase.clone().unwrap_or_default();
            let volume = one
                .volume
                .clone()
                .map_or_else(String::new, |volume| format!("@{volume}"));
            format!("{phase}{volume}: {}", one.fractionation)
        });
        Ok(named.collect())
    }

    #[test]
    fn every_phase_of_a_text_is_read() -> Result<(), String> {
        let (pelvis, boost) = ("45 Gy in 25 x 1.8 Gy", "5.4 Gy in 3 x 1.8 Gy");
        for (text, names) in [
            ("45Gy/25+5.4Gy/3", ["", ""]),
            ("45Gy/25+boost=5.4Gy/3", ["", "boost"]),
            ("pelvis=45Gy/25+boost=5.4Gy/3", ["pelvis", "boost"]),
            ("pelvis = 45Gy/25 + 5.4Gy/3", ["pelvis", ""]),
            ("x@low=45Gy/25+y@high=5.4Gy/3", ["x@low", "y@high"]),
            // a plus sign in a name
            (
                "pelvis+nodes=45Gy/25+boost=5.4Gy/3",
                ["pelvis+nodes", "boost"],
            ),
            ("gyn+nodes=45Gy/25+5.4Gy/3", ["gyn+nodes", ""]),
            ("45Gy/25+bed+scar=5.4Gy/3", ["", "bed+scar"]),
        ] {
            let wanted = [
                format!("{}: {pelvis}", names[0]),
                format!("{}: {boost}", names[1]),
            ];
            assert_eq!(phases(text)?, wanted, "{text}");
        }
        Ok(())
    }

    #[test]
    fn no_phase_is_lost_in_a_name() {
        for text in [
            "x@low=50.4Gy/28,x@high=58.8Gy/28",
            "pelvis=45Gy/25;boost=5.4Gy/3",
            "pelvis=45Gy/25 boost=5.4Gy/3",
            "45Gy/25 boost=5.4Gy/3",
            "45Gy/25,boost=5.4Gy/3",
            "25 x 1.8Gy; boost=5.4Gy/3",
            "45Gy+boost=5.4Gy/3",
            "45/25+boost=5.4Gy/3",
            "45+boost=5.4Gy/3",
            "pelvis 4500 cGy + boost=5.4Gy/3",
            "45Gy/25+",
            "45Gy/25+5.4",
            "pelvis=45+boost=5.4Gy/3",
        ] {
            assert!(phases(text).is_err(), "{text}: {:?}", phases(text));
        }
    }
}
