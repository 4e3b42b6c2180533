import {expect, test} from 'vitest';
import {lineage, type Scope, scopes, scopeTitles} from '../../src/keys/scopes.ts';
import {bindings, bindingFor, bindingsIn, keyTableMarkdown, printKeys} from '../../src/keys/keymap.ts';
import {outsideKeys} from '../../src/keys/outside-keys.ts';
import {roundKeys} from '../../src/keys/round-keys.ts';
import {runbookKeys} from '../../src/keys/runbook-keys.ts';
import {sharedKeys} from '../../src/keys/shared-keys.ts';
import {tailKeys} from '../../src/keys/tail-keys.ts';
import {triageKeys} from '../../src/keys/triage-keys.ts';
import {actions} from '../../views/app/actions/index.ts';
import {bookActions} from '../../views/runbook/actions/index.ts';
import {tailActions} from '../../views/tail/actions/index.ts';

const allScopes = Object.keys(scopes) as readonly Scope[];

test.each(allScopes)('no key means two things in the scope %s', (scope) => {
	const keys = bindingsIn(scope).flatMap((binding) => binding.keys.map((key) => ({key, id: binding.id})));
	const twice = keys.filter(({key}, index) => keys.findIndex((one) => one.key === key) !== index);
	expect(twice).toEqual([]);
});

test('every binding has a handler on the screens it holds on, and every handler a binding', () => {
	const ids = (keys: readonly {readonly id: string}[]) => keys.map(({id}) => id).toSorted();
	expect(Object.keys(actions).toSorted()).toEqual(ids([...sharedKeys, ...roundKeys, ...triageKeys, ...outsideKeys]));
	expect(Object.keys(bookActions).toSorted()).toEqual(ids([...sharedKeys, ...runbookKeys]));
	expect(Object.keys(tailActions).toSorted()).toEqual(ids([...sharedKeys, ...tailKeys]));
});

test('ids are unique', () => {
	expect(new Set(bindings.map(({id}) => id)).size).toBe(bindings.length);
});

test('ctrl-c leaves from every scope', () => {
	for (const scope of allScopes) expect(bindingFor('ctrl-c', scope)?.id).toBe('quit-now');
});

test('where a person types, no letter is a key', () => {
	for (const scope of ['text-field', 'filter', 'help', 'investigation', 'outside-form'] as const) {
		const letters = bindingsIn(scope).flatMap(({keys}) => keys.filter((key) => key.length === 1));
		expect(letters).toEqual([]);
	}
});

test('nothing that writes outside is done by enter', () => {
	expect(bindings.filter((binding) => 'writes' in binding && (binding.keys as readonly string[]).includes('enter'))).toEqual([]);
});

test('a scope inherits from the nearest to the farthest', () => {
	expect(lineage('table')).toEqual(['table', 'round', 'global', 'always']);
});

test('the key table for the README names every binding once', () => {
	const lines = keyTableMarkdown().trim().split('\n').slice(2);
	expect(lines).toHaveLength(bindings.length);
	expect(lines.find((line) => line.includes('Accept the suggested verdict'))).toBe(
		`| \`a\` | ${scopeTitles.round} | Accept the suggested verdict and go to the next check |`,
	);
});

test('keys print as one word', () => {
	expect(printKeys({keys: ['j', 'down']})).toBe('j/down');
	expect(printKeys({keys: ['escape']})).toBe('esc');
	expect(printKeys({keys: ['1', '2', '3', '4']})).toBe('1…4');
});
