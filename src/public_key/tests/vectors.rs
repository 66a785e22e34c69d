//! Genuine signatures of providers that publish their keys, and of the shapes of others.

use super::bytes;
use crate::public_key::*;

/// A genuine signature, in base64.
pub(super) struct Vector {
    pub(super) algorithm: PublicAlgorithm,
    pub(super) container: Container,
    pub(super) key: &'static str,
    pub(super) message: &'static str,
    pub(super) signature: &'static str,
}

const POSTAL: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApNOz0PCaYVhyWT5LaELe
HWBM2qM1AbMT1SLBG1T3qK2nkd9CkGgHg6B0CkJh+Ddn34v/GKeSeq/MLxSoIKhu
XRq5fcKR9+xFAS6yHeoQpXRbH4KCH1CKl+lY/U+/0w5+nv8Y4dYhydgw6gag7QGC
2/YgTIljOAZte4q/07DqT0hjg9heWD7aw5KAx7NmRPJ/bSCmDa9eJ6Rz6gPkZClV
4DY8wYhVVTSYzgTOvCy3kMB3XJIyhe9p2pOtte0DRDNrX0ys5oUGVKwudbG1JIiB
w+lTNiiZ0GvHFHhXbJOKIgVfoY5nBbUzswQbBF5J+0yAmWSk0i2mAe1WOnLbmIOk
qwIDAQAB
-----END PUBLIC KEY-----";

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
        key: POSTAL,
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
        key: POSTAL,
        message: r#"{"id":"evt_0001","type":"example.created","data":{"note":"café ☕"}}"#,
        signature: "dOTB4I1+/uNWrb5qA0SoPl65JtuFwxlH8cdyFoNeQuEsXS5u/zVlADYXl1mt2LQR3BBoH53UeIB+WSjL8cSAtnkx8sWDoQcmQAPF01BbqpUpcn+N+qSx/3NrOmlY/i2BgCFZDBql+3GZCkR/CnkmkWA6pKzSSlzZzXDSa1sSDbQoKSg+UQYeG79r78lbAuViLWUSqv4A5g56WhXaHUfNDQuyCxdla5pQEKBH8eF1nxdKpMuuvqqQe0fwdDWdebubQWQZkSFKqDVqun5kYFXubW/7GgJzkZiITNau0sdMBOsVE0+qf9DCnOUuSl1Gv5MWsEKBBSM7Wni2d35/sd1krw==",
    },
];

#[cfg(not(feature = "legacy-digests"))]
const OVER_SHA1: &[Vector] = &[];

pub(super) fn vectors() -> impl Iterator<Item = &'static Vector> {
    VECTORS.iter().chain(OVER_SHA1)
}

impl Vector {
    pub(super) fn key(&self) -> PublicKey {
        PublicKey::read(self.algorithm, self.container, self.key).expect("a good key")
    }

    pub(super) fn signature(&self) -> Vec<u8> {
        bytes(self.signature)
    }

    pub(super) fn verifies(&self, signature: &[u8]) -> bool {
        self.key().verifies(self.message.as_bytes(), signature)
    }
}
