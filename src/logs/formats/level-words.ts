/** The words that programs use for levels, and which of the team's five levels each of them is. */
import {isWord} from './ascii.ts';

/** A level as a number: 0 none, then the places in `levels` counted from 1: debug, info, warn, error, fatal. */
export type LevelCode = 0 | 1 | 2 | 3 | 4 | 5;

const [none, debug, info, warn, error, fatal] = [0, 1, 2, 3, 4, 5] as const;

const words: readonly (readonly [code: LevelCode, words: string])[] = [
	[debug, 'trace trc trce debug dbg dbug verbose vrb fine finer finest'],
	[info, 'info inf information informational notice note system'],
	[warn, 'warn warning wrn'],
	[error, 'error err eror fail severe'],
	[fatal, 'fatal ftl crit critical emerg emergency alert panic dpanic'],
];

/** Found by length and first letter: most words of a line are no level, and nearly all are told off by these two. */
const table: (readonly (readonly [word: string, code: LevelCode])[] | undefined)[] = [];
for (const [code, own] of words)
	for (const word of own.split(' ')) {
		const place = word.length * 32 + (word.charCodeAt(0) & 31);
		table[place] = [...(table[place] ?? []), [word, code]];
	}

/** The level that the word between the two places is, in any case; 0 where it is none. */
export function levelOfWord(bytes: Uint8Array, start: number, end: number): LevelCode {
	if (end - start > 13) return none;
	const candidates = table[(end - start) * 32 + ((bytes[start] ?? 0) & 31)];
	if (candidates === undefined) return none;
	for (const [word, code] of candidates) if (isWord(bytes, start, end, word)) return code;
	return none;
}

/** The level that one letter means, as klog, glog and MongoDB write it. */
export function levelOfLetter(byte: number): LevelCode {
	if (byte === 73) return info;
	if (byte === 87) return warn;
	if (byte === 69) return error;
	if (byte === 70) return fatal;
	return byte === 68 ? debug : none;
}

/** Severities of syslog: 0 emergency to 7 debug. */
export function levelOfSeverity(severity: number): LevelCode {
	if (severity <= 2) return fatal;
	if (severity === 3) return error;
	if (severity === 4) return warn;
	return severity <= 6 ? info : debug;
}

/** Numbers under a level's key: 10 to 60 of pino and bunyan, 0 to 7 of syslog and GELF. */
export function levelOfNumber(value: number): LevelCode {
	if (value < 8) return levelOfSeverity(value);
	if (value < 10 || value > 100) return none;
	if (value < 30) return debug;
	if (value < 40) return info;
	if (value < 50) return warn;
	return value < 60 ? error : fatal;
}

/** What an HTTP status says where no level does: 5xx is an error, 4xx a warning. */
export function levelOfStatus(status: number): LevelCode {
	if (status >= 500 && status <= 599) return error;
	return status >= 400 && status <= 499 ? warn : none;
}
