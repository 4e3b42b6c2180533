/** The date that a line by hand begins with, as people write it. Pure. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = String.raw`(?<month>${months.join('|')})[a-z]*\.?`;
const before = String.raw`^[\s|*+>#_-]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`;
const time = String.raw`(?:[T,|\s]+(?:at\s+)?(?<time>\d{1,2}:\d{2})(?::\d{2})?)?(?:\s*(?:Z|UTC|[+-]\d{2}:?\d{2})\b)?`;
/** The format shows which number is the day. `04/05/2023` is ambiguous and is not accepted as a date. */
const forms = [
	String.raw`(?<year>\d{4})[-/.](?<number>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)`,
	String.raw`(?<day>\d{1,2})\.\s?(?<number>\d{1,2})\.\s?(?<year>\d{4})(?!\d)`,
	String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+${month},?[\s-]+(?<year>\d{4})(?!\d)`,
	String.raw`${month}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?!\d)`,
].map((form) => new RegExp(before + form + time, 'i'));

export interface HandDate {
	/** `2026-11-20`; the day exists. */
	readonly day: string;
	/** `08:42`, if a time follows the day. */
	readonly time: string | undefined;
	/** Length up to the end of the date, including what precedes it. */
	readonly length: number;
}

/** Undefined if the line does not start with a valid date. */
export function handDate(text: string): HandDate | undefined {
	// Every format has a year. Trying four formats costs more than everything else done with a line.
	if (!/\d{4}/.test(text)) return undefined;
	for (const form of forms) {
		const match = form.exec(text);
		if (!match?.groups) continue;
		const {year = '', number, day = '', month: name, time: clock} = match.groups;
		const of = number ?? String(months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
		const iso = `${year}-${of.padStart(2, '0')}-${day.padStart(2, '0')}`;
		const parsed = Date.parse(`${iso}T00:00Z`);
		if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== iso) return undefined;
		return {day: iso, time: clock?.padStart(5, '0'), length: match[0].length};
	}
	return undefined;
}
