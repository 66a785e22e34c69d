use super::*;
use crate::control::ask::{post, send};
use crate::{Running, Sandbox, sample};

async fn with(provider: Provider) -> Running {
    let any = "127.0.0.1:0".parse().expect("an address");
    let sandbox = Sandbox::default().start(any).await.expect("it starts");
    let kept = sample::subscription(provider, "a/b c", "any");
    sandbox.store().add(kept).expect("room");
    sandbox
}

#[tokio::test]
async fn a_new_secret_is_in_force_and_in_the_providers_form() {
    for provider in Provider::ALL {
        let sandbox = with(provider).await;
        let path = format!("/sandbox/subscriptions/{provider}/a%2Fb%20c/rotate");
        let answer = post(sandbox.address(), &path, "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "no-store");
        let answer = answer.json();
        let secret = answer["secret"].as_str().expect("a secret");
        let kept = sandbox.store().subscription(provider, "a/b c");
        assert_eq!(kept.expect("kept").secret.expose(), secret);
        if provider == Provider::SendKit {
            assert!(secret.len() == 64 && secret.bytes().all(|it| it.is_ascii_hexdigit()));
        } else {
            assert!(secret.starts_with("whsec_"), "{provider}");
        }
        assert!(!secret.contains(sample::SECRET));
    }
}

#[tokio::test]
async fn a_subscription_is_removed_where_it_is_named() {
    let sandbox = with(Provider::Sent).await;
    let remove = |path| send(sandbox.address(), "DELETE", path, &[], "");
    let elsewhere = remove("/sandbox/subscriptions/sendmux/a%2Fb%20c").await;
    assert_eq!(elsewhere.status, 404);
    assert!(
        sandbox
            .store()
            .subscription(Provider::Sent, "a/b c")
            .is_some()
    );
    let removed = remove("/sandbox/subscriptions/sent/a%2Fb%20c").await;
    assert_eq!((removed.status.as_u16(), removed.text()), (204, ""));
    assert!(
        sandbox
            .store()
            .subscription(Provider::Sent, "a/b c")
            .is_none()
    );
    let again = remove("/sandbox/subscriptions/sent/a%2Fb%20c").await;
    assert_eq!(again.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let never = futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
    let request = Request::new(axum::body::Body::from_stream(never));
    let refused = body::object::<Repeat>(request).await.err();
    let answer = refused.expect("too slow").into_response();
    assert_eq!(answer.status(), StatusCode::REQUEST_TIMEOUT);
}
