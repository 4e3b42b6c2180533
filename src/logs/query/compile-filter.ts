/** From the filter stack to one test of a line, and to what can be searched for in many lines at once. */
import {type Condition, ignoresCase, literalSource, type Query} from './condition.ts';
import type {Needle} from './bulk-pattern.ts';
import {levelWithHead} from './continuation.ts';
import type {StreamId, StreamInfo} from '../../ports/log-feed.ts';
import {expressionOf, holds, nameTest, valueTest} from './field-test.ts';
import type {Filter} from './filter.ts';
import {conditionNeedle, rarest, union} from './filter-needle.ts';
import {createLineUnderTest, type LineUnderTest, noteFlags} from './line-under-test.ts';
import {levels, type LogLines} from '../log-lines.ts';
import {messageOf} from '../patterns/line-message.ts';
import {templateExpression} from './template-expression.ts';

export interface CompiledFilter {
	/**
	 * Whether the line is kept. The program's own rows (gaps, marks) are, unless a filter on streams leaves theirs out.
	 * Of a line longer than 64 KiB only the first 64 KiB are looked at.
	 */
	readonly passes: (lines: LogLines, line: number) => boolean;
	/**
	 * What every line that passes holds, but for the program's own rows and for lines longer than 64 KiB or with escape
	 * sequences; undefined where every line must be looked at by itself.
	 */
	readonly needle?: Needle | undefined;
	/** Whether a line's verdict hangs on lines before it: a filter on levels keeps a trace with its head. */
	readonly looksBack: boolean;
}

/** Whether a line passes; undefined where a row of the program's own tells nothing about it. */
type Test = (line: LineUnderTest, note: boolean) => boolean | undefined;

interface Compiled {
	readonly test: Test;
	/** What the test takes, from the index alone (0) to a parsed line (3). */
	readonly cost: number;
	readonly needle?: Needle | undefined;
	/** A quick test that fails only where the other fails too. */
	readonly hint?: Test;
}

type Streams = (id: StreamId) => StreamInfo | undefined;

function streamTest(condition: Extract<Condition, {kind: 'stream'}>, streams: Streams): Test {
	const {part, except} = condition;
	const matches = nameTest(condition.value, part === 'pod' || part === 'stream');
	const known: (boolean | undefined)[] = [];
	return (line, note) => {
		const id = line.lines().stream(line.line());
		const verdict = known[id];
		if (verdict !== undefined) return verdict;
		const info = streams(id);
		const name = part === 'stream' ? info?.name : info?.[part];
		if (name !== undefined) return (known[id] = matches(name) !== except);
		// A file or a log server has no pods, but its lines may name them.
		if (note) return undefined;
		const value = line.field(part);
		return value === undefined ? except : matches(value) !== except;
	};
}

function compileCondition(condition: Condition, streams: Streams): Compiled {
	const needle = conditionNeedle(condition);
	switch (condition.kind) {
		case 'text':
		case 'regex': {
			const expression =
				condition.kind === 'regex'
					? expressionOf(condition.value)
					: new RegExp(literalSource(condition.text), ignoresCase(condition.text) ? 'i' : '');
			return {cost: 2, needle, test: (line, note) => (note ? undefined : expression.test(line.text()))};
		}
		case 'level': {
			const place = levels.indexOf(condition.level);
			const test: Test = (line, note) => {
				if (note) return undefined;
				const level = levelWithHead(line.lines(), line.line());
				return level !== undefined && holds(levels.indexOf(level), condition.order, place);
			};
			return {cost: 1, test};
		}
		case 'time': {
			const {order, at} = condition;
			// Of the program's own rows, too, the time is known.
			return {cost: 0, test: (line) => holds(line.lines().time(line.line()), order, at)};
		}
		case 'pattern': {
			const expression = templateExpression(condition.template);
			return {cost: 3, needle, test: (line, note) => (note ? undefined : expression.test(messageOf(line.text())))};
		}
		case 'stream':
			return {cost: 0, test: streamTest(condition, streams)};
		default: {
			const matches = valueTest(condition.test);
			const test: Test = (line, note) => {
				if (note) return undefined;
				const value = line.field(condition.name);
				return value !== undefined && matches(value) !== condition.except;
			};
			if (!needle) return {cost: 3, test};
			const word = needle.pattern instanceof RegExp ? new RegExp(needle.pattern.source, 'i') : new RegExp(needle.pattern.toString());
			const hint: Test = (line, note) => (note ? undefined : word.test(line.text()));
			return {cost: 3, needle, hint, test: (line, note) => (hint(line, note) === false ? false : test(line, note))};
		}
	}
}

function invert({test, cost}: Compiled): Compiled {
	return {
		cost,
		test(line, note) {
			const verdict = test(line, note);
			return verdict === undefined ? undefined : !verdict;
		},
	};
}

/** All of them, or any: `ends` is the verdict of one part that settles the whole. */
function join(parts: readonly Compiled[], ends: boolean): Compiled {
	const hints = ends || parts.length < 2 ? [] : parts.flatMap(({hint}) => (hint ? [{test: hint, cost: 2}] : []));
	const ordered = [...parts, ...hints].toSorted((a, b) => a.cost - b.cost);
	const needles = parts.map(({needle}) => needle);
	const needle = ends ? union(needles) : rarest(needles, parts.length);
	return {
		cost: Math.max(0, ...parts.map(({cost}) => cost)),
		needle,
		test(line, note) {
			let open: boolean | undefined = !ends;
			for (const {test} of ordered) {
				const verdict = test(line, note);
				if (verdict === ends) return ends;
				if (verdict === undefined) open = undefined;
			}
			return open;
		},
	};
}

function compileQuery(query: Query, streams: Streams): Compiled {
	switch (query.kind) {
		case 'term':
			return compileCondition(query.condition, streams);
		case 'not':
			return invert(compileQuery(query.part, streams));
		default:
			return join(
				query.parts.map((part) => compileQuery(part, streams)),
				query.kind === 'or',
			);
	}
}

function asksLevel(query: Query): boolean {
	if (query.kind === 'term') return query.condition.kind === 'level';
	return query.kind === 'not' ? asksLevel(query.part) : query.parts.some(asksLevel);
}

/**
 * Compiles the filters that are enabled; a line must pass all of them. With none enabled every line passes.
 * `streams` tells what is known of a stream by its number. A line is decoded and parsed at most once per test.
 */
export function compileFilters(filters: readonly Filter[], streams: Streams): CompiledFilter {
	const enabled = filters.filter((filter) => filter.enabled);
	const parts = enabled.map((filter) => {
		const compiled = filter.kind === 'query' ? compileQuery(filter.query, streams) : compileCondition(filter, streams);
		return filter.negated ? invert(compiled) : compiled;
	});
	const {test, needle} = join(parts, false);
	const current = createLineUnderTest();
	return {
		needle,
		looksBack: enabled.some((filter) => (filter.kind === 'query' ? asksLevel(filter.query) : filter.kind === 'level')),
		passes(lines, line) {
			current.set(lines, line);
			// What is not known of a gap is no reason to hide it.
			return test(current, (lines.flags(line) & noteFlags) !== 0) ?? true;
		},
	};
}
