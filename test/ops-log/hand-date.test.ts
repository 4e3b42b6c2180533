import {expect, it} from 'vitest';
import {handDate} from '../../src/ops-log/hand-date.ts';

it.each([
	['- 2023-04-05 all fine', '2023-04-05', undefined],
	['* 2023-04-05T08:30 looked', '2023-04-05', '08:30'],
	['2023/4/5 9:05: looked', '2023-04-05', '09:05'],
	['| 05.04.2023 | Bob |', '2023-04-05', undefined],
	['## 5 April 2023', '2023-04-05', undefined],
	['### Wed, Apr 5th, 2023 at 08:30', '2023-04-05', '08:30'],
	['5-Apr-2023 looked', '2023-04-05', undefined],
	['| 2023-04-05 | 08:30 | ok |', '2023-04-05', '08:30'],
])('%s', (text, day, time) => {
	expect(handDate(text)).toMatchObject({day, time});
});

it.each([
	'04/05/2023 which is it',
	'2023-13-45 no month',
	'31.02.2023 no day',
	'restarted at 08:30',
	'on 2023-04-05',
	'20230405123 rows',
	'',
])('%j does not start with a date', (text) => {
	expect(handDate(text)).toBeUndefined();
});
