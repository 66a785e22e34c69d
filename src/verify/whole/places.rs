//! Reading a place of a delivery.

use std::borrow::Cow;

use crate::error::VerifyError;
use crate::fields::{Body, Unreadable};
use crate::scheme::{FormJson, Place};

/// The text at a place of the body; malformed where there is none.
pub(super) fn in_body(body: &Body<'_>, place: Place) -> Result<Vec<u8>, VerifyError> {
    let absent = || VerifyError::malformed_in("body", "a field that the scheme reads is absent");
    match place {
        Place::Json(pointer) => {
            let text = json(body, pointer)?.ok_or_else(absent)?;
            Ok(text.into_owned().into_bytes())
        }
        Place::FormJson(&FormJson { field, pointer }) => {
            let text = json_in_form(body, field, pointer)?.ok_or_else(absent)?;
            Ok(text.into_owned().into_bytes())
        }
        Place::Form(name) => form(body, name),
        Place::Header(_) | Place::Query(_) => Err(VerifyError::unavailable("a place of the body")),
    }
}

/// The text at a pointer; `None` where it is missing or null.
pub(super) fn json<'b>(
    body: &'b Body<'_>,
    pointer: &str,
) -> Result<Option<Cow<'b, str>>, VerifyError> {
    readers::json(body, pointer).map_err(unreadable)
}

fn json_in_form<'b>(
    body: &'b Body<'_>,
    field: &str,
    pointer: &str,
) -> Result<Option<Cow<'b, str>>, VerifyError> {
    readers::json_in_form(body, field, pointer).map_err(unreadable)
}

pub(super) fn form(body: &Body<'_>, name: &str) -> Result<Vec<u8>, VerifyError> {
    readers::form(body, name).map_err(unreadable)
}

/// The items of a list, each as a body of its own.
pub(super) fn items<'b>(body: &Body<'b>, pointer: &str) -> Result<Vec<Body<'b>>, VerifyError> {
    readers::items(body, pointer).map_err(unreadable)
}

/// The fields of a form, in order.
pub(super) fn form_pairs(body: &Body<'_>) -> Result<Fields, VerifyError> {
    readers::form_pairs(body).map_err(unreadable)
}

fn unreadable(why: Unreadable) -> VerifyError {
    VerifyError::malformed_in("body", why.0)
}

/// Names and values.
pub(super) type Fields = Vec<(Vec<u8>, Vec<u8>)>;

pub(super) use readers::{is_form, query_pairs};

/// What the features read. A scheme that needs one that is off is refused before it comes here, and
/// what cannot be read is malformed in any case.
mod readers {
    use std::borrow::Cow;

    use super::Fields;
    use crate::fields::{Body, Unreadable};

    #[cfg(not(all(feature = "forms", feature = "json")))]
    const OFF: Unreadable = Unreadable("a feature is off that reads it");

    #[cfg(feature = "json")]
    pub(super) fn json<'b>(
        body: &'b Body<'_>,
        pointer: &str,
    ) -> Result<Option<Cow<'b, str>>, Unreadable> {
        body.json(pointer)
    }

    #[cfg(not(feature = "json"))]
    pub(super) fn json<'b>(_: &'b Body<'_>, _: &str) -> Result<Option<Cow<'b, str>>, Unreadable> {
        Err(OFF)
    }

    #[cfg(feature = "json")]
    pub(super) fn items<'b>(body: &Body<'b>, pointer: &str) -> Result<Vec<Body<'b>>, Unreadable> {
        body.items(pointer)
    }

    #[cfg(not(feature = "json"))]
    pub(super) fn items<'b>(_: &Body<'b>, _: &str) -> Result<Vec<Body<'b>>, Unreadable> {
        Err(OFF)
    }

    #[cfg(all(feature = "forms", feature = "json"))]
    pub(super) fn json_in_form<'b>(
        body: &'b Body<'_>,
        field: &str,
        pointer: &str,
    ) -> Result<Option<Cow<'b, str>>, Unreadable> {
        body.json_in_form(field, pointer)
    }

    #[cfg(not(all(feature = "forms", feature = "json")))]
    pub(super) fn json_in_form<'b>(
        _: &'b Body<'_>,
        _: &str,
        _: &str,
    ) -> Result<Option<Cow<'b, str>>, Unreadable> {
        Err(OFF)
    }

    #[cfg(feature = "forms")]
    pub(super) fn form(body: &Body<'_>, name: &str) -> Result<Vec<u8>, Unreadable> {
        body.form(name).map(<[u8]>::to_vec)
    }

    #[cfg(not(feature = "forms"))]
    pub(super) fn form(_: &Body<'_>, _: &str) -> Result<Vec<u8>, Unreadable> {
        Err(OFF)
    }

    #[cfg(feature = "forms")]
    pub(super) fn form_pairs(body: &Body<'_>) -> Result<Fields, Unreadable> {
        let pairs = body.form_pairs()?.iter();
        let owned = pairs.map(|(name, value)| (name.to_vec(), value.to_vec()));
        Ok(owned.collect())
    }

    #[cfg(not(feature = "forms"))]
    pub(super) fn form_pairs(_: &Body<'_>) -> Result<Fields, Unreadable> {
        Err(OFF)
    }

    /// Whether the body says of itself that it is an urlencoded form.
    #[cfg(feature = "forms")]
    pub(in crate::verify::whole) fn is_form(body: &Body<'_>) -> bool {
        body.is_form()
    }

    #[cfg(not(feature = "forms"))]
    pub(in crate::verify::whole) const fn is_form(_: &Body<'_>) -> bool {
        false
    }

    /// The decoded pairs of a query.
    #[cfg(feature = "forms")]
    pub(in crate::verify::whole) fn query_pairs(query: &str) -> Fields {
        let pairs = crate::fields::pairs(query.as_bytes());
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    #[cfg(not(feature = "forms"))]
    pub(in crate::verify::whole) const fn query_pairs(_: &str) -> Fields {
        Vec::new()
    }
}
