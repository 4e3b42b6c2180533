import * as z from 'zod';

/** A date as SentrPress y to send; becomes epoch milliseconds. */
export const date = z.string().transform((text, context) => {
	const at = Date.parse(text);
	if (Number.isNaN(at)) context.addIssue({code: 'custom', message: 'a date'});
	return at;
});
