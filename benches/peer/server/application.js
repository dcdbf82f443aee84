// The routes: Meta's webhook, and what is needed to see what came of it.

import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

/** The webhook answers when everything is written if it is `durable`, and else before it begins to. */
export function application(db, secrets, durable) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: '3mb', verify: (request, _, bytes) => (request.bytes = bytes) }));

  app.get('/api/webhook/whatsapp', ({ query }, response) => {
    const meant = query['hub.mode'] === 'subscribe' && query['hub.verify_token'] === secrets.verify;
    return meant ? response.type('text').send(query['hub.challenge']) : response.sendStatus(403);
  });

  app.post('/api/webhook/whatsapp', async (request, response) => {
    if (!signed(request, secrets.app)) {
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

  app.get('/api/leads', async ({ query }, response) => {
    const limit = Math.min(Number(query.limit ?? 20), 1000);
    const page = Number(query.page ?? 1);
    const [leads, total] = await Promise.all([db.leads(limit, (page - 1) * limit), db.countLeads()]);
    response.json({ leads, pagination: { page, limit, total, pages: Math.ceil(total / limit) } });
  });

  app.get('/api/leads/:id', async ({ params }, response) => {
    const lead = await db.lead(params.id);
    return lead ? response.json(lead) : response.sendStatus(404);
  });

  // For the comparison alone: how much is there, to see when it is done.
  app.get('/count', async (_, response) => response.json({ messages: await db.countMessages() }));

  return app;
}

/** Whether the bytes, as they came, are signed with the app's secret. */
function signed(request, secret) {
  const told = Buffer.from(request.get('x-hub-signature-256') ?? '');
  const meant = Buffer.from(`sha256=${createHmac('sha256', secret).update(request.bytes ?? '').digest('hex')}`);
  return told.length === meant.length && timingSafeEqual(told, meant);
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
