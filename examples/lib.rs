//! Examples over the public API.
