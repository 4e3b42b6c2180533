/** Exit codes of sysexits.h that this program uses, and the shell's for Ctrl-C. */
export const exitCodes = {
	/** What grep says where nothing is found. */
	nothingFound: 1,
	usage: 64,
	dataError: 65,
	noInput: 66,
	unavailable: 69,
	software: 70,
	cannotCreate: 73,
	ioError: 74,
	noPermission: 77,
	config: 78,
	interrupted: 130,
} as const;

/** A mistake that the operator can fix: printed as it is, without a stack trace, ending the program with `exitCode`. */
export class UserError extends Error {
	readonly exitCode: number;
	/** The page of the manual about it, for `rounds help TOPIC`. */
	readonly topic: string | undefined;

	constructor(message: string, exitCode: number = exitCodes.usage, topic = exitCode === exitCodes.config ? 'configuration' : undefined) {
		super(message);
		this.name = 'UserError';
		this.exitCode = exitCode;
		this.topic = topic;
	}
}
