/** The composition root of the full screen: the only place that wires configuration, adapters, stores and effects. */
import {resolve} from 'node:path';
import {createDraftStore, prepareDrafts} from '../adapters/disk/draft-store.ts';
import {stateDirectory} from '../adapters/disk/state-directory.ts';
import {systemRandom} from '../adapters/machine/system-random.ts';
import {createRoundHeartbeat} from '../adapters/sentry/heartbeat.ts';
import {createOutsideActs} from './outside-acts.ts';
import {openAddress} from '../adapters/programs/open-address.ts';
import {runHere} from '../adapters/programs/programs.ts';
import type {App} from './round-app.ts';
import type {OpenRound} from '../round/kept/open-round.ts';
import type {CheckRun, ConfiguredCheck} from '../checks/kit/check.ts';
import {concurrency, createCheckRuns} from '../checks/kit/check-runs.ts';
import {resolveFrom} from '../config/load-config-file.ts';
import type {Context} from './context.ts';
import {logEvents, logRuns} from './debug-states.ts';
import {createOpenLogs} from './open-logs.ts';
import {entryOf} from '../ops-log/entry-of.ts';
import {entryProblem, formatEntry} from '../ops-log/entry.ts';
import {lastMade} from '../ops-log/last-made-file.ts';
import {createMemory} from '../ops-log/memory/load-memory.ts';
import {performWrite, planWrites} from '../ops-log/planned-writes.ts';
import {earlierRounds} from '../ops-log/memory/earlier-rounds.ts';
import {knownChecks} from '../ops-log/known-checks.ts';
import {doneToday, recentEntries} from '../ops-log/read-log-file.ts';
import {keepReading, type KeptReadings} from '../ops-log/readings.ts';
import {doubtNotice} from '../round/ledger.ts';
import {sendOutside} from '../outside/send.ts';
import {restingAtMost, restingNotice, splitByDue} from '../round/due.ts';
import {createRoundHolder} from '../round/kept/round-holder.ts';
import {createProcesses} from '../round/kept/processes-file.ts';
import {createJournal} from '../round/kept/journal.ts';
import {createPresenceFiles} from '../round/kept/presence-file.ts';
import {reconcile} from '../round/reconcile.ts';
import {createRound} from '../round/round.ts';
import {openRunbooks} from './round-runbooks.ts';
import {runbookFor} from '../runbooks/match-runbook.ts';
import {createStore} from '../base/store.ts';
import {clipboardSequence} from '../base/terminal/clipboard.ts';
import {editText} from '../adapters/programs/editor.ts';
import {firstEvidence} from '../triage/first-evidence.ts';

/** The checklist of today; the records are read only where a check is not daily. */
async function dueChecks(
	{checks, clock, service, environment}: Context,
	directory: string,
): Promise<ReturnType<typeof splitByDue<ConfiguredCheck>>> {
	const now = clock.now();
	const longest = restingAtMost(checks);
	const made = longest
		? await lastMade({directory, service: service.name, environment: environment.name, ids: longest.ids, since: now - longest.ms, now})
		: new Map<string, number>();
	return splitByDue(checks, {made, now});
}

/** Wires the program for the full screen. Nothing is asked of any source before `start`. */
export async function createApp(context: Context, {demo}: {readonly demo: string | undefined}): Promise<App> {
	const {clock, service, environment, operator, root, debug} = context;
	const {config} = context.loaded;
	const env = process.env;
	const notice = createStore<string | undefined>(undefined);
	const say = (sentence: string) => notice.set(sentence);
	const names = {service: service.name, environment: environment.name};
	const records = resolve(root, config.opsLog.records);
	const {due: checks, resting} = await dueChecks(context, records);
	const checklist = checks.map(({id, title, check}) => ({id, title, ...(check.byEye ? {byEye: true} : {})}));
	const teamDirectories = (service.runbooks ?? []).map((path) => resolveFrom(root, path));
	const {warnings, ...library} = await openRunbooks(context, {checks, runOf: (id) => runs.stores.get(id)?.get(), teamDirectories, env});

	const drafts = resolve(stateDirectory(env), 'drafts');
	prepareDrafts(drafts);
	const journal = createJournal({
		drafts: createDraftStore({directory: drafts}),
		presence: createPresenceFiles(resolve(records, '.walking')),
		processes: createProcesses(),
		now: clock.now,
	});
	const fresh = () => createRound({...names, operator, startedAt: clock.now(), steps: checklist, taken: journal.ids()});
	const holder = logEvents(createRoundHolder({initial: fresh(), journal, clock, onProblem: say}), debug);
	const openRounds = createStore<readonly OpenRound[]>([]);
	const runs = createCheckRuns(
		checks,
		{...context, earlier: earlierRounds({directory: records, ...names})},
		{concurrency, random: systemRandom, debug},
	);
	logRuns(runs.stores, context);
	const stopped = new AbortController();
	const heartbeat = createRoundHeartbeat(config.heartbeat, context.secrets);
	let ended: Promise<void> | undefined;

	const told: string[] = [];
	/** What there is to know at the start, together: the notice has one line. */
	const tell = (sentence: string | undefined) => {
		if (sentence === undefined) return;
		told.push(sentence);
		say(told.join(', '));
	};
	/** Says who did today's round already; an ops log that cannot be read says so when it is written to. */
	async function tellDone(): Promise<void> {
		const entries = await recentEntries(resolve(root, config.opsLog.path)).catch(() => []);
		tell(doneToday(entries, {...names, now: clock.now()}));
	}

	const entry = () => {
		const state = holder.store.get();
		return state.entry ?? formatEntry(entryOf(state, {now: clock.now()}));
	};
	/** What stood on the screen when each check was decided; after a resume, what is there at the end. */
	const decidedOn = new Map<string, CheckRun | undefined>();
	const readings = (): KeptReadings =>
		Object.fromEntries(
			checks.flatMap((check) => {
				const run = decidedOn.get(check.id) ?? runs.stores.get(check.id)?.get();
				const kept = run && keepReading(check, run);
				return kept ? [[check.id, kept]] : [];
			}),
		);
	const plan = () => ({config: config.opsLog, root, state: holder.store.get(), entry: entry()});
	const copy = (text: string) => {
		const sequence = clipboardSequence(text, env);
		if (sequence === undefined) say('too long for the clipboard');
		else {
			process.stdout.write(sequence);
			say('copied');
		}
	};
	const outsideActs = createOutsideActs({...context, directory: context.loaded.directory});

	const openLogs = createOpenLogs(context, {
		demo,
		holder,
		logsRuns: checks.filter(({check}) => check.kind === 'logs').flatMap(({id}) => runs.stores.get(id) ?? []),
	});

	const memory = createMemory({
		log: resolve(root, config.opsLog.path),
		directory: records,
		...names,
		checks: knownChecks(config),
		signal: stopped.signal,
		now: clock.now,
		// The notice has one line: what is there stays.
		unread: (why) => say([notice.get(), why].filter(Boolean).join('; ')),
	});
	const runbookIdOf = (check: string | undefined, text: string) => {
		const configured = checks.find(({id}) => id === check);
		if (!configured) return undefined;
		return runbookFor(library.runbooks(), {
			id: configured.runbook,
			check: configured.check.kind,
			item: configured.id,
			service: service.name,
			texts: [text],
		})?.id;
	};

	return {
		...context,
		openLogs,
		checks,
		demo,
		runs: runs.stores,
		round: holder.store,
		openRounds,
		notice,
		start() {
			runs.start();
			heartbeat.begin();
			const found = journal.open({...names, operator});
			for (const sentence of journal.problems()) tell(sentence);
			if (found.length > 0) openRounds.set(found);
			else holder.adopt(fresh());
			holder.stayVisible(stopped.signal).catch((error: unknown) => say(String(error)));
			tell(warnings[0]);
			tell(restingNotice(resting));
			void tellDone();
			void memory.read();
		},
		dispatch(event) {
			holder.dispatch(event);
			if (event.type === 'decided') decidedOn.set(event.step, runs.stores.get(event.step)?.get());
			if (holder.store.get().phase === 'closed') ended ??= heartbeat.end();
		},
		flush: holder.flush,
		refresh: runs.refresh,
		resume(open) {
			if (!holder.adopt(reconcile(journal.claim(open, operator), checklist))) return;
			openRounds.set([]);
			tell(doubtNotice(holder.store.get()));
		},
		beginAfresh() {
			if (holder.adopt(fresh())) openRounds.set([]);
		},
		...library,
		outside: {
			acts: outsideActs.of,
			send: (write, step) =>
				sendOutside(write, {
					...context,
					step,
					now: clock.now,
					state: holder.store.get,
					dispatch: holder.dispatch,
					redact: context.secrets.redact,
				}),
		},
		tickets: {act: outsideActs.ticket},
		announcements: {acts: outsideActs.announce},
		open: (url) => openAddress(url, {env, copy, say}),
		copy,
		edit: (text) => editText(text, {env, run: runHere}),
		entry,
		entryProblem,
		plannedWrites: () => planWrites(plan()),
		write: (id) =>
			performWrite(id, {
				...plan(),
				readings: readings(),
				...context,
				keep: (text) => holder.dispatch({type: 'entry-edited', text}),
				recorded: (ref, record) => holder.dispatch({type: 'investigation-recorded', ...ref, record}),
			}),
		memory: memory.store,
		seenBefore: (question) =>
			memory.store
				.get()
				.seen.find(question)
				.map((past) => {
					const runbook = runbookIdOf(past.check ?? question.check, `${past.problem} ${past.cause ?? ''}`);
					return runbook === undefined ? past : {...past, runbook};
				}),
		evidenceOf: (id) => firstEvidence(runs.stores.get(id)?.get().finding),
		async stop() {
			holder.flush();
			runs.stop();
			stopped.abort(new Error('the round stopped'));
			await ended;
		},
	};
}
