/** The one way to change a part of a state: every other key keeps its value. Pure. */

/** What changes, by key. Undefined removes a key that may be absent. */
export type Patch<Value> = {
	readonly [Key in keyof Value]?: object extends Pick<Value, Key> ? Value[Key] | undefined : Value[Key];
};

/** The value with the patch; no key is left with undefined as its value. */
export function patched<Value extends object>(value: Value, patch: Patch<Value>): Value {
	return Object.fromEntries(Object.entries({...value, ...patch}).filter(([, part]) => part !== undefined)) as unknown as Value;
}
