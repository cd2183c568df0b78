//! The command as its users meet it.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod any_protocol;
mod book;
mod check;
mod codes;
mod cohort;
mod cohort_files;
mod command;
// the synthetic files of the room that reads them
#[path = "../../../dicom/tests/common/mod.rs"]
mod common;
mod course_limits;
mod csv_quotes;
mod dicom;
mod dicom_pages;
mod drug;
mod dvh;
mod dvh_standing;
mod faces;
#[cfg(unix)]
mod files;
mod fixtures;
mod fraction_groups;
mod harness;
mod help;
mod histograms;
mod identity;
mod limit_slips;
mod limits;
mod ordered;
mod other_drugs;
mod packages;
mod protocol_export;
mod protocol_files;
mod protocol_lint;
mod readings;
mod records;
mod reports;
mod response;
mod safety;
mod self_test;
mod self_test_compared;
mod sheet;
mod short_forms;
mod site;
mod site_cases;
mod snapshots;
mod strict_json;
mod structure_slips;
mod templates;
mod time;
