//! The page that a person looks at: files in the binary.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::map_response;
use axum::routing::get;

use crate::app::App;
use crate::control;
use crate::protect::protect;

#[cfg(test)]
#[path = "../../tests/support/browser.rs"]
mod browser;
#[cfg(test)]
mod browser_tests;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Where each file is asked for, what it is, and its text.
const FILES: [(&str, &str, &str); 8] = [
    ("/", HTML, include_str!("assets/index.html")),
    ("/page.css", CSS, include_str!("assets/page.css")),
    ("/page.js", SCRIPT, include_str!("assets/page.js")),
    ("/page/ask.js", SCRIPT, include_str!("assets/ask.js")),
    (
        "/page/delivery.js",
        SCRIPT,
        include_str!("assets/delivery.js"),
    ),
    ("/page/dom.js", SCRIPT, include_str!("assets/dom.js")),
    (
        "/page/provider.js",
        SCRIPT,
        include_str!("assets/provider.js"),
    ),
    ("/page/words.js", SCRIPT, include_str!("assets/words.js")),
];

pub(crate) fn router() -> Router<App> {
    let files = FILES.into_iter();
    files
        .fold(Router::new(), |router, (path, kind, text)| {
            router.route(
                path,
                get(move || async move { ([(CONTENT_TYPE, kind)], text) }),
            )
        })
        .method_not_allowed_fallback(control::wrong_method)
        .layer(map_response(protect))
}
