//! Schemes from a TOML or JSON file.
//!
//! For providers that have no preset, where a scheme should not be compiled in. A file says what
//! [`SchemeBuilder`](crate::scheme::SchemeBuilder) can, in the same terms, and every lint holds for
//! it. `docs/schemes.md` explains each field, with a whole example in either format.
//!
//! ```
//! use hookproof::config::{Format, Schemes};
//! use hookproof::{Secret, Verifier};
//!
//! let schemes = Schemes::parse(
//!     r#"
//!     [[scheme]]
//!     slug = "acme"
//!     signature = { header = "acme-signature", pairs = { key = "v1", separator = ",", assign = "=" } }
//!     timestamp = { pair = "t" }
//!     content = ["{timestamp}", ".", "{body}"]
//!
//!     [[scheme]]
//!     slug = "stripe-relayed"
//!     extends = "stripe"
//!     signature = { header = "x-relayed-stripe-signature" }
//!     "#,
//!     Format::Toml,
//! )?;
//! let acme = schemes.find("acme").ok_or("no scheme acme")?;
//! let verifier = Verifier::new(acme, Secret::new("5e884898da28047151d0e56f8dc62927"))?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Memory
//!
//! A [`Scheme`] holds `&'static` data only, so what a file says is kept until the process ends: each
//! distinct text, list and scheme once. Reading the same file again gives the same schemes and keeps
//! nothing more. That is for a set-up and its reloads; do not read files that strangers choose.
//! A file that is refused has its texts kept too, at most its own size.

mod error;
mod intern;
mod lint;
mod nearest;
mod places;
mod print;
mod read;
mod table;
mod value;
mod words;
mod write;

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

pub use error::{Fault, SchemesError, SchemesErrorKind};
pub use write::write;

use crate::providers;
use crate::scheme::Scheme;
use nearest::nearest;
use table::{Faults, Table, quoted, shown};
use value::{Fields, Value};

/// The longest text, in bytes.
pub const MAX_TEXT: usize = 1024 * 1024;

/// The most schemes of one text.
pub const MAX_SCHEMES: usize = 256;

/// How a text is written.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// JSON (RFC 8259): an object with the field `scheme`.
    Json,
    /// TOML 1.1: a table `[[scheme]]` each.
    Toml,
}

/// The schemes of one file, in its order.
#[derive(Clone, Debug)]
pub struct Schemes(Vec<&'static Scheme>);

impl Schemes {
    /// Reads a text of at most [`MAX_TEXT`] bytes.
    ///
    /// # Errors
    ///
    /// `bad-syntax`, with line and column; `bad-scheme`, with every fault that can be told;
    /// `too-large`.
    pub fn parse(text: &str, format: Format) -> Result<Self, SchemesError> {
        if text.len() > MAX_TEXT {
            return Err(too_long());
        }
        let mut faults = Vec::new();
        let mut schemes: Vec<&'static Scheme> = Vec::new();
        let mut slugs = HashSet::new();
        for (nth, value) in scheme_tables(value::parse(text, format)?)?
            .into_iter()
            .enumerate()
        {
            match scheme(value, nth + 1) {
                Ok(scheme) if slugs.insert(scheme.slug()) => schemes.push(scheme),
                Ok(scheme) => faults.push(Fault {
                    scheme: Some(scheme.slug().to_owned()),
                    field: Some("slug".to_owned()),
                    ..Fault::new("another scheme of the file has this name: give it another")
                }),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            Ok(Self(schemes))
        } else {
            Err(SchemesError::new(SchemesErrorKind::BadScheme, faults))
        }
    }

    /// Reads a file, whose name ends in `.toml` or `.json`. Blocks.
    ///
    /// # Errors
    ///
    /// `unreadable`, else as [`parse`](Self::parse); all with the file's name.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, SchemesError> {
        let path = path.as_ref();
        load(path).map_err(|error| error.in_file(path))
    }

    /// The scheme of that slug. Presets are not looked at.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<&'static Scheme> {
        self.iter().find(|scheme| scheme.slug() == slug)
    }

    /// The scheme of that slug; where the file has none, the preset. No slug is both.
    #[must_use]
    pub fn find_or_preset(&self, slug: &str) -> Option<&'static Scheme> {
        self.find(slug).or_else(|| providers::find(slug))
    }

    /// Every scheme, in the file's order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'static Scheme> + '_ {
        self.0.iter().copied()
    }

    /// How many there are; at least one.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a file without schemes is refused"
    )]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

fn load(path: &Path) -> Result<Schemes, SchemesError> {
    let extension = path.extension().and_then(|it| it.to_str());
    let format = match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Format::Json,
        Some("toml") => Format::Toml,
        _ => {
            return Err(SchemesError::one(
                SchemesErrorKind::Unreadable,
                "the file's name does not end in .toml or .json, so nothing says how it is written: rename it",
            ));
        }
    };
    let mut bytes = Vec::new();
    // One byte more tells a file that is too long from one that just fits.
    let most = u64::try_from(MAX_TEXT + 1).unwrap_or(u64::MAX);
    let file = File::open(path).map_err(SchemesError::unreadable)?;
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(SchemesError::unreadable)?;
    if bytes.len() > MAX_TEXT {
        return Err(too_long());
    }
    match core::str::from_utf8(&bytes) {
        Ok(text) => Schemes::parse(text, format),
        Err(error) => {
            let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let place = value::line_and_column(&sound, sound.len());
            Err(value::syntax(
                place,
                "the file is not UTF-8: save it as UTF-8",
            ))
        }
    }
}

fn too_long() -> SchemesError {
    SchemesError::one(
        SchemesErrorKind::TooLarge,
        format!("the text is longer than {MAX_TEXT} bytes"),
    )
}

/// What stands under `scheme`, a list or a single one, and nothing else.
fn scheme_tables(file: Value) -> Result<Vec<Value>, SchemesError> {
    let bad = |message: &str| SchemesError::one(SchemesErrorKind::BadScheme, message);
    let Value::Table(fields) = file else {
        return Err(bad("the file is no object: write { \"scheme\": [ … ] }"));
    };
    let faults = Faults::of(None);
    let mut table = Table::new(fields, &faults);
    let schemes = match table.value("scheme") {
        Some(Value::List(schemes)) => schemes,
        Some(scheme) => vec![scheme],
        None => Vec::new(),
    };
    table.finish();
    let found = faults.into_vec();
    if !found.is_empty() {
        return Err(SchemesError::new(SchemesErrorKind::BadScheme, found));
    }
    match schemes.len() {
        0 => Err(bad(
            "the file has no scheme: each begins with [[scheme]] in TOML and stands in the list \"scheme\" in JSON",
        )),
        1..=MAX_SCHEMES => Ok(schemes),
        many => Err(SchemesError::one(
            SchemesErrorKind::TooLarge,
            format!("the file has {many} schemes, and at most {MAX_SCHEMES} are read"),
        )),
    }
}

/// One scheme, or its faults.
fn scheme(value: Value, number: usize) -> Result<&'static Scheme, Vec<Fault>> {
    let Value::Table(fields) = value else {
        let faults = Faults::of(Some(format!("number {number}")));
        faults.push(None, format!("is {}, and not a table", value.kind()));
        return Err(faults.into_vec());
    };
    let faults = Faults::of(Some(name(&fields, number)));
    let mut table = Table::new(fields, &faults);
    let slug = slug(&mut table);
    let base = base(&mut table);
    let scheme = read::scheme(table, slug.unwrap_or_default(), base);
    let found = faults.into_vec();
    if !found.is_empty() {
        return Err(found);
    }
    match scheme.linted() {
        Ok(scheme) => Ok(intern::scheme(scheme)),
        Err(why) => Err(vec![Fault {
            scheme: slug.map(str::to_owned),
            ..Fault::new(lint::in_words_of_a_file(why))
        }]),
    }
}

/// What a scheme is called in messages.
fn name(fields: &Fields, number: usize) -> String {
    let slug = fields.iter().find(|(name, _)| name == "slug");
    match slug {
        Some((_, Value::Text(slug))) if !slug.is_empty() => shown(slug),
        _ => format!("number {number}"),
    }
}

fn slug(table: &mut Table<'_>) -> Option<&'static str> {
    places::needs(table, &["slug"]);
    let slug = places::kept(table, "slug")?;
    if providers::find(slug).is_some() {
        table.fault(
            "slug",
            "is a preset's: give the scheme another name, and where it only changes single facts of the preset, extends",
        );
    }
    Some(slug)
}

/// The preset to start from.
fn base(table: &mut Table<'_>) -> Option<&'static Scheme> {
    let slug = table.text("extends")?;
    let preset = providers::find(&slug);
    if preset.is_none() {
        let near = nearest(&slug, providers::ALL.iter().map(|scheme| scheme.slug()));
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => "`hookproof providers` lists all".to_owned(),
        };
        table.fault("extends", format!("{} is no preset: {hint}", quoted(&slug)));
    }
    preset
}
