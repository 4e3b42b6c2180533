/** `/healthz` of every environment: status, latency, dependencies, certificate. */
import {ask, withoutBody} from '../kit/answer.ts';
import {defineCheck} from '../kit/check.ts';
import {parseHealthBody} from './health-body.ts';
import {judgeHealth} from './judge.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {type HealthProbe, type HealthData, options, type HealthOptions} from './types.ts';

export const health = defineCheck<HealthData, HealthOptions>({
	kind: 'health',
	title: 'Health',
	why: 'The vital signs: a service that does not answer 200 is broken for someone, in staging today or in production tomorrow.',
	tips: [
		'Anything but 200 is a red flag, also in staging: look at what was deployed last before anything else.',
		'200 with a degraded dependency affects users of one feature. Find out which, then check that dependency’s own health.',
		'A slow 200 is often the first sign of a pool or a database running full. Compare with capacity.',
		'Refused or timed out from here but OK elsewhere: check your VPN or DNS. Try `curl -v` from another network.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'health',
	source: 'HTTP',
	options,
	everyMs: 30_000,
	timeoutMs: 15_000,
	configured: ({service}) => service.environments.some((environment) => environment.health.length > 0),
	async read({service, environment, options, sources, clock, signal}) {
		const others = service.environments.filter(({name}) => name !== environment.name);
		const targets = [environment, ...others].flatMap((one) => one.health.map((target) => ({...target, environment: one.name})));
		if (targets.length === 0) throw notConfigured('Health', '`health: [{url: https://…/healthz}]`');
		const probes = await Promise.all(
			targets.map(async (target): Promise<HealthProbe> => {
				const answer = await ask(sources.http, target.url, {
					slowMs: options.slow,
					timeoutMs: options.timeout,
					headers: target.headers,
					signal,
					clock,
				});
				return {
					environment: target.environment,
					selected: target.environment === environment.name,
					name: target.name ?? target.environment,
					url: target.url,
					answer,
					...parseHealthBody(answer.body),
				};
			}),
		);
		return {probes};
	},
	judge: judgeHealth,
	facts: ({probes}) =>
		probes.flatMap(({environment, name, version}) =>
			version === undefined ? [] : [{id: `version ${environment} ${name}`, value: version}],
		),
	toJson: ({probes}) => ({probes: probes.map(({answer, ...probe}) => ({...probe, answer: withoutBody(answer)}))}),
});
