/** klog of Kubernetes' own programs: `I1120 08:33:04.118423       1 controller.go:42] "Synced" pod="checkout/api"`. */
import {createFields, type Form} from './line-form.ts';
import {readPairs, readQuoted} from './logfmt.ts';

const head = /^([IWEFD])(\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)[ \t]+(\d{1,10}) ([^\s:\]]{1,200}:\d{1,7})\] ?/;

/** A line of klog; its fields are `pid`, `caller` and the pairs behind the message. */
export function parseKlog(text: string): Form | undefined {
	const match = head.exec(text);
	if (!match) return undefined;
	const fields = createFields();
	fields['pid'] = match[4] ?? '';
	fields['caller'] = match[5] ?? '';
	const start = match[0].length;
	const quoted = text[start] === '"' ? readQuoted(text, start) : undefined;
	readPairs(text, quoted?.end ?? start, fields);
	return {format: 'klog', message: quoted?.value ?? text.slice(start), logger: (match[5] ?? '').replace(/:\d+$/, ''), fields};
}
