//! The crates of the house as graphs of files, and what is wrong with their arrows.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Module, Path, modules_of};
use super::words::words;

/// Files by their path in the repository, such as `crates/case/src/lib.rs`.
pub(super) type Files = BTreeMap<String, String>;

/// The name of a crate's folder; that of the root is empty.
type Folder = String;

#[derive(Default)]
struct Crate {
    /// Modules by path, each with the file it stands in.
    modules: BTreeMap<Path, (Module, String)>,
}

/// Every crate with a `src` folder.
pub(super) struct House {
    crates: BTreeMap<Folder, Crate>,
}

/// A file that needs another, and for which name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) name: String,
}

enum Target<'a> {
    Module(&'a str, &'a Module, &'a str),
    Item(&'a str),
}

/// `chemorad_case` is the crate of the folder `case`; `chemorad` that of the root.
fn folder(name: &str) -> Option<&str> {
    if name == "chemorad" {
        return Some("");
    }
    name.strip_prefix("chemorad_")
}

/// The folder of the crate a file belongs to.
pub(super) fn crate_of(file: &str) -> &str {
    let inside = file.strip_prefix("crates/");
    inside.and_then(|rest| rest.split('/').next()).unwrap_or("")
}

/// The first folder or file below `src`: `report` for `src/report/code.rs`.
pub(super) fn room_of(file: &str) -> &str {
    let below = file.split_once("src/").map_or(file, |(_, below)| below);
    let room = below.split('/').next().unwrap_or(below);
    room.strip_suffix(".rs").unwrap_or(room)
}

/// A page that shows what its folder holds.
fn is_page(file: &str) -> bool {
    file.ends_with("/mod.rs") || file.ends_with("src/lib.rs")
}

impl House {
    pub(super) fn new(files: &Files) -> Self {
        let mut crates: BTreeMap<Folder, Crate> = BTreeMap::new();
        for root in files.keys() {
            let Some(source) = root
                .strip_suffix("lib.rs")
                .or_else(|| root.strip_suffix("main.rs"))
                .filter(|source| source.ends_with("src/"))
            else {
                continue;
            };
            let library = format!("{source}lib.rs");
            // a program beside a library is a file of its own, and nobody can call it
            if root.ends_with("main.rs") && files.contains_key(&library) {
                continue;
            }
            let crate_ = crates.entry(crate_of(root).into()).or_default();
            crate_.read(files, source, root, &Path::new());
        }
        Self { crates }
    }

    /// Whether every file that is not left to tests was read.
    pub(super) fn files(&self) -> BTreeSet<&str> {
        let modules = self.crates.values().flat_map(|one| one.modules.values());
        modules.map(|(_, file)| file.as_str()).collect()
    }

    fn lookup<'a>(
        &'a self,
        of: (&'a str, &'a Module, &'a str),
        name: &str,
        depth: u32,
    ) -> Option<Target<'a>> {
        let (folder, module, file) = of;
        if depth == 0 {
            return None;
        }
        if module.children.contains(name) {
            let mut path = module.path.clone();
            path.push(name.into());
            return self.module(folder, &path);
        }
        if module.defined.contains(name) {
            return Some(Target::Item(file));
        }
        let named = module.imports.iter().filter(|import| import.name == name);
        for import in named {
            if let Some(target) = self.resolve(of, &import.path, depth - 1) {
                return Some(target);
            }
        }
        let all = module.imports.iter().filter(|import| import.name == "*");
        for import in all {
            let Some(Target::Module(folder, module, file)) =
                self.resolve(of, &import.path, depth - 1)
            else {
                continue;
            };
            if let Some(target) = self.lookup((folder, module, file), name, depth - 1) {
                return Some(target);
            }
        }
        None
    }

    fn module<'a>(&'a self, folder: &'a str, path: &[String]) -> Option<Target<'a>> {
        let (module, file) = self.crates.get(folder)?.modules.get(path)?;
        Some(Target::Module(folder, module, file))
    }

    /// What a path names: the file that defines the item, through every page that shows it.
    fn resolve<'a>(
        &'a self,
        from: (&'a str, &'a Module, &'a str),
        path: &[String],
        depth: u32,
    ) -> Option<Target<'a>> {
        let (first, mut rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => self.module(from.0, &[])?,
            "self" => Target::Module(from.0, from.1, from.2),
            "super" => {
                let mut module = from.1.path.as_slice();
                rest = path;
                while rest.first().is_some_and(|name| name == "super") {
                    (_, module) = module.split_last()?;
                    rest = &rest[1..];
                }
                self.module(from.0, module)?
            }
            name => match self.lookup(from, name, depth) {
                Some(target) => target,
                None => self.module(self.crates.get_key_value(folder(name)?)?.0, &[])?,
            },
        };
        for name in rest {
            let Target::Module(folder, module, file) = target else {
                break;
            };
            // a name that only a macro writes is taken to stand where it is looked for
            target = self
                .lookup((folder, module, file), name, depth)
                .unwrap_or(Target::Item(file));
        }
        Some(target)
    }

    /// From every file to every file whose items it names.
    pub(super) fn arrows(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for (folder, one) in &self.crates {
            for (module, file) in one.modules.values() {
                let of = (folder.as_str(), module, file.as_str());
                // what a page shows it does not need
                let used = module
                    .imports
                    .iter()
                    .filter(|import| !(import.shown && is_page(file)))
                    .filter(|import| import.name != "*")
                    .map(|import| import.path.clone());
                let named = module.named.iter().cloned();
                let by_all = module.imports.iter().filter(|import| import.name == "*");
                let by_all: Vec<Path> = by_all
                    .filter(|import| !(import.shown && is_page(file)))
                    .flat_map(|import| {
                        module.words.iter().filter_map(|word| {
                            let mut path = import.path.clone();
                            path.push(word.clone());
                            self.exists(of, &path).then_some(path)
                        })
                    })
                    .collect();
                for path in used.chain(named).chain(by_all) {
                    let to = match self.resolve(of, &path, 24) {
                        Some(Target::Item(to)) => to,
                        Some(Target::Module(_, _, to)) if !is_page(to) => to,
                        _ => continue,
                    };
                    if to != file {
                        arrows.insert(Arrow {
                            from: file.clone(),
                            to: to.into(),
                            name: path.join("::"),
                        });
                    }
                }
            }
        }
        arrows
    }

    /// Whether the last name of a path stands in the module before it.
    fn exists<'a>(&'a self, of: (&'a str, &'a Module, &'a str), path: &[String]) -> bool {
        let Some((name, module)) = path.split_last() else {
            return false;
        };
        matches!(
            self.resolve(of, module, 24),
            Some(Target::Module(folder, module, file))
                if self.lookup((folder, module, file), name, 24).is_some()
        )
    }
}

impl Crate {
    fn read(&mut self, files: &Files, source: &str, file: &str, path: &[String]) {
        for module in modules_of(&words(&files[file]), path) {
            for name in &module.files {
                let mut child = module.path.clone();
                child.push(name.clone());
                let place = format!("{source}{}", child.join("/"));
                let found = [format!("{place}.rs"), format!("{place}/mod.rs")];
                if let Some(found) = found.iter().find(|&name| files.contains_key(name)) {
                    self.read(files, source, found, &child);
                }
            }
            self.modules
                .insert(module.path.clone(), (module, file.into()));
        }
    }
}

/// The groups of two or more that reach one another.
pub(super) fn circles<'a>(
    arrows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<BTreeSet<&'a str>> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in arrows {
        if from != to {
            reached.entry(from).or_default().insert(to);
        }
    }
    let starts: Vec<&str> = reached.keys().copied().collect();
    let direct = reached.clone();
    for &start in &starts {
        let mut waiting: Vec<&str> = vec![start];
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            for &to in direct.get(next).into_iter().flatten() {
                if seen.insert(to) {
                    waiting.push(to);
                }
            }
        }
        reached.insert(start, seen);
    }
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for start in starts {
        let back = |other: &&str| reached.get(other).is_some_and(|to| to.contains(start));
        let circle: BTreeSet<&str> = reached[start].iter().copied().filter(back).collect();
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}
