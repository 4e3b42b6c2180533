/**
 * PromQL from text to tree: the whole grammar but the `@` modifier, native histograms and keywords no one asks
 * a morning's round (`limitk`, `count_values`).
 */
import {durationMs, lex, parseError, type Token} from './lex.ts';
import {
	aggregations,
	anchored,
	type Aggregate,
	type Aggregation,
	type BinaryOperator,
	type Expression,
	type Matcher,
	type Matching,
	type QueryError,
} from './syntax.ts';

const precedence: Readonly<Record<BinaryOperator, number>> = {
	or: 1,
	and: 2,
	unless: 2,
	'==': 3,
	'!=': 3,
	'<=': 3,
	'<': 3,
	'>=': 3,
	'>': 3,
	'+': 4,
	'-': 4,
	'*': 5,
	'/': 5,
	'%': 5,
	'^': 6,
};

const isOperator = (text: string): text is BinaryOperator => Object.hasOwn(precedence, text);
const isAggregation = (text: string): text is Aggregation => (aggregations as readonly string[]).includes(text);
const isMatcherOp = (text: string): text is Matcher['op'] => ['=', '!=', '=~', '!~'].includes(text);

const defaultStepMs = 60_000;

/** Reads a query; `knownFunctions` says what may be called. Throws QueryError `bad_data` with line and column. */
export function parse(query: string, knownFunctions: ReadonlySet<string>): Expression {
	const tokens = lex(query);
	let index = 0;

	const end: Token = {kind: 'end', text: '', at: query.length};
	const peek = (): Token => tokens[index] ?? end;
	const take = (): Token => {
		const token = peek();
		index += 1;
		return token;
	};
	const unexpected = (where: string): QueryError => {
		const token = peek();
		if (query.trim() === '') return parseError(query, 0, 'no expression found in input');
		const what = token.kind === 'end' ? 'end of input' : token.kind === 'name' ? `identifier "${token.text}"` : `"${token.text}"`;
		return parseError(query, token.at, `unexpected ${what}${where}`);
	};
	const accept = (text: string): boolean => {
		const token = peek();
		const found = token.text === text && (token.kind === 'symbol' || token.kind === 'name');
		if (found) index += 1;
		return found;
	};
	const expect = (text: string, where: string): void => {
		if (!accept(text)) throw unexpected(where);
	};
	const expectKind = (kind: Token['kind'], where: string): string => {
		if (peek().kind !== kind) throw unexpected(where);
		return take().text;
	};

	const list = <Item>(close: string, item: () => Item, where: string): readonly Item[] => {
		const items: Item[] = [];
		while (!accept(close)) {
			if (items.length > 0) expect(',', where);
			if (items.length > 0 && accept(close)) break;
			items.push(item());
		}
		return items;
	};

	const labels = (): readonly string[] => {
		expect('(', ' in grouping opts, expected "("');
		return list(')', () => expectKind('name', ' in grouping opts, expected label'), ' in grouping opts');
	};

	const matcher = (): Matcher => {
		const label = expectKind('name', ' in label matching, expected identifier or "}"');
		const op = take().text;
		if (!isMatcherOp(op)) {
			index -= 1;
			throw unexpected(' in label matching, expected label matching operator');
		}
		const at = peek().at;
		const value = expectKind('string', ' in label matching, expected string');
		if (op === '=~' || op === '!~') {
			try {
				anchored(value);
			} catch {
				throw parseError(query, at, `error parsing regexp: ${value}`);
			}
		}
		return {label, op, value};
	};

	const selector = (name: string | undefined): Expression => {
		const at = peek().at;
		const own: readonly Matcher[] = name === undefined ? [] : [{label: '__name__', op: '=', value: name}];
		const written = accept('{') ? list('}', matcher, ' in label matching, expected "," or "}"') : [];
		const matchers = [...own, ...written];
		const selective = matchers.some(
			({op, value}) => (op === '=' && value !== '') || (op === '!=' && value === '') || (op === '=~' && !anchored(value).test('')),
		);
		if (!selective) throw parseError(query, at, 'vector selector must contain at least one non-empty matcher');
		return {kind: 'selector', matchers, offsetMs: 0};
	};

	const aggregate = (op: Aggregation): Aggregate => {
		const grouping = () => {
			const without = peek().text === 'without';
			if (!without && peek().text !== 'by') return undefined;
			take();
			return {without, labels: labels()};
		};
		const before = grouping();
		const at = peek().at;
		expect('(', ' in aggregation');
		const args = list(')', expression, ' in aggregation');
		const wanted = op === 'topk' || op === 'bottomk' || op === 'quantile' ? 2 : 1;
		const of = args.at(-1);
		if (of === undefined || args.length !== wanted) {
			throw parseError(query, at, `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`);
		}
		const parameter = wanted === 2 ? args[0] : undefined;
		return {kind: 'aggregate', op, grouping: before ?? grouping() ?? {without: false, labels: []}, of, ...(parameter && {parameter})};
	};

	const named = (token: Token): Expression => {
		const word = token.text.toLowerCase();
		if (word === 'inf' || word === 'nan') return {kind: 'number', value: word === 'inf' ? Infinity : Number.NaN};
		if (isAggregation(word) && ['(', 'by', 'without'].includes(peek().text)) return aggregate(word);
		if (peek().text !== '(') return selector(token.text);
		if (!knownFunctions.has(token.text)) throw parseError(query, token.at, `unknown function with name "${token.text}"`);
		take();
		return {kind: 'call', name: token.text, args: list(')', expression, ' in function call')};
	};

	const primary = (): Expression => {
		const token = peek();
		if (token.kind === 'number' || token.kind === 'string') {
			take();
			return token.kind === 'number' ? {kind: 'number', value: Number(token.text)} : {kind: 'string', value: token.text};
		}
		if (token.kind === 'name') return named(take());
		if (token.text === '{') return selector(undefined);
		expect('(', '');
		const inside = expression();
		expect(')', ', expected ")"');
		return inside;
	};

	const duration = (where: string): number => durationMs(expectKind('duration', where));

	const ranged = (of: Expression): Expression => {
		const rangeMs = duration(' in matrix or subquery selector, expected duration');
		if (accept(':')) {
			const stepMs = peek().kind === 'duration' ? duration('') : defaultStepMs;
			expect(']', ' in subquery selector, expected "]"');
			return {kind: 'subquery', of, rangeMs, stepMs, offsetMs: 0};
		}
		expect(']', ' in matrix selector, expected "]"');
		if (of.kind !== 'selector') throw parseError(query, peek().at, 'ranges only allowed for vector selectors');
		return {...of, rangeMs};
	};

	const postfix = (): Expression => {
		let of = primary();
		for (;;) {
			if (accept('[')) {
				of = ranged(of);
			} else if (accept('offset')) {
				const sign = accept('-') ? -1 : 1;
				const offsetMs = sign * duration(' in offset, expected duration');
				if (of.kind !== 'selector' && of.kind !== 'subquery') {
					throw parseError(
						query,
						peek().at,
						'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
					);
				}
				of = {...of, offsetMs: of.offsetMs + offsetMs};
			} else {
				return of;
			}
		}
	};

	const unary = (): Expression => {
		if (accept('+')) return unary();
		if (!accept('-')) return postfix();
		const right = climb(precedence['^']);
		return {kind: 'binary', op: '*', bool: false, matching: everyLabel, left: {kind: 'number', value: -1}, right};
	};

	const matching = (): Matching => {
		const on = peek().text === 'on';
		if (!on && peek().text !== 'ignoring') return everyLabel;
		take();
		const own = labels();
		const many = peek().text === 'group_left' ? 'left' : peek().text === 'group_right' ? 'right' : undefined;
		if (many === undefined) return {on, labels: own, include: []};
		take();
		return {on, labels: own, many, include: peek().text === '(' ? labels() : []};
	};

	const climb = (lowest: number): Expression => {
		let left = unary();
		for (;;) {
			const op = peek().text.toLowerCase();
			if (peek().kind === 'string' || !isOperator(op) || precedence[op] < lowest) return left;
			take();
			const bool = accept('bool');
			const how = matching();
			const right = climb(op === '^' ? precedence[op] : precedence[op] + 1);
			left = {kind: 'binary', op, bool, matching: how, left, right};
		}
	};

	function expression(): Expression {
		return climb(1);
	}

	const whole = expression();
	if (peek().kind !== 'end') throw unexpected('');
	return whole;
}

/** Without `on` or `ignoring` all labels must agree. */
const everyLabel: Matching = {on: false, labels: [], include: []};
