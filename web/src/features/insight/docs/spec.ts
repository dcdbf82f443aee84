/** The API's description as the page shows it: what of OpenAPI 3.1 it reads, and how a schema is put in a line. */

export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  examples?: unknown[];
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;
interface Answer {
  $ref?: string;
  description?: string;
  content?: Content;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Answer>;
}

export interface Spec {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Answer> };
}

export interface Listed {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

export interface Area {
  name: string;
  description: string;
  operations: Listed[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The operations by area, in the order of the description. Areas without one are left out. */
export function areasOf(spec: Spec): Area[] {
  const all = Object.entries(spec.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method];
      if (!operation) return [];
      const id = operation.operationId ?? `${method}${path.replace(/\W+/g, '-')}`;
      return [{ id, method: method.toUpperCase(), path, operation }];
    }),
  );
  const known = spec.tags ?? [];
  const named = new Set(known.map(({ name }) => name));
  const others = new Set(
    all.map(({ operation }) => operation.tags?.[0] ?? '').filter((tag) => !named.has(tag)),
  );
  return [...known, ...Array.from(others, (name) => ({ name, description: '' }))]
    .map(({ name, description = '' }) => ({
      name,
      description,
      operations: all.filter(({ operation }) => (operation.tags?.[0] ?? '') === name),
    }))
    .filter(({ operations }) => operations.length > 0);
}

export function matchingAreas(areas: readonly Area[], words: string): Area[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ method, path, operation }: Listed) => {
    const text =
      `${method} ${path} ${operation.summary ?? ''} ${operation.tags?.join(' ') ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return areas
    .map((area) => ({ ...area, operations: area.operations.filter(has) }))
    .filter(({ operations }) => operations.length > 0);
}

export const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref;

/** Follows references. What refers to nothing is any JSON. */
export function resolve(spec: Spec, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const found = spec.components.schemas[nameOf(schema.$ref)];
  return found
    ? { ...resolve(spec, found), ...(schema.description && { description: schema.description }) }
    : {};
}

export const answerOf = (spec: Spec, answer: Answer): Answer =>
  answer.$ref ? (spec.components.responses?.[nameOf(answer.$ref)] ?? answer) : answer;

/** A type in a line: `string[]`, `Stage | null`. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const parts = schema.oneOf ?? schema.anyOf;
  if (parts) return [...new Set(parts.map(typeOf))].join(' | ');
  const [whole] = schema.allOf ?? [];
  if (whole) return typeOf(whole);
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  return types
    .map((type) => (type === 'array' && schema.items ? `${typeOf(schema.items)}[]` : type))
    .join(' | ');
}

/** What a value has to keep to, in a line. */
export function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const span = (low: number | undefined, high: number | undefined, unit: string) =>
    low === undefined && high === undefined ? [] : [`${low ?? 0}–${high ?? '∞'}${unit}`];
  return [
    ...(schema.format ? [schema.format] : []),
    ...span(minimum, maximum, ''),
    ...span(minLength, maxLength, ' chars'),
    ...span(minItems, maxItems, ' items'),
    ...(schema.default !== undefined ? [`default ${JSON.stringify(schema.default)}`] : []),
  ].join(' · ');
}

/** The schemas that a schema is made of, for unfolding: itself, its items, its choices. */
export function fieldsOf(spec: Spec, schema: Schema): [string, Schema, boolean][] {
  const whole = resolve(spec, schema);
  const own = Object.entries(whole.properties ?? {}).map(
    ([name, property]) =>
      [name, property, whole.required?.includes(name) ?? false] as [string, Schema, boolean],
  );
  const inherited = (whole.allOf ?? []).flatMap((part) => fieldsOf(spec, part));
  return [...inherited, ...own];
}

/** The one schema with fields behind a type, if there is one: `Lead` of `Lead[] | null`. */
export function innerOf(spec: Spec, schema: Schema): Schema | null {
  const whole = resolve(spec, schema);
  if (whole.items) return innerOf(spec, whole.items);
  const parts = whole.oneOf ?? whole.anyOf;
  if (parts && variantsOf(spec, whole).length < 2 && !whole.properties) {
    const inner = parts.map((part) => innerOf(spec, part)).filter((part) => part !== null);
    return inner.length === 1 ? (inner[0] ?? null) : null;
  }
  return fieldsOf(spec, whole).length > 0 || variantsOf(spec, whole).length > 0 ? whole : null;
}

/** The shapes of which a value has one, where there are several: the lines of a timeline, the kinds of a message. */
export function variantsOf(spec: Spec, schema: Schema): Schema[] {
  const whole = resolve(spec, schema);
  const parts = (whole.oneOf ?? whole.anyOf ?? []).filter((part) => fieldsOf(spec, part).length > 0);
  return parts.length > 1 ? parts : [];
}

export const bodyOf = (content: Content | undefined): [string, Schema] | null => {
  const [first] = Object.entries(content ?? {});
  return first?.[1].schema ? [first[0], first[1].schema] : null;
};
