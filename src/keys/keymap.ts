/**
 * THE table of keys. Input, footer, help, palette and the README's table all come from it.
 * To add a key: one row in src/keys/, and a handler of the same id in the actions of its screen (the compiler asks for it).
 */
import {lineage, type Scope, scopeTitles} from './scopes.ts';
import type {Binding} from './binding.ts';
import {outsideKeys} from './outside-keys.ts';
import {roundKeys} from './round-keys.ts';
import {runbookKeys} from './runbook-keys.ts';
import {sharedKeys} from './shared-keys.ts';
import {tailKeys} from './tail-keys.ts';
import {triageKeys} from './triage-keys.ts';

export const bindings = [
	...sharedKeys,
	...roundKeys,
	...triageKeys,
	...outsideKeys,
	...runbookKeys,
	...tailKeys,
] as const satisfies readonly Binding[];

export type BindingId = (typeof bindings)[number]['id'];
/** What the round's screens answer to. */
export type RoundBindingId =
	| (typeof sharedKeys)[number]['id']
	| (typeof roundKeys)[number]['id']
	| (typeof triageKeys)[number]['id']
	| (typeof outsideKeys)[number]['id'];
/** What a runbook's page answers to. */
export type BookBindingId = (typeof sharedKeys)[number]['id'] | (typeof runbookKeys)[number]['id'];
/** What the tail's screen answers to. */
export type TailBindingId = (typeof sharedKeys)[number]['id'] | (typeof tailKeys)[number]['id'];

const rows: readonly (Binding & {readonly id: BindingId})[] = bindings;

/** Every binding that holds in the scope, its own first. */
export function bindingsIn(scope: Scope): readonly (Binding & {readonly id: BindingId})[] {
	return lineage(scope).flatMap((one) => rows.filter((row) => row.scope === one));
}

/** The binding of a key in a scope; undefined where the key means nothing there. */
export function bindingFor(key: string, scope: Scope): (Binding & {readonly id: BindingId}) | undefined {
	return bindingsIn(scope).find(({keys}) => keys.includes(key));
}

/** What nearly every terminal sends for ctrl-/ is called ctrl-_. */
const glyphs: Readonly<Record<string, string>> = {escape: 'esc', 'ctrl-_': 'ctrl-/'};

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
