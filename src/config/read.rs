//! From a table to a scheme: every fact that [`SchemeBuilder`] takes has its field here.

use super::places::{
    PLACE, about, content, kept, key, names, needs, numbered, place, place_in, required_headers,
};
use super::table::Table;
use super::value::Value;
use crate::clock::Tolerance;
use crate::scheme::{Grammar, Place, ReplayId, Scheme, SchemeBuilder, Timestamp};

/// A scheme under way.
struct Reading {
    scheme: SchemeBuilder,
    /// The preset that it starts from, whose facts stay where the file is silent.
    base: Option<&'static Scheme>,
}

/// The scheme that a table describes. Where the table has faults it may be any.
pub(super) fn scheme(
    mut table: Table<'_>,
    slug: &'static str,
    base: Option<&'static Scheme>,
) -> SchemeBuilder {
    let start = match base {
        Some(base) => base.adjust().slug(slug),
        None => Scheme::builder(slug, ""),
    };
    let mut reading = Reading {
        scheme: start,
        base,
    };
    reading.names(&mut table);
    reading.signature(&mut table);
    reading.keys(&mut table);
    reading.content(&mut table);
    reading.timestamp(&mut table);
    reading.waivers(&mut table);
    reading.replay(&mut table);
    table.finish();
    reading.scheme
}

impl Reading {
    /// Takes a fact over, where the file has it.
    fn set<T>(&mut self, fact: Option<T>, set: impl FnOnce(SchemeBuilder, T) -> SchemeBuilder) {
        if let Some(fact) = fact {
            self.scheme = set(self.scheme, fact);
        }
    }

    /// Takes over what can be said and not taken back.
    fn switch(
        &mut self,
        table: &mut Table<'_>,
        field: &'static str,
        is_on: impl FnOnce(&Scheme) -> bool,
        on: impl FnOnce(SchemeBuilder) -> SchemeBuilder,
    ) {
        match table.flag(field) {
            Some(true) => self.scheme = on(self.scheme),
            Some(false) if self.base.is_some_and(is_on) => table.fault(
                field,
                "the preset that this one extends says true, which cannot be taken back: write the scheme without extends",
            ),
            _ => {}
        }
    }

    fn names(&mut self, table: &mut Table<'_>) {
        self.set(kept(table, "provider"), SchemeBuilder::provider);
        self.set(about(table), SchemeBuilder::about);
    }

    fn signature(&mut self, table: &mut Table<'_>) {
        const FIELD: &str = "signature";
        if self.base.is_none() && !table.has(&[FIELD]) {
            table.fault(
                FIELD,
                "is missing: say where the signature stands, as in { header = \"acme-signature\" }",
            );
        }
        if let Some(mut signature) = table.table(FIELD) {
            if self.base.is_none() && !signature.has(&PLACE) {
                signature
                    .fault_here("does not say where it stands: add header, json, form or query");
            }
            self.set(place(&mut signature), SchemeBuilder::signature);
            self.set(names(&mut signature, "aliases"), SchemeBuilder::aliases);
            self.set(
                names(&mut signature, "alternates"),
                SchemeBuilder::alternates,
            );
            self.set(numbered(&mut signature), SchemeBuilder::numbered);
            self.set(grammar(&mut signature), SchemeBuilder::grammar);
            self.switch(
                &mut signature,
                "trimmed",
                Scheme::is_trimmed,
                SchemeBuilder::trimmed,
            );
            self.set(signature.character("groups"), SchemeBuilder::groups);
            signature.finish();
        }
        self.set(required_headers(table), SchemeBuilder::require_headers);
    }

    fn keys(&mut self, table: &mut Table<'_>) {
        self.set(table.word("algorithm"), SchemeBuilder::algorithm);
        self.set(table.word("encoding"), SchemeBuilder::encoding);
        self.set(key(table), SchemeBuilder::key_format);
    }

    fn content(&mut self, table: &mut Table<'_>) {
        self.set(content(table), SchemeBuilder::content);
        self.set(kept(table, "each"), SchemeBuilder::each);
        self.set(table.word("body-form"), SchemeBuilder::body_form);
        if let Some(mut digest) = table.table("body-digest") {
            needs(&digest, &["digest"]);
            if !digest.has(&PLACE) {
                digest.fault_here("does not say where it stands: add header, json, form or query");
            }
            let at = place(&mut digest).zip(digest.word("digest"));
            digest.finish();
            self.set(at, |scheme, (at, digest)| scheme.body_digest(at, digest));
        }
        self.switch(
            table,
            "port-variants",
            Scheme::has_port_variants,
            SchemeBuilder::port_variants,
        );
        self.switch(
            table,
            "last-field-counts",
            Scheme::last_field_counts,
            SchemeBuilder::last_field_counts,
        );
    }

    fn timestamp(&mut self, table: &mut Table<'_>) {
        let Some(mut table) = table.table("timestamp") else {
            return;
        };
        let has_one = self.base.is_some_and(|base| base.timestamp().is_some());
        if !has_one && !table.has(&PLACE) && !table.has(&["item", "pair"]) {
            table.fault_here(
                "does not say where it stands: add header, pair, item, json, form or query",
            );
        }
        self.set(stamp(&mut table), SchemeBuilder::timestamp);
        self.set(table.word("unit"), SchemeBuilder::unit);
        if table.has(&["tolerance-secs"]) && table.has(&["dangerous-without-window"]) {
            table.fault_here("has a tolerance or is without a window: not both");
        }
        self.set(tolerance(&mut table), SchemeBuilder::tolerance);
        self.switch(
            &mut table,
            "dangerous-without-window",
            |base| base.timestamp().is_some() && base.tolerance().is_none(),
            SchemeBuilder::dangerous_without_window,
        );
        table.finish();
    }

    fn waivers(&mut self, table: &mut Table<'_>) {
        self.set(
            kept(table, "dangerous-parts-touch"),
            SchemeBuilder::dangerous_parts_touch,
        );
        self.set(
            kept(table, "dangerous-body-unsigned"),
            SchemeBuilder::dangerous_body_unsigned,
        );
    }

    fn replay(&mut self, table: &mut Table<'_>) {
        self.set(place_in(table, "delivery-id"), SchemeBuilder::delivery_id);
        self.set(place_in(table, "event-type"), SchemeBuilder::event_type);
        self.set(replay_id(table), SchemeBuilder::replay_id);
        if let Some(mut retries) = table.table("retries") {
            let mut known = match self.base {
                Some(base) => base.retries(),
                None => crate::scheme::Retries::UNKNOWN,
            };
            if let Some(seconds) = retries.number("acknowledge-secs") {
                known = known.acknowledge_within(seconds);
            }
            if let Some(then) = retries.word("after-client-error") {
                known = known.after_client_error(then);
            }
            if let Some(seconds) = retries.number("horizon-secs") {
                known = known.horizon(seconds);
            }
            retries.finish();
            self.scheme = self.scheme.retries(known);
        }
    }
}

/// How the signature's text is written; nothing where the file does not say.
fn grammar(table: &mut Table<'_>) -> Option<Grammar> {
    const FIELDS: [&str; 4] = ["list", "pairs", "plain", "prefix"];
    let many = FIELDS.iter().filter(|field| table.has(&[*field])).count() > 1;
    let optional_alone = table.has(&["prefix-optional"]) && !table.has(&["prefix"]);
    let plain = table.flag("plain");
    let prefix = kept(table, "prefix");
    let optional = table.flag("prefix-optional").unwrap_or(false);
    let list = table.table("list").and_then(list);
    let pairs = table.table("pairs").and_then(pairs);
    if many {
        table.fault_here("is written in one way: keep one of plain, prefix, list, pairs");
    }
    if optional_alone {
        table.fault("prefix-optional", "is said of a prefix: add prefix");
    }
    let plain = (plain == Some(true)).then_some(Grammar::Plain);
    let prefixed = prefix.map(|prefix| Grammar::Prefixed { prefix, optional });
    plain.or(prefixed).or(list).or(pairs)
}

fn list(mut table: Table<'_>) -> Option<Grammar> {
    needs(&table, &["prefix", "separator"]);
    let prefix = kept(&mut table, "prefix");
    let separator = table.character("separator");
    table.finish();
    Some(Grammar::List {
        prefix: prefix?,
        separator: separator?,
    })
}

fn pairs(mut table: Table<'_>) -> Option<Grammar> {
    needs(&table, &["key", "separator", "assign"]);
    let signature = kept(&mut table, "key");
    let separator = table.character("separator");
    let assign = table.character("assign");
    table.finish();
    Some(Grammar::Pairs {
        signature: signature?,
        separator: separator?,
        assign: assign?,
    })
}

/// Where the timestamp stands; nothing where the file does not say.
fn stamp(table: &mut Table<'_>) -> Option<Timestamp> {
    let item = table.number::<u32>("item");
    let item = item.and_then(|nth| usize::try_from(nth).ok());
    let pair = kept(table, "pair");
    let at = place(table);
    match (item, pair, at) {
        (Some(nth), None, None) => Some(Timestamp::Item(nth)),
        (None, Some(key), None) => Some(Timestamp::Pair(key)),
        (None, None, Some(Place::Header(name))) => Some(Timestamp::Header(name)),
        (None, None, Some(place)) => Some(Timestamp::At(place)),
        (None, None, None) => None,
        _ => {
            table.fault_here(
                "stands in one place: keep one of header, pair, item, json, form, query",
            );
            None
        }
    }
}

/// Seconds either way, or a table of both.
fn tolerance(table: &mut Table<'_>) -> Option<Tolerance> {
    const FIELD: &str = "tolerance-secs";
    let (past, future) = match table.value(FIELD)? {
        Value::Number(both) => (u32::try_from(both).ok(), u32::try_from(both).ok()),
        Value::Table(fields) => {
            let mut both = table.inner(FIELD, fields);
            needs(&both, &["past", "future"]);
            let window = (both.number("past"), both.number("future"));
            both.finish();
            (Some(window.0?), Some(window.1?))
        }
        other => return table.unfit(FIELD, "a number or { past = …, future = … }", &other),
    };
    let tolerance = past
        .zip(future)
        .and_then(|(past, future)| Tolerance::try_new(past, future));
    if tolerance.is_none() {
        table.fault(
            FIELD,
            format!(
                "is 0 to {} seconds: longer than seven days is no window",
                Tolerance::MAX_SECS
            ),
        );
    }
    tolerance
}

/// One word, or a place.
fn replay_id(table: &mut Table<'_>) -> Option<ReplayId> {
    const FIELD: &str = "replay-id";
    match table.value(FIELD)? {
        Value::Text(word) => table.meant(FIELD, &word),
        Value::Table(fields) => {
            let mut id = table.inner(FIELD, fields);
            if !id.has(&PLACE) {
                id.fault_here("names no place: add header, json, form or query");
            }
            let place = place(&mut id);
            id.finish();
            place.map(ReplayId::Id)
        }
        other => table.unfit(FIELD, "a word or a table", &other),
    }
}
