/** The writes at the end of a round: planned and shown first, then done one by one. */
import {join, relative, resolve} from 'node:path';
import type {PlannedWrite, WriteResult} from './closing-write.ts';
import type {OpsLogConfig} from '../service/service.ts';
import type {CommandRunner} from '../ports/commands.ts';
import type {Clock} from '../ports/clock.ts';
import {allInvestigations} from '../round/investigations.ts';
import type {InvestigationRef} from '../round/investigation/investigation-ref.ts';
import type {RoundState} from '../round/round.ts';
import {UserError} from '../base/user-error.ts';
import {appendEntry} from './append-file.ts';
import {commit, commitCommands, push, pushCommand} from './log-git.ts';
import {shown} from '../base/shell-words.ts';
import {investigationsDirectory, linkedFile, linkTo, recordables, refOf, writeInvestigation} from './investigation-file.ts';
import type {KeptReadings} from './readings.ts';
import {findRecord, recordPath, type RoundRecord, writeRecord} from './record-file.ts';

export interface WritePlan {
	readonly config: OpsLogConfig;
	/** Directory of rounds.yaml, which the configured paths are relative to. */
	readonly root: string;
	readonly state: RoundState;
	/** The line exactly as it will be in the file. */
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
	const {log} = placesOf(plan);
	const written = allInvestigations(plan.state).flatMap(({record}) => (record === undefined ? [] : [linkedFile(log, record)]));
	return [log, record, ...written].map((path) => relative(plan.root, path));
}

/** The records of the investigations exactly as they will be written; undefined if there are none. */
function planInvestigations({config, root, state}: WritePlan): PlannedWrite | undefined {
	const all = recordables(state, {unwritten: false});
	const [first] = all;
	if (!first) return undefined;
	const directory = relative(root, investigationsDirectory(resolve(root, config.records)));
	const title =
		all.length === 1 ? `write the investigation ${join(directory, first.name)}` : `write ${all.length} investigations to ${directory}`;
	return {id: 'investigations', title, detail: all.map(({name, text}) => `${name}\n\n${text}`).join('\n'), outside: false};
}

/** In the order they are performed. Pure. */
export function planWrites(plan: WritePlan): readonly PlannedWrite[] {
	const {config, root, state, entry} = plan;
	const {log, records} = placesOf(plan);
	const record = recordPath(records, state);
	const investigations = planInvestigations(plan);
	const writes: PlannedWrite[] = [
		// First, so that the line can refer to them.
		...(investigations ? [investigations] : []),
		{id: 'entry', title: `append one line to ${relative(root, log) || log}`, detail: entry, outside: false},
		{id: 'record', title: `write the record ${relative(root, record)}`, detail: record, outside: false},
	];
	if (config.commit) {
		const paths = committed(plan, record);
		const detail = commitCommands(paths, messageOf(plan)).map(shown).join(' && ');
		writes.push({id: 'commit', title: `commit these ${paths.length === 2 ? 'two' : paths.length} files`, detail, outside: false});
	}
	if (config.push) writes.push({id: 'push', title: 'push the commit', detail: shown(pushCommand), outside: true});
	return writes;
}

export interface PerformOptions extends WritePlan {
	readonly clock: Clock;
	readonly commands: CommandRunner;
	readonly readOnly: boolean;
	/**
	 * Stores the line in the round (`entry-edited`) before the file is written: after a crash the same line is written again
	 * and recognised, and after a failed write it is kept.
	 */
	readonly keep: (entry: string) => void;
	/** Stores the path of an investigation's record in the round (`investigation-recorded`), so that the line links to it. */
	readonly recorded: (ref: InvestigationRef, record: string) => void;
}

/** One by one: records written before an error stay and are not written again. */
async function writeInvestigations({root, config, state, recorded}: PerformOptions): Promise<string> {
	const {log, records} = placesOf({root, config});
	const directory = investigationsDirectory(records);
	const paths: string[] = [];
	for (const record of recordables(state, {unwritten: true})) {
		// oxlint-disable-next-line no-await-in-loop -- two of the same name must not race for it
		const path = await writeInvestigation(directory, {round: state, record});
		recorded(refOf(record), linkTo(log, path));
		paths.push(relative(root, path));
	}
	if (paths.length === 0) return 'already written';
	return paths.length === 1 ? `written to ${paths[0]}` : `${paths.length} written to ${relative(root, directory)}`;
}

async function perform(id: PlannedWrite['id'], options: PerformOptions): Promise<string> {
	const {root, state, entry, clock, commands, keep} = options;
	const {log, records} = placesOf(options);
	// The record shows a closed round, although it is written just before the round is closed.
	const round: RoundState = {...state, phase: 'closed', closedAt: state.closedAt ?? clock.now()};
	const record: RoundRecord = {version: 1, entry, round, ...(options.readings && {readings: options.readings})};
	const shownPath = (path: string) => relative(root, path) || path;
	switch (id) {
		case 'investigations':
			return writeInvestigations(options);
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
			return done ? 'committed' : 'nothing to commit: already committed';
		}
		default:
			await push({commands, cwd: root});
			return 'pushed';
	}
}

/** Does one planned write. An error of the file system is a result in one sentence, never an exception. */
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
