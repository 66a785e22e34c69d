//! Public keys that are read or refused, and signatures that verify or do not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::ed25519::signature::Signer;
use p256::ecdsa::Signature;

use super::*;
use crate::error::ConfigErrorKind;

/// A genuine signature, in base64.
struct Vector {
    algorithm: PublicAlgorithm,
    container: Container,
    key: &'static str,
    message: &'static str,
    signature: &'static str,
}

const VECTORS: &[Vector] = &[
    // HighLevel.
    Vector {
        algorithm: PublicAlgorithm::Ed25519,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAq0XDuIhpAn6Rbf88OQlgRljMAFGhliQCHtzXa3k1NyM=
-----END PUBLIC KEY-----",
        message: r#"{"id":"evt_0001","type":"example.created","data":{"note":"café ☕"}}"#,
        signature: "JQloQvYsipgRrGdHz5UBj+H8MhzpkGZX5VBFuUHTfl1x7w4w8CLfIisAUT3mhPdcTX6zA/cv3GFuirQfglYmAA==",
    },
    // Standard Webhooks.
    Vector {
        algorithm: PublicAlgorithm::Ed25519,
        container: Container::RawBase64 { prefix: "whpk_" },
        key: "whpk_EZzmYA8Lo6EiJ0mJHY8JOxRdQOHme4UR+xatrLtbRWU=",
        message: r#"evt_4a7f22c82acc_0.1760000000.{"amount":4200,"note":"café – naïve"}"#,
        signature: "FwIH/4v67DSwyo//s2UzOiJoT58XNbRgpdf0U9VN6J4MiokMtKAOOTPyLDHipA2SaWB87qHprHm+vyip48K+CQ==",
    },
    // RFC 8032, 7.1, test 2, in the container of Discord.
    Vector {
        algorithm: PublicAlgorithm::Ed25519,
        container: Container::RawHex,
        key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        message: "r",
        signature: "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==",
    },
    // The same in the container of Telnyx.
    Vector {
        algorithm: PublicAlgorithm::Ed25519,
        container: Container::RawBase64 { prefix: "" },
        key: "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
        message: "r",
        signature: "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==",
    },
    // Signed as SendGrid does.
    Vector {
        algorithm: PublicAlgorithm::EcdsaP256Sha256,
        container: Container::SpkiBase64,
        key: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqe7+7lbQFGzNpIU7FKL8Y35Eg2QEd5ysdM4g4+1Qon+oL/ZrG1Yy4Uo3jBSA4y7PQeAvem2WdhwrGrMPpQMpxA==",
        message: "1700000000[{\"event\":\"delivered\",\"sg_event_id\":\"e1\"}]\r\n",
        signature: "MEQCIDaXECq83O7ehy4IurY+3HSEG4XNAu6dspd+G3XP9I2JAiB2GLVwjSiwU9n0wFRjS1a/uvIaa9m4WzGr2uWO6ZGlEw==",
    },
    // Circle.
    Vector {
        algorithm: PublicAlgorithm::EcdsaP256Sha256,
        container: Container::SpkiBase64,
        key: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDIx2OREStuWNoJ8vZbaGp/4ZHUJav1gcO3NnynPB7/yuSBqjEGqIKKr7OBLv8ixFckRmPMKefXv92wQkSFD+TA==",
        message: r#"{"notificationId":"evt_ffb6a146108e_0","notificationType":"payment.updated","amount":4200,"note":"café – naïve"}"#,
        signature: "MEQCICWJb0i+N2rEM7IJ8M6a46rVCoFcMPyCHCX2ZtG7cvW0AiBkZpyoSfO+9dhRiEaT6VWUT0qIUpfGSKCbE6ZEcgv5tA==",
    },
    // HighLevel's older header.
    Vector {
        algorithm: PublicAlgorithm::RsaSha256,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5rVfWexyx3mzbaH4k3tz
n/C7ALX4X3HmEsdYhiRfU4B8K84B/GvOtyh6k3QJQfzrM7XrDJO6svrehh+8yceb
ol+qNA69dbl/h2oGoJr5ULbL9bA32YPMKuejrk7DIfS78t4VBgAAZpPvheELJzKD
iMYXZGyOL8+/1DTd6PkufnpXktWXDZ//eKHyb9tvJfUNjLZstlzBSS1G05+aVDfl
JzNMOImXn+ZBOGp3Gj7/uWmzmFAzLtDx9aZv1XjXSqM/RTXfSILKJVJfA6+jrmPe
jIU4QHkjChUtaZXXLXd1qsKe+H7Ih7zsr/czLn0DEKDAPO636Vybz3I4MGWYAkL6
GQIDAQAB
-----END PUBLIC KEY-----",
        message: r#"{"id":"evt_0001","type":"example.created","data":{"note":"café ☕"}}"#,
        signature: "whyU8RRyX/WlCth373U+3WjX35S0RtqIL/irzZhXB7RKcWVOX5cDOyAZHXPsLGH+kECFCjo5udEcyuFyxGCK4xgPubsBfR53njU9go2qlx/Ghg2wKifWdFG6aySRBzfZkZ9Dp8FUYqcQTPy599o0zzFeP2wxU8WmWgX8qxsATL8q7fdd9hNPQL4QsxBj/hzyPbEKzOmAFHtJ+HAKmFurxNpETz7Bv+bEKq5s45x7qHPisTlpQRvy4bZ26SbP/RtBWTLUGhAP4Jqflzib6uo5Hm05P9qUFhFdBCMrDYmHVxvVmt3Mbf0Cwt3D3cSPCrRmxc2IXkuyqUOnOi4mTnijbw==",
    },
    // Wise.
    Vector {
        algorithm: PublicAlgorithm::RsaSha256,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxarIDmY128CdrrsNePWK
F9D4YnT7lJwWI5lw8/nVHTdzQuWRI9c7l2iZ6IEWBlohbgZxYaCcJYVAtteZPXCl
csh5DUJGNOjm6tF1rR5pFz75iqHAMZCg4AHnp3sJwRLr1XJXz0foXfhtXdjSRwDZ
X2wt5D7PJfhplUB8Q9waeLmIkn+6AAp+l9U8/4j6uTW8aFQ0eq95OltAFL4VL3pQ
5vUHgUbS4cCzQUX+JJnkgO0GafN4OinOlJaaggRui/zzXLNqii/Dwlj/9i9FlzKq
xmuFs0IjRk1Vs0tMbEXZci7XZvaEpX9bfxt6VIhDjDnzzgUDGi0D5D+PPyp/+GJv
bwIDAQAB
-----END PUBLIC KEY-----",
        message: r#"{"event_type":"payment.updated","amount":4200,"note":"café – naïve"}"#,
        signature: "NJU0w4MtPDRNwP5wDwWk+/JjLhMd0iL2cdKYgvLa22ZjRluyeVwpW16dkW9yBlwKfHbqfXtRDcTgVxTviWB8SrCOBDcshkztU/yusIXlrCEyPd7ZpjqdR0G7DfzKRbL+MiuOJ8s7STBqqjkrOUrzLyuu/blRsPSg5fSIiRcESwW0V7nCUJxKDeJppD45MwQjiFbzi7sBJVW08usxImEq+APQhe2uVxiedr9coLpz2+0ustXIG0ayOz9s2cx6/BqV2eD2Ufd4JuO0Qrc+XntMA+AJoyaWcyk/hv+5JmZH9Z+Pl6LagbPtVTlF7bSpp21XWF/5Q+Wxj6ikn2VCb9hSKw==",
    },
    // Postal.
    Vector {
        algorithm: PublicAlgorithm::RsaSha256,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApNOz0PCaYVhyWT5LaELe
HWBM2qM1AbMT1SLBG1T3qK2nkd9CkGgHg6B0CkJh+Ddn34v/GKeSeq/MLxSoIKhu
XRq5fcKR9+xFAS6yHeoQpXRbH4KCH1CKl+lY/U+/0w5+nv8Y4dYhydgw6gag7QGC
2/YgTIljOAZte4q/07DqT0hjg9heWD7aw5KAx7NmRPJ/bSCmDa9eJ6Rz6gPkZClV
4DY8wYhVVTSYzgTOvCy3kMB3XJIyhe9p2pOtte0DRDNrX0ys5oUGVKwudbG1JIiB
w+lTNiiZ0GvHFHhXbJOKIgVfoY5nBbUzswQbBF5J+0yAmWSk0i2mAe1WOnLbmIOk
qwIDAQAB
-----END PUBLIC KEY-----",
        message: r#"{"id":"evt_0001","type":"example.created","data":{"note":"café ☕"}}"#,
        signature: "dLIGk/qhPaiNKqaqLbJDhkg9nVCureUfqVmnmt4HyyBOrAa5OGUXmp1B/qvNL5vYEqTlyTe6SdEuTMC33hhbLlK79liXAMaPZgi+oczhMLyLlVnyDfagnSadnF/XptK7ZwnrrWFJG38JBrJrHGkyIPnlvecjp2cXAlwz+9CPh1TWCwwFkRHGpPfNzYeH6uRoR8gcbfCZcvK24KFlc7PBWU6fh46QtNQH3mNdB4uaf3t5x2/ZojVdvvoazu0jY8FsX6ZL2PB1Hie5zGgjlS8tMbabraRX2dIV1a8jiKSiDRGjSWN2ThuIIvYRSj0OAONlnCfRwMFM+S7B+0GbDriRkg==",
    },
    // Alipay, published with its own library.
    Vector {
        algorithm: PublicAlgorithm::RsaSha256,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqObrdC7hrgAVM98tK0nv
3hSQRGGKT4lBsQjHiGjeYZjOPIPHR5knm2jnnz/YGIXIofVHkA/tAlBAd5DrY7Yp
vI4tP5EONLtZKC2ghBMx7McI2wRD0xiqzxOQr1FuhZGJ8/AUokBzJrzY+aGX2xcO
rxFYRlFilvVLTXg4LWjR1tdPkO6+i7wQZAIVMClPkwVRZEbaERRHlKqTzv2gGv5r
DU8gRoe1LeaN+6BlbTqHWkQcNCUNrA8C6l17XAXGKDsm/9TFWwO8EPHHHCaQdjtV
5/FdcWIt+L8SR1ss7EXTjYDFtxcKVv9rEoY1lX8T4mX+GbXfZHraG5NCF1+XioL5
JwIDAQAB
-----END PUBLIC KEY-----",
        message: r#"app_id=2019073166072302&auth_app_id=2019073166072302&buyer_id=2088102534368455&buyer_logon_id=xud***@126.com&buyer_pay_amount=0.10&charset=utf-8&fund_bill_list=[{"amount":"0.10","fundChannel":"ALIPAYACCOUNT"}]&gmt_create=2019-08-15 15:56:22&gmt_payment=2019-08-15 15:56:24&invoice_amount=0.10&notify_id=2019081500222155624068450559358070&notify_time=2019-08-15 15:56:25&notify_type=trade_status_sync&out_trade_no=20190815155618536-564-57&point_amount=0.00&receipt_amount=0.10&seller_email=z97-yuquerevenue@service.aliyun.com&seller_id=2088531891668739&subject=语雀空间 500人规模&total_amount=0.10&trade_no=2019081522001468450512505578&trade_status=TRADE_SUCCESS&version=1.0"#,
        signature: "QfTb8tqE1BMhS5qAnXtvsF3/jBkEvu9q9en0pdbBUDDjvKycZhQb7h8GDs4FKfi049PynaNuatxSgLb/nLWZpXyyh0LEWdK2S6Ri7nPwrVgOs08zugLO20vOQz44y3ti2Ncm8/wZts1Fr2gZ7pShnVX3d1B50hbsXnObT1r/U8ONNQjWXd0HIul4TG+Q3fm3svmSvFEy0WnzuhcyHPX5Gm4ELNctL6Qd5YniGJFNcc7kopHYtI/XD9YCKCH6Ct02rzUs9i11C9CsadtZn+WhxF26Dqt9sGEFajkJ8cxUTLi8+VCpLHsgPE8P0y095uQcDdK0YjCh4x7wVSov+lrmOQ==",
    },
];

#[cfg(feature = "legacy-digests")]
const OVER_SHA1: &[Vector] = &[
    // eBay, published with its own library.
    Vector {
        algorithm: PublicAlgorithm::EcdsaP256Sha1,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZhhxXKtR+TOvtDbgTPCkSof02qgBB7IsYOyf76ilExJ/upAa/vKIKheOoCyOpcLmi4t0b4uepb7LLjmMr90FUg==
-----END PUBLIC KEY-----",
        message: r#"{"metadata":{"topic":"MARKETPLACE_ACCOUNT_DELETION","schemaVersion":"1.0","deprecated":false},"notification":{"notificationId":"49feeaeb-4982-42d9-a377-9645b8479411_33f7e043-fed8-442b-9d44-791923bd9a6d","eventDate":"2021-03-19T20:43:59.462Z","publishDate":"2021-03-19T20:43:59.679Z","publishAttemptCount":1,"data":{"username":"test_user","userId":"ma8vp1jySJC","eiasToken":"nY+sHZ2PrBmdj6wVnY+sEZ2PrA2dj6wJnY+gAZGEpwmdj6x9nY+seQ=="}}}"#,
        signature: "MEYCIQCfxfIWuxmWcIBQJ9c5/X7iGDJqs2RCGsBEaAjinyrrfAIhAIV6wGcTiBuV5KJUif2hokyrL+Q9ssHkad+mx2nEE25w",
    },
    // Postal's older header.
    Vector {
        algorithm: PublicAlgorithm::RsaSha1,
        container: Container::Pem,
        key: "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApNOz0PCaYVhyWT5LaELe
HWBM2qM1AbMT1SLBG1T3qK2nkd9CkGgHg6B0CkJh+Ddn34v/GKeSeq/MLxSoIKhu
XRq5fcKR9+xFAS6yHeoQpXRbH4KCH1CKl+lY/U+/0w5+nv8Y4dYhydgw6gag7QGC
2/YgTIljOAZte4q/07DqT0hjg9heWD7aw5KAx7NmRPJ/bSCmDa9eJ6Rz6gPkZClV
4DY8wYhVVTSYzgTOvCy3kMB3XJIyhe9p2pOtte0DRDNrX0ys5oUGVKwudbG1JIiB
w+lTNiiZ0GvHFHhXbJOKIgVfoY5nBbUzswQbBF5J+0yAmWSk0i2mAe1WOnLbmIOk
qwIDAQAB
-----END PUBLIC KEY-----",
        message: r#"{"id":"evt_0001","type":"example.created","data":{"note":"café ☕"}}"#,
        signature: "dOTB4I1+/uNWrb5qA0SoPl65JtuFwxlH8cdyFoNeQuEsXS5u/zVlADYXl1mt2LQR3BBoH53UeIB+WSjL8cSAtnkx8sWDoQcmQAPF01BbqpUpcn+N+qSx/3NrOmlY/i2BgCFZDBql+3GZCkR/CnkmkWA6pKzSSlzZzXDSa1sSDbQoKSg+UQYeG79r78lbAuViLWUSqv4A5g56WhXaHUfNDQuyCxdla5pQEKBH8eF1nxdKpMuuvqqQe0fwdDWdebubQWQZkSFKqDVqun5kYFXubW/7GgJzkZiITNau0sdMBOsVE0+qf9DCnOUuSl1Gv5MWsEKBBSM7Wni2d35/sd1krw==",
    },
];

#[cfg(not(feature = "legacy-digests"))]
const OVER_SHA1: &[Vector] = &[];

fn vectors() -> impl Iterator<Item = &'static Vector> {
    VECTORS.iter().chain(OVER_SHA1)
}

impl Vector {
    fn key(&self) -> PublicKey {
        PublicKey::read(self.algorithm, self.container, self.key).expect("a good key")
    }

    fn signature(&self) -> Vec<u8> {
        bytes(self.signature)
    }

    fn verifies(&self, signature: &[u8]) -> bool {
        self.key().verifies(self.message.as_bytes(), signature)
    }
}

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).expect("base64")
}

fn unhex(text: &str) -> Vec<u8> {
    hex::decode(text).expect("hex")
}

/// The message of the keys below.
const MESSAGE: &[u8] = br#"{"id":1}"#;

/// One element of DER.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut element = vec![tag];
    match u16::try_from(content.len()).expect("short") {
        short @ 0..=127 => element.push(short.to_be_bytes()[1]),
        short @ 128..=255 => element.extend([0x81, short.to_be_bytes()[1]]),
        long => element.extend([&[0x82], long.to_be_bytes().as_slice()].concat()),
    }
    element.extend(content);
    element
}

/// An unsigned number in DER.
fn integer(value: &[u8]) -> Vec<u8> {
    let start = value.iter().take_while(|byte| **byte == 0).count();
    let digits = value.get(start..).unwrap_or_default();
    match digits.first() {
        None => der(2, &[&[0]]),
        Some(128..) => der(2, &[&[0], digits]),
        Some(_) => der(2, &[digits]),
    }
}

const ED25519_OID: &[u8] = &[6, 3, 0x2b, 0x65, 0x70];
const EC_OID: &[u8] = &[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256_OID: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const RSA_OID: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_PSS_OID: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
const NULL: &[u8] = &[5, 0];

fn spki(identifier: &[&[u8]], key: &[u8]) -> Vec<u8> {
    der(0x30, &[&der(0x30, identifier), &der(3, &[&[0], key])])
}

fn read_spki(algorithm: PublicAlgorithm, der: &[u8]) -> Result<PublicKey, ConfigError> {
    PublicKey::read(algorithm, Container::SpkiBase64, &STANDARD.encode(der))
}

#[track_caller]
fn assert_refused(read: Result<PublicKey, ConfigError>, message: &str) {
    let error = read.expect_err("the key is refused");
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    assert!(error.to_string().contains(message), "{error}");
}

/// What is written where a private key stands must shout.
#[track_caller]
fn assert_shouts(read: Result<PublicKey, ConfigError>) {
    assert_refused(read, "NEVER paste a private key");
}

mod signatures {
    use super::*;

    #[test]
    fn genuine_ones_verify() {
        for vector in vectors() {
            let signature = vector.signature();
            assert!(vector.verifies(&signature), "{}", vector.key);
        }
    }

    #[test]
    fn no_other_message_verifies() {
        for vector in vectors() {
            let (key, signature) = (vector.key(), vector.signature());
            assert!(!key.verifies(b"", &signature));
            assert!(!key.verifies(format!("{} ", vector.message).as_bytes(), &signature));
        }
    }

    #[test]
    fn no_other_key_verifies() {
        for vector in vectors() {
            for other in vectors().filter(|other| !same_key(vector, other)) {
                assert!(
                    !other
                        .key()
                        .verifies(vector.message.as_bytes(), &vector.signature())
                );
            }
        }
        fn same_key(one: &Vector, other: &Vector) -> bool {
            one.message == other.message && one.signature == other.signature
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_is_refused() {
        for vector in vectors() {
            let (key, genuine) = (vector.key(), vector.signature());
            for place in 0..genuine.len() {
                let mut flipped = genuine.clone();
                flipped[place] ^= 1 << (place % 8);
                assert!(
                    !key.verifies(vector.message.as_bytes(), &flipped),
                    "{place}"
                );
            }
        }
    }

    #[test]
    fn other_lengths_and_blanks_are_refused() {
        for vector in vectors() {
            let (key, genuine) = (vector.key(), vector.signature());
            let message = vector.message.as_bytes();
            for length in 0..genuine.len() {
                assert!(!key.verifies(message, &genuine[..length]), "{length}");
            }
            for extra in [&[0][..], &[0; 8], &[0xff], &[0; 100_000]] {
                assert!(!key.verifies(message, &[&genuine, extra].concat()));
                assert!(!key.verifies(message, &[extra, &genuine].concat()));
            }
            for blank in [vec![0; 64], vec![0xff; 64], vec![0; 256], vec![0xff; 256]] {
                assert!(!key.verifies(message, &blank));
            }
        }
    }

    #[cfg(feature = "legacy-digests")]
    #[test]
    fn a_digest_is_never_taken_for_another() {
        let pairs = [
            (PublicAlgorithm::RsaSha1, PublicAlgorithm::RsaSha256),
            (
                PublicAlgorithm::EcdsaP256Sha1,
                PublicAlgorithm::EcdsaP256Sha256,
            ),
        ];
        for vector in vectors() {
            for (one, other) in pairs {
                let swapped = if vector.algorithm == one {
                    other
                } else if vector.algorithm == other {
                    one
                } else {
                    continue;
                };
                let key = PublicKey::read(swapped, vector.container, vector.key).expect("good");
                assert!(!key.verifies(vector.message.as_bytes(), &vector.signature()));
            }
        }
    }
}

mod ed25519 {
    use super::*;

    /// The order of the base point, least byte first.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    /// All points of small order, and after them forms of some that are not canonical.
    const WEAK: [&str; 13] = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    fn owner() -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(&[9; 32])
    }

    fn key() -> PublicKey {
        read(&hex::encode(owner().verifying_key())).expect("a good key")
    }

    fn read(text: &str) -> Result<PublicKey, ConfigError> {
        PublicKey::read(PublicAlgorithm::Ed25519, Container::RawHex, text)
    }

    #[test]
    fn a_scalar_that_is_not_reduced_is_refused() {
        let mut signature = owner().sign(MESSAGE).to_bytes();
        assert!(key().verifies(MESSAGE, &signature));
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_be_bytes()[1];
            carry = sum >> 8;
        }
        assert!(!key().verifies(MESSAGE, &signature));
    }

    /// The owner can make these, and verifiers that are not strict take the first.
    #[test]
    fn a_point_of_small_order_in_a_signature_is_refused() {
        let identity = unhex(
            "01000000000000000000000000000000000000000000000000000000000000002c778bebb705f90b1cc19065a7e326da454e8ec05dc95bbc56dde42056554e00",
        );
        assert!(!key().verifies(MESSAGE, &identity));
        for point in WEAK {
            let other = [&unhex(point), &identity[32..]].concat();
            assert!(!key().verifies(MESSAGE, &other));
        }
    }

    #[test]
    fn a_key_of_small_order_is_refused() {
        for point in WEAK {
            assert_refused(read(point), "weak");
        }
    }

    #[test]
    fn a_key_that_is_not_canonical_is_refused() {
        for end in ["7f", "ff"] {
            assert_refused(read(&format!("f0{}{end}", "ff".repeat(30))), "canonical");
        }
    }

    #[test]
    fn a_key_that_is_no_point_is_refused() {
        assert_refused(read(&format!("02{}", "00".repeat(31))), "no point");
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        for length in [1, 31, 33, 44, 63, 65] {
            assert_refused(read(&"07".repeat(length)), &format!("{length} bytes"));
        }
    }
}

mod ecdsa {
    use super::*;

    const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    fn owner() -> p256::ecdsa::SigningKey {
        p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("in range")
    }

    fn point() -> Vec<u8> {
        owner()
            .verifying_key()
            .to_sec1_point(false)
            .as_bytes()
            .to_vec()
    }

    fn read(spki: &[u8]) -> Result<PublicKey, ConfigError> {
        read_spki(PublicAlgorithm::EcdsaP256Sha256, spki)
    }

    fn key() -> PublicKey {
        read(&spki(&[EC_OID, P256_OID], &point())).expect("a good key")
    }

    fn sign() -> Signature {
        owner().sign(MESSAGE)
    }

    /// A signature in DER from the contents of its two numbers.
    fn pair(r: &[u8], s: &[u8]) -> Vec<u8> {
        der(0x30, &[&der(2, &[r]), &der(2, &[s])])
    }

    /// The numbers of a genuine signature, as DER holds them.
    fn numbers() -> [Vec<u8>; 2] {
        let (r, s) = sign().split_bytes();
        [integer(&r)[2..].to_vec(), integer(&s)[2..].to_vec()]
    }

    #[test]
    fn both_of_the_two_equal_signatures_verify() {
        let signature = sign();
        let (r, s) = signature.split_scalars();
        let other = Signature::from_scalars(r, -s).expect("in range");
        assert_ne!(signature, other);
        assert!(key().verifies(MESSAGE, signature.to_der().as_bytes()));
        assert!(key().verifies(MESSAGE, other.to_der().as_bytes()));
    }

    #[test]
    fn only_der_is_taken() {
        let [r, s] = numbers();
        let (first, second) = (der(2, &[&r]), der(2, &[&s]));
        let inner = [first.as_slice(), &second].concat();
        let length = inner.len().to_be_bytes()[7];
        assert!(key().verifies(MESSAGE, &pair(&r, &s)));
        let lax = [
            // Bytes after the whole, and after the numbers within it.
            [pair(&r, &s), vec![0]].concat(),
            der(0x30, &[&inner, &[5, 0]]),
            der(0x30, &[&inner, &[0]]),
            der(0x30, &[&inner, &second]),
            // Leading zeros that no sign asks for.
            pair(&[&[0], r.as_slice()].concat(), &s),
            pair(&r, &[&[0, 0], s.as_slice()].concat()),
            // Lengths in a longer form than they need, or none.
            [&[0x30, 0x81, length], inner.as_slice()].concat(),
            [&[0x30, 0x82, 0, length], inner.as_slice()].concat(),
            [&[0x30, 0x80], inner.as_slice(), &[0, 0]].concat(),
            der(0x30, &[&[2, 0x81, r.len().to_be_bytes()[7]], &r, &second]),
            // Other tags, and one number alone.
            [&[0x31, length], inner.as_slice()].concat(),
            der(0x30, &[&der(4, &[&r]), &second]),
            der(0x30, &[&first]),
            inner,
            // The form of tokens: two numbers side by side.
            sign().to_bytes().to_vec(),
        ];
        for signature in lax {
            assert!(!key().verifies(MESSAGE, &signature), "{signature:02x?}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let [r, s] = numbers();
        let order = unhex(ORDER);
        let mut above = order.clone();
        above[31] += 1;
        let bad = [
            integer(&[])[2..].to_vec(),
            integer(&order)[2..].to_vec(),
            integer(&above)[2..].to_vec(),
            integer(&[0xff; 32])[2..].to_vec(),
            integer(&[0xff; 33])[2..].to_vec(),
            vec![1; 100],
            // Negative, and without any digit.
            vec![0xff],
            vec![0x80],
            order,
            vec![],
        ];
        for number in &bad {
            assert!(!key().verifies(MESSAGE, &pair(number, &s)), "{number:02x?}");
            assert!(!key().verifies(MESSAGE, &pair(&r, number)), "{number:02x?}");
            assert!(
                !key().verifies(MESSAGE, &pair(number, number)),
                "{number:02x?}"
            );
        }
        assert!(!key().verifies(MESSAGE, &pair(&[1], &[1])));
    }

    /// r + n names the same point where it fits; only the least number is the signature's.
    #[test]
    fn a_number_that_is_not_reduced_is_refused() {
        let (r, s) = sign().split_bytes();
        let mut sum = vec![0; 33];
        let mut carry = 0;
        for ((byte, one), other) in sum
            .iter_mut()
            .rev()
            .zip(s.iter().rev())
            .zip(unhex(ORDER).iter().rev())
        {
            let total = u16::from(*one) + u16::from(*other) + carry;
            *byte = total.to_be_bytes()[1];
            carry = total >> 8;
        }
        sum[0] = carry.to_be_bytes()[1];
        assert!(!key().verifies(MESSAGE, &der(0x30, &[&integer(&r), &integer(&sum)])));
    }

    #[test]
    fn points_come_whole_or_compressed_and_in_no_other_form() {
        let whole = point();
        let compressed = owner()
            .verifying_key()
            .to_sec1_point(true)
            .as_bytes()
            .to_vec();
        let read = |point: &[u8]| read(&spki(&[EC_OID, P256_OID], point));
        let key = read(&compressed).expect("a good key");
        assert!(key.verifies(MESSAGE, sign().to_der().as_bytes()));
        let mut off = whole.clone();
        off[64] ^= 1;
        let bad = [
            vec![],
            vec![0],
            off,
            [&[5], &whole[1..33]].concat(),
            [&[6], &whole[1..]].concat(),
            [&[7], &whole[1..]].concat(),
            whole[1..].to_vec(),
            whole[..64].to_vec(),
            [whole.as_slice(), &[0]].concat(),
            [&[4][..], &[0; 64]].concat(),
            [&[4][..], &[0xff; 64]].concat(),
        ];
        for point in bad {
            assert_refused(read(&point), "no point");
        }
    }
}

mod rsa {
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
}

mod texts {
    use super::*;

    const ED25519: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAq0XDuIhpAn6Rbf88OQlgRljMAFGhliQCHtzXa3k1NyM=\n-----END PUBLIC KEY-----";
    const P384: &str = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEEd4kosJRx3dXPKxeoCXkZ/II5R2/+Y/FT2Zhy+Vlg7A3iC9KHKKX5gq828ODbYS8j6aWx3RA+S0PWDfpCgDnxShLRHdU1d7ojJhlM7aQGusxd2htCuj7MxhEFKvmwXE6";
    const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIHDMHegAwIBAgIBATAFBgMrZXAwDDEKMAgGA1UEAwwBeDAeFw0yNjAxMDEwMDAw
MDBaFw0yNzAxMDEwMDAwMDBaMAwxCjAIBgNVBAMMAXgwKjAFBgMrZXADIQD9FyQ4
WqDHW2T7eM1gL6HZkf3r92sTxY7XAurINen2GDAFBgMrZXADQQD1jsdGKUw9yiB6
/iqCXERuK36WUJ1duzt0Vd3VSlmGloGJgcorn9+3WwCAxiPIcS0D6LxOsVgcc2Mx
goaTNLoF
-----END CERTIFICATE-----";
    const CERTIFICATE_DER: &str = "MIHDMHegAwIBAgIBATAFBgMrZXAwDDEKMAgGA1UEAwwBeDAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAwMDBaMAwxCjAIBgNVBAMMAXgwKjAFBgMrZXADIQD9FyQ4WqDHW2T7eM1gL6HZkf3r92sTxY7XAurINen2GDAFBgMrZXADQQD1jsdGKUw9yiB6/iqCXERuK36WUJ1duzt0Vd3VSlmGloGJgcorn9+3WwCAxiPIcS0D6LxOsVgcc2MxgoaTNLoF";

    /// Private keys in DER: PKCS#8, the same under a password, and SEC1.
    const PRIVATE: [&str; 3] = [
        "MC4CAQAwBQYDK2VwBCIEIAkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ",
        "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBAZkw3RgWzoHqMWwGMGr67wAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQzGa+fOit1cVO3DKtpVvYXARAflf/yOAG+I5Vjz3kv/KMqPPq6uOQ/IM6/vUSncIB2XZ/L8hQ/Ji3uI1CuV7yg/uy1QBwsZ4khA7AhOkcevha1A==",
        "MHcCAQEEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHoAoGCCqGSM49AwEHoUQDQgAEHhhTL9R1TALzBB2cdc6zO4P/2BrHzk/ogsyxyYvFiW6kbDEcTi/0DdlqNlPm5FRF0y3+SG7O11x6kMahiIHAow==",
    ];

    const ALL: [PublicAlgorithm; 5] = [
        PublicAlgorithm::Ed25519,
        PublicAlgorithm::EcdsaP256Sha1,
        PublicAlgorithm::EcdsaP256Sha256,
        PublicAlgorithm::RsaSha1,
        PublicAlgorithm::RsaSha256,
    ];

    const CONTAINERS: [Container; 4] = [
        Container::Pem,
        Container::SpkiBase64,
        Container::RawHex,
        Container::RawBase64 { prefix: "whpk_" },
    ];

    fn pem(text: &str) -> Result<PublicKey, ConfigError> {
        PublicKey::read(PublicAlgorithm::Ed25519, Container::Pem, text)
    }

    fn block(label: &str, base64: &str) -> String {
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
    }

    #[test]
    fn a_pem_block_may_be_broken_anywhere_and_have_white_space_around_it() {
        for text in [
            ED25519.to_owned(),
            format!("\r\n\t {ED25519} \n\n"),
            ED25519.replace('\n', "\r\n"),
            ED25519.replace('\n', " "),
            ED25519.replace('\n', ""),
            ED25519.replace("VwAyEA", "VwA\n yEA"),
        ] {
            assert!(pem(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_pem_block_with_anything_else_around_it_is_refused() {
        for text in [
            format!("key: {ED25519}"),
            format!("{ED25519}\nkey"),
            format!("{ED25519}\n{ED25519}"),
            format!("\u{feff}{ED25519}"),
            format!("\"{ED25519}\""),
        ] {
            assert_refused(pem(&text), "before or after");
        }
    }

    #[test]
    fn what_is_not_whole_pem_is_refused() {
        for text in [
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN ",
            "MCowBQYDK2VwAyEAq0XDuIhpAn6Rbf88OQlgRljMAFGhliQCHtzXa3k1NyM=",
            &ED25519.replace("-----END PUBLIC KEY-----", ""),
            &ED25519.replace("END PUBLIC", "END RSA PUBLIC"),
            &ED25519.replace("KEY-----", "KEY--"),
            &ED25519.to_lowercase(),
        ] {
            assert_refused(pem(text), "is not PEM");
        }
        assert_refused(pem(&ED25519.replace('\n', "\\n")), "written out");
        for text in [
            ED25519.replace("MCow", "MC*ow"),
            ED25519.replace("MCow", "Comment: a key\n\nMCow"),
            ED25519.replace("NyM=", "NyM=NyM="),
            ED25519.replace("MCow", "MCo\u{a0}w"),
        ] {
            assert_refused(pem(&text), "not base64");
        }
        assert_refused(pem(&ED25519.replace("MCow", "")), "cut off");
        assert_refused(pem(&block("PUBLIC KEY", "")), "cut off");
    }

    #[test]
    fn a_private_key_is_refused_loudly_in_every_container() {
        let labels = [
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "EC PRIVATE KEY",
            "RSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
        ];
        for container in CONTAINERS {
            for algorithm in ALL {
                for label in labels {
                    let text = block(label, PRIVATE[0]);
                    assert_shouts(PublicKey::read(algorithm, container, &text));
                    let both = format!("{ED25519}\n{text}");
                    assert_shouts(PublicKey::read(algorithm, container, &both));
                }
                assert_shouts(PublicKey::read(algorithm, container, "whsk_CQkJCQkJ"));
            }
        }
    }

    #[test]
    fn a_private_key_without_its_label_is_refused_loudly_too() {
        let base64 = Container::RawBase64 { prefix: "whpk_" };
        for key in PRIVATE {
            assert_shouts(pem(&block("PUBLIC KEY", key)));
            assert_shouts(read_spki(PublicAlgorithm::EcdsaP256Sha256, &bytes(key)));
            assert_shouts(PublicKey::read(PublicAlgorithm::Ed25519, base64, key));
            let hex = hex::encode(bytes(key));
            assert_shouts(PublicKey::read(
                PublicAlgorithm::Ed25519,
                Container::RawHex,
                &hex,
            ));
        }
        // The seed and the public key in a row.
        let pair = ed25519_dalek::SigningKey::from_bytes(&[9; 32]).to_keypair_bytes();
        for (container, text) in [
            (Container::RawHex, hex::encode(pair)),
            (base64, STANDARD.encode(pair)),
        ] {
            assert_shouts(PublicKey::read(PublicAlgorithm::Ed25519, container, &text));
        }
    }

    #[test]
    fn no_error_and_no_debug_shows_the_text() {
        let error = pem(&block("PRIVATE KEY", PRIVATE[0])).expect_err("refused");
        assert!(!format!("{error:?}").contains("MC4C"));
        for vector in vectors() {
            let debug = format!("{:?}", vector.key());
            assert!(
                debug.starts_with("PublicKey(") && debug.len() < 30,
                "{debug}"
            );
        }
    }

    #[test]
    fn a_certificate_is_refused_with_the_way_out_of_it() {
        assert_refused(pem(CERTIFICATE), "openssl x509 -pubkey");
        assert_refused(
            pem(&block("PUBLIC KEY", CERTIFICATE_DER)),
            "openssl x509 -pubkey",
        );
        let der = bytes(CERTIFICATE_DER);
        assert_refused(
            read_spki(PublicAlgorithm::Ed25519, &der),
            "openssl x509 -pubkey",
        );
    }

    #[test]
    fn a_bare_rsa_key_is_refused_with_the_way_out_of_it() {
        let key = der(0x30, &[&integer(&[0xff; 256]), &integer(&[3])]);
        assert_refused(
            read_spki(PublicAlgorithm::RsaSha256, &key),
            "RSAPublicKey_in",
        );
        let text = block("RSA PUBLIC KEY", &STANDARD.encode(key));
        assert_refused(pem(&text), "RSAPublicKey_in");
        assert_refused(pem(&block("PARAMETERS", "AAAA")), "not a public key");
    }

    #[test]
    fn a_key_of_another_algorithm_is_refused_and_named() {
        let names = ["an Ed25519 key", "an ECDSA key on P-256", "an RSA key"];
        let of = |algorithm| match algorithm {
            PublicAlgorithm::Ed25519 => names[0],
            PublicAlgorithm::EcdsaP256Sha1 | PublicAlgorithm::EcdsaP256Sha256 => names[1],
            PublicAlgorithm::RsaSha1 | PublicAlgorithm::RsaSha256 => names[2],
        };
        let in_spki =
            |vector: &&Vector| matches!(vector.container, Container::Pem | Container::SpkiBase64);
        for vector in vectors().filter(in_spki) {
            let found = of(vector.algorithm);
            for algorithm in ALL.into_iter().filter(|wanted| of(*wanted) != found) {
                let read = || PublicKey::read(algorithm, vector.container, vector.key);
                assert_refused(read(), &format!("is {found}, but"));
                assert_refused(read(), &format!("with {}:", of(algorithm)));
            }
        }
        let ecdsa = PublicAlgorithm::EcdsaP256Sha256;
        assert_refused(read_spki(ecdsa, &bytes(P384)), "not on P-256");
        let pss = spki(&[RSA_PSS_OID], &[0; 300]);
        assert_refused(
            read_spki(PublicAlgorithm::RsaSha256, &pss),
            "another algorithm",
        );
    }

    #[test]
    fn an_algorithm_has_its_parameters_and_no_others() {
        let curve_384 = &[6, 5, 0x2b, 0x81, 4, 0, 0x22];
        for (algorithm, identifier, says) in [
            (
                PublicAlgorithm::Ed25519,
                &[ED25519_OID, NULL][..],
                "parameters",
            ),
            (
                PublicAlgorithm::Ed25519,
                &[ED25519_OID, P256_OID],
                "parameters",
            ),
            (PublicAlgorithm::EcdsaP256Sha256, &[EC_OID], "not on P-256"),
            (
                PublicAlgorithm::EcdsaP256Sha256,
                &[EC_OID, NULL],
                "not on P-256",
            ),
            (
                PublicAlgorithm::EcdsaP256Sha256,
                &[EC_OID, curve_384],
                "not on P-256",
            ),
            (
                PublicAlgorithm::EcdsaP256Sha256,
                &[EC_OID, P256_OID, NULL],
                "cut off",
            ),
            (PublicAlgorithm::RsaSha256, &[RSA_OID], "parameters"),
            (
                PublicAlgorithm::RsaSha256,
                &[RSA_OID, P256_OID],
                "parameters",
            ),
            (
                PublicAlgorithm::RsaSha256,
                &[RSA_OID, &[5, 1, 0]],
                "parameters",
            ),
        ] {
            assert_refused(read_spki(algorithm, &spki(identifier, &[7; 32])), says);
        }
    }

    #[test]
    fn an_spki_is_der_and_nothing_more() {
        let good = spki(
            &[ED25519_OID],
            &unhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
        );
        let read = |der: &[u8]| read_spki(PublicAlgorithm::Ed25519, der);
        assert!(read(&good).is_ok());
        for length in 1..good.len() {
            assert_refused(read(&good[..length]), "cut off");
        }
        let identifier = der(0x30, &[ED25519_OID]);
        let odd = der(0x30, &[&identifier, &der(3, &[&[1], &[2; 32]])]);
        assert_refused(read(&odd), "whole bytes");
        for bad in [
            [good.as_slice(), &[0]].concat(),
            [&[0x30, 0x81], &good[1..]].concat(),
            der(0x30, &[&identifier, &der(3, &[&[8], &[2; 32]])]),
            der(0x30, &[&identifier, &der(3, &[])]),
            der(0x30, &[&good]),
            der(0x30, &[]),
            vec![0xff; 44],
        ] {
            assert_refused(read(&bad), "cut off");
        }
    }

    #[test]
    fn a_key_without_a_container_is_read_with_and_without_its_prefix() {
        let read = |text: &str| {
            let container = Container::RawBase64 { prefix: "whpk_" };
            PublicKey::read(PublicAlgorithm::Ed25519, container, text)
        };
        let key = "EZzmYA8Lo6EiJ0mJHY8JOxRdQOHme4UR+xatrLtbRWU=";
        assert!(read(key).is_ok());
        assert!(read(&format!("whpk_{key}")).is_ok());
        assert!(read(&format!(" whpk_{key}\n")).is_ok());
        assert_refused(read(&format!("whpk_whpk_{key}")), "not base64");
        assert_refused(read(&format!("whsec_{key}")), "not base64");
        assert_refused(read("whpk_"), "0 bytes");
    }

    #[test]
    fn a_key_in_the_wrong_container_is_refused() {
        for container in [
            Container::SpkiBase64,
            Container::RawHex,
            Container::RawBase64 { prefix: "" },
        ] {
            let read = PublicKey::read(PublicAlgorithm::Ed25519, container, ED25519);
            assert_refused(read, "PEM block");
        }
        let read = PublicKey::read(PublicAlgorithm::Ed25519, Container::RawHex, "0x07");
        assert_refused(read, "not hex");
        let read = PublicKey::read(PublicAlgorithm::Ed25519, Container::SpkiBase64, "MCow-_");
        assert_refused(read, "not base64");
        for container in CONTAINERS {
            for blank in ["", " ", "\n"] {
                let read = PublicKey::read(PublicAlgorithm::Ed25519, container, blank);
                assert_refused(read, "empty");
            }
        }
    }

    #[test]
    fn only_ed25519_comes_without_a_container() {
        let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        for algorithm in ALL.into_iter().skip(1) {
            let error = PublicKey::read(algorithm, Container::RawHex, key).expect_err("refused");
            assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
        }
    }

    #[cfg(not(feature = "legacy-digests"))]
    #[test]
    fn sha1_without_its_feature_is_refused_with_the_features_name() {
        let feature = "feature `legacy-digests`";
        for vector in vectors() {
            let legacy = match vector.algorithm {
                PublicAlgorithm::EcdsaP256Sha256 => PublicAlgorithm::EcdsaP256Sha1,
                PublicAlgorithm::RsaSha256 => PublicAlgorithm::RsaSha1,
                _ => continue,
            };
            let error = PublicKey::read(legacy, vector.container, vector.key).expect_err("refused");
            assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
            assert!(error.to_string().contains(feature), "{error}");
        }
    }

    /// Whatever one byte becomes, there is an answer and no panic.
    #[test]
    fn damaged_keys_are_answered() {
        for vector in vectors() {
            let text: String = vector
                .key
                .lines()
                .filter(|line| !line.starts_with("-----"))
                .collect();
            let Ok(der) = STANDARD.decode(text) else {
                continue;
            };
            for place in 0..der.len() {
                for value in [0, 1, 0x7f, 0x80, 0xff, der[place] ^ 0x10] {
                    let mut damaged = der.clone();
                    damaged[place] = value;
                    if let Ok(key) = read_spki(vector.algorithm, &damaged) {
                        let same = damaged == der;
                        let verifies = place % 16 == 0
                            && key.verifies(vector.message.as_bytes(), &vector.signature());
                        assert!(same || !verifies);
                    }
                }
            }
        }
    }
}
