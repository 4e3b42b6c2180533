/** The tests that filters make of a value: texts with wildcards, expressions, figures. */
import {type Expression, type FieldTest, ignoresCase, isExpression, literalSource, type Order, type Wild} from './condition.ts';
import {quantityOf} from '../formats/quantity.ts';

/** How much of a value must match: all of it, any part, or a part between the signs that divide names. */
export type Extent = 'whole' | 'part' | 'segment';

/** The expression as it was typed. */
export const expressionOf = ({source, ignoreCase}: Expression): RegExp => new RegExp(source, ignoreCase ? 'i' : '');

/** The expression for a text with wildcards; any case will do unless the text has a capital. */
export function wildExpression(value: Wild, extent: Extent): RegExp {
	const source = value.map(literalSource).join(String.raw`[\s\S]*`);
	const [before, after] = extent === 'whole' ? ['^', '$'] : extent === 'part' ? ['', ''] : ['(?:^|[-./:])', '(?:$|[-./:])'];
	return new RegExp(`${before}${source}${after}`, ignoresCase(value.join('')) ? 'i' : '');
}

/** Whether the order holds between the two. */
export function holds(left: number, order: Order, right: number): boolean {
	switch (order) {
		case '=':
			return left === right;
		case '!=':
			return left !== right;
		case '>':
			return left > right;
		case '>=':
			return left >= right;
		case '<':
			return left < right;
		default:
			return left <= right;
	}
}

/**
 * The test of a stream's name or of one of its parts. Without a wildcard, a pod's and a stream's name need hold only the
 * segment that people read and type (`n4vkg` of `api-54fb9-n4vkg`); with one, it is the whole name.
 */
export function nameTest(value: Wild | Expression, segments: boolean): (name: string) => boolean {
	const expression = isExpression(value)
		? expressionOf(value)
		: wildExpression(value, segments && value.length === 1 ? 'segment' : 'whole');
	return (name) => expression.test(name);
}

/** The figure that a value without wildcards writes in another way than as digits: `1s` is `1000ms`, but `500` is only `500`. */
export function figureOf(value: Wild): number | undefined {
	const [text] = value;
	return value.length === 1 && text !== undefined && !/^\d+$/.test(text) ? quantityOf(text) : undefined;
}

/** The test of a field's value, where the line has the field. */
export function valueTest(test: FieldTest): (value: string) => boolean {
	switch (test.kind) {
		case 'equals': {
			const expression = wildExpression(test.value, 'whole');
			const figure = figureOf(test.value);
			if (figure === undefined) return (value) => expression.test(value);
			return (value) => expression.test(value) || quantityOf(value) === figure;
		}
		case 'contains': {
			const expression = wildExpression(test.value, 'part');
			return (value) => expression.test(value);
		}
		case 'matches': {
			const expression = expressionOf(test.value);
			return (value) => expression.test(value);
		}
		case 'compares':
			return (value) => {
				const quantity = quantityOf(value);
				return quantity !== undefined && holds(quantity, test.order, test.bound);
			};
		default:
			return () => true;
	}
}
