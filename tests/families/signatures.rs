//! Public keys and signatures of one body, made elsewhere.

/// What all of them sign.
pub(crate) const BODY: &str = r#"{"id":"evt_1"}"#;

pub(crate) const ED_A_HEX: &str =
    "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";

pub(crate) const ED_A_BASE64: &str = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=";

pub(crate) const ED_A_DER: &str = "MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=";

pub(crate) const ED_A_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=\n\
    -----END PUBLIC KEY-----";

pub(crate) const ED_A_SIG: &str =
    "hLttFQaXu0bI/Dbg/DqCEIXvcFzqk0Aw6D4vKC+jPBM1Djf2T9/gLeOaGp+QuononxEieAvu8Ssx0dMyLJjsDA==";

pub(crate) const ED_A_PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n\
    -----END PRIVATE KEY-----";

pub(crate) const ED_B_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAgTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5Q=\n\
    -----END PUBLIC KEY-----";

pub(crate) const ED_B_SIG: &str =
    "9dB+O7SrbjLhBTPs6KU6nLObm6rsiWHAyYKkaLMON383AfjPfquIdE8FPcIddx1jAVR0vC1W26DsIQgO8cvtAw==";

pub(crate) const P256_A_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+evkZBR8wQLZIyTQmdknwaUOQtV6\n\
    CKEW/+wKKYGdjGVwuvfRKIiQKmoMHWet0QMSPIWatpv46UMck4STDUt+7g==\n\
    -----END PUBLIC KEY-----";

pub(crate) const P256_A_SHA256: &str = "MEUCIBRR6bM3Ji46ndUym6rPXlO32WOM6lxo+VxpYKFze61gAiEAztg2k3xWGBYJXWuLzYc3z3lf1cOmPb5e1GKhmsQDdEY=";

pub(crate) const P256_A_SHA1: &str = "MEQCICC1SJevVRDaK2xYQd9FvwTHae0X0ww9QgCqbyUa2tZsAiAlKxa0rGx7YNfozKzfAWQ5xMeDkD8O0YZEXRWeu3GiHA==";

pub(crate) const P256_B_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExUVsKLVw8AHEHNn7KindddyjR2lO\n\
    6ZhAYx15zdKSHoqLCiYEpvObfOoOKW3fEcYf5chg6xEUfBEceMOzM3a8hA==\n\
    -----END PUBLIC KEY-----";

pub(crate) const P256_B_SHA256: &str = "MEYCIQDLFS6tsNDN/78fVdQvGMXPJOhVMNBUwpX/c4dfKwQoygIhAK+kiR97urNkfmTpuQ6YuOW8aB5GO625DMZkS3Hbr/VK";

pub(crate) const RSA_A_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlpIT3vrfJKqBOf05V5Px\n\
    +PBvO+3eKU21bnhe4f0hscCXDaTrEzFkEoZA5GIbUT+AOfjlpbOwSAz5PU9BJZUE\n\
    NSQROp9LzY9nvAz/b2SoBk4y7nnX3ek0GDW7Icj/5+DVADAWraqorKawtmPyKeKr\n\
    0npQWCR4JLTydEl8/5GqXzZuxwWn8IINtSbc+3R5JvnzuY+s32u9kbx+fIClLnQX\n\
    sdqlfO4CPKTCRjhtlPiFkthuE3WCZhrm6oB2Lk/G5KR/zfUYw5BPkZGZoQXIAw9P\n\
    nPiOt86U+fOGjKDFi4RBvZ1eZtZzQHU76GxmGWy/Vpa4F4XVJXakI3MJsH0mR2M5\n\
    YQIDAQAB\n\
    -----END PUBLIC KEY-----";

pub(crate) const RSA_A_SHA256: &str = "DXubbKSHoxHguiJDqaIYuwfCf4+Aw2CkK9Lq1kszJCuXvPVLe+HdjDQcq6C4I3ypGrFKq22YCzQllPJ700WVJhRP+lCb/Q2B6q4LsbVkO9RXLvwV8xz3M9rCBCL5PWpylIoJ94YsOM3Xi73pTfINnEX/UNuksw76tf+GzLgv13i90SiMJEWrlELLxUDesNjLi8AhQ6T18NS0fLL4twG/FcUX0lepiab6aJnsbt9qZb7sLewks7YjR0dt3uU3WEBjpZIOBlTwKY9Rq8U54desl64r+9xdVgL6zCrNPnZ7cUoFmXrolBwggn3MLmF4FTwob698ThOZW84JISJIbiJHYQ==";

pub(crate) const RSA_A_SHA1: &str = "X1OIA2d1tvhhofTPIHYBTAU30YiiqpS9aAYQEVAysHhBinAilYEVJOUtRG+/bjHXnbyaqi1EH7itui5opj4jSMP5UVz+AskiM0xXuOog23Tp24OLmuHYeYISqy7NMgMkgQ9kbX0oQkCbS38Fg2GRka6aIJgOyApubK/e8j9nvPfLbfK/4UHn+FWOPQKS9hbmkmdetQjaJuZA25zWhJ5VJmbqfSpPeENmtzKH0Ob5VouOtSCEALpl0O2QLeGkxOG7YN8Qg1pMup5iSQCWT9lO+juisWpx81meRxOSc5Ht1OejXB35/g9u2OZi49TVJoNrpubYXvHPFNbCXiPPhhcgeQ==";

pub(crate) const RSA_A_PSS: &str = "WEZ+xuX/1B8fRULwqwAAyqqnNTu61jKj6RkNWuQxhDRIZpY+SxJYHCpjdLjVotbiPyF1D6VldzEL+0aPK5W+y5aFWWVstYyKY8rilY3OiX14jbM+vIvs9lv2yzIXcOMFT1sVttalaWPEk+XrzdBHiAePfBNshDDsASX9xLh0824Evte3zDQiXfgb9q5O58iP6Hb2wTAGez8TjSLSWSyRuBrLk6zdi85EhftRt3rQsUtgxVXJ1LZ1vOoVX+rXiFEW7ul9HGRv0D9EsDdjE2iYEZRLqzlic8GOQKZFBzoSNeod/ZymEzTPfbCOQu2WDe8modL7wPo0EkfOGaR/AhNygw==";

pub(crate) const RSA_B_PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw4H9AEU3cwMP4ntHBUNX\n\
    teBlG8xyaIdg0VjJIWFIL+wAV0nb7TfbMe/dYy11nc0NzDJlxryZDEItnCGYo8LA\n\
    SJoAlUPz1m9QZ84ebhdPO4FRYj+enJLsA6qjfeR0MM0iG9e+C4LdaqRoeIA/Nfx5\n\
    h98O0WeOPj75RhV/ztvQalB77NIRm8Z4GWoJY6uvIBurOHSBX+e482sRu6x7cqkB\n\
    gJCATWLLc69j23+WXK6Dy/xttcHJ/KfXmANqm+n5TvbsjVE3EEIrROmi76Jco6k4\n\
    cmsmrgt0SXQA5opnzOPnZM+HxVvboV+UmVVTLPdhc0UK1lsqnscNuDLTcqzGqaGY\n\
    LwIDAQAB\n\
    -----END PUBLIC KEY-----";

pub(crate) const RSA_B_SHA256: &str = "DGUBXoI9a6H3EESFpDhGZch1JqAMuFWEOzUZymvIvNgxiHwsrzprm2LiMZCRJrEDxvJ8iMmZ6uB8g8u/uZ4F3Ov0PP3+gWa00W5YrP6Xgi8tvq+Ojv4ySgKS3YIjU63P73sjd/fwj2SPY1BxYomLh909SCgyZlU7sQ2Xe6KSYXWYIycDhPej+qmESKD/LzUFYUFxlxkmTZRBNANH0DsbDtFv//h+9YY6qzC63NQ8W997c/zeJhXjQIWQFzoTM1FGhz0aXus5iLju1Ccv2OaEhsLhnxQmVoxIX+aQ1IWRYzV4/imV7WU1PYWECHptHIh/7cRhMVyL/8K+4Po6sWLdow==";
