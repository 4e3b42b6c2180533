/** Silencing an alert in Alertmanager, with a reason and an end, and ending a silence before its time. */
import * as z from 'zod';
import type {Act, Prepared} from '../../round/outside/act.ts';
import type {OutsideWrite} from '../../round/outside/outside-write.ts';
import {formatMatchers, type Labels, matches, matchersOf, parseMatchers, silenceBody} from '../../outside/silence/silence.ts';
import type {Alert} from '../../ports/alert-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {clockTimeOf, dayOf, parseDuration} from '../../base/times.ts';
import type {AlertmanagerOptions} from './alertmanager.ts';
import {createJsonClient} from '../http/request.ts';
import {createSender} from '../http/send-request.ts';

type Options = Pick<AlertmanagerOptions, 'url' | 'credential' | 'clock' | 'timeoutMs'> & {readonly operator: string};

const alertList = z.array(
	z.object({
		fingerprint: z.string(),
		labels: z.record(z.string(), z.string()),
		status: z.object({silencedBy: z.array(z.string())}),
	}),
);
const silenceList = z.array(
	z.object({id: z.string(), createdBy: z.string(), comment: z.string(), endsAt: z.string(), status: z.object({state: z.string()})}),
);
const made = z.object({silenceID: z.string()});

/** Longest silence; what must be quiet longer is to be fixed, or is a dashboard. */
const longestMs = 30 * 86_400_000;

const gone = (name: string) =>
	new SourceError({
		source: 'Alertmanager',
		kind: 'not-found',
		message: `Alertmanager does not have ${name} any more`,
		advice: 'The alert has stopped firing. Press R to read the alerts again.',
	});

/** What can be done to an alert. */
export function createSilenceActs(options: Options): (alert: Alert) => readonly Act[] {
	const {clock, operator} = options;
	const common = {
		source: 'Alertmanager',
		url: options.url,
		clock,
		permission: options.credential
			? `The token in ${options.credential.name} may not change silences: ask for write access`
			: 'Add a token that may write silences to sources.alertmanager',
		...(options.credential ? {credential: options.credential} : {}),
		...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
	};
	const client = createJsonClient(common);
	const sender = createSender(common);

	const until = (at: number) => (dayOf(at) === dayOf(clock.now()) ? clockTimeOf(at) : `${dayOf(at)} ${clockTimeOf(at)}`);

	/** Alertmanager's own labels of the alert: other sources add some that a matcher would miss. */
	const current = async (alert: Alert, signal: AbortSignal) => {
		const {data} = await client.get('api/v2/alerts', {schema: alertList, signal});
		const own = data.find(({fingerprint}) => fingerprint === alert.id);
		if (!own) throw gone(alert.name);
		return {own, all: data};
	};

	const silence = (alert: Alert): Act => {
		let firing: readonly Labels[] = [];
		return {
			id: `alertmanager-silence:${alert.id}`,
			title: 'silence',
			about: 'Alertmanager: no notifications until the end that you set',
			async prepare(signal): Promise<Prepared> {
				const {own, all} = await current(alert, signal);
				firing = all.map(({labels}) => labels);
				return {
					fields: [
						{id: 'reason', label: 'reason', value: '', hint: 'the next person reads it: what is done about it, and by whom'},
						{id: 'for', label: 'for', value: '1h', hint: 'how long from now: 30m, 2h, 3d'},
						{
							id: 'matchers',
							label: 'matchers',
							value: formatMatchers(matchersOf(own.labels)),
							hint: 'All must match. Remove one to silence more. Operators: = != =~ !~',
						},
					],
				};
			},
			write(values) {
				const reason = (values['reason'] ?? '').trim();
				const forMs = parseDuration((values['for'] ?? '').trim());
				const matchers = parseMatchers(values['matchers'] ?? '');
				if (reason === '') return {problem: 'a silence needs its reason', field: 'reason'};
				if (forMs === undefined || forMs < 60_000) return {problem: 'how long: 30m, 2h, 3d, at least 1m', field: 'for'};
				if (forMs > longestMs) return {problem: 'not longer than 30d: what is never wanted is to be taken out of the rules', field: 'for'};
				if (typeof matchers === 'string') return {problem: matchers, field: 'matchers'};
				const now = clock.now();
				const hit = firing.filter((labels) => matches(matchers, labels));
				const names = [...new Set(hit.map((labels) => labels['alertname'] ?? 'an alert without a name'))];
				const sent = sender.request('POST', 'api/v2/silences', silenceBody({matchers, now, forMs, createdBy: operator, comment: reason}));
				return {
					id: `alertmanager-silence:${alert.id}`,
					system: 'Alertmanager',
					title: `silence ${alert.name} until ${until(now + forMs)}`,
					notes: [
						hit.length === 0
							? 'these matchers match no alert that Alertmanager has now'
							: `matches ${hit.length} of the ${firing.length} alerts that Alertmanager has now: ${names.join(', ')}`,
					],
					sent,
					run: () =>
						sender.send(sent, (answer) => {
							const id = made.safeParse(answer).data?.silenceID;
							return {
								state: 'done',
								text: `${alert.name} is silenced until ${until(now + forMs)}${id === undefined ? '' : ` (silence ${id})`}`,
							};
						}),
				};
			},
		};
	};

	const expire = (alert: Alert): Act => ({
		id: `alertmanager-expire:${alert.id}`,
		title: 'end the silence',
		about: 'Alertmanager: notifications for this alert start again',
		...(alert.state === 'silenced' ? {} : {refusal: 'it is not silenced'}),
		async prepare(signal): Promise<Prepared> {
			const {own} = await current(alert, signal);
			const {data} = await client.get('api/v2/silences', {schema: silenceList, signal});
			const active = data.filter(({id, status}) => own.status.silencedBy.includes(id) && status.state === 'active');
			if (active.length === 0) throw gone(`a silence of ${alert.name}`);
			const label = ({createdBy, comment, endsAt}: (typeof active)[number]) =>
				`${comment} (${createdBy}, until ${until(Date.parse(endsAt))})`;
			return {
				fields: [
					{
						id: 'silence',
						label: 'silence',
						value: '',
						choices: active.map((one) => ({value: one.id, label: label(one)})),
						hint: 'which of them ends',
					},
				],
				...(active.length > 1
					? {notes: [`${active.length} silences match this alert. Notifications start again when all have ended.`]}
					: {}),
			};
		},
		write({silence: id = ''}): OutsideWrite | {readonly problem: string; readonly field: string} {
			if (id === '') return {problem: 'choose a silence', field: 'silence'};
			const sent = sender.request('DELETE', `api/v2/silence/${encodeURIComponent(id)}`);
			return {
				id: `alertmanager-expire:${alert.id}`,
				system: 'Alertmanager',
				title: `end the silence of ${alert.name}`,
				notes: ['notifications for every other alert of this silence start again too'],
				sent,
				run: () => sender.send(sent, () => ({state: 'done', text: `the silence of ${alert.name} has ended`})),
			};
		},
	});

	return (alert) => {
		if (alert.source === 'Alertmanager') return [silence(alert), expire(alert)];
		const refusal = `Alertmanager does not know this alert: only ${alert.source} does`;
		return [{...silence(alert), refusal}];
	};
}
