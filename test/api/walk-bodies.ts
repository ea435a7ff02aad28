/** Bodies of requests that are longer than their step. */
export const SIGN_UP = {
  plan: 'basic',
  interval: 'month',
  email: 'kim@example.com',
  accountName: 'Kim',
  timeZone: 'UTC',
};

export const WORDS = {
  subject: 'Come in, {{contactName}}',
  preview: 'Your link',
  heading: 'Come in',
  body: ['{{action}}', '{{facts}}'],
  button: 'Come in',
};

export const EXPERT = {
  name: 'Jonas Weber',
  email: 'jonas@example.com',
  timeZone: 'Europe/Berlin',
  meetingUrl: 'https://meet.example.com/jonas',
  workingHours: { tuesday: [{ from: '10:00', to: '16:00' }] },
};
