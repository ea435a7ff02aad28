/** Workflow ids that anybody can compute from ours, also in the Temporal UI. */
export const purchaseWorkflowId = (purchaseId: string): string => `purchase:${purchaseId}`;
export const welcomeWorkflowId = (purchaseId: string): string => `welcome:${purchaseId}`;
export const mailWorkflowId = (emailId: string): string => `mail:${emailId}`;
export const clockWorkflowId = (accountId: string): string => `clock:${accountId}`;
export const jobWorkflowId = (jobId: string): string => `job:${jobId}`;

/** Workflows, records and the Stripe calls of single verbs. */
export const LIFECYCLE_QUEUE = 'lifecycle';
/** Emails, capped below the provider's limit. */
export const EMAIL_QUEUE = 'email';
/** Emails of bulk jobs, capped so that the others never wait for them. */
export const BULK_EMAIL_QUEUE = 'bulk-email';
