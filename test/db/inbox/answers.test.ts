import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { listenForAnswers, type Answers } from '../../../db/inbox/answers.ts';
import { eventually } from '../../ground/eventually.ts';
import { createDatabase, type TestDatabase } from '../../ground/postgres.ts';

let database: TestDatabase;
let client: pg.Client;
let answers: Answers;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  answers = listenForAnswers(database.url);
  await eventually(isListening);
});
afterAll(async () => {
  await answers.close();
  await client.end();
  await database.drop();
});

const LISTENERS = `select pid from pg_stat_activity where application_name = 'perennial-answers' and datname = current_database() and query = 'listen answers'`;
const isListening = async (): Promise<boolean> => (await client.query(LISTENERS)).rowCount === 1;
const notify = (id: string) => client.query(`select pg_notify('answers', $1)`, [id]);

/** An answer that is there from the moment it is given. */
function anAnswer() {
  const answer: { value: string | null; reads: number; read: () => Promise<string | null> } = {
    value: null,
    reads: 0,
    read: async () => {
      answer.reads += 1;
      return answer.value;
    },
  };
  return answer;
}

describe('waiting for an answer', () => {
  test('that was given before anybody listened ends at once', async () => {
    const answer = anAnswer();
    answer.value = 'early';

    expect(await answers.wait('a', 5_000, answer.read)).toBe('early');
  });

  test('ends with the notification, for everybody who waits for it and nobody else', async () => {
    const answer = anAnswer();
    const other = anAnswer();
    const waits = [answers.wait('b', 5_000, answer.read), answers.wait('b', 5_000, answer.read)];
    const stranger = answers.wait('c', 500, other.read);
    await eventually(() => answer.reads === 2 && other.reads === 1);
    answer.value = 'done';

    await notify('b');

    expect(await Promise.all(waits)).toEqual(['done', 'done']);
    expect(await stranger).toBeNull();
    expect(other.reads).toBe(1);
  });

  test('goes on after a notification that came before its row could be read', async () => {
    const answer = anAnswer();
    const wait = answers.wait('d', 5_000, answer.read);
    await eventually(() => answer.reads === 1);
    await notify('d');
    await eventually(() => answer.reads === 2);
    answer.value = 'now';
    await notify('d');

    expect(await wait).toBe('now');
  });

  test('is over when the time is', async () => {
    expect(await answers.wait('e', 50, anAnswer().read)).toBeNull();
  });

  test('survives the loss of its connection', async () => {
    const answer = anAnswer();
    const wait = answers.wait('f', 20_000, answer.read);
    await eventually(() => answer.reads === 1);
    await client.query(`select pg_terminate_backend(pid) from (${LISTENERS}) listeners`);
    answer.value = 'found when it was back';

    expect(await wait).toBe('found when it was back');
  });
});
