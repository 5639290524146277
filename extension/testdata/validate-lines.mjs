// Validates every line of standard input against a JSON Schema and prints how many there were; exit 1 names the first
// wrong one.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const [schemaPath] = process.argv.slice(2);
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
const lines = readFileSync(0, 'utf8').trim().split('\n');
for (const line of lines) {
  if (!validate(JSON.parse(line))) {
    console.error(line, validate.errors);
    process.exit(1);
  }
}
console.log(lines.length);
