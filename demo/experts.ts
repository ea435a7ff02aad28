import type { DemoClient, Json } from './api-client.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const always = (hours: Json[]): Json => Object.fromEntries(WEEKDAYS.map((day) => [day, hours]));

const INES = {
  name: 'Ines Kolar',
  email: 'ines@perennial.test',
  timeZone: 'Europe/Vienna',
  meetingUrl: 'https://meet.perennial.test/ines',
  workingHours: always([
    { from: '09:00', to: '12:00' },
    { from: '14:00', to: '17:45' },
  ]),
};

const JONAS = {
  name: 'Jonas Weber',
  email: 'jonas@perennial.test',
  timeZone: 'America/Los_Angeles',
  meetingUrl: 'https://meet.perennial.test/jonas',
  workingHours: always([{ from: '08:00', to: '17:00' }]),
  bufferMinutes: 15,
  noticeMinutes: 120,
  maxCallsPerDay: 4,
};

/** Two experts, one of whom hosts the office hours of R19.6, unless there are some. */
export async function addExperts(api: DemoClient): Promise<void> {
  const { data } = await api.get<{ data: Json[] }>('/experts?limit=1');
  if (data.length > 0) return;
  await api.post('/experts', INES);
  const { id: expertId } = await api.post<{ id: string }>('/experts', JONAS);
  const block = { weekday: 'wednesday', timeZone: 'America/Los_Angeles', expertId, seats: 8 };
  await api.post('/office-hours', { ...block, from: '08:00', to: '12:00' });
  await api.post('/office-hours', { ...block, from: '13:00', to: '17:00' });
}
