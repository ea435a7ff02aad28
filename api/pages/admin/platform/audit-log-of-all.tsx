import { AUDIT_FILE, auditOfAllRoutes } from '../../../platform/audit-log.ts';
import type { ApiAuditEntry } from '../../../platform/audit-schema.ts';
import { page, type Page } from '../../page.ts';
import { AuditEntry, auditColumns } from '../../parts/audit.tsx';
import { Chip, chosenOf, DatesChip, Filters } from '../../parts/filters.tsx';
import { addressWith, pageOf, Pager, Table } from '../../parts/list.tsx';
import { AUDIT_SUBJECT_OPTIONS, auditInWords } from '../../words/audit.ts';
import { inRealTime } from '../../words/instant.ts';
import { ACTOR_OPTIONS, AUDIT_NAMES } from './audit-log.tsx';

const PATH = '/accounts/audit-log';
const NAMES = [...AUDIT_NAMES, 'accountId'] as const;

type Query = Record<string, string>;

const here = () => inRealTime('UTC');

/** The same for operators, of all accounts [R2.2]. */
const list: Page = {
  path: PATH,
  audience: 'admin',
  roles: ['operator'],
  async show({ api, query }) {
    const chosen = chosenOf(query, NAMES);
    const listed = await api.read(auditOfAllRoutes.listOfAll, { query: { ...chosen, ...pageOf(query) } });
    return page('Audit log of all accounts', <Log chosen={chosen} query={query} {...listed} />, 200, 'UTC');
  },
};

const csv: Page = {
  path: `${PATH}/csv`,
  audience: 'admin',
  roles: ['operator'],
  async show({ api, query }) {
    const lines = await api.read(auditOfAllRoutes.csvOfAll, { query: chosenOf(query, NAMES) });
    return { kind: 'stream', ...AUDIT_FILE, body: lines };
  },
};

const one: Page = {
  path: `${PATH}/{entryId}`,
  audience: 'admin',
  roles: ['operator'],
  async show({ api, params }) {
    const entry = await api.read(auditOfAllRoutes.readOfAll, { params: { entryId: params.entryId ?? '' } });
    return page(auditInWords(entry.kind), <OneOfAll entry={entry} />, 200, 'UTC');
  },
};

const OneOfAll = ({ entry }: { entry: ApiAuditEntry }) => (
  <>
    <p className="crumbs">
      <a href={PATH}>Audit log of all accounts</a> · <a href={`/accounts/${entry.accountId}`}>Its account</a>
    </p>
    <h1>{auditInWords(entry.kind)}</h1>
    <AuditEntry entry={entry} site={here()} />
  </>
);

type LogProps = { chosen: Query; query: Query; data: ApiAuditEntry[]; nextCursor: string | null };

const Log = ({ chosen, query, data, nextCursor }: LogProps) => (
  <>
    <p className="crumbs">
      <a href="/accounts">Accounts</a>
    </p>
    <div className="head">
      <h1>Audit log of all accounts</h1>
      <a href={addressWith(`${PATH}/csv`, chosen, {})}>Download as CSV</a>
    </div>
    <Filters path={PATH} chosen={chosen} kept={['kind', 'subjectId', 'actorId', 'accountId']}>
      <Chip name="subjectKind" label="About" options={AUDIT_SUBJECT_OPTIONS} chosen={chosen} />
      <Chip name="actorKind" label="By whom" options={ACTOR_OPTIONS} chosen={chosen} />
      <DatesChip label="When" from="from" to="to" chosen={chosen} here={here()} />
    </Filters>
    <Table
      caption="What was done in all accounts, the newest first"
      rows={data}
      keyOf={({ id }) => id}
      empty={<p>Nothing like that was done.</p>}
      columns={auditColumns(here(), ({ id }) => `${PATH}/${id}`)}
    />
    <Pager path={PATH} query={query} nextCursor={nextCursor} />
  </>
);

/** What stands for itself comes before what is named. */
export const auditOfAllPages: readonly Page[] = [list, csv, one];
