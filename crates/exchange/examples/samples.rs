//! Writes the synthetic medication requests of the tests as files, for other validators.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a program for developers"
)]

#[path = "../tests/suite/common/mod.rs"]
mod common;

fn main() -> std::process::ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: samples FOLDER");
        return std::process::ExitCode::from(2);
    };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, _, value) in common::exported() {
        let text = serde_json::to_string_pretty(&value).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), text).unwrap();
    }
    std::process::ExitCode::SUCCESS
}
