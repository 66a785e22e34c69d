//! From a scheme to a file's text: what reading takes, in the same words.

use super::Format;
use super::print::print;
use super::value::{Fields, Value};
use super::words::Word;
use crate::clock::Tolerance;
use crate::scheme::{
    About, AfterClientError, Algorithm, BodyForm, Encoding, FormJson, Grammar, KeyFormat, Part,
    Place, ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// The text of a file that describes these schemes, in full: nothing extends a preset. For starting
/// a scheme of one's own from one that is known; its slug is to be changed, since a file's schemes
/// have names of their own.
///
/// # Example
///
/// ```
/// use hookproof::config::{Format, write};
/// use hookproof::providers;
///
/// let text = write([&providers::SENDMUX], Format::Toml);
/// assert!(text.starts_with("[[scheme]]\nslug = \"sendmux\"\n"));
/// ```
#[must_use]
pub fn write<'s>(schemes: impl IntoIterator<Item = &'s Scheme>, format: Format) -> String {
    let schemes: Vec<Fields> = schemes.into_iter().map(fields).collect();
    print(&schemes, format)
}

/// All that a scheme says, but for the defaults.
fn fields(scheme: &Scheme) -> Fields {
    let mut fields = Fields::new();
    add(&mut fields, "slug", Some(text(scheme.slug())));
    let provider = scheme.provider();
    add(
        &mut fields,
        "provider",
        (provider != scheme.slug()).then(|| text(provider)),
    );
    add(&mut fields, "signature", Some(signature(scheme)));
    let required = scheme.required_headers().iter();
    let required =
        required.map(|(name, value)| table([("name", text(name)), ("value", text(value))]));
    add(&mut fields, "required-headers", list(required));
    add(
        &mut fields,
        "algorithm",
        word(scheme.algorithm(), Algorithm::HMAC_SHA256),
    );
    add(
        &mut fields,
        "encoding",
        word(scheme.encoding(), Encoding::Hex),
    );
    add(&mut fields, "key", key(scheme.key_format()));
    add(
        &mut fields,
        "content",
        list(scheme.content().iter().map(part)),
    );
    add(&mut fields, "each", scheme.each().map(text));
    add(
        &mut fields,
        "body-digest",
        scheme.body_digest().map(|(at, digest)| {
            let mut fields = place(at);
            fields.push(("digest".to_owned(), text(digest.word())));
            Value::Table(fields)
        }),
    );
    add(
        &mut fields,
        "body-form",
        word(scheme.body_form(), BodyForm::Sent),
    );
    add(
        &mut fields,
        "port-variants",
        flag(scheme.has_port_variants()),
    );
    add(
        &mut fields,
        "last-field-counts",
        flag(scheme.last_field_counts()),
    );
    add(
        &mut fields,
        "timestamp",
        scheme.timestamp().map(|at| timestamp(scheme, at)),
    );
    add(
        &mut fields,
        "dangerous-parts-touch",
        scheme.parts_touch().map(text),
    );
    add(
        &mut fields,
        "dangerous-body-unsigned",
        scheme.body_unsigned().map(text),
    );
    add(
        &mut fields,
        "delivery-id",
        scheme.delivery_id().map(|at| Value::Table(place(at))),
    );
    add(
        &mut fields,
        "event-type",
        scheme.event_type().map(|at| Value::Table(place(at))),
    );
    add(&mut fields, "replay-id", replay_id(scheme.replay_id()));
    add(&mut fields, "retries", retries(scheme.retries()));
    add(&mut fields, "about", scheme.about().map(about));
    fields
}

fn signature(scheme: &Scheme) -> Value {
    let mut fields = place(scheme.signature());
    let texts = |names: &[&'static str]| list(names.iter().copied().map(text));
    add(&mut fields, "aliases", texts(scheme.aliases()));
    add(&mut fields, "alternates", texts(scheme.alternates()));
    add(
        &mut fields,
        "numbered",
        scheme.numbered().map(|numbered| {
            table([
                ("prefix", text(numbered.prefix)),
                ("last", Value::Number(numbered.last.into())),
            ])
        }),
    );
    match scheme.grammar() {
        Grammar::Plain => {}
        Grammar::Prefixed { prefix, optional } => {
            add(&mut fields, "prefix", Some(text(prefix)));
            add(&mut fields, "prefix-optional", flag(optional));
        }
        Grammar::List { prefix, separator } => add(
            &mut fields,
            "list",
            Some(table([
                ("prefix", text(prefix)),
                ("separator", character(separator)),
            ])),
        ),
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => add(
            &mut fields,
            "pairs",
            Some(table([
                ("key", text(signature)),
                ("separator", character(separator)),
                ("assign", character(assign)),
            ])),
        ),
    }
    add(&mut fields, "trimmed", flag(scheme.is_trimmed()));
    add(&mut fields, "groups", scheme.groups().map(character));
    Value::Table(fields)
}

fn timestamp(scheme: &Scheme, at: Timestamp) -> Value {
    let mut fields = match at {
        Timestamp::At(at) => place(at),
        Timestamp::Header(name) => place(Place::Header(name)),
        Timestamp::Item(nth) => {
            // No list has as many items as would not fit.
            let nth = i64::try_from(nth).unwrap_or(i64::MAX);
            vec![("item".to_owned(), Value::Number(nth))]
        }
        Timestamp::Pair(key) => vec![("pair".to_owned(), text(key))],
    };
    add(&mut fields, "unit", word(scheme.unit(), Unit::Seconds));
    match scheme.tolerance() {
        None => add(&mut fields, "dangerous-without-window", flag(true)),
        Some(Tolerance::DEFAULT) => {}
        Some(tolerance) => {
            let (past, future) = (tolerance.past().into(), tolerance.future().into());
            let both = table([
                ("past", Value::Number(past)),
                ("future", Value::Number(future)),
            ]);
            let tolerance = if past == future {
                Value::Number(past)
            } else {
                both
            };
            add(&mut fields, "tolerance-secs", Some(tolerance));
        }
    }
    Value::Table(fields)
}

fn key(format: KeyFormat) -> Option<Value> {
    Some(match format {
        KeyFormat::Text => return None,
        KeyFormat::Base64 { prefix: "" }
        | KeyFormat::Hex
        | KeyFormat::PublicBase64 { prefix: "" }
        | KeyFormat::PublicDer
        | KeyFormat::PublicHex
        | KeyFormat::PublicPem => text(format.word()),
        KeyFormat::Base64 { prefix: further }
        | KeyFormat::PublicBase64 { prefix: further }
        | KeyFormat::TextThen(further) => table([(format.word(), text(further))]),
        KeyFormat::TextDigest(digest) => table([(format.word(), text(digest.word()))]),
    })
}

fn part(part: &Part) -> Value {
    match *part {
        Part::Body
        | Part::Method
        | Part::Path
        | Part::RawQuery
        | Part::Secret
        | Part::SortedForm
        | Part::Timestamp
        | Part::Url
        | Part::UrlWithoutQuery => text(part.word()),
        // As a text of its own it could be read as a part.
        Part::Literal(literal) if literal.contains('{') => table([(part.word(), text(literal))]),
        Part::Literal(literal) => text(literal),
        Part::BodyDigest(digest) => table([(part.word(), text(digest.word()))]),
        Part::Canonical(rule) => table([(part.word(), text(rule.word()))]),
        Part::Config(name) => table([(part.word(), text(name))]),
        Part::Form(name) => Value::Table(place(Place::Form(name))),
        Part::FormJson(at) => Value::Table(place(Place::FormJson(at))),
        Part::Header(name) => Value::Table(place(Place::Header(name))),
        Part::Query(name) => Value::Table(place(Place::Query(name))),
        Part::Json { pointer, absent } => {
            let mut fields = place(Place::Json(pointer));
            add(&mut fields, "absent", absent.map(text));
            Value::Table(fields)
        }
    }
}

fn replay_id(id: ReplayId) -> Option<Value> {
    match id {
        ReplayId::Body => None,
        ReplayId::Id(at) => Some(Value::Table(place(at))),
        ReplayId::Content
        | ReplayId::ContentWithoutTimestamp
        | ReplayId::Indistinct
        | ReplayId::UnsignedBody => Some(text(id.word())),
    }
}

fn retries(retries: Retries) -> Option<Value> {
    let mut fields = Fields::new();
    let seconds = |seconds: Option<u32>| seconds.map(|it| Value::Number(it.into()));
    add(
        &mut fields,
        "acknowledge-secs",
        seconds(retries.acknowledge_secs),
    );
    add(
        &mut fields,
        "after-client-error",
        word(retries.after_client_error, AfterClientError::Unknown),
    );
    add(&mut fields, "horizon-secs", seconds(retries.horizon_secs));
    (!fields.is_empty()).then_some(Value::Table(fields))
}

fn about(about: &About) -> Value {
    let mut fields = Fields::new();
    add(&mut fields, "name", Some(text(about.name())));
    add(&mut fields, "family", Some(text(about.family().word())));
    add(
        &mut fields,
        "confidence",
        Some(text(about.confidence().word())),
    );
    add(&mut fields, "source", Some(text(about.source())));
    add(&mut fields, "handshake", about.handshake().map(text));
    add(&mut fields, "replay-note", about.replay_note().map(text));
    add(&mut fields, "batches", flag(about.has_batches()));
    Value::Table(fields)
}

fn place(place: Place) -> Fields {
    let one = |name: &str, value| vec![(name.to_owned(), text(value))];
    match place {
        Place::Form(name) => one("form", name),
        Place::FormJson(&FormJson { field, pointer }) => vec![
            ("form".to_owned(), text(field)),
            ("json".to_owned(), text(pointer)),
        ],
        Place::Header(name) => one("header", name),
        Place::Json(pointer) => one("json", pointer),
        Place::Query(name) => one("query", name),
    }
}

fn add(fields: &mut Fields, name: &str, value: Option<Value>) {
    fields.extend(value.map(|value| (name.to_owned(), value)));
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn character(byte: u8) -> Value {
    Value::Text(char::from(byte).to_string())
}

/// A flag, where it is set.
fn flag(set: bool) -> Option<Value> {
    set.then_some(Value::Flag(true))
}

/// A word, where it is not the default.
fn word<T: Word + PartialEq>(value: T, default: T) -> Option<Value> {
    (value != default).then(|| text(value.word()))
}

/// A list, where it has items.
fn list(items: impl Iterator<Item = Value>) -> Option<Value> {
    let items: Vec<Value> = items.collect();
    (!items.is_empty()).then_some(Value::List(items))
}

fn table<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Table(fields.map(|(name, value)| (name.to_owned(), value)).into())
}
