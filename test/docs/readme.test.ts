import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {withSections} from './sections.ts';

test('the README tells the keys, the checks and the configuration as they are (npm run docs)', async () => {
	const readme = await readFile('README.md', 'utf8');
	expect(withSections(readme)).toBe(readme);
});
