//! What one module of a source file declares, imports and names.

use std::collections::BTreeSet;

/// A path as it is written: `["super", "dose", "X"]`.
pub(super) type Path = Vec<String>;

/// One `use` of one name.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) path: Path,
    /// The name it has here; `*` for all of a module.
    pub(super) name: String,
    /// Shown to others as well.
    pub(super) shown: bool,
}

/// A module, in a file of its own or inside one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Its path from the crate's root.
    pub(super) path: Path,
    /// Child modules in files of their own.
    pub(super) files: Vec<String>,
    /// Every child module.
    pub(super) children: BTreeSet<String>,
    pub(super) defined: BTreeSet<String>,
    pub(super) imports: Vec<Import>,
    /// Paths of two or more names in its code.
    pub(super) named: BTreeSet<Path>,
    /// Every word, for the imports of all of a module.
    pub(super) words: BTreeSet<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Braces {
    Module,
    /// The content of a macro call between items, which may define names.
    Call,
    Body,
}

/// The modules of one file, its own first. What only tests build is left out.
pub(super) fn modules_of(words: &[String], path: &[String]) -> Vec<Module> {
    let mut modules = vec![Module {
        path: path.to_vec(),
        ..Module::default()
    }];
    // modules that are open, by their index, and what each brace opened
    let (mut open, mut braces) = (vec![0], Vec::new());
    let at = |index: usize| words.get(index).map_or("", String::as_str);
    let mut index = 0;
    while index < words.len() {
        let here = open[open.len() - 1];
        let between_items = matches!(braces.last(), None | Some(Braces::Module | Braces::Call));
        match at(index) {
            "#" if starts(words, index, &["#", "[", "cfg", "(", "test", ")", "]"]) => {
                index = after_item(words, index + 7);
                continue;
            }
            "mod" if at(index + 2) == "{" => {
                let name = at(index + 1).to_string();
                let mut path = modules[here].path.clone();
                path.push(name.clone());
                modules[here].children.insert(name);
                open.push(modules.len());
                modules.push(Module {
                    path,
                    ..Module::default()
                });
                braces.push(Braces::Module);
                index += 3;
                continue;
            }
            "mod" if at(index + 2) == ";" => {
                modules[here].files.push(at(index + 1).into());
                modules[here].children.insert(at(index + 1).into());
            }
            "{" => {
                let call = matches!(before(words, index, 1), "!")
                    || (before(words, index, 2) == "!" && before(words, index, 3) == "macro_rules");
                braces.push(if call && between_items {
                    Braces::Call
                } else {
                    Braces::Body
                });
            }
            "}" if braces.pop() == Some(Braces::Module) => {
                open.pop();
            }
            "use" if before(words, index, 1) != "::" => {
                let shown = matches!(before(words, index, 1), "pub" | ")");
                index = imports(words, index + 1, &[], shown, &mut modules[here].imports);
                continue;
            }
            "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union"
                if between_items && at(index + 1) != "fn" =>
            {
                modules[here].defined.insert(at(index + 1).into());
            }
            _ => {}
        }
        let path = path_at(words, index);
        if path.len() > 1 {
            index += 2 * path.len() - 2;
            modules[here].named.insert(path);
        } else {
            modules[here].words.insert(at(index).into());
        }
        index += 1;
    }
    modules
}

fn before(words: &[String], index: usize, back: usize) -> &str {
    let index = index.checked_sub(back);
    index
        .and_then(|at| words.get(at))
        .map_or("", String::as_str)
}

fn starts(words: &[String], index: usize, with: &[&str]) -> bool {
    words[index..]
        .iter()
        .zip(with)
        .filter(|(a, b)| a == b)
        .count()
        == with.len()
}

fn is_name(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| c == '_' || c.is_alphabetic())
}

/// The names joined by `::` from here on; none in the middle of a path.
fn path_at(words: &[String], index: usize) -> Path {
    let mut path = Path::new();
    if matches!(before(words, index, 1), "::" | ".") {
        return path;
    }
    let mut index = index;
    while words.get(index).is_some_and(|word| is_name(word)) {
        path.push(words[index].clone());
        if words.get(index + 1).is_none_or(|word| word != "::") {
            break;
        }
        index += 2;
    }
    path
}

/// The place after the item that begins here: its `;` or its closing brace.
fn after_item(words: &[String], start: usize) -> usize {
    let mut depth = 0_i32;
    for (index, word) in words.iter().enumerate().skip(start) {
        match word.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth -= 1;
                if depth == 0 && word == "}" {
                    return index + 1;
                }
            }
            ";" if depth == 0 => return index + 1,
            _ => {}
        }
    }
    words.len()
}

/// The imports of a tree, and the place after it.
fn imports(
    words: &[String],
    start: usize,
    prefix: &[String],
    shown: bool,
    found: &mut Vec<Import>,
) -> usize {
    let at = |index: usize| words.get(index).map_or("", String::as_str);
    let mut path = prefix.to_vec();
    let mut index = start;
    loop {
        match at(index) {
            "::" => index += 1,
            "{" => {
                index += 1;
                while !matches!(at(index), "}" | "") {
                    index = imports(words, index, &path, shown, found);
                    if at(index) == "," {
                        index += 1;
                    }
                }
                return index + 1;
            }
            word if word == "*" || is_name(word) && word != "as" => {
                path.push(word.into());
                index += 1;
            }
            _ => break,
        }
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if name == "self" && path.len() > 1 {
        path.pop();
        name = path.last().cloned().unwrap_or_default();
    }
    if name == "*" {
        path.pop();
    }
    if at(index) == "as" {
        name = at(index + 1).into();
        index += 2;
    }
    found.push(Import { path, name, shown });
    index
}
