//! How a proof travels from a driver to what runs behind it.

use http::Extensions;

use crate::endpoint::Endpoint;
use crate::replay::{HeldClaim, LeaseWatch};
use crate::verify::Proven;

/// What a driver leaves in a request: the proof, and the endpoint that judged it. It cannot be
/// named or made outside the crate, so that nothing else can be put in its place.
#[cfg_attr(
    not(feature = "axum"),
    expect(
        unreachable_pub,
        reason = "public for the sealed traits of the axum module"
    )
)]
#[derive(Clone, Debug)]
pub struct Passed {
    pub(crate) proven: Proven,
    #[cfg_attr(
        not(all(feature = "axum", feature = "events")),
        expect(dead_code, reason = "typed events answer by it")
    )]
    pub(crate) endpoint: Endpoint,
    /// The claim under which the delivery is handled, this endpoint's or one's around it; `None`
    /// without a guard.
    pub(crate) claim: Option<HeldClaim>,
}

impl Passed {
    /// The lease of it.
    pub(crate) fn lease(&self) -> Option<&LeaseWatch> {
        self.claim.as_ref().map(|claim| &claim.lease)
    }
}

impl Proven {
    /// The proof that an endpoint left in a request, for services behind the
    /// [layer](crate::VerifyLayer). `None`: no endpoint is in front.
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    #[must_use]
    pub fn of(extensions: &Extensions) -> Option<&Self> {
        extensions.get::<Passed>().map(|passed| &passed.proven)
    }
}

impl LeaseWatch {
    /// The lease that an endpoint left in a request, for services behind the
    /// [layer](crate::VerifyLayer). `None`: no endpoint with a replay guard is in front.
    #[must_use]
    pub fn of(extensions: &Extensions) -> Option<&Self> {
        extensions.get::<Passed>()?.lease()
    }
}
