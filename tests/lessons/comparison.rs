//! Comparison: in constant time, in one place, by a primitive that others look after.

use hookproof::scheme::Algorithm;
use hookproof::{Keyring, Proven, Receipt, Secret, Signer, Verification, Verifier, providers};

use crate::candidates::{ended_by_their_signature, with_header};
use crate::{lock, sources};

/// CVE-2022-36885 (Jenkins GitHub plugin), GHSA-mjgf-xj26-9qf9 (pay): webhook signatures were
/// compared by `==`, which ends at the first byte that differs. How long a comparison takes is
/// measured elsewhere; here, that there is no other.
#[test]
fn lesson_02_macs_are_compared_in_one_place_and_never_by_equality() {
    let mut compared = sources::holding("ct_eq(");
    compared.sort();
    assert_eq!(
        compared,
        [
            "mac.rs: words(mac).ct_eq(&words(candidate))",
            "verify/whole/compare.rs: found |= computed.ct_eq(candidate);",
            "verify/whole/compare.rs: found |= expected.ct_eq(&Digest::Sha256.of(candidate));",
        ]
    );
    // Whatever yields a MAC or takes a candidate hands it to one of those.
    let yields = [
        ".mac(|",
        ".hmac(",
        ".finalize().into_bytes()",
        "finalize_fixed_core(",
    ];
    let mut places: Vec<_> = yields
        .iter()
        .flat_map(|text| sources::holding(text))
        .collect();
    places.retain(|place| !place.starts_with("sign.rs: "));
    let known = ["mac.rs: ", "digest.rs: ", "verify/whole/compare.rs: "];
    let strange = |place: &&String| !known.iter().any(|known| place.starts_with(known));
    assert_eq!(places.iter().find(strange), None, "a MAC is computed there");
    for path in ["mac.rs", "verify/whole/compare.rs", "digest.rs"] {
        let source = sources::file(path);
        let equalities: Vec<_> = ["==", "!=", ".eq(", ".ne(", ".cmp(", "assert_"]
            .iter()
            .flat_map(|sign| source.holding(sign))
            .collect();
        // How many candidates there are, and whether the choice was yes.
        let known = ["mac.rs: self.count == 0", "mac.rs: found == 1"];
        assert!(
            equalities.iter().all(|it| known.contains(&it.as_str())),
            "{equalities:?}"
        );
    }
}

/// CVE-2022-24912 (Atlantis), GHSA-f67f-2j6r-m4c9, GHSA-2xpq-5952-38w3, GHSA-86j9-25m2-9w97,
/// CVE-2022-43412 (Jenkins plugins): shared tokens were compared by `==`.
#[test]
fn lesson_03_tokens_are_compared_by_digests_of_one_length() {
    let mut judged = 0;
    for (vector, place, begin) in ended_by_their_signature() {
        let scheme = providers::find(&vector.provider).expect("a preset");
        if scheme.algorithm() != Algorithm::Token {
            continue;
        }
        judged += 1;
        let text = vector.request.headers[place]
            .1
            .as_str()
            .expect("a text")
            .to_owned();
        let (before, token) = text.split_at(begin);
        // Of every length, wrong at the first character, at the last, and throughout.
        for length in 1..token.len() * 2 {
            let wrong = "~".repeat(length);
            assert_eq!(
                with_header(&vector, place, &format!("{before}{wrong}")),
                "mismatch"
            );
        }
        for at in [0, token.len() / 2, token.len() - 1] {
            let wrong = format!("{}~{}", &token[..at], &token[at + 1..]);
            assert_eq!(
                with_header(&vector, place, &format!("{before}{wrong}")),
                "mismatch"
            );
        }
        for wrong in [&token[..token.len() - 1], &format!("{token}{token}")] {
            assert_eq!(
                with_header(&vector, place, &format!("{before}{wrong}")),
                "mismatch"
            );
        }
    }
    assert!(judged > 10, "{judged} deliveries with tokens");
    // Both sides as SHA-256, whatever was sent and whatever is right.
    let source = sources::file("verify/whole/compare.rs").text();
    let credential = source
        .split("fn is_credential(")
        .nth(1)
        .expect("the function");
    assert!(credential.contains("let expected = Digest::Sha256.of(expected);"));
    assert!(credential.contains("expected.ct_eq(&Digest::Sha256.of(candidate))"));
    for kind in ["Algorithm::Token", "Algorithm::Basic"] {
        let arm = source.split(kind).nth(1).expect("an arm");
        let arm = arm.split("Algorithm::").next().expect("a text");
        assert!(arm.contains("is_credential("), "{kind}");
    }
}

/// Holds for types that are never compared: were one `PartialEq`, two implementations would fit and
/// this would not compile.
trait NeverCompared<A> {
    fn holds() {}
}
impl<T: ?Sized> NeverCompared<()> for T {}
struct Compared;
impl<T: ?Sized + PartialEq> NeverCompared<Compared> for T {}

/// CVE-2013-0263 (rack), GHSA-fj6f-6933-839j (Jenkins), RUSTSEC-2022-0018 (totp-rs),
/// GHSA-5vw4-v588-pgv8 (robbert229/jwt): MACs of sessions and APIs fell to `==` for years.
#[test]
fn lesson_04_no_type_that_holds_a_mac_or_a_secret_can_be_compared() {
    <Secret as NeverCompared<_>>::holds();
    <Keyring as NeverCompared<_>>::holds();
    <Signer as NeverCompared<_>>::holds();
    <Verifier as NeverCompared<_>>::holds();
    <Verification as NeverCompared<_>>::holds();
    <Receipt as NeverCompared<_>>::holds();
    <Proven as NeverCompared<_>>::holds();
    // The lint on the library's own types. `Part` says where a scheme signs the secret.
    let held = [
        "MAC_LEN",
        "Zeroizing",
        "Secret",
        "MacKey",
        "HmacCore",
        "Core",
        "Candidates",
        "KeptMac",
    ];
    let types = sources::types();
    let hiding = types
        .iter()
        .filter(|it| held.iter().any(|held| it.holds(held)) && it.name != "Part");
    let mut names = Vec::new();
    for it in hiding {
        let by_hand = sources::holding(&format!("PartialEq for {}", it.name));
        assert!(
            !it.derives("PartialEq") && by_hand.is_empty(),
            "{} can be compared",
            it.name
        );
        names.push(it.name.as_str());
    }
    for known in [
        "Candidates",
        "Entry",
        "Key",
        "KeptMac",
        "MacKey",
        "Secret",
        "Verification",
    ] {
        assert!(names.contains(&known), "{known} is not among {names:?}");
    }
}

/// RUSTSEC-2026-0003 (cmov), RUSTSEC-2024-0344 (curve25519-dalek): the compiler put back the branch
/// that the source had avoided.
#[test]
fn lesson_06_the_verdict_is_a_maintained_primitives() {
    lock::is_locked("subtle");
    lock::at_least("subtle", "2.6.1");
    lock::at_least("cmov", "0.4.4");
    lock::at_least("curve25519-dalek", "4.1.3");
    let manifest = include_str!("../../Cargo.toml");
    assert!(
        manifest.contains("\nsubtle = { version = \"2.6.1\""),
        "its least version is pinned"
    );
    // There is no `^` on bytes of a MAC: `subtle` finds what differs, and judges it.
    let xors: Vec<_> = sources::all()
        .iter()
        .flat_map(|it| it.holding(" ^ "))
        .collect();
    assert_eq!(
        xors,
        ["clock.rs: let digits = u64::from_le_bytes(text) ^ (ONES * 0x30);"]
    );
    assert!(sources::holding("^=").is_empty());
}
