import type { z } from 'zod';
import type { settingsSchema } from '../../../platform/settings.ts';
import type { FormState } from '../../form.ts';

export type Settings = z.output<typeof settingsSchema>;

/** What fields are filled with: what was typed, else what is set. */
export type FieldsProps = { form: FormState; settings: Settings };
