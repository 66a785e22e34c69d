// Judges deliveries by the vendors' own JavaScript libraries: a delivery a line in, a verdict a line
// out. Each library is called as its documentation says, on what Node's server hands over: headers of
// one name joined, their bytes as Latin-1, the body as a Buffer. Its clock is the delivery's.
import { readFileSync } from 'node:fs';
import { parse } from 'node:querystring';
import { Webhooks } from '@octokit/webhooks';
import bolt from '@slack/bolt';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import twilio from 'twilio';

const FORM = /^application\/x-www-form-urlencoded/i;

const judges = {
  // A boolean is the verdict; what throws refuses, and whatever else comes back has been taken.
  github: ({ secret, headers, body }) =>
    // The text that its `createNodeMiddleware` makes of a body.
    new Webhooks({ secret }).verify(new TextDecoder().decode(body), headers['x-hub-signature-256']),

  slack: ({ secret, headers, body }) =>
    // What its `HTTPReceiver` calls.
    bolt.HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret: secret }, { headers, rawBody: body }),

  'standard-webhooks': ({ secret, headers, body }) => new StandardWebhook(secret).verify(body, headers),

  stripe: ({ secret, headers, body, now }) =>
    Stripe.webhooks.constructEvent(body, headers['stripe-signature'], secret, undefined, undefined, now),

  svix: ({ secret, headers, body }) => new SvixWebhook(secret).verify(body, headers),

  twilio: ({ secret, headers, body, url }) => {
    // A request as Express has it behind its `urlencoded` middleware.
    const isForm = FORM.test(headers['content-type'] ?? '');
    const request = {
      header: (name) => headers[name.toLowerCase()],
      body: isForm ? parse(body.toString(), '&', '=', { maxKeys: 0 }) : undefined,
      rawBody: body,
    };
    return twilio.validateIncomingRequest(request, secret, { url });
  },
};

function headersOf(lines) {
  const headers = {};
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    const text = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.hex, 'hex');
    const latin1 = text.toString('latin1');
    if (!(key in headers)) headers[key] = latin1;
    // Of this one Node keeps the first.
    else if (key !== 'content-type') headers[key] += `, ${latin1}`;
  }
  return headers;
}

async function judged({ provider, secret, now, request }) {
  Date.now = () => now * 1000;
  const body = Buffer.from(request.body_b64, 'base64');
  const headers = headersOf(request.headers);
  try {
    const verdict = await judges[provider]({ secret, headers, body, url: request.url, now: now * 1000 });
    return verdict === false ? 'false' : null;
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`.split('\n')[0].slice(0, 120);
  }
}

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const delivery = JSON.parse(line);
  console.log(JSON.stringify({ id: delivery.id, refused: await judged(delivery) }));
}
