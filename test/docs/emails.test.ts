import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { EMAIL_KINDS, EMAILS } from '../../emails/catalogue.ts';
import { CAUSES } from '../../emails/causes.ts';

const TO = {
  contact: 'the customer',
  admins: 'admins',
  admin: 'one admin',
  operators: 'operators',
  expert: 'the expert',
};
const OFF_BY = { offer: 'account or offer', account: 'account', nobody: '' };

test('every email stands in the docs with its cause, recipient and switch [R13.3]', () => {
  const rows = readFileSync('docs/emails.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));

  const cells = rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(cells).toEqual(
    EMAIL_KINDS.map((kind) => {
      const { name, to, offBy } = EMAILS[kind];
      return [`\`${kind}\``, name, CAUSES[kind], TO[to], OFF_BY[offBy]];
    }),
  );
});
