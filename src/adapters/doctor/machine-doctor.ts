/** What `rounds doctor` says of this machine and of the files that rounds.yaml names; the sources have doctors of their own. */
import {access, constants, readdir, stat} from 'node:fs/promises';
import {delimiter, dirname, isAbsolute, join} from 'node:path';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {SourceError} from '../../base/source-error.ts';
import {editorArgv} from '../../base/terminal/editor-argv.ts';
import {supportsUnicode} from '../../base/terminal/locale.ts';
import {resolveFrom, type LoadedConfig} from '../../config/load-config-file.ts';
import type {ServiceConfig} from '../../config/config-schema.ts';

export interface TerminalFacts {
	readonly isTty: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Bits, as `WriteStream.getColorDepth` says: 1, 4, 8 or 24. */
	readonly colourDepth: number;
}

export interface MachineInput {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly terminal: TerminalFacts;
	/** `process.versions.node`. */
	readonly node: string;
}

const leastNode = [22, 12] as const;
const leastSize = {columns: 80, rows: 24} as const;

function nodeLine(node: string): DoctorLine {
	const [major = 0, minor = 0] = node.split('.').map(Number);
	const enough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
	if (enough) return {subject: 'Node', status: 'ok', text: node};
	return {subject: 'Node', status: 'critical', text: `${node} is too old`, advice: `Install Node ${leastNode.join('.')} or newer`};
}

function terminalLine({env, terminal}: MachineInput): DoctorLine {
	const subject = 'Terminal';
	if (!terminal.isTty) return {subject, status: 'ok', text: 'none: rounds prints the headless report'};
	const {columns, rows, colourDepth} = terminal;
	const size = `${columns}x${rows}`;
	if (env['TERM'] === 'dumb')
		return {subject, status: 'warning', text: 'TERM=dumb cannot show the full screen', advice: 'export TERM=xterm-256color'};
	if (columns < leastSize.columns || rows < leastSize.rows) {
		return {
			subject,
			status: 'warning',
			text: `${size} is small`,
			advice: `Make the window ${leastSize.columns}x${leastSize.rows} or larger`,
		};
	}
	if (!supportsUnicode(env)) {
		return {
			subject,
			status: 'warning',
			text: `${size}, but no UTF-8 locale: marks and frames are plain ASCII`,
			advice: 'export LANG=C.UTF-8',
		};
	}
	const colours = env['NO_COLOR'] ? 'no colours (NO_COLOR)' : colourDepth > 1 ? `${2 ** colourDepth} colours` : 'no colours';
	return {subject, status: 'ok', text: `${size}, UTF-8, ${colours}`};
}

async function runnable(program: string, env: MachineInput['env']): Promise<boolean> {
	const places =
		isAbsolute(program) || program.includes('/')
			? [program]
			: (env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, program));
	const found = await Promise.all(
		places.map((place) =>
			access(place, constants.X_OK).then(
				() => true,
				() => false,
			),
		),
	);
	return found.includes(true);
}

async function editorLine(env: MachineInput['env']): Promise<DoctorLine> {
	const [program = ''] = editorArgv(env);
	const chosen = env['VISUAL'] ? 'VISUAL' : env['EDITOR'] ? 'EDITOR' : 'neither VISUAL nor EDITOR is set';
	if (await runnable(program, env)) return {subject: 'Editor', status: 'ok', text: `${program} (${chosen})`};
	return {
		subject: 'Editor',
		status: 'warning',
		text: `${program} is not installed (${chosen})`,
		advice: 'export EDITOR=… with one that is',
	};
}

/** Node, terminal and editor. */
export async function machineDoctor(input: MachineInput): Promise<readonly DoctorLine[]> {
	return [nodeLine(input.node), terminalLine(input), await editorLine(input.env)];
}

async function existingParent(path: string): Promise<string> {
	const found = await stat(path).then(
		() => true,
		() => false,
	);
	const parent = dirname(path);
	return found || parent === path ? path : existingParent(parent);
}

/** Root may write anything; a file whose permission someone took away for everyone is left alone all the same. */
async function writable(path: string): Promise<boolean> {
	return Promise.all([access(path, constants.W_OK), stat(path)]).then(
		([, {mode}]) => (mode & 0o222) !== 0,
		() => false,
	);
}

async function opsLogLine(path: string): Promise<DoctorLine> {
	const subject = 'Ops log';
	const found = await stat(path).catch(() => undefined);
	if (found?.isDirectory())
		return {subject, status: 'critical', text: `${path} is a directory`, advice: 'Set opsLog.path in rounds.yaml to a file'};
	const place = found ? path : await existingParent(dirname(path));
	const misplaced = !found && !(await stat(place)).isDirectory();
	if (misplaced || !(await writable(place))) {
		return {
			subject,
			status: 'critical',
			text: misplaced ? `${place} is a file, so ${path} cannot be made` : `${place} cannot be written`,
			advice: 'Fix its permissions or set opsLog.path in rounds.yaml',
		};
	}
	return {subject, status: 'ok', text: found ? `${path} can be written` : `${path} will be made with the first round`};
}

async function recordsLine(path: string): Promise<DoctorLine> {
	const subject = 'Records';
	const place = await existingParent(path);
	const directory = await stat(place).catch(() => undefined);
	if (!directory?.isDirectory() || !(await writable(place))) {
		return {subject, status: 'critical', text: `${place} is not a writable directory`, advice: 'Set opsLog.records in rounds.yaml'};
	}
	return {subject, status: 'ok', text: place === path ? `${path} can be written` : `${path} will be made with the first round`};
}

interface GitInput {
	readonly directory: string;
	readonly push: boolean;
	readonly commands: CommandRunner;
	readonly signal: AbortSignal;
}

async function gitLine({directory, push, commands, signal}: GitInput): Promise<DoctorLine> {
	const subject = 'Git';
	const run = async (...words: readonly string[]) => commands.run(['git', '-C', directory, ...words], {timeoutMs: 5000, signal});
	try {
		const inside = await run('rev-parse', '--show-toplevel');
		if (inside.exitCode !== 0) {
			return {
				subject,
				status: 'critical',
				text: `${directory} is in no git repository, but opsLog.commit is set`,
				advice: '`git init`, or set opsLog.commit to false',
			};
		}
		const top = inside.stdout.trim();
		if (!push) return {subject, status: 'ok', text: `commits in ${top}`};
		const upstream = await run('rev-parse', '--abbrev-ref', '@{upstream}');
		if (upstream.exitCode === 0) return {subject, status: 'ok', text: `commits in ${top} and pushes to ${upstream.stdout.trim()}`};
		return {
			subject,
			status: 'warning',
			text: `the branch of ${top} has no upstream, but opsLog.push is set`,
			advice: '`git push --set-upstream origin HEAD` once',
		};
	} catch (error) {
		if (!(error instanceof SourceError)) throw error;
		return {subject, status: 'critical', text: error.message, ...(error.advice === undefined ? {} : {advice: error.advice})};
	}
}

async function runbooksLine(path: string): Promise<DoctorLine> {
	const subject = 'Runbooks';
	const names = await readdir(path).catch(() => undefined);
	if (!names)
		return {
			subject,
			status: 'warning',
			text: `${path} cannot be read`,
			advice: 'Create it, or remove `runbooks` from rounds.yaml. Until then the embedded runbooks are used.',
		};
	const count = names.filter((name) => name.endsWith('.md')).length;
	return {subject, status: 'ok', text: `${count} of the team’s own in ${path}`};
}

export interface FilesInput {
	readonly loaded: LoadedConfig;
	readonly service: ServiceConfig;
	readonly commands: CommandRunner;
	readonly signal: AbortSignal;
}

/** Ops log, records, git (where the line is to be committed) and the team's runbooks. */
export async function filesDoctor({loaded, service, commands, signal}: FilesInput): Promise<readonly DoctorLine[]> {
	const {directory, config} = loaded;
	const {path, records, commit, push} = config.opsLog;
	const log = resolveFrom(directory, path);
	return Promise.all([
		opsLogLine(log),
		recordsLine(resolveFrom(directory, records)),
		...(commit || push ? [existingParent(dirname(log)).then((place) => gitLine({directory: place, push, commands, signal}))] : []),
		...(service.runbooks ?? []).map((path) => runbooksLine(resolveFrom(directory, path))),
	]);
}
