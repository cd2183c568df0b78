//! A place in the JSON of an answer: a pointer, in which a finding goes by its code.

use serde_json::Value;

/// What is at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum At<'a> {
    /// One value.
    One(&'a Value),
    /// Nothing.
    Nothing,
    /// More than one element of a list has this code.
    Several(String),
}

/// Between the code of a finding and where it is.
const AT: &str = " at ";

/// What is at a pointer. In a list, `rx.total` is the one element with this code, and `rx.total at phase boost`
/// the one with this code and `at`.
pub(super) fn find<'a>(answer: &'a Value, pointer: &str) -> At<'a> {
    let mut here = answer;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        here = match here {
            Value::Object(fields) => match fields.get(&step) {
                Some(value) => value,
                None => return At::Nothing,
            },
            Value::Array(all) => match in_list(all, &step) {
                At::One(value) => value,
                other => return other,
            },
            _ => return At::Nothing,
        };
    }
    At::One(here)
}

fn in_list<'a>(all: &'a [Value], step: &str) -> At<'a> {
    if let Some(index) = index(step) {
        return all.get(index).map_or(At::Nothing, At::One);
    }
    let (code, place) = match step.split_once(AT) {
        Some((code, place)) => (code, Some(place)),
        None => (step, None),
    };
    let says =
        |one: &Value, key: &str, text: &str| one.get(key).and_then(Value::as_str) == Some(text);
    let mut found = all
        .iter()
        .filter(|one| says(one, "code", code) && place.is_none_or(|place| says(one, "at", place)));
    match (found.next(), found.next()) {
        (None, _) => At::Nothing,
        (Some(one), None) => At::One(one),
        (Some(_), Some(_)) => At::Several(code.into()),
    }
}

/// A position as a pointer writes it: without a sign and without a zero in front.
fn index(step: &str) -> Option<usize> {
    let plain = step == "0" || !step.starts_with('0');
    let digits = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    (plain && digits).then(|| step.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{At, find};

    #[test]
    fn a_finding_goes_by_its_code_and_where_it_is() {
        let answer = json!({
            "findings": [
                { "code": "rx.total", "at": "phase pelvis", "found": "45 Gy" },
                { "code": "rx.total", "at": "phase boost", "found": "5.4 Gy" },
                { "code": "plan.kind", "at": "a/b.dcm", "found": "external" },
            ],
            "a/b": { "01": 1 },
        });
        let one = |pointer: &str, found: &str| {
            assert_eq!(find(&answer, pointer), At::One(&json!(found)), "{pointer}");
        };
        one("/findings/1/found", "5.4 Gy");
        one("/findings/plan.kind/found", "external");
        one("/findings/plan.kind at a~1b.dcm/found", "external");
        one("/findings/rx.total at phase boost/found", "5.4 Gy");
        assert_eq!(
            find(&answer, "/findings/rx.total/found"),
            At::Several("rx.total".into())
        );
        for nothing in [
            "/findings/rx.fractions/found",
            "/findings/rx.total at phase b/found",
            "/findings/01/found",
            "/findings/+1/found",
            "/findings/3/found",
            "/findings/1/found/0",
            "/a",
            "/",
        ] {
            assert_eq!(find(&answer, nothing), At::Nothing, "{nothing}");
        }
        // the same as a pointer everywhere else
        for pointer in ["", "/a~1b/01", "/a~1b", "/findings/0/code"] {
            let known = answer.pointer(pointer).map_or(At::Nothing, At::One);
            assert!(
                known != At::Nothing && find(&answer, pointer) == known,
                "{pointer}"
            );
        }
    }
}
