/** What of a line is mined: its message where the line is structured, the line without its time where it is not. */
import {parseAccess} from '../formats/access-log.ts';
import {parseJson} from '../formats/json-line.ts';
import {parseKlog} from '../formats/klog.ts';
import {parseLogfmt} from '../formats/logfmt.ts';
import {requestShape} from './request-shape.ts';

const brace = 123;

const leadingTime =
	/\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} \d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: \d{4})?)\]?[\s,]+(?=\S)/y;

/** Keys of a line's frame, which say when and how grave it was, not what happened. */
const frame = /^(?:time|ts|t|timestamp|@timestamp|date|level|lvl|severity|pid|trace_?id|span_?id|request_?id|hostname|host)$/i;

function messageOfJson(text: string): string {
	const form = parseJson(text);
	if (form === undefined) return text;
	if (form.message !== text) return form.message;
	return Object.entries(form.fields)
		.filter(([key]) => !frame.test(key))
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}

/** Behind the time in brackets, as most servers write it; what else is an access line is taken apart in full. */
const request = /"([A-Z]{3,10}) (\S{1,2048}) HTTP\/[\d.]{1,3}" ([1-5])\d\d(?= |$)/y;

/** The request alone: who asked and with which program would make a pattern of every browser. */
function messageOfAccess(text: string, at: number): string | undefined {
	request.lastIndex = at;
	const asked = request.exec(text);
	if (asked) return requestShape(asked[1] ?? '', asked[2] ?? '', asked[3] ?? '');
	const fields = parseAccess(text)?.fields;
	if (fields?.['method'] === undefined || fields['path'] === undefined) return undefined;
	return requestShape(fields['method'], fields['path'], fields['status']?.[0] ?? '');
}

/**
 * The text of the line that its pattern is made from: the message of JSON, logfmt and klog, method, route and class of
 * status of an access line, else the line without the time in front of it. Never throws.
 */
export function messageOf(text: string): string {
	const first = text.charCodeAt(0);
	if (first === brace) return messageOfJson(text);
	if ((text.includes('msg=') || text.includes('message=')) && /^[\w@][\w.@/:-]*=/.test(text)) return parseLogfmt(text)?.message ?? text;
	if (/^[IWEFD]\d{4} /.test(text)) return parseKlog(text)?.message ?? text;
	const quoted = text.indexOf('] "');
	if (quoted >= 0) {
		const shape = messageOfAccess(text, quoted + 2);
		if (shape !== undefined) return shape;
	}
	leadingTime.lastIndex = 0;
	return leadingTime.test(text) ? text.slice(leadingTime.lastIndex) : text;
}
