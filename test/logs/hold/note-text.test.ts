import {expect, test} from 'vitest';
import {noteText, readNote} from '../../../src/logs/hold/note-text.ts';

const [from, to] = [1_763_627_586_000, 1_763_627_587_250.5];

test('the beginning of a gap comes back with its words', () => {
	expect(readNote(noteText({from, to, text: 'cut off by the server'}))).toEqual({from, words: 'cut off by the server'});
	expect(readNote(noteText({from: to, to: to + 1, text: ''}))).toEqual({from: to, words: ''});
});

test('what is of one moment, or of no known time, has words alone', () => {
	expect(noteText({from: to, to, text: 'restarted'})).toBe('restarted');
	expect(noteText({from: Number.NaN, to, text: 'restarted'})).toBe('restarted');
	expect(readNote('12 streams\twait')).toEqual({words: '12 streams\twait'});
});
