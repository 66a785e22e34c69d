//! What runs in the server, a script a call, each on one key.
//!
//! The key is a hash that expires. Its field `s` says that the delivery was seen; `o` is the owner
//! of a claim, and is absent once the delivery is done. So of all steps only a claim adds data: the
//! others work on a server that is out of memory.

use redis::Script;

pub(super) const CLAIM: usize = 0;
pub(super) const RENEW: usize = 1;
pub(super) const COMPLETE: usize = 2;
pub(super) const RELEASE: usize = 3;

/// What [`CLAIM`] gives back beside the milliseconds that another's lease has left.
pub(super) const CLAIMED: i64 = -1;
pub(super) const DONE: i64 = -2;

/// What [`RENEW`] and [`COMPLETE`] give back to the owner.
pub(super) const HELD: i64 = 1;

/// `KEYS[1]` the delivery, `ARGV[1]` the owner, `ARGV[2]` the lease or retention in milliseconds.
const SOURCES: [&str; 4] = [
    r"
local held = redis.call('HMGET', KEYS[1], 's', 'o')
if held[2] and held[2] ~= ARGV[1] then
    return math.max(redis.call('PTTL', KEYS[1]), 0)
end
if held[1] and not held[2] then
    return -2
end
redis.call('HSET', KEYS[1], 's', '', 'o', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return -1
",
    r"
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then
    return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
",
    // A delivery that was handled is marked though its claim was forgotten meanwhile.
    r"
local held = redis.call('HMGET', KEYS[1], 's', 'o')
if held[2] and held[2] ~= ARGV[1] then
    return 0
end
if held[2] then
    redis.call('HDEL', KEYS[1], 'o')
elseif not held[1] then
    redis.call('HSET', KEYS[1], 's', '')
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
",
    r"
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then
    return 0
end
return redis.call('DEL', KEYS[1])
",
];

/// The scripts with their digests, by which the server knows them.
pub(super) struct Scripts([Script; 4]);

impl Scripts {
    pub(super) fn new() -> Self {
        Self(SOURCES.map(Script::new))
    }

    pub(super) const fn get(&self, nth: usize) -> &Script {
        &self.0[nth]
    }
}
