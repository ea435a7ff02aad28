/**
 * The least that keeps a webhook: bare Express, the signature check of Stripe's own SDK, one insert
 * per request.
 */
import express from 'express';
import pg from 'pg';
import Stripe from 'stripe';

const { PORT, DATABASE_URL, STRIPE_WEBHOOK_SECRET = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query('create table if not exists events (id text primary key, kind text not null, body bytea not null)');

const app = express();
app.get('/', (_request, response) => void response.end());
app.post('/webhooks/stripe', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
  const body = request.body as Buffer;
  const signature = request.get('stripe-signature') ?? '';
  const event = Stripe.webhooks.constructEvent(body, signature, STRIPE_WEBHOOK_SECRET);
  await pool.query({
    name: 'keep',
    text: 'insert into events (id, kind, body) values ($1, $2, $3) on conflict do nothing',
    values: [event.id, event.type, body],
  });
  response.json({ received: true });
});
app.listen(Number(PORT), '127.0.0.1');
