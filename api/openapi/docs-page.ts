type Json = Record<string, unknown>;
type Operation = {
  tags: string[];
  summary: string;
  description?: string;
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
};

/** The document as one page of HTML that asks no other host for anything, and runs no script. */
export function docsPage(document: Json): string {
  const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0] ?? ''))];
  const { title, description } = document.info as { title: string; description: string };
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === tag);
    return `<section><h2 id="${slug(tag)}">${escape(tag)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const { schemas } = document.components as { schemas: Record<string, Json> };
  const models = Object.entries(schemas).map(
    ([name, schema]) =>
      `<details id="schema-${slug(name)}"><summary>${escape(name)}</summary>${code(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title><link rel="stylesheet" href="/docs.css"></head><body>
<nav>${tags.map((tag) => `<a href="#${slug(tag)}">${escape(tag)}</a>`).join('')}<a href="#schemas">Schemas</a></nav>
<main><h1>${escape(title)} API</h1><p>${escape(description)}</p><p><a href="/openapi.json">openapi.json</a></p>
${sections.join('')}<section><h2 id="schemas">Schemas</h2>${models.join('')}</section></main></body></html>`;
}

function operationHtml({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(summary)}</summary>
${description ? `<p>${escape(description)}</p>` : ''}${table(parameters)}
${body ? `<h4>Body</h4>${body.example === undefined ? '' : `<p>Example</p>${code(body.example)}`}${code(body.schema)}` : ''}
<h4>Answers</h4><dl>${Object.entries(responses)
    .map(
      ([status, answer]) => `<dt>${status}</dt><dd>${escape(answer.description)}${answerSchema(answer.content)}</dd>`,
    )
    .join('')}</dl></details>`;
}

function answerSchema(content: Record<string, { schema: Json }> | undefined): string {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  if (!media || type === 'application/problem+json') return '';
  return code(media.schema);
}

function table(parameters: Operation['parameters']): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: where, required, description }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${escape(description ?? '')}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

const code = (value: unknown): string => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;
const slug = (text: string): string => text.toLowerCase().replaceAll(/\W+/g, '-');
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const DOCS_CSS = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .75rem; padding: .5rem 0; border-bottom: 1px solid #8886; }
details { border: 1px solid #8884; border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; }
pre { overflow-x: auto; background: #8881; padding: .75rem; border-radius: .5rem; font-size: .85rem; max-height: 24rem; }
table { border-collapse: collapse; } td { padding: .15rem .75rem .15rem 0; vertical-align: top; }
dt { font-weight: 600; } .get { color: #2a7; } .post { color: #27c; } .patch { color: #b70; } .delete { color: #c33; }
`;
