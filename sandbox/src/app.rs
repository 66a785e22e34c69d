//! What the request handlers share.

use std::sync::Arc;

use crate::deliver::Deliverer;
use crate::followers::Followers;
use crate::store::Store;

/// What every request handler has at hand.
#[derive(Clone, Debug)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) deliverer: Arc<Deliverer>,
    /// Who follows the changes.
    pub(crate) followers: Arc<Followers>,
    /// Names beside the loopback's under which the sandbox may be asked.
    pub(crate) hosts: Arc<[String]>,
}
