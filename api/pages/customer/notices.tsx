import { Notice, type Tone } from '../parts/notice.tsx';

const NOTICES: Record<string, { tone: Tone; text: string }> = {
  welcome: { tone: 'good', text: 'Your password is set, and you are logged in.' },
  canceled: { tone: 'good', text: 'Your subscription is canceled. You keep it until the date shown below.' },
  kept: { tone: 'good', text: 'Your subscription goes on as before.' },
  asked: { tone: 'plain', text: 'Your request is being carried out. You will get an email.' },
  card: { tone: 'good', text: 'Your new card is in place and will be used for future payments.' },
  'card-added': { tone: 'good', text: 'Your card has been added. It is listed below.' },
  'card-default': { tone: 'good', text: 'It pays from now on for whatever has no card of its own.' },
  'card-removed': { tone: 'good', text: 'The card is removed.' },
  'card-paid': { tone: 'good', text: 'Your new card is in place, and the overdue payment went through.' },
  'card-asked': { tone: 'plain', text: 'Your new card is in place. The overdue payment is being tried right now.' },
  'card-failed': {
    tone: 'warn',
    text: 'Your new card is in place, but the overdue payment did not go through. Please try another card.',
  },
  requested: { tone: 'good', text: 'Your request has been received. You will get an email once it is decided.' },
  withdrawn: { tone: 'good', text: 'Your request has been withdrawn. Nothing changes.' },
  changed: { tone: 'good', text: 'Your offer has been changed. You will get an email.' },
  'change-planned': {
    tone: 'good',
    text: 'Your offer changes on the date shown below. Until then, everything stays as it is.',
  },
  'change-undone': { tone: 'good', text: 'Nothing changes: you keep the offer that you have.' },
  stayed: { tone: 'good', text: 'Thank you for staying.' },
  paused: { tone: 'good', text: 'It is paused until the date shown below. Nothing is charged until then.' },
  resumed: { tone: 'good', text: 'The pause has ended. Payments go on as shown below.' },
  'call-booked': { tone: 'good', text: 'Your call is booked. You find it below.' },
  'call-moved': { tone: 'good', text: 'Your call has another time now. You find it below.' },
  'call-canceled': { tone: 'good', text: 'Your call is canceled.' },
  'seat-booked': { tone: 'good', text: 'You have a seat. You find it below.' },
  'seat-canceled': { tone: 'good', text: 'Your seat is given up.' },
  'language-changed': { tone: 'good', text: 'Your emails are written in this language from now on.' },
  'link-sent': {
    tone: 'plain',
    text: 'A link is on its way to you. It works once, for 15 minutes. We send at most three an hour: if none comes, try again later.',
  },
  'passkey-added': { tone: 'good', text: 'The passkey is added. From now on it logs you in.' },
  'passkey-renamed': { tone: 'good', text: 'The passkey has another name.' },
  'passkey-removed': { tone: 'good', text: 'The passkey is removed. Remove it on your device, too.' },
  'session-ended': { tone: 'good', text: 'You are logged out there.' },
  'logged-out': { tone: 'plain', text: 'You are logged out.' },
};

/** What has just been done, named by the address. */
export function Told({ notice }: { notice: string | undefined }) {
  const found = notice === undefined ? undefined : NOTICES[notice];
  return found ? <Notice tone={found.tone}>{found.text}</Notice> : null;
}
