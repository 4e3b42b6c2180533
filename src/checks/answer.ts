/** What the health and http checks share: asking an address, and showing an answer without its body. */
import type {HttpAnswer, HttpProbe} from '../ports.ts';

/**
 * Asks, and asks once more where the answer was slow: opening connections and starting this program count in the first
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
	},
): Promise<HttpAnswer> {
	const {slowMs, headers, ...rest} = options;
	const get = () => probe.get(url, {...rest, ...(headers ? {headers} : {})});
	const first = await get();
	if (first.status === undefined || first.latencyMs <= slowMs) return first;
	const second = await get();
	return second.latencyMs < first.latencyMs && second.status !== undefined ? second : first;
}

/** An answer for the report: bodies may be long, and may hold what belongs into no file. */
export function withoutBody({body: _body, ...answer}: HttpAnswer): Omit<HttpAnswer, 'body'> {
	return answer;
}
