/** A whole App over plain stores, for the tests of the screens: the real reducer, readings that are set by hand. */
import type {App} from '../../src/apps/round-app.ts';
import type {OpenRound} from '../../src/round/kept/open-round.ts';
import type {PlannedWrite, WriteResult} from '../../src/ops-log/closing-write.ts';
import type {CheckRun, ConfiguredCheck, Finding} from '../../src/checks/kit/check.ts';
import {type CheckKind, checkOf} from '../../src/checks/index.ts';
import {environment, service} from '../../src/service/service.ts';
import {sendOutside} from '../../src/outside/send.ts';
import type {Clock} from '../../src/ports/clock.ts';
import {reduce} from '../../src/round/reduce.ts';
import {emptyMemory, type Memory} from '../../src/ops-log/memory/memory.ts';
import {createRound, type RoundEvent, type RoundState} from '../../src/round/round.ts';
import {createRunbookSearch} from '../../src/runbooks/search-runbooks.ts';
import type {Runbook} from '../../src/runbooks/runbook.ts';
import type {Status} from '../../src/base/status.ts';
import {createStore, type Store} from '../../src/base/store.ts';
import {createFakeClock} from './fake-clock.ts';
import {morning, readings} from './fake-readings.ts';

export interface FakeApp extends App {
	/** Everything that was asked of the world, in order: `open URL`, `copy TEXT`, `refresh ID`, `write ID`, `tip ID TEXT`. */
	readonly asked: readonly string[];
	readonly events: readonly RoundEvent[];
	readonly setRun: (check: string, run: Partial<CheckRun>) => void;
}

export interface FakeAppOptions {
	readonly kinds?: readonly CheckKind[];
	readonly clock?: Clock;
	readonly environment?: string;
	readonly findings?: Readonly<Partial<Record<CheckKind, Finding>>>;
	readonly openRounds?: readonly OpenRound[];
	readonly round?: Partial<RoundState>;
	readonly readOnly?: boolean;
	readonly demo?: string;
	readonly planned?: readonly PlannedWrite[];
	readonly write?: (id: PlannedWrite['id']) => Promise<WriteResult>;
	readonly edit?: (text: string) => Promise<string>;
	readonly openLogs?: App['openLogs'];
	readonly runbooks?: readonly Runbook[];
	readonly runBlock?: App['runBlock'];
	readonly acts?: App['outside']['acts'];
	readonly ticketAct?: App['tickets']['act'];
	readonly announceActs?: App['announcements']['acts'];
	readonly memory?: Partial<Memory>;
	readonly replayOf?: number;
}

/** A finding of a status, in words that name it. */
export function fakeFinding(kind: string, status: Status): Finding {
	const reasons = status === 'ok' ? [] : [{status, subject: `${kind}-subject`, text: `is ${status}, usual is fine`}];
	return {status, summary: `${kind} summary`, short: `${kind} ${status}`, reasons, evidence: []};
}

function configured(kind: CheckKind): ConfiguredCheck {
	const check = checkOf(kind);
	return {
		id: kind,
		title: check.title,
		check,
		options: {},
		cadence: check.cadence,
		runbook: check.runbook,
		everyMs: check.everyMs,
		timeoutMs: check.timeoutMs,
	};
}

const runbook: Runbook = {
	id: 'pods',
	title: 'When pods crash',
	path: '/runbooks/pods.md',
	embedded: true,
	checks: ['pods'],
	matches: [],
	services: [],
	contacts: [],
	links: [],
	lastReviewedOn: '2026-11-01',
	markdown:
		'# First\n\nAsk *what* it said before it [died](https://example.com/logs).\n\n1. `kubectl logs --previous`\n2. Did the image change?\n\n```\nkubectl get pods\n```\n\n| sign | cause |\n| --- | --- |\n| 137 | memory |\n\n> Do not delete it yet.\n',
};

const defaults: readonly CheckKind[] = ['health', 'pods', 'errors'];
const localWrites: readonly PlannedWrite[] = [
	{id: 'entry', title: 'append one line to docs/ops/ops-log.md', detail: '- 2026-11-20 …', outside: false},
	{id: 'record', title: 'write docs/ops/rounds/2026-11-20.json', detail: 'the whole round as JSON', outside: false},
];

/** An App that does nothing outside of memory. */
export function createFakeApp(options: FakeAppOptions = {}): FakeApp {
	const kinds = options.kinds ?? defaults;
	const checks = kinds.map(configured);
	const runbooks = options.runbooks ?? [runbook];
	const clock = options.clock ?? createFakeClock(morning);
	const asked: string[] = [];
	const events: RoundEvent[] = [];
	const runs = new Map<string, Store<CheckRun>>(
		kinds.map((kind) => [
			kind,
			createStore<CheckRun>({
				id: kind,
				phase: 'done',
				reading: {data: readings[kind], startedAt: morning - 4000, durationMs: 120},
				finding: options.findings?.[kind] ?? fakeFinding(kind, kind === 'pods' ? 'critical' : 'ok'),
			}),
		]),
	);
	const state = createRound({
		service: 'checkout',
		environment: options.environment ?? 'production',
		operator: 'alice',
		startedAt: morning,
		steps: checks.map(({id, title, check}) => ({id, title, ...(check.byEye ? {byEye: true} : {})})),
	});
	const round = createStore<RoundState>({...state, ...options.round});
	const openRounds = createStore<readonly OpenRound[]>(options.openRounds ?? []);
	const notice = createStore<string | undefined>(undefined);
	const memory = createStore<Memory>({...emptyMemory(), ...options.memory});
	const entry = () => round.get().entry ?? '- 2026-11-20 08:42 +00:00 · checkout/production · alice · critical · pods 2/38 failing · 11m0s';
	const dispatch = (event: RoundEvent) => {
		events.push(event);
		round.update((before) => reduce(before, event));
	};
	const readOnly = options.readOnly ?? false;
	const noTracker = 'no tracker is configured';
	return {
		asked,
		events,
		clock,
		service: service.parse({name: 'checkout', owner: 'payments', environments: [{name: options.environment ?? 'production'}]}),
		environment: environment.parse({name: options.environment ?? 'production'}),
		operator: 'alice',
		cluster: 'eu-1',
		demo: options.demo,
		readOnly,
		openLogs: options.openLogs,
		checks,
		runs,
		round,
		openRounds,
		notice,
		memory,
		seenBefore: (question) => memory.get().seen.find(question),
		...(options.replayOf === undefined ? {} : {replayOf: options.replayOf}),
		start: () => {},
		dispatch,
		flush: () => {},
		outside: {
			acts: options.acts ?? (() => []),
			send: (write, step) =>
				sendOutside(write, {readOnly, step, operator: 'alice', now: clock.now, state: round.get, dispatch, redact: (text) => text}),
		},
		tickets: {
			act:
				options.ticketAct ??
				(() => ({id: 'ticket', title: 'ticket', about: 'tickets', refusal: noTracker, write: () => ({problem: noTracker})})),
		},
		announcements: {acts: options.announceActs ?? (() => [])},
		refresh: (check) => asked.push(`refresh ${check}`),
		resume(open) {
			round.set(open.state);
			openRounds.set([]);
		},
		beginAfresh: () => openRounds.set([]),
		runbookOf: (check) => (check === 'pods' ? runbooks[0] : undefined),
		runbooks: () => runbooks,
		findRunbooks: (query, limit) =>
			createRunbookSearch(
				runbooks.map(({id, path, embedded, title, markdown}) => ({id, path, embedded, text: `---\ntitle: ${title}\n---\n${markdown}`})),
			)
				.find(query, limit)
				.hits.map((hit) => ({...hit, runbook: runbooks.find(({path}) => path === hit.runbook.path) ?? hit.runbook})),
		async writeRunbook(name, text) {
			asked.push(`runbook ${name} ${text}`);
			return `/runbooks/${name}.md`;
		},
		async extendRunbook(to, addition) {
			asked.push(`${addition.kind} ${to.id} ${addition.text}${addition.kind === 'wrong' ? ` @ ${addition.heading}` : ''}`);
			return to.path;
		},
		runBlock(plan, onOutput) {
			asked.push(`run ${JSON.stringify(plan.argvs)} ${JSON.stringify(plan.env)}`);
			return (
				options.runBlock?.(plan, onOutput) ?? {stop: () => {}, ended: Promise.resolve({done: true, words: 'exit code 0', durationMs: 1200})}
			);
		},
		ownVariable: () => undefined,
		async addTip(check, text) {
			asked.push(`tip ${check} ${text}`);
			return `runbooks/${check}.md`;
		},
		open: (url) => asked.push(`open ${url}`),
		copy: (text) => asked.push(`copy ${text}`),
		edit: options.edit ?? (async (text) => `${text}, edited`),
		entry,
		entryProblem: (text) => (text.startsWith('- ') ? undefined : 'a log entry starts with “- ” and the date'),
		plannedWrites: () => options.planned ?? localWrites,
		async write(id) {
			asked.push(`write ${id}`);
			return (await options.write?.(id)) ?? {id, done: true, text: `${id} is written`};
		},
		evidenceOf: (check) => runs.get(check)?.get().finding?.evidence ?? [],
		stop: async () => {},
		setRun(check, run) {
			runs.get(check)?.update((before) => ({...before, ...run}));
		},
	};
}
