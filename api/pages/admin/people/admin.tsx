import { adminRoutes } from '../../../people/admins.ts';
import { resetSecondFactorRoutes } from '../../../people/reset-second-factor.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING, OWNERS } from '../../../auth/roles.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { ROLE_WORDS } from '../../words/role.ts';
import type { Admin } from './admins.tsx';
import { RoleField } from './role-field.tsx';

const paramsOf = ({ params }: PageCall) => ({ adminId: params.adminId ?? '' });

const NOTICES: Record<string, string> = {
  changed: 'The role has been changed.',
  invited: 'The invitation has been sent once more.',
  reset: 'Their second factor is taken away, and they are told.',
  owner: 'They are the owner now, and who was is an administrator.',
};

type Refused = { isDone: false; problem: ProblemBody; status: number };

/** One of the team: their role, and the ways out of it. */
export const adminPage: Page = {
  path: '/admins/{adminId}',
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, null, 200),
  async submit(call, { body, typed, key }) {
    const params = paramsOf(call);
    const here = `/admins/${params.adminId}`;
    const asked = { params, key };
    const ended = (answer: { isDone: true } | Refused, to: string) =>
      answer.isDone ? redirect(to) : show(call, answer.problem, answer.status);
    switch (typed._step?.at(-1)) {
      case 'remove':
        return ended(await call.api.ask(adminRoutes.remove, asked), '/admins?notice=removed');
      case 'invite':
        return ended(await call.api.ask(adminRoutes.inviteAgain, asked), `${here}?notice=invited`);
      case 'transfer':
        return ended(await call.api.ask(adminRoutes.transfer, asked), `${here}?notice=owner`);
      case 'reset-second-factor':
        return ended(await call.api.ask(resetSecondFactorRoutes.reset, { ...asked, body }), `${here}?notice=reset`);
      case undefined:
      default:
        return ended(await call.api.ask(adminRoutes.change, { ...asked, body }), `${here}?notice=changed`);
    }
  },
};

async function show(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const admin = await call.api.read(adminRoutes.read, { params: paramsOf(call) });
  const role = call.visitor?.role ?? null;
  const notice = NOTICES[call.query.notice ?? ''];
  const shown = { admin, site: siteOf(call), mayTransfer: role !== null && OWNERS.includes(role) };
  return page(
    admin.email,
    <>
      <p className="crumbs">
        <a href="/admins">Team</a>
      </p>
      <div className="head">
        <h1>{admin.email}</h1>
      </div>
      <ProblemNotice problem={problem} />
      {notice ? <Notice tone="good">{notice}</Notice> : null}
      <AdminView {...shown} />
    </>,
    status,
  );
}

type Shown = { admin: Admin; site: Site; mayTransfer: boolean };

const AdminView = ({ admin, site, mayTransfer }: Shown) => (
  <>
    <Facts
      facts={[
        ['Role', ROLE_WORDS[admin.role]],
        ['Invited', <When key="invited" at={admin.createdAt} site={site} />],
        ['Second factor', admin.hasSecondFactor ? 'Yes' : 'None'],
        ['Confirmed', <When key="confirmed" at={admin.confirmedAt} site={site} none="Not yet" />],
      ]}
    />
    {admin.role === 'owner' ? (
      <p className="quiet">The owner stays until the ownership is transferred to somebody else of the team.</p>
    ) : (
      <>
        {admin.state === 'invited' ? <InviteAgain /> : null}
        <ChangeRole role={admin.role} site={site} />
        {mayTransfer && admin.hasSecondFactor ? <ResetSecondFactor /> : null}
        {mayTransfer && admin.state === 'confirmed' ? <Transfer /> : null}
        <Remove />
      </>
    )}
  </>
);

const InviteAgain = () => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <button name="_step" value="invite">
      Send the invitation again
    </button>
    <span className="quiet">Its link works for 24 hours.</span>
  </form>
);

const ChangeRole = ({ role, site }: Pick<Admin, 'role'> & { site: Site }) => (
  <form method="post" className="narrow">
    <FormKey form={EMPTY_FORM} />
    <RoleField form={EMPTY_FORM} initial={role} site={site} />
    <button className="primary">Change role</button>
  </form>
);

const ResetSecondFactor = () => (
  <form method="post" className="narrow">
    <FormKey form={EMPTY_FORM} />
    <LongText
      name="reason"
      label="Why their second factor is taken away"
      form={EMPTY_FORM}
      help="Only if you are sure that it is they who have lost it. They sign in with the password, and are told."
    />
    <button className="danger" name="_step" value="reset-second-factor">
      Reset their second factor
    </button>
  </form>
);

const Transfer = () => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <button className="danger" name="_step" value="transfer">
      Make them the owner
    </button>
    <span className="quiet">Who is the owner now becomes an administrator.</span>
  </form>
);

const Remove = () => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <button className="danger" name="_step" value="remove">
      Remove
    </button>
    <span className="quiet">They are signed out at once. What they did keeps their name.</span>
  </form>
);
