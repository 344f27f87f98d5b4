//! Parsing: whatever a field holds, the parser answers, and names the place that it cannot read.

use serde_json::{Value, json};

use super::capabilities::parse;
use super::stage::Stage;
use super::{Rehearsal, context};

/// Items of each stream that are mutated.
const ITEMS: usize = 2;
/// Elements of each list that are mutated.
const ELEMENTS: usize = 2;

pub(super) async fn verify(rehearsal: Rehearsal) {
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    for (stream, _) in rehearsal.items {
        let what = format!("{}: {}", rehearsal.name, stream.as_str());
        let page = connector.pull(&context(), *stream, None).await;
        let page = page.unwrap_or_else(|error| panic!("{what}: {error}"));
        let answers = |raw: &[u8], how: &str| {
            if let Err(error) = parse(&*connector, *stream, raw) {
                assert!(!error.path.is_empty() && !error.detail.is_empty(), "{what}: {how}: {error:?}");
            }
        };
        for item in page.items.iter().take(ITEMS) {
            let value: Value = serde_json::from_slice(&item.raw).expect("raw items are JSON");
            for (how, mutant) in mutants(&value) {
                answers(mutant.to_string().as_bytes(), &how);
            }
            for end in 0..item.raw.len() {
                let cut = item.raw.get(..end).unwrap_or_default();
                let error = parse(&*connector, *stream, cut).expect_err("half an item is no item");
                assert!(!error.path.is_empty(), "{what}: cut after {end} bytes: {error:?}");
            }
        }
        let deep = "[".repeat(100_000);
        for noise in ["", "null", "0", "\"\"", "[]", "\u{feff}{}", "{}", deep.as_str()] {
            answers(noise.as_bytes(), "noise");
        }
        answers(&[0xff, 0xfe, 0x00], "bytes that are no text");
    }
}

/// The value with one place changed: dropped, or of every other type.
pub(super) fn mutants(value: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    collect(value, String::new(), &mut places);
    let mut mutants = Vec::new();
    for place in places {
        for other in [
            Value::Null,
            json!(true),
            json!(-1),
            json!(1.5),
            json!(u64::MAX),
            json!(""),
            json!("\u{1F4A5} 12,50"),
            json!([]),
            json!({}),
        ] {
            let mut mutant = value.clone();
            if let Some(field) = mutant.pointer_mut(&place) {
                let how = format!("{place} becomes {other}");
                *field = other;
                mutants.push((how, mutant));
            }
        }
        if let Some((parent, field)) = place.rsplit_once('/') {
            let mut mutant = value.clone();
            let dropped = mutant.pointer_mut(parent).and_then(Value::as_object_mut).and_then(|map| map.remove(field));
            if dropped.is_some() {
                mutants.push((format!("{place} is dropped"), mutant));
            }
        }
    }
    mutants
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(field, inner)| collect(inner, format!("{place}/{field}"), places)),
        Value::Array(list) => {
            list.iter()
                .take(ELEMENTS)
                .enumerate()
                .for_each(|(i, inner)| collect(inner, format!("{place}/{i}"), places));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(place);
}
