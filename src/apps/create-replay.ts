/** A past round on the same screens, with the readings of that morning: nothing is asked of any source and nothing can be changed. */
import {resolve} from 'node:path';
import type {App} from './round-app.ts';
import type {CheckRun, ConfiguredCheck} from '../checks/kit/check.ts';
import {type CheckKind, checkKinds, checkOf} from '../checks/index.ts';
import {environment as environmentSchema, service as serviceSchema} from '../service/service.ts';
import type {Context} from './context.ts';
import {createApp} from './create-round-app.ts';
import {createMemory} from '../ops-log/memory/load-memory.ts';
import {knownChecks} from '../ops-log/known-checks.ts';
import {dataOf} from '../ops-log/readings.ts';
import type {RoundRecord} from '../ops-log/record-file.ts';
import {reduce} from '../round/reduce.ts';
import type {RoundState, Step} from '../round/round.ts';
import {createStore, type Store} from '../base/store.ts';
import {formatStamp, offsetMinutesAt} from '../base/times.ts';
import {firstEvidence} from '../triage/first-evidence.ts';

/** `2026-11-20 08:31`. */
export function minuteOf(at: number): string {
	return formatStamp({at, offsetMinutes: offsetMinutesAt(at)}).slice(0, 16);
}

/** The check that a step was: as it is configured today, else as the program knows its kind. */
function checkOfStep({id, title}: Step, {checks}: Context, kind: string | undefined): ConfiguredCheck {
	const configured = checks.find((check) => check.id === id);
	if (configured && (kind === undefined || configured.check.kind === kind)) return {...configured, title};
	const known = [kind, id].find((name): name is CheckKind => checkKinds.includes(name as CheckKind));
	const check = checkOf(known ?? 'command');
	const {cadence, runbook, everyMs, timeoutMs} = check;
	return {
		id,
		title,
		check: known ? check : {...check, title, why: '', tips: [], source: title},
		options: {},
		cadence,
		runbook,
		everyMs,
		timeoutMs,
	};
}

/** What stood on the screen when the step was decided. */
function runOf({id, verdict}: Step, {readings = {}}: RoundRecord): CheckRun {
	const kept = readings[id];
	const data = kept && dataOf(kept);
	const finding = verdict?.finding ?? kept?.finding;
	return {
		id,
		phase: 'done',
		...(kept && data ? {reading: {data: data.data, startedAt: kept.startedAt, durationMs: kept.durationMs}} : {}),
		...(finding ? {finding} : {}),
		...(kept?.error ? {error: kept.error} : {}),
	};
}

/** Rows that are not there, or not all, in words. */
function missingRows({round, readings = {}}: RoundRecord): string | undefined {
	const without = round.steps.filter(({id}) => readings[id]?.data === undefined).length;
	const edited = round.steps.some(({id}) => {
		const kept = readings[id];
		return kept?.data !== undefined && !dataOf(kept);
	});
	if (edited) return 'rows that were edited by hand in the record are not shown';
	if (without === round.steps.length) return 'this record is older than readings in records: it shows what was found, without rows';
	return undefined;
}

/** Opens the record; `context` brings the configuration of today, for names, titles and runbooks. */
export async function createReplay(context: Context, record: RoundRecord): Promise<App> {
	const {round} = record;
	const at = round.closedAt ?? round.startedAt;
	const clock = {...context.clock, now: () => at};
	const service =
		context.service.name === round.service
			? context.service
			: serviceSchema.parse({name: round.service, owner: 'not in rounds.yaml any more', environments: [{name: round.environment}]});
	const environment =
		service.environments.find(({name}) => name === round.environment) ?? environmentSchema.parse({name: round.environment});
	const past = {...context, clock, service, environment, readOnly: true, operator: round.operators.at(-1) ?? ''};
	const app = await createApp(past, {demo: undefined});
	const state = createStore<RoundState>({...round, phase: 'walking', cursor: 0, satDownAt: round.satDownAt ?? round.startedAt});
	const stopped = new AbortController();
	const root = (path: string) => resolve(context.root, path);
	const {opsLog} = context.loaded.config;
	const memory = createMemory({
		log: root(opsLog.path),
		directory: root(opsLog.records),
		service: round.service,
		environment: round.environment,
		checks: knownChecks(context.loaded.config),
		signal: stopped.signal,
		// The round before it, and not itself.
		now: () => round.startedAt - 1,
	});
	const refused = () => app.notice.set(`a replay of ${minuteOf(round.startedAt)}: nothing can be changed`);
	const runs: ReadonlyMap<string, Store<CheckRun>> = new Map(round.steps.map((step) => [step.id, createStore(runOf(step, record))]));
	return {
		...app,
		checks: round.steps.map((step) => checkOfStep(step, context, record.readings?.[step.id]?.kind)),
		runs,
		round: state,
		memory: memory.store,
		seenBefore: (question) => memory.store.get().seen.find(question),
		replayOf: round.startedAt,
		openLogs: undefined,
		start() {
			const missing = missingRows(record);
			if (missing !== undefined) app.notice.set(missing);
			void memory.read();
		},
		dispatch(event) {
			if (event.type === 'moved' || event.type === 'investigating') state.set(reduce(state.get(), event));
			else refused();
		},
		refresh: refused,
		resume: refused,
		beginAfresh: refused,
		addTip: () => Promise.reject(new Error('a replay changes no runbook')),
		entry: () => record.entry,
		plannedWrites: () => [],
		write: (id) => Promise.resolve({id, done: false, text: 'a replay writes nothing'}),
		evidenceOf: (id) => firstEvidence(runs.get(id)?.get().finding),
		async stop() {
			stopped.abort(new Error('the replay ended'));
			await app.stop();
		},
	};
}
