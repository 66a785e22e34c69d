//! Digests by their name, and the HMAC over them.

use hookproof::scheme::Digest;
use sha2::Digest as _;

/// The digest of a message.
#[must_use]
pub fn digest(digest: Digest, message: &[u8]) -> Vec<u8> {
    match digest {
        Digest::Keccak256 => sha3::Keccak256::digest(message).to_vec(),
        Digest::Md5 => md5::Md5::digest(message).to_vec(),
        Digest::Sha1 => sha1::Sha1::digest(message).to_vec(),
        Digest::Sha256 => sha2::Sha256::digest(message).to_vec(),
        Digest::Sha384 => sha2::Sha384::digest(message).to_vec(),
        Digest::Sha512 => sha2::Sha512::digest(message).to_vec(),
        _ => panic!("a digest that this reference does not know"),
    }
}

/// RFC 2104, section 2.
#[must_use]
pub fn hmac(of: Digest, key: &[u8], message: &[u8]) -> Vec<u8> {
    let length = match of {
        Digest::Sha384 | Digest::Sha512 => 128,
        _ => 64,
    };
    let mut block = if key.len() > length {
        digest(of, key)
    } else {
        key.to_vec()
    };
    block.resize(length, 0);
    let padded = |pad: u8| block.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
    let inner = digest(of, &[&padded(0x36), message].concat());
    digest(of, &[&padded(0x5c), inner.as_slice()].concat())
}

/// The MAC of nearly all.
#[must_use]
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    hmac(Digest::Sha256, key, message)
}

#[cfg(test)]
mod tests {
    use hookproof::scheme::Encoding;

    use super::super::encode;
    use super::*;

    #[test]
    fn hmac_agrees_with_rfc_4231() {
        let hex = |bytes: &[u8]| encode(Encoding::Hex, bytes);
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], long)),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert_eq!(
            hex(&hmac(Digest::Sha512, &[0xaa; 131], long)),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
        );
    }
}
