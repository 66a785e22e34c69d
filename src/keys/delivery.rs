//! The keys that one delivery is judged by, and whose they are.

use std::sync::Arc;

use super::BorrowedRing;
#[cfg(feature = "tenants")]
use super::Ring;
use crate::error::VerifyError;

/// The ring that was in force when a delivery began. It is judged by that one to its end.
pub(crate) struct DeliveryKeys {
    pub(crate) ring: BorrowedRing,
    pub(crate) whose: Whose,
}

/// Whose keys they are.
#[cfg_attr(
    not(feature = "tenants"),
    expect(dead_code, reason = "there are no tenants")
)]
pub(crate) enum Whose {
    /// The endpoint's: it has one keyring.
    Endpoint,
    /// A tenant's.
    Tenant(Arc<str>),
    /// Nobody's: a decoy. Nothing is proven by it, whatever the MAC.
    Nobody(DecoyReason),
}

/// Why a delivery is judged by a decoy.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "tenants"),
    expect(dead_code, reason = "there are no tenants")
)]
pub(crate) enum DecoyReason {
    UnknownTenant,
    BadSecret,
}

impl DeliveryKeys {
    pub(crate) const fn own(ring: BorrowedRing) -> Self {
        Self {
            ring,
            whose: Whose::Endpoint,
        }
    }

    #[cfg(feature = "tenants")]
    pub(crate) fn of_tenant(name: &Arc<str>, ring: &Arc<Ring>) -> Self {
        Self {
            ring: BorrowedRing::from_inner(Arc::clone(ring)),
            whose: Whose::Tenant(Arc::clone(name)),
        }
    }

    /// Makes the ring the delivery's own, before it is waited for.
    pub(crate) fn keep(&mut self) {
        self.ring = BorrowedRing::from_inner(Arc::clone(&self.ring));
    }
}

impl Whose {
    /// The tenant, to be told in the receipt.
    pub(crate) fn tenant(&self) -> Option<Arc<str>> {
        match self {
            Self::Tenant(name) => Some(Arc::clone(name)),
            Self::Endpoint | Self::Nobody(_) => None,
        }
    }

    /// Why a delivery is refused, with whose it claimed to be, where that is known.
    #[cold]
    pub(crate) fn tell(&self, error: VerifyError) -> VerifyError {
        match self {
            Self::Tenant(name) => error.of_tenant(name),
            Self::Endpoint | Self::Nobody(_) => error,
        }
    }

    /// The refusal that stands whatever the MAC says.
    pub(crate) fn refusal(&self) -> Option<VerifyError> {
        match self {
            Self::Nobody(why) => Some(why.error()),
            Self::Endpoint | Self::Tenant(_) => None,
        }
    }
}

impl DecoyReason {
    pub(crate) fn error(self) -> VerifyError {
        match self {
            Self::UnknownTenant => VerifyError::unknown_tenant(),
            Self::BadSecret => VerifyError::bad_secret(),
        }
    }
}
