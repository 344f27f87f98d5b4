//! The router alone, as the oracle drives it: one order as JSON per line in, one plan per line out.
//!
//! `switchyardd plan` does the same. With `--time`, each line is `[nanoseconds, plan]`: the time of the pure function
//! alone, the least of three runs.

use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

use switchyard_core::plan::{PlanInput, answer_line, plan};

fn main() -> std::io::Result<ExitCode> {
    let timed = std::env::args().any(|argument| argument == "--time");
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = answer_line(&line);
        if answer.failed {
            code = ExitCode::FAILURE;
        }
        match serde_json::from_slice::<PlanInput>(&line) {
            Ok(input) if timed => writeln!(output, "[{},{}]", nanoseconds(&input), answer.text)?,
            _ => writeln!(output, "{}", answer.text)?,
        }
        output.flush()?;
    }
    Ok(code)
}

fn nanoseconds(input: &PlanInput) -> u128 {
    let run = || {
        let start = Instant::now();
        std::hint::black_box(plan(std::hint::black_box(input)).is_ok());
        start.elapsed().as_nanos()
    };
    (0..3).map(|_| run()).min().unwrap_or(0)
}
