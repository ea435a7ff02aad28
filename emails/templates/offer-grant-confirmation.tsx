import type { OfferGrantConfirmationProps } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** After a grant, to new and existing customers alike (R13.2). */
export default function OfferGrantConfirmation(props: OfferGrantConfirmationProps) {
  const { site, offerName, products, accessStartsAt, accessEndsAt } = props;
  return (
    <Frame
      site={site}
      preview={`${site.name} has given you ${offerName}.`}
      heading={`You have been given ${offerName}`}
      contactName={props.contactName}
    >
      <Paragraph>{site.name} has given you access, free of charge.</Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Included', products.join(', ')],
          ['Access from', accessStartsAt && formatInstant(accessStartsAt, site)],
          ['Access until', accessEndsAt && formatInstant(accessEndsAt, site)],
        ]}
      />
      <Action href={props.loginUrl}>Log in</Action>
    </Frame>
  );
}

OfferGrantConfirmation.subject = ({ offerName }: OfferGrantConfirmationProps) => `You have been given ${offerName}`;

OfferGrantConfirmation.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  products: ['Throwing for Beginners', 'Glaze Library'],
  loginUrl: 'https://willow-and-wheel.example/login',
  accessEndsAt: '2026-04-30T16:00:00.000Z',
} satisfies OfferGrantConfirmationProps as OfferGrantConfirmationProps;
