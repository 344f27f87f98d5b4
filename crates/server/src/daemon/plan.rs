//! The router on standard input and output: one JSON object per line, as `answer_line` reads and writes it.

use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;

use switchyard_core::plan::answer_line;

/// Answers each line on a line of its own, in order; empty lines are skipped. Fails at the end when a line did.
pub(super) fn run(input: impl BufRead, output: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(output);
    let mut code = ExitCode::SUCCESS;
    for line in input.split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = answer_line(&line);
        if answer.failed {
            code = ExitCode::FAILURE;
        }
        writeln!(output, "{}", answer.text)?;
        output.flush()?;
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
    use super::*;
    use serde_json::{Value, json};

    fn lines(input: &str) -> (Vec<Value>, bool) {
        let mut output = Vec::new();
        let code = run(input.as_bytes(), &mut output).unwrap();
        let text = String::from_utf8(output).unwrap();
        let failed = format!("{code:?}") != format!("{:?}", ExitCode::SUCCESS);
        (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), failed)
    }

    #[test]
    fn each_line_is_answered_in_order_and_a_wrong_one_does_not_stop_the_rest() {
        let order = |id: &str| {
            json!({
                "id": id,
                "lines": [{"id": "l1", "sku": "A", "quantity": 3, "unit_value": 1250}],
                "warehouses": [{"id": "w1", "rank": 1}],
                "stock": [{"warehouse": "w1", "sku": "A", "available": 2}],
            })
        };
        let (answers, failed) = lines(&format!("{}\n{{\"id\": 7}}\n\n{}\n", order("one"), order("two")));
        assert!(failed, "one wrong line makes the exit code 1");
        assert_eq!(answers.len(), 3);
        assert_eq!(answers[0]["id"], "one");
        assert_eq!(answers[0]["allocation"], json!([{"line": "l1", "warehouse": "w1", "quantity": 2}]));
        assert_eq!(answers[0]["short"][0]["quantity"], 1);
        assert_eq!(answers[1]["error"]["code"], "SY-0002");
        assert_eq!(answers[2]["id"], "two");
    }

    #[test]
    fn no_input_is_no_failure() {
        assert_eq!(lines(""), (vec![], false));
    }
}
