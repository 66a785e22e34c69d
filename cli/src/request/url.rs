//! The URL that a request was sent to, by its own word.

use http::header::HOST;
use http::uri::Authority;

use super::head::RequestHead;

impl RequestHead {
    /// The URL: a target in absolute form as it is, else `https`, the host and the target. `None`
    /// where the request does not tell its host, or tells several.
    pub(crate) fn url(&self) -> Option<String> {
        if is_absolute(&self.target) {
            return Some(self.target.clone());
        }
        let host = self.host()?;
        let is_path = self.target.starts_with('/');
        is_path.then(|| format!("https://{host}{}", self.target))
    }

    /// The same without a host, for who reads nothing but the query.
    pub(crate) fn url_without_host(&self) -> String {
        format!("https://{}", self.target)
    }

    fn host(&self) -> Option<&str> {
        let mut lines = self.headers.get_all(HOST).iter();
        let (Some(host), None) = (lines.next(), lines.next()) else {
            return None;
        };
        // A host that ends early would turn what follows it into a path or a query.
        host.to_str()
            .ok()
            .filter(|host| !host.contains('@') && host.parse::<Authority>().is_ok())
    }
}

/// Whether a text is an `http` or `https` URL, whose host follows.
pub(crate) fn is_absolute(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};

    use super::*;

    fn head(target: &str, hosts: &[&'static str]) -> RequestHead {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_static(host));
        }
        RequestHead {
            method: Method::POST,
            target: target.to_owned(),
            headers,
        }
    }

    #[test]
    fn a_path_follows_the_host_as_it_was_sent() {
        let url = head("/In?a=%41&b", &["Hooks.example.com:8443"]).url();
        assert_eq!(
            url.as_deref(),
            Some("https://Hooks.example.com:8443/In?a=%41&b")
        );
    }

    #[test]
    fn an_absolute_target_wins_over_the_host() {
        let url = head("http://a.example/in", &["b.example"]).url();
        assert_eq!(url.as_deref(), Some("http://a.example/in"));
    }

    #[test]
    fn without_exactly_one_legal_host_there_is_no_url() {
        for hosts in [
            &[][..],
            &["a.example", "b.example"],
            &[""],
            &["a.example/in?x=1"],
            &["user@a.example"],
        ] {
            assert_eq!(head("/in", hosts).url(), None, "{hosts:?}");
        }
        assert_eq!(head("*", &["a.example"]).url(), None);
    }
}
