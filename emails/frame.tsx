import type { ReactNode } from 'react';
import { Body, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from 'react-email';
import type { Site } from './catalogue.ts';
import { BODY, CARD, DARK_MODE, FOOTER, HEADING, HR, LINK, SITE_NAME } from './styles.ts';

type FrameProps = {
  site: Site;
  /** What an inbox shows beside the subject. */
  preview: string;
  heading: string;
  children: ReactNode;
};

const LANGUAGE = 'en-US';

/** The one frame of every email: site name, heading, body, and who to turn to. */
export function Frame({ site, preview, heading, children }: FrameProps) {
  return (
    <Html lang={LANGUAGE} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK_MODE}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="page" lang={LANGUAGE} style={BODY}>
        <Container className="card" style={CARD}>
          <Text style={SITE_NAME}>{site.name}</Text>
          <Heading as="h1" style={HEADING}>
            {heading}
          </Heading>
          {children}
          <Hr className="rule" style={HR} />
          <Footer site={site} />
        </Container>
      </Body>
    </Html>
  );
}

function Footer({ site }: { site: Site }) {
  return (
    <Section>
      <Text className="quiet" style={FOOTER}>
        Questions? Write to{' '}
        <Link className="link" style={LINK} href={`mailto:${site.supportEmail}`}>
          {site.supportEmail}
        </Link>
        .
      </Text>
    </Section>
  );
}
