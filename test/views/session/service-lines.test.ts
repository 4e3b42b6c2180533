import {expect, test} from 'vitest';
import type {HealthData, HealthProbe} from '../../../src/checks/health/types.ts';
import {type Service, service} from '../../../src/service/service.ts';
import {contactText, serviceLines, serviceText} from '../../../views/session/service-lines.ts';
import {createSession, type Session} from '../../../views/session/session.ts';
import {createTheme} from '../../../views/kit/theme.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';

const checkout = service.parse({
	name: 'checkout',
	description: 'Cart and payment',
	owner: 'payments',
	expert: {name: 'Carol', role: 'wrote it', phone: '+47 5550', email: 'carol@example.com', chat: '@carol'},
	contacts: [{name: 'Bob', role: 'second on call'}, {name: 'Eve'}],
	criticality: 'next-morning',
	links: [{title: 'Architecture', url: 'https://wiki.example.com/checkout'}],
	dependencies: [{name: 'database', url: 'https://db.example.com', when_it_fails: 'nobody can pay'}, {name: 'mail'}],
	environments: [
		{
			name: 'production',
			health: [{url: 'https://checkout.example.com/healthz'}],
			links: [{title: 'Dashboard', url: 'https://grafana.example.com/d/1'}],
		},
		{name: 'staging', health: [{url: 'https://staging.example.com/healthz'}]},
	],
});

const probe = (environment: string, name: string, version?: string): HealthProbe => ({
	environment,
	selected: environment === 'production',
	name,
	url: `https://${environment}.example.com/healthz`,
	answer: {url: '', status: 200, latencyMs: 12},
	dependencies: [],
	...(version !== undefined && {version}),
});

function session(of: Service, data?: HealthData): Session {
	const app = {...createFakeApp({kinds: ['health', 'pods']}), service: of};
	if (data) app.setRun('health', {reading: {data, startedAt: 0, durationMs: 1}});
	const suspend = () => Promise.reject(new Error('no terminal'));
	return createSession({app, theme: createTheme({unicode: true, colour: false}), exit: () => {}, suspend});
}

test('names each fact of the service once when all of them are set', () => {
	const data: HealthData = {
		probes: [probe('production', 'api', '1.38.0'), probe('production', 'worker', '1.37.9'), probe('staging', 'api')],
	};
	expect(serviceText(session(checkout, data)).split('\n')).toEqual([
		'service: checkout: Cart and payment',
		'owner: payments',
		'expert: Carol · wrote it · +47 5550 · carol@example.com · @carol',
		'contacts: Bob · second on call',
		'  Eve',
		'urgency: can wait until morning',
		'depends on: database: when it fails, nobody can pay · https://db.example.com',
		'  mail',
		'environments: production (production): api 1.38.0, worker 1.37.9',
		'  staging: no version in its health answer',
		'health: https://checkout.example.com/healthz',
		'  https://staging.example.com/healthz',
		'links: Architecture · https://wiki.example.com/checkout',
		'  Dashboard · https://grafana.example.com/d/1',
		'runbooks: When pods crash',
	]);
});

test('leaves a fact out when nothing is set for it, and says which setting names an expert', () => {
	const bare = service.parse({name: 'search', owner: 'discovery', environments: [{name: 'staging'}]});
	expect(serviceText(session(bare, {probes: []})).split('\n')).toEqual([
		'service: search',
		'owner: discovery',
		'expert: not set. Add `expert` to rounds.yaml.',
		expect.stringMatching(/^urgency: /),
		'environments: staging: no version in its health answer',
		'runbooks: When pods crash',
	]);
});

test.each([
	['wake-someone', 'wake someone, also at night'],
	['next-morning', 'can wait until morning'],
	['next-week', 'can wait until next week'],
] as const)('says how urgent a failure is when its criticality is %s', (criticality, words) => {
	expect(serviceText(session({...checkout, criticality}))).toContain(`urgency: ${words}`);
});

test('prints only the parts of a contact that are known', () => {
	expect(contactText({name: 'Dan'})).toBe('Dan');
	expect(contactText({name: 'Dan', chat: '@dan'})).toBe('Dan · @dan');
});

test('puts the name of a fact in a column and wraps its text next to it', () => {
	const lines = serviceLines(session(checkout), 50);
	expect(lines).toContain('owner           payments');
	expect(lines.filter((line) => line.length > 50)).toEqual([]);
	expect(lines.join('\n')).toContain('environments    production (production): ');
});
