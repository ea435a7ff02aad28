import { mergeContacts } from '../../activities/people/merge-contacts.ts';
import type { Answer } from '../api/a-client.ts';
import type { Site } from './a-site.ts';
import { town } from './use-town.ts';

/** As workers do every few seconds, until there is nothing left to do. */
export async function mergeSoon(site: Site, id: string): Promise<string> {
  for (let looks = 0; looks < 10; looks += 1) {
    await site.quiet();
    await mergeContacts(town.deps);
    const { merge } = await site.must<{ merge: { state: string } }>(site.owner.get(`/v1/contacts/${id}`));
    if (merge.state === 'done' || merge.state === 'refused') return merge.state;
  }
  throw new Error('it is still going on');
}

export const merge = (site: Site, id: string, intoContactId: string, more: object = {}): Promise<Answer> =>
  site.owner.post(`/v1/contacts/${id}/merge`, { intoContactId, ...more });

export async function contact(site: Site, email: string, more: object = {}): Promise<string> {
  const { id } = await site.must<{ id: string }>(site.owner.post('/v1/contacts', { email }), 201);
  await site.must(site.owner.patch(`/v1/contacts/${id}`, more));
  return id;
}

/** The same person by two addresses, of whom each has bought something. */
export async function twoOfOne(site: Site) {
  const [oldEmail, email] = [`old-${site.newEmail()}`, site.newEmail()];
  const old = await site.buy(await site.offer({ name: 'Drawing' }), { email: oldEmail });
  const kept = await site.buy(await site.offer({ name: 'Painting' }), { email });
  const [{ contactId: goes }, { contactId: stays }] = [await site.read(old), await site.read(kept)];
  return { oldEmail, email, old, kept, goes, stays };
}
