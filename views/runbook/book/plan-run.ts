/** What a block would run, with every value in its place: shown exactly so before it is started. Pure. */
import {type Block, blockOf} from '../../../src/runbooks/blocks/blocks.ts';
import type {RunPlan} from '../../../src/runbooks/blocks/run-block.ts';
import {fillWords, knownValue, printArgument, type Values, type VariableUse, valueProblem} from '../../../src/runbooks/blocks/variables.ts';
import type {Stop} from '../../kit/markdown.ts';
import type {KnownValues} from './known-values.ts';

export interface ValueOf {
	readonly value: string;
	readonly from: 'the row' | 'rounds.yaml' | 'typed' | 'your environment';
}

export interface PlannedRun {
	readonly block: Exclude<Block, {readonly kind: 'text'}>;
	/** The runbook's id, and the heading the block is under. */
	readonly runbook: string;
	readonly heading: string;
	readonly values: Readonly<Record<string, ValueOf>>;
}

/** Names whose values are not for the screen. */
const secret = /TOKEN|KEY|SECRET|PASS|CREDENTIAL|DSN|AUTH/i;

/** @param own The program's own environment, where the block's shell would find a variable anyway. */
export function planRun(
	{language, code}: Extract<Stop, {readonly kind: 'code'}>,
	place: {
		readonly runbook: string;
		readonly heading: string;
		readonly known: KnownValues;
		readonly own: (name: string) => string | undefined;
	},
): PlannedRun | {readonly why: string} {
	const block = blockOf(language, code);
	if (block.kind === 'text') return {why: block.why};
	const {known, own, runbook, heading} = place;
	const values = Object.fromEntries(
		block.variables.flatMap((use): readonly (readonly [string, ValueOf])[] => {
			const row = knownValue(use, known.row);
			if (row !== undefined) return [[use.name, {value: row, from: 'the row'}]];
			const configured = knownValue(use, known.environment);
			if (configured !== undefined) return [[use.name, {value: configured, from: 'rounds.yaml'}]];
			const value = own(use.name);
			return value === undefined || valueProblem(use, value) !== undefined ? [] : [[use.name, {value, from: 'your environment'}]];
		}),
	);
	return {block, runbook, heading, values};
}

/** The variables that have no value yet. */
export function missingNames({block, values}: PlannedRun): readonly string[] {
	return block.variables.map(({name}) => name).filter((name) => values[name] === undefined);
}

/** How the block uses the variable. */
export function useOf({block}: PlannedRun, name: string): VariableUse {
	return block.variables.find((use) => use.name === name) ?? {name, quoted: true};
}

const plainValues = ({values}: PlannedRun): Values => Object.fromEntries(Object.entries(values).map(([name, {value}]) => [name, value]));

/** What is started: the shell gets the script as it is and the values in its environment, never one in the other. */
export function runPlan(plan: PlannedRun): RunPlan {
	const {block} = plan;
	const values = plainValues(plan);
	return block.kind === 'argv'
		? {argvs: block.commands.map((words) => fillWords(words, values)), env: {}}
		: {argvs: [[block.shell, '-c', block.script]], env: values};
}

/** True for what had better be written nowhere. */
export const isSecretName = (name: string) => secret.test(name);

const isSecret = (name: string, {from}: ValueOf) => from === 'your environment' && isSecretName(name);

/** The commands as they will run, one line each; a secret of the operator's stays a name. */
export function commandLines(plan: PlannedRun): readonly string[] {
	const {block, values} = plan;
	if (block.kind === 'shell') return block.script.trimEnd().split('\n');
	const visible = Object.fromEntries(Object.entries(values).map(([name, one]) => [name, isSecret(name, one) ? `$${name}` : one.value]));
	return block.commands.map((words) => fillWords(words, visible).map(printArgument).join(' '));
}

/** `POD=api-54fb9-n4vkg (the row)` */
export function valueWords({values}: PlannedRun): readonly string[] {
	return Object.entries(values).map(([name, one]) => `${name}=${isSecret(name, one) ? '…' : printArgument(one.value)} (${one.from})`);
}
