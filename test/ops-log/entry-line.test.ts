import fc from 'fast-check';
import {expect, it} from 'vitest';
import {entryLine} from '../../src/ops-log/entry-line.ts';
import {type Entry, parseEntry} from '../../src/ops-log/entry.ts';

const stamp = '- 2026-11-20 08:42 +01:00';
/** What lines are made of, by rounds and by people's hands. */
const piece = fc.constantFrom(
	' · ',
	' ·',
	'· ',
	'·',
	' ',
	'/',
	'\\',
	'\\·',
	'\r',
	'; ',
	'5s',
	'1h02m05s',
	'ok',
	'critical',
	'fine',
	'a/b',
	'no anomalies',
	'2 anomalies: ',
	'alice',
	'pods: api is killed serious',
	'東京',
	'😀',
);

const fieldsOf = ({at, offsetMinutes, service, environment, operator, status, findings, anomalies, walkedMs}: Entry): Entry => ({
	at,
	offsetMinutes,
	service,
	environment,
	operator,
	status,
	findings,
	anomalies,
	walkedMs,
});

/** What the line says by itself, and what reading all of it says. */
const both = (text: string) => {
	const [line, entry] = [entryLine(text, 7), parseEntry(text)];
	return {
		line: line && {...fieldsOf(line.entry), at: line.at, status: line.status, text: line.text, number: line.number},
		whole: entry && {...entry, text, number: 7},
	};
};

it('reads every line as the full parser does', () => {
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 14}), fc.boolean(), (pieces, isFramed) => {
			const {line, whole} = both(stamp + (isFramed ? ` · checkout/production · alice · ok · ${pieces.join('')} · 6m12s` : pieces.join('')));
			expect(line).toEqual(whole);
		}),
	);
});

it.each([
	`${stamp} · a/b · c · ok · 5s`,
	`${stamp} · a/b · c · ok · 1 anomaly: pods: api is killed serious · 5s`,
	`${stamp} · a/b · c · ok · · 5s`,
	`${stamp} · a · b/c · ok · 5s`,
	`${stamp} · a\\/b/c/d · e \\· f · ok · g\\; h · 2 anomalies: i\\; j; k · 5s`,
	`${stamp} · a/b · c · ok`,
	'- 2026-02-30 08:42 +01:00 · a/b · c · ok · 5s',
	'# Ops log',
])('agrees on %s', (text) => {
	const {line, whole} = both(text);
	expect(line).toEqual(whole);
});
