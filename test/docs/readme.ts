/** Writes the made sections into the README and the manual: `npm run docs`. */
import {readFile, writeFile} from 'node:fs/promises';
import {sections, withSections} from './sections.ts';

await Promise.all(Object.keys(sections).map(async (file) => writeFile(file, withSections(file, await readFile(file, 'utf8')))));
