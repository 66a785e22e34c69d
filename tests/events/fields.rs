//! What single fields read as: types, spellings, names, and what may be missing.

use hookproof::events::{
    Event as _, EventError, RawJson, jetemail, jetemail_inbound, mailingapi, sendkit, sendmux, sent,
};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::corpus::CORPUS;
use super::{ENVELOPED, payload, read};

#[test]
fn fields_have_the_types_that_they_are_documented_with() {
    let time = |text| OffsetDateTime::parse(text, &Rfc3339).unwrap();

    let body = payload("sendmux", "message.delivery_delayed");
    let event = sendmux::Event::from_body(&body).unwrap();
    assert_eq!(event.occurred_at, Some(time("2026-05-28T20:07:00Z")));
    let sendmux::EventKind::DeliveryDelayed(delayed) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(delayed.delay_expires_at, Some(time("2026-05-29T08:26:40Z")));
    assert_eq!(
        delayed.message.message_id_kind,
        Some(sendmux::MessageIdKind::Provider)
    );

    let body = payload("mailingapi", "inbound");
    let event = mailingapi::Event::from_body(&body).unwrap();
    let mailingapi::EventKind::Inbound(inbound) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(inbound.headers["Message-ID"], ["<x@example.org>"]);
    assert_eq!(inbound.attachments[0].size, Some(3));

    let body = payload("sendkit", "lead.updated");
    let event = sendkit::Event::from_body(&body).unwrap();
    let sendkit::EventKind::LeadUpdated(lead) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(
        lead.changes.unwrap().get(),
        r#"{"status":["new","interested"]}"#
    );

    let body = payload("jetemail", "outbound.spam");
    let event = jetemail::Event::from_body(&body).unwrap();
    assert_eq!(event.created_time(), Some(time("2026-05-28T20:26:33Z")));
    let jetemail::EventKind::OutboundSpam(spam) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(spam.score, Some(7.4));

    let body = payload("sent", "templates--rejected");
    let event = sent::Event::from_body(&body).unwrap();
    let sent::EventKind::Templates(template) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(template.status, Some(sent::TemplateStatus::Rejected));
    assert_eq!(template.channel, Some(sent::Channel::Whatsapp));
}

#[test]
fn a_complaint_has_its_subtype() {
    let body = br#"{"type":"message.complained","data":{"complaint_subtype":"OnAccount"}}"#;
    let event = sendmux::Event::from_body(body).unwrap();
    let sendmux::EventKind::Complained(complained) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(complained.complaint_subtype.as_deref(), Some("OnAccount"));
}

#[test]
fn a_header_field_of_an_e_mail_is_found_in_any_case_and_may_hold_a_list() {
    let body = payload("jetemail-inbound", "email--unicode");
    let email = jetemail_inbound::Email::from_body(&body).unwrap();
    assert_eq!(email.header("x-MULTI").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(email.header("absent").count(), 0);

    let email = jetemail_inbound::Email::from_body(br#"{"bcc":"a@example.org"}"#).unwrap();
    assert_eq!(email.bcc, ["a@example.org"]);

    let body = br#"{"cc":["a@example.org","b@example.org"],"bcc":{"odd":1},"date":"yesterday",
        "headers":{"A":7,"B":null,"C":["x",{"y":1}]}}"#;
    let email = jetemail_inbound::Email::from_body(body).unwrap();
    assert_eq!(email.cc, ["a@example.org", "b@example.org"]);
    assert!(email.bcc.is_empty());
    assert_eq!(email.date, None);
    assert_eq!(email.headers["A"], ["7"]);
    assert!(email.headers["B"].is_empty());
    assert_eq!(email.headers["C"], [r#"["x",{"y":1}]"#]);
}

#[test]
fn a_number_of_seconds_that_is_no_time_is_kept() {
    let body = payload("jetemail", "outbound.queued--big-created_at");
    let event = jetemail::Event::from_body(&body).unwrap();
    assert_eq!(event.created_at, Some(1_780_000_000_123));
    assert_eq!(event.created_time(), None);
    for seconds in [i64::MAX, i64::MIN] {
        let body = format!(r#"{{"type":"outbound.queued","created_at":{seconds}}}"#);
        let event = jetemail::Event::from_body(body.as_bytes()).unwrap();
        assert_eq!(
            (event.created_at, event.created_time()),
            (Some(seconds), None)
        );
    }
}

#[test]
fn the_old_inbound_name_is_told_apart_by_is_spam() {
    for (is_spam, variant) in [
        (r#"{"is_spam":true}"#, "ReceivedSpam"),
        (r#"{"is_spam":false}"#, "Received"),
        (r#"{"is_spam":null}"#, "Received"),
        ("{}", "Received"),
    ] {
        let body = format!(r#"{{"type":"mail.inbound","data":{is_spam}}}"#);
        let event = read("sendmux", body.as_bytes()).unwrap();
        assert_eq!(event.variant(), variant, "{body}");
        assert_eq!(event.name.as_deref(), Some("mail.inbound"));
    }
    // The new names say it themselves.
    let event = read(
        "sendmux",
        br#"{"type":"message.received","data":{"is_spam":true}}"#,
    )
    .unwrap();
    assert_eq!(event.variant(), "Received");
}

#[test]
fn an_unlisted_value_is_other_and_every_value_reads_back_as_sent() {
    let body = br#"{"type":"message.bounced","data":{"bounce_type":"permanent"}}"#;
    let event = sendmux::Event::from_body(body).unwrap();
    let sendmux::EventKind::Bounced(bounced) = event.kind else {
        panic!("{event:?}")
    };
    let other = sendmux::BounceType::Other("permanent".into());
    assert_eq!(bounced.bounce_type, Some(other));

    for text in ["auto", "rcs", "sms", "whatsapp", "pigeon", ""] {
        assert_eq!(sent::Channel::from(text.to_owned()).as_str(), text);
    }
    for text in ["APPROVED", "PENDING", "REJECTED", "PAUSED"] {
        assert_eq!(sent::TemplateStatus::from(text.to_owned()).as_str(), text);
    }
    assert_eq!(
        sent::MessageStatus::from("READ".to_owned()),
        sent::MessageStatus::Read
    );
    assert_eq!(
        jetemail::BounceType::from("hard".to_owned()),
        jetemail::BounceType::Hard
    );
    assert_eq!(
        mailingapi::BounceType::from("soft".to_owned()),
        mailingapi::BounceType::Soft
    );
    assert_eq!(
        sendkit::BounceType::from("soft".to_owned()),
        sendkit::BounceType::Soft
    );
    assert_eq!(jetemail::Service::from("sms".to_owned()).as_str(), "sms");
}

#[test]
fn the_newer_spelling_wins_where_both_are_present() {
    let body = br#"{"event":"message.read","sub_type":"message.sent",
        "value":{"message_id":"v"},"payload":{"message_id":"p"}}"#;
    let event = sent::Event::from_body(body).unwrap();
    assert_eq!(event.name(), Some("message.read"));
    assert_eq!(event.payload.unwrap().get(), r#"{"message_id":"p"}"#);
    let sent::EventKind::MessageRead(message) = event.kind else {
        panic!()
    };
    assert_eq!(message.message_id.as_deref(), Some("p"));

    let body = br#"{"event":null,"sub_type":"message.sent","payload":null,"value":{}}"#;
    assert_eq!(read("sent", body).unwrap().variant(), "MessageSent");

    for (body, name) in [
        (r#"{"eventType":"c","type":"b","event":"a"}"#, "a"),
        (r#"{"eventType":"c","type":"b","event":{"no":"text"}}"#, "b"),
        (r#"{"eventType":"c","type":null}"#, "c"),
    ] {
        assert_eq!(
            read("sendkit", body.as_bytes()).unwrap().name.as_deref(),
            Some(name)
        );
    }
}

#[test]
fn the_family_is_told_apart_and_its_content_kept() {
    let body = payload("sent", "call.ended");
    let event = sent::Event::from_body(&body).unwrap();
    let sent::EventKind::Call(call) = event.kind else {
        panic!("{event:?}")
    };
    assert_eq!(call.action.as_deref(), Some("ended"));
    let payload: Value = event.payload.unwrap().parse().unwrap();
    assert_eq!(payload["duration_seconds"], 42);

    for (body, variant) in [
        (r#"{"field":"contact","payload":[]}"#, "Contact"),
        (
            r#"{"field":7,"event":"link.made.twice","timestamp":7}"#,
            "Link",
        ),
        (
            r#"{"field":"templates","event":"message.sent"}"#,
            "MessageSent",
        ),
        (r#"{"field":"message"}"#, "Unknown"),
        (r#"{"field":"message.sent"}"#, "Unknown"),
        (r#"{"field":"contact.created"}"#, "Unknown"),
        (
            r#"{"field":"contact","event":"contacts.created"}"#,
            "Unknown",
        ),
    ] {
        assert_eq!(
            read("sent", body.as_bytes()).unwrap().variant(),
            variant,
            "{body}"
        );
    }
}

#[test]
fn a_body_without_a_name_is_unknown_and_without_a_name() {
    for provider in ENVELOPED {
        for body in [
            "{}",
            r#"{"type":null,"event":null}"#,
            "\n { \"data\" : [1] }\n",
        ] {
            let unknown = read(provider, body.as_bytes()).unwrap().unknown.unwrap();
            assert_eq!(
                (unknown.name, unknown.raw.get()),
                (None, body),
                "{provider}"
            );
        }
    }
}

#[test]
fn an_unknown_event_may_have_any_envelope() {
    for provider in ENVELOPED {
        let body = br#"{"type":"new","event":"new","id":[1],"timestamp":1e400,"occurred_at":"soon",
            "created_at":"2026","service":{},"field":0,"data":"text","payload":7,"workspaceId":{}}"#;
        let event = read(provider, body).unwrap();
        assert_eq!(event.variant(), "Unknown", "{provider}");
        assert_eq!(event.unknown.unwrap().name.as_deref(), Some("new"));
    }
}

#[test]
fn a_known_event_may_lack_everything_else() {
    for (provider, _, variant, name) in CORPUS {
        let body = format!(r#"{{"type":"{name}","event":"{name}"}}"#);
        let event = read(provider, body.as_bytes()).unwrap();
        match *variant {
            "ReceivedSpam" | "Templates" | "Unknown" => {}
            variant => assert_eq!(event.variant(), variant, "{provider} {name}"),
        }
    }
}

#[test]
fn an_assumed_field_of_another_type_is_none() {
    let body =
        br#"{"type":"bounced","data":{"bounce_type":1,"bounce_code":550,"bounce_message":[]}}"#;
    let event = mailingapi::Event::from_body(body).unwrap();
    assert!(event.data.unwrap().get().contains("550"));
    let mailingapi::EventKind::Bounced(bounced) = event.kind else {
        panic!()
    };
    assert_eq!((bounced.bounce_type, bounced.bounce_code), (None, None));

    for (name, key) in [
        ("clicked", "clicked_at"),
        ("complained", "complained_at"),
        ("deferred", "next_retry_at"),
        ("opened", "opened_at"),
        ("unsubscribed", "unsubscribed_at"),
    ] {
        for time in ["7", r#""soon""#] {
            let body = format!(r#"{{"type":"{name}","data":{{"{key}":{time}}}}}"#);
            let event = read("mailingapi", body.as_bytes()).unwrap();
            assert!(event.kind.contains(&format!("{key}: None")), "{body}");
        }
    }

    for (provider, body, variant) in [
        (
            "jetemail",
            r#"{"type":"outbound.dropped","data":"none"}"#,
            "OutboundDropped",
        ),
        (
            "jetemail",
            r#"{"type":"inbound.spam","data":{"score":1e400}}"#,
            "InboundSpam",
        ),
        (
            "mailingapi",
            r#"{"type":"inbound","data":{"attachments":["a"],"headers":[]}}"#,
            "Inbound",
        ),
        (
            "sendkit",
            r#"{"event":"email.sent","timestamp":5,"data":[]}"#,
            "EmailSent",
        ),
        (
            "sent",
            r#"{"event":"message.failed","payload":{"reason":{}}}"#,
            "MessageFailed",
        ),
    ] {
        assert_eq!(
            read(provider, body.as_bytes()).unwrap().variant(),
            variant,
            "{body}"
        );
    }
}

#[test]
fn each_event_names_its_provider() {
    assert_eq!(jetemail::Event::PROVIDERS, ["jetemail"]);
    assert_eq!(jetemail_inbound::Email::PROVIDERS, ["jetemail-inbound"]);
    assert_eq!(mailingapi::Event::PROVIDERS, ["mailingapi"]);
    assert_eq!(sendkit::Event::PROVIDERS, ["sendkit"]);
    assert_eq!(sendmux::Event::PROVIDERS, ["sendmux"]);
    assert_eq!(sent::Event::PROVIDERS, ["sent"]);
}

#[test]
fn events_and_their_errors_go_between_threads() {
    fn threads<T: Send + Sync + 'static>() {}
    threads::<EventError>();
    threads::<RawJson>();
    threads::<jetemail::Event>();
    threads::<jetemail_inbound::Email>();
    threads::<mailingapi::Event>();
    threads::<sendkit::Event>();
    threads::<sendmux::Event>();
    threads::<sent::Event>();
}
