/** Alertmanager v2: what fires now, what is silenced and until when. */
import * as z from 'zod';
import type {Alert, AlertSource} from '../../ports/alert-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {alertText} from './alert-text.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';

export interface AlertmanagerOptions {
	readonly url: string;
	readonly credential?: Credential;
	/** Matchers such as `namespace="checkout-prod"`; all must match. */
	readonly filter?: readonly string[];
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

const labels = z.record(z.string(), z.string());
const alertList = z.array(
	z.object({
		fingerprint: z.string(),
		status: z.object({
			state: z.enum(['active', 'suppressed', 'unprocessed']),
			silencedBy: z.array(z.string()),
			inhibitedBy: z.array(z.string()),
		}),
		startsAt: z.string(),
		labels,
		annotations: labels.default({}),
		generatorURL: z.string().nullish(),
	}),
);
const silenceList = z.array(z.object({id: z.string(), endsAt: z.string()}));

/** Reads the alerts; silenced and inhibited ones come too, marked as such. */
export function createAlertmanager(options: AlertmanagerOptions): AlertSource {
	const client = createJsonClient({
		source: 'Alertmanager',
		url: options.url,
		clock: options.clock,
		permission: options.credential
			? `Ask for read access to alerts for the token in ${options.credential.name}`
			: 'Add a token that may read alerts to sources.alertmanager',
		...(options.credential ? {credential: options.credential} : {}),
		...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
	});

	/** The end of each silence; an alert is worth showing even where this second request fails. */
	const silenceEnds = async (signal: AbortSignal): Promise<ReadonlyMap<string, number>> => {
		try {
			const {data} = await client.get('api/v2/silences', {schema: silenceList, signal});
			return new Map(data.map(({id, endsAt}) => [id, Date.parse(endsAt)]));
		} catch (error) {
			if (error instanceof SourceError) return new Map();
			throw error;
		}
	};

	return {
		name: 'Alertmanager',
		async alerts(signal) {
			const {data} = await client.get('api/v2/alerts', {
				query: [
					['active', 'true'],
					['silenced', 'true'],
					['inhibited', 'true'],
					...(options.filter ?? []).map((matcher) => ['filter', matcher] as const),
				],
				schema: alertList,
				signal,
			});
			const silenced = data.some(({status}) => status.silencedBy.length > 0);
			const ends = silenced ? await silenceEnds(signal) : new Map<string, number>();
			return data.map((each): Alert => {
				const {silencedBy, inhibitedBy} = each.status;
				const until = Math.max(...silencedBy.map((id) => ends.get(id) ?? Number.NEGATIVE_INFINITY));
				return {
					...alertText(each.labels, each.annotations),
					source: 'Alertmanager',
					id: each.fingerprint,
					state: silencedBy.length > 0 ? 'silenced' : inhibitedBy.length > 0 ? 'inhibited' : 'firing',
					startedAt: Date.parse(each.startsAt) || 0,
					url: each.generatorURL || `${client.url}/#/alerts`,
					...(Number.isFinite(until) ? {silencedUntil: until} : {}),
				};
			});
		},
	};
}
