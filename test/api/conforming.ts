import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Media = { schema: object; example?: unknown };
export type Declared = {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Media>;
};
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Constraint };
export type Constraint = {
  type?: string;
  enum?: string[];
  const?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};
export type Operation = {
  operationId: string;
  parameters: Parameter[];
  security: Record<string, []>[];
  requestBody?: { required: boolean; content: { 'application/json': { schema: Body; example: unknown } } };
  responses: Record<string, Declared>;
};
type Body = { properties?: Record<string, object>; required?: string[] };
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components: { headers: Record<string, { required?: boolean; schema: object }> };
};
export type Found = { path: string; method: string; operation: Operation };

export const operationsOf = ({ paths }: OpenApi): Found[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Says how an answer differs from what the document declares; nothing where it does not. */
export type FaultsOf = (found: Found, response: Response, text: string) => string[];

export function readDocument(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'openapi');
  const faultsIn = (pointer: string, value: unknown): string[] => {
    const validate = ajv.getSchema(`openapi#${pointer}`);
    if (!validate) return [`nothing is at ${pointer}`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const faultsOf: FaultsOf = ({ path, method, operation }, response, text) => {
    const declared = operation.responses[response.status];
    if (!declared) return [`${response.status} is not declared: ${text.slice(0, 200)}`];
    const at = `/paths/${escaped(path)}/${method}/responses/${response.status}`;
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (!declared.content) return text === '' ? [] : ['a body is not declared'];
    if (!declared.content[type]) return [`content type ${type} is not declared`];
    return [
      ...(type === 'application/pdf'
        ? []
        : faultsIn(`${at}/content/${escaped(type)}/schema`, type.endsWith('json') ? JSON.parse(text) : text)),
      ...headerFaults(document, declared, response),
    ];
  };
  return { faultsOf, faultsIn };
}

export const escaped = (segment: string): string =>
  encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));

const headerFaults = ({ components }: OpenApi, { headers = {} }: Declared, response: Response): string[] =>
  Object.entries(headers).flatMap(([name, { $ref }]) => {
    const { required = false } = components.headers[$ref.split('/').at(-1) ?? ''] ?? {};
    return required && response.headers.get(name) === null ? [`the header ${name} is missing`] : [];
  });
