/** What one of the formats makes of a line; `parseLine` adds the level and the time, which are read the same way for all. */

export type LineFormat = 'json' | 'logfmt' | 'klog' | 'access' | 'common' | 'plain';

export type Fields = Readonly<Record<string, string>>;

export interface Form {
	readonly format: LineFormat;
	/** The human text of the line. */
	readonly message: string;
	/** Who wrote it within the program. */
	readonly logger?: string;
	readonly fields: Fields;
	/** Epoch milliseconds, where the line has a time besides its text's own. */
	readonly time?: number;
}

/** Without a prototype: a line may well have a field called `constructor`. */
export function createFields(): Record<string, string> {
	return Object.create(null) as Record<string, string>;
}

/** The first of the keys that has a value. */
export function firstOf(fields: Fields, keys: readonly string[]): string | undefined {
	for (const key of keys) {
		const value = fields[key];
		if (value !== undefined && value !== '') return value;
	}
	return undefined;
}

/** Keys under which JSON and logfmt keep the human text, and the name of the logger. */
export const messageKeys = ['msg', 'message', 'MESSAGE', '@message', '@m', '@mt', 'short_message', 'log', 'event', 'body', 'text'] as const;
export const loggerKeys = 'logger logger_name loggerName log.logger name component module SYSLOG_IDENTIFIER SourceContext'.split(' ');
