import type { z } from 'zod';
import type { operatorActionSchema } from '../../../platform/operator-actions.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';

type Action = z.output<typeof operatorActionSchema>;

const WORDS: Record<Action['kind'], string> = {
  suspend: 'Suspended the account',
  close: 'Closed the account',
  reopen: 'Reopened the account',
  impersonate: 'Acted in this account',
};

/** What the platform's people did to the account and in its name; nothing where they never did. */
export const OperatorActions = ({ actions, site }: { actions: Action[]; site: Site }) =>
  actions.length === 0 ? null : (
    <>
      <h2>What the platform did here</h2>
      <Table
        caption="What the platform’s operators did, the newest first"
        rows={actions}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          { label: 'What', at: '1', width: 'wide', cell: ({ kind }) => WORDS[kind] },
          { label: 'Who', at: '2r', width: 'fit', cell: ({ by }) => actorInWords(by) },
          { label: 'Why', at: '2', width: 'wide', cell: ({ reason }) => reason },
          { label: 'When', at: '1r', width: 'fit', cell: ({ createdAt }) => <When at={createdAt} site={site} /> },
          {
            label: 'Until',
            isSpare: true,
            width: 'fit',
            cell: ({ endsAt }) => <When at={endsAt} site={site} none="–" />,
          },
        ]}
      />
    </>
  );
