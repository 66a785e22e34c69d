use std::time::Duration;

use super::{Next, after, wait};
use crate::deliver::tests::subscription;
use crate::delivery::Outcome;
use crate::provider::Provider;

fn waits(provider: Provider, retries: u32) -> Vec<u64> {
    let mut subscription = subscription(provider, "http://127.0.0.1/");
    subscription.retries = retries;
    let attempts = 1..;
    let waits = attempts.map_while(|attempt| wait(&subscription, attempt));
    waits.map(|wait| wait.as_secs()).collect()
}

fn answered(status: u16) -> Outcome {
    Outcome::Answered { status, took_ms: 1 }
}

fn failed() -> Outcome {
    Outcome::Failed {
        why: "no connection".to_owned(),
    }
}

#[test]
fn sendmux_and_jetemail_wait_as_documented() {
    let sendmux = [30, 120, 600, 1_800, 3_600, 14_400, 43_200, 86_400];
    assert_eq!(waits(Provider::Sendmux, 0), sendmux);
    assert_eq!(waits(Provider::JetEmail, 0), [30, 120, 600, 3_600, 14_400]);
}

#[test]
fn sent_doubles_from_a_minute_to_an_hour_as_often_as_it_was_told() {
    assert_eq!(waits(Provider::Sent, 5), [60, 120, 240, 480, 960]);
    assert_eq!(
        waits(Provider::Sent, 8),
        [60, 120, 240, 480, 960, 1_920, 3_600, 3_600]
    );
    assert_eq!(waits(Provider::Sent, 1), [60]);
}

#[test]
fn sendkit_tries_again_as_often_as_it_was_told_and_mailingapi_five_times() {
    assert_eq!(waits(Provider::SendKit, 3), [60, 120, 240]);
    assert_eq!(waits(Provider::SendKit, 0), [0; 0]);
    assert_eq!(waits(Provider::SendKit, 200).last(), Some(&3_600));
    assert_eq!(waits(Provider::MailingApi, 0), [60, 120, 240, 480, 960]);
}

#[test]
fn any_answer_in_the_200s_is_success() {
    for provider in Provider::ALL {
        let subscription = subscription(provider, "http://127.0.0.1/");
        for status in [200, 204, 299] {
            assert_eq!(
                after(&subscription, &answered(status), 1),
                Next::Delivered,
                "{provider} {status}"
            );
        }
    }
}

#[test]
fn jetemail_alone_discards_what_is_answered_in_the_400s_but_for_429() {
    for provider in Provider::ALL {
        let subscription = subscription(provider, "http://127.0.0.1/");
        for status in [101, 300, 307, 400, 404, 410, 429, 499, 500, 503] {
            let discards =
                provider == Provider::JetEmail && (400..500).contains(&status) && status != 429;
            let next = after(&subscription, &answered(status), 1);
            let is_discarded = matches!(next, Next::Discarded(_));
            assert_eq!(is_discarded, discards, "{provider} {status}");
        }
    }
}

#[test]
fn no_answer_is_tried_again_until_the_schedule_ends() {
    let subscription = subscription(Provider::JetEmail, "http://127.0.0.1/");
    let first = after(&subscription, &failed(), 1);
    assert_eq!(first, Next::Again(Duration::from_secs(30)));
    assert_eq!(after(&subscription, &failed(), 6), Next::Exhausted(6));
}
