//! The four ways through which each provider's deliveries come in.

use std::str::FromStr;

/// How a delivery reaches the handler, and where it is remembered.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Gate {
    LayerMemory,
    LayerRedis,
    HandlerMemory,
    HandlerRedis,
}

impl Gate {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [
        Self::LayerMemory,
        Self::LayerRedis,
        Self::HandlerMemory,
        Self::HandlerRedis,
    ];

    /// The name in paths, in lines and in what is printed.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::LayerMemory => "layer-memory",
            Self::LayerRedis => "layer-redis",
            Self::HandlerMemory => "handler-memory",
            Self::HandlerRedis => "handler-redis",
        }
    }

    /// Whether the tower layer stands in front, and not the handler adapter.
    pub(crate) const fn is_layer(self) -> bool {
        matches!(self, Self::LayerMemory | Self::LayerRedis)
    }

    /// Whether deliveries are remembered in Redis, and not in memory.
    pub(crate) const fn needs_redis(self) -> bool {
        matches!(self, Self::LayerRedis | Self::HandlerRedis)
    }
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(slug: &str) -> Result<Self, String> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|gate| gate.slug() == slug);
        found.ok_or_else(|| format!("there is no gate {slug}"))
    }
}
