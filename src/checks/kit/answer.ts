/** What the health and http checks share: asking an address, and showing an answer without its body. */
import type {HttpAnswer, HttpProbe} from '../../ports/probe.ts';
import type {Clock} from '../../ports/clock.ts';

/** What made the first answer slow on our side, starting up or a burst of other checks, is over by then. */
const secondTryAfterMs = 500;

/**
 * Asks, and asks once more after a moment where the answer was slow: opening connections and starting this program count in the first
 * one, and what is really slow is slow twice. The faster answer counts.
 */
export async function ask(
	probe: HttpProbe,
	url: string,
	options: {
		readonly slowMs: number;
		readonly timeoutMs: number;
		readonly headers?: Readonly<Record<string, string>> | undefined;
		readonly signal: AbortSignal;
		readonly clock: Clock;
	},
): Promise<HttpAnswer> {
	const {slowMs, headers, clock, ...rest} = options;
	const get = () => probe.get(url, {...rest, ...(headers ? {headers} : {})});
	const first = await get();
	if (first.status === undefined || first.latencyMs <= slowMs) return first;
	await clock.sleep(secondTryAfterMs, options.signal);
	const second = await get();
	return second.latencyMs < first.latencyMs && second.status !== undefined ? second : first;
}

/** An answer for the report: bodies may be long, and may hold what belongs into no file. */
export function withoutBody({body: _body, ...answer}: HttpAnswer): Omit<HttpAnswer, 'body'> {
	return answer;
}
