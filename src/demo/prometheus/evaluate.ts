/** Walks a PromQL tree at one instant. */
import {ofNumbers, ofVectors, withNumber} from './binary.ts';
import {histogramQuantile} from './promql-histogram.ts';
import {labelReplace, overRange, quantile, rangeFunctions, valueFunctions, vectorFunctions} from './functions.ts';
import {instant, keyOf, nameless, pick, range, type Labels, type RangeSeries, type Sample, type SeriesSource} from './series.ts';
import {QueryError, type Aggregate, type Expression, type Subquery} from './syntax.ts';

export type Value =
	| {readonly type: 'scalar'; readonly value: number}
	| {readonly type: 'string'; readonly value: string}
	| {readonly type: 'vector'; readonly samples: readonly Sample[]}
	| {readonly type: 'matrix'; readonly series: readonly RangeSeries[]};

const badType = (what: string): QueryError => new QueryError('bad_data', `invalid parameter "query": parse error: ${what}`);

const vector = (samples: readonly Sample[]): Value => ({type: 'vector', samples});

/**
 * The value of an expression at an instant (epoch milliseconds).
 * Throws QueryError: `bad_data` where types do not fit, `execution` where a match is ambiguous.
 */
export function evaluate(node: Expression, series: readonly SeriesSource[], at: number): Value {
	const value = (of: Expression): Value => evaluate(of, series, at);
	const samplesOf = (of: Expression | undefined, who: string): readonly Sample[] => {
		const result = of && value(of);
		if (result?.type !== 'vector') throw badType(`expected type instant vector in ${who}, got ${result?.type ?? 'nothing'}`);
		return result.samples;
	};
	const numberOf = (of: Expression | undefined, who: string): number => {
		const result = of && value(of);
		if (result?.type !== 'scalar') throw badType(`expected type scalar in ${who}, got ${result?.type ?? 'nothing'}`);
		return result.value;
	};
	const stringOf = (of: Expression | undefined, who: string): string => {
		const result = of && value(of);
		if (result?.type !== 'string') throw badType(`expected type string in ${who}, got ${result?.type ?? 'nothing'}`);
		return result.value;
	};

	const special = (name: string, args: readonly Expression[]): Value => {
		switch (name) {
			case 'time':
				return {type: 'scalar', value: at / 1000};
			case 'vector':
				return vector([{labels: {}, value: numberOf(args[0], name)}]);
			case 'scalar': {
				const samples = samplesOf(args[0], name);
				return {type: 'scalar', value: samples.length === 1 ? (samples[0]?.value ?? Number.NaN) : Number.NaN};
			}
			case 'absent':
				return vector(samplesOf(args[0], name).length > 0 ? [] : [{labels: equalities(args[0]), value: 1}]);
			case 'histogram_quantile':
				return vector(histogramQuantile(numberOf(args[0], name), samplesOf(args[1], name)));
			case 'label_replace': {
				const [of, target, replacement, source, pattern] = args;
				const how = {
					target: stringOf(target, name),
					replacement: stringOf(replacement, name),
					source: stringOf(source, name),
					pattern: stringOf(pattern, name),
				};
				return vector(samplesOf(of, name).map((sample) => ({...sample, labels: labelReplace(sample.labels, how)})));
			}
			default:
				throw badType(`unknown function with name "${name}"`);
		}
	};

	const call = (name: string, args: readonly Expression[]): Value => {
		const ofRange = rangeFunctions[name];
		if (ofRange) {
			const given = args.map(value);
			const matrix = given.find((one) => one.type === 'matrix');
			if (!matrix) throw badType(`expected type range vector in call to function "${name}", got ${given[0]?.type ?? 'nothing'}`);
			const parameter = given.find((one) => one.type === 'scalar');
			return vector(overRange(matrix.series, ofRange, parameter?.value ?? 0, name === 'last_over_time'));
		}
		const ofValue = valueFunctions[name];
		if (ofValue) {
			const parameters = args.slice(1).map((arg) => numberOf(arg, `call to function "${name}"`));
			const samples = samplesOf(args[0], `call to function "${name}"`);
			return vector(samples.map((sample) => ({labels: nameless(sample.labels), value: ofValue(sample.value, parameters)})));
		}
		const ofVector = vectorFunctions[name];
		return ofVector ? vector(ofVector(samplesOf(args[0], `call to function "${name}"`))) : special(name, args);
	};

	switch (node.kind) {
		case 'number':
			return {type: 'scalar', value: node.value};
		case 'string':
			return {type: 'string', value: node.value};
		case 'selector':
			return node.rangeMs === undefined ? vector(instant(series, node, at)) : {type: 'matrix', series: range(series, node, at)};
		case 'subquery':
			return {type: 'matrix', series: subquery(node, series, at)};
		case 'call':
			return call(node.name, node.args);
		case 'aggregate':
			return vector(
				aggregate(
					node,
					samplesOf(node.of, 'aggregation expression'),
					node.parameter ? numberOf(node.parameter, 'aggregation parameter') : 0,
				),
			);
		case 'binary': {
			const left = value(node.left);
			const right = value(node.right);
			if (left.type === 'scalar' && right.type === 'scalar') return {type: 'scalar', value: ofNumbers(node, left.value, right.value)};
			if (left.type === 'vector' && right.type === 'scalar') return vector(withNumber(node, left.samples, right.value, 'right'));
			if (left.type === 'scalar' && right.type === 'vector') return vector(withNumber(node, right.samples, left.value, 'left'));
			if (left.type === 'vector' && right.type === 'vector') return vector(ofVectors(node, left.samples, right.samples));
			throw badType('binary expression must contain only scalar and instant vector types');
		}
		default:
			return node satisfies never;
	}
}

/** What `absent()` can say of the series that is not there. */
function equalities(of: Expression | undefined): Labels {
	if (of?.kind !== 'selector') return {};
	return Object.fromEntries(
		of.matchers.filter(({op, label}) => op === '=' && label !== '__name__').map(({label, value}) => [label, value]),
	);
}

function subquery(node: Subquery, series: readonly SeriesSource[], at: number): readonly RangeSeries[] {
	const to = at - node.offsetMs;
	const from = to - node.rangeMs;
	const found = new Map<string, {readonly labels: Labels; readonly points: {at: number; value: number}[]}>();
	for (let when = Math.floor(from / node.stepMs) * node.stepMs + node.stepMs; when <= to; when += node.stepMs) {
		const value = evaluate(node.of, series, when);
		const samples = value.type === 'vector' ? value.samples : value.type === 'scalar' ? [{labels: {}, value: value.value}] : [];
		for (const sample of samples) {
			const key = keyOf(sample.labels);
			const one = found.get(key) ?? {labels: sample.labels, points: []};
			one.points.push({at: when, value: sample.value});
			found.set(key, one);
		}
	}
	return [...found.values()].map((one) => ({...one, from, to}));
}

function aggregate(node: Aggregate, samples: readonly Sample[], parameter: number): readonly Sample[] {
	const groups = new Map<string, {readonly labels: Labels; readonly samples: Sample[]}>();
	for (const sample of samples) {
		const labels = pick(sample.labels, node.grouping);
		const key = keyOf(labels);
		const group = groups.get(key) ?? {labels, samples: []};
		group.samples.push(sample);
		groups.set(key, group);
	}
	return [...groups.values()].flatMap((group) => {
		if (node.op === 'topk' || node.op === 'bottomk') {
			const sign = node.op === 'topk' ? -1 : 1;
			return [...group.samples].sort((a, b) => sign * (a.value - b.value)).slice(0, Math.max(0, parameter));
		}
		return [
			{
				labels: group.labels,
				value: total(
					node.op,
					group.samples.map((sample) => sample.value),
					parameter,
				),
			},
		];
	});
}

function total(op: Exclude<Aggregate['op'], 'topk' | 'bottomk'>, values: readonly number[], parameter: number): number {
	const sum = values.reduce((all, one) => all + one, 0);
	const mean = sum / values.length;
	switch (op) {
		case 'sum':
			return sum;
		case 'avg':
			return mean;
		case 'min':
			return Math.min(...values);
		case 'max':
			return Math.max(...values);
		case 'count':
			return values.length;
		case 'group':
			return 1;
		case 'stddev':
			return Math.sqrt(values.reduce((all, one) => all + (one - mean) ** 2, 0) / values.length);
		case 'quantile':
			return quantile(parameter, values);
		default:
			return op satisfies never;
	}
}
