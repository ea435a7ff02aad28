import type { Role } from '../../../../workflows/domain/verb.ts';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import type { StripePage } from '../../../stripe-page.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { Notes } from '../../parts/notes.tsx';
import { changeNotes } from './change-notes.ts';
import { AccessSection } from './access.tsx';
import { CallsSection, readBookings, type Bookings } from '../calls/purchase-calls.tsx';
import { BillingSection } from '../money/billing.tsx';
import { CreditsSection } from '../credits/credits-section.tsx';
import { CommandNotice } from './command-notice.tsx';
import { DueSection } from './due.tsx';
import { EmailsSection } from './emails.tsx';
import { Axes, PurchaseHead } from './head.tsx';
import { Notices } from './notices.tsx';
import { OriginSection } from './origin.tsx';
import { PaymentsSection } from '../money/purchase-payments.tsx';
import { purchasePath, readEverything, stateOf, type Everything } from './read-purchase.ts';
import { TimelineSection } from './timeline.tsx';
import { ImpossibleVerbs, VerbsSection, whyNot } from './verbs.tsx';

/**
 * The Purchase Information page: where it stands, why, what comes next, and what can be done
 * [R5, R6, R23.1].
 */
export const purchasePage: Page = {
  path: '/purchases/{purchaseId}',
  audience: 'admin',
  roles: MONEY_READERS,
  state: stateOf,
  show: (call) => shownWith(call, { form: EMPTY_FORM, problem: null }),
  async submit(call, form) {
    const answer = await changeNotes(call, form);
    if (answer.isDone) return redirect(`${purchasePath(call.params.purchaseId ?? '')}#notes`);
    const { problem, status } = answer;
    return shownWith(call, { form: refusedForm(form.typed, problem), problem }, status);
  },
};

async function shownWith(call: PageCall, note: Shown['note'], status = 200): Promise<PageAnswer> {
  const everything = await readEverything(call);
  const bookings = await readBookings(call, everything.purchase);
  const { contact, offer, workflowId } = everything.purchase;
  const workflowPage = call.workflowPage(workflowId);
  const shown = {
    ...everything,
    ...bookings,
    note,
    site: siteOf(call),
    role: call.visitor?.role ?? null,
    workflowPage,
    stripePage: call.stripePage,
    publicUrl: call.publicUrl,
    query: call.query,
  };
  return page(`${contact.name ?? contact.email} · ${offer.name}`, <PurchaseInformation {...shown} />, status);
}

type Shown = Everything &
  Bookings & {
    publicUrl: string;
    site: Site;
    note: { form: FormState; problem: ProblemBody | null };
    role: Role | null;
    workflowPage: string | null;
    stripePage: StripePage;
    query: Record<string, string>;
  };

function PurchaseInformation(shown: Shown) {
  const { purchase, reached, timeline, emails, card, command, credits, site, publicUrl, query, role } = shown;
  return (
    <>
      <p className="crumbs">
        <a href="/purchases">Purchases</a>
      </p>
      <PurchaseHead purchase={purchase} site={site}>
        <VerbsSection {...shown} />
      </PurchaseHead>
      <CommandNotice command={command} purchase={purchase} site={site} />
      <Axes purchase={purchase} site={site}>
        <ImpossibleVerbs {...shown} />
      </Axes>
      <Notices {...shown} mayDecide={BILLING.some((one) => one === role)} />
      <div className="cols even">
        <div>
          <PaymentsSection {...shown} canRefund={whyNot('refund', shown) === null} />
          <AccessSection purchase={purchase} reached={reached} site={site} />
          <CreditsSection
            credits={credits}
            purchaseId={purchase.id}
            mayForfeit={whyNot('forfeit-credit', shown) === null}
            calls={shown.calls}
            site={site}
          />
          <CallsSection {...shown} />
          <BillingSection purchase={purchase} card={card} site={site} publicUrl={publicUrl} />
          <EmailsSection purchaseId={purchase.id} emails={emails} site={site} />
        </div>
        <div>
          <DueSection purchase={purchase} site={site} />
          <Notes notes={shown.notes} purchaseId={purchase.id} note={shown.note} site={site} />
          <TimelineSection purchase={purchase} timeline={timeline} site={site} query={query} />
          <OriginSection {...shown} />
        </div>
      </div>
    </>
  );
}
