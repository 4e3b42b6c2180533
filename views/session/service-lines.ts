/** The service page: who owns it, who knows it, what it needs, where to look, what runs where. */
import type {HealthData} from '../../src/checks/health/types.ts';
import {isProduction, type Service} from '../../src/service/service.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {draw, type Part} from '../kit/line.ts';
import type {Session} from './session.ts';

const criticalities: Readonly<Record<Service['criticality'], string>> = {
	'wake-someone': 'wake someone, also at night',
	'next-morning': 'can wait until morning',
	'next-week': 'can wait until next week',
};

type Contact = NonNullable<Service['expert']>;

/** `Carol Lindqvist · wrote most of it · +47 5550 0142` */
export const contactText = ({name, role, email, phone, chat}: Contact) =>
	[name, role, phone, email, chat].filter((part) => part !== undefined).join(' · ');

/** What each environment's health says is deployed there: one version, or several where its parts differ. */
function deployed(session: Session, environment: string): string {
	const runs = session.app.checks.filter(({check}) => check.kind === 'health').map(({id}) => session.app.runs.get(id)?.get());
	const versions = runs.flatMap((run) => {
		// Checks of the kind `health` read HealthData and nothing else.
		const data = run?.reading?.data as HealthData | undefined;
		return (
			data?.probes
				.filter((one) => one.environment === environment)
				.flatMap(({name, version}) => (version === undefined ? [] : [`${name} ${version}`])) ?? []
		);
	});
	return versions.length > 0 ? versions.join(', ') : 'no version in its health answer';
}

type Fact = readonly [name: string, text: string];

function facts(session: Session): readonly Fact[] {
	const {service, checks} = session.app;
	const rows: readonly (readonly [string, readonly string[]])[] = [
		['service', [service.description === undefined ? service.name : `${service.name}: ${service.description}`]],
		['owner', [service.owner]],
		['expert', service.expert ? [contactText(service.expert)] : ['not set. Add `expert` to rounds.yaml.']],
		['contacts', service.contacts.map(contactText)],
		['urgency', [criticalities[service.criticality]]],
		[
			'depends on',
			service.dependencies.map(({name, url, when_it_fails: then}) =>
				[then === undefined ? name : `${name}: when it fails, ${then}`, url].filter(Boolean).join(' · '),
			),
		],
		[
			'environments',
			service.environments.map((one) => `${one.name}${isProduction(one) ? ' (production)' : ''}: ${deployed(session, one.name)}`),
		],
		['health', service.environments.flatMap((one) => one.health.map(({url}) => url))],
		['links', [...service.links, ...service.environments.flatMap(({links}) => links)].map(({title, url}) => `${title} · ${url}`)],
		['runbooks', [...new Set(checks.flatMap(({id}) => session.app.runbookOf(id)?.title ?? []))]],
	];
	return rows.flatMap(([name, texts]) => texts.map((text, index): Fact => [index === 0 ? name : '', text]));
}

/** The page's lines at that width. */
export function serviceLines(session: Session, columns: number): readonly string[] {
	const nameColumns = 16;
	return facts(session).flatMap(([name, text], index) => {
		const lines = wrapWords(text, columns - nameColumns).map((line, at) => {
			const head: Part = {text: (at === 0 ? name : '').padEnd(nameColumns), tone: 'dim'};
			return draw(session.theme, [head, line], columns);
		});
		return name !== '' && index > 0 ? ['', ...lines] : lines;
	});
}

/** The same as plain text, to be pasted to someone. */
export function serviceText(session: Session): string {
	return facts(session)
		.map(([name, text]) => (name === '' ? `  ${text}` : `${name}: ${text}`))
		.join('\n');
}
