//! The rows of vector files as they are written. Shared with the command line's tests.

use serde_json::Value;

/// The rows of a file that are deliveries.
pub fn deliveries(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the vectors are part of the repository");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a vector is JSON"))
        .filter(|row| row.get("kind").is_none_or(|kind| kind == "header"))
        .collect()
}

/// A header's bytes: a text, `{"hex": …}`, or `{"concat": [[text, times], …]}`.
pub fn header_bytes(value: &Value) -> Vec<u8> {
    if let Some(text) = value.as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(hex) = value.get("hex").and_then(Value::as_str) {
        return (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
            .collect();
    }
    let pieces = value["concat"].as_array().expect("text, hex or concat");
    pieces
        .iter()
        .flat_map(|piece| {
            let times = usize::try_from(piece[1].as_u64().expect("a count")).expect("small");
            piece[0]
                .as_str()
                .expect("a text")
                .repeat(times)
                .into_bytes()
        })
        .collect()
}
