/** Writes the made sections into the README: `npm run docs`. */
import {readFile, writeFile} from 'node:fs/promises';
import {withSections} from './sections.ts';

await writeFile('README.md', withSections(await readFile('README.md', 'utf8')));
