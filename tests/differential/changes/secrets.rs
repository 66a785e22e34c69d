//! Secrets, as they are pasted and as they are mistaken.

use fastrand::Rng;
use hookproof::scheme::Scheme;

use super::When::Content;
use super::{Change, any, has_base64_secret};
use crate::draft::{Draft, one, text, whsec};

pub(crate) const CHANGES: &[Change] = &[
    Change::new("another secret", Content, any, other),
    Change::new("a secret with a blank", Content, any, with_blank),
    Change::new(
        "a secret with its prefix or without",
        Content,
        has_prefix,
        prefix,
    ),
    Change::new("a placeholder for a secret", Content, any, placeholder),
    Change::new("no secret", Content, any, none),
    Change::new("a short secret", Content, any, short),
    Change::new(
        "a secret in loose base64",
        Content,
        has_base64_secret,
        loose,
    ),
    Change::new(
        "a secret above 0x7f",
        Content,
        |it| !has_base64_secret(it),
        high,
    ),
];

fn has_prefix(scheme: &Scheme) -> bool {
    has_base64_secret(scheme) || scheme.slug() == "stripe"
}

fn other(draft: &mut Draft, rng: &mut Rng) {
    draft.secret = whsec(rng, 24);
}

fn with_blank(draft: &mut Draft, rng: &mut Rng) {
    let secret = &draft.secret;
    let secrets = [
        format!(" {secret}"),
        format!("{secret} "),
        format!("{secret}\n"),
        format!("\t{secret}"),
    ];
    let secret = secrets[rng.usize(..secrets.len())].clone();
    draft.share(secret);
}

/// The sender's key stays what it was: for Standard Webhooks the prefix is none of it.
fn prefix(draft: &mut Draft, rng: &mut Rng) {
    let bare = draft.secret.trim_start_matches("whsec_").to_owned();
    draft.secret = match rng.u8(0..3) {
        0 => bare,
        1 => format!("whsec_{bare}"),
        _ => format!("whsec_whsec_{bare}"),
    };
}

fn placeholder(draft: &mut Draft, rng: &mut Rng) {
    let secret = one(
        rng,
        &["changeme", "whsec_...", "${SECRET}", "your_webhook_secret"],
    );
    draft.share(secret.to_owned());
}

fn none(draft: &mut Draft, rng: &mut Rng) {
    let secret = one(rng, &["", " ", "whsec_", "\n"]);
    draft.share(secret.to_owned());
}

fn short(draft: &mut Draft, rng: &mut Rng) {
    let secret = match has_base64_secret(draft.scheme) {
        true => whsec(rng, 6),
        false => text(rng, 3),
    };
    draft.share(secret);
}

fn loose(draft: &mut Draft, rng: &mut Rng) {
    let secret = whsec(rng, 32);
    let at = rng.usize(8..40);
    let (start, end) = secret.split_at(at);
    let secret = match rng.u8(0..5) {
        0 => secret.trim_end_matches('=').to_owned(),
        1 => format!("{start}-{end}"),
        2 => format!("{start} {end}"),
        3 => format!("{start}_{end}"),
        // The character before the padding has two unused bits.
        _ => secret
            .replace("A=", "B=")
            .replace("E=", "F=")
            .replace("I=", "J="),
    };
    draft.share(secret);
}

fn high(draft: &mut Draft, rng: &mut Rng) {
    let secret = format!("{}é日{}", text(rng, 8), text(rng, 8));
    draft.share(secret);
}
