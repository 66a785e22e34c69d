//! Names that a provider lists and may add to: event types, states.

use core::fmt;
use std::error::Error;

/// A name that the provider does not list.
///
/// What is listed may have grown since: `EventType::Unlisted` sends any name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownName {
    name: String,
    listed: &'static [&'static str],
}

impl UnknownName {
    pub(super) fn new(name: &str, listed: &'static [&'static str]) -> Self {
        Self {
            name: name.to_owned(),
            listed,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names that are listed.
    #[must_use]
    pub const fn listed(&self) -> &'static [&'static str] {
        self.listed
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not one of {}",
            self.name,
            self.listed.join(", ")
        )
    }
}

impl Error for UnknownName {}

/// What [`names`] writes.
pub(super) trait Named: Sized {
    /// The name in an answer, which may be newer than the list.
    fn received(name: String) -> Self;
}

/// Writes an open enum: a variant for each listed name, and `Unlisted`. A second name after `or` is
/// read, and never sent. Names under `old` are no longer listed, and can still be sent; those under
/// `received` are only ever read.
macro_rules! names {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$listed_meta:meta])* $listed:ident = $text:literal $(or $alias:literal)?,)+
        }
        $(old {
            $($(#[$old_meta:meta])* $old:ident = $old_text:literal,)+
        })?
        $(received {
            $($(#[$received_meta:meta])* $received:ident = $received_text:literal,)+
        })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$listed_meta])* $listed,)+
            $($($(#[$old_meta])* $old,)+)?
            $($($(#[$received_meta])* $received,)+)?
            /// A name that is not listed, as it is sent or was received.
            Unlisted(String),
        }

        impl $name {
            /// What the provider lists at present.
            pub const ALL: &'static [Self] = &[$(Self::$listed),+];

            $(
                /// What the provider listed before.
                pub const OLD: &'static [Self] = &[$(Self::$old),+];
            )?

            /// The provider's name of it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$listed => $text,)+
                    $($(Self::$old => $old_text,)+)?
                    $($(Self::$received => $received_text,)+)?
                    Self::Unlisted(name) => name,
                }
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::subscribe::UnknownName;

            /// Reads a name that has a variant. The error has those that are listed.
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($text $(| $alias)? => Ok(Self::$listed),)+
                    $($($old_text => Ok(Self::$old),)+)?
                    $($($received_text => Ok(Self::$received),)+)?
                    _ => Err($crate::subscribe::UnknownName::new(name, &[$($text),+])),
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::subscribe::names::Named for $name {
            fn received(name: String) -> Self {
                name.parse().unwrap_or(Self::Unlisted(name))
            }
        }
    };
}

pub(super) use names;
