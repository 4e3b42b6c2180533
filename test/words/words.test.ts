/** Every text that a person reads is plain English: short sentences, standard terms, no key as a subject. */
import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {literalsUnder} from './literals.ts';
import {faultsOf} from './rules.ts';

const folders = ['src', 'views'].flatMap((root) =>
	readdirSync(root, {withFileTypes: true})
		// The demo speaks as the systems do that it simulates.
		.filter((entry) => entry.isDirectory() && entry.name !== 'demo')
		.map(({name}) => `${root}/${name}`),
);

test.each(folders)('%s says it in plain words', (folder) => {
	const literals = literalsUnder(folder);
	const faults = literals.flatMap((literal) =>
		faultsOf(literal).map((fault) => `${literal.file}:${literal.line}: ${fault} in "${literal.text}"`),
	);
	expect(faults.join('\n')).toBe('');
});

test.each([
	['press u to undo', 'Press u to undo the last answer.', 0],
	['u takes it back', 'u takes it back', 1],
	['a key that is put in', '‹key› lists them all', 1],
	['two facts with a semicolon', 'nothing was sent; try later', 1],
	['a number that is no number', '"x" is no number', 1],
	['no longer', 'The line is no longer in memory.', 0],
	['a plural in brackets', '3 line(s)', 1],
	['a long sentence', `The ${'very '.repeat(30)}long sentence.`, 1],
])('the rules on %s find what they should', (_, text, faults) => {
	expect(faultsOf({file: 'views/x.ts', line: 1, text, property: undefined})).toHaveLength(faults);
});
