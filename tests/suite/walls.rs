//! The walls of the house: no arrow runs up and none in a circle, between crates, rooms and files.
//!
//! The imports and paths of every source file are read and followed through every `pub use` to the
//! file that defines the item. What is built for tests alone is left out. A method that stands in
//! another file than its type is not seen: only what is named by a path or an import is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

mod house;
mod module;
mod words;

use house::{Arrow, Files, House, circles, crate_of, room_of};

/// The crates from the bottom up; those of one floor do not call one another. The root has no name.
const CRATES: &[&[&str]] = &[
    &[""],
    &["reader"],
    &["dosimetry"],
    &["protocol"],
    &["case", "exchange", "dicom"],
    &["crosscheck"],
    &["cohort"],
    &["render"],
    &["cli"],
    &["web", "python"],
];

/// The rooms of the root package from the bottom up.
const ROOMS: &[&[&str]] = &[
    &["text", "schema"],
    &["number"],
    &["quantity"],
    &["report"],
    &["radiotherapy"],
    &["radiobiology", "patient"],
    &["capecitabine", "gap"],
    &["trial"],
    &["error"],
];

/// Files that may stand in a circle: none.
const KNOWN: &[&str] = &[];

/// Arrows between floors that may run up: none.
const KNOWN_UP: &[&str] = &[];

fn floor(floors: &[&[&str]], name: &str) -> Result<usize, String> {
    let found = floors.iter().position(|floor| floor.contains(&name));
    found.ok_or_else(|| format!("{name:?} has no floor: give it one in tests/suite/walls.rs"))
}

/// Whether an arrow runs down, or stays where it is.
fn runs_down(floors: &[&[&str]], from: &str, to: &str) -> Result<bool, String> {
    Ok(from == to || floor(floors, from)? > floor(floors, to)?)
}

/// The arrows that do not run down, between crates and between the rooms of the root. A circle of
/// rooms or crates has at least one.
fn upward(arrows: &BTreeSet<Arrow>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for arrow in arrows {
        let (from, to) = (crate_of(&arrow.from), crate_of(&arrow.to));
        let down = if from.is_empty() && to.is_empty() {
            // the page of the crate shows the rooms and holds nothing
            if arrow.from == "src/lib.rs" {
                continue;
            }
            runs_down(ROOMS, room_of(&arrow.from), room_of(&arrow.to))
        } else {
            runs_down(CRATES, from, to)
        };
        match down {
            Ok(true) => {}
            Ok(false) => {
                found.insert(format!("{} -> {}", arrow.from, arrow.to));
            }
            Err(error) => {
                found.insert(error);
            }
        }
    }
    found
}

/// The dependencies in the manifests that do not run down.
fn upward_dependencies(manifests: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (file, text) in manifests {
        let manifest: toml::Table = text.parse().unwrap();
        let from = crate_of(file);
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let listed = manifest.get(kind).and_then(toml::Value::as_table);
            for name in listed.into_iter().flat_map(toml::Table::keys) {
                let Some(to) = name.strip_prefix("chemorad") else {
                    continue;
                };
                let down = runs_down(CRATES, from, to.trim_start_matches('-'));
                if down != Ok(true) {
                    found.insert(format!("{file} -> {name}"));
                }
            }
        }
    }
    found
}

/// The circles between files.
fn circles_of_files(arrows: &BTreeSet<Arrow>) -> Vec<BTreeSet<&str>> {
    circles(
        arrows
            .iter()
            .map(|arrow| (arrow.from.as_str(), arrow.to.as_str())),
    )
}

fn collect(folder: &Path, root: &Path, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.replace('\\', "/"), fs::read_to_string(&path).unwrap());
        }
    }
}

/// The sources and the manifests of the repository.
fn repository() -> (Files, Files) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut sources, mut manifests) = (Files::new(), Files::new());
    let mut folders = vec![String::new()];
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let name = entry.unwrap().file_name();
        folders.push(format!("crates/{}/", name.to_str().unwrap()));
    }
    for folder in folders {
        collect(&root.join(format!("{folder}src")), root, &mut sources);
        let manifest = format!("{folder}Cargo.toml");
        if let Ok(text) = fs::read_to_string(root.join(&manifest)) {
            manifests.insert(manifest, text);
        }
    }
    (sources, manifests)
}

/// What stands in one list and not in the other.
fn compared(what: &str, found: &BTreeSet<&str>, known: &[&str]) -> Vec<String> {
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let new = found.difference(&known);
    let gone = known.difference(found);
    new.map(|name| format!("{what}: {name}"))
        .chain(gone.map(|name| format!("{what} no longer, strike it off the list: {name}")))
        .collect()
}

/// `cargo test --test suite walls -- --nocapture` lists the arrows of every circle.
#[test]
#[allow(
    clippy::print_stdout,
    reason = "the list for whoever takes a circle apart"
)]
fn the_house_stands() {
    let (sources, manifests) = repository();
    let house = House::new(&sources);
    let arrows = house.arrows();
    let found = circles_of_files(&arrows);
    for circle in &found {
        println!("circle of {} files:", circle.len());
        for arrow in &arrows {
            let (from, to) = (arrow.from.as_str(), arrow.to.as_str());
            if circle.contains(from) && circle.contains(to) {
                println!("  {from} -> {to} ({})", arrow.name);
            }
        }
    }
    let in_circles: BTreeSet<&str> = found.into_iter().flatten().collect();
    let mut faults = compared("in a circle", &in_circles, KNOWN);
    let up: BTreeSet<String> = upward(&arrows)
        .into_iter()
        .chain(upward_dependencies(&manifests))
        .collect();
    let up: BTreeSet<&str> = up.iter().map(String::as_str).collect();
    faults.extend(compared("runs up", &up, KNOWN_UP));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A scanner that lost its way would find nothing wrong.
#[test]
fn the_scanner_reads_the_whole_house() {
    let (sources, _) = repository();
    let house = House::new(&sources);
    let read = house.files();
    let unread: Vec<&String> = sources
        .keys()
        .filter(|file| !read.contains(file.as_str()))
        .filter(|file| !file.ends_with("main.rs") && !file.ends_with("tests.rs"))
        .collect();
    assert_eq!(
        unread,
        Vec::<&String>::new(),
        "files that no `mod` leads to"
    );
    let arrows = house.arrows();
    let known = |from: &str, to: &str| {
        let found = arrows
            .iter()
            .any(|arrow| arrow.from == from && arrow.to == to);
        assert!(found, "{from} -> {to} is not seen");
    };
    known("src/radiotherapy/calendar.rs", "src/radiotherapy/course.rs");
    known(
        "src/radiotherapy/course.rs",
        "src/quantity/absorbed_dose.rs",
    );
    known(
        "crates/case/src/courses_case.rs",
        "src/radiotherapy/dates.rs",
    );
    assert!(arrows.len() > 1000, "{} arrows", arrows.len());
}

mod both_ways {
    //! What is wrong is found, and a sound layout is not accused.
    use super::*;

    fn arrows(files: &[(&str, &str)]) -> BTreeSet<Arrow> {
        let files = files.iter().map(|&(name, text)| (name.into(), text.into()));
        House::new(&files.collect()).arrows()
    }

    fn circle(files: &[(&str, &str)]) -> Vec<String> {
        let arrows = arrows(files);
        let found = circles_of_files(&arrows).into_iter().flatten();
        found
            .map(|file| file.trim_start_matches("src/").into())
            .collect()
    }

    const PAGE: (&str, &str) = ("src/lib.rs", "pub mod gap; pub mod number;");
    const NUMBER: (&str, &str) = ("src/number/mod.rs", "mod exact; pub use exact::Exact;");
    const EXACT: (&str, &str) = ("src/number/exact.rs", "pub struct Exact(u64);");

    #[test]
    fn a_sound_layout() {
        let files = [
            PAGE,
            NUMBER,
            EXACT,
            (
                "src/gap/mod.rs",
                "mod a; mod b; pub use a::A; pub use b::{B, make};",
            ),
            (
                "src/gap/a.rs",
                "use super::b::B; // use crate::gap::C;\n\
                 /* use super::c::D; /* nested */ */ pub struct A { b: B, c: crate::number::Exact }\n\
                 impl A { const C: &'static str = \"super::d::E\"; fn m<'a>(x: &'a str) -> char { '\"' } }\n\
                 mod shape { use super::A; use super::super::b::make; }\n\
                 #[cfg(test)] mod tests { use super::*; use crate::gap::B; }",
            ),
            (
                "src/gap/b.rs",
                "pub struct B; pub fn make() -> B { B }\n\
                 #[cfg(test)] mod tests { use super::super::A; }",
            ),
        ];
        assert_eq!(circle(&files), Vec::<String>::new());
        let arrows = arrows(&files);
        assert_eq!(upward(&arrows), BTreeSet::new());
        let pairs: BTreeSet<(&str, &str)> = arrows
            .iter()
            .map(|arrow| (arrow.from.as_str(), arrow.to.as_str()))
            .collect();
        let seen = [
            ("src/gap/a.rs", "src/gap/b.rs"),
            ("src/gap/a.rs", "src/number/exact.rs"),
        ];
        assert_eq!(pairs, seen.into());
    }

    #[test]
    fn circles_between_files() {
        let page = (
            "src/gap/mod.rs",
            "mod a; mod b; pub use a::A; pub use b::B;",
        );
        let of = |a: &'static str, b: &'static str| {
            circle(&[
                PAGE,
                NUMBER,
                EXACT,
                page,
                ("src/gap/a.rs", a),
                ("src/gap/b.rs", b),
            ])
        };
        let both = ["gap/a.rs", "gap/b.rs"];
        let a = "pub struct A; use super::b::B;";
        // by file, through the page, by a path in code, under another name, in an inner module, by all
        for b in [
            "pub struct B; use super::a::A;",
            "pub struct B; use super::{A};",
            "pub struct B; use crate::gap::A;",
            "pub struct B; fn f() { let x = super::A; }",
            "pub struct B; fn f() -> Vec<u8> { vec![crate::gap::A::new()] }",
            "pub struct B; use super as room; fn f() { room::A::new() }",
            "pub struct B; use super::{self as room}; fn f() { room::A::new() }",
            "pub struct B; use super::A as Other;",
            "pub struct B; mod shape { use super::super::A; }",
            "pub struct B; use super::*; fn f(a: A) {}",
            "pub struct B; #[cfg(feature = \"x\")] use super::{\n  A, /* and */\n};",
            "pub struct B; const Q: char = '\\''; use super::A;",
            "pub struct B; const Q: &str = r#\"\"\"#; use super::A;",
            "macro_rules! m { ($x:ty) => { $crate::gap::A } } pub struct B;",
        ] {
            assert_eq!(of(a, b), both, "{b}");
        }
        // one way only
        for b in [
            "pub struct B;",
            "pub struct B; use super::B as Own;",
            "pub struct B; #[cfg(test)] use super::A;",
            "pub struct B; #[cfg(test)] fn f() { super::A }",
            "/// use super::A;\npub struct B;",
            "pub struct B; const Q: &str = \"use super::A;\";",
            "pub struct B; use super::*;",
        ] {
            assert_eq!(of(a, b), Vec::<String>::new(), "{b}");
        }
    }

    #[test]
    fn a_circle_through_a_page_that_holds_code() {
        let page = (
            "src/gap/mod.rs",
            "mod a; use a::A; pub fn limit() -> A { A }",
        );
        let a = ("src/gap/a.rs", "pub struct A; fn f() { super::limit() }");
        assert_eq!(circle(&[PAGE, page, a]), ["gap/a.rs", "gap/mod.rs"]);
    }

    #[test]
    fn a_circle_of_three() {
        let files = [
            PAGE,
            (
                "src/gap/mod.rs",
                "mod a; mod b; mod c; mod d; pub use c::C;",
            ),
            (
                "src/gap/a.rs",
                "pub struct A; use super::b::B; use super::d::D;",
            ),
            ("src/gap/b.rs", "pub struct B; use super::C;"),
            ("src/gap/c.rs", "pub struct C; use super::a::A;"),
            ("src/gap/d.rs", "pub struct D;"),
        ];
        assert_eq!(circle(&files), ["gap/a.rs", "gap/b.rs", "gap/c.rs"]);
    }

    #[test]
    fn arrows_up_between_rooms() {
        let exact = (
            "src/number/exact.rs",
            "use crate::gap::A; pub struct Exact;",
        );
        let page = ("src/gap/mod.rs", "mod a; pub use a::A;");
        let a = ("src/gap/a.rs", "pub struct A; use crate::number::Exact;");
        let up = upward(&arrows(&[PAGE, NUMBER, exact, page, a]));
        let up: Vec<String> = up.into_iter().collect();
        assert_eq!(up, ["src/number/exact.rs -> src/gap/a.rs"]);
    }

    #[test]
    fn arrows_up_between_crates() {
        let files = [
            PAGE,
            NUMBER,
            EXACT,
            ("crates/case/src/lib.rs", "mod a; pub use a::Case;"),
            (
                "crates/case/src/a.rs",
                "pub struct Case; use chemorad::number::Exact;",
            ),
            ("crates/protocol/src/lib.rs", "use chemorad_case::Case;"),
            ("crates/dicom/src/main.rs", "fn f() { chemorad_case::Case }"),
            ("crates/unheard/src/lib.rs", "use chemorad_case::Case;"),
        ];
        let up: Vec<String> = upward(&arrows(&files)).into_iter().collect();
        let expected = [
            "\"unheard\" has no floor: give it one in tests/suite/walls.rs",
            "crates/dicom/src/main.rs -> crates/case/src/a.rs",
            "crates/protocol/src/lib.rs -> crates/case/src/a.rs",
        ];
        assert_eq!(up, expected);
    }

    #[test]
    fn dependencies_that_run_up() {
        let manifest = |name: &str, needs: &str| {
            (
                format!("crates/{name}/Cargo.toml"),
                format!("[package]\nname = \"x\"\n[dependencies]\nserde = \"1\"\n{needs}\n"),
            )
        };
        let path = |name: &str| format!("{name} = {{ path = \"x\" }}");
        let sound = [
            manifest("case", &path("chemorad-protocol")),
            manifest("protocol", &path("chemorad")),
        ];
        assert_eq!(upward_dependencies(&sound.into()), BTreeSet::new());
        let wrong = [
            manifest("protocol", &path("chemorad-case")),
            manifest(
                "exchange",
                &format!("[dev-dependencies]\n{}", path("chemorad-dicom")),
            ),
        ];
        let found: Vec<String> = upward_dependencies(&wrong.into()).into_iter().collect();
        let expected = [
            "crates/exchange/Cargo.toml -> chemorad-dicom",
            "crates/protocol/Cargo.toml -> chemorad-case",
        ];
        assert_eq!(found, expected);
    }
}
