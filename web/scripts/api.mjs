// Writes src/api/schema.ts from the API's description; with --check it only says whether the two are in step.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const description = new URL('../../functions/api/openapi.json', import.meta.url);
const schema = new URL('../src/api/schema.ts', import.meta.url);

/** Which of the properties must be there together: no type says that, and openapi-typescript takes it for `unknown`. */
const onlyRequires = (key, value) =>
  (key === 'anyOf' || key === 'oneOf') &&
  Array.isArray(value) &&
  value.every((one) => Object.keys(one).every((name) => name === 'required'));

/** JSON Schema lets properties stand beside a `$ref`; openapi-typescript reads them only in an `allOf`. */
function joinRefs(node) {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(joinRefs);
  // A default of null says no more than that a field may be left out; as a default it would be taken for a required one.
  const said = Object.entries(node).filter(
    ([key, value]) => (key !== 'default' || value !== null) && !onlyRequires(key, value),
  );
  const { $ref, properties, ...rest } = Object.fromEntries(
    said.map(([key, value]) => [key, joinRefs(value)]),
  );
  if ($ref && properties) return { allOf: [{ $ref }, { ...rest, properties }] };
  return { ...rest, ...($ref && { $ref }), ...(properties && { properties }) };
}

const head = '// Generated from functions/api/openapi.json by `npm run api`. Do not edit.\n\n';
const described = joinRefs(JSON.parse(await readFile(description, 'utf8')));
const options = { alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true };
const text = head + astToString(await openapiTS(described, options));

if (process.argv.includes('--check')) {
  const there = await readFile(schema, 'utf8').catch(() => '');
  if (there !== text) {
    console.error(
      'src/api/schema.ts does not match functions/api/openapi.json: run `npm run api`, commit the result.',
    );
    process.exit(1);
  }
} else {
  await writeFile(schema, text);
}
