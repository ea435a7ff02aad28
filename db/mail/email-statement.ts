import { sql, type Sql } from '../sql.ts';

const PRODUCTS = sql`
  array(select pr.name from jsonb_array_elements_text(p.snapshot -> 'terms' -> 'productIds') with ordinality as t(id, n)
    join products pr on pr.id = t.id::uuid order by t.n)`;

const OFFER_NAMES = sql`
  (select jsonb_object_agg(n.id, n.name) from offers n
    where n.id in ((r.data ->> 'offerId')::uuid, (r.data ->> 'fromOfferId')::uuid))`;

const OCCASION = sql`
  (select jsonb_build_object('type', t.type, 'at', t.at, 'actor', t.actor, 'actorLabel', coalesce(ta.email, k.name),
      'commandId', t.command_id, 'data', t.data, 'reason', ct.reason, 'feedback', ct.feedback,
      'refused', coalesce(i.answer -> 'effects' -> 'refused', '[]'))
    from timeline t left join command_texts ct on ct.command_id = t.command_id left join inbox i on i.id = t.command_id
      left join admins ta on ta.id::text = t.actor ->> 'id' left join api_keys k on k.id::text = t.actor ->> 'id'
    where t.id = r.timeline_id)`;

const PAUSED_BEFORE = sql`
  (select jsonb_build_object('resumeAt', t.data -> 'resumeAt') from timeline t
    where t.purchase_id = r.purchase_id and t.revision < r.revision and t.type in ('purchase.paused', 'purchase.resume-date-changed')
    order by t.revision desc, t.position desc limit 1)`;

const RECEIPTS = sql`
  (select jsonb_object_agg(y.id, jsonb_build_object('number', y.receipt_number,
      'card', case when y.card_brand is not null then jsonb_build_object('brand', y.card_brand, 'last4', y.card_last4) end))
    from payments y where y.account_id = p.account_id and y.purchase_id = p.id and y.is_card_read)`;

const RECEIPT_NUMBERS = sql`
  (select jsonb_object_agg(n.payment_id, n.number) from receipts n where n.purchase_id = p.id and n.kind = 'receipt')`;

const EXPERT = sql`
  (select jsonb_build_object('expertId', x.id, 'linkNumber', x.link_number, 'name', x.name, 'email', x.email, 'timeZone', x.time_zone,
      'meetingUrl', coalesce((select b.meeting_url from office_hours b where b.id = (r.data ->> 'blockId')::uuid), x.meeting_url))
    from experts x where x.id = (r.data ->> 'expertId')::uuid and x.account_id = r.account_id)`;

const ADMIN = sql`
  (select jsonb_build_object('adminId', ad.id, 'email', ad.email, 'role', ad.role,
      'invitedBy', (select by.email from admins by where by.id::text = ad.invited_by ->> 'id'))
    from admins ad where r.recipient_kind = 'admin' and ad.id = r.recipient_id and ad.removed_at is null)`;

/** A contact's own, else the account's: admins and experts read that. */
const LANGUAGE = sql`coalesce(case when r.recipient_kind = 'contact' then c.language end, a.site ->> 'language')`;

/** A broadcast has its own; else the language's highest version holds: without words, ours do. */
const WORDS = sql`
  case when r.data ? 'broadcastId'
    then (select b.words from broadcasts b where b.id = (r.data ->> 'broadcastId')::uuid and b.account_id = r.account_id)
    else (select v.words from email_versions v where v.account_id = r.account_id and v.kind = r.kind
      and v.language = coalesce(${LANGUAGE}, 'en') order by v.version desc limit 1)
  end`;

/** One email and everything of which it is written, in one row. */
export const emailStatement = (emailId: string): Sql => sql`
  select r.account_id, r.kind, r.is_marketing,
    case when r.is_marketing and c.id is not null then jsonb_build_object('status', c.marketing_status, 'reason', c.unsubscribed_reason) end as marketing,
    r.data, r.due_at, r.state, r.attempts, r.first_tried_at, r.subject, r.html, r.text, r.calendar,
    ${EXPERT} as expert, ${ADMIN} as admin, ${WORDS} as words,
    a.name as site_name, a.slug, a.time_zone, a.support_email, a.site as look, ${LANGUAGE} as language, a.settings, coalesce(a.clock_step, a.clock_at) as clock,
    r.recipient_kind, c.id as contact_id, c.email as contact_email, c.name as contact_name, c.time_zone as contact_zone,
    o.name as offer_name, p.snapshot, ${PRODUCTS} as products, ${OCCASION} as occasion, ${OFFER_NAMES} as offer_names, ${PAUSED_BEFORE} as paused_before, ${RECEIPTS} as receipts,
    ${RECEIPT_NUMBERS} as receipt_numbers
  from emails r join accounts a on a.id = r.account_id
    left join purchases p on p.id = r.purchase_id left join offers o on o.id = p.offer_id
    left join contacts c on c.id = case when r.recipient_kind = 'contact' then r.recipient_id else p.contact_id end
  where r.id = ${emailId}`;
