"""Judges deliveries by the vendors' own Python libraries: a delivery a line in, a verdict a line out.

Each library is called as its documentation says, on what a WSGI server hands over: headers of one name
joined, their bytes as Latin-1, the body as bytes. Its clock is the delivery's. GitHub has no library.
"""

import base64
import json
import logging
import sys
import time
from datetime import datetime as DateTime
from urllib.parse import parse_qs

import standardwebhooks.webhooks
import stripe
from slack_sdk.signature import Clock, SignatureVerifier
from svix.webhooks import Webhook as SvixWebhook
from twilio.request_validator import (
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

NOW = 0


class Frozen(DateTime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(NOW, tz)


class FrozenClock(Clock):
    def now(self):
        return float(NOW)


# The verdict says it all.
logging.disable()
time.time = lambda: float(NOW)
standardwebhooks.webhooks.datetime = Frozen


class Form(dict):
    """A form as web frameworks have it: all values of a name, blank ones too."""

    def getlist(self, name):
        return self[name]


def slack(delivery):
    verifier = SignatureVerifier(delivery["secret"], FrozenClock())
    return verifier.is_valid_request(delivery["body"], delivery["headers"])


def standard_webhooks(delivery):
    webhook = standardwebhooks.webhooks.Webhook(delivery["secret"])
    webhook.verify(delivery["body"], delivery["headers"])


def stripe_event(delivery):
    header = delivery["headers"].get("stripe-signature")
    stripe.Webhook.construct_event(delivery["body"], header, delivery["secret"])


def svix(delivery):
    SvixWebhook(delivery["secret"]).verify(delivery["body"], delivery["headers"])


def twilio(delivery):
    headers, body = delivery["headers"], delivery["body"].decode("utf-8", "replace")
    if headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded"):
        params = Form(parse_qs(body, keep_blank_values=True))
    else:
        params = body
    algorithm = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS_HEADER.lower()))
    signature = headers.get("x-twilio-signature", "")
    return RequestValidator(delivery["secret"]).validate(delivery["url"], params, signature, algorithm)


# False refuses, and so does what raises; whatever else comes back has been taken.
JUDGES = {
    "slack": slack,
    "standard-webhooks": standard_webhooks,
    "stripe": stripe_event,
    "svix": svix,
    "twilio": twilio,
}


def headers_of(lines):
    headers = {}
    for name, value in lines:
        key = name.lower()
        text = value.encode() if isinstance(value, str) else bytes.fromhex(value["hex"])
        latin1 = text.decode("latin-1")
        if key not in headers:
            headers[key] = latin1
        elif key != "content-type":
            headers[key] += "," + latin1
    return headers


def judged(row):
    global NOW
    NOW = row["now"]
    request = row["request"]
    delivery = {
        "secret": row["secret"],
        "url": request.get("url"),
        "headers": headers_of(request["headers"]),
        "body": base64.b64decode(request["body_b64"]),
    }
    try:
        return "false" if JUDGES[row["provider"]](delivery) is False else None
    except Exception as error:
        return f"{type(error).__name__}: {error}".split("\n")[0][:120]


for line in sys.stdin:
    row = json.loads(line)
    print(json.dumps({"id": row["id"], "refused": judged(row)}))
