//! What the receiver holds, third by third.

/// By how much the most of the last third may exceed the most of the middle one, in KiB: several times what
/// pages of the allocator and bodies under way come and go by. In ten minutes a leak of 32 bytes an attempt is
/// more, in one of 320.
pub(crate) const BOUND_KIB: u64 = 1_024;

/// Readings at even distances.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    readings: Vec<u64>,
}

impl Memory {
    pub(crate) fn add(&mut self, kib: u64) {
        self.readings.push(kib);
    }

    pub(crate) fn latest(&self) -> u64 {
        self.readings.last().copied().unwrap_or_default()
    }

    /// The least and the most of each third.
    pub(crate) fn thirds(&self) -> [(u64, u64); 3] {
        let length = self.readings.len();
        [0, 1, 2].map(|third| {
            let readings = &self.readings[length * third / 3..length * (third + 1) / 3];
            let least = readings.iter().min().copied();
            let most = readings.iter().max().copied();
            (least.unwrap_or_default(), most.unwrap_or_default())
        })
    }

    /// How much more there was in the last third than is allowed.
    pub(crate) fn grown(&self) -> Option<u64> {
        let [_, (_, middle), (_, last)] = self.thirds();
        let more = last.saturating_sub(middle);
        (more > BOUND_KIB).then_some(more)
    }
}
