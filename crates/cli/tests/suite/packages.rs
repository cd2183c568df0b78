//! Packages by themselves.

use std::fs;
use std::path::{Path, PathBuf};

use crate::book::root;

/// The Rust files of a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// A package is tested where nothing but its own files are: what its sources include lies in it.
#[test]
fn no_package_includes_a_file_of_another() {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let packages = crates.map(|entry| entry.unwrap().path());
    let mut included = 0;
    for package in packages.chain([root()]) {
        let mut files = Vec::new();
        sources(&package.join("src"), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let inside = file.strip_prefix(&package).unwrap();
            for piece in text.split("include_str!(\"").skip(1) {
                let (name, _) = piece.split_once('"').unwrap();
                let up = Path::new(name).iter().filter(|part| *part == "..").count();
                included += 1;
                assert!(
                    up < inside.iter().count(),
                    "{}: {name} is not in the package",
                    file.display()
                );
            }
        }
    }
    assert!(included > 5);
}
