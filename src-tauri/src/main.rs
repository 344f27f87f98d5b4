//! Starts the desktop.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use switchyard_desktop::Arguments;

fn main() -> ExitCode {
    switchyard_desktop::run(Arguments::parse())
}
