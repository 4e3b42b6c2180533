/** Factors of the suffixes of a Kubernetes quantity. */
const factors: Readonly<Record<string, number>> = {
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	'': 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	E: 1e18,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60,
};

/** A quantity in its base unit (cores, bytes): `12345n`, `500m`, `123Ki`, `1.5`, `2G`, `1e3`; undefined where it is none. */
export function parseQuantity(text: string | undefined): number | undefined {
	const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(text ?? '');
	if (!match) return undefined;
	return Number(`${match[1]}${match[2] ?? ''}`) * (factors[match[3] ?? ''] ?? 1);
}

/** Millicores of a CPU quantity, to the microcore. */
export function parseCpu(text: string | undefined): number | undefined {
	const cores = parseQuantity(text);
	return cores === undefined ? undefined : Math.round(cores * 1e6) / 1e3;
}

/** Bytes of a memory quantity; `128974848000m` is how some writers spell 128974848. */
export function parseMemory(text: string | undefined): number | undefined {
	const bytes = parseQuantity(text);
	return bytes === undefined ? undefined : Math.round(bytes);
}
