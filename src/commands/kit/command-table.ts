/**
 * THE table of commands: argument parsing, `--help`, shell completion and the README's list all come from it.
 * A new command is one row.
 */
import {type ManualTopic, manualTopics} from '../../runbooks/manual.ts';
import {reportFormats} from '../../checks/kit/check-report.ts';
import {scenarioNames} from '../../demo/kit/world.ts';
import {statuses} from '../../base/status.ts';
import {outcomes} from '../../round/investigation/investigation.ts';

export interface OptionValue {
	/** As `--help` prints it: `FILE`. */
	readonly name: string;
	readonly required: boolean;
	/** All that is allowed; absent where it is free. */
	readonly choices?: readonly string[];
	/** What completion offers where there are no choices. */
	readonly complete?: 'file';
}

export interface CommandOption {
	/** Without the dashes: `read-only`. */
	readonly name: string;
	/** One letter. */
	readonly short?: string;
	/** Absent: a switch. */
	readonly value?: OptionValue;
	readonly default?: string;
	readonly summary: string;
}

export interface CommandArgument extends OptionValue {
	readonly variadic?: boolean;
	/** Words that mean something of their own where they come first; any other is as free as those behind it. */
	readonly first?: readonly FirstWord[];
	readonly summary: string;
}

export interface PrintedWords {
	readonly choices: readonly string[];
	/** Also what `rounds` prints for these words below so many lines of titles, as far as it matches this expression of grep -E. */
	readonly from: {readonly words: string; readonly titles: number; readonly pattern: string};
}

export interface FirstWord {
	readonly name: string;
	/** What completion offers behind it. */
	readonly behind?: 'file' | PrintedWords;
}

export interface Command {
	/** Empty for `rounds` alone. */
	readonly name: string;
	/** One sentence without a final full stop. */
	readonly summary: string;
	/** The page of the manual about it, named by its errors. */
	readonly topic?: ManualTopic;
	readonly arguments: readonly CommandArgument[];
	readonly options: readonly CommandOption[];
}

const scenario = {name: 'SCENARIO', required: false, choices: scenarioNames} as const;

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Known by every command. */
export const globalOptions: readonly CommandOption[] = [
	{name: 'config', value: {name: 'FILE', required: true, complete: 'file'}, summary: 'Use this file instead of the nearest rounds.yaml'},
	{name: 'service', value: {name: 'NAME', required: true}, summary: 'The service. Default: the first one'},
	{name: 'environment', value: {name: 'NAME', required: true}, summary: 'The environment. Default: production'},
	{name: 'context', value: {name: 'NAME', required: true}, summary: 'The Kubernetes context instead of the one in rounds.yaml'},
	{name: 'read-only', summary: 'Refuse everything that writes outside this machine'},
];

/** Variables of the environment that rounds alone reads. */
export const environmentTable: readonly {readonly name: string; readonly summary: string}[] = [
	{name: 'ROUNDS_DEBUG=FILE', summary: 'Log requests, retries and changes to FILE, secrets hidden'},
	{name: 'ROUNDS_OPERATOR=NAME', summary: 'Who walks the round, before rounds.yaml and the login name'},
];

export const commandTable: readonly Command[] = [
	{name: '', summary: 'Walk the morning round in full screen. Without a terminal: the same as `rounds check`', arguments: [], options: []},
	{
		name: 'demo',
		summary: 'Walk the round of the built-in simulated company, without network or credentials',
		arguments: [{...scenario, summary: 'The morning to walk. Default: morning'}],
		options: [{name: 'serve', summary: 'Keep the company’s servers up and print their addresses and the KUBECONFIG'}],
	},
	{
		name: 'check',
		topic: 'headless',
		summary: 'Run every check once and print a report. Exit code: 0 ok, 1 warning, 2 critical, 3 unknown',
		arguments: [{name: 'ID', required: false, variadic: true, summary: 'Only these checks'}],
		options: [
			{
				name: 'format',
				value: {name: 'FORMAT', required: true, choices: reportFormats},
				default: 'text',
				summary: 'How the report is printed',
			},
			{name: 'demo', value: scenario, summary: 'Use the data of the simulated company'},
		],
	},
	{
		name: 'tail',
		topic: 'logs',
		summary: 'Live logs in full screen: pods by pattern, files, `-` for standard input, or a command after `--`. In a pipe: plain lines',
		arguments: [
			{
				name: 'SOURCE',
				required: false,
				variadic: true,
				complete: 'file',
				summary:
					'Pattern of pod names, a workload (deploy/api), files, `-`, or a name under logs: in rounds.yaml. Default: every pod of the environment',
			},
		],
		options: [
			{
				name: 'namespace',
				short: 'n',
				value: {name: 'NAMES', required: true},
				summary: 'Namespaces, comma-separated, instead of the environment’s',
			},
			{name: 'all-namespaces', short: 'A', summary: 'Every namespace'},
			{
				name: 'selector',
				short: 'l',
				value: {name: 'LABELS', required: true},
				summary: 'Label selector as kubectl takes it: app=api,tier!=web',
			},
			{name: 'container', short: 'c', value: {name: 'PATTERN', required: true}, summary: 'Only containers whose name matches'},
			{name: 'exclude', value: {name: 'PATTERN', required: true}, summary: 'Leave out pods whose name matches'},
			{name: 'exclude-container', value: {name: 'PATTERN', required: true}, summary: 'Leave out containers whose name matches'},
			{name: 'loki', value: {name: 'LOGQL', required: false}, summary: 'Logs of the environment’s Loki. Default: its query in rounds.yaml'},
			{
				name: 'elasticsearch',
				value: {name: 'QUERY', required: false},
				summary: 'Logs of the environment’s Elasticsearch or OpenSearch. Default: its query in rounds.yaml',
			},
			{name: 'since', value: {name: 'WHEN', required: true}, summary: 'The past from then on: 10m, 2h, 2026-11-20T08:33'},
			{
				name: 'tail',
				value: {name: 'N', required: true},
				summary: 'The newest N lines of each stream. With --since, whichever shows more. Default: 10m or 100 lines',
			},
			{name: 'previous', short: 'p', summary: 'Previous container of each pod (as `kubectl logs --previous`)'},
			{name: 'no-follow', summary: 'Print existing lines and exit'},
			{
				name: 'filter',
				short: 'f',
				value: {name: 'FILTER', required: true},
				summary: 'Show only lines that match: text, /regex/, status>=500 or a query, as the f key accepts',
			},
			{name: 'plain', summary: 'Print lines to standard output instead of the full screen. Default if that is not a terminal'},
			{name: 'format', value: {name: 'FORMAT', required: true, choices: ['text', 'json']}, default: 'text', summary: 'Of the plain lines'},
			{
				name: 'template',
				value: {name: 'TEXT', required: true},
				summary: 'Of the plain lines: {time} {pod} {level} {message}, or any field by its name',
			},
			{
				name: 'timestamps',
				short: 't',
				value: {name: 'ZONE', required: false, choices: ['local', 'utc']},
				summary: 'Each plain line with its time',
			},
			{name: 'no-names', summary: 'Plain lines without the name of their stream'},
			{
				name: 'memory',
				value: {name: 'SIZE', required: true},
				default: '256MB',
				summary: 'How much of the log to keep in memory: 64MB, 1GB',
			},
			{name: 'demo', value: scenario, summary: 'Use the data of the simulated company'},
		],
	},
	{
		name: 'patterns',
		topic: 'logs',
		summary: 'Count the lines of a log by pattern. `-` is standard input, gzip is read directly',
		arguments: [{name: 'FILE', required: true, complete: 'file', summary: 'The log; - is standard input'}],
		options: [
			{
				name: 'format',
				value: {name: 'FORMAT', required: true, choices: ['table', 'json']},
				default: 'table',
				summary: 'How they are printed',
			},
			{name: 'assign', summary: 'Print the pattern id of each input line, in order'},
			{name: 'limit', value: {name: 'N', required: true}, summary: 'Only the N most frequent. Default: 20 in a terminal, else all'},
		],
	},
	{
		name: 'log',
		topic: 'ops-log',
		summary: 'Read and search the ops log, newest first. Also `log add TEXT`, `log trends`, `log investigations`, `log show ID`',
		arguments: [
			{
				name: 'WORD',
				required: false,
				variadic: true,
				first: [
					{name: 'add'},
					{name: 'trends'},
					{name: 'investigations'},
					{
						name: 'show',
						behind: {choices: ['last'], from: {words: 'log --limit 50', titles: 0, pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4}[^ ]*'}},
					},
				],
				summary: 'Words that must all occur, or first of all add, trends, investigations or show',
			},
		],
		options: [
			{name: 'since', value: {name: 'WHEN', required: true}, summary: 'From that day or time on: 2026-11-20, 2026-11-20T08:42, or 7d ago'},
			{name: 'until', value: {name: 'WHEN', required: true}, summary: 'Up to that day or time, inclusive'},
			{name: 'operator', value: {name: 'NAME', required: true}, summary: 'Only of this operator. With add: who writes'},
			{
				name: 'status',
				value: {name: 'STATUS', required: true, choices: statuses},
				summary: 'Only entries with this status. With add: the status of the line, default ok',
			},
			{name: 'check', value: {name: 'ID', required: true}, summary: 'Only entries about this check. With add: what the line is about'},
			{
				name: 'outcome',
				value: {name: 'OUTCOME', required: true, choices: [...outcomes, 'not-triaged']},
				summary: 'Only rounds with an anomaly of this outcome',
			},
			{name: 'limit', value: {name: 'N', required: true}, summary: 'At most this many. Default: 20 in a terminal, else all'},
			{
				name: 'format',
				value: {name: 'FORMAT', required: true, choices: ['text', 'json']},
				default: 'text',
				summary: 'How it is printed',
			},
			{name: 'json', summary: 'The same as --format json'},
			{name: 'demo', value: scenario, summary: 'Use the ops log of the simulated company on this machine'},
		],
	},
	{
		name: 'runbook',
		topic: 'runbooks',
		summary: 'List and search runbooks, the team’s first. Also `runbook show NAME` and `runbook lint [DIR]` (exit code 65 for errors)',
		arguments: [
			{
				name: 'WORD',
				required: false,
				variadic: true,
				first: [
					{name: 'show', behind: {choices: [], from: {words: 'runbook', titles: 1, pattern: '^[^ ]+'}}},
					{name: 'lint', behind: 'file'},
				],
				summary: 'Words to search for, best match first. Or begin with show or lint',
			},
		],
		options: [
			{name: 'limit', value: {name: 'N', required: true}, summary: 'At most this many matches. Default: 10 in a terminal, else all'},
			{name: 'strict', summary: 'With lint: warnings count as errors do'},
			{
				name: 'format',
				value: {name: 'FORMAT', required: true, choices: ['text', 'json']},
				default: 'text',
				summary: 'How it is printed',
			},
		],
	},
	{
		name: 'help',
		summary: 'List the topics of the manual, or read one',
		arguments: [
			{
				name: 'TOPIC',
				required: false,
				variadic: true,
				first: Object.keys(manualTopics).map((name) => ({name})),
				summary: 'A topic, or a command for its options',
			},
		],
		options: [],
	},
	{
		name: 'init',
		topic: 'configuration',
		summary: 'Detect what is there, ask a few questions and write a first rounds.yaml. Overwrites nothing',
		arguments: [],
		options: [{name: 'yes', short: 'y', summary: 'Ask nothing: take what was found'}],
	},
	{
		name: 'doctor',
		topic: 'troubleshooting',
		summary: 'Test every source, credential and permission, and say what is missing and how to get it',
		arguments: [],
		options: [],
	},
	{name: 'rbac', summary: 'Print the least-privilege Kubernetes role as YAML for `kubectl apply -f -`', arguments: [], options: []},
	{
		name: 'completion',
		summary: 'Print the completion script of a shell',
		arguments: [{name: 'SHELL', required: true, choices: shells, summary: 'Of which shell'}],
		options: [],
	},
];

function valueText({name, required}: OptionValue, variadic = false): string {
	const inner = `${name}${variadic ? '...' : ''}`;
	return required ? `<${inner}>` : `[${inner}]`;
}

/** `-y, --yes`, `--format <FORMAT>`, `--demo [SCENARIO]`: what commander parses and `--help` prints. */
export function optionFlags({name, short, value}: CommandOption): string {
	return `${short === undefined ? '' : `-${short}, `}--${name}${value ? ` ${valueText(value)}` : ''}`;
}

/** `<SHELL>`, `[ID...]`. */
export function argumentText(argument: CommandArgument): string {
	return valueText(argument, argument.variadic);
}
