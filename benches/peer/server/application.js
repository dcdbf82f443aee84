// The routes: Meta's webhook, and two with which the comparison counts.

import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

/** If it is `durable`, the webhook answers after the commit, otherwise before the transaction begins. */
export function application(db, secret, durable) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: '3mb', verify: (request, _, bytes) => (request.bytes = bytes) }));

  app.post('/api/webhook/whatsapp', async (request, response) => {
    if (!signed(request, secret)) {
      response.status(403).json({ error: 'Invalid signature' });
      return;
    }
    const messages = messagesOf(request.body);
    if (durable) {
      for (const message of messages) await db.receive(message);
      response.sendStatus(200);
      return;
    }
    response.sendStatus(200);
    for (const message of messages) {
      await db.receive(message).catch((error) => console.error('a message is lost', message.id, error.code));
    }
  });

  // For the comparison alone: how many messages there are, and their ids.
  app.get('/count', async (_, response) => response.json(await db.count()));
  app.get('/messages', async (_, response) => response.json(await db.messageIds()));

  return app;
}

/** Whether the raw body is signed with the app secret. */
function signed(request, secret) {
  const actual = Buffer.from(request.get('x-hub-signature-256') ?? '');
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(request.bytes ?? '').digest('hex')}`);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The messages in a webhook, each with its sender. */
function messagesOf(body) {
  const values = (body.entry ?? []).flatMap(({ changes }) => changes ?? []).map(({ value }) => value);
  return values.flatMap(({ contacts = [], messages = [] }) =>
    messages.map(({ id, from, timestamp, type, text }) => ({
      id,
      phone: from,
      name: contacts.find((contact) => contact.wa_id === from)?.profile?.name ?? from,
      text: text?.body ?? `[${type}]`,
      type,
      at: Number(timestamp),
    })),
  );
}
