/** What the file system refuses, said in one sentence with what to do. */
import {exitCodes, UserError} from './user-error.ts';

interface Cause {
	readonly text: string;
	/** What helps where the file is one that rounds.yaml names. */
	readonly advice?: string;
	readonly exitCode: number;
}

const noPermission: Cause = {
	text: 'no permission to write it',
	advice: 'ask its owner, or change opsLog in rounds.yaml',
	exitCode: exitCodes.noPermission,
};

const causes: Readonly<Record<string, Cause>> = {
	EACCES: noPermission,
	EPERM: noPermission,
	EROFS: {text: 'the file system is read-only', exitCode: exitCodes.cannotCreate},
	EISDIR: {text: 'it is a directory', advice: 'opsLog.path in rounds.yaml must name a file', exitCode: exitCodes.config},
	ENOTDIR: {text: 'a part of its path is a file, not a directory', exitCode: exitCodes.config},
	EEXIST: {text: 'a part of its path is a file, not a directory', exitCode: exitCodes.config},
	ENOSPC: {text: 'No space left on device. Free some space and try again', exitCode: exitCodes.ioError},
	EDQUOT: {text: 'Disk quota exceeded. Free some space and try again', exitCode: exitCodes.ioError},
	EFBIG: {text: 'it has become too large for the file system', exitCode: exitCodes.ioError},
	EIO: {text: 'the disk reports an error', exitCode: exitCodes.ioError},
	ENAMETOOLONG: {text: 'its path is too long', exitCode: exitCodes.config},
};

/** The `code` of a system error, such as `ENOENT`; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function causeOf(code: string): Cause {
	return causes[code] ?? {text: `the system says ${code}`, exitCode: exitCodes.ioError};
}

/** Why a file could not be written, as it follows a colon; undefined where the error is none of the system's. */
export function fileProblem(error: unknown): string | undefined {
	const code = codeOf(error);
	return code === undefined ? undefined : causeOf(code).text;
}

/** The error as the person may fix it; a UserError, or anything that is no system error, comes back as it is. */
export function fileError(error: unknown, path: string): unknown {
	const code = codeOf(error);
	if (error instanceof UserError || code === undefined) return error;
	const {text, advice, exitCode} = causeOf(code);
	return new UserError(`cannot write ${path}: ${text}${advice === undefined ? '' : `; ${advice}`}`, exitCode);
}

/** As `fileError`, for what could not be read. */
export function readError(error: unknown, path: string): unknown {
	const code = codeOf(error);
	if (error instanceof UserError || code === undefined) return error;
	if (code === 'ENOENT') return new UserError(`there is no ${path}`, exitCodes.noInput);
	if (code === 'EACCES' || code === 'EPERM')
		return new UserError(`cannot read ${path}: Permission denied. Ask its owner.`, exitCodes.noPermission);
	return new UserError(`cannot read ${path}: ${causeOf(code).text}`, exitCodes.ioError);
}
