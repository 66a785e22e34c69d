//! What handlers take: the proof, as typed events, as JSON of the user's own, or as bytes.

use core::convert::Infallible;
use core::ops::Deref;

use ::axum::extract::{FromRequestParts, OptionalFromRequestParts};
use bytes::Bytes;
use http::request::Parts;

use super::VerifiedRejection;
use crate::layer::passed::Passed;
use crate::observe::log;
use crate::replay::LeaseWatch;
use crate::verify::{Proven, Receipt};

/// What a handler's first argument can be: what is read from a proof, and from nothing else.
///
/// Implemented for this module's extractors, [`Proven`] and [`Receipt`], and closed to others.
pub trait FromProof: Sized {
    /// What it is called in the log.
    #[doc(hidden)]
    const NAME: &'static str;

    #[doc(hidden)]
    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection>;

    /// The same from a proof that nobody else wants.
    #[doc(hidden)]
    fn take(passed: Passed) -> Result<Self, VerifiedRejection> {
        Self::from_proof(&passed)
    }
}

/// A typed event, read from a proven body.
///
/// As the first argument of a handler behind [`Endpoint::handler`](crate::Endpoint::handler), or
/// as an extractor behind [`Endpoint::layer`](crate::Endpoint::layer). It cannot be made in any
/// other way, so a function that takes one cannot be called with an unproven event.
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
#[derive(Clone, Debug)]
pub struct Verified<T>(T);

#[cfg(feature = "events")]
impl<T> Verified<T> {
    /// The event.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

#[cfg(feature = "events")]
impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(feature = "events")]
impl<T: crate::events::Event> FromProof for Verified<T> {
    const NAME: &'static str = "Verified";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        let receipt = passed.proven.receipt();
        if !T::PROVIDERS.contains(&receipt.provider()) {
            log::other_provider(receipt, T::PROVIDERS);
            return Err(VerifiedRejection::other_provider());
        }
        T::from_body(passed.proven.body())
            .map(Self)
            .map_err(|error| {
                VerifiedRejection::unparsable(passed.endpoint.unparsable(receipt, &error))
            })
    }
}

/// A proven body, read as JSON into a type of the user's own, of whichever provider. As
/// [`Verified`] otherwise.
///
/// Where an object has a key twice, the type decides: those that derive serde's `Deserialize` refuse a
/// field of theirs that comes twice, maps and `serde_json::Value` keep the last value.
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
#[derive(Clone, Debug)]
pub struct VerifiedJson<T>(T);

#[cfg(feature = "events")]
impl<T> VerifiedJson<T> {
    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

#[cfg(feature = "events")]
impl<T> Deref for VerifiedJson<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(feature = "events")]
impl<T: serde::de::DeserializeOwned> FromProof for VerifiedJson<T> {
    const NAME: &'static str = "VerifiedJson";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        crate::events::from_json(passed.proven.body())
            .map(Self)
            .map_err(|error| {
                let answer = passed.endpoint.unparsable(passed.proven.receipt(), &error);
                VerifiedRejection::unparsable(answer)
            })
    }
}

/// A proven body, byte for byte as it was signed, with its receipt. As an extractor and as a
/// first argument.
#[derive(Clone, Debug)]
pub struct VerifiedBytes(Proven);

impl VerifiedBytes {
    /// The proven bytes.
    #[must_use]
    pub fn into_inner(self) -> Bytes {
        self.0.into_parts().1
    }

    /// The proof: receipt and bytes.
    pub fn into_proven(self) -> Proven {
        self.0
    }
}

impl Deref for VerifiedBytes {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        self.0.body()
    }
}

impl FromProof for VerifiedBytes {
    const NAME: &'static str = "VerifiedBytes";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        Ok(Self(passed.proven.clone()))
    }

    fn take(passed: Passed) -> Result<Self, VerifiedRejection> {
        Ok(Self(passed.proven))
    }
}

impl FromProof for Proven {
    const NAME: &'static str = "Proven";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        Ok(passed.proven.clone())
    }

    fn take(passed: Passed) -> Result<Self, VerifiedRejection> {
        Ok(passed.proven)
    }
}

impl FromProof for Receipt {
    const NAME: &'static str = "Receipt";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        Ok(passed.proven.receipt().clone())
    }
}

impl FromProof for LeaseWatch {
    const NAME: &'static str = "LeaseWatch";

    fn from_proof(passed: &Passed) -> Result<Self, VerifiedRejection> {
        passed.lease().cloned().ok_or_else(|| {
            log::no_guard(passed.proven.receipt());
            VerifiedRejection::no_guard()
        })
    }
}

fn from_parts<T: FromProof>(parts: &Parts) -> Result<T, VerifiedRejection> {
    match parts.extensions.get::<Passed>() {
        Some(passed) => T::from_proof(passed),
        None => {
            log::not_verified(T::NAME);
            Err(VerifiedRejection::not_verified())
        }
    }
}

macro_rules! extractors {
    ($([$($generics:tt)*] $type:ty,)*) => {$(
        impl<$($generics)* S: Send + Sync> FromRequestParts<S> for $type {
            type Rejection = VerifiedRejection;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
                from_parts(parts)
            }
        }
    )*};
}

extractors! {
    [] VerifiedBytes,
    [] Proven,
    [] Receipt,
    [] LeaseWatch,
}

/// `None` where the endpoint has no replay guard.
impl<S: Send + Sync> OptionalFromRequestParts<S> for LeaseWatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(Self::of(&parts.extensions).cloned())
    }
}

#[cfg(feature = "events")]
extractors! {
    [T: crate::events::Event,] Verified<T>,
    [T: serde::de::DeserializeOwned,] VerifiedJson<T>,
}
