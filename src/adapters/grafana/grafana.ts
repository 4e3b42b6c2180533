/** Grafana's own alert rules; their state is spelled differently from version to version. */
import * as z from 'zod';
import type {Alert, AlertSource} from '../../ports/alert-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {alertText} from '../alertmanager/alert-text.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';

export interface GrafanaOptions {
	readonly url: string;
	readonly credential?: Credential;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

const labels = z.record(z.string(), z.string());
const rules = z.object({
	data: z.object({
		groups: z.array(
			z.object({
				rules: z.array(
					z.object({
						name: z.string(),
						uid: z.string().nullish(),
						annotations: labels.nullish(),
						alerts: z.array(z.object({labels, annotations: labels.nullish(), state: z.string(), activeAt: z.string().nullish()})).nullish(),
					}),
				),
			}),
		),
	}),
});

/** Reads firing and pending alerts of Grafana-managed rules. */
export function createGrafana(options: GrafanaOptions): AlertSource {
	const client = createJsonClient({
		source: 'Grafana',
		url: options.url,
		clock: options.clock,
		permission: options.credential
			? `The service account of ${options.credential.name} needs the role Viewer, or the permission alert.rules:read`
			: 'Add a service account token (glsa_…) to sources.grafana',
		...(options.credential ? {credential: options.credential} : {}),
		...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
	});
	return {
		name: 'Grafana',
		async alerts(signal) {
			const {data} = await client.get('api/prometheus/grafana/api/v1/rules', {schema: rules, signal});
			return data.data.groups
				.flatMap((group) => group.rules)
				.flatMap((rule) =>
					(rule.alerts ?? []).flatMap((each): readonly Alert[] => {
						const state = alertState(each.state);
						if (state === undefined) return [];
						const annotations = {...rule.annotations, ...each.annotations};
						return [
							{
								source: 'Grafana',
								...alertText({alertname: rule.name, ...each.labels}, annotations),
								state,
								startedAt: Date.parse(each.activeAt ?? '') || 0,
								url: link(client.url, annotations, rule.uid ?? undefined),
							},
						];
					}),
				);
		},
	};
}

/**
 * `Alerting`, `firing`, `Alerting (NoData)` fire; `Normal`, `inactive`, `Normal (Error)` do not.
 * A rule without data or with an error notifies like a firing one by default, so it counts as one.
 */
export function alertState(state: string): 'firing' | 'pending' | undefined {
	switch (state.replace(/\s*\(.*$/, '').toLowerCase()) {
		case 'normal':
		case 'inactive':
		case 'recovering':
			return undefined;
		case 'pending':
			return 'pending';
		default:
			return 'firing';
	}
}

function link(url: string, annotations: Readonly<Record<string, string>>, rule: string | undefined): string {
	const dashboard = annotations['__dashboardUid__'];
	const panel = annotations['__panelId__'];
	if (dashboard) return `${url}/d/${encodeURIComponent(dashboard)}${panel ? `?viewPanel=${encodeURIComponent(panel)}` : ''}`;
	return rule ? `${url}/alerting/grafana/${encodeURIComponent(rule)}/view` : `${url}/alerting/list`;
}
