// Writes src/api/schema.ts from the API's description; with --check it only says whether the two are in step.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const description = new URL('../../functions/api/openapi.json', import.meta.url);
const schema = new URL('../src/api/schema.ts', import.meta.url);

const head = '// Generated from functions/api/openapi.json by `npm run api`. Do not edit.\n\n';
const text =
  head +
  astToString(
    await openapiTS(description, { alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true }),
  );

if (process.argv.includes('--check')) {
  const there = await readFile(schema, 'utf8').catch(() => '');
  if (there !== text) {
    console.error(
      'src/api/schema.ts does not match functions/api/openapi.json. Run `npm run api` and commit the result.',
    );
    process.exit(1);
  }
} else {
  await writeFile(schema, text);
}
