#!/usr/bin/env python3
"""Writes the seeds that are made from the deliveries in tests/data, and short ones by hand.

Run it in the repository's root after a vector was added: python3 fuzz/seeds.py. Only the seeds of
encoding, header_grammar, json_field, secret and verification, and those of whole that hold a
provider's own signature, were written one by one and are left alone.
"""

import base64
import json
import pathlib
import re

SEEDS = pathlib.Path("fuzz/seeds")
DATA = pathlib.Path("tests/data")


def write(target, name, *lines):
    """A seed of lines, the last of which does not end."""
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    parts = [part if isinstance(part, bytes) else part.encode() for part in lines]
    (folder / name).write_bytes(b"\n".join(parts))


def rows(file):
    with open(DATA / "vectors" / file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


SIGNATURE = rb"[0-9A-Za-z+/_-]{27,}={0,2}"
NAMES = (
    "hmacSignature clientState bt_signature msg_signature signature_key signature sign sig auth "
    "event_hash passcode token"
)


def whole():
    """Each delivery with a byte where its signature stands, for the target to fill in."""
    for seed in sorted((SEEDS / "whole").iterdir()):
        if seed.name.endswith("_signed"):
            continue
        slug, secret, now, request, rest = seed.read_bytes().split(b"\n", 4)
        head, body = rest.split(b"\n\n", 1)
        lines = [in_header(line, secret) for line in head.split(b"\n")]
        filled = b"\n".join(lines)
        if filled == head:
            request, body = by_name(request), by_name(body)
        write("whole", f"{seed.name}_signed", slug, secret, now, request, filled, b"", body)


def in_header(line, secret):
    name, value = line.split(b":", 1)
    words = rb"sign|hmac|hash|auth|token"
    if not re.search(words, name, re.I) or re.search(rb"signed-headers|timestamp", name, re.I):
        return line
    value = value.replace(secret, b"\x01")
    return name + b":" + re.sub(rb"(?:(?<=0x)|(?<!\w))(?!0x)" + SIGNATURE, b"\x01", value)


def by_name(text):
    """The text with a byte for the value of the first of the names."""
    for name in NAMES.split():
        value = rb'((?<!\w)"?%s"?[:=] ?"?(?:\w+%%7C)?)[0-9A-Za-z+/_-]{12,}={0,2}' % name.encode()
        if re.search(value, text):
            return re.sub(value, rb"\g<1>" + b"\x01", text, count=1)
    return text


def typed_event():
    for payload in sorted((DATA / "payloads").glob("*/*.json")):
        provider = payload.parent.name
        name = f"{provider}_{payload.stem}".replace(".", "_").replace("--", "_")
        write("typed_event", name, provider, payload.read_bytes())
    write("typed_event", "sendmux_repeated", "sendmux", '{"type":"a","type":"b"}')
    write("typed_event", "sent_both_names", "sent", '{"event":"message.sent","sub_type":"message.read","payload":{}}')
    write("typed_event", "sent_deep", "sent", '{"payload":' + "[" * 128 + "]" * 128 + "}")


def identity():
    for slug, file in [
        ("sendmux", "sendmux/message.delivered.json"),
        ("sendmux", "sendmux/message.bounced.json"),
        ("jetemail", "jetemail/outbound.delivered.json"),
        ("mailingapi", "mailingapi/delivered.json"),
        ("sendkit", "sendkit/email.replied.json"),
    ]:
        body = (DATA / "payloads" / file).read_bytes()
        spaced = json.dumps(json.loads(body), indent=1).encode()
        name = file.replace("/", "_").replace(".json", "").replace(".", "_")
        write("identity", f"{name}_printed_anew", slug, body + b"\0" + spaced)
    for name, one, other in [
        ("escaped", '{"id":"evt_1"}', '{"id":"evt_\\u0031"}'),
        ("number_and_text", '{"id":17}', '{"id":"17"}'),
        ("repeated", '{"id":"a","id":"b"}', '{"id":"a"}'),
        ("repeated_last", '{"id":"b","id":"a"}', '{"id":"a"}'),
        ("repeated_beside", '{"id":"a","b":1,"b":2}', '{"id":"a"}'),
        ("empty", "", '{"id":"a"}'),
        ("deep", '{"id":"a","b":' + "[" * 200 + "]" * 200 + "}", '{"id":"a"}'),
        ("not_json", "id=a", "id=a "),
        ("half_a_character", '{"id":"\\ud800"}', '{"id":"\\udc00"}'),
    ]:
        for slug in ["stripe", "sendmux"]:
            write("identity", f"{slug}_{name}", slug, one + "\0" + other)


def raw_request():
    for row in rows("seeds.jsonl"):
        provider, _, what = row["id"].partition("/")
        if row["expect"] != "accept" or what.count("/") != 1 or not what.startswith("body/"):
            continue
        if (SEEDS / "raw_request" / provider).exists():
            continue
        request = row["request"]
        body = base64.b64decode(request["body_b64"])
        path = "/" + request["url"].split("/", 3)[-1]
        host = request["url"].split("/")[2]
        lines = [f"{request['method']} {path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in request["headers"]]
        head = "\r\n".join(lines).encode()
        length = f"\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        write("raw_request", provider, b"", head + length + body)
        if len(body) < 400:
            chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            chunked = b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
            write("raw_request", f"{provider}_chunked", b"\x07\x1f", head + chunked)
    short = {
        "absolute_target": "POST http://a.example/in?x=1 HTTP/1.1\r\nHost: b.example\r\n\r\n{}",
        "bare_lf": "POST /in HTTP/1.1\nHost: a.example\nX-A: b\n\n{}",
        "both_framings": "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunk_extension": "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX-T: 1\r\n\r\n",
        "chunk_without_size": "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n;a\n\r\n\r\n",
        "huge_chunk": "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
        "huge_length": "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "leading_lines": "\r\n\r\nGET / HTTP/1.0\r\nHost: a.example\r\n\r\n",
        "length_list": "POST / HTTP/1.1\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\n{}",
        "length_signed": "POST / HTTP/1.1\r\nContent-Length: +2\r\n\r\n{}",
        "mixed_ends": "POST / HTTP/1.1\r\nHost: a.example\nX-A: b\r\n\r\n",
        "no_blank_line": "POST / HTTP/1.1\r\nHost: a.example\r\n",
        "obsolete_fold": "POST / HTTP/1.1\r\nX-A: b\r\n c\r\n\r\n",
        "space_before_colon": "POST / HTTP/1.1\r\nHost : a.example\r\n\r\n",
        "two_lengths": "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    }
    for name, text in short.items():
        write("raw_request", name, b"\x01" if len(text) % 2 else b"", text)


def scheme_file():
    guide = pathlib.Path("docs/schemes.md").read_text(encoding="utf-8")
    for form in ["toml", "json"]:
        whole = re.search(rf"```{form}\n(.*?)```", guide, re.S).group(1)
        write("scheme_file", f"guide_{form}", form, whole)
    start = '[[scheme]]\nslug = "acme"\nsignature = { header = "x-sig"'
    short = {
        "alternates": start + ', alternates = ["x-other"] }',
        "body_digest": start
        + ' }\ncontent = [{ header = "digest" }]\nbody-digest = { header = "digest", digest = "sha256" }'
        + '\nreplay-id = "content-without-timestamp"',
        "body_unsigned": start + ' }\ncontent = ["{path}"]',
        "body_unsigned_waived": start
        + ' }\ncontent = ["{path}"]\ndangerous-body-unsigned = "so it is"\nreplay-id = "indistinct"',
        "each": start.replace('header = "x-sig"', 'json = "/sig"')
        + ' }\ncontent = [{ json = "/id" }]\neach = "/items"\ndangerous-body-unsigned = "fields"'
        + '\nreplay-id = "content-without-timestamp"',
        "extends": '[[scheme]]\nslug = "relayed"\nextends = "stripe"\nsignature = { header = "x-relayed" }',
        "groups": start
        + ', pairs = { key = "v", separator = ",", assign = "=" }, groups = ";" }'
        + '\ntimestamp = { pair = "t" }\ncontent = ["{timestamp}", ".", "{body}"]',
        "items": start
        + ', list = { prefix = "v1:", separator = " " } }\ntimestamp = { item = 0 }'
        + '\ncontent = ["{timestamp}", ".", "{body}"]',
        "numbered": start + ', numbered = { prefix = "x-sig-", last = 3 } }',
        "parts_touch": start + ' }\ntimestamp = { header = "x-t" }\ncontent = ["{timestamp}", "{body}"]',
        "public_key": start + ' }\nalgorithm = "ed25519"\nkey = "public-pem"\nencoding = "base64"',
        "query": start.replace('header = "x-sig"', 'query = "sig"')
        + ' }\ntimestamp = { query = "t", unit = "ms" }\ncontent = ["{timestamp}", ".", "{body}"]',
        "required": start + ' }\nrequired-headers = [{ name = "x-v", value = "2" }]',
        "secret_in_it": start + ' }\nsecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"',
        "separator_in_encoding": start + ', list = { prefix = "a:", separator = "f" } }',
        "stamp_unsigned": start + ' }\ntimestamp = { header = "x-t" }',
        "token": start
        + ' }\nalgorithm = "token"\ncontent = ["{secret}"]'
        + '\ndangerous-body-unsigned = "a token"\nreplay-id = "unsigned-body"',
        "token_digest": start
        + ' }\nalgorithm = "sha512"\nkey = "text"\ncontent = ["{secret}", ":", "{body}"]',
        "two_of_a_name": "\n".join([start + " }"] * 2),
        "version_in_encoding": start + ', prefix = "abc", prefix-optional = true }',
    }
    for name, text in short.items():
        write("scheme_file", name, "toml", text + "\n")
    write("scheme_file", "json_deep", "json", '{"scheme":' + "[" * 200 + "]" * 200 + "}")


def store_answer():
    answers = {
        "claimed": ":-1\r\n",
        "done": ":-2\r\n",
        "held": ":1\r\n",
        "lost": ":0\r\n",
        "in_progress": ":5000\r\n",
        "beyond": ":99999999999999999999\r\n",
        "signed": ":+1\r\n",
        "text": "+-1\r\n",
        "bulk": "$2\r\n-1\r\n",
        "bulk_truncated": "$9\r\n-1\r\n",
        "bulk_huge": "$536870912\r\n-1",
        "nil": "$-1\r\n",
        "null": "_\r\n",
        "fraction": ",1.5\r\n",
        "big": "(-1\r\n",
        "true": "#t\r\n",
        "list": "*2\r\n:-1\r\n:-1\r\n",
        "list_huge": "*2147483647\r\n:-1\r\n",
        "list_deep": "*1\r\n" * 120 + ":-1\r\n",
        "push": ">2\r\n+message\r\n:1\r\n:-1\r\n",
        "attribute": "|1\r\n+a\r\n:1\r\n:-1\r\n",
        "verbatim": "=6\r\ntxt:-1\r\n",
        "out_of_memory": "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        "no_script": "-NOSCRIPT No matching script.\r\n",
        "read_only": "-READONLY You can't write against a read only replica.\r\n",
        "two": ":-2\r\n:-1\r\n",
        "cut": ":-1\r",
        "empty": "",
        "http": "HTTP/1.1 400 Bad Request\r\n\r\n",
    }
    for name, answer in answers.items():
        write("store_answer", f"claim_{name}", "claim", answer)
    for call in ["renew", "complete", "release"]:
        for name in ["held", "lost", "bulk", "out_of_memory", "push"]:
            write("store_answer", f"{call}_{name}", call, answers[name])


def canonical():
    form = "application/x-www-form-urlencoded"
    url = "https://hooks.example.com/in?a=%41+1&b"
    bodies = {
        "plain": "a=1&b=2",
        "repeated": "a=1&b=2&a=3",
        "escaped": "a=%31%2b+%zz&%62=%E2%82%AC&payload=%7B%22id%22%3A17%2C%22a%2Fb%22%3A%5B%22x%22%5D%7D",
        "empty_segments": "&&a&=b&b=%26%3D&&",
        "not_utf8": "a=%ff%fe&b=\x7f",
    }
    for slug in ["fields", "last-fields", "json-in-form", "sorted", "plivo", "freshbooks"]:
        for name, body in bodies.items():
            write("canonical", f"{slug}_{name}".replace("-", "_"), slug, form, url, body)
    write("canonical", "plivo_no_form", "plivo", "text/plain", url, "")
    boundary = 'multipart/form-data; boundary="b"'
    parts = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
    write("canonical", "fields_multipart", "fields", boundary, url, parts)
    urls = {
        "default_port": "https://Hooks.example.com:443/in?a=1",
        "fragment": "http://a.example/in?a=1#a=2",
        "ipv6": "http://[::1]:8080/?a=1",
        "no_path": "https://a.example?a=1",
        "no_url": "in?a=1",
        "query_in_query": "https://a.example/?a=1?b=2&a",
        "user": "https://u:p@A.example:/in?a=%31",
    }
    for slug in ["ports", "url"]:
        for name, text in urls.items():
            write("canonical", f"{slug}_{name}", slug, "text/plain", text, "{}")


def public_url():
    proxy = "10.0.0.1"
    for name, *lines in [
        ("base", "base", "https://hooks.example.com", "", "/in?a=1"),
        ("base_path", "base", "https://example.com/hooks/", "", "http://evil.example/square"),
        ("base_query", "base", "https://example.com/?a", "", "/"),
        ("base_star", "base", "https://example.com", "", "*"),
        ("exact", "exact", "https://example.com:8443/in?shop=7", "", "/other"),
        ("exact_port", "exact", "https://example.com:08443/in", "", "/"),
        ("exact_user", "exact", "https://u@example.com/in", "", "/"),
        ("exact_ipv6", "exact", "http://[::ffff:1.2.3.4]/in", "", "/"),
        ("x", "x-forwarded", "", proxy, "/in?", "x-forwarded-proto: https", "x-forwarded-host: a.example:8443"),
        ("x_list", "x-forwarded", "", proxy, "/", "x-forwarded-proto: https", "x-forwarded-host: b.example, a.example"),
        ("x_twice", "x-forwarded", "", proxy, "/", "x-forwarded-proto: https", "x-forwarded-host: a", "x-forwarded-host: b"),
        ("x_stranger", "x-forwarded", "", "10.0.0.2", "/", "x-forwarded-proto: https", "x-forwarded-host: a.example"),
        ("x_mapped", "x-forwarded", "", "::ffff:10.0.0.1", "/", "x-forwarded-proto: http", "x-forwarded-host: a."),
        ("forwarded", "forwarded", "", proxy, "/in", 'forwarded: for=1.2.3.4;proto=http;host=b, for="[::1]";proto=https;host="a.example:443"'),
        ("forwarded_quoted", "forwarded", "", proxy, "/in", r'forwarded: host="a\.example" ;proto=https'),
        ("forwarded_open", "forwarded", "", proxy, "/in", 'forwarded: for="x, proto=https;host=a.example'),
        ("forwarded_comma", "forwarded", "", proxy, "/in", 'forwarded: for="a,b;c" , PROTO=https;Host=a.example'),
        ("forwarded_twice", "forwarded", "", proxy, "/in", "forwarded: proto=https;host=a;host=b"),
    ]:
        write("public_url", name, *lines)


for make in [whole, typed_event, identity, raw_request, scheme_file, store_answer, canonical, public_url]:
    make()
