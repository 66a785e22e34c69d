//! Keys and signatures of RSA.

use super::*;

/// A key of 2048 bits with the exponent 3, whose owner made all signatures below but one.
const KEY: &str = "MIIBIDANBgkqhkiG9w0BAQEFAAOCAQ0AMIIBCAKCAQEAuT7ivQhPC6Rqn8f9aHkVCVmQmQi1Ck8lyIsywjHLSY0J9BAxXvYFYGEEa/F54aeOQQnqy+Aolx5oHhizdpasKO1yPRvDdc4OauPRUHxeBuwGQHkhL1ZsNdtc4brDRWPPyZ10e8cWH7tZzcKqaesOWXWRI9mn01H1RZzfQwOGJyxlBIHAE4PtK6c8k37kpy+tXz0L7Awt+0fiAp7C2KaTgwyn+teDMl6wmGQCOrmWCtXjgF8b/DnPsngXu7tyQtngyV0i0ZIFZLhO7BZE5o87K2HOad8x2e47gvObktUFhHv0Y59XDPk5gV0LZ4nNgXDTDjzhJZoT7Sf6hbkLB5SXzQIBAw==";
const GENUINE: &str = "Fxg0gyq/nE+f74teu8biuTmSKelhznsX5xfgSNiOCc4E9CLuBJ/SOyk8jYAmgAUNsH6HLROL6NeoxXYoaFScRz0FkC6E6/tUNYq89MKY1mJA+O7xitf+59HdkcjExAFPc0do0gPxTecLAGiOibwqtYDvRonAXNn2wWSswHRmLkKemGBEsBUZ1xNpThj7xcDoUYO/TLwA9B95aPQXEDczlPcqfSPR18XAsJJiQBweqcQzAfL+W6BncF8f0LhtuM7CehwZXmzrPxz6Oo/EzU4YL2WNzgLdD8CRIDdET9CWyt8mbomF8EpUKgdklIniNCtURgerqWDHgtB2i8XtETw6LA==";

/// Made without the private key: a cube root whose cube begins with short padding and the
/// digest, and ends in garbage. Verifiers that do not look at the end take it.
const CUBE_ROOT: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMsv9SnrceQVYPXZ1IPUWQHWRdtN4JvLvY649x6Y7a/dFP5gQSIe2OxQE0O/lpSQ05n0KnKiB/RBAOBtXUTB2NyTed9tTG3C8PX5H9Qm1AyA+bhngOQ==";

/// Made by the owner, each off PKCS#1 v1.5 over SHA-256 in one way.
const DEVIATIONS: [(&str, &str); 8] = [
    (
        "the digest's identifier without its NULL",
        "SM25vA0PnDxzsNkykS3CVyNrxO60gi0orz4SQe2jQrKp9C/PgRXwZ5qFZlMAfd2uD2wnXmlsCB78TeuFaHkoCM7sIJKUbTtU0qusMQVI1HHLrqASNhLHcL4dfnELCD/qXPSsTX7IA18N/gbbDjwTmLN/8bzFrNb2Bb0KTwoRd0gIeev10MEaFbtzdyQItSgJIzeG5ooZuuyPSKyUJRqiuYqIjbu0bcIBBoU79815uhDxkCK5rEgh4UTh4jHWz7FMLqTfCCVpCqsQxuKd3l+y2a38kVxjrD8WpSffNDl4gmEKBff1hYbTocEAirtPDPLvNgqySEAmKW8LxgCiHV0BCQ==",
    ),
    (
        "a length in BER",
        "C5X0Uy9UPXazX8o/dnSzUQveRhMOGBcYqT4/hcLK9ga/aToVU0pwU1QQ/Z2UrwqXH2kmsJV/vSXs0DIuoM5YOgQI5Z3XJQy72N9VCjhRBG6xRDB8Ny839/1M/05jK019u7pep+/Os42D4PDodvxy4cTApxKP74cYkKb09De/te4wH8fjvMliIDUOuUhlLfwYn4LduVng/a60vzilzXA4qqF5F7slpxykRnk8qIsPUHR5ATuG6fFEdQ4sL4ORJ1zQdlkNhBRso2p5oneS6cyQsVgfDYaWteJZ4JurQp3aQfp43ogqZ+qmbEkNkVzIwXluNogkBAbJvuW9RqwoBLBidA==",
    ),
    (
        "block type 2",
        "AEZ9EHD/HKFTB9mpSJhohuGZ+5HF6lbePcCy5zVSx9xvx8qpmhlRkSAO9JQUnBKEunIVworJGHwX3JFI57PBqqdcxNdS5hX82+EKPT2PiOmpoVy3aS58CxrREEVkgGroxNqE7WiKf0+qOi1h/seE7U/lbBkw8d0qj4dPqw+AVwJfxw7fFZ+jHqyJHJG/QEzT0L74ihkX+bNq9/B0CMkw3u3XgLPNV2NUTM/Ss54+Nv06FDZnOhvMH5bEiBHDbq9vt4HKX/yfknmcYXt16UB3VHipY155Fpn2Tb84UR1Slr+GXVSuTSqtGxbGIrvrIrX0aQhaivPFARmtX+Q/pFkJKQ==",
    ),
    (
        "block type 0, filled with zeros",
        "SoifK5JyYCjt9QzT4t7MzOGmB2OaZgnAegx87c/QDV4E0WCYOzwJoinxWfKSiYtFBcQMRh+J9F3hCwUxEyyCwDLFi7fbBZWc0nUWDNGYJ2YDGIPmgWWXCAbqedpoUmy29GAcoql59G5vyEDcdzuO4HXkxqtwOf9K7dw0kEQRDayYs6S9jJJfvlHtJEGKlgWm7zLhP7o3mXB3JYIhXJzaaclBQkVQMQacbHWwp+dorY3NRH0GAQJ53li6nhOD4IVdf99awdO/1tig0wtBqr26SJmSIGnbg2kM32lZjF2NwsisZthmgjd5o5y8N5v2+F3hz/JuNjljhxbZJ29anPWvDQ==",
    ),
    (
        "MD5",
        "UEQpZ04MHjFObq4TvxuK18rRuF/ha7miIrFjB3ulJGowZEJTLArTIftmx8Y0JdLxIDvSPlqPPTq4uheHi0+kLd+4AKvANfjz2YA4W+3R26fQkOXpcB5R1iTtKfhMoCJSNdS/rdn5UAYirbQE64L2Ic1EntqXMLpBbFbtJNHpXJ2vS5JzBa9nJG3Kx/mO1nykWdJ9n4KEumTuxEcAWd5OqBnjy8NugT6iovOgyAyEV++xErioPnRmDVBvJgfIemTQyd3OZIdapeeCWJj3IkygW6553JpZy8vsdbCYdygS20yCBBsLnHqhiMNYEuSYildeEoQ0+g3DbmnTKHW7h+I/OA==",
    ),
    (
        "the digest without an identifier",
        "qY0pxitcDHupLZNDA4mCMSMjxjTNzqgZ1YF+VhdvjyLhPvcZ10lyf+87E6ZJbdz38mgDxCaR/x5K6nD1DZGUyRxUrFabrBWi4/xrXZYzS3nlYDwjkHeufGBObeeZDky1MJX9TtimjPHF5A7ej6yGjWl7h06gqOGCRiDA3YX88RBf299tvo8nbs6S6ectvFDisShKso45LuF8C9ZUNkVwYy6cM4Giff3K7hmVg6LmdS6DVeSFgQaJ0KE4lb0vVtapPPxQffq8N8sJmuL91k7ZJ2aNcuQ9UT+n3cAWIxZFVENW05jKzrYUhnfe6ynVLck4DSsZbykieOngegwVcfXZkw==",
    ),
    (
        "SHA-1",
        "snRsxwQ9M9Y9RiMkQH8qaAjgDAUmfojAlWjsu/spn+WhzpmAPwbdrTB3o6DtqQ+EqD5FOX1Xsu2x3PCUHeWWJgANpqgrMGTXCJ6lzkUTc11WCxbngz6kGcEEq96uLbX/L+9CZ8T7mrndyvYwLZ8vAJ0cTvy3m053Z7LxfVIWy7+EaSJ1AjzjT2oa+cBGb4APD7Qom8dD5Znkq2vxWsliKVzMIVQvXCi6mMk9OMRPNLVTbjGeK6MLcQgRm8LUPlmUY9ey1KP3ld5eeloqTukJP6bBBpdpcQEB8VmZ+872fVAe5rt5IIicTSVek23VzufNs1ttYjpe/1eACXBmmbfNXg==",
    ),
    (
        "PSS",
        "AATliql48MnnlTB7pP8aYrND3DTYAPN4hmP02aoFy8DE2W447zd0LRgFhIVCbsHoRq+n5KYdhKhpBiCsjsDOyepGMh0bH6W/Ci4so5mCZ2qx32+QqN1tesSp9Ebricw9buCakeLlW2gTSmW45I3J51RTi7GzXDx4Ah2RCeHeziTMCLRs4yh+IRD2ZACMsBTzK8SyfLsyn7POZf5vKMy5yVykzZ5NFIbjBv/AqEhaZWfpIABZ9Afg09ilDJmvbA7NpwR5N2RulRenuEmJpEWnhe6NvRTFYkWzl7xReYMjwsScg/NyF5+8dE1/CUc3pCRRnqPZnsXWWL4yFR1JbYsGrA==",
    ),
];

fn read(n: &[u8], e: &[u8]) -> Result<PublicKey, ConfigError> {
    let key = der(0x30, &[&integer(n), &integer(e)]);
    read_spki(PublicAlgorithm::RsaSha256, &spki(&[RSA_OID, NULL], &key))
}

fn key() -> PublicKey {
    read_spki(PublicAlgorithm::RsaSha256, &bytes(KEY)).expect("a good key")
}

fn modulus() -> Vec<u8> {
    match key().0 {
        Key::Rsa(_, key) => key.n,
        _ => panic!("an RSA key"),
    }
}

#[test]
fn only_the_one_padding_is_taken() {
    assert!(key().verifies(MESSAGE, &bytes(GENUINE)));
    assert!(!key().verifies(MESSAGE, &bytes(CUBE_ROOT)));
    for (how, signature) in DEVIATIONS {
        assert!(!key().verifies(MESSAGE, &bytes(signature)), "{how}");
    }
}

#[test]
fn a_signature_is_as_long_as_the_modulus_and_below_it() {
    let genuine = bytes(GENUINE);
    assert!(!key().verifies(MESSAGE, &[&[0], genuine.as_slice()].concat()));
    let stripped: Vec<u8> = bytes(CUBE_ROOT)
        .into_iter()
        .skip_while(|b| *b == 0)
        .collect();
    assert!(!key().verifies(MESSAGE, &stripped));
    for extreme in [modulus(), vec![0xff; 256], vec![0; 256]] {
        assert!(!key().verifies(MESSAGE, &extreme));
    }
    // The signature plus the modulus, which has the same power.
    let mut sum = [&[0], genuine.as_slice()].concat();
    let mut carry = 0;
    for (byte, add) in sum
        .iter_mut()
        .rev()
        .zip([&[0], modulus().as_slice()].concat().iter().rev())
    {
        let total = u16::from(*byte) + u16::from(*add) + carry;
        *byte = total.to_be_bytes()[1];
        carry = total >> 8;
    }
    let start = usize::from(sum[0] == 0);
    assert!(!key().verifies(MESSAGE, &sum[start..]));
}

#[test]
fn short_keys_are_refused() {
    assert_refused(
        read_spki(
            PublicAlgorithm::RsaSha256,
            &bytes(
                "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCt6wFI+C2tn6EOcU1sVooeHLXj1RZt/em8BHRuVVx7w+QrIXxih2pLAZ6Xi+C9rUhFu9snLrpFkETLNV2+jh/19wi0GZBzeAKGCguOCjZuckDg5FoNpMIAxrBw9NlMq3/+5k+mumn/Ehmfe9H6KOcSSxO5H44zIS0h502I7UShOQIDAQAB",
            ),
        ),
        "1024 bits",
    );
    let mut n = modulus();
    n[0] = 0x7f;
    assert_refused(read(&n, &[1, 0, 1]), "2047 bits");
    assert_refused(read(&[15], &[3]), "4 bits");
    assert_refused(read(&[], &[3]), "0 bits");
}

#[test]
fn keys_have_2048_to_8192_bits() {
    for bytes in [256, 257, 384, 512, 1024] {
        read(&vec![0xff; bytes], &[1, 0, 1]).expect("a length that is taken");
    }
    assert_refused(
        read(&[&[1][..], &[0xff; 1024]].concat(), &[1, 0, 1]),
        "8193 bits",
    );
    assert_refused(read(&[0xff; 4096], &[1, 0, 1]), "32768 bits");
}

/// Under the exponent 1 every padded message is its own signature.
#[test]
fn exponents_and_moduli_that_no_key_has_are_refused() {
    for e in [
        &[][..],
        &[1],
        &[2],
        &[4],
        &[1, 0, 0],
        &[2, 0, 0, 0, 1],
        &[1; 9],
        &[0xff; 300],
    ] {
        assert_refused(read(&modulus(), e), "none that RSA can have");
    }
    for e in [&[3][..], &[17], &[1, 0, 1], &[1, 0xff, 0xff, 0xff, 0xff]] {
        assert!(read(&modulus(), e).is_ok(), "{e:?}");
    }
    let mut even = modulus();
    even[255] ^= 1;
    assert_refused(read(&even, &[3]), "none that RSA can have");
}

#[test]
fn a_modulus_and_an_exponent_are_all_there_is() {
    let (n, e) = (integer(&modulus()), integer(&[3]));
    let negative = der(2, &[&modulus()]);
    let long = der(2, &[&[0, 0], &modulus()]);
    for key in [
        der(0x30, &[&n]),
        der(0x30, &[&n, &e, &e]),
        der(0x30, &[&negative, &e]),
        der(0x30, &[&long, &e]),
        [der(0x30, &[&n, &e]), vec![0]].concat(),
        [n, e].concat(),
        vec![],
    ] {
        let read = read_spki(PublicAlgorithm::RsaSha256, &spki(&[RSA_OID, NULL], &key));
        assert_refused(read, "not a modulus and an exponent");
    }
}
