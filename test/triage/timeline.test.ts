import {expect, it} from 'vitest';
import type {Alert} from '../../src/ports/alert-source.ts';
import type {Issue} from '../../src/ports/issue-source.ts';
import {timelineOf} from '../../src/triage/timeline.ts';
import {createTheme} from '../../views/kit/theme.ts';
import {timelineLines} from '../../views/triage/timeline-lines.ts';
import {morning, pod} from '../helpers/fake-readings.ts';

const minute = 60_000;
const rolled = (name: string, minutesAgo: number, owner = 'ReplicaSet/api-6b9f8', image = 'registry.example.com:5000/shop/api:1.42.0') =>
	pod(name, {owner, createdAt: morning - minutesAgo * minute, containers: [{name: 'api', image, restarts: 0}]});
const alert = (minutesAgo: number, state: Alert['state'] = 'firing'): Alert => ({
	source: 'Alertmanager',
	id: 'a',
	name: 'HighErrorRate',
	state,
	startedAt: morning - minutesAgo * minute,
	labels: {},
});
const issue = (minutesAgo: number): Issue => ({
	id: '1',
	shortId: 'C-1',
	title: 'TypeError',
	url: 'https://sentry.example.com/1',
	project: 'c',
	level: 'error',
	count: 1,
	users: 1,
	firstSeen: morning - minutesAgo * minute,
	lastSeen: morning,
	unhandled: true,
	hourly: [],
});
const told = (line: ReturnType<typeof timelineOf>) =>
	line.happenings.map(({at, kind, text}) => `${(morning - at) / minute} ${kind} ${text}`);

it('shows a roll-out at its oldest pod, and ignores a pod that only moved', () => {
	const old = pod('web-1', {owner: 'ReplicaSet/web-1', createdAt: morning - 3000 * minute});
	const moved = pod('web-2', {owner: 'ReplicaSet/web-1', createdAt: morning - 5 * minute});
	const {owner: _, ...ownerless} = pod('bare', {createdAt: morning});
	const line = timelineOf({pods: [rolled('a', 80), rolled('b', 86), old, moved, ownerless]}, morning);
	expect(told(line)).toEqual(['86 deploy api:1.42.0 (api-6b9f8)']);
});

it('separates the images of one StatefulSet during its roll-out', () => {
	const pods = [rolled('db-0', 4000, 'StatefulSet/db', 'db:16.1'), rolled('db-1', 10, 'StatefulSet/db', 'db:16.2@sha256:0123abcd')];
	expect(told(timelineOf({pods}, morning))).toEqual(['10 deploy db:16.2 (StatefulSet/db)']);
});

it('shows releases next to roll-outs, or says why there are none', () => {
	const release = {version: '1.42.0', at: morning - 89 * minute, projects: ['checkout-api'], newIssues: 1};
	const line = timelineOf({pods: [rolled('a', 88)], releases: [release, {...release, at: morning + minute}], alerts: [alert(40)]}, morning);
	expect(told(line)).toEqual([
		'89 release 1.42.0 of checkout-api, 1 new issue',
		'88 deploy api:1.42.0 (api-6b9f8)',
		'40 alert HighErrorRate',
	]);
	const drawn = timelineLines(createTheme({unicode: true, colour: false}), line, {columns: 60, most: 12});
	expect(drawn.some((row) => /^ release +R +$/.test(row))).toBe(true);
	const without = timelineOf({releasesMissing: 'Sentry does not allow this (403)', alerts: [alert(40)]}, morning);
	expect(timelineLines(createTheme({unicode: true, colour: false}), without, {columns: 60, most: 12}).join('\n')).toContain(
		'no releases: Sentry does not allow this (403)',
	);
});

it('starts at the deploy before the first problem, between an hour and a day ago', () => {
	const line = timelineOf(
		{pods: [rolled('a', 200), rolled('b', 900, 'ReplicaSet/web-1')], alerts: [alert(42)], issues: [issue(90)]},
		morning,
	);
	expect(told(line)).toEqual(['200 deploy api:1.42.0 (api-6b9f8)', '90 error TypeError', '42 alert HighErrorRate']);
	expect(line.from).toBeLessThan(morning - 200 * minute);
	expect(line.from).toBeGreaterThan(morning - 220 * minute);
	expect(timelineOf({}, morning)).toMatchObject({from: morning - 63 * minute, happenings: []});
	expect(timelineOf({alerts: [alert(1430)]}, morning).from).toBe(morning - 1440 * minute);
});

it('shows an old error and an old deploy at the left edge with their time', () => {
	const line = timelineOf({pods: [rolled('a', 89)], alerts: [alert(35)], issues: [issue(900), issue(40)]}, morning);
	expect(line.from).toBeGreaterThan(morning - 100 * minute);
	expect(told(line)).toEqual(['900 error TypeError', '89 deploy api:1.42.0 (api-6b9f8)', '40 error TypeError', '35 alert HighErrorRate']);
	const lines = timelineLines(createTheme({unicode: true, colour: false}), line, {columns: 60, most: 14});
	expect(lines.find((one) => one.startsWith(' error'))).toMatch(/^ error {3}← +E/);
	expect(lines.filter((one) => one.startsWith('←'))).toEqual([expect.stringMatching(/^←\d\d:\d\d error {3}TypeError$/)]);
	const ascii = timelineLines(createTheme({unicode: false, colour: false}), line, {columns: 60, most: 14});
	expect(ascii.find((one) => one.startsWith(' error'))).toMatch(/^ error {3}< +E/);
	const long = timelineOf({pods: [rolled('a', 1000)], alerts: [alert(35)]}, morning);
	expect(long.from).toBe(morning - 63 * minute);
	expect(told(long)).toEqual(['1000 deploy api:1.42.0 (api-6b9f8)', '35 alert HighErrorRate']);
});

it('keeps a release with all its roll-outs, not only the last of them', () => {
	const line = timelineOf({pods: [rolled('a', 86), rolled('b', 80, 'ReplicaSet/worker-1')], alerts: [alert(35)]}, morning);
	expect(told(line).map((one) => one.split(' ')[0])).toEqual(['86', '80', '35']);
	expect(line.from).toBeLessThan(morning - 86 * minute);
});

it('ignores events that are silenced, of another day or in the future', () => {
	const line = timelineOf({alerts: [alert(5, 'silenced'), alert(5000), alert(-10)], issues: [issue(100_000)]}, morning);
	expect(line.happenings).toEqual([]);
});

it('does not show a Job’s run as a deploy', () => {
	expect(told(timelineOf({pods: [rolled('clean-up', 5, 'Job/clean-up-29533')]}, morning))).toEqual([]);
});

it('draws the 5xx share without holes when the axis is finer, and a gap when none was measured', () => {
	const share = (minutesAgo: number, value: number) => ({at: morning - minutesAgo * minute, value});
	const trend = [share(50, 0.1), share(40, 0.1), share(20, 0.4), share(10, 0.4), share(0, 0.4)];
	const drawn = (columns: number, given: typeof trend) => {
		const lines = timelineLines(createTheme({unicode: true, colour: false}), timelineOf({alerts: [alert(42)], trend: given}, morning), {
			columns,
			most: 14,
		});
		return lines.find((one) => one.startsWith(' 5xx'))?.slice(9);
	};
	expect(drawn(60, trend)).toMatch(/^ *▃+ +█+ *$/);
	// Narrower than the values, a cell shows the highest of its own.
	expect(drawn(20, [share(50, 0.1), share(1, 0.4), share(0, 0.1)])).toMatch(/█ *$/);
});

it('draws everything on one axis, each mark at its time', () => {
	const line = timelineOf(
		{
			pods: [rolled('a', 86)],
			alerts: [alert(42)],
			trend: [
				{at: morning - 5 * minute, value: 0.02},
				{at: morning - 40 * minute, value: Number.NaN},
			],
		},
		morning,
	);
	const theme = createTheme({unicode: true, colour: false});
	const lines = timelineLines(theme, line, {columns: 60, most: 14});
	const [deploy = '', alerts = '', shares = ''] = lines.slice(1);
	expect(deploy.indexOf('D')).toBeLessThan(alerts.indexOf('A'));
	expect(alerts).toMatch(/A─+$/);
	expect(shares.indexOf('█')).toBeGreaterThan(alerts.indexOf('A'));
	expect(lines.at(-1)).toMatch(/alert {3}HighErrorRate$/);
	for (const columns of [20, 42, 60]) {
		for (const one of timelineLines(theme, line, {columns, most: 14})) expect(one.length).toBeLessThanOrEqual(columns);
	}
	expect(timelineLines(theme, timelineOf({}, morning), {columns: 60, most: 14})).toEqual([]);
});

it('shows announcements in the order they were sent', () => {
	const message = (kind: 'announcement' | 'resolved', minutesAgo: number) => ({
		at: morning - minutesAgo * minute,
		operator: 'alice',
		system: 'Slack #checkout',
		step: 'pods',
		post: {kind, text: 'a'},
	});
	const line = timelineOf({alerts: [alert(40)], messages: [message('announcement', 30), message('resolved', 2)]}, morning);
	expect(told(line)).toEqual(['40 alert HighErrorRate', '30 message announced (Slack #checkout)', '2 message resolved (Slack #checkout)']);
	const drawn = timelineLines(createTheme({unicode: true, colour: false}), line, {columns: 60, most: 12});
	expect(drawn.some((row) => /^ message +M +M *$/.test(row))).toBe(true);
});
