//! URLs, cut as text.

/// A URL's pieces: scheme in lower case, host with its port, path, and what follows a `?`.
pub struct Pieces<'u> {
    pub scheme: String,
    pub authority: &'u str,
    pub path: &'u str,
    pub query: Option<&'u str>,
}

/// The pieces of an `http` or `https` URL.
#[must_use]
pub fn pieces(url: &str) -> Option<Pieces<'_>> {
    let at = url.find("://")?;
    let scheme = url[..at].to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let rest = url[at + 3..].split('#').next()?;
    let (rest, query) = match rest.find('?') {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let slash = rest.find('/').unwrap_or(rest.len());
    Some(Pieces {
        scheme,
        authority: &rest[..slash],
        path: &rest[slash..],
        query,
    })
}

/// The path; nothing where it is no URL.
#[must_use]
pub fn path(url: &str) -> &str {
    pieces(url).map_or("", |pieces| pieces.path)
}

/// The query; nothing where there is none.
#[must_use]
pub fn query(url: &str) -> &str {
    pieces(url)
        .and_then(|pieces| pieces.query)
        .unwrap_or_default()
}

/// What stands before the first `?`.
#[must_use]
pub fn without_query(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

/// A host and what follows it: nothing, or a colon and a port.
#[must_use]
pub fn host_and_port(authority: &str) -> (&str, &str) {
    let end = match authority.find(']') {
        Some(at) if authority.starts_with('[') => at + 1,
        _ if authority.starts_with('[') => authority.len(),
        _ => authority.find(':').unwrap_or(authority.len()),
    };
    authority.split_at(end)
}

/// Without a port, and with the one that is named or goes with the scheme.
#[must_use]
pub fn port_variants(url: &str) -> Vec<String> {
    let Some(pieces) = pieces(url) else {
        return vec![url.to_owned(), url.to_owned()];
    };
    let authority = pieces.authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host_and_port(authority);
    let host = host.to_ascii_lowercase();
    let port = match port.strip_prefix(':') {
        Some(port) if !port.is_empty() => port,
        _ if pieces.scheme == "https" => "443",
        _ => "80",
    };
    let scheme = &pieces.scheme;
    let query = pieces.query.map(|query| format!("?{query}"));
    let rest = format!("{}{}", pieces.path, query.unwrap_or_default());
    vec![
        format!("{scheme}://{host}{rest}"),
        format!("{scheme}://{host}:{port}{rest}"),
    ]
}
