//! Every command of chemorad as a WebAssembly module for one page: a request as JSON with files goes in,
//! an answer as JSON with files comes out.
//!
//! The page and the command are one program, [`chemorad_cli::run`], so they say the same. Only
//! `interface` knows that the caller is not Rust.
//!
//! ```
//! let request = br#"{"arguments": ["bed", "45Gy/25", "--alpha-beta", "10Gy"], "now": "2026-12-07T10:20:00[UTC]"}"#;
//! let answer = chemorad_web::answered(request, Vec::new());
//! let said: serde_json::Value = serde_json::from_slice(&answer[0])?;
//! assert_eq!(said["exit"], 0);
//! let result: serde_json::Value = serde_json::from_str(said["json"].as_str().unwrap_or_default())?;
//! assert_eq!(result["total"]["bed"]["value"], 53.1);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod interface;
mod request;

pub use request::answered;
