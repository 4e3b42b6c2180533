import {QueryError} from './syntax.ts';

export interface Token {
	readonly kind: 'name' | 'number' | 'duration' | 'string' | 'symbol' | 'end';
	readonly text: string;
	/** Offset in the query, from 0. */
	readonly at: number;
}

const unitMs: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000,
};

/** `1h30m` in milliseconds. */
export function durationMs(text: string): number {
	let total = 0;
	for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) total += Number(amount) * (unitMs[unit] ?? 0);
	return total;
}

const patterns = [
	['skip', /(?:\s+|#[^\n]*)/y],
	['duration', /(?:\d+(?:ms|[smhdwy]))+(?![A-Za-z0-9_])/y],
	['number', /(?:0x[0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y],
	['name', /[A-Za-z_][A-Za-z0-9_:]*/y],
	['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
	['symbol', /=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}[\],:@]/y],
] as const;

/** Where in the query, as Prometheus counts: line and column from 1. */
export function parseError(query: string, at: number, what: string): QueryError {
	const before = query.slice(0, at).split('\n');
	const column = (before.at(-1)?.length ?? 0) + 1;
	return new QueryError('bad_data', `invalid parameter "query": ${before.length}:${column}: parse error: ${what}`);
}

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};

function unquote(text: string): string {
	const inside = text.slice(1, -1);
	return text.startsWith('`') ? inside : inside.replaceAll(/\\(.)/g, (_, escaped: string) => escapes[escaped] ?? escaped);
}

/** Cuts a query into tokens, the last one being `end`; strings come without their quotes. Throws QueryError. */
export function lex(query: string): readonly Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < query.length) {
		const start = at;
		for (const [kind, pattern] of patterns) {
			pattern.lastIndex = at;
			const match = pattern.exec(query);
			if (!match) continue;
			at = pattern.lastIndex;
			if (kind !== 'skip') tokens.push({kind, text: kind === 'string' ? unquote(match[0]) : match[0], at: start});
			break;
		}
		if (at === start) {
			const character = query.charAt(at);
			const quoted = `"'\``.includes(character);
			throw parseError(query, at, quoted ? 'unterminated quoted string' : `unexpected character: '${character}'`);
		}
	}
	return [...tokens, {kind: 'end', text: '', at: query.length}];
}
