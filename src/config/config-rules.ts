/** What a schema cannot say: names that must differ from each other, and names of things that must exist. */
import {didYouMean} from '../base/nearest.ts';
import {showPath} from './explain.ts';
import {showValue} from './show-value.ts';
import {valueAt} from './schema-node.ts';
import type {Mistake, Path, YamlSource} from './yaml-source.ts';

function listAt(data: unknown, path: Path): readonly unknown[] {
	const list = valueAt(data, path);
	return Array.isArray(list) ? list : [];
}

interface Named {
	readonly name: string;
	/** Where the name is. */
	readonly path: Path;
}

/** The names of a list of mappings. */
function namesOf(data: unknown, path: Path): readonly Named[] {
	return listAt(data, path).flatMap((item, index) => {
		const name = valueAt(item, ['name']);
		return typeof name === 'string' ? [{name, path: [...path, index, 'name']}] : [];
	});
}

/** The ids of a checklist: a bare name, or `id`, or else `check`. */
function idsOf(data: unknown, path: Path): readonly Named[] {
	return listAt(data, path).flatMap((item, index): readonly Named[] => {
		if (typeof item === 'string') return [{name: item, path: [...path, index]}];
		const key = ['id', 'check'].find((candidate) => typeof valueAt(item, [candidate]) === 'string');
		return key === undefined ? [] : [{name: String(valueAt(item, [key])), path: [...path, index, key]}];
	});
}

function repeated(
	named: readonly Named[],
	{source, what, advice}: {readonly source: YamlSource; readonly what: string; readonly advice: string},
): readonly Mistake[] {
	const first = new Map<string, Path>();
	return named.flatMap(({name, path}) => {
		const earlier = first.get(name);
		if (earlier === undefined) {
			first.set(name, path);
			return [];
		}
		const {line} = source.lineOf(source.offsetOf(earlier));
		return [
			{
				offset: source.offsetOf(path),
				text: `${showPath(path)} is ${showValue(name, path)}, the same ${what} as in line ${line}. ${advice}`,
			},
		];
	});
}

export interface RunbookNames {
	/** Runbooks of the service with this index; those of all services for the common checklist. */
	readonly of: (service: number | undefined) => readonly string[];
}

function unknownRunbooks({
	source,
	path,
	known,
}: {
	readonly source: YamlSource;
	readonly path: Path;
	readonly known: readonly string[];
}): readonly Mistake[] {
	return listAt(source.data, path).flatMap((item, index) => {
		const name = valueAt(item, ['runbook']);
		if (typeof name !== 'string' || known.includes(name)) return [];
		const at = [...path, index, 'runbook'];
		return [
			{
				offset: source.offsetOf(at),
				text: `${showPath(at)} is ${showValue(name, at)}, but no such runbook exists${didYouMean(name, known)}${known.length > 0 ? ` (known: ${known.join(', ')})` : ''}`,
			},
		];
	});
}

/** Duplicates and unknown runbooks; judges the raw data, so that a mistake elsewhere hides nothing. */
export function brokenRules(source: YamlSource, runbooks: RunbookNames | undefined): readonly Mistake[] {
	const {data} = source;
	const services = listAt(data, ['services']).map((_, index) => ['services', index] as const);
	const lists = [{service: undefined, path: ['checks']}, ...services.map((path, service) => ({service, path: [...path, 'checks']}))];
	return [
		...repeated(namesOf(data, ['services']), {source, what: 'service name', advice: 'Names must differ.'}),
		...services.flatMap((path) =>
			repeated(namesOf(data, [...path, 'environments']), {source, what: 'environment name', advice: 'Names within a service must differ.'}),
		),
		...lists.flatMap(({path}) => repeated(idsOf(data, path), {source, what: 'check id', advice: 'Give one of them its own id.'})),
		...lists.flatMap(({service, path}) => (runbooks ? unknownRunbooks({source, path, known: runbooks.of(service)}) : [])),
	];
}
