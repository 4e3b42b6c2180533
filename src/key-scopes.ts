/** Where keys hold: the scopes of the key table, which of them hold inside which, and what they are called. */

/**
 * Where a key holds, and whose keys hold there too. A scope that a person types text into inherits only `always`,
 * so that every letter stays a letter.
 */
export const scopes = {
	always: [],
	global: ['always'],
	round: ['global'],
	checklist: ['round'],
	table: ['round'],
	runbook: ['round'],
	page: ['global'],
	'text-field': ['always'],
	filter: ['always'],
	help: ['always'],
	dialog: ['global'],
	investigation: ['text-field'],
	outcome: ['global'],
	closing: ['global'],
	done: ['global'],
	tail: ['global'],
	'tail-lines': ['tail'],
	'tail-histogram': ['tail'],
	'tail-panel': ['tail'],
	'tail-page': ['global'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Scope = keyof typeof scopes;

/** The scope and all it inherits from, nearest first. */
export function lineage(scope: Scope): readonly Scope[] {
	return [scope, ...scopes[scope].flatMap((parent) => lineage(parent))];
}

/** What each scope is called where a person reads it. */
export const scopeTitles: Readonly<Record<Scope, string>> = {
	always: 'everywhere',
	global: 'everywhere but in a text field',
	round: 'the round',
	checklist: 'the checklist',
	table: 'the rows',
	runbook: 'the runbook beside the rows',
	page: 'a page (runbook, whole row)',
	'text-field': 'a text field',
	filter: 'the filter',
	help: 'help and palette',
	dialog: 'open rounds',
	investigation: 'the triage',
	outcome: 'the outcome',
	closing: 'closing',
	done: 'after closing',
	tail: 'live logs',
	'tail-lines': 'the log lines',
	'tail-histogram': 'the histogram of the logs',
	'tail-panel': 'the panel of the logs',
	'tail-page': 'one whole log line',
};
