import type { Site } from './catalogue.ts';
import { Frame } from './frame.tsx';
import { Action, Facts, Paragraph } from './parts.tsx';
import type { Block, Written } from './write.ts';

/** Any email, as it is laid out. */
export function Email({ site, written }: { site: Site; written: Written }) {
  const { preview, heading, greeting, blocks } = written;
  return (
    <Frame site={site} preview={preview} heading={heading}>
      {greeting ? <Paragraph>Hello {greeting},</Paragraph> : null}
      {blocks.map((block, place) => (
        <Shown key={place} block={block} />
      ))}
    </Frame>
  );
}

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return <Paragraph>{block.text}</Paragraph>;
    case 'facts':
      return <Facts rows={block.rows} />;
    case 'action':
      return <Action href={block.url}>{block.label}</Action>;
  }
}
