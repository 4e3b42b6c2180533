/** What every bench gives, and the small arithmetic they share. */
import {readFileSync} from 'node:fs';

export interface Row {
	readonly what: string;
	readonly target: string;
	readonly measured: string;
	/** Undefined where no target is set. */
	readonly met: boolean | undefined;
}

/** The value below which the share `p` (0 to 1) of the values lies; nearest rank. */
export function percentile(values: readonly number[], p: number): number {
	if (values.length === 0) throw new Error('no values were measured');
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** CPU seconds a process has used and the memory it holds, from /proc (Linux). */
export function processFigures(pid: number): {readonly cpuSeconds: number; readonly rssBytes: number} {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const ticksPerSecond = 100;
	const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
	const rss = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return {cpuSeconds, rssBytes: Number(rss) * 1024};
}

/** Share of one core a process uses over `ms`, as 0.25 for 25 %. */
export async function cpuShare(pid: number, ms: number): Promise<number> {
	const before = processFigures(pid);
	const start = performance.now();
	await new Promise((resolve) => setTimeout(resolve, ms));
	return (processFigures(pid).cpuSeconds - before.cpuSeconds) / ((performance.now() - start) / 1000);
}

export const ratio = (value: number) => `${value.toFixed(2)}x`;
export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
