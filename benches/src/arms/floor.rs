//! FLOOR: what no verification can go below. HMAC-SHA256 from two saved compression states, on the
//! raw block function, and a compare by words. No buffer, no parts, nothing checked.

use sha2::block_api::compress256;

const INITIAL: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// A key as the two states after its blocks.
pub struct Floor {
    inner: [u32; 8],
    outer: [u32; 8],
}

impl Floor {
    /// A key of at most one block.
    pub fn new(key: &[u8]) -> Self {
        let state = |pad: u8| {
            let mut block = [pad; 64];
            for (place, byte) in block.iter_mut().zip(key) {
                *place ^= byte;
            }
            let mut state = INITIAL;
            compress256(&mut state, &[block]);
            state
        };
        Self {
            inner: state(0x36),
            outer: state(0x5c),
        }
    }

    /// Whether the candidate is the MAC of an opening, shorter than a block, and a body.
    #[inline]
    pub fn verify(&self, opening: &[u8], body: &[u8], candidate: &[u8; 32]) -> bool {
        let mut state = self.inner;
        let mut block = [0; 64];
        let mut rest = body;
        let mut held = opening.len();
        block[..held].copy_from_slice(opening);
        if held > 0 && body.len() >= 64 - held {
            let (first, after) = body.split_at(64 - held);
            block[held..].copy_from_slice(first);
            compress256(&mut state, &[block]);
            rest = after;
            held = 0;
        }
        let (blocks, tail) = rest.as_chunks::<64>();
        compress256(&mut state, blocks);
        block[held..held + tail.len()].copy_from_slice(tail);
        held += tail.len();
        close(&mut state, block, held, opening.len() + body.len());

        let mut inner = [0; 64];
        write(&state, &mut inner);
        let mut outer = self.outer;
        close(&mut outer, inner, 32, 32);

        let mut mac = [0; 32];
        write(&outer, &mut mac);
        let words = mac
            .as_chunks::<8>()
            .0
            .iter()
            .zip(candidate.as_chunks::<8>().0);
        let difference = words.fold(0, |difference, (mac, candidate)| {
            difference | (u64::from_ne_bytes(*mac) ^ u64::from_ne_bytes(*candidate))
        });
        difference == 0
    }
}

/// The last block or two: what is held, one bit, zeros and the length with the key's block.
#[inline]
fn close(state: &mut [u32; 8], mut block: [u8; 64], held: usize, length: usize) {
    block[held..].fill(0);
    block[held] = 0x80;
    if held > 55 {
        compress256(state, &[block]);
        block = [0; 64];
    }
    block[56..].copy_from_slice(&((length as u64 + 64) * 8).to_be_bytes());
    compress256(state, &[block]);
}

#[inline]
fn write(state: &[u32; 8], bytes: &mut [u8]) {
    for (place, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *place = word.to_be_bytes();
    }
}
