import type { ReactNode } from 'react';
import { Body, Container, Head, Heading, Html, Img, Link, Preview, Section, Text } from 'react-email';
import type { Site } from './catalogue.ts';
import type { Brand } from './form.ts';
import { LANGUAGES } from './languages/index.ts';
import type { Language } from './languages/language.ts';
import { BODY, cardOf, darkModeOf, FOOTER, HEADING, linkOf, LOGO, RULE, SITE_NAME } from './styles.ts';
import { fill } from './words/fill.ts';

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

/** The one frame of every email: whose it is, heading, body, who to turn to, and who sells. */
export function Frame({ site, brand, preview, heading, zone, unsubscribeUrl, children }: FrameProps) {
  const { locale } = languageOf(site);
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkModeOf(brand)}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="page" lang={locale} style={BODY}>
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

const languageOf = ({ language = 'en' }: Site): Language => LANGUAGES[language];

function Footer({ site, brand, zone, unsubscribeUrl }: FooterProps) {
  const { frame } = languageOf(site);
  const [before = '', after = ''] = frame.questions.split('{{address}}');
  return (
    <>
      <Text className="quiet" style={FOOTER}>
        {before}
        <Link className="link" style={linkOf(brand)} href={`mailto:${site.supportEmail}`}>
          {site.supportEmail}
        </Link>
        {after}
      </Text>
      {site.postalAddress ? (
        <Text className="quiet" style={FOOTER}>
          {site.name}, {site.postalAddress}
        </Text>
      ) : null}
      {unsubscribeUrl ? (
        <Text className="quiet" style={FOOTER}>
          {fill(frame.subscribed, { siteName: site.name })}{' '}
          <Link className="link" style={linkOf(brand)} href={unsubscribeUrl}>
            {frame.unsubscribe}
          </Link>
        </Text>
      ) : null}
      {zone ? (
        <Text className="quiet" style={FOOTER}>
          {fill(frame.zone, { zone })}
        </Text>
      ) : null}
    </>
  );
}
