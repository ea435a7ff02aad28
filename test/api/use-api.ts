import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Client } from './a-client.ts';
import { startApi, type ApiSettings, type TestApi } from './an-api.ts';
import { aWorld, type World } from './a-world.ts';

/** What the tests of a file ask, and in whose name; `useApi` sets them. */
export let api: TestApi;
export let world: World;
export let owner: Client;
export let guest: Client;

/** Tests that change nothing of their world can share one. */
type Wish = ApiSettings & { worldOf?: 'each test' | 'all tests' };

/** Runs an API for the tests of the file that calls this, each in a world of its own. */
export function useApi({ worldOf = 'each test', ...settings }: Wish = {}): void {
  beforeAll(async () => {
    api = await startApi(settings);
    guest = api.client(null);
  });
  afterAll(() => api.close());
  const before = worldOf === 'each test' ? beforeEach : beforeAll;
  before(async () => {
    world = await aWorld(api.orm);
    owner = api.client(world.keys.owner);
  });
}
