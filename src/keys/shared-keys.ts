/** Keys of every screen: leaving, help, and typing text. */
import type {Binding} from './binding.ts';

export const sharedKeys = [
	{id: 'quit-now', keys: ['ctrl-c'], scope: 'always', title: 'quit', description: 'Leave; a round is kept and goes on at the same step'},

	{
		id: 'help',
		keys: ['?'],
		scope: 'global',
		title: 'keys',
		description: 'All keys that work here; type to search, enter runs one',
		footer: 100,
	},
	{id: 'palette', keys: [':'], scope: 'global', title: 'go to', description: 'Jump to a check or run anything by its name'},
	{
		id: 'look-up',
		keys: ['K'],
		scope: 'global',
		title: 'runbooks',
		description: 'Look up a runbook: by title, heading or any word in it',
		footer: 80,
	},
	{id: 'back', keys: ['escape'], scope: 'global', title: 'back', description: 'One step back: out of a filter, a pane, a page', footer: 75},
	{id: 'quit', keys: ['q'], scope: 'global', title: 'quit', description: 'Leave; a round is kept and goes on at the same step'},

	{id: 'field-keep', keys: ['enter'], scope: 'text-field', title: 'keep', description: 'Keep what is typed', footer: 1},
	{
		id: 'field-cancel',
		keys: ['escape'],
		scope: 'text-field',
		title: 'leave',
		description: 'Leave without it; in the triage and in a form what is typed stays for later',
		footer: 2,
	},
	{id: 'field-editor', keys: ['ctrl-o'], scope: 'text-field', title: '$EDITOR', description: 'Go on typing in $EDITOR', footer: 20},
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

	{id: 'help-run', keys: ['enter'], scope: 'help', title: 'choose', description: 'Take the selected one', footer: 1},
	{id: 'help-down', keys: ['down', 'ctrl-n', 'tab'], scope: 'help', title: 'next', description: 'Next one', footer: 3},
	{id: 'help-up', keys: ['up', 'ctrl-p', 'shift-tab'], scope: 'help', title: 'before', description: 'Previous one', footer: 4},
	{id: 'help-close', keys: ['escape'], scope: 'help', title: 'close', description: 'Back to where you were', footer: 2},
	{id: 'help-backspace', keys: ['backspace', 'ctrl-h'], scope: 'help', title: 'delete', description: 'Delete the last character'},
	{id: 'help-empty', keys: ['ctrl-u', 'ctrl-w'], scope: 'help', title: 'empty', description: 'Empty the search'},
] as const satisfies readonly Binding[];
