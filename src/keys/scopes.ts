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
	'runbook-page': ['global'],
	'runbook-run': ['global'],
	'runbook-output': ['global'],
	'text-field': ['always'],
	filter: ['always'],
	help: ['always'],
	dialog: ['global'],
	triage: ['always'],
	investigation: ['text-field', 'triage'],
	choice: ['global', 'triage'],
	investigations: ['global'],
	'outside-menu': ['global'],
	'outside-wait': ['global'],
	'outside-existing': ['global'],
	'outside-form': ['text-field'],
	'outside-preview': ['global'],
	'outside-ended': ['global'],
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
	return [...new Set([scope, ...scopes[scope].flatMap((parent) => lineage(parent))])];
}

/** What each scope is called where a person reads it. */
export const scopeTitles: Readonly<Record<Scope, string>> = {
	always: 'everywhere',
	global: 'everywhere but in a text field',
	round: 'the round',
	checklist: 'the checklist',
	table: 'the rows',
	runbook: 'the runbook next to the rows',
	page: 'a page (details, service)',
	'runbook-page': 'a runbook',
	'runbook-run': 'a block about to run',
	'runbook-output': 'the output of a block',
	'text-field': 'a text field',
	filter: 'the filter',
	help: 'help and palette',
	dialog: 'open rounds',
	triage: 'the triage',
	investigation: 'a question of the triage',
	choice: 'a choice of the triage',
	investigations: 'the list of investigations',
	'outside-menu': 'what can be done to a row',
	'outside-wait': 'waiting for another system',
	'outside-existing': 'tickets that exist',
	'outside-form': 'what a write asks for',
	'outside-preview': 'a write about to be sent',
	'outside-ended': 'after sending',
	closing: 'closing',
	done: 'after closing',
	tail: 'live logs',
	'tail-lines': 'the log lines',
	'tail-histogram': 'the histogram of the logs',
	'tail-panel': 'the panel of the logs',
	'tail-page': 'details of a log line',
};
