import { creditRoutes } from '../../credits/credits.ts';
import { siteOf } from '../page.ts';
import { ListField } from '../parts/fields.tsx';
import { instantInWords } from '../words/instant.ts';
import type { ShownVerb } from './shown-verb.ts';

export const forfeitCredit: ShownVerb = {
  word: 'Forfeit credits',
  intro:
    'Ends call credits that no call holds, for good. The offer’s next credits come all the same. It needs a reason.',
  fields: ({ form, choices }) => <ListField name="creditIds@list" label="Credits" form={form} options={choices} />,
  async choices(call, { id: purchaseId }) {
    const { data } = await call.api.read(creditRoutes.read, { params: { purchaseId } });
    return data
      .filter(({ state }) => state === 'available')
      .map(({ id, issuedAt, expiresAt }) => ({
        value: id,
        label: `issued ${instantInWords(issuedAt, siteOf(call), 'day')}, expires ${instantInWords(expiresAt, siteOf(call), 'day')}`,
      }));
  },
  initial: (_purchase, _site, { creditId }) => ({ 'creditIds@list': creditId === undefined ? [] : [creditId] }),
  button: ({ creditIds }) =>
    Array.isArray(creditIds) && creditIds.length > 1
      ? `Forfeit ${creditIds.length} credits now`
      : 'Forfeit 1 credit now',
  isDangerous: () => true,
  done: 'The credits have been forfeited.',
};
