import { Frame } from './frame.tsx';
import type { Brand, Email as EmailInWords } from './form.ts';
import { LANGUAGES } from './languages/index.ts';
import { Action, Facts, MoreToDo, Paragraph } from './parts.tsx';
import { fill } from './words/fill.ts';
import type { Block } from './write.ts';

/** Any email, as it is laid out. */
export function Email({ site, brand, written, unsubscribeUrl }: EmailInWords) {
  const { preview, heading, greeting, zone, blocks } = written;
  const { frame } = LANGUAGES[site.language ?? 'en'];
  return (
    <Frame site={site} brand={brand} preview={preview} heading={heading} zone={zone} unsubscribeUrl={unsubscribeUrl}>
      {greeting ? <Paragraph>{fill(frame.greeting, { name: greeting })}</Paragraph> : null}
      {blocks.map((block, place) => (
        <Shown key={place} block={block} brand={brand} />
      ))}
    </Frame>
  );
}

function Shown({ block, brand }: { block: Block; brand: Brand }) {
  switch (block.kind) {
    case 'paragraph':
      return <Paragraph>{block.text}</Paragraph>;
    case 'facts':
      return <Facts rows={block.rows} total={block.total} />;
    case 'action':
      return (
        <Action href={block.url} brand={brand}>
          {block.label}
        </Action>
      );
    case 'link':
      return (
        <MoreToDo href={block.url} brand={brand}>
          {block.label}
        </MoreToDo>
      );
  }
}
