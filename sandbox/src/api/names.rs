//! The events that a request names.

use super::fields::Fields;
use super::refusal::{Fault, Refusal, Wrong};
use crate::excerpt::excerpt;

/// A list of names: at least one, and none but those that the provider offers.
pub(super) fn read(
    fields: &Fields,
    field: &str,
    offers: impl Fn(&str) -> bool,
) -> Result<Option<Vec<String>>, Refusal> {
    let Some(names) = fields.texts(field)? else {
        return Ok(None);
    };
    if names.is_empty() {
        return Err(Refusal::value(field, "must have at least one event"));
    }
    match names.iter().find(|name| !offers(name)) {
        Some(name) => {
            let says = format!(
                "has an event that cannot be subscribed to: {}",
                excerpt(name)
            );
            Err(Refusal::Field(Wrong::new(field, Fault::Event, says)))
        }
        None => Ok(Some(names)),
    }
}
