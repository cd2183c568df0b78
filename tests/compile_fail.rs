//! Mix-ups that must not compile, with the compiler's words for each.
//!
//! The words differ between compilers, so they are compared with one version only. The `compile_fail`
//! examples in the documentation hold the same on every version.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

const PINNED: &str = "rustc 1.95.";

#[test]
fn mix_ups_do_not_compile() {
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| String::from("rustc"));
    let output = std::process::Command::new(compiler)
        .arg("--version")
        .output()
        .unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    if version.starts_with(PINNED) {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
    } else {
        println!("skipped: the expected messages are those of {PINNED}*, this is {version}");
    }
}
