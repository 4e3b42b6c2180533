/** What the closing writes: planned and shown first, then performed one by one. */
import {relative, resolve} from 'node:path';
import type {PlannedWrite, WriteResult} from '../app.ts';
import type {OpsLogConfig} from '../config/service-schema.ts';
import type {Clock, CommandRunner} from '../ports.ts';
import type {RoundState} from '../round/round.ts';
import {UserError} from '../user-error.ts';
import {appendEntry} from './append.ts';
import {commit, commitCommands, push, pushCommand, shown} from './git.ts';
import type {KeptReadings} from './readings.ts';
import {findRecord, recordPath, type RoundRecord, writeRecord} from './record.ts';

export interface WritePlan {
	readonly config: OpsLogConfig;
	/** Directory of rounds.yaml, which the configured paths are relative to. */
	readonly root: string;
	readonly state: RoundState;
	/** The line exactly as it will stand in the file. */
	readonly entry: string;
	/** What the record keeps of the readings. */
	readonly readings?: KeptReadings;
}

interface Places {
	readonly log: string;
	readonly records: string;
}

function placesOf({config, root}: Pick<WritePlan, 'config' | 'root'>): Places {
	return {log: resolve(root, config.path), records: resolve(root, config.records)};
}

function messageOf({state}: WritePlan): string {
	return `Round of ${state.service} ${state.environment} by ${state.operators.at(-1) ?? 'unknown'}`;
}

/** The paths git gets, relative to the directory it runs in. */
function committed(plan: WritePlan, record: string): readonly string[] {
	return [placesOf(plan).log, record].map((path) => relative(plan.root, path));
}

/** In the order they are performed. Pure. */
export function planWrites(plan: WritePlan): readonly PlannedWrite[] {
	const {config, root, state, entry} = plan;
	const {log, records} = placesOf(plan);
	const record = recordPath(records, state);
	const writes: PlannedWrite[] = [
		{id: 'entry', title: `append one line to ${relative(root, log) || log}`, detail: entry, outside: false},
		{id: 'record', title: `write the record ${relative(root, record)}`, detail: record, outside: false},
	];
	if (config.commit) {
		const detail = commitCommands(committed(plan, record), messageOf(plan)).map(shown).join(' && ');
		writes.push({id: 'commit', title: 'commit these two files', detail, outside: false});
	}
	if (config.push) writes.push({id: 'push', title: 'push the commit', detail: shown(pushCommand), outside: true});
	return writes;
}

export interface PerformOptions extends WritePlan {
	readonly clock: Clock;
	readonly commands: CommandRunner;
	readonly readOnly: boolean;
	/**
	 * Puts the line into the round (`entry-edited`) before the file is touched: after a crash in between, the same line
	 * comes again and is recognised, and where the file refuses, it is kept.
	 */
	readonly keep: (entry: string) => void;
}

async function perform(id: PlannedWrite['id'], options: PerformOptions): Promise<string> {
	const {root, state, entry, clock, commands, keep} = options;
	const {log, records} = placesOf(options);
	const record: RoundRecord = {version: 1, entry, round: state, ...(options.readings && {readings: options.readings})};
	const shownPath = (path: string) => relative(root, path) || path;
	switch (id) {
		case 'entry': {
			keep(entry);
			const {appended} = await appendEntry({path: log, line: entry, clock});
			return appended ? `one line appended to ${shownPath(log)}` : `${shownPath(log)} has this line already`;
		}
		case 'record':
			return `record written to ${shownPath(await writeRecord({directory: records, record}))}`;
		case 'commit': {
			const paths = committed(options, (await findRecord({directory: records, record})) ?? recordPath(records, state));
			const done = await commit({commands, cwd: root, paths, message: messageOf(options)});
			return done ? 'committed' : 'nothing to commit: it is committed already';
		}
		default:
			await push({commands, cwd: root});
			return 'pushed';
	}
}

/** Performs one planned write. A refusal of the system is a result in one sentence, never an exception. */
export async function performWrite(id: PlannedWrite['id'], options: PerformOptions): Promise<WriteResult> {
	const planned = planWrites(options).find((write) => write.id === id);
	if (!planned) return {id, done: false, text: `${id} is not configured in rounds.yaml`};
	if (planned.outside && options.readOnly) return {id, done: false, text: `${planned.title}: refused by --read-only`};
	try {
		return {id, done: true, text: await perform(id, options)};
	} catch (error) {
		if (error instanceof UserError) return {id, done: false, text: error.message};
		throw error;
	}
}
