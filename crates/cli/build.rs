//! Gives the program the commit that it is built from: `CHEMORAD_BUILD` where that is set, or else the commit
//! that the package was made of. A checkout gives none, as it may hold changes that no commit has.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CHEMORAD_BUILD");
    if std::env::var_os("CHEMORAD_BUILD").is_some() {
        return;
    }
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return;
    };
    // cargo writes it into each package, and never into a checkout
    let Ok(packed) = std::fs::read_to_string(Path::new(&package).join(".cargo_vcs_info.json"))
    else {
        return;
    };
    // where it was packed from changes that no commit has, it says so
    let is_clean = !packed.contains("\"dirty\"");
    let commit = packed.split('"').skip_while(|word| *word != "sha1").nth(2);
    if let Some(commit) = commit.filter(|_| is_clean) {
        println!("cargo:rustc-env=CHEMORAD_BUILD={commit}");
    }
}
