import type { ReactNode } from 'react';
import { Body, Container, Head, Heading, Html, Img, Link, Preview, Section, Text } from 'react-email';
import type { Site } from './catalogue.ts';
import type { Brand } from './form.ts';
import { BODY, cardOf, darkModeOf, FOOTER, HEADING, linkOf, LOGO, RULE, SITE_NAME } from './styles.ts';

type FrameProps = {
  site: Site;
  brand: Brand;
  /** What an inbox shows beside the subject. */
  preview: string;
  heading: string;
  zone: string | null;
  /** Of a marketing email. */
  unsubscribeUrl: string | null;
  children: ReactNode;
};

const LANGUAGE = 'en-US';

/** The one frame of every email: whose it is, heading, body, who to turn to, and who sells. */
export function Frame({ site, brand, preview, heading, zone, unsubscribeUrl, children }: FrameProps) {
  return (
    <Html lang={LANGUAGE} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkModeOf(brand)}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="page" lang={LANGUAGE} style={BODY}>
        <Container className="card" style={cardOf(brand)}>
          {site.logoUrl ? <Img src={site.logoUrl} alt="" height="32" style={LOGO} /> : null}
          <Text style={SITE_NAME}>{site.name}</Text>
          <Heading as="h1" style={HEADING}>
            {heading}
          </Heading>
          {children}
          <Section className="rule" style={RULE}>
            <Footer site={site} brand={brand} zone={zone} unsubscribeUrl={unsubscribeUrl} />
          </Section>
        </Container>
      </Body>
    </Html>
  );
}

type FooterProps = Pick<FrameProps, 'site' | 'brand' | 'zone' | 'unsubscribeUrl'>;

const Footer = ({ site, brand, zone, unsubscribeUrl }: FooterProps) => (
  <>
    <Text className="quiet" style={FOOTER}>
      Questions? Answer this email, or write to{' '}
      <Link className="link" style={linkOf(brand)} href={`mailto:${site.supportEmail}`}>
        {site.supportEmail}
      </Link>
      .
    </Text>
    {site.postalAddress ? (
      <Text className="quiet" style={FOOTER}>
        {site.name}, {site.postalAddress}
      </Text>
    ) : null}
    {unsubscribeUrl ? (
      <Text className="quiet" style={FOOTER}>
        You get this because you subscribed to news from {site.name}.{' '}
        <Link className="link" style={linkOf(brand)} href={unsubscribeUrl}>
          Unsubscribe
        </Link>
      </Text>
    ) : null}
    {zone ? (
      <Text className="quiet" style={FOOTER}>
        Times are in {zone}.
      </Text>
    ) : null}
  </>
);
