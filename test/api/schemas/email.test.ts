import { expect, test } from '@jest/globals';
import { email } from '../../../api/http/fields.ts';

const read = (given: string) => {
  const { success, data, error } = email.safeParse(given);
  return success ? data : error.issues.map(({ message }) => message);
};

test.each([
  ['  Ada@Example.COM ', 'ada@example.com'],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['Ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
  ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
  ['ada@例え。テスト', 'ada@xn--r8jz45g.xn--zckzah'],
])('%s is kept as %s, so that one mailbox is one contact', (given, kept) => {
  expect(read(given)).toBe(kept);
});

const UNMAILED = 'must have only letters without accents before the @: other addresses cannot be mailed yet';

test.each(['jürgen@example.com', '用户@例え.テスト'])('%s is refused with the true reason', (given) => {
  expect(read(given)).toEqual([UNMAILED]);
});

test.each(['bücher.example', 'ada@', 'ada@bü cher.example', 'ada@-ü-.', `ada@${'ü'.repeat(300)}.example`])(
  '%s is no address',
  (given) => {
    expect(read(given)).toEqual(expect.arrayContaining([expect.stringMatching(/^must (be an email|have at most)/)]));
  },
);

test('a domain that is longer as mail servers know it is measured so', () => {
  expect(read(`ada@${Array(40).fill('ü').join('.')}.example`)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^must have at most 254/)]),
  );
});
