/** `rounds completion`: a script per shell, made from the command table, so that it never lags behind. */
import {
	commandTable as builtIn,
	globalOptions,
	type Command,
	type CommandArgument,
	type CommandOption,
	type FirstWord,
	type OptionValue,
	type PrintedWords,
	type Shell,
} from './kit/command-table.ts';

const helpOptions: readonly CommandOption[] = [
	{name: 'help', short: 'h', summary: 'Say how it is used'},
	{name: 'version', short: 'V', summary: 'Print the version'},
];

function optionsOf(command: Command | undefined): readonly CommandOption[] {
	return [...(command?.options ?? []), ...globalOptions, ...helpOptions];
}

function flags({name, short}: CommandOption): readonly string[] {
	return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/** In single quotes, for any of the three shells. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What the command's own output offers; nothing where it fails. */
function wordsFrom({from: {words, titles, pattern}}: PrintedWords): string {
	return `rounds ${words} 2>/dev/null | ${titles > 0 ? `tail -n +${titles + 1} | ` : ''}grep -oE "${pattern}"`;
}

function firstWords({arguments: all}: Command): readonly FirstWord[] {
	return all.flatMap(({first = []}) => first);
}

/** As bash's compgen completes it. */
function bashWords(value: OptionValue): string {
	if (value.choices) return `COMPREPLY=($(compgen -W ${quoted(value.choices.join(' '))} -- "$current"))`;
	return value.complete === 'file' ? 'COMPREPLY=($(compgen -f -- "$current"))' : 'COMPREPLY=()';
}

function bash(commands: readonly Command[]): string {
	const named = commands.filter(({name}) => name !== '');
	const valued = commands.flatMap(optionsOf).filter(({value}) => value?.required);
	const taking = (pattern: (flag: string) => string) => (option: CommandOption) =>
		option.value?.required ? [`\t\t${flags(option).map(pattern).join('|')}) ${bashWords(option.value)}; return ;;`] : [];
	// The same option may take other values with another command.
	const values = [
		...named.flatMap(({name, options}) => options.flatMap(taking((flag) => `'${name} ${flag}'`))),
		...globalOptions.flatMap(taking((flag) => `*' ${flag}'`)),
	];
	const cases = named.flatMap((command) => {
		const words = [...optionsOf(command).flatMap(flags), ...command.arguments.flatMap(({choices = []}) => choices)];
		const first = firstWords(command);
		return [
			...(first.length === 0 ? [] : [`\t\t'${command.name} ') words=${quoted([...words, ...first.map(({name}) => name)].join(' '))} ;;`]),
			...first.flatMap(({name, behind}) =>
				// Files come by themselves where no word fits.
				behind === undefined || behind === 'file'
					? []
					: [
							`\t\t'${command.name} ${name}') words=${quoted(words.join(' '))}`,
							// One of them: behind it there is nothing more to choose.
							`\t\t\t[[ "$previous" == ${name} ]] && words+=${quoted(` ${behind.choices.join(' ')}`)}" $(${wordsFrom(behind)})" ;;`,
						],
			),
			`\t\t'${command.name} '*) words=${quoted(words.join(' '))} ;;`,
		];
	});
	const top = [...named.map(({name}) => name), ...optionsOf(commands.find(({name}) => name === '')).flatMap(flags)];
	return `# bash completion of rounds: put this line into ~/.bashrc: source <(rounds completion bash)
_rounds() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' first='' words word index skip=0
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index++)); do
		word="\${COMP_WORDS[index]}"
		if ((skip)); then skip=0; continue; fi
		case "$word" in
		${[...new Set(valued.flatMap(flags))].join('|')}) skip=1 ;;
		-*) ;;
		*) if [[ -z "$command" ]]; then command="$word"; else first="$word"; break; fi ;;
		esac
	done
	case "$command $previous" in
${values.join('\n')}
	esac
	case "$command $first" in
		' ') words=${quoted(top.join(' '))} ;;
${cases.join('\n')}
		*) words='' ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _rounds rounds
`;
}

/** Brackets and colons separate in zsh's descriptions. */
function zshText(text: string): string {
	return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

function zshAction({name, choices, complete}: OptionValue): string {
	if (choices) return `:${name}:(${choices.join(' ')})`;
	return `:${name}:${complete === 'file' ? '_files' : ' '}`;
}

type Behind = NonNullable<FirstWord['behind']>;

/** The words that may come first, and what one of them wants behind it. */
function zshArgument(argument: CommandArgument): readonly string[] {
	const {name, first, variadic} = argument;
	if (!first) return [quoted(`${variadic ? '*' : '1'}${zshAction(argument)}`)];
	const behind = (offer: (what: Behind) => string | undefined) => {
		const offers = first.flatMap(({name: word, behind: what}) => {
			const offered = what && offer(what);
			return offered === undefined ? [] : [`[[ $words[2] == ${word} ]] && ${offered}`];
		});
		return offers.length === 0 ? ' ' : `{${offers.join('; ')}}`;
	};
	const files = (what: Behind) => (what === 'file' ? '_files' : undefined);
	const any = (what: Behind) => (what === 'file' ? '_files' : `compadd -- ${[...what.choices, `$(${wordsFrom(what)})`].join(' ')}`);
	return [
		quoted(`1:${name}:(${first.map((word) => word.name).join(' ')})`),
		// Of what is printed one is chosen; files may be many.
		quoted(`2:${name}:${behind(any)}`),
		quoted(`*:${name}:${behind(files)}`),
	];
}

function zshOption(option: CommandOption): readonly string[] {
	const value = option.value ? `${option.value.required ? '' : ':'}${zshAction(option.value)}` : '';
	return flags(option).map((flag) => quoted(`${flag}[${zshText(option.summary)}]${value}`));
}

function zsh(commands: readonly Command[]): string {
	const named = commands.filter(({name}) => name !== '');
	const list = named.map(({name, summary}) => `\t\t${quoted(`${name}:${zshText(summary)}`)}`);
	const cases = named.map((command) => {
		const options = optionsOf(command).flatMap(zshOption);
		const words = command.arguments.flatMap(zshArgument);
		return `\t\t${command.name}) _arguments -s ${[...options, ...words].join(' ')} ;;`;
	});
	return `#compdef rounds
# zsh completion of rounds: put into ~/.zshrc: source <(rounds completion zsh)
_rounds() {
	local line state
	local -a commands
	commands=(
${list.join('\n')}
	)
	_arguments -s -C ${optionsOf(commands.find(({name}) => name === ''))
		.flatMap(zshOption)
		.join(' ')} '1: :->command' '*::argument:->argument'
	case "$state" in
	command) _describe 'command' commands ;;
	argument)
		case "\${line[1]}" in
${cases.join('\n')}
		esac ;;
	esac
}
compdef _rounds rounds
`;
}

function fishOption(option: CommandOption, condition: string): string {
	const short = option.short === undefined ? '' : ` -s ${option.short}`;
	const value = option.value;
	const takes = value ? ` ${value.required ? '-r ' : ''}${value.complete === 'file' ? '-F' : '-f'}` : '';
	const choices = value?.choices ? ` -a ${quoted(value.choices.join(' '))}` : '';
	return `complete -c rounds${condition} -l ${option.name}${short}${takes}${choices} -d ${quoted(option.summary)}`;
}

function fishFirst(command: Command): readonly string[] {
	const first = firstWords(command);
	if (first.length === 0) return [];
	const names = first.map(({name}) => name).join(' ');
	const seen = `__fish_seen_subcommand_from ${command.name}; and`;
	return [
		`complete -c rounds -n ${quoted(`${seen} not __fish_seen_subcommand_from ${names}`)} -a ${quoted(names)}`,
		...first.flatMap(({name, behind}) =>
			behind === undefined
				? []
				: [
						behind === 'file'
							? `complete -c rounds -n ${quoted(`${seen} __fish_seen_subcommand_from ${name}`)} -F`
							: `complete -c rounds -n ${quoted(`${seen} test (commandline -opc)[-1] = ${name}`)} -a ${quoted([...behind.choices, `(${wordsFrom(behind)})`].join(' '))}`,
					],
		),
	];
}

function fish(commands: readonly Command[]): string {
	const named = commands.filter(({name}) => name !== '');
	const perCommand = named.flatMap((command) => {
		const here = ` -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
		return [
			`complete -c rounds -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
			...command.arguments.flatMap(({choices, complete, summary}) => [
				...(choices ? [`complete -c rounds${here} -a ${quoted(choices.join(' '))} -d ${quoted(summary)}`] : []),
				...(complete === 'file' ? [`complete -c rounds${here} -F`] : []),
			]),
			...fishFirst(command),
			...command.options.map((option) => fishOption(option, here)),
		];
	});
	return `# fish completion of rounds: put into ~/.config/fish/completions/rounds.fish
complete -c rounds -f
${[...[...globalOptions, ...helpOptions].map((option) => fishOption(option, '')), ...perCommand].join('\n')}
`;
}

/** The completion script for the shell, to be sourced. */
export function completion(shell: Shell, commands: readonly Command[] = builtIn): string {
	return {bash, zsh, fish}[shell](commands);
}
