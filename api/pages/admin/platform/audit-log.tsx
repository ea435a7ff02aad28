import { BILLING } from '../../../auth/roles.ts';
import { adminRoutes } from '../../../people/admins.ts';
import { AUDIT_FILE, auditRoutes } from '../../../platform/audit-log.ts';
import type { ApiAuditEntry } from '../../../platform/audit-schema.ts';
import { page, siteOf, type Page, type PageCall } from '../../page.ts';
import { AuditEntry, auditColumns } from '../../parts/audit.tsx';
import type { Option } from '../../parts/fields.tsx';
import { Chip, chosenOf, DatesChip, Filters } from '../../parts/filters.tsx';
import { addressWith, pageOf, Pager, Table } from '../../parts/list.tsx';
import { AUDIT_SUBJECT_OPTIONS, auditInWords } from '../../words/audit.ts';
import { inRealTime, type Here } from '../../words/instant.ts';
import { ACTOR_WORDS } from '../../../../emails/words/actor.ts';

const PATH = '/audit-log';
export const AUDIT_NAMES = ['subjectKind', 'kind', 'subjectId', 'actorId', 'actorKind', 'from', 'to'] as const;

type Query = Record<string, string>;

/** The log tells of real time, also in a test account. */
const hereOf = (call: PageCall): Here => inRealTime(siteOf(call).timeZone);

/** Who did what in the account, when, and from where. */
export const auditLogPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, AUDIT_NAMES);
    const list = await api.read(auditRoutes.list, { query: { ...chosen, ...pageOf(query) } });
    const { data: admins } = await api.read(adminRoutes.list, { query: { limit: '200' } });
    const people = admins.map(({ id, email }) => ({ value: id, label: email }));
    return page('Audit log', <Log chosen={chosen} query={query} list={list} people={people} site={hereOf(call)} />);
  },
};

/** The same as a file, of any length. */
export const auditCsvPage: Page = {
  path: `${PATH}/csv`,
  audience: 'admin',
  roles: BILLING,
  async show({ api, query }) {
    const lines = await api.read(auditRoutes.csv, { query: chosenOf(query, AUDIT_NAMES) });
    return { kind: 'stream', ...AUDIT_FILE, body: lines };
  },
};

export const auditEntryPage: Page = {
  path: `${PATH}/{entryId}`,
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const entry = await call.api.read(auditRoutes.read, { params: { entryId: call.params.entryId ?? '' } });
    return page(auditInWords(entry.kind), <OneEntry entry={entry} site={hereOf(call)} />);
  },
};

const OneEntry = ({ entry, site }: { entry: ApiAuditEntry; site: Here }) => (
  <>
    <p className="crumbs">
      <a href={PATH}>Audit log</a>
    </p>
    <h1>{auditInWords(entry.kind)}</h1>
    <AuditEntry entry={entry} site={site} />
  </>
);

type LogProps = {
  chosen: Query;
  query: Query;
  list: { data: ApiAuditEntry[]; nextCursor: string | null };
  people: readonly Option[];
  site: Here;
};

const Log = ({ chosen, query, list, people, site }: LogProps) => (
  <>
    <div className="head">
      <h1>Audit log</h1>
      <a href={addressWith(`${PATH}/csv`, chosen, {})}>Download as CSV</a>
    </div>
    <Filters path={PATH} chosen={chosen} kept={['kind', 'subjectId']}>
      <Chip name="subjectKind" label="About" options={AUDIT_SUBJECT_OPTIONS} chosen={chosen} />
      <Chip name="actorId" label="By" options={people} chosen={chosen} />
      <Chip name="actorKind" label="By whom" options={ACTOR_OPTIONS} chosen={chosen} />
      <DatesChip label="When" from="from" to="to" chosen={chosen} here={site} />
    </Filters>
    {chosen.subjectId === undefined && chosen.kind === undefined ? null : (
      <p className="quiet">
        Only some entries · <a href={PATH}>Show all</a>
      </p>
    )}
    <Table
      caption="What was done, the newest first"
      rows={list.data}
      keyOf={({ id }) => id}
      empty={<NoEntries chosen={chosen} />}
      columns={auditColumns(site, ({ id }) => `${PATH}/${id}`)}
    />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

export const ACTOR_OPTIONS: readonly Option[] = (['admin', 'operator', 'api_key', 'customer', 'expert'] as const).map(
  (value) => ({ value, label: ACTOR_WORDS[value] }),
);

const NoEntries = ({ chosen }: { chosen: Query }) =>
  Object.keys(chosen).length === 0 ? (
    <p>Nothing has been done yet. Whatever somebody does in this account stands here from now on.</p>
  ) : (
    <p>
      Nothing like that was done. <a href={PATH}>Show all</a>
    </p>
  );
