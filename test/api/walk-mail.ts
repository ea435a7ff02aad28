import type { EntityManager } from '@mikro-orm/postgresql';
import { aBroadcast, aSentBroadcast } from '../builders/broadcasts.ts';
import { aContact } from '../builders/rows.ts';
import { aSuppression } from '../builders/suppressions.ts';

const TEXT = {
  subject: 'The spring kiln opens',
  body: ['Dear {{contactName}}, the kiln opens on Monday.'],
  button: { label: 'Take a place', url: 'https://willow-and-wheel.example/kiln' },
};
const NEWS = { ...TEXT, segment: 'subscribed' };

type Step = { params?: Record<string, string>; body?: object };

/** What operations on the provider's suppression list are asked with. */
async function suppressionSteps(em: EntityManager, accountId: string): Promise<Record<string, Step>> {
  const contactId = await aContact(em, accountId);
  await aSuppression(em, { accountId, contactId });
  return {
    listSuppressions: {},
    liftSuppression: { params: { contactId }, body: { reason: 'Their mailbox is back.' } },
    listSuppressionLifts: {},
  };
}

/** What operations on broadcasts and their jobs are asked with. */
async function broadcastSteps(em: EntityManager, accountId: string): Promise<Record<string, Step>> {
  const draft = { params: { broadcastId: await aBroadcast(em, accountId) } };
  const sending = { params: { jobId: (await aSentBroadcast(em, accountId)).jobId } };
  return {
    createBroadcast: { body: NEWS },
    listBroadcasts: {},
    getBroadcast: draft,
    putBroadcast: { ...draft, body: NEWS },
    previewBroadcast: { body: TEXT },
    testBroadcast: { body: TEXT },
    sendBroadcast: { ...draft, body: { sendAt: '2027-03-15T09:00:00Z' } },
    deleteBroadcast: { params: { broadcastId: await aBroadcast(em, accountId) } },
    getJob: sending,
    pauseJob: sending,
    resumeJob: sending,
    cancelJob: sending,
  };
}

export const mailSteps = async (em: EntityManager, accountId: string): Promise<Record<string, Step>> => ({
  ...(await suppressionSteps(em, accountId)),
  ...(await broadcastSteps(em, accountId)),
});
