/** What Ink tells of keys, read as presses. */
import type {Key} from 'ink';
import {expect, test} from 'vitest';
import {keyPresses} from '../../../views/kit/key-presses.ts';

const names = (input: string) => keyPresses(input, {} as Key).map(({name}) => name);

test('letters that arrive as one chunk are one press each', () => {
	expect(names('ab c')).toEqual(['a', 'b', 'space', 'c']);
	expect(keyPresses('é👩‍👩‍👧', {} as Key).map(({text}) => text)).toEqual(['é', '👩‍👩‍👧']);
});

test('control keys between the letters of one chunk keep their meaning and type nothing', () => {
	expect(names('\u0015ab\u0017\u007F\b\t\r')).toEqual(['ctrl-u', 'a', 'b', 'ctrl-w', 'backspace', 'backspace', 'tab', 'enter']);
	expect(keyPresses('\u0015', {} as Key)).toEqual([{name: 'ctrl-u'}]);
});
