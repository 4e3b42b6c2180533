/**
 * THE table of keys. Input, footer, help, palette and the README's table all come from it.
 * To add a key: one row here, and a handler of the same id in views/actions/ (the compiler asks for it).
 */

import {lineage, type Scope, scopeTitles} from './key-scopes.ts';

export interface Binding {
	readonly id: string;
	/** Names as `keyNames` of views/keys.ts gives them: `j`, `ctrl-d`, `tab`, `escape`. */
	readonly keys: readonly string[];
	readonly scope: Scope;
	/** A word or two, for the footer. */
	readonly title: string;
	/** One sentence for the help, without a full stop. */
	readonly description: string;
	/** Place in the footer, lowest first; absent where the footer leaves it to the help. */
	readonly footer?: number;
	/** Starts something that writes outside this machine. */
	readonly writes?: true;
}

export const bindings = [
	{id: 'quit-now', keys: ['ctrl-c'], scope: 'always', title: 'quit', description: 'Leave; the round is kept and goes on at the same step'},

	{
		id: 'help',
		keys: ['?'],
		scope: 'global',
		title: 'keys',
		description: 'All keys that work here; type to search, enter runs one',
		footer: 100,
	},
	{id: 'palette', keys: [':'], scope: 'global', title: 'go to', description: 'Jump to a check or run anything by its name'},
	{id: 'back', keys: ['escape'], scope: 'global', title: 'back', description: 'One step back: out of a filter, a pane, a page', footer: 90},
	{id: 'quit', keys: ['q'], scope: 'global', title: 'quit', description: 'Leave; the round is kept and goes on at the same step'},

	{
		id: 'accept',
		keys: ['a'],
		scope: 'round',
		title: 'accept',
		description: 'Accept the suggested verdict and go to the next check',
		footer: 1,
	},
	{id: 'anomaly', keys: ['x'], scope: 'round', title: 'anomaly', description: 'Mark an anomaly and say why it is one', footer: 2},
	{
		id: 'fine',
		keys: ['v'],
		scope: 'round',
		title: 'fine',
		description: 'Say it is fine although something else is suggested; asks for a note',
		footer: 4,
	},
	{id: 'skip', keys: ['s'], scope: 'round', title: 'skip', description: 'Skip this check, with the reason', footer: 3},
	{
		id: 'undo',
		keys: ['u'],
		scope: 'round',
		title: 'undo',
		description: 'Take back the verdict of this check, or else the last one given',
		footer: 12,
	},
	{id: 'investigate', keys: ['i'], scope: 'round', title: 'triage', description: 'Go on with the triage of this anomaly', footer: 5},
	{id: 'note', keys: ['n'], scope: 'round', title: 'note', description: 'Write a note on this check, in place', footer: 6},
	{id: 'note-editor', keys: ['e'], scope: 'round', title: 'note in editor', description: 'Write a note on this check in $EDITOR'},
	{id: 'tip', keys: ['t'], scope: 'round', title: 'tip', description: 'Add a tip to this check’s runbook, for the next person', footer: 20},
	{id: 'pin', keys: ['b'], scope: 'round', title: 'pin', description: 'Pin the selected row as evidence, or unpin it', footer: 7},
	{id: 'open', keys: ['o'], scope: 'round', title: 'open', description: 'Open the selected row in the browser', footer: 9},
	{id: 'copy', keys: ['y'], scope: 'round', title: 'copy', description: 'Copy the selected row', footer: 14},
	{id: 'filter', keys: ['/'], scope: 'round', title: 'filter', description: 'Show only the rows that contain what is typed', footer: 10},
	{
		id: 'sort-next',
		keys: ['>'],
		scope: 'round',
		title: 'sort',
		description: 'Sort by the next column; after the last, by trouble again',
		footer: 22,
	},
	{id: 'sort-previous', keys: ['<'], scope: 'round', title: 'sort back', description: 'Sort by the previous column'},
	{id: 'sort-reverse', keys: ['S'], scope: 'round', title: 'reverse', description: 'Reverse the order'},
	{
		id: 'runbook',
		keys: ['r'],
		scope: 'round',
		title: 'runbook',
		description: 'Read this check’s tips and runbook on the whole screen',
		footer: 8,
	},
	{
		id: 'service',
		keys: ['w'],
		scope: 'round',
		title: 'who',
		description: 'The service: who owns it and knows it, what it depends on, what runs where',
		footer: 23,
	},
	{id: 'refresh', keys: ['R'], scope: 'round', title: 'refresh', description: 'Ask this check’s source again now', footer: 21},
	{
		id: 'close-round',
		keys: ['c'],
		scope: 'round',
		title: 'close',
		description: 'Finish the round: read the entry, then write it',
		footer: 0,
	},
	{
		id: 'next-pane',
		keys: ['tab'],
		scope: 'round',
		title: 'next pane',
		description: 'Move to the next pane: checklist, rows, runbook',
		footer: 11,
	},
	{id: 'previous-pane', keys: ['shift-tab'], scope: 'round', title: 'previous pane', description: 'Move to the previous pane'},
	{
		id: 'jump',
		keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
		scope: 'round',
		title: 'jump',
		description: 'Go to the check of that number; 0 is the tenth',
	},
	{id: 'next-open', keys: ['N'], scope: 'round', title: 'next open', description: 'Go to the next check without a verdict'},

	{id: 'step-down', keys: ['j', 'down'], scope: 'checklist', title: 'down', description: 'Next check', footer: 30},
	{id: 'step-up', keys: ['k', 'up'], scope: 'checklist', title: 'up', description: 'Previous check', footer: 31},
	{id: 'step-first', keys: ['g', 'home'], scope: 'checklist', title: 'first', description: 'First check'},
	{id: 'step-last', keys: ['G', 'end'], scope: 'checklist', title: 'last', description: 'Last check'},
	{id: 'browse', keys: ['enter', 'l', 'right'], scope: 'checklist', title: 'rows', description: 'Move into the rows of this check'},

	{id: 'row-down', keys: ['j', 'down'], scope: 'table', title: 'down', description: 'Next row', footer: 30},
	{id: 'row-up', keys: ['k', 'up'], scope: 'table', title: 'up', description: 'Previous row', footer: 31},
	{id: 'row-first', keys: ['g', 'home'], scope: 'table', title: 'first', description: 'First row'},
	{id: 'row-last', keys: ['G', 'end'], scope: 'table', title: 'last', description: 'Last row'},
	{id: 'row-page-down', keys: ['ctrl-d', 'pagedown'], scope: 'table', title: 'page down', description: 'Half a page down'},
	{id: 'row-page-up', keys: ['ctrl-u', 'pageup'], scope: 'table', title: 'page up', description: 'Half a page up'},
	{
		id: 'row-whole',
		keys: ['enter'],
		scope: 'table',
		title: 'whole row',
		description: 'Show the selected row with nothing cut off',
		footer: 13,
	},

	{id: 'runbook-down', keys: ['j', 'down'], scope: 'runbook', title: 'down', description: 'Scroll the runbook down', footer: 30},
	{id: 'runbook-up', keys: ['k', 'up'], scope: 'runbook', title: 'up', description: 'Scroll the runbook up', footer: 31},
	{id: 'runbook-page-down', keys: ['ctrl-d', 'pagedown'], scope: 'runbook', title: 'page down', description: 'Half a page down'},
	{id: 'runbook-page-up', keys: ['ctrl-u', 'pageup'], scope: 'runbook', title: 'page up', description: 'Half a page up'},
	{id: 'runbook-first', keys: ['g', 'home'], scope: 'runbook', title: 'top', description: 'Top of the runbook'},
	{id: 'runbook-last', keys: ['G', 'end'], scope: 'runbook', title: 'end', description: 'End of the runbook'},

	{id: 'page-down', keys: ['j', 'down', 'enter'], scope: 'page', title: 'down', description: 'Scroll down', footer: 1},
	{id: 'page-up', keys: ['k', 'up'], scope: 'page', title: 'up', description: 'Scroll up', footer: 2},
	{
		id: 'page-half-down',
		keys: ['ctrl-d', 'pagedown', 'space'],
		scope: 'page',
		title: 'page down',
		description: 'Half a page down',
		footer: 3,
	},
	{id: 'page-half-up', keys: ['ctrl-u', 'pageup', 'b'], scope: 'page', title: 'page up', description: 'Half a page up'},
	{id: 'page-first', keys: ['g', 'home'], scope: 'page', title: 'top', description: 'To the top'},
	{id: 'page-last', keys: ['G', 'end'], scope: 'page', title: 'end', description: 'To the end'},
	{id: 'page-copy', keys: ['y'], scope: 'page', title: 'copy', description: 'Copy what is shown', footer: 5},
	{id: 'page-open', keys: ['o'], scope: 'page', title: 'open', description: 'Open it in the browser', footer: 4},
	{id: 'page-close', keys: ['r'], scope: 'page', title: 'back to the round', description: 'Close the page'},

	{id: 'field-keep', keys: ['enter'], scope: 'text-field', title: 'keep', description: 'Keep what is typed', footer: 1},
	{id: 'field-cancel', keys: ['escape'], scope: 'text-field', title: 'cancel', description: 'Leave without it', footer: 2},
	{id: 'field-editor', keys: ['ctrl-o'], scope: 'text-field', title: '$EDITOR', description: 'Go on typing in $EDITOR', footer: 3},
	{id: 'field-left', keys: ['left', 'ctrl-b'], scope: 'text-field', title: 'left', description: 'One character left'},
	{id: 'field-right', keys: ['right', 'ctrl-f'], scope: 'text-field', title: 'right', description: 'One character right'},
	{id: 'field-word-left', keys: ['alt-b', 'ctrl-left', 'alt-left'], scope: 'text-field', title: 'word left', description: 'One word left'},
	{
		id: 'field-word-right',
		keys: ['alt-f', 'ctrl-right', 'alt-right'],
		scope: 'text-field',
		title: 'word right',
		description: 'One word right',
	},
	{id: 'field-start', keys: ['home', 'ctrl-a'], scope: 'text-field', title: 'start', description: 'To the start of the text'},
	{id: 'field-end', keys: ['end', 'ctrl-e'], scope: 'text-field', title: 'end', description: 'To the end of the text'},
	{id: 'field-backspace', keys: ['backspace', 'ctrl-h'], scope: 'text-field', title: 'delete', description: 'Delete the character before'},
	{id: 'field-delete', keys: ['delete', 'ctrl-d'], scope: 'text-field', title: 'delete after', description: 'Delete the character after'},
	{
		id: 'field-delete-word',
		keys: ['ctrl-w', 'alt-backspace'],
		scope: 'text-field',
		title: 'delete word',
		description: 'Delete the word before',
	},
	{id: 'field-delete-start', keys: ['ctrl-u'], scope: 'text-field', title: 'delete to start', description: 'Delete everything before'},
	{id: 'field-delete-end', keys: ['ctrl-k'], scope: 'text-field', title: 'delete to end', description: 'Delete everything after'},

	{
		id: 'filter-keep',
		keys: ['enter', 'tab'],
		scope: 'filter',
		title: 'keep',
		description: 'Keep the filter and browse the rows',
		footer: 1,
	},
	{id: 'filter-clear', keys: ['escape'], scope: 'filter', title: 'clear', description: 'Show all rows again', footer: 2},
	{id: 'filter-backspace', keys: ['backspace', 'ctrl-h'], scope: 'filter', title: 'delete', description: 'Delete the last character'},
	{id: 'filter-empty', keys: ['ctrl-u', 'ctrl-w'], scope: 'filter', title: 'empty', description: 'Empty the filter'},
	{id: 'filter-down', keys: ['down', 'ctrl-n'], scope: 'filter', title: 'down', description: 'Next row'},
	{id: 'filter-up', keys: ['up', 'ctrl-p'], scope: 'filter', title: 'up', description: 'Previous row'},

	{id: 'help-run', keys: ['enter'], scope: 'help', title: 'run', description: 'Do the selected one', footer: 1},
	{id: 'help-down', keys: ['down', 'ctrl-n', 'tab'], scope: 'help', title: 'down', description: 'Next one', footer: 3},
	{id: 'help-up', keys: ['up', 'ctrl-p', 'shift-tab'], scope: 'help', title: 'up', description: 'Previous one', footer: 4},
	{id: 'help-close', keys: ['escape'], scope: 'help', title: 'close', description: 'Back to where you were', footer: 2},
	{id: 'help-backspace', keys: ['backspace', 'ctrl-h'], scope: 'help', title: 'delete', description: 'Delete the last character'},
	{id: 'help-empty', keys: ['ctrl-u', 'ctrl-w'], scope: 'help', title: 'empty', description: 'Empty the search'},

	{id: 'dialog-down', keys: ['j', 'down'], scope: 'dialog', title: 'down', description: 'Next round', footer: 10},
	{id: 'dialog-up', keys: ['k', 'up'], scope: 'dialog', title: 'up', description: 'Previous round', footer: 11},
	{
		id: 'dialog-resume',
		keys: ['g', 'enter'],
		scope: 'dialog',
		title: 'go on',
		description: 'Go on with your own round at the step you left',
		footer: 1,
	},
	{
		id: 'dialog-take-over',
		keys: ['t'],
		scope: 'dialog',
		title: 'take over',
		description: 'Take over the other operator’s round with all that is in it',
		footer: 2,
	},
	{
		id: 'dialog-afresh',
		keys: ['f'],
		scope: 'dialog',
		title: 'begin afresh',
		description: 'Begin a round of your own; the other one stays as it is',
		footer: 3,
	},

	{
		id: 'why-done',
		keys: ['tab'],
		scope: 'investigation',
		title: 'that is the cause',
		description: 'No further why: go on to the outcome',
		footer: 2,
	},
	{
		id: 'question-back',
		keys: ['up', 'ctrl-p'],
		scope: 'investigation',
		title: 'answer before',
		description: 'Change the answer before this one',
		footer: 4,
	},

	{id: 'outcome-down', keys: ['j', 'down'], scope: 'outcome', title: 'down', description: 'Next outcome', footer: 2},
	{id: 'outcome-up', keys: ['k', 'up'], scope: 'outcome', title: 'up', description: 'Previous outcome', footer: 3},
	{
		id: 'outcome-back',
		keys: ['left', 'h', 'backspace'],
		scope: 'outcome',
		title: 'answer before',
		description: 'Change the answer before this one',
		footer: 4,
	},
	{id: 'outcome-choose', keys: ['enter'], scope: 'outcome', title: 'choose', description: 'Choose the selected outcome', footer: 1},
	{
		id: 'outcome-number',
		keys: ['1', '2', '3', '4', '5'],
		scope: 'outcome',
		title: 'choose',
		description: 'Choose the outcome of that number',
	},

	{
		id: 'write-yes',
		keys: ['y'],
		scope: 'closing',
		title: 'yes, write',
		description: 'Do the write that is asked for',
		footer: 1,
		writes: true,
	},
	{id: 'write-no', keys: ['n'], scope: 'closing', title: 'no', description: 'Leave the write that is asked for out', footer: 2},
	{id: 'entry-edit', keys: ['e'], scope: 'closing', title: 'edit the entry', description: 'Edit the entry in place', footer: 3},
	{id: 'entry-editor', keys: ['E'], scope: 'closing', title: 'in $EDITOR', description: 'Edit the entry in $EDITOR', footer: 4},
	{id: 'closing-down', keys: ['j', 'down', 'ctrl-d', 'pagedown'], scope: 'closing', title: 'down', description: 'Scroll down'},
	{id: 'closing-up', keys: ['k', 'up', 'ctrl-u', 'pageup'], scope: 'closing', title: 'up', description: 'Scroll up'},

	{id: 'done-copy', keys: ['y'], scope: 'done', title: 'copy the entry', description: 'Copy the entry', footer: 2},
	{id: 'done-leave', keys: ['enter'], scope: 'done', title: 'leave', description: 'Leave', footer: 1},
] as const satisfies readonly Binding[];

export type BindingId = (typeof bindings)[number]['id'];

const rows: readonly (Binding & {readonly id: BindingId})[] = bindings;

/** Every binding that holds in the scope, its own first. */
export function bindingsIn(scope: Scope): readonly (Binding & {readonly id: BindingId})[] {
	return lineage(scope).flatMap((one) => rows.filter((row) => row.scope === one));
}

/** The binding of a key in a scope; undefined where the key means nothing there. */
export function bindingFor(key: string, scope: Scope): (Binding & {readonly id: BindingId}) | undefined {
	return bindingsIn(scope).find(({keys}) => keys.includes(key));
}

const glyphs: Readonly<Record<string, string>> = {escape: 'esc'};

/** How a key is printed: `esc`, `ctrl-d`, `a`. */
export function printKey(key: string): string {
	return glyphs[key] ?? key;
}

/** `j/down`, `1…0`: a binding's keys in one word. */
export function printKeys({keys}: Pick<Binding, 'keys'>): string {
	const [first = '', second] = keys;
	if (keys.length > 3) return `${printKey(first)}…${printKey(keys.at(-1) ?? '')}`;
	return second === undefined ? printKey(first) : keys.map(printKey).join('/');
}

/** The README's table of keys, one markdown table for all scopes. */
export function keyTableMarkdown(): string {
	const escape = (text: string) => text.replaceAll('|', '\\|');
	const lines = rows.map(
		(row) => `| ${row.keys.map((key) => `\`${printKey(key)}\``).join(' ')} | ${scopeTitles[row.scope]} | ${escape(row.description)} |`,
	);
	return ['| key | where | does |', '| --- | --- | --- |', ...lines, ''].join('\n');
}
