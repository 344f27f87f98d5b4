//! The router on text: one JSON object in, one JSON object out. `switchyardd plan` is a loop over this.

use serde::Serialize;

use super::input::PlanInput;
use super::solve::plan;
use crate::code::Code;

/// What one line of input comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAnswer {
    /// One line of JSON without its line end: a [`Plan`](super::Plan), or `{"error": {"code", "detail"}}`.
    pub text: String,
    /// Whether it is an error.
    pub failed: bool,
}

#[derive(Serialize)]
struct Failed {
    error: Cause,
}

#[derive(Serialize)]
struct Cause {
    code: Code,
    detail: String,
}

/// Answers one line: a [`PlanInput`] as JSON gives its plan; anything else gives an error that says which field is
/// wrong. Unknown fields, negative amounts, ids that appear twice and sums that do not fit are all refused.
#[must_use]
pub fn answer_line(line: &[u8]) -> LineAnswer {
    let answer = read(line)
        .and_then(|input| plan(&input).map_err(|error| error.to_string()))
        .and_then(|plan| serde_json::to_string(&plan).map_err(|error| error.to_string()));
    match answer {
        Ok(text) => LineAnswer { text, failed: false },
        Err(detail) => LineAnswer { text: refusal(detail), failed: true },
    }
}

/// Parses, and names the place of what is wrong. Following the place costs time, so that is done only when needed.
fn read(line: &[u8]) -> Result<PlanInput, String> {
    serde_json::from_slice(line).map_err(|plain| {
        let reader = &mut serde_json::Deserializer::from_slice(line);
        match serde_path_to_error::deserialize::<_, PlanInput>(reader) {
            Err(placed) if placed.path().iter().next().is_some() => placed.to_string(),
            // Something after the object, or the object itself.
            Ok(_) | Err(_) => plain.to_string(),
        }
    })
}

fn refusal(detail: String) -> String {
    let failed = Failed { error: Cause { code: Code::BadRequest, detail } };
    // Two strings always serialize; the other branch keeps this total.
    serde_json::to_string(&failed).unwrap_or_else(|_| r#"{"error":{}}"#.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn order() -> Value {
        json!({
            "id": "ord_1",
            "lines": [{"id": "l1", "sku": "A", "quantity": 3, "unit_value": 1250}],
            "warehouses": [{"id": "w1", "rank": 1}],
            "stock": [{"warehouse": "w1", "sku": "A", "available": 2}],
        })
    }

    fn answered(input: &Value) -> (Value, bool) {
        let answer = answer_line(input.to_string().as_bytes());
        assert!(!answer.text.contains('\n'), "one line stays one line");
        (serde_json::from_str(&answer.text).unwrap(), answer.failed)
    }

    fn refused(change: impl FnOnce(&mut Value)) -> String {
        let mut input = order();
        change(&mut input);
        let (answer, failed) = answered(&input);
        assert!(failed, "{answer}");
        assert_eq!(answer["error"]["code"], "SY-0002");
        answer["error"]["detail"].as_str().unwrap().to_owned()
    }

    #[test]
    fn an_order_gives_its_plan() {
        let (answer, failed) = answered(&order());
        assert!(!failed);
        assert_eq!(answer["id"], "ord_1");
        assert_eq!(answer["allocation"], json!([{"line": "l1", "warehouse": "w1", "quantity": 2}]));
        assert_eq!(answer["short"][0]["quantity"], 1);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let negative = refused(|order| order["lines"][0]["quantity"] = json!(-3));
        assert!(negative.starts_with("lines[0].quantity: invalid value: integer `-3`"), "{negative}");
        let unknown = refused(|order| order["warehouses"][0]["priority"] = json!(1));
        assert!(unknown.starts_with("warehouses[0].priority: unknown field `priority`"), "{unknown}");
        let huge = refused(|order| order["lines"][0]["unit_value"] = json!(i64::MAX));
        assert_eq!(huge, "the sum of line values overflows");
        let below_zero = refused(|order| order["lines"][0]["unit_value"] = json!(-1));
        assert_eq!(below_zero, "unit_value of `l1` is negative");
        let wide = refused(|order| order["lines"][0]["quantity"] = json!(4_294_967_296_u64));
        assert!(wide.starts_with("lines[0].quantity: invalid value: integer `4294967296`"), "{wide}");
        let twice = refused(|order| order["warehouses"] = json!([{"id": "w1"}, {"id": "w1"}]));
        assert_eq!(twice, "warehouse id `w1` appears twice");
        let level = refused(|order| order["objective"] = json!(["distance"]));
        assert!(level.starts_with("objective[0]: unknown variant `distance`"), "{level}");
    }

    #[test]
    fn what_is_no_order_at_all_is_refused() {
        for text in ["", "{", "[]", "7", "{} {}", "{\"id\": \"ord_1\"}", "\u{0}"] {
            assert!(answer_line(text.as_bytes()).failed, "{text}");
        }
        let two = format!("{} {}", order(), order());
        assert!(answer_line(two.as_bytes()).failed, "two objects on one line");
        assert!(answer_line(b"{\"id\": \"\xff\"}").failed, "not UTF-8");
    }
}
