//! The create-webhook APIs of the five.
//!
//! A file, or a folder, has one provider: what it is asked, what it answers, in which words it
//! refuses. What they share stands beside: a body's fields ([`fields`]), keys ([`auth`]), URLs
//! ([`url`]), why a request is refused ([`refusal`]), and answers that are given again ([`once`]). [`guard`] puts a provider's paths behind all that.

mod answer;
mod attempts;
mod auth;
mod fields;
mod form;
mod guard;
mod jetemail;
mod mailingapi;
mod names;
mod once;
mod page;
mod path;
mod refusal;
mod sendkit;
mod sendmux;
mod sent;
mod url;

use axum::Router;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(sendmux::router())
        .merge(mailingapi::router())
        .merge(sendkit::router())
        .merge(jetemail::router())
        .merge(sent::router())
}
