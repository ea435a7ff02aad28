import type { AdminNotice, EmailActor } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts } from '../parts.tsx';
import type { Template } from '../template.ts';

/** What differs between one notice and the next. */
export type NoticeWords<Props extends AdminNotice> = {
  /** Heading and, with the offer's name, subject. */
  heading: string;
  /** What to know besides offer, customer, who, when and why; an empty value leaves its line out. */
  facts: (props: Props) => readonly (readonly [label: string, value: string | null | undefined])[];
  preview: Props;
};

/** Makes the template of one notice to admins: the same page for all, with its own words. */
export function adminNotice<Props extends AdminNotice>(words: NoticeWords<Props>): Template<Props> {
  const Notice = (props: Props) => (
    <Frame site={props.site} preview={`${customerName(props)}, ${props.offerName}`} heading={words.heading}>
      <Facts
        rows={[
          ['Customer', customerName(props)],
          ['Offer', props.offerName],
          ...words.facts(props),
          ['When', formatInstant(props.at, props.site)],
          ['By', actorName(props.actor)],
          ['Reason', props.reason],
        ]}
      />
      <Action href={props.purchaseUrl}>Open the purchase</Action>
    </Frame>
  );
  Notice.subject = (props: Props) => `${words.heading}: ${props.offerName}, ${customerName(props)}`;
  Notice.PreviewProps = words.preview;
  return Notice;
}

function customerName({ customer }: AdminNotice): string {
  return customer.name ? `${customer.name} (${customer.email})` : customer.email;
}

const ACTOR_WORDS = {
  admin: 'an admin',
  operator: 'an operator of the platform',
  api_key: 'an API key',
  customer: 'the customer',
  automation: 'an automation',
  system: 'the system',
  stripe: 'Stripe',
} satisfies Record<EmailActor['kind'], string>;

function actorName({ kind, label }: EmailActor): string {
  return label ? `${label} (${ACTOR_WORDS[kind]})` : ACTOR_WORDS[kind];
}
