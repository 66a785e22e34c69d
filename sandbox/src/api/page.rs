//! Pages of a list, as `?page=` and `?page_size=` or `limit` and `offset` ask for them.

use std::ops::RangeInclusive;

use http::Uri;

use super::refusal::Refusal;

/// A whole number in the query, or what stands for it.
pub(super) fn asked(
    uri: &Uri,
    name: &str,
    range: RangeInclusive<u32>,
    otherwise: u32,
) -> Result<u32, Refusal> {
    let query = uri.query().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let Some((_, text)) = pairs.find(|(key, _)| key == name) else {
        return Ok(otherwise);
    };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let (least, most) = range.into_inner();
        Refusal::value(name, format!("must be between {least} and {most}"))
    })
}

/// The part of a list that begins after `skip` items.
pub(super) fn part<T>(items: Vec<T>, skip: u32, most: u32) -> impl Iterator<Item = T> {
    let [skip, most] = [skip, most].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    items.into_iter().skip(skip).take(most)
}
