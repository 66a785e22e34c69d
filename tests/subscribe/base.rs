//! What the providers share: keys, where an API is, ids in paths, what is read of every answer.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use hookproof::subscribe::mailingapi::{Api, CreateWebhook, Created, EventType};
use hookproof::subscribe::{
    ApiErrorKind, ApiKey, Call, Reply, ReplyError, RequestError, UnknownName,
};
use hookproof::subscribe::{jetemail, sendkit, sendmux, sent};
use serde_json::{Value, json};

use crate::pretend::{
    KEY, answered, answered_with, carries_the_key, key, refused, request, said_no, silent,
};

#[test]
fn a_key_is_visible_ascii_or_refused_without_being_shown() {
    refused(ApiKey::new(""), "api key", "is empty");
    for text in [" smx", "smx\n", "s mx", "smx\u{e9}", "smx\0", "\u{feff}smx"] {
        let why = "has white space or other characters that no key has: copy it again";
        refused(ApiKey::new(text), "api key", why);
    }
    refused(
        ApiKey::from_env("HOOKPROOF_TEST_NO_SUCH_KEY"),
        "api key",
        "is not there: the environment variable HOOKPROOF_TEST_NO_SUCH_KEY is not set, or not UTF-8",
    );
}

#[test]
fn a_key_is_seen_in_its_header_alone_and_that_is_marked_sensitive() {
    let api = Api::new(key());
    carries_the_key(
        &request(api.list()),
        "authorization",
        &format!("Bearer {KEY}"),
    );
    let call = api.list().expect("it can be sent");
    silent(&format!(
        "{:?} {api:?} {call:?} {:#?}",
        key(),
        call.request()
    ));
    silent(&format!("{:?}", call.into_parts().1));
}

#[test]
fn requests_name_their_client() {
    let request = request(Api::new(key()).list());
    let agent = request.headers()["user-agent"].to_str();
    assert!(agent.is_ok_and(|agent| agent.starts_with("hookproof/")));
}

#[test]
fn an_api_may_be_elsewhere_over_tls_and_on_this_machine_without() {
    for (base, url) in [
        (
            "https://proxy.example.com",
            "https://proxy.example.com/v1/webhooks",
        ),
        (
            "https://proxy.example.com/",
            "https://proxy.example.com/v1/webhooks",
        ),
        (
            "https://proxy.example.com:8443/mailing//",
            "https://proxy.example.com:8443/mailing/v1/webhooks",
        ),
        (
            "http://127.0.0.1:8080/mailingapi",
            "http://127.0.0.1:8080/mailingapi/v1/webhooks",
        ),
        ("http://127.8.9.10", "http://127.8.9.10/v1/webhooks"),
        ("http://[::1]:8080", "http://[::1]:8080/v1/webhooks"),
        ("http://LOCALHOST:1/", "http://LOCALHOST:1/v1/webhooks"),
        (
            "HTTPS://proxy.example.com",
            "HTTPS://proxy.example.com/v1/webhooks",
        ),
    ] {
        let api = Api::new(key()).at(base).expect(base);
        assert_eq!(request(api.list()).uri(), url);
    }
}

#[test]
fn a_base_url_that_would_send_the_key_in_the_clear_or_astray_is_refused() {
    let clear = "is not https: the key would be sent in the clear";
    let more = "has more than a scheme, a host, a port and a path";
    let parts = "is not a URL with a scheme and a host";
    for (base, why) in [
        ("http://api.example.com", clear),
        ("http://127.0.0.1.example.com", clear),
        ("http://localhost.example.com", clear),
        ("http://10.0.0.1", clear),
        ("http://[::2]", clear),
        ("HTTP://api.example.com", clear),
        ("ftp://api.example.com", "is neither http nor https"),
        ("https://user@api.example.com", more),
        ("https://user:word@api.example.com", more),
        ("https://api.example.com/?key=1", more),
        ("https://api.example.com/#part", more),
        ("https://api.example.com:99999", "has a port that is none"),
        ("https://api.example.com:", "has a port that is none"),
        ("https://:443/", "has no host"),
        ("api.example.com", parts),
        ("/v1", parts),
        ("https://", "is not a URL"),
        ("https://api example.com", "is not a URL"),
        ("", "is not a URL"),
    ] {
        refused(Api::new(key()).at(base), "base url", why);
        refused(jetemail::Api::new(key()).at(base), "base url", why);
        refused(sendkit::Api::new(key()).at(base), "base url", why);
        refused(sendmux::Api::new(key()).at(base), "base url", why);
        refused(sent::Api::new(key()).at(base), "base url", why);
    }
}

#[test]
fn an_id_that_would_reach_another_path_is_refused() {
    let long = "w".repeat(129);
    let plain = "has more than ASCII letters, digits, hyphens and underscores";
    for (id, why) in [
        ("", "has 0 characters, and may have 1 to 128"),
        (&*long, "has 129 characters, and may have 1 to 128"),
        (".", plain),
        ("..", plain),
        ("a/b", plain),
        ("a?b", plain),
        ("a#b", plain),
        ("a%2fb", plain),
        ("a b", plain),
        ("wh_\u{e9}", plain),
        ("a\n", plain),
    ] {
        refused(Api::new(key()).get(id), "webhook id", why);
        refused(Api::new(key()).delete(id), "webhook id", why);
        refused(
            sendmux::Api::new(key()).rotate_secret(id),
            "webhook id",
            why,
        );
    }
    let longest = "w".repeat(128);
    let request = request(Api::new(key()).get(&longest));
    assert!(request.uri().path().ends_with(&longest));
}

#[test]
fn a_wait_is_read_in_seconds_alone() {
    for (header, seconds) in [
        ("30", Some(30)),
        ("0", Some(0)),
        ("+30", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("99999999999999999999", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ] {
        let call = Api::new(key()).list();
        let error = said_no(answered_with(call, 429, &[("retry-after", header)], ""));
        assert_eq!(error.kind, ApiErrorKind::RateLimited);
        let wait = error.retry_after.map(|wait| wait.as_secs());
        assert_eq!(wait, seconds, "{header:?}");
    }
}

#[test]
fn what_a_provider_says_reaches_no_terminal_as_commands() {
    let body = r#"{"error":{"code":"a\u001b[2J","message":"b\r\nc","errors":[
        {"field":"d\u0007","message":"e\u009b"}]}}"#;
    let error = said_no(answered(Api::new(key()).list(), 400, body));
    assert_eq!(error.to_string(), "invalid (400, a[2J): b  c; d: e");
}

#[test]
fn what_a_provider_says_is_cut_where_it_goes_on() {
    let long = "\u{e9}".repeat(5_000);
    let details = |field: &dyn Fn(usize) -> String| -> Vec<Value> {
        let detail = |n| json!({ "field": field(n), "message": long });
        (0..100).map(detail).collect()
    };
    let read = |errors: Vec<Value>| {
        let body = json!({ "error": { "code": long, "message": long, "errors": errors } });
        said_no(answered(Api::new(key()).list(), 400, body.to_string()))
    };
    let cut = "\u{e9}".repeat(1_024);
    let error = read(details(&|n| n.to_string()));
    assert_eq!(error.code.as_ref(), Some(&cut));
    assert_eq!(error.message.as_ref(), Some(&cut));
    assert_eq!(error.fields.len(), 64);
    assert_eq!(error.fields[63], ("63".to_owned(), vec![cut.clone()]));
    let error = read(details(&|_| "url".to_owned()));
    assert_eq!(error.fields, [("url".to_owned(), vec![cut; 16])]);
}

#[test]
fn an_answer_that_nests_deep_is_passed_over() {
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let body = format!(r#"{{"data":[{{"id":"wh_1","new":{nested}}}],"new":{nested}}}"#);
    let call = Api::new(key()).list();
    let webhooks = answered_with(call, 200, &[], &body).expect("it is a list");
    assert_eq!(webhooks[0].id, "wh_1");
}

#[test]
fn the_event_types_of_all_five_have_one_shape() {
    fn shape<E>(all: &[E])
    where
        E: Clone + Debug + Display + Eq + FromStr<Err = UnknownName>,
    {
        for event in all {
            assert_eq!(event.to_string().parse().as_ref(), Ok(event));
        }
        let names: Vec<String> = all.iter().map(ToString::to_string).collect();
        let error = "no.event".parse::<E>().expect_err("it is not listed");
        assert_eq!(error.name(), "no.event");
        assert_eq!(error.listed(), names);
    }
    shape(jetemail::EventType::ALL);
    shape(EventType::ALL);
    shape(sendkit::EventType::ALL);
    shape(sendmux::EventType::ALL);
    shape(sent::EventType::ALL);
}

#[test]
fn calls_and_what_they_make_travel_between_threads() {
    fn travels<T: Debug + Send + Sync + Unpin + 'static>() {}
    travels::<ApiKey>();
    travels::<Api>();
    travels::<CreateWebhook>();
    travels::<Call<Created>>();
    travels::<Reply<Created>>();
    travels::<Created>();
    travels::<RequestError>();
    travels::<ReplyError>();
    travels::<sendmux::Api>();
    travels::<sendmux::Created>();
}
