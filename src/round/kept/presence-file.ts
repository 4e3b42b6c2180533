/**
 * Shows everyone on the same repository who is in a round now: one small file per round in `.walking/` next to the records.
 * It has the round itself, so that another operator can take it over, but no typed text.
 */
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {writeAtomicallyNow} from '../../base/atomic-file.ts';
import type {Holder} from './processes-file.ts';
import type {RoundState} from '../round.ts';

export interface Presence {
	readonly version: 1;
	readonly operator: string;
	readonly holder: Holder;
	/** When it was last refreshed, epoch milliseconds. */
	readonly seenAt: number;
	readonly state: RoundState;
}

/** Every method is done when it returns. */
export interface PresenceStore {
	readonly list: () => readonly Presence[];
	/** By round id. */
	readonly load: (id: string) => Presence | undefined;
	readonly save: (presence: Presence) => void;
	readonly remove: (id: string) => void;
}

function parse(text: string): Presence | undefined {
	try {
		const value = JSON.parse(text) as Presence | null;
		const whole = value?.version === 1 && typeof value.holder?.token === 'string' && Array.isArray(value.state?.steps);
		return whole ? value : undefined;
	} catch {
		return undefined;
	}
}

function read(file: string): Presence | undefined {
	try {
		return parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** Presence as files under `directory` (the records' `.walking`); git ignores them. Writing throws the file system's error. */
export function createPresenceFiles(directory: string): PresenceStore {
	const fileOf = (id: string) => join(directory, `${id}.json`);
	let prepared = false;
	const prepare = () => {
		if (prepared) return;
		mkdirSync(directory, {recursive: true});
		writeFileSync(join(directory, '.gitignore'), '*\n');
		prepared = true;
	};
	return {
		list() {
			let names: readonly string[];
			try {
				names = readdirSync(directory);
			} catch {
				return [];
			}
			return names.filter((name) => name.endsWith('.json')).flatMap((name) => read(join(directory, name)) ?? []);
		},
		load: (id) => read(fileOf(id)),
		save(presence) {
			prepare();
			writeAtomicallyNow(fileOf(presence.state.id), JSON.stringify(presence), {sync: 'none'});
		},
		remove: (id) => rmSync(fileOf(id), {force: true}),
	};
}
