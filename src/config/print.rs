//! Values as TOML or JSON, a field of a scheme a line.

use core::fmt::Write as _;

use super::Format;
use super::value::{Fields, Value};

/// The text of a file with these schemes.
pub(super) fn print(schemes: &[Fields], format: Format) -> String {
    let (start, between, end) = match format {
        Format::Json if schemes.is_empty() => ("", "", "{\"scheme\": []}\n"),
        Format::Toml if schemes.is_empty() => ("", "", ""),
        Format::Json => ("{\"scheme\": [{\n", "\n}, {\n", "\n}]}\n"),
        Format::Toml => ("[[scheme]]\n", "\n\n[[scheme]]\n", "\n"),
    };
    let next = match format {
        Format::Json => ",\n",
        Format::Toml => "\n",
    };
    let mut text = String::new();
    for (nth, fields) in schemes.iter().enumerate() {
        text.push_str(if nth == 0 { start } else { between });
        for (nth, (name, value)) in fields.iter().enumerate() {
            text.push_str(if nth == 0 { "" } else { next });
            entry(&mut text, name, value, format);
        }
    }
    text.push_str(end);
    text
}

/// A field and its value.
fn entry(text: &mut String, name: &str, value: &Value, format: Format) {
    match format {
        Format::Json => {
            quote(text, name);
            text.push_str(": ");
        }
        // Every field's name is one that TOML takes bare.
        Format::Toml => {
            text.push_str(name);
            text.push_str(" = ");
        }
    }
    self::value(text, value, format);
}

fn value(text: &mut String, value: &Value, format: Format) {
    match value {
        Value::Flag(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{number}");
        }
        Value::Text(value) => quote(text, value),
        Value::List(items) => {
            text.push('[');
            for (nth, item) in items.iter().enumerate() {
                text.push_str(if nth == 0 { "" } else { ", " });
                self::value(text, item, format);
            }
            text.push(']');
        }
        Value::Table(fields) => {
            text.push_str("{ ");
            for (nth, (name, value)) in fields.iter().enumerate() {
                text.push_str(if nth == 0 { "" } else { ", " });
                entry(text, name, value, format);
            }
            text.push_str(" }");
        }
        // No scheme holds one.
        Value::Other(_) => {}
    }
}

/// As a text that both formats read alike.
fn quote(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
