/** What a runbook's code block would run: programs by argument array, a shell only where the block says so. Pure. */
import {type Command, lexCommands, type Word} from './command-words.ts';
import {readsOnly} from './known-reads.ts';
import {type VariableUse, variablesOfScript, variablesOfWords} from './variables.ts';

export type Block =
	/** Each command is started by itself, one after the other; what they hold is never read by a shell. */
	| {
			readonly kind: 'argv';
			readonly commands: readonly (readonly Word[])[];
			readonly variables: readonly VariableUse[];
			readonly reads: boolean;
	  }
	/** The whole text is handed to the shell as one argument; values reach it through its environment only. */
	| {
			readonly kind: 'shell';
			readonly shell: 'sh' | 'bash';
			readonly script: string;
			readonly variables: readonly VariableUse[];
			readonly reads: boolean;
	  }
	/** One sentence why it is not run from here. */
	| {readonly kind: 'text'; readonly why: string};

/** Blocks that hold commands without naming a shell. */
const commandLanguages = new Set(['', 'console', 'shell', 'shell-session', 'shellsession', 'terminal', 'command', 'commands']);

/** Lines after a prompt where the block begins with one: what is between them is what the commands printed. */
function withoutPrompts(code: string): string {
	const lines = code.split('\n');
	if (!/^\s*\$ /.test(lines.find((line) => line.trim() !== '') ?? '')) return code;
	const kept: string[] = [];
	let continues = false;
	for (const line of lines) {
		const prompt = /^\s*\$ (.*)$/.exec(line);
		if (prompt) kept.push(prompt[1] ?? '');
		else if (continues) kept.push(line);
		continues = (prompt !== null || continues) && /\\\s*$/.test(line);
	}
	return kept.join('\n');
}

const shellWords: Readonly<Record<string, string>> = {
	'|': 'it pipes one program into another',
};

/** Only a shell runs these; what follows on a line of its own does not. */
function shellOperator(commands: readonly Command[]): string | undefined {
	return commands.find(({endedBy}) => endedBy !== '\n' && endedBy !== ';' && endedBy !== 'end')?.endedBy;
}

function needsShell(what: string): Block {
	if (what === 'unclosed') return {kind: 'text', why: 'a quote in this block is never closed'};
	const reason = shellWords[what] ?? `${what} needs a shell`;
	return {kind: 'text', why: `${reason}: mark the block sh in the runbook to run it through one`};
}

/** The script's own commands are all known to read; where they are not plain, nothing is known. */
function scriptReads(script: string): boolean {
	const lexed = lexCommands(script, {placeholders: false});
	return 'commands' in lexed && !lexed.expands && lexed.commands.length > 0 && lexed.commands.every(({words}) => readsOnly(words));
}

/** What the block of that language would run; the language is the first word after the fence. */
export function blockOf(language: string, code: string): Block {
	const name = language.toLowerCase();
	const text = withoutPrompts(code);
	if (text.trim() === '') return {kind: 'text', why: 'this block is empty'};
	if (text.includes('\0')) return {kind: 'text', why: 'this block holds a character that no command can hold'};
	if (name === 'sh' || name === 'bash') {
		return {kind: 'shell', shell: name, script: text, variables: variablesOfScript(text), reads: scriptReads(text)};
	}
	if (!commandLanguages.has(name)) return {kind: 'text', why: `a block of ${name} cannot run from here. Press y to copy it.`};
	const lexed = lexCommands(text, {placeholders: true});
	if ('needsShell' in lexed) return needsShell(lexed.needsShell);
	const operator = lexed.redirects ? '>' : shellOperator(lexed.commands);
	if (operator !== undefined) return needsShell(operator);
	const commands = lexed.commands.map(({words}) => words);
	if (commands.length === 0) return {kind: 'text', why: 'there is no command in this block'};
	return {kind: 'argv', commands, variables: variablesOfWords(commands.flat()), reads: commands.every(readsOnly)};
}
