/** Builds the argument parser from the table of commands. */
import {Argument, Command, CommanderError, Option} from 'commander';
import {didYouMean} from '../../base/nearest.ts';
import {exitCodes} from '../../base/user-error.ts';
import {
	argumentText,
	type Command as Row,
	type CommandOption,
	commandTable,
	environmentTable,
	globalOptions,
	optionFlags,
} from './command-table.ts';

/** What was typed, once parsed: the command's name, its words and its options. */
export interface Invocation {
	readonly command: string;
	readonly words: readonly string[];
	/** What stood after `--`, for a command that runs another one; empty where nothing did. */
	readonly after: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** What can be typed behind `rounds`. */
export const commandNames = commandTable.map(({name}) => name).filter((name) => name !== '');

function addOption(command: Command, row: CommandOption): void {
	const option = new Option(optionFlags(row), row.summary);
	if (row.value?.choices) option.choices(row.value.choices);
	if (row.default !== undefined) option.default(row.default);
	command.addOption(option);
}

function fill(command: Command, row: Row, found: (invocation: Invocation) => void): void {
	command.description(row.summary);
	for (const argument of row.arguments) {
		const made = new Argument(argumentText(argument), argument.summary);
		if (argument.choices) made.choices(argument.choices);
		command.addArgument(made);
	}
	for (const option of [...row.options, ...globalOptions]) addOption(command, option);
	command.action(() => {
		const [word] = command.args;
		if (row.name === '' && word !== undefined) {
			command.error(`error: unknown command '${word}'${didYouMean(word, commandNames)} (known: ${commandNames.join(', ')})`);
		}
		found({
			command: row.name,
			words: command.processedArgs.flat().filter((word) => word !== undefined),
			after: [],
			options: command.optsWithGlobals(),
		});
	});
}

/**
 * An optional value is taken only where it is one of its choices, so that `check --demo pods` is the default demo and
 * the check pods; otherwise the option means its first choice.
 */
function withOptionalValues(argv: readonly string[]): readonly string[] {
	const optional = commandTable.flatMap(({options}) => options).filter(({value}) => value?.choices && !value.required);
	return argv.map((word, index) => {
		const choices = optional.find(({name}) => word === `--${name}`)?.value?.choices;
		return choices && !choices.includes(argv[index + 1] ?? '') ? `${word}=${choices[0]}` : word;
	});
}

/** Help tells of every command; to make them all takes longer than to parse what was typed, so else only those are made that are there. */
function asksForAll(argv: readonly string[]): boolean {
	return ['help', '--help', '-h'].some((word) => argv.includes(word));
}

export interface Streams {
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
}

/**
 * Parses the words after `rounds`. Resolves to what to do, or to the exit code where help, the version or a mistake
 * has been printed already (64 for a mistake).
 */
export function parse(argv: readonly string[], {out, err}: Streams): Invocation | {readonly exitCode: number} {
	const [first, second = ''] = argv;
	if (first === 'help' && second !== '' && commandNames.includes(second)) return parse([second, '--help'], {out, err});
	let invocation: Invocation | undefined;
	const found = (what: Invocation) => {
		invocation = what;
	};
	const program = new Command('rounds').version(process.env.ROUNDS_VERSION ?? '0.0.0', '-V, --version', 'Print the version');
	const configure = (command: Command) =>
		command.exitOverride().configureOutput({writeOut: out, writeErr: err}).showHelpAfterError('(rounds --help shows what there is)');
	configure(program).helpCommand(false);
	const width = Math.max(...environmentTable.map(({name}) => name.length));
	const environment = environmentTable.map(({name, summary}) => `  ${name.padEnd(width)}  ${summary}`);
	program.addHelpText('after', `\nEnvironment:\n${environment.join('\n')}`);
	for (const row of asksForAll(argv) ? commandTable : commandTable.filter(({name}) => name === '' || argv.includes(name))) {
		// A word too many here is a command that does not exist, which the action says better than the parser.
		if (row.name === '') fill(program.allowExcessArguments(), row, found);
		else fill(configure(program.command(row.name)), row, found);
	}
	const dashes = argv.indexOf('--');
	const own = dashes < 0 || !argv.slice(0, dashes).includes('tail') ? argv : argv.slice(0, dashes);
	try {
		program.parse([...withOptionalValues(own)], {from: 'user'});
	} catch (error) {
		if (error instanceof CommanderError) return {exitCode: error.exitCode === 0 ? 0 : exitCodes.usage};
		throw error;
	}
	return invocation ? {...invocation, after: argv.slice(own.length + 1)} : {exitCode: exitCodes.usage};
}
