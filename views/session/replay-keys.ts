/** What still works where a past round is shown again: looking, never changing. */
import type {Scope} from '../../src/keys/scopes.ts';
import type {Binding} from '../../src/keys/binding.ts';
import {currentStep, type Session} from './session.ts';

/** Every key of theirs only looks. */
const looking: ReadonlySet<string> = new Set<Scope>([
	'always',
	'global',
	'checklist',
	'table',
	'runbook',
	'page',
	'text-field',
	'filter',
	'help',
]);

/** Those that only look, of scopes that can change things. */
const looks: ReadonlySet<string> = new Set([
	'open',
	'copy',
	'filter',
	'sort-next',
	'sort-previous',
	'sort-reverse',
	'runbook',
	'service',
	'next-pane',
	'previous-pane',
	'jump',
	'investigate',
	'investigations',
	'investigations-down',
	'investigations-up',
	'investigations-open',
	'investigations-number',
	'triage-runbook',
	'book-down',
	'book-up',
	'book-page-down',
	'book-page-up',
	'book-first',
	'book-last',
	'book-next',
	'book-previous',
	'book-act',
	'book-block',
	'book-block-before',
	'book-outline',
	'book-search',
	'book-search-next',
	'book-search-before',
	'book-back',
	'book-forward',
	'book-copy',
	'book-close',
]);

/** True for keys that change nothing and keep nothing. */
export const onlyLooks = ({id, scope, writes}: Binding) => !writes && (looking.has(scope) || looks.has(id));

/** Why the key does nothing in a replay; undefined where it works, and in every round that is walked. */
export function refusedInReplay({app, ui}: Pick<Session, 'app'> & Partial<Pick<Session, 'ui'>>, binding: Binding): string | undefined {
	if (app.replayOf === undefined) return undefined;
	if (binding.id === 'investigate' && !currentStep({app})?.investigation) return 'a replay: this check was not investigated';
	// The answers of an investigation are read, not given again.
	const answering = ui?.get().triage !== undefined && (binding.id === 'field-keep' || binding.id === 'field-editor');
	if (onlyLooks(binding) && !answering) return undefined;
	return 'Replay: nothing can be changed. Press q to quit.';
}
