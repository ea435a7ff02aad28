import type { ReactNode } from 'react';
import { parseInstant } from '../../../workflows/domain/instant.ts';
import type { ApiAuditEntry } from '../../platform/audit-schema.ts';
import { AUDIT_PATHS, auditInWords, fieldInWords } from '../words/audit.ts';
import type { Here } from '../words/instant.ts';
import { actorInWords } from './actor.tsx';
import { Facts, Table, type Column } from './list.tsx';
import { Near, When } from './when.tsx';

const whoInWords = ({ by }: ApiAuditEntry): string => (by ? actorInWords(by) : 'nobody known');

/** The fields that it tells of, in the order of their names: Postgres keeps them by length. */
function fieldsOf({ before, after }: ApiAuditEntry): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
}

const MOST_NAMED = 3;

function ofWhat(entry: ApiAuditEntry): string {
  const names = fieldsOf(entry).map(fieldInWords);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(' · ')}${more}`;
}

/** Each with what was done, by whom, and from where; `pathOf`: its own page. */
export const auditColumns = (site: Here, pathOf: (entry: ApiAuditEntry) => string): Column<ApiAuditEntry>[] => [
  {
    label: 'What',
    at: '1',
    cell: (entry) => (
      <a className="row" href={pathOf(entry)}>
        {auditInWords(entry.kind)}
      </a>
    ),
  },
  { label: 'Changed', at: '2', width: 'wide', isQuiet: true, cell: (entry) => ofWhat(entry) || '–' },
  { label: 'Who', at: '1r', width: 'wide', cell: whoInWords },
  { label: 'From', isSpare: true, width: 'fit', cell: ({ ip }) => (ip === null ? '–' : <code>{ip}</code>) },
  { label: 'When', at: '2r', isFigure: true, cell: ({ at }) => <Near at={at} site={site} /> },
];

/** One entry in full. */
export const AuditEntry = ({ entry, site }: { entry: ApiAuditEntry; site: Here }) => (
  <>
    <Facts facts={factsOf(entry, site)} />
    <h2>What changed</h2>
    <Table
      caption="Each field before and after"
      rows={fieldsOf(entry)}
      keyOf={(name) => name}
      empty={<p>{emptyInWords(entry)}</p>}
      columns={[
        { label: 'Field', cell: fieldInWords },
        { label: 'Before', cell: (name) => <Value of={entry.before?.[name]} site={site} /> },
        { label: 'After', cell: (name) => <Value of={entry.after?.[name]} site={site} /> },
      ]}
    />
  </>
);

const emptyInWords = ({ forgottenAt }: ApiAuditEntry): string =>
  forgottenAt === null ? 'Nothing else is told of it.' : 'It was erased, with the person whom it was about.';

function factsOf(entry: ApiAuditEntry, site: Here): (readonly [string, ReactNode])[] {
  const { subject, by, ip, requestId, commandId, at } = entry;
  return [
    ['When', <When key="at" at={at} site={site} />],
    ['Who', whoInWords(entry)],
    ...(by?.id ? [['Who, by id', <code key="by">{by.id}</code>] as const] : []),
    ['From', ip === null ? '–' : <code key="ip">{ip}</code>],
    ['About', <Subject key="about" subject={subject} />],
    ...(commandId === null
      ? []
      : [
          [
            'Command',
            <a key="command" href={`/commands/${commandId}`}>
              What became of it
            </a>,
          ] as const,
        ]),
    ['Request', requestId === null ? '–' : <code key="request">{requestId}</code>],
  ];
}

function Subject({ subject: { kind, id } }: Pick<ApiAuditEntry, 'subject'>) {
  const path = AUDIT_PATHS[kind];
  if (id === null) return <>–</>;
  const shown = <code>{id}</code>;
  return path === undefined ? shown : <a href={`${path}/${encodeURIComponent(id)}`}>{shown}</a>;
}

function Value({ of, site }: { of: unknown; site: Here }) {
  if (of === undefined || of === null || of === '') return <>–</>;
  if (typeof of === 'boolean') return <>{of ? 'Yes' : 'No'}</>;
  if (typeof of === 'string' && parseInstant(of) === of) return <When at={of} site={site} />;
  return <code>{typeof of === 'string' ? of : JSON.stringify(of)}</code>;
}
