import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import type {CompanySize} from './company.ts';

export interface RunningCompany {
	readonly configPath: string;
	readonly kubeconfigPath: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly directory: string;
	/** When its story began, epoch milliseconds. */
	readonly startedAt: number;
}

/** Runs `use` next to a simulated company of that size in its own process. */
export async function withCompany<T>(size: CompanySize, use: (company: RunningCompany) => Promise<T>): Promise<T> {
	const child = spawn(process.execPath, ['test/bench/company.ts', JSON.stringify(size)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const company = await new Promise<RunningCompany>((resolve, reject) => {
			createInterface({input: child.stdout}).once('line', (line) => resolve(JSON.parse(line)));
			child.once('exit', (code) => reject(new Error(`the company ended with ${code} before it was ready`)));
		});
		return await use(company);
	} finally {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		await ended;
	}
}
