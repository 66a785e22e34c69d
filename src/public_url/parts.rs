//! The parts of an `http` or `https` URL, as text: nothing is decoded, nothing brought to a normal
//! form.

/// A URL, cut where RFC 3986 cuts it.
pub(super) struct Parts<'u> {
    /// In lower case.
    pub(super) scheme: &'static str,
    pub(super) authority: &'u str,
    pub(super) path: &'u str,
    /// Without its `?`.
    pub(super) query: Option<&'u str>,
}

impl<'u> Parts<'u> {
    /// `None` for what is no `http` or `https` URL. The fragment is dropped.
    pub(super) fn of(url: &'u str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = ["http", "https"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(scheme))?;
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(Self {
            scheme,
            authority,
            path,
            query,
        })
    }
}

/// Cuts an authority behind its host; a port keeps its colon, an IPv6 address its brackets.
pub(super) fn host_and_port(authority: &str) -> (&str, &str) {
    let end = if authority.starts_with('[') {
        authority.find(']').map(|bracket| bracket + 1)
    } else {
        authority.find(':')
    };
    authority.split_at(end.unwrap_or(authority.len()))
}

/// Everything before the first `?`.
pub(crate) fn without_query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(before, _)| before)
}

/// The path, which is empty where the URL ends with its host.
pub(crate) fn path(url: &str) -> &str {
    Parts::of(url).map_or("", |parts| parts.path)
}

/// The query without its `?`; empty where there is none.
pub(crate) fn query(url: &str) -> &str {
    Parts::of(url)
        .and_then(|parts| parts.query)
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
