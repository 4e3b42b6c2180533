import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {createDraftStore} from '../../../src/adapters/disk/draft-store.ts';
import {createRoundHolder} from '../../../src/round/kept/round-holder.ts';
import {createProcesses, type Holder} from '../../../src/round/kept/processes-file.ts';
import {createJournal, type DraftStore, type SavedRound} from '../../../src/round/kept/journal.ts';
import {createPresenceFiles, type PresenceStore} from '../../../src/round/kept/presence-file.ts';
import {createRound, type RoundState} from '../../../src/round/round.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {startedAt, verdict} from '../samples.ts';

const minute = 60_000;
const place = {service: 'checkout', environment: 'production'};

let home = '';
let repository = '';
/** The processes that live, by token. */
let alive = new Set<string>();
let clock = createFakeClock(startedAt);

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'rounds-home-'));
	repository = join(mkdtempSync(join(tmpdir(), 'rounds-repo-')), '.walking');
	alive = new Set();
	clock = createFakeClock(startedAt);
});

interface Person {
	readonly operator: string;
	readonly token: string;
	readonly home?: string;
	readonly host?: string;
	readonly drafts?: DraftStore;
	readonly presence?: PresenceStore;
}

/** One running program of one person. */
function program({operator, token, host = 'laptop', ...over}: Person) {
	alive.add(token);
	const self: Holder = {pid: 1, host, token};
	const drafts = over.drafts ?? createDraftStore({directory: over.home ?? home, now: clock.now});
	const journal = createJournal({
		drafts,
		presence: over.presence ?? createPresenceFiles(repository),
		processes: {self, isAlive: (holder) => (holder.host === host ? alive.has(holder.token) : undefined)},
		now: clock.now,
		timeZone: 'Europe/Berlin',
	});
	const problems: string[] = [];
	const steps = ['health', 'pods', 'logs'].map((id) => ({id, title: id}));
	const initial = createRound({...place, operator, startedAt: clock.now(), steps, timeZone: 'Europe/Berlin', taken: journal.ids()});
	const holder = createRoundHolder({initial, journal, clock, onProblem: (sentence) => problems.push(sentence)});
	return {
		journal,
		drafts,
		problems,
		...holder,
		open: () => journal.open({...place, operator}),
		decide: (step: string) => holder.dispatch({type: 'decided', step, verdict: verdict('ok', {operator})}),
		decided: () => holder.store.get().steps.flatMap(({id, verdict}) => (verdict ? [id] : [])),
		/** As `kill -9` does: nothing more is said. */
		die: () => alive.delete(token),
	};
}

function stateIn(drafts: DraftStore, id: string): RoundState {
	return (drafts.load(id)!.value as SavedRound).state;
}

function stepsOf({steps}: RoundState): string[] {
	return steps.flatMap(({id, verdict}) => (verdict ? [id] : []));
}

describe('after a crash', () => {
	it('resumes at the same step with everything saved', async () => {
		const first = program({operator: 'alice', token: 'a1'});
		first.adopt(first.store.get());
		first.decide('health');
		first.dispatch({type: 'drafted', draft: {field: 'note', step: 'pods', text: 'half a sen'}});
		const before = first.store.get();
		await clock.advance(150);
		first.die();
		await clock.advance(10 * minute);
		const second = program({operator: 'alice', token: 'a2'});
		const [found, ...others] = second.open();
		expect(others).toEqual([]);
		expect(found).toMatchObject({operator: 'alice', whose: 'mine', alive: false, state: before});
		second.adopt(second.journal.claim(found!, 'alice'));
		expect(second.store.get()).toMatchObject({
			id: before.id,
			cursor: 1,
			draft: {text: 'half a sen'},
			walkedMs: 150,
			satDownAt: clock.now(),
		});
		second.decide('pods');
		expect(second.decided()).toEqual(['health', 'pods']);
		expect(second.problems).toEqual([]);
	});

	it('has every confirmed step on disk before the screen shows it', () => {
		const first = program({operator: 'alice', token: 'a1'});
		const onDisk: (readonly string[])[] = [];
		first.store.subscribe(() => {
			const drafts = createDraftStore({directory: home});
			onDisk.push(...drafts.list().map(({id}) => stepsOf(stateIn(drafts, id))));
		});
		first.decide('health');
		first.decide('pods');
		expect(onDisk).toEqual([['health'], ['health', 'pods']]);
	});

	it('offers nothing when the round has no work in it', () => {
		const first = program({operator: 'alice', token: 'a1'});
		first.adopt(first.store.get());
		first.die();
		expect(program({operator: 'alice', token: 'a2'}).open()).toEqual([]);
	});

	it('offers yesterday’s round only when it ran over midnight', async () => {
		const first = program({operator: 'alice', token: 'a1'});
		first.decide('health');
		first.die();
		await clock.advance(11 * 60 * minute);
		expect(program({operator: 'alice', token: 'a2'}).open()).toHaveLength(1);
		await clock.advance(24 * 60 * minute);
		expect(program({operator: 'alice', token: 'a3'}).open()).toEqual([]);
		expect(first.drafts.list()).toHaveLength(1);
	});

	it('skips files that are broken or of another version', () => {
		const first = program({operator: 'alice', token: 'a1'});
		first.decide('health');
		first.drafts.save('other', {version: 7});
		writeFileSync(join(repository, 'torn.json'), '{"version":1,"state":{"st');
		expect(program({operator: 'alice', token: 'a2'}).open()).toHaveLength(1);
	});
});

describe('a second operator', () => {
	it('sees who started when, and can do a separate round', () => {
		const alice = program({operator: 'alice', token: 'a1', home: join(home, 'alice')});
		alice.adopt(alice.store.get());
		const bob = program({operator: 'bob', token: 'b1', home: join(home, 'bob')});
		expect(bob.open()).toMatchObject([{operator: 'alice', whose: 'theirs', alive: true, state: {startedAt}}]);
		bob.decide('health');
		alice.decide('pods');
		expect([alice.problems, bob.problems, alice.decided(), bob.decided()]).toEqual([[], [], ['pods'], ['health']]);
		expect(program({operator: 'carol', token: 'c1', home: join(home, 'carol')}).open()).toHaveLength(2);
	});

	it('does not see typed text', () => {
		const alice = program({operator: 'alice', token: 'a1', home: join(home, 'alice')});
		alice.decide('health');
		alice.dispatch({type: 'drafted', draft: {field: 'note', text: 'between us'}});
		const files = readdirSync(repository).map((name) => readFileSync(join(repository, name), 'utf8'));
		expect(files.join('')).not.toContain('between us');
		expect(files).toContain('*\n');
	});

	it('can take over, and the former operator gets a message and loses nothing', () => {
		const alice = program({operator: 'alice', token: 'a1', home: join(home, 'alice')});
		alice.decide('health');
		const bob = program({operator: 'bob', token: 'b1', home: join(home, 'bob')});
		bob.adopt(bob.journal.claim(bob.open()[0]!, 'bob'));
		expect(bob.decided()).toEqual(['health']);
		expect(bob.store.get().operators).toEqual(['alice', 'bob']);
		alice.decide('pods');
		expect(alice.problems).toEqual([
			expect.stringMatching(/^bob took over this round \(last seen at 08:31\)\. Your later answers are saved as draft .+-aside-a1$/),
		]);
		expect(alice.decided()).toEqual(['health']);
		const aside = alice.drafts.list().find(({id}) => id.endsWith('-aside-a1'))?.id ?? '';
		expect(stepsOf(stateIn(alice.drafts, aside))).toEqual(['health', 'pods']);
		bob.decide('logs');
		expect(bob.problems).toEqual([]);
		expect(bob.decided()).toEqual(['health', 'logs']);
	});

	it('prevents the former operator from closing the round again', () => {
		const alice = program({operator: 'alice', token: 'a1', home: join(home, 'alice')});
		alice.decide('health');
		const bob = program({operator: 'bob', token: 'b1', home: join(home, 'bob')});
		bob.adopt(bob.journal.claim(bob.open()[0]!, 'bob'));
		bob.dispatch({type: 'closing'});
		bob.dispatch({type: 'closed', at: clock.now()});
		alice.dispatch({type: 'closing'});
		expect(alice.problems).toHaveLength(1);
		expect(program({operator: 'carol', token: 'c1', home: join(home, 'carol')}).open()).toEqual([]);
	});

	it('is distinguished by --operator when the user is the same', () => {
		program({operator: 'alice', token: 'a1'}).decide('health');
		expect(program({operator: 'bob', token: 'b1'}).open()).toMatchObject([{operator: 'alice', whose: 'theirs', alive: true}]);
		expect(program({operator: 'alice', token: 'a2'}).open()).toMatchObject([{operator: 'alice', whose: 'mine', alive: true}]);
	});

	it('counts as continued another machine after five minutes', async () => {
		const alice = program({operator: 'alice', token: 'a1', host: 'desk', home: join(home, 'alice')});
		alice.decide('health');
		const bob = program({operator: 'bob', token: 'b1', home: join(home, 'bob')});
		await clock.advance(4 * minute);
		expect(bob.open()).toMatchObject([{alive: true}]);
		const stop = new AbortController();
		const visible = alice.stayVisible(stop.signal);
		await clock.advance(4 * minute);
		expect(bob.open()).toMatchObject([{alive: true}]);
		alive.delete('a1');
		await clock.advance(minute);
		stop.abort();
		await visible;
		expect(readdirSync(repository).filter((name) => name.endsWith('.json'))).toEqual([]);
	});
});

describe('closing', () => {
	it('leaves neither a draft nor a presence file behind', () => {
		const alice = program({operator: 'alice', token: 'a1'});
		alice.decide('health');
		alice.dispatch({type: 'closing'});
		alice.dispatch({type: 'closed', at: clock.now()});
		expect(alice.store.get().phase).toBe('closed');
		expect(alice.drafts.list()).toEqual([]);
		expect(alice.open()).toEqual([]);
		expect(readdirSync(repository).filter((name) => name.endsWith('.json'))).toEqual([]);
	});
});

describe('what is in the way', () => {
	it('does not show a verdict when the disk is full', () => {
		const store = createDraftStore({directory: home});
		let full = false;
		const drafts: DraftStore = {
			...store,
			save(id, value) {
				if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'});
				store.save(id, value);
			},
		};
		const alice = program({operator: 'alice', token: 'a1', drafts});
		alice.decide('health');
		full = true;
		alice.decide('pods');
		expect(alice.decided()).toEqual(['health']);
		expect(alice.problems).toEqual(['cannot save the round, so nothing changed: No space left on device. Free some space and try again']);
		full = false;
		alice.decide('pods');
		expect(alice.decided()).toEqual(['health', 'pods']);
	});

	it('continues the round when the repository cannot be written', () => {
		const refuse = () => {
			throw Object.assign(new Error('EROFS'), {code: 'EROFS'});
		};
		const presence: PresenceStore = {list: () => [], load: () => undefined, save: refuse, remove: refuse};
		const alice = program({operator: 'alice', token: 'a1', presence});
		alice.decide('health');
		alice.dispatch({type: 'closing'});
		alice.dispatch({type: 'closed', at: clock.now()});
		expect(alice.problems).toEqual([]);
		expect(alice.store.get().phase).toBe('closed');
	});

	it('reports a refused event and saves nothing', () => {
		const alice = program({operator: 'alice', token: 'a1'});
		alice.dispatch({type: 'decided', step: 'pods', verdict: verdict('skipped')});
		expect(alice.problems).toEqual(['A reason is required to skip pods']);
		expect(alice.drafts.list()).toEqual([]);
	});

	it('gives two rounds of one minute different ids', () => {
		const first = program({operator: 'alice', token: 'a1'});
		first.decide('health');
		const second = program({operator: 'alice', token: 'a2'});
		expect(second.store.get().id).toBe(`${first.store.get().id}-2`);
	});
});

describe('createProcesses', () => {
	it('recognises itself, dead processes, reused pids and other machines', () => {
		const {self, isAlive} = createProcesses();
		expect(isAlive(self)).toBe(true);
		expect(isAlive({...self, pid: 2 ** 22 + 1})).toBe(false);
		expect(isAlive({...self, host: 'elsewhere'})).toBeUndefined();
		expect(isAlive({...self, processStart: '1'})).toBe(self.processStart === undefined);
		expect(createProcesses().self.token).not.toBe(self.token);
	});

	it('counts a killed process as dead before its parent has reaped it', async () => {
		if (!existsSync('/proc/self/stat')) return;
		// The shell sleeps on without asking for its child, whose pid it has told.
		const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; exec sleep 60'], {stdio: ['ignore', 'pipe', 'ignore']});
		try {
			const [told] = (await once(parent.stdout, 'data')) as [Buffer];
			const pid = Number(told.toString());
			const {self, isAlive} = createProcesses();
			await vi.waitUntil(() => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')), {timeout: 10_000});
			const {processStart: _ours, ...holder} = self;
			expect(isAlive({...holder, pid})).toBe(false);
		} finally {
			parent.kill('SIGKILL');
		}
	});
});
