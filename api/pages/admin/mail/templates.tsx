import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { listedTemplate } from '../../../mail/email-template-schema.ts';
import { emailTemplateRoutes } from '../../../mail/email-templates.ts';
import { page, type Page } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';

type Listed = z.output<typeof listedTemplate>;

export const TEMPLATES = '/email-templates';

/** Every kind of email: when it is sent, to whom, and in whose words [R13.4]. */
export const templatesPage: Page = {
  path: TEMPLATES,
  audience: 'admin',
  roles: BILLING,
  async show({ api }) {
    const { data } = await api.read(emailTemplateRoutes.list, {});
    const toCustomers = data.filter(({ recipient }) => recipient === 'contact');
    const toOthers = data.filter(({ recipient }) => recipient !== 'contact');
    return page(
      'What emails say',
      <>
        <p className="crumbs">
          <a href="/emails">Emails</a>
        </p>
        <div className="head">
          <h1>What emails say</h1>
          <a href="/settings">Color, logo and footer …</a>
        </div>
        <h2>To customers</h2>
        <Kinds caption="Emails to customers" rows={toCustomers} />
        <h2>To your team and experts</h2>
        <Kinds caption="Emails to your team and experts" rows={toOthers} />
      </>,
    );
  },
};

const Kinds = ({ caption, rows }: { caption: string; rows: Listed[] }) => (
  <Table
    caption={caption}
    rows={rows}
    keyOf={({ kind }) => kind}
    empty={<p>There are none.</p>}
    columns={[
      {
        label: 'Email',
        at: '1',
        width: 'less',
        cell: ({ kind, name }) => (
          <a className="row" href={`${TEMPLATES}/${kind}`}>
            {name}
          </a>
        ),
      },
      { label: 'Sent when', at: '2', width: 'wide', isQuiet: true, cell: ({ cause }) => cause },
      { label: 'Changed', at: '1r', width: 'fit', cell: (one) => <Standing {...one} /> },
    ]}
  />
);

/** Whether it is sent, and in whose words. */
export const Standing = ({ isOn, isOwn }: Pick<Listed, 'isOn' | 'isOwn'>) => (
  <>
    {isOn ? null : <Badge tone="warn">Off</Badge>} {isOwn ? <Badge tone="plain">Your words</Badge> : null}
  </>
);
