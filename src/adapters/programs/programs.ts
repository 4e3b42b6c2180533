/** Programs of the operator's own, editor and browser: they get the terminal or are let go, and their output is not ours. */
import {spawn} from 'node:child_process';

/** Runs an interactive program on this terminal; resolves to its exit code. */
export function runHere(argv: readonly string[]): Promise<number> {
	return new Promise((settle, reject) => {
		const [program = '', ...args] = argv;
		const child = spawn(program, args, {stdio: 'inherit'});
		child.once('error', reject);
		child.once('exit', (code) => settle(code ?? 1));
	});
}

/** Starts a program that outlives us and says nothing; `onFailure` hears why it could not start. */
export function runAside(argv: readonly string[], onFailure: (reason: string) => void): void {
	const [program = '', ...args] = argv;
	const child = spawn(program, args, {stdio: 'ignore', detached: true});
	child.once('error', (error) => onFailure(error.message));
	child.unref();
}
