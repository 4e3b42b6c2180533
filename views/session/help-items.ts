/** The rows of help and palette: every key that holds below, by name, and for the palette every check to jump to and every runbook. */
import {lineage, type Scope, scopeTitles} from '../../src/keys/scopes.ts';
import {bindingsIn, printKeys} from '../../src/keys/keymap.ts';
import type {Overlay, Session} from './session.ts';
import {scopeBelow} from './screen-of.ts';

export type HelpItem = {
	readonly title: string;
	readonly keys: string;
	readonly description: string;
	readonly section: string;
	readonly writes?: true;
} & (
	| {readonly kind: 'binding'; readonly id: ReturnType<typeof bindingsIn>[number]['id']; readonly key: string}
	| {readonly kind: 'check'; readonly index: number}
	| {readonly kind: 'runbook'; readonly path: string}
);

type List = Extract<Overlay, {readonly kind: 'help' | 'palette'}>;

/** The keys of a scope, as rows. */
export function bindingItems(scope: Scope): readonly HelpItem[] {
	return bindingsIn(scope).map((binding): HelpItem => ({
		kind: 'binding',
		id: binding.id,
		key: binding.keys[0] ?? '',
		title: binding.title,
		keys: printKeys(binding),
		description: binding.description,
		section: scopeTitles[binding.scope],
		...(binding.writes ? {writes: true as const} : {}),
	}));
}

function all(session: Session, kind: List['kind']): readonly HelpItem[] {
	const scope = scopeBelow(session);
	const bound = bindingItems(scope);
	// Where a check can be jumped to, the palette names it.
	if (kind === 'help') return bound;
	const runbooks = session.app.runbooks().map(({title, id, path}): HelpItem => ({
		kind: 'runbook',
		path,
		title,
		keys: '',
		description: `runbook ${id}`,
		section: 'runbooks',
	}));
	if (!lineage(scope).includes('round')) return [...bound, ...runbooks];
	const checks = session.app.round.get().steps.map((step, index): HelpItem => ({
		kind: 'check',
		index,
		title: step.title,
		keys: index < 10 ? String((index + 1) % 10) : '',
		description: session.app.runs.get(step.id)?.get().finding?.summary ?? 'not read yet',
		section: 'checks',
	}));
	return [...checks, ...bound, ...runbooks];
}

/** The rows that contain every typed word; titles that begin with it first. */
export function matchingItems(rows: readonly HelpItem[], text: string): readonly HelpItem[] {
	const typed = text.trim().toLowerCase();
	const words = typed.split(/\s+/).filter(Boolean);
	const items = rows.filter(({title, keys, description}) => {
		const row = `${title} ${keys} ${description}`.toLowerCase();
		return words.every((word) => row.includes(word));
	});
	if (typed === '') return items;
	const rank = ({title, keys}: HelpItem) => (keys.toLowerCase() === typed ? 0 : title.toLowerCase().startsWith(typed) ? 1 : 2);
	return items.toSorted((a, b) => rank(a) - rank(b));
}

/** The round's rows that contain what is typed. */
export function helpItems(session: Session, {kind, field}: List): readonly HelpItem[] {
	return matchingItems(all(session, kind), field.text);
}
