/**
 * Resend's request for many emails, answered at once; it counts what each address got, and tells on
 * `/`.
 */
import express from 'express';
import { v7 as uuid } from 'uuid';

const got = new Map<string, number>();

const app = express();
app.get('/', (_request, response) => {
  const counts = [...got.values()];
  response.json({ emails: counts.reduce((sum, count) => sum + count, 0), addresses: counts.length });
});
app.post('/emails/batch', express.json({ limit: '20mb' }), (request, response) => {
  const emails = request.body as { to: string }[];
  for (const { to } of emails) got.set(to, (got.get(to) ?? 0) + 1);
  response.json({ data: emails.map(() => ({ id: uuid() })) });
});
app.listen(Number(process.env.PORT), '127.0.0.1');
